#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers of days by the command line: imported, corrected, asked for their sums,
taken back, checked; a program that is killed, and two at once."""
import random
import signal
import subprocess
import time

import ctltest
from ctltest import equal, run_module

HEAD = 'Date,Platform,Campaign name,Impr.,Clicks,Amount spent (EUR),Results\n'


def total(ctl, *words):
    question = ('{"source":"ad_result","measures":[{"agg":"count"},{"agg":"sum","field":"clicks"},'
                '{"agg":"sum","field":"cost"}]}')
    rows = ctl.json('aggregate', question, *words)['rows']
    return [row['measures'] for row in rows]


def test_import_and_ask(ctl):
    """what platforms export is imported, replaced when it comes again, and undone"""
    report = ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.5,3\n2026-04-01,Meta,Spring,900,40,10.00,2.5\n',
                          '--as', 'ad_result')
    equal([report['created'], report['updated'], report['rejected']], [2, 0, 0])
    first = total(ctl)
    report = ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.5,3\n2026-04-01,Meta,Spring,900,60,11.00,2.5\n'
                          '2026-04-01,Google,Brand,1,1,1,0\n', '--as', 'ad_result')
    equal([report['created'], report['updated'], report['unchanged']], [1, 1, 1])
    second = total(ctl)
    assert first != second, (first, second)
    equal(ctl.run('check', '--whole').out.strip().splitlines()[-1:], ctl.run('check').out.strip().splitlines()[-1:])
    ctl.run('undo')
    equal(total(ctl), first)
    ctl.run('redo')
    equal(total(ctl), second)


def test_repeated(ctl):
    """rows of one file with the same day and texts are told, the last one counts"""
    report = ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.5,3\n2026-03-31,Meta,Spring,900,40,10.00,2\n',
                          '--as', 'ad_result')
    equal([report['created'], report['updated'], report['unchanged']], [1, 0, 0])
    equal(report['notes'], ['1 row has the same day and texts as a later one, which counts.'])
    equal(total(ctl)[0][:2], [1, 40])
    report = ctl.imported(HEAD + '2026-04-01,Meta,Spring,1000,50,12.5,3\n', '--as', 'ad_result')
    equal(report['notes'], [])


def test_metrics(ctl):
    """metrics of ads are what a person works out by hand"""
    ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.50,3\n2026-04-01,Meta,Spring,900,45,10.00,2.5\n'
                 '2026-04-01,Google,Brand,100,5,7.50,0.5\n', '--as', 'ad_result')
    for metric, wanted in (('ad_impressions', 2000), ('ad_clicks', 100), ('click_rate', 5.0), ('ad_conversions', '6.00'),
                           ('ad_spend', '30.00'), ('cost_per_click', '0.30'), ('cost_per_conversion', '5.00'), ('ad_return', 0)):
        [value] = ctl.json('metric value', metric)['rows'][0]['measures']
        equal((metric, value['amount'] if isinstance(value, dict) else value), (metric, wanted))
    rows = ctl.json('metric value', 'ad_spend', '--by', 'platform', '--period', '2026-04')['rows']
    equal({row['labels'][0]: row['measures'][0]['amount'] for row in rows}, {'Meta': '10.00', 'Google': '7.50'})


def test_list(ctl):
    """single rows are listed newest first, under conditions; what only records have is refused"""
    ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.50,3\n2026-04-01,Meta,Spring,900,45,10.00,2.5\n'
                 '2026-04-01,Google,Brand,100,5,7.50,0.5\n', '--as', 'ad_result')
    everything = ctl.json('list', 'ad_result')
    equal([everything['entity'], everything['total'], len(everything['records'])], ['ad_result', 3, 3])
    equal([row['day'] for row in everything['records']], ['2026-04-01', '2026-04-01', '2026-03-31'])
    equal(everything['records'][2]['cost'], {'amount': '12.50', 'currency': 'EUR'})
    assert 'id' not in everything['records'][0] and 'ad_group' not in everything['records'][0], everything
    few = ctl.json('list', 'ad_result', 'clicks>=10', '--columns', 'day,clicks,ad_group', '--limit', '1', '--offset', '1')
    equal(few, {'entity': 'ad_result', 'total': 2, 'records': [{'day': '2026-03-31', 'clicks': 50, 'ad_group': None}]})
    equal(ctl.run('list', 'ad_result', 'platform=Google', '--count').out, '1\n')
    equal(ctl.json('list', 'ad_result', 'clicks>99', '--count'), {'entity': 'ad_result', 'total': 0})
    equal(ctl.json('query', 'ad_result', '{"field":"clicks","op":"less","value":10}')['total'], 1)
    lines = ctl.run('list', 'ad_result', '--columns', 'platform,clicks', 'day=2026-04-01').out.splitlines()
    equal([lines[0], sorted(lines[1:])], ['platform\tclicks', ['Google\t5', 'Meta\t45']])
    for words in (('--sort', 'clicks'), ('--group', 'platform'), ('--totals', 'clicks:sum'), ('--search', 'Spring')):
        assert 'aggregate' in ctl.run('list', 'ad_result', *words, status=1).err, words
    ctl.run('list', 'ad_result', '--columns', 'nothing', status=3)
    for kind in ('ad_result', 'contact'):
        assert 'identifier' in ctl.run('list', kind, 'id=3', status=1).err, kind
    ctl.run('table', 'ad_result', '--output', 'paper.pdf', status=1)
    ctl.imported(HEAD + ''.join(f'2026-02-{day:02},Meta,{name},1,1,1,1\n' for day in range(1, 29) for name in range(300)),
                 '--as', 'ad_result')
    with subprocess.Popen([ctltest.PROGRAM, 'list', ctl.workspace, 'ad_result'], stdout=subprocess.PIPE) as listing:
        listing.stdout.readline()
        listing.stdout.close()
        equal(listing.wait(timeout=60), 141)


def test_export(ctl):
    """rows leave as CSV, safe from formulas, and replace themselves when they come back"""
    ctl.imported(HEAD + '2026-03-31,Meta,"=1+1",1000,50,12.50,3\n2026-04-01,Meta,Spring,900,45,10.00,2.5\n',
                 '--as', 'ad_result')
    path = ctl.folder / 'rows.csv'
    ctl.run('export', 'ad_result', '-o', path)
    lines = path.read_text('utf-8-sig').splitlines()
    equal(lines[0], 'day,platform,account,campaign,ad_group,impressions,clicks,cost,conversions,revenue')
    assert lines[1].startswith('2026-04-01,Meta,,Spring,') and lines[2].startswith("2026-03-31,Meta,,'=1+1,"), lines
    report = ctl.imported(path.read_text('utf-8-sig'), '--as', 'ad_result')
    equal([report['created'], report['updated'], report['unchanged']], [0, 0, 2])
    equal(ctl.run('export', 'ad_result', 'clicks=45', '--format', 'jsonl', '--columns', 'day,clicks').out,
          '{"day":"2026-04-01","clicks":45}\n')
    ctl.run('export', 'ad_result', '--sort', 'clicks', status=1)
    ctl.run('export', 'ad_result', '--format', 'xlsx', '-o', ctl.folder / 'rows.xlsx', status=1)
    assert not (ctl.folder / 'rows.xlsx').exists()


def test_bad_rows(ctl):
    """a row that can't be used is told with its line, the others are stored"""
    report = ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.5,3\nsoon,Meta,Spring,1,1,1,1\n'
                          '2026-04-02,Meta,Spring,many,1,1,1\n2026-04-03,Meta\n1789-07-14,Meta,Spring,1,1,1,1\n',
                          '--as', 'ad_result')
    equal([report['created'], report['rejected']], [1, 4])
    equal([sample.split(':')[0] for sample in report['samples']], ['Line 3', 'Line 4', 'Line 5', 'Line 6'])
    equal(len(ctl.rejected(report)), 5)
    ctl.imported('Platform,Clicks\nMeta,1\n', '--as', 'ad_result', status=1)
    ctl.run('new', 'ad_result', 'campaign=Spring', status=1)
    report = ctl.imported(HEAD + '2026-05-31,Meta,Spring,1,1,1,1\n', '--as', 'ad_result', '--dry-run')
    equal([report['rows'], report['sequence']], [1, 0])
    equal(total(ctl)[0][0], 1)


