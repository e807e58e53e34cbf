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


TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
SHEET = '<worksheet xmlns="' + NAMES['m'] + '"><sheetData>{}</sheetData></worksheet>'
STYLES = ('<styleSheet xmlns="' + NAMES['m'] + '"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/>'
          '<numFmt numFmtId="165" formatCode="#,##0.00\\ [$USD]"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
          '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="165"/></cellXfs>'
          '</styleSheet>')


def relation(number, kind, target):
    return f'<Relationship Id="r{number}" Type="{TYPES}{kind}" Target="{target}"/>'


def write(path, sheets, strings=(), more=None, options=''):
    """A workbook of SHEETS: {name: rows of XML}; MORE: other parts, or other texts of these."""
    names = list(sheets)
    parts = {
        '_rels/.rels': RELATIONS.format(relation(1, 'officeDocument', 'xl/workbook.xml')),
        'xl/workbook.xml': '<workbook xmlns="' + NAMES['m'] + '" xmlns:r="' + TYPES[:-1] + '">' + options + '<sheets>' +
                           ''.join(f'<sheet name="{name}" sheetId="{i}" r:id="r{i}"/>' for i, name in enumerate(names)) +
                           '</sheets></workbook>',
        'xl/_rels/workbook.xml.rels': RELATIONS.format(
            ''.join(relation(i, 'worksheet', f'worksheets/sheet{i}.xml') for i in range(len(names))) +
            relation('s', 'sharedStrings', '/xl/sharedStrings.xml') + relation('t', 'styles', 'styles.xml')),
        'xl/styles.xml': STYLES,
        'xl/sharedStrings.xml': '<sst xmlns="' + NAMES['m'] + '">' + ''.join(f'<si>{one}</si>' for one in strings) + '</sst>',
    }
    parts.update({f'xl/worksheets/sheet{i}.xml': SHEET.format(sheets[name]) for i, name in enumerate(names)})
    parts.update(more or {})
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def text_row(*texts):
    return '<row>' + ''.join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + '</row>'
