#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows in which somebody waits for something to happen, or for a time."""
import datetime
import json

from ctltest import equal, run_module


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def drawing(nodes, *connections, **settings):
    return json.dumps({'nodes': nodes, 'settings': settings,
                       'connections': [{'from': a, 'outcome': outcome, 'to': b} for a, outcome, b in connections]})


def later(days, clock='12:00'):
    """an instant some days from today"""
    return f'{datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=days)}T{clock}:00Z'


def source(value):
    return {'field': 'source', 'op': 'is', 'value': value}


CALLED = {'id': 'called', 'entity': 'activity', 'where': {'field': 'kind', 'op': 'is', 'value': 'call'}}
WON = {'id': 'won', 'where': source('partner')}
LOST = {'id': 'lost', 'where': source('other')}


def waiting(*branches, days=10):
    return drawing(
        [node('start', 'by_hand', entity='deal'),
         node('wait', 'wait_for', branches=list(branches), timeout={'amount': days, 'unit': 'days'}),
         *(node(f'end-{branch["id"]}', 'end', label=branch['id']) for branch in branches),
         node('late', 'end', label='late')],
        ('start', 'next', 'wait'), ('wait', 'timeout', 'late'),
        *(('wait', branch['id'], f'end-{branch["id"]}') for branch in branches))


def begin(ctl, definition, *names):
    ctl.run('workflow draw', 'Wait', definition)
    ctl.run('workflow publish', 'Wait')
    for name in names:
        ctl.run('new', 'deal', f'name={name}')
    ctl.run('workflow start', 'Wait', *names)
    ctl.run('tick')


def labels(ctl):
    return {run['title']: run['label'] for run in ctl.json('workflow runs', 'Wait')['runs']}


def test_condition(ctl):
    """the first branch that a change makes true leads on; after the time it is too late"""
    begin(ctl, waiting(WON, LOST), 'One', 'Two', 'Three')
    equal(set(labels(ctl).values()), {None})
    ctl.run('set', 'deal', 'One', 'source=event')
    equal(ctl.json('tick')['runs'], 0)
    ctl.run('set', 'deal', 'One', 'source=partner')
    ctl.run('set', 'deal', 'One', 'source=other')
    ctl.run('set', 'deal', 'Two', 'source=other')
    equal(ctl.json('tick')['begun'], 0)
    equal(labels(ctl), {'One': 'won', 'Two': 'lost', 'Three': None})
    equal(ctl.json('tick', '--now', later(11))['ended'], 1)
    ctl.run('set', 'deal', 'Three', 'source=partner')
    ctl.run('tick', '--now', later(12))
    equal(labels(ctl), {'One': 'won', 'Two': 'lost', 'Three': 'late'})
    equal([step['detail'] for step in ctl.json('workflow steps', 'Wait', 'One')['steps']], ['next', 'won', None])


def test_already(ctl):
    """what is true already need not be waited for; who is told while the workflow rests goes on later"""
    ctl.run('new', 'deal', 'name=Already', 'source=partner')
    begin(ctl, waiting(WON), 'Rests')
    ctl.run('workflow start', 'Wait', 'Already')
    ctl.run('tick')
    equal(labels(ctl), {'Already': 'won', 'Rests': None})
    ctl.run('set', 'workflow', 'Wait', 'state=paused')
    ctl.run('set', 'deal', 'Rests', 'source=partner')
    ctl.run('tick')
    ctl.run('set', 'deal', 'Rests', 'source=other')
    ctl.run('tick')
    ctl.run('set', 'workflow', 'Wait', 'state=active')
    ctl.run('tick')
    equal(labels(ctl), {'Already': 'won', 'Rests': 'won'})


def test_linked(ctl):
    """a record that links to the subject leads on: a call, not a note, and not one from before"""
    ctl.run('new', 'deal', 'name=Before')
    ctl.run('new', 'activity', 'kind=call', 'subject=Old', 'deal=Before')
    begin(ctl, waiting(CALLED, {'id': 'task', 'entity': 'task'}), 'One', 'Two', 'Three')
    ctl.run('workflow start', 'Wait', 'Before')
    ctl.run('tick')
    ctl.run('new', 'activity', 'kind=note', 'subject=Note', 'deal=One')
    ctl.run('new', 'activity', 'kind=note', 'subject=Changes', 'deal=Two')
    ctl.run('set', 'activity', 'Changes', 'kind=call')
    ctl.run('new', 'task', 'title=Write', 'deal=Three')
    ctl.run('tick')
    equal(labels(ctl), {'One': None, 'Two': 'called', 'Three': 'task', 'Before': None})
    ctl.run('new', 'activity', 'kind=call', 'subject=Rings', 'deal=One')
    ctl.run('tick')
    equal(labels(ctl)['One'], 'called')


def test_circle(ctl):
    """who comes back waits until it becomes true again"""
    definition = drawing(
        [node('start', 'by_hand', entity='deal'),
         node('wait', 'wait_for', branches=[WON], timeout={'amount': 10, 'unit': 'days'}),
         node('call', 'create_task', title='Call'), node('late', 'end', label='late')],
        ('start', 'next', 'wait'), ('wait', 'timeout', 'late'), ('wait', 'won', 'call'), ('call', 'next', 'wait'))
    begin(ctl, definition, 'One')
    for value, calls in (('partner', 1), ('event', 1), ('partner', 2)):
        ctl.run('set', 'deal', 'One', f'source={value}')
        ctl.run('set', 'deal', 'One', 'next_step=' + value)
        ctl.run('tick')
        equal(len(ctl.json('list', 'task', 'title=Call')['records']), calls)


