#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files as they come: other encodings, other countries, broken ones."""
import os
import random
import resource
import signal
import subprocess
import time

import ctltest
import xlsx
from ctltest import equal


def test_french_spreadsheet(ctl):
    """a French spreadsheet in Windows-1252 with ; and decimal commas"""
    report = ctl.imported('Société;Secteur;CA (k€);Effectif;Pays;Ville\r\n'
                          'Établissements Noël;Bâtiment;1 234,5;12;France;Orléans\r\n'
                          '"Dupont; Fils";Commerce;0,25;3;Belgique;Liège\r\n'.encode('windows-1252'))
    equal((report['entity'], report['created'], report['rejected']), ('organisation', 2, 0))
    equal((report['plan']['encoding'], report['plan']['separator'], report['plan']['decimal']), ('WINDOWS-1252', ';', ','))
    noel = ctl.records('organisation', 'name=Établissements Noël')[0]
    equal((noel['revenue'], noel['country'], noel['employees']), ({'amount': '1234500.00', 'currency': 'EUR'}, 'FR', 12))
    equal(noel['address']['city'], 'Orléans')
    equal(ctl.records('organisation', 'name=Dupont; Fils')[0]['revenue'], {'amount': '250.00', 'currency': 'EUR'})


def test_said_reading(ctl):
    """what a person says about the file is true for its columns too"""
    text = 'sep=,\nname;revenue;note, x\nA;1,5;y\n'
    words = ('--as', 'organisation', '--separator', 'semicolon', '--decimal', ',', '--currency', 'USD',
             '--multiply', 'revenue=1000000')
    equal(ctl.imported(text, *words)['created'], 1)
    equal(ctl.records('organisation')[0]['revenue'], {'amount': '1500000.00', 'currency': 'USD'})
    plan = ('{"separator": ";", "decimal": ",", "columns": [{"header": "note, x", "field": "sector"}]}')
    equal(ctl.imported(text.replace('A;', 'B;'), '--as', 'organisation', '--plan', plan)['created'], 1)
    equal(ctl.records('organisation', 'name=B')[0]['sector'], 'y')
    assert 'no currency' in ctl.imported(text, '--currency', 'XXY', status=1).err


def test_utf16(ctl):
    """UTF-16 with a byte order mark"""
    report = ctl.imported('name\tsector\nŒuvre\tArt\n'.encode('utf-16'), '--as', 'organisation')
    equal(report['created'], 1)
    equal(ctl.records('organisation')[0]['name'], 'Œuvre')


def test_reasons(ctl):
    """a bad row is rejected with all its reasons, the good ones are stored"""
    report = ctl.imported('name,employees,country,email\n'
                          'Good,12,FR,a@example.org\n'
                          'Bad,twelve,Atlantis,nobody\n'
                          ',3,FR,\n')
    equal((report['rows'], report['created'], report['rejected']), (3, 1, 2))
    rows = ctl.rejected(report)
    equal(rows[0], ['line', 'reason', 'name', 'employees', 'country', 'email'])
    equal((rows[1][0], rows[1][2:]), ('3', ['Bad', 'twelve', 'Atlantis', 'nobody']))
    for word in ('employees', 'country', 'email'):
        assert word in rows[1][1], rows[1][1]
    equal(rows[2][0], '4')


def test_corrected_rejects(ctl):
    """a corrected file of rejected rows can be imported"""
    report = ctl.imported('name,employees\nA,1\nB,many\n')
    path = report['rejects']
    with open(path, encoding='utf-8') as file:
        text = file.read().replace('many', '2')
    again = ctl.imported(text, name='again.csv')
    equal((again['created'], again['rejected']), (1, 0))
    equal(ctl.records('organisation', 'name=B')[0]['employees'], 2)


def test_rejects_are_kept(ctl):
    """a file of rejected rows that is there already is left alone"""
    text = 'name,employees\nA,1\nB,many\n'
    first = ctl.imported(text)['rejects']
    with open(first, 'a', encoding='utf-8') as file:
        file.write('somebody is at work here\n')
    second = ctl.imported(text)['rejects']
    assert second.endswith('-rejected-2.csv'), second
    with open(first, encoding='utf-8') as file:
        assert 'at work' in file.read()


