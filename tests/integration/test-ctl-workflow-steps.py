#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the steps of workflows do: each kind is published, carried out by a tick
whose time is told, and refused or parked where it can't be.
"""
import json

from ctltest import equal, run_module

NOBODY = '01919191-9191-7191-8191-919191919191'
NOW = '2031-01-06T09:00:00Z'  # a Monday


def node(name, kind, **settings):
    return {'id': name, 'kind': kind, 'settings': settings}


def chain(*steps, entity='deal', start='by_hand'):
    """START, then STEPS one after the other."""
    nodes = [node('start', start, entity=entity), *steps]
    return json.dumps({'nodes': nodes,
                       'connections': [{'from': a['id'], 'outcome': 'next', 'to': b['id']}
                                       for a, b in zip(nodes, nodes[1:])]})


def publish(ctl, definition, name='Steps'):
    ctl.run('workflow draw', name, definition)
    return ctl.json('workflow publish', name)['version']


def problems(ctl, definition, name='Wrong'):
    """What stands in the way of publishing, by node."""
    ctl.run('workflow draw', name, definition)
    found = ctl.json('workflow check', name, status=6)['problems']
    return {problem['node']: problem['message'] for problem in found}


def steps(ctl, record, name='Steps'):
    return [(step['node'], step['what'], step['detail']) for step in ctl.json('workflow steps', name, record)['steps']]


def run(ctl, definition, *records, name='Steps', now=NOW):
    publish(ctl, definition, name)
    ctl.run('workflow start', name, *records)
    return ctl.json('tick', '--now', now)


def deal(ctl, name='Mill', **values):
    return ctl.run('new', 'deal', f'name={name}', *(f'{k}={v}' for k, v in values.items())).out.strip()


def user(ctl, name):
    return ctl.run('new', 'user', f'name={name}').out.strip()


def show(ctl, kind, record):
    return ctl.json('show', kind, record)['record']


ONBOARDING = node('tasks', 'create_records', entity='task', records=[
    {'title': 'Welcome {{name}}', 'due_on': {'amount': 1, 'unit': 'days'}},
    {'title': 'Send the contract', 'due_on': {'amount': 1, 'unit': 'weeks'}, 'priority': 'high'},
    {'title': '{{amount}}', 'due_at': {'amount': 90, 'unit': 'minutes'}}])


def test_create_records(ctl):
    """several records are created at once, linked, with the values of that moment, as one act"""
    owner = user(ctl, 'Ada')
    mill = deal(ctl, amount='100 EUR', owner='Ada')
    done = run(ctl, chain(ONBOARDING), mill)
    equal((done['ended'], done['parked']), (1, 0))
    made = {task['title']: task for task in ctl.records('task', 'deal=Mill')}
    equal(len(made), 3)
    equal(made['Welcome Mill']['due_on'], '2031-01-07')
    equal((made['Send the contract']['due_on'], made['Send the contract']['priority']), ('2031-01-13', 'high'))
    third = next(task for title, task in made.items() if '100' in title)
    equal((third['due_at'], third['due_on']), ('2031-01-06T10:30:00Z', '2031-01-06'))
    equal({(task['assignee'], task['deal'], task['status']) for task in made.values()}, {(owner, mill, 'to_do')})
    equal(len({step['sequence'] for step in ctl.json('workflow steps', 'Steps', 'Mill')['steps']}), 2)


def test_create_other_kinds(ctl):
    """values take over those of the subject; which of several links leads to it is said"""
    organisation = ctl.run('new', 'organisation', 'name=Mill').out.strip()
    step = node('make', 'create_records', entity='deal',
                records=[{'name': 'First order', 'tags': ['new'], 'amount': {'amount': '10', 'currency': 'EUR'}}])
    run(ctl, chain(step, entity='organisation'), 'Mill')
    made = ctl.records('deal')[0]
    equal((made['name'], made['organisation'], made['tags']), ('First order', organisation, ['new']))
    copy = node('make', 'create_records', entity='deal',
                records=[{'name': '{{name}} again', 'organisation': '{{organisation}}', 'amount': '{{amount}}'}])
    run(ctl, chain(copy), 'First order', name='Copy')
    again = show(ctl, 'deal', 'First order again')
    equal((again['organisation'], again['amount']), (organisation, made['amount']))


def test_create_refused(ctl):
    """what can't be created is said of the node before, or parks the run with the reason"""
    def said(**settings):
        return problems(ctl, chain(node('make', 'create_records', **settings))).get('make')

    assert 'Say what it creates' in said(entity='task', records=[])
    assert 'Say what it creates' in said(entity='task', records=[{'title': 'a'}] * 101)
    assert 'Say what it creates' in said(entity='task', records=['a'])
    assert 'not there any more' in said(entity='alert', records=[{'name': 'a'}])
    assert '“Title”' in said(entity='task', records=[{'title': 'a'}, {'status': 'done'}])
    assert '“nowhere”' in said(entity='task', records=[{'title': 'a', 'nowhere': 1}])
    assert '“completed_at”' in said(entity='task', records=[{'title': 'a', 'completed_at': NOW}])
    assert 'How long' in said(entity='task', records=[{'title': 'a', 'due_on': {'amount': 1, 'unit': 'moons'}}])
    assert 'nowhere' in said(entity='task', records=[{'title': '{{nowhere}}'}])
    assert 'Choose the link' in said(entity='task', records=[{'title': 'a'}], link='contact')
    deal(ctl)
    long = node('make', 'create_records', entity='task', records=[{'title': 'a'}, {'title': '{{notes}}'}])
    ctl.run('set', 'deal', 'Mill', 'notes=' + 'x' * 400)
    equal(run(ctl, chain(long), 'Mill')['parked'], 1)
    equal(steps(ctl, 'Mill')[-1][:2], ('make', 'parked'))
    equal(ctl.count('task'), 0)