def test_chain(ctl):
    """workflows that lead one another on for ever stop, and say so; what people do does not count"""
    for name in ('Ping', 'Pong'):
        ctl.run('workflow draw', name, drawing(
            [node('start', 'by_hand', entity='deal'),
             node('wait', 'wait_for', branches=[{'id': 'task', 'entity': 'task'}], timeout={'amount': 10, 'unit': 'days'}),
             node('call', 'create_task', title='Call'), node('late', 'end', label='late')],
            ('start', 'next', 'wait'), ('wait', 'timeout', 'late'), ('wait', 'task', 'call'), ('call', 'next', 'wait')))
        ctl.run('workflow publish', name)
    ctl.run('new', 'deal', 'name=One')
    ctl.run('workflow start', 'Ping', 'One')
    ctl.run('tick')
    for i in range(10):
        ctl.run('new', 'task', f'title=Mine {i}', 'deal=One')
        equal(ctl.json('tick')['parked'], 0)
    ctl.run('workflow start', 'Pong', 'One')
    ctl.run('tick')
    ctl.run('new', 'task', 'title=Another', 'deal=One')
    equal(ctl.json('tick')['parked'], 1)
    steps = [step for name in ('Ping', 'Pong') for step in ctl.json('workflow steps', name, 'One')['steps']]
    equal([step['node'] for step in steps if step['what'] == 'parked'], ['wait'])


def test_wrong(ctl):
    """what nobody can wait for stands in the way"""
    for branch in ({'id': 'a'}, {'id': 'a', 'entity': 'nothing'}, {'id': 'a', 'entity': 'organisation'},
                   {'id': 'a', 'entity': 'activity', 'where': source('partner')}):
        ctl.run('workflow draw', 'Wrong', waiting(branch))
        equal({problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']}, {'wait'})


def test_leaving(ctl):
    """a goal that is reached ends the run, when it is and before anything else is done"""
    definition = drawing(
        [node('start', 'by_hand', entity='deal'), node('wait', 'wait', **{'for': {'amount': 3, 'unit': 'days'}}),
         node('set', 'change_fields', values={'source': 'other'}), node('call', 'create_task', title='Call'),
         node('done', 'end', label='Done')],
        ('start', 'next', 'wait'), ('wait', 'next', 'set'), ('set', 'next', 'call'), ('call', 'next', 'done'),
        exits=[{'id': 'goal', 'label': 'Goal reached', 'where': source('partner')},
               {'id': 'lost', 'label': 'Lost', 'where': source('other')},
               {'id': 'spoken', 'label': 'Spoken to', 'entity': 'activity'}])
    ctl.run('new', 'deal', 'name=At once', 'source=partner')
    begin(ctl, definition, 'One', 'Two', 'Three', 'Four')
    ctl.run('workflow start', 'Wait', 'At once')
    equal(ctl.json('tick')['ended'], 1)
    ctl.run('set', 'deal', 'One', 'source=partner')
    ctl.run('new', 'activity', 'kind=call', 'subject=Rings', 'deal=Two')
    equal(ctl.json('tick')['ended'], 2)
    ended = ctl.json('tick', '--now', later(4))
    equal((ended['ended'], ended['next_due']), (2, None))
    equal(labels(ctl), {'At once': 'Goal reached', 'One': 'Goal reached', 'Two': 'Spoken to', 'Three': 'Lost', 'Four': 'Lost'})
    equal(ctl.json('list', 'task', 'title=Call')['records'], [])
    equal([(step['node'], step['what'], step['detail']) for step in ctl.json('workflow steps', 'Wait', 'Four')['steps']][-2:],
          [('set', 'left', 'next'), ('call', 'exit', 'lost')])
    for rule in ({'id': 'a'}, {'id': 'a', 'where': {'field': 'nowhere', 'op': 'is', 'value': '1'}}, {'where': source('other')}):
        ctl.run('workflow draw', 'Wrong', drawing(json.loads(definition)['nodes'][:1], exits=[rule]))
        assert None in {problem['node'] for problem in ctl.json('workflow check', 'Wrong', status=6)['problems']}


def test_stopped(ctl):
    """a person ends a run; it may begin again"""
    begin(ctl, waiting(WON), 'One', 'Two')
    equal(ctl.json('workflow stop', 'Wait', 'One'), {'stopped': 1})
    equal(ctl.json('workflow stop', 'Wait', 'One'), {'stopped': 0})
    equal(ctl.json('workflow steps', 'Wait', 'One')['steps'][-1]['what'], 'stopped')
    for name in ('One', 'Two'):
        ctl.run('set', 'deal', name, 'source=partner')
    equal(ctl.json('tick')['ended'], 1)
    equal(labels(ctl), {'One': None, 'Two': 'won'})
    equal(ctl.json('workflow start', 'Wait', 'One')['started'], 1)
    equal(ctl.json('workflow stop', 'Wait', '--where', 'source=partner'), {'stopped': 1})
    equal(ctl.json('tick', '--now', later(30))['runs'], 0)
    ctl.run('workflow stop', 'Nowhere', 'One', status=3)


run_module()