def test_dry_run(ctl):
    """a trial tells what would become of each row, the days and the sums, and stores nothing"""
    ctl.imported(HEAD + '2026-03-31,Meta,Spring,1000,50,12.5,3\n2026-03-31,Meta,Autumn,10,5,1,1\n', '--as', 'ad_result')
    before = total(ctl)
    file = (HEAD + '2026-03-31,Meta,Spring,1000,60,12.5,3\n2026-03-31,Meta,Autumn,10,5,1,1\n2026-04-02,Meta,Spring,1,1,1,1\n'
            '2026-04-02,Meta,Spring,2,2,$2,2\nsoon,Meta,Spring,1,1,1,1\n')
    trial = ctl.imported(file, '--as', 'ad_result', '--dry-run')
    equal([trial[name] for name in ('rows', 'created', 'updated', 'unchanged', 'rejected', 'sequence')], [5, 1, 1, 1, 1, 0])
    equal([trial['days'], trial['first_day'], trial['last_day']], [2, '2026-03-31', '2026-04-02'])
    equal([(each['field'], each['sum']) for each in trial['sums']],
          [('impressions', '1013'), ('clicks', '68'), ('cost', '14.50 EUR'), ('cost', '2.00 USD'), ('conversions', '7.00')])
    assert trial['samples'][0].startswith('Line 6: '), trial
    assert trial['notes'][-1].startswith('1 row has the same day'), trial
    equal(total(ctl), before)
    done = ctl.imported(file, '--as', 'ad_result')
    for name in ('created', 'updated', 'unchanged', 'rejected', 'days', 'sums', 'notes', 'samples'):
        equal(done[name], trial[name])
    shown = ctl.run('import', ctl.write('same.csv', file), '--as', 'ad_result', '--dry-run').out
    assert '2 days, from 03/31/2026 to 04/02/2026' in shown and 'Clicks: 68' in shown, shown