def test_change_with_places(ctl):
    """changed fields take texts with places, and dates that count from that moment"""
    deal(ctl)
    run(ctl, chain(node('mark', 'change_fields', values={'next_step': 'Call about {{name}}',
                                                         'expected_close_on': {'amount': 1, 'unit': 'months'}})), 'Mill')
    mill = show(ctl, 'deal', 'Mill')
    equal((mill['next_step'], mill['expected_close_on']), ('Call about Mill', '2031-02-06'))
    assert 'nowhere' in problems(ctl, chain(node('mark', 'change_fields', values={'next_step': '{{nowhere}}'})))['mark']


def owners(ctl, *names):
    return [show(ctl, 'deal', name).get('owner') for name in names]


def test_assign_in_turn(ctl):
    """of several people it is each one's turn, over versions and ticks; who has left is passed over"""
    people = [user(ctl, name) for name in ('Zoe', 'Ada', 'Max')]
    names = [f'Deal {i}' for i in range(8)]
    for name in names:
        deal(ctl, name)
    step = node('give', 'assign', users=people)
    run(ctl, chain(step), *names[:2])
    equal(owners(ctl, *names[:2]), people[:2])
    run(ctl, chain(step, node('mark', 'change_fields', values={'next_step': 'a'})), *names[2:4])
    equal(owners(ctl, *names[2:4]), [people[2], people[0]])
    ctl.run('set', 'user', 'Ada', 'is_active=no')
    ctl.run('delete', 'user', 'Max')
    ctl.run('workflow start', 'Steps', *names[4:6])
    ctl.run('tick', '--now', NOW)
    equal(owners(ctl, *names[4:6]), [people[0], people[0]])
    ctl.run('set', 'user', 'Zoe', 'is_active=no')
    ctl.run('workflow start', 'Steps', names[6])
    equal(ctl.json('tick', '--now', NOW)['parked'], 1)
    assert 'Choose somebody else' in steps(ctl, names[6])[-1][2]