def test_broken_quotes(ctl):
    """broken quotes cost their own row only"""
    report = ctl.imported('name,sector,city\nA,x,y\n"B,x,y\nC,x,y\nD,"x "y" z",w\nE,x,y\n')
    names = {record['name'] for record in ctl.records('organisation')}
    assert {'A', 'C', 'E'} <= names, names
    equal(report['created'] + report['rejected'], report['rows'])


def test_quotes_never_closed(ctl):
    """of a file of quotes that are never closed the good rows are stored and the bad ones told"""
    report = ctl.imported('name,sector\n"A,x\nB,y\n"C,x\n"D,z\nE,"w"\n"F,x\nG,v\n')
    equal([row[0] for row in ctl.rejected(report)[1:]], ['2', '4', '5', '7'])
    equal({record['name'] for record in ctl.records('organisation')}, {'B', 'E', 'G'})


def test_quoted_words(ctl):
    """quotes around words of a text are part of it"""
    report = ctl.imported('name\tsector\n"Fish" & Chips\tx\n"La" Table\ty\nPipe 5"\tz\n')
    equal((report['created'], report['rejected']), (3, 0))
    equal({record['name'] for record in ctl.records('organisation')}, {'"Fish" & Chips', '"La" Table', 'Pipe 5"'})


def test_wrong_width(ctl):
    """rows with too few or too many fields are rejected with their lines"""
    report = ctl.imported('name,sector\nA,x\nB\nC,x,y\nD,x,\n')
    equal((report['created'], report['rejected']), (2, 2))
    equal([row[0] for row in ctl.rejected(report)[1:]], ['3', '4'])


def test_rejects_in_order(ctl):
    """rejected rows stand in the order of the file, whoever refused them"""
    report = ctl.imported('name,employees,parent\nA,1,\nB,many,\n,2,\nC,3,\nD,few,\n,4,\nE\nF,5,\n')
    equal([row[0] for row in ctl.rejected(report)[1:]], ['3', '4', '6', '7', '8'])
    equal([sample.split(':')[0] for sample in report['samples']], ['Line 3', 'Line 4', 'Line 6', 'Line 7', 'Line 8'])
    equal((report['rows'], report['created'], report['rejected']), (8, 3, 5))


def test_control_characters(ctl):
    """values out of which control characters are taken are counted"""
    report = ctl.imported('name,sector,city\nA\u202eB,x\x07y,Paris\nC,\u2066z,"two\nlines"\n,\x07,\nD,w,v\n')
    equal([note for note in report['notes'] if 'ontrol' in note], ['Control characters were removed from 3 values'])
    equal(ctl.records('organisation', 'name=AB')[0]['sector'], 'xy')


def test_giant_cell(ctl):
    """ten megabytes in one cell reject that row"""
    report = ctl.imported('name,sector\nA,x\nB,' + 'z' * 10_000_000 + '\nC,y\n')
    equal((report['created'], report['rejected']), (2, 1))
    line, reason, *cells = ctl.rejected(report)[1]
    equal((line, cells[0], len(cells[1])), ('3', 'B', 1024 * 1024))
    told = 'not all of it is kept in the file of rejected rows'
    assert told in reason and told in report['samples'][0], reason


def test_stages(ctl):
    """new stages stand where their names say; proposed ones stay once somebody uses them"""
    def names():
        return [record['name'] for record in ctl.json('list', 'stage', '--sort', 'position')['records']]

    began = ['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost']
    ctl.run('new', 'deal', 'name=Mine')
    content = 'name,stage\nA,Demo\nB,Prospecting\nC,Won\nD,Odd\n'
    ctl.imported(content, '--as', 'deal')
    equal(names(), ['New', 'Prospecting', 'Qualified', 'Demo', 'Proposal', 'Negotiation', 'Odd', 'Won', 'Lost'])
    ctl.run('undo')
    equal(names(), began)
    # Also those that were renamed, or that the file names
    ctl.run('undo')
    ctl.imported('name,stage\nA,Demo\nB,Proposal\n', '--as', 'deal')
    equal(names(), ['New', 'Qualified', 'Demo', 'Proposal', 'Negotiation', 'Won', 'Lost'])
    ctl.run('undo')
    ctl.run('set', 'stage', 'Qualified', 'name=Heard of us')
    ctl.imported(content, '--as', 'deal')
    assert 'Heard of us' in names() and 'New' in names(), names()
    ctl.run('undo')
    ctl.run('undo')
    # A deal without a stage begins at the first
    ctl.imported('name,stage\nA,Demo\nB,\n', '--as', 'deal')
    equal(names()[0], 'New')
    ctl.run('undo')
    report = ctl.imported(content, '--as', 'deal')
    equal(names(), ['Prospecting', 'Demo', 'Odd', 'Won', 'Lost'])
    assert any('made way' in note for note in report['notes']), report['notes']
    ctl.run('check', '--whole')
    ctl.run('undo')
    equal(names(), began)
    ctl.run('check', '--whole')


