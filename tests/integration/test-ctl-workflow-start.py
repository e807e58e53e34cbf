#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows that begin by themselves: by what happens to records, and by the clock."""
import datetime
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


def later(days, clock='12:00'):
    """an instant some days from today"""
    return f'{datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=days)}T{clock}:00Z'


def day(days):
    return later(days)[:10]


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


def test_schedule(ctl):
    """all records that meet the conditions begin at each time; times that were missed are one"""
    ctl.run('settings', '--zone', 'UTC')
    start = node('start', 'schedule', rule='FREQ=DAILY', time='09:00', entity='deal', where=euros('5000'))
    publish(ctl, 'Daily', simple(start, task()))
    publish(ctl, 'Punctual', simple(node('start', 'schedule', rule='FREQ=DAILY', time='09:00', entity='deal', missed='skip'),
                                    task('Punctual')))
    deal(ctl, 'Small', 'amount=10 EUR')
    for i in range(3):
        deal(ctl, f'Large {i}', 'amount=9000 EUR')
    equal(ctl.json('tick', '--now', later(1, '08:59'))['next_due'], later(1, '09:00'))
    before = count(ctl, 'task', 'title=Call')
    ctl.run('tick', '--now', later(1, '09:01'))
    equal(count(ctl, 'task', 'title=Call'), before + 3)
    ctl.run('tick', '--now', later(1, '23:00'))
    equal(count(ctl, 'task', 'title=Call'), before + 3)
    punctual = count(ctl, 'task', 'title=Punctual')
    ctl.run('tick', '--now', later(5, '08:00'))
    equal(count(ctl, 'task', 'title=Call'), before + 6)
    equal(count(ctl, 'task', 'title=Punctual'), punctual)
    ctl.run('tick', '--now', later(5, '18:00'))
    equal(count(ctl, 'task', 'title=Call'), before + 9)
    equal(count(ctl, 'task', 'title=Punctual'), punctual + 4)
    ctl.run('set', 'workflow', 'Daily', 'state=paused')
    ctl.run('tick', '--now', later(9))
    equal(count(ctl, 'task', 'title=Call'), before + 9)
    for wrong in ({'time': '25:00'}, {'rule': 'FREQ=SOMETIMES'}, {'missed': 'twice'}):
        settings = {'rule': 'FREQ=DAILY', 'entity': 'deal', **wrong}
        ctl.run('workflow draw', 'Wrong', simple(node('start', 'schedule', **settings), task()))
        equal([problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']], ['start'])


def test_date(ctl):
    """a record begins some days before each of its dates, once; dates that have passed do not count"""
    ctl.run('settings', '--zone', 'UTC')
    start = node('start', 'date_reached', entity='deal', field='expected_close_on', time='09:00',
                 offset={'amount': -3, 'unit': 'days'})
    publish(ctl, 'Closing', simple(start, task()))
    publish(ctl, 'Late', simple(node('start', 'date_reached', entity='deal', field='expected_close_on', missed='skip'),
                                task('Late')))
    deal(ctl, 'Soon', f'expected_close_on={day(10)}')
    deal(ctl, 'Past', f'expected_close_on={day(-10)}')
    deal(ctl, 'Never')
    for at, calls in ((later(7, '08:59'), 0), (later(7, '09:00'), 1), (later(8), 1), (later(15), 1)):
        ctl.run('tick', '--now', at)
        equal(count(ctl, 'task', 'title=Call'), calls)
    ctl.run('set', 'deal', 'Soon', f'expected_close_on={day(40)}')
    ctl.run('tick', '--now', later(39))
    equal(count(ctl, 'task', 'title=Call'), 2)
    ctl.run('set', 'deal', 'Soon', f'expected_close_on={day(30)}')
    ctl.run('tick', '--now', later(60))
    equal(count(ctl, 'task', 'title=Call'), 2)
    equal(count(ctl, 'task', 'title=Late'), 0)
    for wrong in ({'field': 'name'}, {'field': 'organisation.created_at'}):
        ctl.run('workflow draw', 'Wrong', simple(node('start', 'date_reached', entity='deal', **wrong), task()))
        equal([problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']], ['start'])


def test_idle(ctl):
    """a record begins when nothing has happened with it for some time, once until something does"""
    ctl.run('settings', '--zone', 'UTC')
    start = node('start', 'no_activity', entity='deal', where=euros('5000'), **{'for': {'amount': 30, 'unit': 'days'}})
    publish(ctl, 'Stalled', simple(start, task()))
    deal(ctl, 'Large', 'amount=9000 EUR')
    deal(ctl, 'Small', 'amount=10 EUR')
    deal(ctl, 'Spoken to', 'amount=9000 EUR')
    ctl.run('new', 'activity', 'kind=call', 'subject=Spring', f'at={later(20)}', 'deal=Spoken to')
    for at, calls in ((29, 0), (31, 1), (48, 1), (51, 2), (90, 2)):
        ctl.run('tick', '--now', later(at, '23:00'))
        equal(count(ctl, 'task', 'title=Call'), calls)
    ctl.run('new', 'activity', 'kind=call', 'subject=Again', f'at={later(80)}', 'deal=Large')
    ctl.run('tick', '--now', later(109))
    equal(count(ctl, 'task', 'title=Call'), 2)
    ctl.run('tick', '--now', later(111))
    equal(count(ctl, 'task', 'title=Call'), 3)


def test_schedule_killed(ctl):
    """a time that is begun is begun with each record once, whenever the process is killed"""
    ctl.run('settings', '--zone', 'UTC')
    publish(ctl, 'Daily', simple(node('start', 'schedule', rule='FREQ=DAILY', entity='deal'), task(), reentry='each_event'))
    with open(ctl.folder / 'deals.csv', 'w', encoding='utf-8') as file:
        file.write('name,amount\n' + ''.join(f'Deal {i},9000 EUR\n' for i in range(3000)))
    ctl.run('import', ctl.folder / 'deals.csv', '--as', 'deal')
    for pause in (0.03, 0.06, 0.1, 0.15, 0.2):
        with subprocess.Popen([PROGRAM, 'tick', ctl.workspace, '--now', later(1, '01:00')],
                              stdout=subprocess.DEVNULL) as process:
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
    ctl.run('tick', '--now', later(1, '01:00'))
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        equal(file.execute('SELECT count(*), count(DISTINCT deal) FROM task').fetchone(), (3000, 3000))


run_module()