def test_assign_least_busy(ctl):
    """it goes to who has least to do, counting what was given before; names decide between equals"""
    people = {name: user(ctl, name) for name in ('Zoe', 'Ada', 'Max')}
    ctl.run('new', 'task', 'title=One', 'assignee=Ada')
    ctl.run('new', 'task', 'title=Two', 'assignee=Ada', 'status=done')
    names = [f'Deal {i}' for i in range(4)]
    for name in names:
        deal(ctl, name)
    step = node('give', 'assign', users=list(people.values()), how='least_busy')
    run(ctl, chain(step, node('task', 'create_task', title='Call')), *names)
    equal(owners(ctl, *names), [people[name] for name in ('Max', 'Zoe', 'Ada', 'Max')])
    stage = node('give', 'assign', users=list(people.values()), how='least_busy', busy='deals')
    ctl.run('new', 'deal', 'name=Open', 'owner=Max', 'stage=New')
    deal(ctl, 'Next')
    run(ctl, chain(stage), 'Next', name='By deals')
    equal(owners(ctl, 'Next'), [people['Ada']])


def test_assign_refused(ctl):
    """who it is has to be said, and records that are nobody's are refused"""
    assert 'Choose who' in problems(ctl, chain(node('give', 'assign', users=[])))['give']
    assert 'Choose who' in problems(ctl, chain(node('give', 'assign', users=['Ada'])))['give']
    someone = [user(ctl, 'Ada')]
    assert 'nobody’s' in problems(ctl, chain(node('give', 'assign', users=someone), entity='product'))['give']
    assert 'nobody’s' in problems(ctl, chain(node('give', 'assign', users=someone, field='name')))['give']
    ctl.run('new', 'task', 'title=Call')
    run(ctl, chain(node('give', 'assign', users=someone), entity='task'), 'Call')
    equal(show(ctl, 'task', 'Call')['assignee'], someone[0])


def test_tags(ctl):
    """tags are put on and taken off; what is so already is no change"""
    deal(ctl, tags='old;kept')
    run(ctl, chain(node('add', 'add_tag', tags='vip, {{name}}, kept'), node('remove', 'remove_tag', tags='old')), 'Mill')
    equal(sorted(show(ctl, 'deal', 'Mill')['tags']), ['Mill', 'kept', 'vip'])
    before = ctl.json('log')
    ctl.run('workflow start', 'Steps', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['ended'], 1)
    equal(ctl.json('log'), before)
    equal([step['sequence'] for step in ctl.json('workflow steps', 'Steps', 'Mill')['steps']][-2:], [0, 0])
    assert 'commas' in problems(ctl, chain(node('add', 'add_tag', tags=' , ')))['add']
    assert 'nowhere' in problems(ctl, chain(node('add', 'add_tag', tags='{{nowhere}}')))['add']
    assert 'no tags' in problems(ctl, chain(node('add', 'add_tag', tags='a', field='name')))['add']
    assert 'no tags' in problems(ctl, chain(node('add', 'add_tag', tags='a'), entity='product'))['add']
    wrong = chain(node('add', 'add_tag', tags='never', field='reminders'), entity='task')
    assert 'never' in problems(ctl, wrong)['add']


def limited(per, count=2):
    nodes = [node('start', 'by_hand', entity='deal'), node('limit', 'limit', count=count, per=per),
             node('in', 'end', label='In'), node('out', 'end', label='Out')]
    return json.dumps({'nodes': nodes, 'connections': [{'from': 'start', 'outcome': 'next', 'to': 'limit'},
                                                       {'from': 'limit', 'outcome': 'next', 'to': 'in'},
                                                       {'from': 'limit', 'outcome': 'over', 'to': 'out'}]})