def test_many_columns(ctl):
    """of 5,000 columns those that are known are imported; a row of 5,000 in a narrow file is rejected"""
    wide = ','.join(['x'] * 5000)
    report = ctl.imported(f'name,sector\nA,x\n{wide}\nC,y\n')
    equal((report['created'], report['rejected']), (2, 1))
    header = [f'c{i}' for i in range(5000)]
    header[3000], header[4999] = 'name', 'employees'
    rows = [[''] * 3000 + [name] + ['x'] * 1998 + ['7'] for name in 'PQ']
    content = '\n'.join(','.join(row) for row in [header, rows[0], ['short'], rows[1]])
    for created in (2, 0):  # again with the remembered mapping
        report = ctl.imported(content, '--as', 'organisation', name='wide.csv')
        equal((report['created'], report['rejected']), (created, 1))
        equal(ctl.rejected(report)[1][0], '3')
    equal(ctl.count('organisation', 'employees=7'), 2)
    result = ctl.imported(','.join(f'c{i}' for i in range(70000)) + '\n', '--as', 'organisation', name='wider.csv', status=1)
    assert '65,536' in result.err, result.err


def test_nul_bytes(ctl):
    """NUL bytes reject their rows"""
    report = ctl.imported(b'name,sector\nA,x\nB\0,y\nC,z\n', '--as', 'organisation')
    names = {record['name'] for record in ctl.records('organisation')}
    assert {'A', 'C'} <= names, names
    equal(report['created'] + report['rejected'], 3)


def test_mixed_encodings(ctl):
    """a line in another encoding does not spoil the others"""
    report = ctl.imported('name,sector\nÉtude,x\n'.encode() + 'Pépin,y\n'.encode('latin-1') + 'Très,z\n'.encode(),
                          '--as', 'organisation')
    names = {record['name'] for record in ctl.records('organisation')}
    assert {'Étude', 'Très'} <= names, names
    equal(report['created'] + report['rejected'], 3)


def test_not_a_file(ctl):
    """a folder, a pipe and a missing file are refused at once"""
    pipe = ctl.folder / 'pipe'
    os.mkfifo(pipe)
    ctl.run('import', ctl.folder, status=4)
    ctl.run('import', pipe, status=4)
    ctl.run('import', ctl.folder / 'missing.csv', status=3)


def test_empty_files(ctl):
    """an empty file is refused, one with a header only stores nothing"""
    ctl.imported('', '--as', 'contact', status=1)
    equal(ctl.imported('first_name,last_name,email\n')['rows'], 0)


def test_no_header(ctl):
    """a file without a header is found by its content"""
    report = ctl.imported('Anna,anna@example.org,+33 6 12 34 56 78\nBert,bert@example.org,06 98 76 54 32\n',
                          '--as', 'contact', '--map', 'Column 1=first_name')
    equal(report['created'], 2)
    record = ctl.records('contact', 'email=bert@example.org')[0]
    equal((record['first_name'], record['phone']), ('Bert', '+33698765432'))


def test_modes(ctl):
    """create, update, skip and create-or-update by a key"""
    ctl.imported('name,employees\nA,1\n')
    equal(ctl.imported('name,employees\na,2\nB,3\n')['updated'], 1)
    equal(ctl.records('organisation', 'name=A')[0]['employees'], 2)
    equal(ctl.imported('name,employees\nA,9\nC,4\n', '--mode', 'skip-existing')['skipped'], 1)
    equal(ctl.imported('name,employees\nA,9\nD,4\n', '--mode', 'update')['rejected'], 1)
    equal(ctl.imported('name,employees\nA,9\n', '--mode', 'create')['created'], 1)
    equal(ctl.count('organisation'), 4)


