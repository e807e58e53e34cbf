#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of comptoirctl as people and programs use it."""
import json
import os
import pathlib
import subprocess
import zipfile

import ctltest
import xlsx
from ctltest import equal

COMMANDS = ['init', 'demo', 'settings', 'check', 'schema', 'import', 'export', 'list', 'query', 'show', 'search',
            'aggregate', 'new', 'set', 'delete', 'restore', 'log', 'undo', 'redo', 'dashboard list', 'dashboard export',
            'report list', 'report templates', 'report new', 'report export', 'schedule list', 'schedule run', 'pack list', 'pack check', 'pack install', 'pack update', 'pack remove']


def test_help(ctl):
    """every command explains itself"""
    overview = ctl.raw('--help').out
    for command in COMMANDS:
        assert f'  {command} ' in overview, command
        assert f'comptoirctl {command}' in ctl.raw(*command.split(), '--help').out
    assert ctl.raw('--version').out.startswith('comptoirctl ')
    assert '7 only a part could be rescued, or an import rejected every row' in overview


def test_odd_files(ctl):
    """folders, pipes nobody writes to, devices and files of nothing get a sentence, wherever a file is named"""
    pipe, folder = ctl.folder / 'pipe', ctl.folder / 'folder'
    os.mkfifo(pipe)
    folder.mkdir()
    files = [pipe, folder, '/dev/zero', '/dev/null', ctl.write('empty', ''), ctl.write('nuls', bytes(100000)), ctl.folder / 'none']
    for file in files:
        for words in (('import', ctl.workspace, file, '--as', 'organisation'), ('query', ctl.workspace, 'deal', f'@{file}'),
                      ('import', ctl.workspace, ctl.workspace, '--plan', f'@{file}'), ('aggregate', ctl.workspace, f'@{file}'),
                      ('list', file, 'deal'), ('check', file), ('settings', file), ('pack check', ctl.workspace, file)):
            result = ctl.raw(*words[0].split(), *words[1:], status=None)
            assert result.status in (1, 3, 4) and result.err.count('\n') == 1, (words, result.status, result.err)
        if file != files[-1]:
            ctl.raw('init', file, status=None)
    assert not any(name.suffix in ('.comptoir-wal', '.lock') for name in folder.iterdir()), list(folder.iterdir())
    equal(ctl.json('check')['ok'], True)


def test_help_of_groups(ctl):
    """the first of two words explains itself too"""
    for word, seconds in (('dashboard', ('list', 'export')), ('pack', ('list', 'check', 'install', 'update', 'remove'))):
        for words in ((word, '--help'), (word, '-h'), (word, 'nonsense', '--help')):
            shown = ctl.raw(*words).out
            for second in seconds:
                assert f'comptoirctl {word} {second} WORKSPACE' in shown, shown
        for words in ((word,), (word, 'nonsense')):
            assert ', '.join(seconds) in ctl.raw(*words, status=2).err
    for member in ('where', 'order', 'limit', 'compare'):
        assert f'"{member}"' in ctl.raw('aggregate', '--help').out


def test_cut_lists(ctl):
    """a list that ends early says so, unless somebody asked for it"""
    for i in range(60):
        ctl.run('new', 'task', f'title=Call {i}')
    for words in (('search', 'call'), ('log',)):
        member = 'hits' if words[0] == 'search' else 'entries'
        cut = ctl.run(*words)
        assert 'Only the first 50 are shown; --limit 0' in cut.err and len(cut.out.splitlines()) == 50, cut.err
        assert ctl.json(*words)['more']
        whole = ctl.run(*words, '--limit', '0')
        assert whole.err == '' and len(whole.out.splitlines()) >= 60
        equal(ctl.json(*words, '--limit', '0')['more'], False)
        asked = ctl.run(*words, '--limit', '7', '--json')
        equal((asked.err, asked.json['more'], len(asked.json[member])), ('', True, 7))
    for i in range(60):
        ctl.run('set', 'task', 'Call 1', f'priority={("low", "high")[i % 2]}')
    for command in ('log', 'timeline'):
        assert 'first 50' in ctl.run(command, 'task', 'Call 1').err
        equal(ctl.run(command, 'task', 'Call 1', '--limit', '0').err, '')


