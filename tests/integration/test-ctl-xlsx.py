#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks: taken in with their types, refused when they are made to harm."""
import zipfile

import ctltest
import xlsx
from ctltest import equal

HEADER = xlsx.text_row('name', 'amount', 'closed_on', 'probability', 'organisation')


def take(ctl, path, *words, status=0):
    result = ctl.run('import', path, *words, '--json', status=status)
    return result.json if status == 0 else result


def test_types(ctl):
    """numbers, dates, percentages and amounts are read as such, by number format"""
    rows = (HEADER + '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="4"><v>1234.5</v></c><c r="C3" s="1"><v>42663</v></c>'
            '<c r="D3" s="3"><v>0.25</v></c><c r="E3" t="str"><f>"Is"&amp;"dom"</f><v>Isdom</v></c></row>'
            '<row r="7"><c r="A7" t="s"><v>0</v></c><c r="C7" s="2"><v>42663.5</v></c></row>'
            '<row r="8"/><row r="9"><c r="B9" t="inlineStr"><is><t/></is></c></row>')
    path = xlsx.write(ctl.folder / 'deals.xlsx', {'Deals': rows},
                      ['<t>Floor</t>', '<r><t>Ro</t></r><r><t xml:space="preserve">of A</t></r><rPh><t>x</t></rPh>'])
    report = take(ctl, path)
    equal((report['entity'], report['rows'], report['created'], report['plan']['sheet']), ('deal', 2, 2, 'Deals'))
    deal = ctl.records('deal', 'name=Roof A')[0]
    equal((deal['name'], deal['amount'], deal['closed_on']), ('Roof A', {'amount': '1234.50', 'currency': 'USD'}, '2016-10-20'))
    equal(ctl.count('organisation', 'name=Isdom'), 1)
    equal(ctl.records('deal', 'name=Floor')[0]['closed_on'], '2016-10-20')


def test_decimal(ctl):
    """numbers of cells keep their fraction where texts have a comma"""
    path = xlsx.write(ctl.folder / 'own.xlsx', {'S': xlsx.text_row('name', 'revenue') +
                      '<row><c t="inlineStr"><is><t>A</t></is></c><c><v>1.5</v></c></row>' + xlsx.text_row('B', '2,5')})
    equal(take(ctl, path, '--as', 'organisation', '--decimal', ',')['created'], 2)
    equal(sorted(one['revenue']['amount'] for one in ctl.records('organisation')), ['1.50', '2.50'])


def test_sheets(ctl):
    """one sheet of several is chosen by its name"""
    path = xlsx.write(ctl.folder / 'two.xlsx', {'First': xlsx.text_row('name') + xlsx.text_row('A'),
                                                'Zweite': xlsx.text_row('name') + xlsx.text_row('B')})
    equal(take(ctl, path, '--as', 'organisation')['plan']['sheet'], 'First')
    equal(take(ctl, path, '--as', 'organisation', '--sheet', 'Zweite')['created'], 1)
    equal({one['name'] for one in ctl.records('organisation')}, {'A', 'B'})
    assert 'no sheet “Third”' in take(ctl, path, '--as', 'organisation', '--sheet', 'Third', status=3).err


def test_errors(ctl):
    """the error of a formula rejects its row, in columns that are imported"""
    rows = (xlsx.text_row('name', 'sector', 'unknown') +
            '<row><c t="inlineStr"><is><t>A</t></is></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
            '<row><c t="inlineStr"><is><t>B</t></is></c><c/><c t="e"><v>#N/A</v></c></row>'
            '<row><c t="inlineStr"><is><t>C</t></is></c><c><f>"a"&amp;"b"</f></c></row>'
            '<row><c t="inlineStr"><is><t>D</t></is></c><c t="str"><f>""</f><v></v></c></row>')
    report = take(ctl, xlsx.write(ctl.folder / 'e.xlsx', {'S': rows}), '--as', 'organisation')
    equal((report['created'], report['rejected']), (2, 2))
    assert 'sector: The formula has not been worked out' in ctl.rejected(report)[2][1], ctl.rejected(report)
    equal(ctl.rejected(report)[1][:2], ['2', 'sector: The formula gives the error “#DIV/0!”.'])