def test_unchanged(ctl):
    """rows that say what is there already are counted as unchanged"""
    rows = 'name,employees,website\n' + ''.join(f'Org {i},{i + 1},example.org/{i}\n' for i in range(1200))
    equal(ctl.imported(rows)['unchanged'], 0)
    for words in (('--dry-run',), ()):
        report = ctl.imported(rows.replace('Org 7,8,', 'Org 7,9,') + 'New,1,\nOrg 3,x,\n', *words)
        equal([report[name] for name in ('rows', 'created', 'updated', 'unchanged', 'skipped', 'rejected')],
              [1202, 1, 1, 1199, 0, 1])
    report = ctl.imported(rows.replace('Org 7,8,', 'Org 7,9,'))
    equal((report['updated'], report['unchanged'], report['sequence']), (0, 1200, 0))
    assert 'unchanged: 1200' in ctl.run('import', ctl.folder / 'data.csv').out


def test_spellings(ctl):
    """a rare text that is nearly a frequent one is told and left"""
    rows = ''.join(f'Org {i},technology,Area {i % 7}\n' for i in range(12)) + 'X,technolgy,Area 9\n'
    report = ctl.imported('name,sector,city\n' + rows)
    equal(len([note for note in report['notes'] if 'technolgy' in note and 'technology' in note]), 1)
    equal([note for note in report['notes'] if 'Area' in note or 'Org' in note], [])
    equal(ctl.count('organisation', 'sector=technolgy'), 1)


def test_doubles(ctl):
    """a key that stands twice in the file makes one record"""
    report = ctl.imported('name,employees,sector\nA,1,x\nA,2,\nB,1,y\na,3,z\n')
    equal((report['created'], report['updated']), (2, 2))
    record = ctl.records('organisation', 'name=A')[0]
    equal((record['employees'], record['sector']), (3, 'z'))


def test_link_rules(ctl):
    """links that name nothing: reject, empty, create"""
    text = 'first_name,email,company\nA,a@example.org,Nowhere\n'
    assert 'all were rejected' in ctl.imported(text, '--link', 'company=reject', status=7).err
    equal(ctl.imported(text, '--link', 'company=empty')['created'], 1)
    equal((ctl.count('contact'), ctl.count('organisation')), (1, 0))
    equal(ctl.imported(text, '--link', 'company=create')['linked_created'], 1)
    equal(ctl.count('contact', 'organisation.name=Nowhere'), 1)


def test_similar_links(ctl):
    """similar names are one, numbers in names never"""
    ctl.imported('name,price\nGTX Pro 500,1\nPremium support,2\n', '--as', 'product')
    report = ctl.imported('reference,product,organisation\nR1,GTXPro 500,X\nR2,GTX Pro 600,X\nR3,Premum support,X\n',
                          '--as', 'deal')
    equal(report['created'], 3)
    equal({record['name'] for record in ctl.records('product')}, {'GTX Pro 500', 'GTX Pro 600', 'Premium support'})


def test_names_that_look_alike(ctl):
    """a new record that is called nearly as another is told, and kept"""
    ctl.imported('reference,product\nR1,GTXPro\nR2,MG Special\n', '--as', 'deal')
    products = 'name,price\nGTX Pro,1\nMG Special,2\nGTX Plus,3\ngtx-plus,4\n'
    for words in (('--dry-run',), ()):
        report = ctl.imported(products, '--as', 'product', *words)
        equal([note for note in report['notes'] if 'looks like' in note],
              ['Product “GTX Pro” looks like “GTXPro”, which is there already; both are kept: merge them if they are one',
               'Product “gtx-plus” looks like “GTX Plus”, which is there already; both are kept: merge them if they are one'])
    equal((report['created'], report['updated']), (3, 1))
    report = ctl.imported('name,price\nGTX Plus,3\n', '--as', 'product', '--mode', 'create')
    equal(report['notes'], ['Product “GTX Plus”: there is one of that name already; both are kept'])


