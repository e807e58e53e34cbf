#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows without a window: drawn, checked, published, begun, and run by ticks
whose time is told.
"""
import json
import signal
import sqlite3
import subprocess
import time

from ctltest import PROGRAM, equal, run_module

FAR = '2031-01-01T09:00:00Z'


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def drawing(nodes, *connections):
    return json.dumps({'nodes': nodes,
                       'connections': [{'from': a, 'outcome': outcome, 'to': b} for a, outcome, b in connections]})


FOLLOW_UP = drawing(
    [node('start', 'by_hand', entity='deal'),
     node('large', 'if', where={'field': 'amount', 'op': 'greater', 'value': {'amount': '5000', 'currency': 'EUR'}}),
     node('call', 'create_task', title='Call', due={'amount': 2, 'unit': 'days'}),
     node('wait', 'wait', **{'for': {'amount': 3, 'unit': 'days'}}),
     node('mark', 'change_fields', values={'next_step': 'Called'}),
     node('done', 'end', label='Called'),
     node('small', 'end', label='Too small')],
    ('start', 'next', 'large'), ('large', 'yes', 'call'), ('large', 'no', 'small'), ('call', 'next', 'wait'),
    ('wait', 'next', 'mark'), ('mark', 'next', 'done'))


def deal(ctl, name, amount):
    return ctl.run('new', 'deal', f'name={name}', f'amount={amount} EUR').out.strip()


def published(ctl, name='Follow up', definition=FOLLOW_UP):
    ctl.run('workflow draw', name, definition)
    return ctl.json('workflow publish', name)['version']


def tasks(ctl):
    return ctl.json('list', 'task', 'title=Call')['records']


def steps(ctl, record, name='Follow up'):
    return [(step['node'], step['what'], step['detail']) for step in ctl.json('workflow steps', name, record)['steps']]


def test_counts(ctl):
    """who waits where and has passed what is counted"""
    published(ctl)
    deal(ctl, 'Large', 9000)
    deal(ctl, 'Larger', 9001)
    deal(ctl, 'Small', 10)
    ctl.run('workflow start', 'Follow up', 'Large', 'Larger', 'Small')
    ctl.run('tick')
    counted = {step['node']: (step['waiting'], step['passed'], step['stuck'])
               for step in ctl.json('workflow counts', 'Follow up')['steps']}
    equal(counted, {'start': (0, 3, 0), 'large': (0, 3, 0), 'call': (0, 2, 0), 'wait': (2, 0, 0), 'mark': (0, 0, 0),
                    'done': (0, 0, 0), 'small': (0, 1, 0)})


def test_drawing(ctl):
    """a workflow goes out as JSON and as a picture, comes in again, and is put in layers as one act"""
    ctl.run('workflow draw', 'Follow up', FOLLOW_UP)
    ctl.run('workflow arrange', 'Follow up')
    drawn = json.loads(ctl.run('workflow show', 'Follow up').out)
    equal(len({(step['x'], step['y']) for step in drawn['nodes']}), len(drawn['nodes']))
    ctl.run('workflow draw', 'Again', json.dumps(drawn))
    equal(json.loads(ctl.run('workflow show', 'Again').out), drawn)
    for name, start in (('pdf', b'%PDF'), ('svg', b'<?xml'), ('png', b'\x89PNG')):
        path = ctl.folder / f'flow.{name}'
        ctl.run('workflow picture', 'Follow up', '--output', path)
        assert path.read_bytes().startswith(start), name
    assert 'pdf, svg or png' in ctl.run('workflow picture', 'Follow up', '--format', 'gif', status=2).err
    ctl.run('undo')
    ctl.run('undo')
    assert not json.loads(ctl.run('workflow show', 'Follow up').out)['nodes'][1].get('x')


def test_unfinished(ctl):
    """what is not finished is kept, and said when it is to be published"""
    ctl.run('workflow draw', 'Later', drawing([node('start', 'by_hand', entity='deal'), node('wait', 'wait')]))
    found = ctl.json('workflow check', 'Later', status=6)['problems']
    assert {problem['node'] for problem in found} >= {'wait'}, found
    ctl.run('workflow publish', 'Later', status=1)
    ctl.run('workflow start', 'Later', status=1)
    ctl.run('set', 'workflow', 'Later', 'state=active', status=1)
    ctl.run('workflow draw', 'Later', '[1]', status=1)
    ctl.run('workflow draw', 'Later', drawing([node('a', 'end'), node('a', 'end')]), status=1)


def test_names(ctl):
    """fields, choices and conditions that are not there stand in the way"""
    wrong = FOLLOW_UP.replace('"next_step"', '"nowhere"').replace('"amount", "op"', '"weight", "op"')
    ctl.run('workflow draw', 'Wrong', wrong)
    equal({problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']}, {'large', 'mark'})
    ctl.run('workflow draw', 'Wrong', FOLLOW_UP.replace('"deal"', '"dashboard"'))
    equal([problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']], ['start'])


def test_runs(ctl):
    """a run waits, goes on, and tells what it did"""
    large, small = deal(ctl, 'Large', 9000), deal(ctl, 'Small', 100)
    equal(published(ctl), 1)
    equal(ctl.json('workflow start', 'Follow up', 'Large', 'Small'), {'started': 2, 'under_way': 0})
    equal(ctl.json('workflow start', 'Follow up', 'Large'), {'started': 0, 'under_way': 1})
    first = ctl.json('tick')
    equal((first['runs'], first['steps'], first['ended'], first['parked']), (2, 7, 1, 0))
    equal(ctl.json('tick')['runs'], 0)
    equal(len(tasks(ctl)), 1)
    equal(tasks(ctl)[0]['deal'], large)
    equal(ctl.json('show', 'deal', large)['record'].get('next_step'), None)
    equal(ctl.json('tick', '--now', FAR)['ended'], 1)
    equal(ctl.json('show', 'deal', large)['record']['next_step'], 'Called')
    equal(steps(ctl, 'Small'), [('start', 'left', 'next'), ('large', 'left', 'no'), ('small', 'ended', None)])
    equal([step['sequence'] > 0 for step in ctl.json('workflow steps', 'Follow up', 'Large')['steps']],
          [False, False, True, False, True, False])
    equal(steps(ctl, 'Large')[-2:], [('mark', 'left', 'next'), ('done', 'ended', None)])
    equal({run['label'] for run in ctl.json('workflow runs', 'Follow up')['runs']}, {'Called', 'Too small'})
    equal(ctl.json('workflow start', 'Follow up', small)['started'], 1)
    ctl.run('tick', '--now', 'soon', status=2)
    equal(ctl.run('check').status, 0)


def test_versions(ctl):
    """who is under way goes on in his version; what does the same is the same version"""
    deal(ctl, 'Large', 9000)
    published(ctl)
    ctl.run('workflow start', 'Follow up', 'Large')
    ctl.run('tick')
    moved = json.loads(FOLLOW_UP)
    moved['nodes'][0]['x'] = 300
    equal(published(ctl, definition=json.dumps(moved)), 1)
    equal(published(ctl, definition=FOLLOW_UP.replace('"Called"}', '"Changed"}')), 2)
    ctl.run('set', 'workflow_version', 'Follow up', 'digest=1', status=5)
    version = ctl.json('list', 'workflow_version')['records'][0]['id']
    ctl.run('set', 'workflow_version', version, 'digest=1', status=1)
    ctl.run('tick', '--now', FAR)
    equal(ctl.json('show', 'deal', 'Large')['record']['next_step'], 'Called')
    ctl.run('workflow start', 'Follow up', 'Large')
    ctl.run('tick', '--now', FAR)
    ctl.run('tick', '--now', '2032-01-01T00:00:00Z')
    equal(ctl.json('show', 'deal', 'Large')['record']['next_step'], 'Changed')


def test_holding(ctl):
    """nobody goes on in a workflow that rests, and what is gone parks its run alone"""
    gone = deal(ctl, 'Gone', 9000)
    deal(ctl, 'Stays', 9000)
    published(ctl)
    ctl.run('workflow start', 'Follow up', 'Gone', 'Stays')
    ctl.run('set', 'workflow', 'Follow up', 'state=paused')
    equal(ctl.json('tick')['runs'], 0)
    ctl.run('set', 'workflow', 'Follow up', 'state=active')
    ctl.run('tick')
    for task in tasks(ctl):
        ctl.run('delete', 'task', task['id'])
    ctl.run('delete', 'deal', gone)
    done = ctl.json('tick', '--now', FAR)
    equal((done['ended'], done['parked'], done['next_due']), (1, 1, None))
    ctl.run('restore', 'deal', gone)
    equal(steps(ctl, 'Gone')[-1][:2], ('mark', 'parked'))


def test_killed(ctl):
    """a process that is killed has done a step, or has not"""
    with open(ctl.folder / 'deals.csv', 'w', encoding='utf-8') as file:
        file.write('name,amount\n' + ''.join(f'Deal {i},9000 EUR\n' for i in range(3000)))
    ctl.run('import', ctl.folder / 'deals.csv', '--as', 'deal')
    published(ctl)
    equal(ctl.json('workflow start', 'Follow up', '--where', 'amount>0')['started'], 3000)
    for pause in (0.05, 0.1, 0.15, 0.2):
        with subprocess.Popen([PROGRAM, 'tick', ctl.workspace], stdout=subprocess.DEVNULL) as process:
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
    ctl.run('tick')
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        equal(file.execute('SELECT count(*), count(DISTINCT deal) FROM task').fetchone(), (3000, 3000))
    equal(ctl.json('tick')['runs'], 0)


run_module()