def test_limit(ctl):
    """so many go on in a day, a week or a month of the workspace's clocks"""
    names = [f'Deal {i}' for i in range(5)]
    for name in names:
        deal(ctl, name)

    def labels(name, now):
        ctl.run('workflow start', name, *names)
        ctl.run('tick', '--now', now)
        runs = ctl.json('workflow runs', name)['runs'][:len(names)]
        return [run['label'] for run in reversed(runs)]

    for per, times in {'day': ('2031-01-06T09:00:00Z', '2031-01-06T22:59:00Z', '2031-01-07T00:01:00Z'),
                       'week': ('2031-01-06T09:00:00Z', '2031-01-12T22:00:00Z', '2031-01-13T09:00:00Z'),
                       'month': ('2031-01-01T09:00:00Z', '2031-01-31T22:00:00Z', '2031-02-01T09:00:00Z')}.items():
        publish(ctl, limited(per), per)
        equal(labels(per, times[0]), ['In', 'In', 'Out', 'Out', 'Out'])
        equal(labels(per, times[1]), ['Out'] * 5)
        equal(labels(per, times[2]), ['In', 'In', 'Out', 'Out', 'Out'])
    assert 'whole number' in problems(ctl, limited('day', 0))['limit']
    assert 'whole number' in problems(ctl, limited('day', 1.5))['limit']
    assert 'limit' in problems(ctl, limited('year'))


def test_log_activity(ctl):
    """what happened is told of the subject"""
    owner = user(ctl, 'Ada')
    mill = deal(ctl, owner='Ada')
    run(ctl, chain(node('log', 'log_activity', type='call', title='Called about {{name}}', notes='{{name}}\nAll well.')), 'Mill')
    made = ctl.records('activity')[0]
    equal([made[name] for name in ('kind', 'subject', 'body', 'deal', 'owner', 'at')],
          ['call', 'Called about Mill', 'Mill\nAll well.', mill, owner, NOW])
    log = node('log', 'log_activity', type='call', title='{{name}}')
    assert 'Activities' in problems(ctl, chain(log, entity='product'))['log']
    assert 'nowhere' in problems(ctl, chain(node('log', 'log_activity', type='call', title='a', notes='{{nowhere}}')))['log']
    assert 'Kind' in problems(ctl, chain(node('log', 'log_activity', type='dance', title='a')))['log']


def test_notify(ctl):
    """people are told: those who are chosen, or who owns it, or everybody, until it was shown"""
    me = ctl.records('user')[0]['id']
    ada, max_ = user(ctl, 'Ada'), user(ctl, 'Max')
    mill = deal(ctl)
    ctl.run('set', 'deal', 'Mill', 'owner=')
    publish(ctl, chain(node('tell', 'notify', title='{{name}} is stalled', notes='Since {{opened_on}}.')), 'Owner')
    publish(ctl, chain(node('tell', 'notify', title='For some', users=[ada, NOBODY, me, max_])), 'Some')
    ctl.run('set', 'user', 'Max', 'is_active=no')
    for name in ('Owner', 'Some'):
        ctl.run('workflow start', name, 'Mill')
    ctl.run('tick', '--now', NOW)
    ctl.run('set', 'deal', 'Mill', 'owner=Ada')
    ctl.run('workflow start', 'Owner', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['parked'], 0)
    equal([(one['title'], one.get('user')) for one in ctl.records('notification')],
          [('Mill is stalled', None), ('For some', ada), ('For some', me), ('Mill is stalled', ada)])
    mine = ctl.json('notices list')['notices']
    equal([(one['title'], one['kind'], one['record']) for one in mine],
          [('Mill is stalled', 'deal', mill), ('For some', 'deal', mill)])
    assert mine[0]['body'].startswith('Since 20'), mine
    assert 'For some' in ctl.run('notices list').out
    ctl.run('notices told')
    ctl.run('notices told')
    equal(ctl.json('notices list')['notices'], [])
    equal(len([one for one in ctl.records('notification') if 'told_at' not in one]), 2)
    assert 'nowhere' in problems(ctl, chain(node('tell', 'notify', title='a', notes='{{nowhere}}')))['tell']
    publish(ctl, chain(node('tell', 'notify', title='Gone', users=[max_])), 'Gone')
    ctl.run('workflow start', 'Gone', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['parked'], 1)