def test_remembered(ctl):
    """a mapping is remembered by the file's headers"""
    text = 'name,foo\nA,x\n'
    ctl.imported(text, '--map', 'foo=sector')
    ctl.imported('name,foo\nB,y\n')
    equal(ctl.records('organisation', 'name=B')[0]['sector'], 'y')


def test_formulas(ctl):
    """formulas go out harmless and come back as they were"""
    ctl.imported('name,sector,phone\n"=HYPERLINK(""http://x"")",@SUM(A1),+33612345678\n"-5+1",ok,\n')
    out = ctl.run('export', 'organisation', '--columns', 'name,sector,phone').out
    assert out.startswith('\ufeffid,name,sector,phone\r\n'), out
    assert "'=HYPERLINK" in out and "'@SUM" in out and "'-5+1" in out and ',+33612345678' in out, out
    ctl.raw('init', ctl.folder / 'second')
    ctl.raw('import', ctl.folder / 'second', ctl.write('out.csv', out), '--as', 'organisation')
    again = ctl.raw('export', ctl.folder / 'second', 'organisation', '--columns', 'name,sector,phone').out
    equal(again, out)


def test_round_trip_by_id(ctl):
    """an exported file, changed and imported, changes the same records"""
    ctl.imported('name,employees\nA,1\nB,2\n')
    out = ctl.run('export', 'organisation', '--columns', 'name,employees').out
    report = ctl.imported(out.replace(',A,1', ',Alpha,5'), '--as', 'organisation')
    equal((report['created'], report['updated']), (0, 1))
    equal(ctl.count('organisation', 'name=Alpha'), 1)


def test_json_lines(ctl):
    """JSON lines are whole records"""
    import json
    ctl.imported('name,employees,revenue\nA,1,12.50\n')
    line = json.loads(ctl.run('export', 'organisation', '--format', 'jsonl').out)
    equal((line['name'], line['employees'], line['revenue']), ('A', 1, {'amount': '12.50', 'currency': 'EUR'}))


def test_workbook(ctl):
    """a workbook has typed cells, a frozen header and no formulas"""
    ctl.imported('name,employees,revenue,founded_year,country\n"=1+1",12,1234.50 USD,1996,FR\nB,,7.00 JPY,,\n',
                 '--as', 'organisation')
    ctl.imported('name,organisation,amount,closed_on\nRoof,B,12.5,2026-03-31\n', '--as', 'deal')
    path = ctl.folder / 'out.xlsx'
    ctl.run('export', 'organisation', '--sort', '-revenue', '--columns', 'name,employees,revenue,country', '-o', path)
    cells, is_frozen = xlsx.read(path)
    assert is_frozen
    equal([cells[f'{letter}1'][1] for letter in 'ABCDE'], ['id', 'name', 'employees', 'revenue', 'country'])
    row = next(number for number in '23' if cells[f'B{number}'][1] == '=1+1')
    equal([cells[f'{letter}{row}'][:2] for letter in 'BCDE'],
          [('inlineStr', '=1+1'), ('n', '12'), ('n', '1234.5'), ('inlineStr', 'FR')])
    equal(cells[f'D{row}'][2], '#,##0.00 [$USD]')
    equal(sorted(cell[2] for place, cell in cells.items() if place[0] == 'D' and place != 'D1'),
          ['#,##0 [$JPY]', '#,##0.00 [$USD]'])
    ctl.run('export', 'deal', '--format', 'xlsx', '--columns', 'name,organisation,closed_on', '-o', path, '--force')
    cells, _ = xlsx.read(path)
    equal(cells['C2'][:2], ('inlineStr', 'B'))
    equal(cells['D2'], ('n', '46112', 'yyyy-mm-dd'))
    assert 'csv or jsonl' in ctl.run('export', 'deal', '--rescue', '--format', 'xlsx', status=2).err


def test_undo(ctl):
    """an import is undone as one, made links included"""
    ctl.imported('first_name,email,company\nA,a@example.org,New\nB,b@example.org,New\n')
    ctl.run('undo')
    equal((ctl.count('contact'), ctl.count('organisation')), (0, 0))
    ctl.run('redo')
    equal((ctl.count('contact'), ctl.count('organisation')), (2, 1))
    ctl.run('check')