def test_init_in_words(ctl):
    """a new workspace is described in people's words, in JSON by names"""
    path = ctl.folder / 'new.comptoir'
    shown = ctl.raw('init', path).out
    assert 'Pipelines\t1' in shown and 'saved_view' not in shown, shown
    equal(ctl.raw('init', ctl.folder / 'other.comptoir', '--json').json['records']['saved_view'], 0)


def test_usage(ctl):
    """a wrong command line ends with 2 and one line"""
    ctl.raw(status=2)
    ctl.raw('frobnicate', status=2)
    ctl.raw('list', status=2)
    ctl.run('list', status=2)
    ctl.run('list', 'deal', '--frobnicate', status=2)
    ctl.run('set', 'organisation', status=2)
    ctl.run('list', 'deal', 'nonsense', status=2)


def test_statuses(ctl):
    """what goes wrong has its own exit status"""
    ctl.run('list', 'unicorn', status=3)
    ctl.run('show', 'deal', 'none', status=3)
    ctl.run('list', 'deal', 'wings=2', status=3)
    ctl.run('new', 'organisation', 'employees=many', 'name=A', status=1)
    ctl.run('new', 'organisation', 'employees=1', status=1)
    ctl.raw('list', ctl.folder / 'missing', 'deal', status=3)
    ctl.raw('list', ctl.write('other', 'not a workspace\n' * 100), 'deal', status=4)
    ctl.run('init', status=5)
    ctl.run('query', 'deal', '{"all":', status=1)
    ctl.run('aggregate', '{"source":"unicorn"}', status=3)


def test_records(ctl):
    """new, show, set, delete, restore, purge"""
    made = ctl.json('new', 'organisation', 'name=Éditions Öl', 'employees=12', '--set', 'country=FR')
    equal((made['created'], len(made['ids'])), (1, 1))
    ident = made['ids'][0]
    for name in (ident, 'éditions öl', 'EDITIONS OL', ident[:35]):
        equal(ctl.json('show', 'organisation', name)['record']['id'], ident)
    equal(ctl.json('set', 'organisation', ident, 'employees=13', 'country=')['updated'], 1)
    record = ctl.json('show', 'organisation', ident)['record']
    equal((record['employees'], record.get('country')), (13, None))
    task = ctl.json('new', 'task', 'title=Call back')['ids'][0]
    refused = ctl.run('set', 'task', task, 'completed_at=2026-11-20T11:00:00Z', status=1)
    assert 'completed_at: Comptoir fills this field in by itself.' in refused.err, refused.err
    equal(ctl.json('set', 'task', task, 'status=done')['updated'], 1)
    equal(ctl.json('delete', 'organisation', ident)['deleted'], 1)
    ctl.run('show', 'organisation', ident, status=3)
    equal(ctl.json('show', 'organisation', ident, '--trash')['in_trash'], True)
    trash = ctl.json('list', '--trash')
    equal([(item['entity'], item['id'], item['title']) for item in trash['trash']], [('organisation', ident, 'Éditions Öl')])
    equal(trash['total'], 1)
    equal(ctl.json('list', 'deal', '--trash')['trash'], [])
    assert ident in ctl.run('list', 'organisation', '--trash').out
    equal(ctl.run('list', 'organisation', '--trash', '--count').out, '1\n')
    ctl.run('list', 'organisation', 'name=x', '--trash', status=2)
    ctl.run('restore', 'organisations', ident)
    equal(ctl.count('organisation', '--trash'), 0)
    equal(ctl.count('organisation'), 1)
    ctl.run('delete', 'organisation', ident)
    ctl.run('delete', 'organisation', ident, '--trash')
    ctl.run('restore', 'organisation', ident, status=3)