def test_working_time(ctl):
    """a task is due after so much time of work: hours and days that are free do not count"""
    ctl.run('settings', '--zone', 'Europe/Paris', '--country', 'FR')
    deal(ctl)

    def due(amount, unit, now, **more):
        task = node('task', 'create_task', title='Call', due={'amount': amount, 'unit': unit}, **more)
        run(ctl, chain(task), 'Mill', now=now)
        made = ctl.records('task')[-1]
        ctl.run('delete', 'task', made['id'])
        return made.get('due_at', made['due_on'])

    friday = '2031-01-03T16:00:00Z'  # 17:00
    equal(due(2, 'hours', friday), '2031-01-03T18:00:00Z')
    equal(due(2, 'hours', friday, counting='working'), '2031-01-06T09:00:00Z')
    equal(due(2, 'days', friday), '2031-01-05')
    equal(due(2, 'days', friday, counting='working'), '2031-01-07')
    equal(due(1, 'weeks', '2031-01-04T09:00:00Z', counting='working'), '2031-01-13')
    equal(due(1, 'days', '2031-05-07T09:00:00Z', counting='working'), '2031-05-09')  # 8 May is a holiday
    nights = {'windows': [{'days': [6, 7], 'from': '20:00', 'to': '22:00'}]}
    equal(due(90, 'minutes', friday, counting='working', timetable=nights), '2031-01-04T20:30:00Z')
    task = node('task', 'create_task', title='Call', counting='working', timetable={'windows': [{'days': [9]}]})
    assert 'task' in problems(ctl, chain(task))
    closed = {'windows': [], 'days_off': [{'from': '2030-01-01', 'to': '2040-01-01'}]}
    task = node('task', 'create_task', title='Call', due={'amount': 1, 'unit': 'days'}, counting='working', timetable=closed)
    equal(run(ctl, chain(task), 'Mill', now=friday)['parked'], 1)


def workflow_id(ctl, name):
    return next(found['id'] for found in ctl.records('workflow') if found['name'] == name)


def states(ctl, name):
    """How runs of NAME ended, the first in front; None is under way."""
    return [run['label'] if run['ended'] else None for run in reversed(ctl.json('workflow runs', name)['runs'])]


def test_start_workflow(ctl):
    """another workflow is started for the subject, at once, and as it lets it begin"""
    deal(ctl)
    publish(ctl, chain(node('mark', 'change_fields', values={'next_step': 'Other'}), node('end', 'end', label='There')), 'Other')
    other = workflow_id(ctl, 'Other')
    done = run(ctl, chain(node('go', 'start_workflow', workflow=other)), 'Mill')
    equal((done['begun'], done['ended'], done['parked']), (1, 2, 0))
    equal(show(ctl, 'deal', 'Mill')['next_step'], 'Other')
    equal(states(ctl, 'Other'), ['There'])
    ctl.run('set', 'workflow', 'Other', 'state=paused')
    ctl.run('workflow start', 'Steps', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['parked'], 1)
    assert 'not active' in steps(ctl, 'Mill')[-1][2]
    ctl.run('delete', 'workflow', 'Other')
    ctl.run('workflow stop', 'Steps', 'Mill')
    ctl.run('workflow start', 'Steps', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['parked'], 1)
    assert 'deleted' in steps(ctl, 'Mill')[-1][2]
    publish(ctl, chain(node('end', 'end'), entity='contact'), 'Contacts')
    equal(run(ctl, chain(node('go', 'start_workflow', workflow=workflow_id(ctl, 'Contacts'))), 'Mill', name='Wrong kind')['parked'], 1)
    assert 'other records' in steps(ctl, 'Mill', 'Wrong kind')[-1][2]
    assert 'Workflow' in problems(ctl, chain(node('go', 'start_workflow', workflow='Other')))['go']


def test_start_in_a_circle(ctl):
    """workflows that start one another come to an end after five"""
    deal(ctl)
    publish(ctl, chain(node('end', 'end')), 'Ping')
    publish(ctl, chain(node('go', 'start_workflow', workflow=workflow_id(ctl, 'Ping'))), 'Pong')
    publish(ctl, chain(node('go', 'start_workflow', workflow=workflow_id(ctl, 'Pong'))), 'Ping')
    ctl.run('workflow start', 'Ping', 'Mill')
    equal(ctl.json('tick', '--now', NOW)['parked'], 1)
    runs = ctl.json('workflow runs', 'Ping')['runs'] + ctl.json('workflow runs', 'Pong')['runs']
    equal(len(runs), 7)
    equal(len([run for run in runs if not run['ended']]), 1)
    equal(ctl.json('tick', '--now', NOW)['steps'], 0)


