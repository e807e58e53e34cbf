#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows that are edited while people wait in them: taken into the new version and back,
with nothing done twice.
"""
import json
import signal
import sqlite3
import subprocess
import time

from ctltest import PROGRAM, equal, run_module

NAME = 'Follow up'


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def days(amount):
    return {'amount': amount, 'unit': 'days'}


def drawing(nodes, *connections):
    return json.dumps({'nodes': nodes,
                       'connections': [{'from': a, 'outcome': outcome, 'to': b} for a, outcome, b in connections]})


START = node('start', 'by_hand', entity='deal')
CALL = node('call', 'create_task', title='Call')
WRITE = node('write', 'create_task', title='Write')
DONE = node('done', 'end', label='Done')
OLD = drawing([START, CALL, node('rest', 'wait', **{'for': days(30)}), WRITE, node('pause', 'wait', **{'for': days(10)}), DONE],
              ('start', 'next', 'call'), ('call', 'next', 'rest'), ('rest', 'next', 'write'), ('write', 'next', 'pause'),
              ('pause', 'next', 'done'))
# The wait in front is shorter, the one behind is gone, and there is a mark before the end
NEW = drawing([START, CALL, node('rest', 'wait', **{'for': days(3)}), WRITE,
               node('mark', 'change_fields', values={'next_step': 'Marked'}), DONE],
              ('start', 'next', 'call'), ('call', 'next', 'rest'), ('rest', 'next', 'write'), ('write', 'next', 'mark'),
              ('mark', 'next', 'done'))


def publish(ctl, definition):
    ctl.run('workflow draw', NAME, definition)
    return ctl.json('workflow publish', NAME)['version']


def begin(ctl, *names):
    for name in names:
        ctl.run('new', 'deal', f'name={name}', 'amount=100 EUR')
    ctl.run('workflow start', NAME, *names)


def tick(ctl, days_from_now=0):
    moment = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + days_from_now * 86400))
    return ctl.json('tick', '--now', moment)


def standing(ctl):
    return [(row['version'], row['node'], row['runs'], row['to'], row['at_once'])
            for row in ctl.json('workflow migration', NAME)['nodes']]


def count_tasks(ctl):
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        return file.execute('SELECT count(*), count(DISTINCT hex(deal) || title) FROM task').fetchone()


def versions(ctl):
    return sorted((run['title'], run['version']) for run in ctl.json('workflow runs', NAME)['runs'])


def three_wait(ctl):
    """One in front and two at the wait behind"""
    publish(ctl, OLD)
    begin(ctl, 'Behind', 'Too')
    tick(ctl)
    tick(ctl, 31)
    begin(ctl, 'Front')
    tick(ctl)
    ctl.run('workflow draw', NAME, NEW)


def test_map(ctl):
    """before it is published, a change shows who stands where, and where they would go on"""
    three_wait(ctl)
    equal(standing(ctl), [(1, 'rest', 1, 'rest', 0), (1, 'pause', 2, 'done', 2)])
    ctl.run('workflow migrate-back', NAME, status=3)
    # Nothing is published: nobody is to be moved
    equal(ctl.json('workflow migrate', NAME)['moved'], 0)


def test_move(ctl):
    """who waits is moved, goes on as if he had always followed the new version, and nothing is done twice"""
    three_wait(ctl)
    ctl.run('workflow publish', NAME)
    equal(ctl.json('workflow migrate', NAME, '--dry-run'),
          {'moved': 3, 'restarted': 0, 'finished': 0, 'kept': 0, 'at_once': 2})
    equal(versions(ctl), [('Behind', 1), ('Front', 1), ('Too', 1)])
    equal(ctl.json('workflow migrate', NAME)['moved'], 3)
    equal(standing(ctl), [])
    due = {run['title']: run['due'] for run in ctl.json('workflow runs', NAME)['runs']}
    # Three days from when it came there, not from now, and not thirty
    assert due['Front'] < time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 4 * 86400)), due
    equal(tick(ctl)['ended'], 2)
    equal(tick(ctl, 4)['ended'], 1)
    equal(ctl.json('show', 'deal', 'Front')['record']['next_step'], 'Marked')
    equal(count_tasks(ctl), (6, 6))
    steps = [(step['node'], step['what'], step['detail']) for step in ctl.json('workflow steps', NAME, 'Front')['steps']]
    assert ('rest', 'moved', 'rest') in steps, steps
    equal(ctl.run('check').status, 0)


def test_back(ctl):
    """all of it is taken back, but for those who have gone on since then"""
    three_wait(ctl)
    before = ctl.json('workflow runs', NAME)
    ctl.run('workflow publish', NAME)
    ctl.run('workflow migrate', NAME)
    equal(ctl.json('workflow migrate-back', NAME), {'back': 3, 'left': 0})
    equal(ctl.json('workflow runs', NAME), before)
    ctl.run('workflow migrate-back', NAME, status=3)
    ctl.run('workflow migrate', NAME)
    tick(ctl)
    equal(ctl.json('workflow migrate-back', NAME), {'back': 1, 'left': 2})
    equal(versions(ctl), [('Behind', 2), ('Front', 1), ('Too', 2)])
    # Thirty days again, in the version that it began with
    equal(tick(ctl, 4)['steps'], 0)
    tick(ctl, 31)
    tick(ctl, 60)
    equal(count_tasks(ctl), (6, 6))


def test_plan(ctl):
    """each step says what becomes of those who stand there"""
    three_wait(ctl)
    ctl.run('workflow publish', NAME)
    nodes = ctl.json('workflow migration', NAME)['nodes']
    wrong = {'nodes': [dict(nodes[0], to='nowhere')]}
    ctl.run('workflow migrate', NAME, json.dumps(wrong), status=1)
    ctl.run('workflow migrate', NAME, '{"nodes": [{"node": "rest"}]}', status=1)
    ctl.run('workflow migrate', NAME, '[]', status=1)
    nodes[0]['do'] = 'restart'
    nodes[1].update(do='finish', label='Not needed any more')
    equal(ctl.json('workflow migrate', NAME, json.dumps({'nodes': nodes})),
          {'moved': 0, 'restarted': 1, 'finished': 2, 'kept': 0, 'at_once': 0})
    equal({run['label'] for run in ctl.json('workflow runs', NAME)['runs']}, {'Not needed any more', None})
    equal(ctl.json('workflow migrate-back', NAME), {'back': 3, 'left': 0})
    equal(ctl.json('workflow migrate', NAME, '{"nodes": []}')['kept'], 3)
    nodes[1]['do'] = 'keep'
    ctl.run('workflow migrate', NAME, json.dumps({'nodes': nodes}))
    tick(ctl)
    # Who begins anew is called anew, once
    equal(count_tasks(ctl), (6, 5))
    equal(versions(ctl), [('Behind', 1), ('Front', 2), ('Too', 1)])


def test_events(ctl):
    """what happens after the move, and before anybody looks, is heard; what was so already is not waited for"""
    def wait_for(timeout, *more):
        return drawing([START, node('hear', 'wait_for', timeout=days(timeout),
                                    branches=[{'id': 'note', 'entity': 'activity',
                                               'where': {'field': 'subject', 'op': 'is', 'value': 'Rang'}}, *more]),
                        DONE, node('late', 'end', label='Late'), *[node('big', 'end', label='Big') for _ in more]],
                       ('start', 'next', 'hear'), ('hear', 'note', 'done'), ('hear', 'timeout', 'late'),
                       *[('hear', one['id'], 'big') for one in more])
    publish(ctl, wait_for(30))
    begin(ctl, 'Heard', 'Silent')
    ctl.run('new', 'deal', 'name=Large', 'amount=9000 EUR')
    ctl.run('workflow start', NAME, 'Large')
    tick(ctl)
    large = {'field': 'amount', 'op': 'greater', 'value': {'amount': '5000', 'currency': 'EUR'}}
    publish(ctl, wait_for(5, {'id': 'large', 'where': large}))
    ctl.run('new', 'activity', 'subject=Rang', 'deal=Heard', 'kind=call')
    equal(ctl.json('workflow migrate', NAME)['moved'], 3)
    equal(tick(ctl)['ended'], 2)
    equal(tick(ctl, 6)['ended'], 1)
    equal({run['title']: run['label'] for run in ctl.json('workflow runs', NAME)['runs']},
          {'Heard': 'Done', 'Large': 'Big', 'Silent': 'Late'})


def test_killed(ctl):
    """who is killed has moved everybody or nobody"""
    with open(ctl.folder / 'deals.csv', 'w', encoding='utf-8') as file:
        file.write('name,amount\n' + ''.join(f'Deal {i},9000 EUR\n' for i in range(2000)))
    ctl.run('import', ctl.folder / 'deals.csv', '--as', 'deal')
    publish(ctl, OLD)
    ctl.run('workflow start', NAME, '--where', 'amount>0')
    tick(ctl)
    publish(ctl, NEW)
    for command in ('migrate', 'migrate-back', 'migrate'):
        for pause in (0.03, 0.06, 0.1):
            with subprocess.Popen([PROGRAM, 'workflow', command, ctl.workspace, NAME], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as process:
                time.sleep(pause)
                process.send_signal(signal.SIGKILL)
            with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
                equal(len(file.execute('SELECT DISTINCT version FROM enrolment').fetchall()), 1)
        ctl.run(f'workflow {command}', NAME, status=None)
    tick(ctl, 4)
    equal(count_tasks(ctl), (4000, 4000))


run_module()
