# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks for tests, read and written with nothing but zipfile."""
import re
import xml.etree.ElementTree as tree
import zipfile

NAMES = {'m': 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'}


def read(path):
    """Cells of the first sheet: {'A1': (type, text, number format)}; and whether its first row is frozen."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings = []
    if 'xl/sharedStrings.xml' in parts:
        root = tree.fromstring(parts['xl/sharedStrings.xml'])
        strings = [''.join(one.itertext()) for one in root.findall('m:si', NAMES)]
    styles = tree.fromstring(parts['xl/styles.xml'])
    codes = {one.get('numFmtId'): one.get('formatCode') for one in styles.findall('.//m:numFmt', NAMES)}
    formats = [codes.get(one.get('numFmtId'), one.get('numFmtId')) for one in styles.findall('m:cellXfs/m:xf', NAMES)]
    sheet = tree.fromstring(parts['xl/worksheets/sheet1.xml'])
    cells = {}
    for cell in sheet.findall('.//m:c', NAMES):
        kind = cell.get('t', 'n')
        text = ''.join(cell.itertext())
        if kind == 's':
            kind, text = 'inlineStr', strings[int(text)]
        cells[cell.get('r')] = (kind, text, formats[int(cell.get('s', '0'))])
        assert cell.find('m:f', NAMES) is None, f'{cell.get("r")} is a formula'
    pane = sheet.find('.//m:pane', NAMES)
    return cells, pane is not None and pane.get('ySplit') == '1' and pane.get('state') == 'frozen'


def column(cells, header):
    """The letters of the column that has HEADER."""
    return next(re.match('[A-Z]+', place)[0] for place, cell in cells.items() if re.fullmatch('[A-Z]+1', place) and cell[1] == header)