def test_round_trip(ctl):
    """an exported workbook comes back unchanged"""
    ctl.imported('name,employees,revenue,founded_year,country\n=A,12,1234.50 USD,1996,FR\nB,,7 JPY,,\n', '--as', 'organisation')
    path = ctl.folder / 'out.xlsx'
    ctl.run('export', 'organisation', '--columns', 'name,employees,revenue,founded_year,country', '-o', path)
    report = take(ctl, path, '--as', 'organisation')
    equal((report['unchanged'], report['updated'], report['rejected']), (2, 0, 0))


def test_1904(ctl):
    """workbooks that count days from 1904"""
    rows = HEADER + '<row><c t="inlineStr"><is><t>A</t></is></c><c/><c s="1"><v>41201</v></c></row>'
    take(ctl, xlsx.write(ctl.folder / 'm.xlsx', {'S': rows}, options='<workbookPr date1904="1"/>'), '--as', 'deal')
    equal(ctl.records('deal')[0]['closed_on'], '2016-10-20')


def test_harm(ctl):
    """archives that are made to harm are refused with a sentence"""
    bomb = ctl.folder / 'bomb.xlsx'
    xlsx.write(bomb, {'S': xlsx.text_row('name') + xlsx.text_row('x' * 40) * 700000})
    assert 'too large' in take(ctl, bomb, '--as', 'organisation', status=None).err
    entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    for name, more in (('entity', {'xl/worksheets/sheet0.xml': entity + xlsx.SHEET.format(xlsx.text_row('name', '&b;'))}),
                       ('deep', {'xl/worksheets/sheet0.xml': '<a>' * 100000}),
                       ('broken', {'xl/worksheets/sheet0.xml': '<worksheet><row>'}),
                       ('no styles', {'xl/_rels/workbook.xml.rels': xlsx.RELATIONS.format(
                           xlsx.relation(0, 'worksheet', '../../../../etc/passwd'))})):
        path = xlsx.write(ctl.folder / f'{name}.xlsx', {'S': xlsx.text_row('name')}, more=more)
        result = ctl.run('import', path, '--as', 'organisation', status=None)
        assert result.status in (1, 3) and result.err.count('\n') == 1 and 'workbook' in result.err, (name, result.err)
    equal(ctl.count('organisation'), 0)


def test_long_names(ctl):
    """a sheet or a format with a name of thousands of letters is none"""
    path = xlsx.write(ctl.folder / 'long.xlsx', {'S' * 5000: xlsx.text_row('name') + xlsx.text_row('A')})
    assert 'no sheet' in take(ctl, path, '--as', 'organisation', status=None).err
    path = xlsx.write(ctl.folder / 'long2.xlsx', {'S' * 5000: xlsx.text_row('name'), 'T': xlsx.text_row('name') + xlsx.text_row('A')})
    equal(take(ctl, path, '--as', 'organisation')['created'], 1)


def test_no_workbooks(ctl):
    """an archive, an old workbook and half a workbook are told what to do about"""
    archive = ctl.folder / 'a.xlsx'
    with zipfile.ZipFile(archive, 'w') as out:
        out.writestr('mimetype', 'application/vnd.oasis.opendocument.spreadsheet')
    assert 'Save it as XLSX' in ctl.run('import', archive, '--as', 'deal', status=None).err
    old = ctl.write('old.xls', b'\xd0\xcf\x11\xe0' + bytes(2000))
    assert 'XLSX' in ctl.run('import', old, '--as', 'deal', status=None).err
    whole = xlsx.write(ctl.folder / 'w.xlsx', {'S': HEADER}).read_bytes()
    for length in (4, 30, len(whole) // 2, len(whole) - 10):
        assert 'XLSX' in ctl.run('import', ctl.write('half.xlsx', whole[:length]), '--as', 'deal', status=None).err


ctltest.run_module()
