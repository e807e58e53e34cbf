#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows that are only simulated: who would get what when, with a clock of its
own, and not a byte of the file that changes.
"""
import hashlib
import json
import os

from ctltest import equal, run_module

START = '2031-01-06T09:00:00Z'


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def drawing(nodes, *connections, **settings):
    return json.dumps({'nodes': nodes, 'settings': settings,
                       'connections': [{'from': a, 'outcome': outcome, 'to': b} for a, outcome, b in connections]})


def days(amount):
    return {'amount': amount, 'unit': 'days'}


FOLLOW_UP = drawing(
    [node('start', 'by_hand', entity='deal'),
     node('large', 'if', where={'field': 'amount', 'op': 'greater', 'value': {'amount': '5000', 'currency': 'EUR'}}),
     node('call', 'create_task', title='Call about {{name}}', due=days(2)),
     node('wait', 'wait', **{'for': days(3)}),
     node('mark', 'change_fields', values={'next_step': 'Called'}),
     node('marked', 'if', where={'field': 'next_step', 'op': 'is', 'value': 'Called'}),
     node('done', 'end', label='Called'),
     node('small', 'end', label='Too small')],
    ('start', 'next', 'large'), ('large', 'yes', 'call'), ('large', 'no', 'small'), ('call', 'next', 'wait'),
    ('wait', 'next', 'mark'), ('mark', 'next', 'marked'), ('marked', 'yes', 'done'), ('marked', 'no', 'small'))


def deal(ctl, name, amount):
    return ctl.run('new', 'deal', f'name={name}', f'amount={amount} EUR').out.strip()


def simulated(ctl, name, *words):
    return ctl.json('workflow simulate', name, *words)


def counts(result):
    return {each['node']: (each['came'], each['left'], each['waiting'], each['failed']) for each in result['nodes']}


def way(run):
    return [(step['at'][:10], step['node'], step['outcome']) for step in run['steps']]


def content(ctl):
    """Each byte of the file, and of what SQLite keeps beside it"""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in ctl.folder.glob('test.comptoir*') if not path.name.endswith('-shm')}


def test_future(ctl):
    """a draft over chosen records: what each gets, on which day, with texts filled in"""
    large, small = deal(ctl, 'Roof', 9000), deal(ctl, 'Door', 10)
    ctl.run('workflow draw', 'Follow up', FOLLOW_UP)
    assert 'never published' in ctl.run('workflow simulate', 'Follow up', status=1).err
    result = simulated(ctl, 'Follow up', large, small, '--draft', '--from', START, '--days', 10)
    equal((result['begun'], result['ended'], result['waiting'], result['failed']), (2, 2, 0, 0))
    runs = {run['title']: run for run in result['runs']}
    equal(way(runs['Roof']), [('2031-01-06', 'start', 'next'), ('2031-01-06', 'large', 'yes'), ('2031-01-06', 'call', 'next'),
                              ('2031-01-09', 'wait', 'next'), ('2031-01-09', 'mark', 'next'),
                              ('2031-01-09', 'marked', 'yes'), ('2031-01-09', 'done', None)])
    equal(runs['Roof']['steps'][2]['effects'], ['Task: Call about Roof'])
    equal(runs['Roof']['steps'][4]['effects'], ['Next step: Called'])
    equal((runs['Roof']['label'], runs['Door']['label']), ('Called', 'Too small'))
    equal(counts(result)['call'], (1, 1, 0, 0))
    equal([each['passed'] for each in result['connections']], [2, 1, 1, 1, 1, 1, 1, 0])
    short = simulated(ctl, 'Follow up', large, '--draft', '--from', START, '--days', 2)
    equal((short['waiting'], counts(short)['wait'], short['runs'][0]['node']), (1, (1, 0, 1, 0), 'wait'))


def test_nothing_is_written(ctl):
    """the file is the same afterwards, also where nobody may write it"""
    each = deal(ctl, 'Roof', 9000)
    ctl.run('workflow draw', 'Follow up', FOLLOW_UP)
    ctl.run('workflow publish', 'Follow up')
    before = content(ctl)
    log = len(ctl.json('log')['entries'])
    equal(simulated(ctl, 'Follow up', each, '--from', START)['effects'], 2)
    equal(content(ctl), before)
    equal(len(ctl.json('log')['entries']), log)
    equal(ctl.count('task'), 0)
    equal(ctl.json('workflow runs', 'Follow up')['runs'], [])
    os.chmod(ctl.workspace, 0o444)
    equal(simulated(ctl, 'Follow up', each, '--from', START)['effects'], 2)
    os.chmod(ctl.workspace, 0o644)


WATCH = drawing(
    [node('made', 'record_created', entity='deal', where={'field': 'amount', 'op': 'greater',
                                                          'value': {'amount': '5000', 'currency': 'EUR'}}),
     node('hope', 'wait_for', branches=[{'id': 'next', 'where': {'field': 'next_step', 'op': 'is', 'value': 'Sign'}},
                                        {'id': 'talked', 'entity': 'activity'}], timeout=days(10)),
     node('signed', 'end', label='Signs'), node('talked', 'end', label='Talked'), node('late', 'end', label='Nothing')],
    ('made', 'next', 'hope'), ('hope', 'next', 'signed'), ('hope', 'talked', 'talked'), ('hope', 'timeout', 'late'))


def test_recorded(ctl):
    """what the log tells begins and leads on, with the records as they were then"""
    roof = deal(ctl, 'Roof', 9000)
    deal(ctl, 'Door', 10)
    hall = deal(ctl, 'Hall', 7000)
    ctl.run('set', 'deal', roof, 'next_step=Sign')
    ctl.run('set', 'deal', hall, 'amount=20 EUR')
    ctl.run('new', 'activity', 'subject=Call', f'deal={hall}')
    ctl.run('workflow draw', 'Watch', WATCH)
    result = simulated(ctl, 'Watch', '--draft', '--days', 2)
    equal({run['title']: run['label'] for run in result['runs']}, {'Roof': 'Signs', 'Hall': 'Talked'})
    # Before anything of it happened there was nobody
    equal(simulated(ctl, 'Watch', '--draft', '--from', '2020-01-01T00:00:00Z', '--days', 2)['begun'], 0)


def test_invented(ctl):
    """what is imagined happens at its time: a change, a new record, and one too late"""
    roof, hall = deal(ctl, 'Roof', 9000), deal(ctl, 'Hall', 7000)
    ctl.run('workflow draw', 'Watch', WATCH)
    events = json.dumps([
        {'after': days(4), 'record': 'Roof', 'values': {'next_step': 'Sign'}},
        {'at': '2031-01-20T09:00:00Z', 'record': 'Hall', 'values': {'next_step': 'Sign'}},
        {'after': days(1), 'values': {'name': 'New', 'amount': {'amount': '8000', 'currency': 'EUR'}}},
    ])
    result = simulated(ctl, 'Watch', roof, hall, '--draft', '--from', START, '--events', events)
    runs = {run['title']: run for run in result['runs']}
    equal(way(runs['Roof'])[-1], ('2031-01-10', 'signed', None))
    equal(way(runs['Hall'])[-1], ('2031-01-16', 'late', None))
    result = simulated(ctl, 'Watch', '--draft', '--from', START, '--events', events)
    equal([(run['title'], run['label']) for run in result['runs']], [('New', 'Nothing')])
    assert 'Write “at”' in ctl.run('workflow simulate', 'Watch', '--draft', '--events', '[{"record": "Roof"}]', status=1).err
    wrong = json.dumps([{'after': days(1), 'record': 'Roof', 'values': {'name': ''}}])
    assert 'Name' in ctl.run('workflow simulate', 'Watch', '--draft', '--from', START, '--events', wrong, status=1).err


def test_clock(ctl):
    """starts that follow the clock, and limits, keep to the simulated one"""
    for name in 'ABC':
        ctl.run('new', 'deal', f'name={name}', 'expected_close_on=2031-01-10')
    ctl.run('workflow draw', 'Dates', drawing(
        [node('come', 'date_reached', entity='deal', field='expected_close_on', offset=days(-2), time='08:00'),
         node('few', 'limit', count=2, per='day'), node('task', 'create_task', title='Ask {{name}}'),
         node('end', 'end', label='Asked')],
        ('come', 'next', 'few'), ('few', 'next', 'task'), ('task', 'next', 'end')))
    result = simulated(ctl, 'Dates', '--draft', '--from', START, '--days', 7)
    equal({run['began'] for run in result['runs']}, {'2031-01-08T07:00:00Z'})
    equal((result['begun'], result['effects']), (3, 2))
    ctl.run('workflow draw', 'Weekly', drawing(
        [node('monday', 'schedule', entity='deal', rule='FREQ=WEEKLY;BYDAY=MO', time='10:00'), node('end', 'end')],
        ('monday', 'next', 'end')))
    result = simulated(ctl, 'Weekly', '--draft', '--from', '2031-01-06T00:00:00Z', '--days', 15)
    equal((result['begun'], len({run['began'] for run in result['runs']})), (9, 3))


def test_chain(ctl):
    """what the workflow does itself begins and leads on, but not for ever"""
    ctl.run('workflow draw', 'Again', drawing(
        [node('made', 'record_created', entity='deal'),
         node('more', 'create_records', entity='deal', records=[{'name': 'Child of {{name}}'}]), node('end', 'end')],
        ('made', 'next', 'more'), ('more', 'next', 'end')))
    event = json.dumps([{'after': days(1), 'values': {'name': 'First'}}])
    result = simulated(ctl, 'Again', '--draft', '--from', START, '--events', event)
    equal((result['begun'], result['ended'], result['failed']), (7, 6, 1))
    assert 'in a row' in result['runs'][-1]['reason']


def test_others(ctl):
    """other workflows that a step starts or stops are named, and left alone"""
    roof = deal(ctl, 'Roof', 9000)
    ctl.run('workflow draw', 'Follow up', FOLLOW_UP)
    ctl.run('workflow publish', 'Follow up')
    other = next(each['id'] for each in ctl.records('workflow') if each['name'] == 'Follow up')
    ctl.run('workflow draw', 'Both', drawing(
        [node('start', 'by_hand', entity='deal'), node('begin', 'start_workflow', workflow=other),
         node('halt', 'stop_workflow', workflow=other), node('end', 'end')],
        ('start', 'next', 'begin'), ('begin', 'next', 'halt'), ('halt', 'next', 'end')))
    run = simulated(ctl, 'Both', roof, '--draft', '--from', START)['runs'][0]
    equal([step['effects'] for step in run['steps'][1:3]], [['Starts “Follow up”: Roof'], ['Stops “Follow up”']])
    equal(ctl.json('workflow runs', 'Follow up')['runs'], [])


def test_sample(ctl):
    """the same number chooses the same ones, and one that refuses is parked with its reason"""
    for i in range(40):
        deal(ctl, f'Deal {i}', 9000 + i)
    ctl.run('workflow draw', 'Follow up', FOLLOW_UP)
    words = ('--draft', '--from', START, '--sample', 7)
    first = [run['title'] for run in simulated(ctl, 'Follow up', *words, '--seed', 3)['runs']]
    equal((len(first), [run['title'] for run in simulated(ctl, 'Follow up', *words, '--seed', 3)['runs']]), (7, first))
    assert first != [run['title'] for run in simulated(ctl, 'Follow up', *words, '--seed', 4)['runs']]
    ctl.run('workflow draw', 'Watch', WATCH)
    equal(simulated(ctl, 'Watch', '--draft', '--days', 2, '--sample', 5)['begun'], 5)
    ctl.run('workflow draw', 'Wrong', drawing(
        [node('start', 'by_hand', entity='deal'), node('date', 'wait_until', field='expected_close_on'), node('end', 'end')],
        ('start', 'next', 'date'), ('date', 'next', 'end')))
    result = simulated(ctl, 'Wrong', '--draft', '--from', START, '--limit', 1)
    equal((result['failed'], counts(result)['date'], len(result['runs'])), (40, (40, 0, 0, 40), 1))
    assert 'empty' in result['runs'][0]['reason']
    table = ctl.run('workflow simulate', 'Wrong', '--draft', '--from', START, '--limit', 1).out
    assert 'is empty' in table and 'waiting for a person: 40' in table, table


run_module()