def write_big(ctl, n_rows):
    return ctl.write('big.csv', 'first_name,last_name,email\n' +
                     ''.join(f'Anna{i},Berg{i},a{i}@example.org\n' for i in range(n_rows)))


def test_cancel(ctl):
    """Ctrl+C ends an import soon and leaves nothing"""
    path = write_big(ctl, 60000)
    process = subprocess.Popen([ctltest.PROGRAM, 'import', str(ctl.workspace), str(path), '--mode', 'create'],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.4)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, err = process.communicate(timeout=60)
    took = time.monotonic() - begun
    if process.returncode == 0:
        return  # too quick to be caught
    equal((process.returncode, err.count(b'\n')), (130, 1))
    assert took < 5, took
    equal(ctl.count('contact'), 0)
    ctl.run('check')


def test_killed(ctl):
    """kill -9 in an import: all or nothing"""
    path = write_big(ctl, 20000)
    for seed in range(5):
        process = subprocess.Popen([ctltest.PROGRAM, 'import', str(ctl.workspace), str(path), '--mode', 'create'],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.Random(seed).uniform(0.02, 0.6))
        process.kill()
        process.wait()
        assert ctl.count('contact') % 20000 == 0
    ctl.run('check')


FULL_DISK = '''
mount -t tmpfs -o size=3m none "$2" || exit 77
"$1" init "$2/w" >/dev/null
"$1" import "$2/w" "$3" --as contact --mode create >/dev/null; echo $?
"$1" list "$2/w" contact --count
"$1" check "$2/w"
mount -o remount,size=30m "$2"
"$1" new "$2/w" organisation name=A >/dev/null
"$1" check "$2/w" --whole
ls "$2"
'''


def test_full_disk(ctl):
    """an import that fills the disk stores nothing; the workspace opens as if nothing had been"""
    if subprocess.run(['unshare', '-Urm', 'true'], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return  # there is no disk to be filled
    disk = ctl.folder / 'disk'
    disk.mkdir()
    words = (ctltest.PROGRAM, disk, write_big(ctl, 20000))
    done = subprocess.run(['unshare', '-Urm', 'sh', '-c', FULL_DISK, 'sh', *map(str, words)], capture_output=True, text=True,
                          timeout=120, check=False)
    if done.returncode == 77:
        return
    sound = 'No problem was found.'
    lines = done.stdout.splitlines()
    # What was begun is taken back at once, or by who writes next when there was no room for that.
    assert lines[2] in (sound, 'An import was interrupted. Open the workspace for writing to undo it.'), lines
    equal(lines[:2] + lines[3:], ['4', '0', sound, 'w'])
    said = done.stderr.splitlines()
    assert 'disk is full' in said[0] and len(said) == 1 + (lines[2] != sound), said


def test_rejects_are_not_the_source(ctl):
    """the file of rejected rows can't be the imported one"""
    path = ctl.write('a.csv', 'name,employees\nA,x\n')
    ctl.run('import', path, '--rejects', path, status=1)
    equal(path.read_text(), 'name,employees\nA,x\n')


def aliases(ctl):
    """Every name that leads to the workspace or a file that belongs to it."""
    hard, soft, far = ctl.folder / 'hard.csv', ctl.folder / 'soft.csv', ctl.folder / 'far.csv'
    if not hard.exists():
        hard.hardlink_to(ctl.workspace)
        soft.symlink_to(ctl.workspace)
        far.symlink_to(str(ctl.workspace) + '-wal')
    return [ctl.workspace, hard, soft, far, *(f'{ctl.workspace}{end}' for end in ('-wal', '-shm', '-unit-7'))]


def test_outputs_are_not_the_workspace(ctl):
    """no output takes the place of the workspace, whatever its name"""
    path = ctl.write('a.csv', 'name,employees\nA,x\nB,1\n')
    ctl.run('import', path)
    board = ctl.json('dashboard list')['dashboards'][0]['name']
    for alias in aliases(ctl):
        for words in (('import', path, '--rejects'), ('export', 'organisation', '--force', '--format', 'csv', '-o'),
                      ('export', 'organisation', '--rescue', '--force', '--format', 'csv', '-o'), ('dashboard export', board, '--force', '--format', 'pdf', '-o')):
            result = ctl.run(words[0], *words[1:], alias, status=1)
            assert 'is the workspace itself or belongs to it' in result.err, result.err
    equal(ctl.count('organisation'), 1)
    ctl.run('check')
    equal(sorted(file.name for file in ctl.folder.iterdir() if file.name[0] == '.'), [])


def test_failed_export_changes_nothing(ctl):
    """an export that fails leaves the file that was there, and nothing else"""
    ctl.run('import', write_big(ctl, 2000))
    path = ctl.write('out.csv', 'old')
    before = ['big.csv', 'out.csv']
    small = {'preexec_fn': lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
                                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN))}
    error = ctl.run('export', 'contact', '--force', '-o', path, status=4, **small).err
    assert 'Choose another place' in error, error
    equal(path.read_text(), 'old')
    equal(sorted(file.name for file in ctl.folder.iterdir() if 'comptoir' not in file.name), before)
    link = ctl.folder / 'link.csv'
    link.symlink_to(path)
    ctl.run('export', 'contact', '--force', '-o', link)
    assert link.is_symlink() and path.read_text().count('\n') == 2001


