#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows that rest and go on: whether time stands still, and what becomes of what was due; those that
stop by themselves; and two devices that both want to run them.
"""
import json
import sqlite3
import time

from ctltest import equal, run_module

NAME = 'Follow up'
START = time.time()


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def days(amount):
    return {'amount': amount, 'unit': 'days'}


def drawing(nodes, *connections):
    return json.dumps({'nodes': nodes,
                       'connections': [{'from': a, 'outcome': outcome, 'to': b} for a, outcome, b in connections]})


BEGIN = node('start', 'by_hand', entity='deal')
DONE = node('done', 'end', label='Done')
STEPS = drawing([BEGIN, node('rest', 'wait', **{'for': days(10)}), node('call', 'create_task', title='Call'),
                 node('more', 'wait', **{'for': days(5)}), node('mark', 'change_fields', values={'next_step': 'Marked'}), DONE],
                ('start', 'next', 'rest'), ('rest', 'next', 'call'), ('call', 'next', 'more'), ('more', 'next', 'mark'),
                ('mark', 'next', 'done'))


def at(day):
    return time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(START + day * 86400))


def tick(ctl, day):
    done = ctl.json('tick', '--now', at(day))
    return done['steps'], done['ended']


def begun(ctl, *names, definition=STEPS):
    ctl.run('workflow draw', NAME, definition)
    ctl.run('workflow publish', NAME)
    for name in names:
        ctl.run('new', 'deal', f'name={name}', 'amount=100 EUR')
    ctl.run('workflow start', NAME, *names)
    ctl.json('tick')


def shown(ctl):
    record = ctl.json('show', 'workflow', NAME)['record']
    return record['state'], record.get('pause'), record.get('pause_reason')


def overdue(ctl, day):
    return [(row['node'], row['runs']) for row in ctl.json('workflow overdue', NAME, '--now', at(day))['nodes']]


def test_hold(ctl):
    """time stands still: who had eight days left has eight days left afterwards"""
    begun(ctl, 'Waits')
    ctl.run('workflow pause', NAME, 'hold', '--now', at(2))
    equal(shown(ctl), ('paused', 'hold', None))
    equal(tick(ctl, 30), (0, 0))
    equal(overdue(ctl, 30), [])
    equal(ctl.json('workflow resume', NAME, '--now', at(30)), {'overdue': 0})
    equal(shown(ctl), ('active', None, None))
    ctl.run('workflow resume', NAME, status=1)
    equal(tick(ctl, 37), (0, 0))
    equal(tick(ctl, 38.5), (3, 0))
    equal(tick(ctl, 44), (3, 1))


def test_switch(ctl):
    """whoever switches it on again, the time that stood still counts"""
    begun(ctl, 'Waits')
    ctl.run('workflow pause', NAME, '--now', at(2))
    ctl.run('set', 'workflow', NAME, 'state=active')
    equal(tick(ctl, 30), (0, 0))
    equal(tick(ctl, 37), (0, 0))
    equal(tick(ctl, 38.5), (3, 0))
    # On hold by a switch: from when it is seen
    ctl.run('set', 'workflow', NAME, 'state=paused', 'pause=hold')
    tick(ctl, 39)
    ctl.run('set', 'workflow', NAME, 'state=active')
    equal(tick(ctl, 100), (0, 0))
    equal(tick(ctl, 105), (3, 1))
    # A clock that went back takes nothing away
    ctl.run('workflow start', NAME, 'Waits')
    tick(ctl, 0)
    ctl.run('workflow pause', NAME, 'hold', '--now', at(400))
    ctl.run('workflow resume', NAME, '--now', at(1))
    equal(tick(ctl, 9), (0, 0))
    equal(tick(ctl, 11), (3, 0))


def test_absolute(ctl):
    """time passes: what was due meanwhile is shown before it goes on"""
    begun(ctl, 'Waits', 'Too')
    ctl.run('workflow pause', NAME, 'hold-absolute', '--now', at(2))
    equal(tick(ctl, 30), (0, 0))
    equal(overdue(ctl, 9), [])
    equal(overdue(ctl, 30), [('rest', 2)])
    equal(ctl.json('workflow resume', NAME, 'once', '--now', at(30)), {'overdue': 2})
    equal(tick(ctl, 30), (6, 0))


def test_drain(ctl):
    """nobody begins, and who is under way goes on to the end"""
    begun(ctl, 'Waits')
    ctl.run('new', 'deal', 'name=Late', 'amount=1 EUR')
    ctl.run('workflow pause', NAME, 'drain')
    equal(shown(ctl)[:2], ('draining', None))
    ctl.run('workflow start', NAME, 'Late', status=1)
    equal(tick(ctl, 11), (3, 0))
    equal(tick(ctl, 20), (3, 1))
    ctl.run('workflow resume', NAME)
    equal(ctl.json('workflow start', NAME, 'Late')['started'], 1)
    ctl.run('workflow pause', NAME, 'sometimes', status=2)
    ctl.run('workflow resume', NAME, 'space', '0', status=2)


def test_skip(ctl):
    """what is overdue is left out up to the next wait, and said"""
    begun(ctl, 'Waits')
    ctl.run('new', 'deal', 'name=Fresh', 'amount=1 EUR')
    ctl.run('workflow start', NAME, 'Fresh')
    ctl.run('workflow pause', NAME, 'hold-absolute')
    equal(overdue(ctl, 30), [('rest', 1), ('start', 1)])
    equal(ctl.json('workflow resume', NAME, 'skip', '--now', at(30)), {'overdue': 1})
    equal(ctl.json('list', 'task')['records'], [])
    steps = [(step['node'], step['what']) for step in ctl.json('workflow steps', NAME, 'Waits')['steps']]
    equal(steps, [('start', 'left'), ('rest', 'left'), ('call', 'skipped')])
    # Who had not begun yet begins
    equal(tick(ctl, 30), (2, 0))
    equal(tick(ctl, 36), (3, 1))
    equal(ctl.json('show', 'deal', 'Waits')['record']['next_step'], 'Marked')


def test_space(ctl):
    """what is overdue goes on one after the other, as far apart as the time allows"""
    names = [f'Deal {i}' for i in range(5)]
    begun(ctl, *names)
    ctl.run('workflow pause', NAME, 'hold-absolute')
    equal(ctl.json('workflow resume', NAME, 'space', '48', '--now', at(30)), {'overdue': 5})
    due = sorted(run['due'][:16] for run in ctl.json('workflow runs', NAME)['runs'])
    equal(due, [at(30 + i / 2)[:16] for i in range(5)])
    equal([tick(ctl, 30 + i / 2 + 0.01) for i in range(5)], [(3, 0)] * 5)


def test_dates(ctl):
    """a date is a date, and what happens while time stands still is in time"""
    day = time.strftime('%Y-%m-%d', time.gmtime(START + 5 * 86400))
    definition = drawing([BEGIN, node('when', 'wait_until', field='expected_close_on'),
                          node('hear', 'wait_for', timeout=days(5), branches=[
                              {'id': 'rang', 'entity': 'activity', 'where': {'field': 'subject', 'op': 'is', 'value': 'Rang'}}]),
                          DONE, node('heard', 'end', label='Heard'), node('late', 'end', label='Late')],
                         ('start', 'next', 'when'), ('start', 'next', 'hear'), ('when', 'next', 'done'),
                         ('hear', 'rang', 'heard'), ('hear', 'timeout', 'late'))
    ctl.run('new', 'deal', 'name=Dated', f'expected_close_on={day}')
    begun(ctl, definition=definition)
    ctl.run('workflow start', NAME, 'Dated')
    ctl.json('tick')
    ctl.run('workflow pause', NAME, 'hold', '--now', at(1))
    equal(overdue(ctl, 30), [('when', 1)])
    ctl.run('new', 'activity', 'subject=Rang', 'deal=Dated', 'kind=call')
    ctl.run('workflow resume', NAME, '--now', at(30))
    equal(tick(ctl, 30), (3, 1))
    equal({run['label'] for run in ctl.json('workflow runs', NAME)['runs']} <= {'Heard', 'Done'}, True)


# Who has no date waits for a person: a step that can't be done
DATED = drawing([BEGIN, node('when', 'wait_until', field='expected_close_on'), DONE],
                ('start', 'next', 'when'), ('when', 'next', 'done'))


def imported(ctl, count, dated=0):
    rows = [f'Deal {i},{"2031-01-01" if i % 20 < dated else ""}' for i in range(count)]
    ctl.imported('name,expected_close_on\n' + '\n'.join(rows) + '\n', '--as', 'deal')


def test_breaker(ctl):
    """a mistake stops the workflow that has it before it reaches everybody, and says why"""
    imported(ctl, 1000)
    begun(ctl, definition=DATED)
    ctl.run('workflow start', NAME, '--where', 'name~Deal')
    equal(ctl.json('tick')['parked'], 20)
    state, pause, reason = shown(ctl)
    equal((state, pause), ('paused', 'hold'))
    assert reason.startswith('20 steps failed') and 'date' in reason, reason
    equal(ctl.json('tick')['parked'], 0)
    # A person lets it go on: it is counted from the beginning
    ctl.run('workflow resume', NAME)
    equal(ctl.json('tick')['parked'], 20)
    equal(shown(ctl)[0], 'paused')
    # Once it is mended all go on
    ctl.run('set', 'deal', '--where', 'name~Deal', '--set', 'expected_close_on=2031-01-01')
    ctl.run('workflow resume', NAME)
    equal(ctl.json('tick')['parked'], 0)
    equal(shown(ctl), ('active', None, None))
    equal(len([run for run in ctl.json('workflow runs', NAME, '--limit', '0')['runs'] if run['due']]), 960)


def test_few_fail(ctl):
    """where few of many fail, the others go on"""
    imported(ctl, 400, dated=18)
    begun(ctl, definition=DATED)
    ctl.run('workflow start', NAME, '--where', 'name~Deal')
    equal(ctl.json('tick')['parked'], 40)
    equal(shown(ctl)[0], 'active')


def lease(ctl, holder, seconds):
    with sqlite3.connect(ctl.workspace) as file:
        file.execute('INSERT OR REPLACE INTO enrolment_lease (lease_id, holder, fence, until) VALUES (1, ?, 7, ?)',
                     (holder, int((time.time() + seconds) * 1e6)))
    file.close()


def test_two_devices(ctl):
    """one device at a time runs a workspace; another one takes over when it does not come back"""
    begun(ctl, 'Waits')
    lease(ctl, 'another', 60)
    # Nothing is due: nobody is kept from anything
    equal(ctl.json('tick')['steps'], 0)
    refused = ctl.run('tick', '--now', at(11), status=5)
    assert 'device' in refused.err, refused.err
    equal(ctl.json('list', 'task')['records'], [])
    lease(ctl, 'another', -1)
    equal(tick(ctl, 11), (3, 0))
    # Its clock was a year ahead: it holds nobody up for a year
    lease(ctl, 'another', 366 * 86400)
    equal(tick(ctl, 17), (3, 1))
    with sqlite3.connect(ctl.workspace) as file:
        equal(file.execute("SELECT fence FROM enrolment_lease WHERE holder <> 'another'").fetchall(), [(8,)])
    file.close()


run_module()