def test_recognised(ctl):
    """a file of a platform is known by its columns, in French too; one of meetings or companies is none"""
    report = ctl.imported('Date;Campagne;Canal;Impressions;Clics;Coût;Conversions\n'
                          '13/03/2026;Été;Google Ads;1 200;30;12,50 €;1,5\n04/04/2026;Été;Meta;300;3;1,25 €;0,5\n')
    equal([report['entity'], report['created'], report['first_day'], report['last_day']], ['ad_result', 2, '2026-03-13', '2026-04-04'])
    equal([each['sum'] for each in report['sums']], ['1500', '33', '13.75 EUR', '2.00'])
    for text in ('Date,Subject,Contact\n2026-03-13,Call,Ann\n', 'Company,Country,Revenue\nA,FR,12\n'):
        assert ctl.imported(text, '--dry-run')['entity'] != 'ad_result', text


def rows(n, clicks):
    return HEAD + ''.join(f'2026-{1 + i % 9:02}-{1 + i % 28:02},Meta,Campaign {i},{i},{clicks},1.5,1\n' for i in range(n))


def test_killed(ctl):
    """an import that is killed leaves all of it or nothing"""
    n = 20000
    before = None
    ctl.imported(rows(10, 1), '--as', 'ad_result')
    before = total(ctl)
    big = ctl.write('big.csv', rows(n, 7))
    draw = random.Random(1)
    states = set()
    for i in range(8):
        process = subprocess.Popen([ctltest.PROGRAM, 'import', ctl.workspace, big, '--as', 'ad_result', '--json'],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.01, 0.25))
        process.send_signal(signal.SIGKILL)
        process.wait()
        now = total(ctl)
        assert now == before or now[0][0] == n, now
        states.add(now[0][0])
        ctl.run('check')
    ctl.run('import', big, '--as', 'ad_result')
    equal(total(ctl)[0][0], n)
    ctl.run('check', '--whole')


FULL_DISK = '''
mount -t tmpfs -o size=3m none "$2" || exit 77
"$1" init "$2/w" >/dev/null
"$1" import "$2/w" "$3" --as ad_result >/dev/null; echo $?
"$1" aggregate "$2/w" '{"source":"ad_result","measures":[{"agg":"count"}]}' --json
mount -o remount,size=30m "$2"
"$1" import "$2/w" "$3" --as ad_result >/dev/null; echo $?
"$1" check "$2/w" --whole
'''


def test_full_disk(ctl):
    """an import that fills the disk stores nothing, and succeeds once there is room"""
    if subprocess.run(['unshare', '-Urm', 'true'], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return  # there is no disk to be filled
    disk = ctl.folder / 'disk'
    disk.mkdir()
    words = (ctltest.PROGRAM, disk, ctl.write('big.csv', rows(40000, 7)))
    done = subprocess.run(['unshare', '-Urm', 'sh', '-c', FULL_DISK, 'sh', *map(str, words)], capture_output=True, text=True,
                          timeout=120, check=False)
    if done.returncode == 77:
        return
    lines = done.stdout.splitlines()
    equal([lines[0], lines[-2], lines[-1]], ['4', '0', 'No problem was found.'])
    assert '"measures":[0]' in ''.join(lines[1:-2]).replace(' ', ''), lines
    assert 'disk is full' in done.stderr.splitlines()[0], done.stderr


def test_two_at_once(ctl):
    """two programs that import the same days keep both"""
    files = [ctl.write(f'{name}.csv', HEAD + ''.join(f'2026-01-{1 + i % 28:02},{name},C{i},1,1,1,1\n' for i in range(3000)))
             for name in ('Meta', 'Google')]
    running = [subprocess.Popen([ctltest.PROGRAM, 'import', ctl.workspace, path, '--as', 'ad_result', '--json'],
                                stdout=subprocess.DEVNULL) for path in files]
    for process in running:
        equal(process.wait(), 0)
    equal(total(ctl)[0][:2], [6000, 6000])
    ctl.run('check', '--whole')


run_module()