def test_circles(ctl):
    """a record that shall be above itself is stored without that link, and it is said so"""
    path = ctl.write('self.csv', 'name,parent\nSelf,Self\nA,B\nB,A\nC,A\n')
    for _ in range(2):
        result = ctl.run('import', path, '--as', 'organisation', '--dry-run')
        assert 'Line 2: parent: A record can’t be above itself. The field was left empty.' in result.out, result.out
    result = ctl.run('import', path, '--as', 'organisation')
    assert 'Line 2: parent: A record can’t be above itself. The field was left empty.' in result.out, result.out
    assert 'parent: This would make a loop' in result.out and result.out.count('left empty') == 2, result.out
    equal(ctl.count('organisation'), 4)
    equal(ctl.count('organisation', 'parent=A'), 2)
    result = ctl.run('import', ctl.write('again.csv', 'name,parent\nSelf,Self\n'), '--as', 'organisation')
    assert 'Line 2: parent: A record can’t be above itself.' in result.out, result.out
    ctl.run('check')


def test_dry_run_knows_the_rows(ctl):
    """a dry run finds links to rows of the same file, in front and behind, as the import does"""
    content = 'name,parent\nAcme,\nNorth,Acme\nSouth,East\nEast,\nWest,Elsewhere\n'
    counts = [[report[key] for key in ('rows', 'created', 'updated', 'unchanged', 'rejected', 'linked_created')]
              for report in (ctl.imported(content, '--as', 'organisation', '--dry-run'),
                             ctl.imported(content, '--as', 'organisation'))]
    equal(counts[0], counts[1])
    equal(ctl.count('organisation'), 6)


def test_namesakes_stay(ctl):
    """what was exported changes nothing when it comes back, also where two companies have one name"""
    for sector in ('first', 'second'):
        ctl.run('new', 'organisation', 'name=Homon', f'sector={sector}')
    second = ctl.records('organisation', 'sector=second')[0]['id']
    ctl.run('new', 'contact', 'full_name=Anne Martin', 'email=anne@example.org', f'organisation={second}')
    path = ctl.folder / 'contacts.csv'
    ctl.run('export', 'contact', '-o', path)
    report = ctl.imported(path.read_text(), '--as', 'contact')
    equal([report['unchanged'], report['updated']], [1, 0])
    equal(ctl.records('contact')[0]['organisation'], second)


def test_numbers_of_others_are_no_identifiers(ctl):
    """a column "id" of another product is left out, and the rows come in"""
    report = ctl.imported('id,first_name,last_name\n1,Jean,Dupont\n2,Anne,Martin\n', '--as', 'contact')
    equal([report['created'], report['rejected']], [2, 0])


def test_new_stages_have_no_probability(ctl):
    """nobody knows how many deals of a stage that a file names are won"""
    report = ctl.imported('name,stage\nRoof,Engaging\nWall,Closed won\n', '--as', 'deal')
    equal(report['created'], 2)
    equal(ctl.records('stage', 'name=Engaging')[0].get('probability'), None)
    assert any('check their order' in note for note in report['notes']), report['notes']


ctltest.run_module()