def test_stop_workflow(ctl):
    """another workflow is stopped for the subject alone, also when it is due at the same time"""
    deal(ctl)
    deal(ctl, 'Other deal')
    wait = node('wait', 'wait', **{'for': {'amount': 1, 'unit': 'days'}})
    publish(ctl, chain(node('stop', 'end')), 'Drip')
    stop = node('stop', 'stop_workflow', workflow=workflow_id(ctl, 'Drip'))
    publish(ctl, chain(wait, stop), 'Stopper')
    publish(ctl, chain(wait, node('mark', 'change_fields', values={'next_step': 'Dripped'})), 'Drip')
    ctl.run('workflow start', 'Stopper', 'Mill')
    ctl.run('tick', '--now', NOW)
    ctl.run('workflow start', 'Drip', 'Mill', 'Other deal')
    ctl.run('tick', '--now', NOW)
    done = ctl.json('tick', '--now', '2031-02-01T09:00:00Z')
    equal((done['ended'], done['parked']), (3, 0))
    equal([show(ctl, 'deal', name).get('next_step') for name in ('Mill', 'Other deal')], [None, 'Dripped'])
    equal(steps(ctl, 'Mill', 'Drip')[-1][:2], ('wait', 'stopped'))
    ctl.run('workflow start', 'Stopper', 'Mill')
    ctl.run('tick', '--now', NOW)
    ctl.run('delete', 'workflow', 'Drip')
    equal(ctl.json('tick', '--now', '2031-02-01T09:00:00Z')['parked'], 1)
    assert 'deleted' in steps(ctl, 'Mill', 'Stopper')[-1][2]


def test_for_each(ctl):
    """a workflow is started for each linked record: those that lead here, and those that this leads to"""
    ctl.run('new', 'organisation', 'name=Mill')
    for name in ('Ada', 'Max'):
        ctl.run('new', 'contact', f'last_name={name}', 'organisation=Mill')
    ctl.run('new', 'contact', 'last_name=Zoe')
    publish(ctl, chain(node('mark', 'change_fields', values={'job_title': 'Greeted'}), entity='contact'), 'Greet')
    greet = workflow_id(ctl, 'Greet')
    each = node('each', 'for_each', workflow=greet, records={'entity': 'contact', 'link': 'organisation'})
    equal(run(ctl, chain(each, entity='organisation'), 'Mill')['begun'], 2)
    equal([show(ctl, 'contact', name).get('job_title') for name in ('Ada', 'Max', 'Zoe')], ['Greeted', 'Greeted', None])
    deal(ctl, contacts='Zoe;Ada')
    equal(run(ctl, chain(node('each', 'for_each', workflow=greet, records={'link': 'contacts'})), 'Mill', name='Own')['begun'], 2)
    equal(show(ctl, 'contact', 'Zoe')['job_title'], 'Greeted')
    for wrong in ({'entity': 'contact', 'link': 'owner'}, {'entity': 'alert', 'link': 'owner'}, {'link': 'name'}, {'link': 'x'}):
        assert 'Choose others' in problems(ctl, chain(node('each', 'for_each', workflow=greet, records=wrong)))['each'], wrong
    assert 'Choose others' in problems(ctl, chain(node('each', 'for_each', workflow=greet, records={})))['each']
    ctl.imported('last_name,organisation\n' + ''.join(f'P{i},Mill\n' for i in range(1000)), '--as', 'contact')
    ctl.run('workflow start', 'Steps', 'Mill')
    done = ctl.json('tick', '--now', NOW)
    equal((done['begun'], done['parked']), (0, 1))
    assert '1000' in steps(ctl, 'Mill')[-1][2]


run_module()
