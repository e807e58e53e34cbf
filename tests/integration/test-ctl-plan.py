#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: what they make, what they leave alone, and what becomes of it."""
import datetime
import json

from ctltest import equal, run_module

HOURS = '09:00-12:00, 14:00-17:00'


def monday():
    """The one after the next, so that no hour of it has passed"""
    today = datetime.date.today()
    return today + datetime.timedelta(14 - today.weekday())


def view(ctl, name, entity, definition):
    ctl.run('new', 'saved_view', f'name={name}', f'entity_name={entity}', f'definition={json.dumps(definition)}')


def prepare(ctl, *more):
    """Six contacts, of whom a plan calls four a week on Tuesdays and Thursdays"""
    for number in range(1, 7):
        ctl.run('new', 'contact', f'full_name=Person {number}')
    view(ctl, 'Everybody', 'contact', {'sort': 'full_name'})
    ctl.run('new', 'activity_plan', 'name=Calls', 'audience=Everybody', 'frequency=weekly', 'quantity=4',
            'weekdays=tuesday;thursday', f'windows={HOURS}', f'start_on={monday()}', 'skips_holidays=false', *more)


def tasks(ctl):
    return sorted(ctl.records('task'), key=lambda task: task['due_at'])


def counts(report, *names):
    return tuple(report[name] for name in names)


def test_generates(ctl):
    """What a preview shows is what is made, at equal distances; another time nothing changes"""
    prepare(ctl)
    shown = ctl.json('plan generate', 'Calls', '--dry-run')
    equal(ctl.count('task'), 0)
    equal(counts(shown, 'new', 'moved', 'removed'), (6, 0, 0))
    done = ctl.json('plan generate', 'Calls')
    equal(done, shown)
    found = tasks(ctl)
    equal([task['title'] for task in found], [f'Call: Person {number}' for number in range(1, 7)])
    equal([task['due_at'] for task in found], [change['to'] for change in shown['changes']])
    days = [(datetime.date.fromisoformat(task['due_on']) - monday()).days for task in found]
    equal(days, [1, 1, 3, 3, 8, 8])
    equal({task['plan_state'] for task in found}, {'planned'})
    again = ctl.json('plan generate', 'Calls')
    equal(counts(again, 'new', 'moved', 'removed', 'same', 'kept'), (0, 0, 0, 6, 0))


def test_leaves_alone(ctl):
    """What was done, moved or written upon by hand stays; the rest makes room"""
    prepare(ctl)
    ctl.run('plan generate', 'Calls')
    first, second, third, *_ = [task['id'] for task in tasks(ctl)]
    ctl.run('plan execute', first)
    ctl.run('set', 'task', second, f'due_at={monday()}T07:00:00Z')
    ctl.run('set', 'task', third, 'notes=Ask for Anne')
    ctl.run('set', 'activity_plan', 'Calls', 'quantity=2')
    shown = ctl.json('plan generate', 'Calls', '--dry-run')
    equal(counts(shown, 'new', 'removed', 'kept'), (0, 0, 3))
    assert shown['moved'] > 0, shown
    before = {task['id']: task['due_at'] for task in tasks(ctl)}
    ctl.run('plan generate', 'Calls')
    after = {task['id']: task['due_at'] for task in tasks(ctl)}
    equal({id for id in before if before[id] == after[id]} >= {first, second, third}, True)
    ctl.run('undo')
    equal({task['id']: task['due_at'] for task in tasks(ctl)}, before)


def test_states(ctl):
    """A task that is done is executed, with an activity; one that is late expires and comes again"""
    prepare(ctl)
    ctl.run('plan generate', 'Calls')
    first, second, third, *_ = [task['id'] for task in tasks(ctl)]
    ctl.run('plan execute', first)
    ctl.run('set', 'task', second, 'status=done')
    ctl.run('set', 'task', third, 'plan_state=failed')
    activity, = ctl.records('activity')
    equal((activity['kind'], activity['subject']), ('call', 'Call: Person 1'))
    states = {task['id']: (task['plan_state'], task['status']) for task in tasks(ctl)}
    equal([states[id] for id in (first, second, third)],
          [('executed', 'done'), ('executed', 'done'), ('failed', 'cancelled')])
    ctl.run('plan execute', first, status=1)

    ctl.run('tick', '--now', f'{monday() + datetime.timedelta(7)}T00:00:00Z')
    status = ctl.json('plan status', 'Calls')
    equal(counts(status, 'planned', 'executed', 'treated', 'failed', 'expired'), (2, 2, 2, 1, 1))
    ctl.run('plan again', third)
    again, = [task for task in tasks(ctl) if task['id'] == third]
    equal((again['plan_state'], again['status']), ('planned', 'to_do'))


def test_stop(ctl):
    """Who has answered is not called any more"""
    view(ctl, 'Answered', 'contact', {'filter': {'field': 'job_title', 'op': 'is', 'value': 'Buyer'}})
    prepare(ctl, 'stop=Answered')
    ctl.run('plan generate', 'Calls')
    ctl.run('set', 'contact', 'Person 4', 'job_title=Buyer')
    ctl.run('tick')
    equal([task['plan_state'] for task in tasks(ctl) if task['title'].endswith('4')], ['cancelled'])
    shown = ctl.json('plan generate', 'Calls', '--dry-run')
    equal(counts(shown, 'new', 'moved', 'removed'), (0, 0, 0))


def test_offsets(ctl):
    """Days count from a date that each record has, and who has none gets nothing"""
    ctl.run('new', 'deal', 'name=With a date', f'expected_close_on={monday()}')
    ctl.run('new', 'deal', 'name=Without')
    view(ctl, 'Deals', 'deal', {'sort': 'name'})
    ctl.run('new', 'activity_plan', 'name=After', 'audience=Deals', 'kind=follow_up', 'frequency=offsets',
            'offsets=+3, +7, +14', 'anchor=expected_close_on', 'skips_holidays=false',
            'task_title=Ask about {{name}}')
    done = ctl.json('plan generate', 'After')
    equal(counts(done, 'new', 'left'), (3, 3))
    found = tasks(ctl)
    equal([task['title'] for task in found], ['Ask about With a date'] * 3)
    equal([(datetime.date.fromisoformat(task['due_on']) - monday()).days for task in found], [3, 7, 14])


def test_refuses(ctl):
    """What can't be kept is said where it is written"""
    prepare(ctl)
    for wrong in ('windows=morning', 'offsets=3,a', 'windows=09:00-12:00, 11:00-13:00'):
        ctl.run('set', 'activity_plan', 'Calls', wrong, 'frequency=offsets' if 'offsets' in wrong else 'frequency=weekly',
                status=1)
    ctl.run('set', 'activity_plan', 'Calls', 'audience=')
    assert 'Say with whom' in ctl.run('plan generate', 'Calls', status=1).err
    view(ctl, 'Users', 'user', {})
    ctl.run('set', 'activity_plan', 'Calls', 'audience=Users')
    ctl.run('plan generate', 'Calls', status=1)
    equal(ctl.count('task'), 0)


run_module()