def test_all_problems(ctl):
    """all that is wrong with a record is said at once, each by its field"""
    words = ('employees=many', 'country=Nowhere', 'wings=2', 'website=x', 'sector=ok')
    result = ctl.run('new', 'organisation', *words, '--json', status=1)
    fields = ['employees', 'country', 'wings', 'website', 'name']
    equal([problem['field'] for problem in result.json['problems']], fields)
    for field in fields:
        assert f'{field}: ' in result.err, result.err
    equal(ctl.run('new', 'organisation', *words, status=1).out, '')
    ctl.run('new', 'organisation', 'name=A')
    result = ctl.run('set', 'organisation', 'A', 'employees=many', 'name=', 'sector=x', '--json', status=1)
    equal([problem['field'] for problem in result.json['problems']], ['employees', 'name'])
    equal('sector' in ctl.records('organisation')[0], False)
    result = ctl.run('new', 'contact', 'organisation=nobody', 'email=x', status=3)
    assert 'organisation: ' in result.err and 'email: ' in result.err, result.err
    result = ctl.run('new', 'organisation', 'employees=1', '--json', status=1)  # what only the door finds
    equal(result.json['problems'][0]['field'], 'name')


def test_rescue(ctl):
    """what is left of a damaged workspace is exported, and what is lost is told"""
    ctl.imported('name,sector\n' + ''.join(f'Org {i},{"x" * 80}\n' for i in range(3000)), '--as', 'organisation')
    assert '3000 records were rescued' in ctl.run('export', 'organisation', '--rescue').err
    content = bytearray(ctl.workspace.read_bytes())
    for page in range(40, len(content) // 4096 - 1, 20):
        content[page * 4096:page * 4096 + 512] = b'\xa5' * 512
    ctl.write('test.comptoir', bytes(content))
    for words in ((), ('-o', ctl.folder / 'left.csv')):
        result = ctl.run('export', 'organisation', '--rescue', *words, status=7)
        assert 'could not be read' in result.err, result.err
    lines = (ctl.folder / 'left.csv').read_text(encoding='utf-8').splitlines()
    assert 1000 < len(lines) < 3000, len(lines)
    assert 'export --rescue' in ctl.run('export', 'organisation', status=4).err
    assert ctl.workspace.read_bytes() == content


def test_no_workspaces(ctl):
    """of what is no workspace is said what to do, and it stays as it is"""
    for name, content, words in (('empty', b'', 'is empty'), ('text', b'name,sector\n' * 99, 'import'),
                                 ('short', b'SQLite format 3\0', 'import')):
        path = ctl.write(name, content)
        for command in ('list', 'export'):
            assert words in ctl.raw(command, path, 'deal', status=4).err
        assert words in ctl.raw('new', path, 'task', 'title=x', status=4).err
        equal(path.read_bytes(), content)
        equal([other.name for other in ctl.folder.iterdir() if other.name.startswith(name + '-')], [])


def test_links(ctl):
    """links are given by title and shown by title"""
    ctl.run('new', 'organisation', 'name=Acme')
    ctl.run('new', 'contact', 'first_name=Ada', 'last_name=Byron', 'organisation=acme', 'email=ada@example.org')
    assert 'Acme' in ctl.run('show', 'contact', 'ada@example.org').out
    equal(ctl.count('contact', 'organisation=Acme'), 1)
    equal(ctl.count('contact', 'organisation.name~cm'), 1)
    ctl.run('new', 'organisation', 'name=Acme')
    ctl.run('set', 'contact', 'Ada Byron', 'organisation=Acme', status=5)


def test_conditions(ctl):
    """conditions and filters restrict lists"""
    for name, employees in (('A', 5), ('B', 50), ('C', 500)):
        ctl.run('new', 'organisation', f'name={name}', f'employees={employees}', 'country=FR')
    ctl.run('new', 'organisation', 'name=D')
    equal(ctl.count('organisation', 'employees>=50'), 2)
    equal(ctl.count('organisation', 'employees<50'), 1)
    equal(ctl.count('organisation', 'employees!='), 3)
    equal(ctl.count('organisation', 'country='), 1)
    equal(ctl.count('organisation', 'employees>=50', 'name!=C'), 1)
    filter_json = '{"any":[{"field":"name","op":"is","value":"A"},{"field":"employees","op":"greater","value":100}]}'
    equal(ctl.count('organisation', '--filter', filter_json), 2)
    equal(ctl.json('query', 'organisation', '-', stdin=filter_json.encode())['total'], 2)
    equal(ctl.json('query', 'organisation', '@' + str(ctl.write('f.json', filter_json)))['total'], 2)
    listed = ctl.json('list', 'organisation', '--sort', '-employees', '--columns', 'name,employees', '--limit', '2')
    equal([record['name'] for record in listed['records']], ['C', 'B'])
    equal(listed['total'], 4)
    equal(set(listed['records'][0]), {'id', 'name', 'employees'})


def test_condition_help(ctl):
    """a condition that can't be understood is told what there is"""
    err = ctl.run('query', 'deal', '{"field":"amount","op":"biger","value":1}', status=1).err
    assert 'greater-or-equal' in err and 'starts-with' not in err, err
    err = ctl.run('query', 'deal', '{"field":"amount","op":"starts-with","value":"1"}', status=1).err
    assert 'greater' in err, err
    assert '“amount”' in ctl.run('list', 'deal', 'ammount>1', status=3).err
    assert 'perhaps' not in ctl.run('list', 'deal', 'wings=1', status=3).err


def test_custom_fields(ctl):
    """a field of one's own is added, set, listed and filtered by as the manual page says"""
    ctl.run('new', 'organisation', 'name=Acme')
    ctl.run('new', 'custom_field', 'entity_name=organisation', 'name=x_size', 'label=Size', 'kind=integer')
    ctl.run('new', 'custom_field', 'entity_name=organisation', 'name=x_tier', 'label=Tier', 'kind=choice',
            'definition={"choices":[{"name":"gold","label":"Gold"},{"name":"silver","label":"Silver"}]}')
    ctl.run('set', 'organisation', 'Acme', 'x_size=44', 'x_tier=gold')
    equal(ctl.count('organisation', 'x_tier=gold', 'x_size>40'), 1)
    equal(ctl.count('organisation', 'x_tier=silver'), 0)
    assert 'custom_field' in ctl.raw('new', '--help').out


def test_years(ctl):
    """years are shown without separators"""
    ctl.run('new', 'organisation', 'name=Acme', 'founded_year=1964', 'employees=1964')
    equal(ctl.run('list', 'organisation', '--columns', 'founded_year,employees').out.split()[-2:], ['1964', '1,964'])
    assert '1,964' not in ctl.run('show', 'organisation', 'Acme').out.split('founded_year')[1].splitlines()[0]


def test_pipe_output(ctl):
    """in a pipe, lists are lines of cells separated by tabs"""
    ctl.run('new', 'organisation', 'name=A\tB')
    lines = ctl.run('list', 'organisation', '--columns', 'name').out.splitlines()
    equal(lines[0], 'id\tname')
    equal(len(lines[1].split('\t')), 2)


def test_terminal_safety(ctl):
    """control and bidirectional characters never reach a terminal"""
    ctl.run('new', 'task', 'title=x', 'notes=a\x1b[2Jb\nc\u202ed')
    for command in (('show', 'task', 'x'), ('list', 'task', '--columns', 'title,notes')):
        out = ctl.run(*command).out
        assert '\x1b' not in out and '\u202e' not in out, repr(out)
    ctl.raw('show', ctl.workspace, 'task', 'no\x1b[2J', status=3)


def test_broken_pipe(ctl):
    """a reader that goes away ends the output quietly"""
    ctl.imported('name\n' + ''.join(f'Org {i}\n' for i in range(3000)), '--as', 'organisation', '--mode', 'create')
    for command in ('list', 'export'):
        process = subprocess.Popen([ctltest.PROGRAM, command, str(ctl.workspace), 'organisation'],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        process.wait(timeout=60)
        process.stderr.close()
        assert process.returncode in (0, 141), process.returncode
        equal(err, b'')


def test_dashboards(ctl):
    """dashboards are listed and written in every format"""
    board = ctl.json('dashboard list')['dashboards'][0]
    for name, head in (('pdf', b'%PDF-'), ('svg', b'<?xml'), ('png', b'\x89PNG'), ('xlsx', b'PK')):
        path = ctl.folder / f'out.{name}'
        equal(ctl.json('dashboard export', board['name'], '-o', path)['format'], name)
        assert path.read_bytes().startswith(head)
        ctl.run('dashboard export', board['id'], '-o', path, status=4)
    ctl.run('dashboard export', 'none', status=3)
    ctl.run('dashboard export', board['id'], '--paper', 'a9', status=2)


def test_workbooks(ctl):
    """a dashboard as a workbook has a sheet for each widget, with typed numbers and charts of them"""
    board = ctl.json('dashboard list')['dashboards'][0]
    for name, amount in (('A', '1000.50'), ('B', '70'), ('=1+1', '0.25')):
        ctl.run('new', 'deal', f'name={name}', f'amount={amount} EUR', 'stage=Won')
    path = ctl.folder / 'all.xlsx'
    ctl.run('dashboard export', board['id'], '-o', path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        equal(archive.testzip(), None)
    equal(sum(name.startswith('xl/worksheets/sheet') for name in names), board['widgets'])
    assert any(name.startswith('xl/charts/chart') for name in names), names

    # One of them: the numbers are those of the same question asked by itself
    path = ctl.folder / 'one.xlsx'
    ctl.run('dashboard export', board['id'], '--widget', 'revenue won by month', '-o', path)
    cells, _ = xlsx.read(path)
    equal(cells['A1'][1], 'Revenue won by month')
    assert 'by month' in cells['A2'][1] and 'Won' in cells['A2'][1], cells['A2']
    equal((cells['A4'][1], cells['A5'][2], cells['B5'][2]), ('Closed', 'mmm yyyy', '#,##0.00 [$EUR]'))
    asked = ctl.json('aggregate', json.dumps({
        'source': 'deal', 'measures': [{'agg': 'sum', 'field': 'amount'}],
        'dimensions': [{'field': 'closed_on', 'bucket': 'month', 'fill': True}],
        'where': {'all': [{'field': 'stage.kind', 'op': 'is', 'value': 'won'},
                          {'field': 'closed_on', 'op': 'within', 'value': {'last': 24, 'unit': 'month'}}]}}))
    amounts = [float(row['measures'][0]['amount']) for row in asked['rows']]
    equal([float(cells[f'B{5 + i}'][1]) for i in range(len(amounts))], amounts)
    equal(amounts, [1070.75])
    assert 'nothing like it' in ctl.run('dashboard export', board['id'], '--widget', 'nothing like it', status=3).err

    # Separated values: one of them, or all in a folder
    text = ctl.run('dashboard export', board['id'], '--widget', 'Revenue won by month', '--format', 'csv').out
    head, row = text.lstrip('\ufeff').splitlines()
    assert head.startswith('Closed,') and head.endswith(' (EUR)') and row.endswith('-01,1070.75'), text
    ctl.run('dashboard export', board['id'], '--format', 'csv', status=1)
    folder = ctl.folder / 'each'
    ctl.run('dashboard export', board['id'], '--format', 'csv', '--each', folder, status=4)
    folder.mkdir()
    files = ctl.json('dashboard export', board['id'], '--format', 'csv', '--each', folder)['files']
    equal(sorted(files), sorted(str(path) for path in folder.iterdir()))
    assert str(folder / 'Revenue won by month.csv') in files, files
    ctl.run('dashboard export', board['id'], '--format', 'csv', '--each', folder, status=5)
    equal(ctl.json('dashboard export', board['id'], '--format', 'csv', '--each', folder, '--force')['files'], files)
    ctl.run('dashboard export', board['id'], '--each', folder, '-o', path, status=2)


def test_report_workbooks(ctl):
    """a report as a workbook has a sheet for each widget and for each table"""
    ctl.run('new', 'deal', 'name=@A', 'amount=70 EUR', 'stage=Won')
    definition = ctl.write('book.json', json.dumps({'version': 1, 'title': 'Book', 'blocks': [
        {'kind': 'table', 'text': 'Deals', 'entity': 'deal', 'columns': ['name', 'amount']},
        {'kind': 'widgets', 'widgets': [{'id': 'a', 'kind': 'bar', 'title': 'Deals', 'x': 0, 'y': 0, 'w': 6, 'h': 4, 'query': {
            'source': 'deal', 'measures': [{'agg': 'count'}], 'dimensions': [{'field': 'stage'}]}}]}]}))
    path = ctl.folder / 'book.xlsx'
    ctl.run('report export', f'@{definition}', '-o', path)
    cells, is_frozen = xlsx.read(path)
    equal((cells['A1'][1], cells['A2'][1], cells['B2']), ('Name', '@A', ('n', '70', '#,##0.00 [$EUR]')))
    assert is_frozen
    with zipfile.ZipFile(path) as archive:
        text = archive.read('xl/workbook.xml').decode()
        assert 'name="Deals"' in text and 'name="Deals (2)"' in text, text
        assert 'xl/charts/chart1.xml' in archive.namelist()
    ctl.run('report export', f'@{definition}', '--format', 'png', status=2)


def test_reports(ctl):
    """reports are written from a record and from a file, and refused where they are damaged"""
    definition = ctl.folder / 'report.json'
    path = ctl.folder / 'report.pdf'
    text = json.dumps({'version': 1, 'title': 'From a file', 'blocks': [
        {'kind': 'heading', 'text': 'Deals'}, {'kind': 'table', 'entity': 'deal', 'columns': ['name', 'amount'], 'group': 'owner'}]})
    definition.write_text(text)
    ctl.run('report export', f'@{definition}', '-o', path)
    assert path.read_bytes().startswith(b'%PDF-')
    ctl.run('new', 'report', 'name=Monthly', f'definition={text}')
    equal([report['name'] for report in ctl.json('report list')['reports']], ['Sales report', 'Monthly'])
    ctl.run('report export', 'Monthly', '-o', path, '--force')
    ctl.run('report export', 'none', status=3)
    ctl.run('report export', 'Monthly', '-o', path, '--force', '--period', 'this-year', '--where', 'deal.stage=won')
    shown = subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
    assert 'Period: this year · Stage is Won' in shown, shown
    ctl.run('report export', 'Monthly', '-o', path, '--force', '--filter', '[7]', status=1)
    definition.write_text(json.dumps({'version': 1, 'title': 'Deals', 'parameter': 'organisation', 'blocks': [
        {'kind': 'table', 'entity': 'deal', 'columns': ['name', 'amount']}]}))
    for name in ('Café', 'A/B'):
        ctl.run('new', 'organisation', f'name=Each {name}')
        ctl.run('new', 'deal', f'name=For {name}', f'organisation=Each {name}')
    folder = ctl.folder / 'each'
    folder.mkdir()
    files = ctl.json('report export', f'@{definition}', '--each', folder)['files']
    equal(sorted(files), sorted(str(path) for path in folder.iterdir()))
    assert len(files) >= 2 and all(path.startswith(f'{folder}/Deals – ') for path in files), files
    ctl.run('report export', f'@{definition}', '--each', folder, status=5)
    ctl.run('report export', f'@{definition}', '--each', folder, '--force')
    ctl.run('report export', f'@{definition}', '--each', folder / 'none', status=4)
    ctl.run('report export', f'@{definition}', '--each', folder, '-o', path, status=2)
    definition.write_text('{"version":1,"blocks":[7]}')
    assert 'Part 1' in ctl.run('report export', f'@{definition}', '-o', path, '--force', status=1).err


def test_report_templates(ctl):
    """ready reports are added and written, with all of their parts"""
    ctl.workspace.unlink()
    ctl.run('demo', '--seed', 7)
    path = ctl.folder / 'ready.pdf'
    templates = ctl.raw('report', 'templates', '--json').json['templates']
    equal([template['name'] for template in templates], ['monthly_sales', 'pipeline_review', 'activity'])
    for template in templates:
        made = ctl.json('report new', template['name'])['id']
        ctl.run('report export', made, '-o', path, '--force')
        shown = subprocess.run(['pdftotext', '-layout', path, '-'], stdout=subprocess.PIPE, check=True).stdout.decode()
        assert template['title'] in shown and 'can’t be' not in shown, shown
    ctl.run('report new', 'pipeline_review', '--name', 'On Monday')
    assert 'On Monday' in [report['name'] for report in ctl.json('report list')['reports']]
    assert 'monthly_sales, pipeline_review, activity' in ctl.run('report new', 'bogus', status=3).err


def test_schedules(ctl):
    """scheduled reports are listed, written when somebody asks, and what failed is told"""
    folder = ctl.folder / 'scheduled'
    definition = json.dumps({'version': 1, 'title': 'Sales', 'blocks': [{'kind': 'text', 'text': 'Hello'}]})
    ctl.run('new', 'report', 'name=Sales', f'definition={definition}')
    ctl.run('new', 'report_schedule', 'name=Weekly', 'report=Sales', f'folder={folder}', 'recurrence=FREQ=DAILY')
    equal(ctl.json('schedule run')['runs'], [])
    failed = ctl.run('schedule run', 'Weekly', status=7)
    assert 'There is no folder' in failed.err, failed.err
    folder.mkdir()
    runs = ctl.json('schedule run', 'Weekly')['runs']
    equal([(run['name'], run['failed'], len(run['files'])) for run in runs], [('Weekly', False, 1)])
    equal(runs[0]['files'], [str(path) for path in folder.iterdir()])
    shown = ctl.json('schedule list')['schedules']
    equal([(one['name'], one['report'], one['state']) for one in shown], [('Weekly', 'Sales', 'done')])
    assert ctl.run('delete', 'report', 'Sales', status=1).err
    ctl.run('schedule run', 'none', status=3)


def test_full_disk(ctl):
    """output that can't be written is an error"""
    if not pathlib.Path('/dev/full').exists():
        return
    with open('/dev/full', 'wb') as full:
        done = subprocess.run([ctltest.PROGRAM, 'schema'], stdout=full, stderr=subprocess.PIPE, timeout=60)
    equal(done.returncode, 4)


def test_link(ctl):
    """a link leads to its record, and nowhere else"""
    ctl.run('new', 'organisation', 'name=A')
    link = ctl.json('link', 'organisation', 'A')['link']
    equal(ctl.json('link', 'organisation', 'A')['link'], link)
    equal(ctl.json('show', link)['title'], 'A')
    for hostile in ('comptoir://', link + '/', link + '?x', link.replace('organisation', '..')):
        ctl.run('show', hostile, status=1)
    ctl.run('show', link.replace('organisation', 'nothing'), status=3)
    other = link.replace(link[11:15], '0000')
    assert other[11:47] in ctl.run('show', other, status=3).err
    ctl.run('show', 'A', status=2)


def test_timeline(ctl):
    """what happened with a record in one stream"""
    ctl.run('new', 'organisation', 'name=A')
    ctl.run('new', 'activity', 'kind=call', 'subject=Hello', 'organisation=A', 'at=2030-01-01T10:00:00Z')
    ctl.run('new', 'task', 'title=Send', 'organisation=A')
    ctl.run('set', 'organisation', 'A', 'employees=2')
    items = ctl.json('timeline', 'organisation', 'A')['timeline']
    equal([item.get('title', item.get('kind')) for item in items], ['Hello', 'update', 'Send', 'create'])
    equal([item['what'] for item in items], ['activity', 'changes', 'task', 'changes'])
    equal(items[0]['manner'], 'call')
    equal(len(ctl.json('timeline', 'organisation', 'A', 'changes')['timeline']), 2)
    equal(len(ctl.json('timeline', 'organisation', 'A', '--limit', '1')['timeline']), 1)
    ctl.run('timeline', 'organisation', 'A', 'deal', status=3)


def test_log(ctl):
    """the log, the history of a record, undo and redo"""
    ctl.run('new', 'organisation', 'name=A', 'employees=1')
    ctl.run('set', 'organisation', 'A', 'employees=2')
    entries = ctl.json('log')['entries']
    equal((entries[0]['origin'], entries[0]['changes']), ('command', 1))
    history = ctl.json('log', 'organisation', 'A')['history']
    equal([entry['kind'] for entry in history], ['update', 'create'])
    equal(history[0]['fields'][0], {'field': 'employees', 'before': 1, 'after': 2})
    act = entries[0]['label']
    equal(ctl.json('undo')['label'], act)
    equal(ctl.records('organisation')[0]['employees'], 1)
    equal(ctl.json('redo')['label'], act)
    equal(ctl.records('organisation')[0]['employees'], 2)
    ctl.run('undo')
    ctl.run('redo')
    labels = [entry['label'] for entry in ctl.json('log', '--limit', '4')['entries']]
    equal(labels, [f'Redo: {act}', f'Undo: {act}', f'Redo: {act}', f'Undo: {act}'])
    ctl.run('undo', str(entries[1]['sequence']), status=5)
    ctl.run('undo')
    ctl.run('undo')
    equal(ctl.count('organisation'), 0)


def test_undo_ends_at_the_beginning(ctl):
    """what a workspace began with can't be undone"""
    for path in (ctl.workspace, ctl.folder / 'demo.comptoir'):
        if path != ctl.workspace:
            ctl.raw('demo', path)
        first = ctl.raw('log', path, '--json').json['entries'][-1]
        assert 'nothing to undo' in ctl.raw('undo', path, status=3).err
        assert 'began with it' in ctl.raw('undo', path, str(first['sequence']), status=1).err
    ctl.run('new', 'organisation', 'name=A')
    ctl.run('undo')
    ctl.run('undo', status=3)


def test_marks_of_numbers(ctl):
    """a point is the decimal mark: a third digit behind it is refused, not a thousand"""
    deal = 'A'
    ctl.run('new', 'deal', 'name=A', 'amount=12.50 EUR')
    for text in ('1.999', '1.234 EUR', '1.5555'):
        assert 'At most 2 digits' in ctl.run('set', 'deal', deal, f'amount={text}', status=1).err
    for text, amount in (('1.50', '1.50'), ('1,999', '1999.00'), ('1 234.5', '1234.50'), ('1.990', '1.99')):
        ctl.run('set', 'deal', deal, f'amount={text}')
        equal(float(ctl.records('deal')[0]['amount']['amount']), float(amount))


def test_negative_limits(ctl):
    """a number of records is not negative"""
    for word in ('--limit', '--offset'):
        assert f'{word} ' in ctl.run('list', 'deal', word, '-5', status=2).err


def test_search(ctl):
    """search finds words in all kinds of records"""
    ctl.run('new', 'organisation', 'name=Boulangerie Élégante')
    ctl.run('new', 'task', 'title=Call the boulangerie')
    hits = ctl.json('search', 'boulang')['hits']
    equal({hit['entity'] for hit in hits}, {'organisation', 'task'})
    equal(len(ctl.json('search', 'elegante', '--as', 'organisation')['hits']), 1)


def test_search_says_why(ctl):
    """search shows where the words are that the title does not have"""
    ctl.run('new', 'organisation', 'name=Garage Zed', 'notes=Vu au salon de Québec')
    hit, = ctl.json('search', 'zed', 'quebec')['hits']
    equal((hit['field'], hit['snippet']), ('notes', 'Vu au salon de Québec'))
    assert 'Notes: Vu au salon' in ctl.run('search', 'quebec').out
    assert 'snippet' not in ctl.json('search', 'zed')['hits'][0]


def test_aggregate(ctl):
    """aggregate prints a table and JSON"""
    for name, country in (('A', 'FR'), ('B', 'FR'), ('C', 'BE')):
        ctl.run('new', 'organisation', f'name={name}', f'country={country}')
    spec = '{"source":"organisation","measures":[{"agg":"count"}],"dimensions":[{"field":"country"}]}'
    answer = ctl.json('aggregate', '-', stdin=spec.encode())
    equal(len(answer['rows']), 2)
    equal((answer['dimensions'], answer['measures']), (['country'], ['count']))
    equal(answer['dimension_labels'], ['Country'])
    lines = ctl.run('aggregate', spec).out.splitlines()
    equal(len(lines), 3)


def test_schema(ctl):
    """schema prints declarations with and without a workspace"""
    plain = json.loads(ctl.raw('schema').out)
    equal(plain, json.loads(ctl.raw('schema', ctl.workspace).out))


def test_settings(ctl):
    """settings are shown, changed and checked"""
    equal(ctl.json('settings')['currency'], 'EUR')
    equal(ctl.json('settings', '--currency', 'USD', '--zone', 'America/New_York')['zone'], 'America/New_York')
    equal(ctl.json('settings')['currency'], 'USD')
    ctl.run('settings', '--currency', 'XQQ', status=1)


def test_workspace_option(ctl):
    """--workspace stands in place of the first argument"""
    equal(ctl.raw('list', '--workspace', ctl.workspace, 'deal', '--count').out, '0\n')


def test_check(ctl):
    """a sound workspace is sound"""
    equal(ctl.json('check', '--whole')['findings'], [])


ctltest.run_module()
