#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows that begin by themselves: by what happens to records, and by the clock."""
import json
import signal
import sqlite3
import subprocess
import time

from ctltest import PROGRAM, equal, run_module


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def drawing(nodes, *connections, **settings):
    return json.dumps({'nodes': nodes, 'settings': settings,
                       'connections': [{'from': a, 'outcome': 'next', 'to': b} for a, b in connections]})


def simple(start, *does, **settings):
    """a start, what is done one after the other, and an end"""
    names = ['start'] + [step['id'] for step in does] + ['end']
    return drawing([start, *does, node('end', 'end', label='Done')], *zip(names, names[1:]), **settings)


def publish(ctl, name, definition):
    ctl.run('workflow draw', name, definition)
    return ctl.json('workflow publish', name)['version']


def task(title='Call', name='call'):
    return node(name, 'create_task', title=title)


def count(ctl, entity, *conditions):
    return len(ctl.json('list', entity, *conditions, '--limit', '100000')['records'])


def euros(amount):
    return {'field': 'amount', 'op': 'greater', 'value': {'amount': amount, 'currency': 'EUR'}}


def deal(ctl, name, *values):
    return ctl.run('new', 'deal', f'name={name}', *values).out.strip()


def test_created(ctl):
    """a record that is created begins, if it meets the conditions; those before do not"""
    deal(ctl, 'Before', 'amount=9000 EUR')
    publish(ctl, 'New deals', simple(node('start', 'record_created', entity='deal', where=euros('5000')), task()))
    equal(ctl.json('tick')['begun'], 0)
    large = deal(ctl, 'Large', 'amount=9000 EUR')
    deal(ctl, 'Small', 'amount=10 EUR')
    ctl.run('new', 'contact', 'last_name=Martin')
    done = ctl.json('tick')
    equal((done['begun'], done['ended']), (1, 1))
    equal([task['deal'] for task in ctl.json('list', 'task', 'title=Call')['records']], [large])
    equal(ctl.json('tick')['begun'], 0)


def test_changed(ctl):
    """a field that goes from one value to another begins; undo does not"""
    start = node('start', 'record_changed', entity='deal', field='source', **{'from': 'website', 'to': 'referral'})
    publish(ctl, 'Urgent', simple(start, task()))
    deal(ctl, 'One', 'source=website')
    ctl.run('set', 'deal', 'One', 'source=event')
    ctl.run('set', 'deal', 'One', 'source=referral')
    equal(ctl.json('tick')['begun'], 0)
    ctl.run('set', 'deal', 'One', 'source=website')
    ctl.run('set', 'deal', 'One', 'source=referral')
    ctl.run('set', 'deal', 'One', 'name=Two')
    equal(ctl.json('tick')['begun'], 1)
    ctl.run('set', 'deal', 'Two', 'source=website')
    ctl.run('undo')
    equal(ctl.json('tick')['begun'], 0)
    for wrong in ({'field': 'nowhere'}, {'field': 'organisation.name'}, {'to': 'referral'}, {'field': 'source', 'to': 'huge'}):
        ctl.run('workflow draw', 'Wrong', simple(node('start', 'record_changed', entity='deal', **wrong), task()))
        equal([problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']], ['start'])


def test_becomes_true(ctl):
    """a condition begins when a change makes it true, not while it stays so"""
    start = node('start', 'condition_true', entity='deal', where=euros('5000'))
    publish(ctl, 'Large', simple(start, task()))
    deal(ctl, 'One', 'amount=10 EUR')
    equal(ctl.json('tick')['begun'], 0)
    ctl.run('set', 'deal', 'One', 'amount=6000 EUR')
    ctl.run('set', 'deal', 'One', 'amount=7000 EUR')
    ctl.run('set', 'deal', 'One', 'name=Uno')
    equal(ctl.json('tick')['begun'], 1)
    ctl.run('set', 'deal', 'Uno', 'amount=8000 EUR')
    equal(ctl.json('tick')['begun'], 0)
    ctl.run('set', 'deal', 'Uno', 'amount=80 EUR')
    ctl.run('set', 'deal', 'Uno', 'amount=8000 EUR')
    ctl.run('set', 'deal', 'Uno', 'amount=60 EUR')
    equal(ctl.json('tick')['begun'], 1)


def test_again(ctl):
    """whether a record may begin again is up to the workflow"""
    start = node('start', 'record_changed', entity='deal', field='next_step')
    wait = node('wait', 'wait', **{'for': {'amount': 2, 'unit': 'days'}})
    publish(ctl, 'Never', simple(start, task('A'), reentry='never'))
    publish(ctl, 'After', simple(start, wait, task('B')))
    publish(ctl, 'Each', simple(start, wait, task('C'), reentry='each_event'))
    publish(ctl, 'Month', simple(start, task('D'), reentry='after_time', reentry_after={'amount': 30, 'unit': 'days'}))
    publish(ctl, 'Customer', simple(start, task('E'), wait, key='organisation'))
    ctl.run('new', 'organisation', 'name=Acme')
    for name in ('One', 'Two'):
        deal(ctl, name, 'organisation=Acme')
        ctl.run('set', 'deal', name, 'next_step=1')
        ctl.run('set', 'deal', name, 'next_step=2')
    ctl.run('tick', '--now', '2031-01-01T09:00:00Z')
    ctl.run('tick', '--now', '2031-01-09T09:00:00Z')
    equal([count(ctl, 'task', f'title={title}') for title in 'ABCDE'], [2, 2, 4, 2, 1])
    ctl.run('set', 'deal', 'One', 'next_step=3')
    ctl.run('tick', '--now', '2031-01-10T09:00:00Z')
    ctl.run('tick', '--now', '2031-01-20T09:00:00Z')
    equal([count(ctl, 'task', f'title={title}') for title in 'ABCDE'], [2, 3, 5, 2, 2])
    ctl.run('set', 'deal', 'One', 'next_step=4')
    ctl.run('tick', '--now', '2031-02-01T09:00:00Z')
    equal(count(ctl, 'task', 'title=D'), 3)
    for wrong in ({'reentry': 'sometimes'}, {'reentry': 'after_time'}, {'key': 'nowhere'}):
        ctl.run('workflow draw', 'Wrong', simple(start, task(), **wrong))
        equal([problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']], [None])


def test_circle(ctl):
    """workflows that start one another stop, and say so"""
    for name, before, after in (('Ping', 'ping', 'pong'), ('Pong', 'pong', 'ping')):
        publish(ctl, name, simple(node('start', 'record_changed', entity='deal', field='next_step', to=before),
                                  node('set', 'change_fields', values={'next_step': after})))
    deal(ctl, 'One')
    ctl.run('set', 'deal', 'One', 'next_step=ping')
    done = ctl.json('tick')
    equal((done['begun'], done['parked']), (7, 1))
    steps = [step for name in ('Ping', 'Pong') for step in ctl.json('workflow steps', name, 'One')['steps']]
    equal([step['node'] for step in steps if step['what'] == 'parked'], ['start'])
    equal(ctl.json('tick')['begun'], 0)


def test_active(ctl):
    """what happens while a workflow rests is not made up for; a new version starts from then on"""
    definition = simple(node('start', 'record_created', entity='deal'), task())
    publish(ctl, 'New', definition)
    ctl.run('set', 'workflow', 'New', 'state=paused')
    deal(ctl, 'Meanwhile')
    ctl.run('set', 'workflow', 'New', 'state=active')
    deal(ctl, 'Old')
    equal(publish(ctl, 'New', definition.replace('Call', 'Write')), 2)
    deal(ctl, 'Young')
    equal(ctl.json('tick')['begun'], 2)
    equal([count(ctl, 'task', f'title={title}') for title in ('Call', 'Write')], [1, 1])


def test_import(ctl):
    """an import begins with each of its records, once, whenever the process is killed"""
    publish(ctl, 'New', simple(node('start', 'record_created', entity='deal'), task()))
    with open(ctl.folder / 'deals.csv', 'w', encoding='utf-8') as file:
        file.write('name,amount\n' + ''.join(f'Deal {i},9000 EUR\n' for i in range(3000)))
    ctl.run('import', ctl.folder / 'deals.csv', '--as', 'deal')
    for pause in (0.03, 0.06, 0.1, 0.15, 0.2):
        with subprocess.Popen([PROGRAM, 'tick', ctl.workspace], stdout=subprocess.DEVNULL) as process:
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
    ctl.run('tick')
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        equal(file.execute('SELECT count(*), count(DISTINCT deal) FROM task').fetchone(), (3000, 3000))
    ctl.run('undo')
    equal(ctl.json('tick')['begun'], 0)


run_module()
