#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes of tasks that repeat: of one, of those that follow, of all."""
import ctltest
from ctltest import equal

# A Friday in a year that no test will see
FIRST = '2090-01-06'


def new(ctl, *words):
    return ctl.json('new', 'task', *words)['ids'][0]


def weekly(ctl, *words, rule='FREQ=WEEKLY'):
    return new(ctl, 'title=Report', f'due_on={FIRST}', f'recurrence={rule}', *words)


def value(ctl, task, field):
    return ctl.json('show', 'task', task)['record'].get(field)


def tasks(ctl, *fields):
    rows = ctl.records('task', '--columns', ','.join(('due_on', 'title', 'status', *fields)))
    return sorted(tuple(str(row[field]) for field in ('due_on', 'title', *fields)) for row in rows)


def todo(ctl):
    return next(row['id'] for row in ctl.records('task', '--columns', 'status,recurrence')
                if row['status'] == 'to_do' and row['recurrence'])


def done(ctl):
    """does the next one of the series; the one after it"""
    ctl.run('set', 'task', todo(ctl), 'status=done')
    return todo(ctl)


def undone(ctl, before):
    ctl.run('undo')
    equal(everything(ctl), before)
    ctl.run('check')


def everything(ctl):
    ids = sorted(row['id'] for row in ctl.records('task'))
    records = [ctl.json('show', 'task', task)['record'] for task in ids]
    return [{key: value for key, value in record.items() if not key.startswith('changed_')} for record in records]


def change(ctl, task, scope, *words):
    ctl.run('set', 'task', task, '--scope', scope, *words)


def test_this_one(ctl):
    """what is changed in one task comes back in the next one"""
    task = weekly(ctl, 'priority=low')
    before = everything(ctl)
    change(ctl, task, 'this', 'title=Long report', 'priority=urgent', 'notes=x')
    after = done(ctl)
    equal((value(ctl, after, 'title'), value(ctl, after, 'priority'), value(ctl, after, 'notes')), ('Report', 'low', None))
    ctl.run('undo')
    undone(ctl, before)


def test_this_hour(ctl):
    """an hour that is another once only is the former one again, by the clock on the wall"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    task = new(ctl, 'title=Call', 'due_at=2090-03-24T09:00:00Z', 'recurrence=FREQ=WEEKLY')
    change(ctl, task, 'this', 'due_at=2090-03-24T15:30:00Z')
    equal(value(ctl, done(ctl), 'due_at'), '2090-03-31T08:00:00Z')


def test_this_day(ctl):
    """a task that is moved alone does not move the series"""
    task = weekly(ctl)
    change(ctl, task, 'this', 'due_on=2090-01-09')
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-13')


def test_this_coming(ctl):
    """a day that is to come gets a task of its own, and the series passes it over"""
    task = weekly(ctl, 'priority=high')
    before = everything(ctl)
    change(ctl, task, 'this', '--on', '2090-01-13', 'due_on=2090-01-16', 'title=Late report')
    equal(tasks(ctl, 'priority', 'recurrence'),
          [(FIRST, 'Report', 'high', 'FREQ=WEEKLY'), ('2090-01-16', 'Late report', 'high', 'None')])
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-20')
    ctl.run('undo')
    undone(ctl, before)


def test_following(ctl):
    """those that follow split the series: those before end the day before"""
    weekly(ctl, rule='FREQ=WEEKLY;COUNT=10')
    done(ctl)
    task = done(ctl)
    before = everything(ctl)
    change(ctl, task, 'following', 'title=New report', 'due_on=2090-01-23')
    equal(tasks(ctl, 'recurrence'), [(FIRST, 'Report', 'FREQ=WEEKLY;UNTIL=20900119'),
                                     ('2090-01-13', 'Report', 'FREQ=WEEKLY;UNTIL=20900119'),
                                     ('2090-01-23', 'New report', 'FREQ=WEEKLY;COUNT=8')])
    equal(value(ctl, task, 'series'), task)
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-30')
    ctl.run('undo')
    undone(ctl, before)


def test_following_coming(ctl):
    """from a day that is to come another series goes on"""
    task = weekly(ctl, rule='FREQ=WEEKLY;BYDAY=FR')
    before = everything(ctl)
    change(ctl, task, 'following', '--on', '2090-01-20', 'due_on=2090-01-19', 'assignee=')
    equal(tasks(ctl, 'recurrence'), [(FIRST, 'Report', 'FREQ=WEEKLY;UNTIL=20900119;BYDAY=FR'),
                                     ('2090-01-19', 'Report', 'FREQ=WEEKLY;BYDAY=TH')])
    ctl.run('set', 'task', task, 'status=done')
    ctl.run('undo')
    undone(ctl, before)


def test_all(ctl):
    """all of a series: what is done keeps its day, what was changed alone keeps that"""
    weekly(ctl)
    task = done(ctl)
    change(ctl, task, 'this', '--on', '2090-01-20', 'title=Special')
    before = everything(ctl)
    change(ctl, task, 'all', 'title=Summary', 'priority=low', 'due_on=2090-01-14')
    equal(tasks(ctl, 'priority'), [(FIRST, 'Summary', 'low'), ('2090-01-14', 'Summary', 'low'), ('2090-01-20', 'Special', 'low')])
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-28')
    ctl.run('undo')
    undone(ctl, before)


def test_all_of_several_days(ctl):
    """where a rule names several days, the others stay"""
    task = weekly(ctl, rule='FREQ=WEEKLY;BYDAY=MO,FR')
    change(ctl, task, 'all', '--on', '2090-01-09', 'due_on=2090-01-10')
    equal(tasks(ctl, 'recurrence'), [(FIRST, 'Report', 'FREQ=WEEKLY;BYDAY=TU,FR')])
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-10')


def test_end_of_month(ctl):
    """the last day of the month stays the last day"""
    task = new(ctl, 'title=Close', 'due_on=2090-01-31', 'recurrence=FREQ=MONTHLY;BYMONTHDAY=-1')
    change(ctl, task, 'following', '--on', '2090-02-28', 'title=Close books')
    equal(tasks(ctl, 'recurrence'), [('2090-01-31', 'Close', 'FREQ=MONTHLY;UNTIL=20900227;BYMONTHDAY=-1'),
                                     ('2090-02-28', 'Close books', 'FREQ=MONTHLY;BYMONTHDAY=-1')])
    ctl.run('set', 'task', task, 'status=done')
    equal(value(ctl, done(ctl), 'due_on'), '2090-03-31')


def test_summer_time(ctl):
    """a series that is split where the clocks change keeps its hour"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    task = new(ctl, 'title=Call', 'due_at=2090-03-17T09:00:00Z', 'recurrence=FREQ=WEEKLY')
    change(ctl, task, 'following', '--on', '2090-03-31', 'priority=high')
    equal(sorted(row['due_at'] for row in ctl.records('task', '--columns', 'due_at')),
          ['2090-03-17T09:00:00Z', '2090-03-31T08:00:00Z'])


def test_deleting(ctl):
    """one, those that follow, or all go to the trash; one undo brings them back"""
    weekly(ctl)
    task = done(ctl)
    before = everything(ctl)
    ctl.run('delete', 'task', task, '--scope', 'this')
    equal(tasks(ctl), [(FIRST, 'Report'), ('2090-01-20', 'Report')])
    undone(ctl, before)
    ctl.run('delete', 'task', task, '--scope', 'this', '--on', '2090-01-20')
    equal(value(ctl, done(ctl), 'due_on'), '2090-01-27')
    ctl.run('undo')
    undone(ctl, before)
    ctl.run('delete', 'task', task, '--scope', 'following', '--on', '2090-01-27')
    equal(value(ctl, task, 'recurrence'), 'FREQ=WEEKLY;UNTIL=20900126')
    undone(ctl, before)
    ctl.run('delete', 'task', task, '--scope', 'following')
    equal(tasks(ctl, 'recurrence'), [(FIRST, 'Report', 'FREQ=WEEKLY;UNTIL=20900112')])
    undone(ctl, before)
    ctl.run('delete', 'task', task, '--scope', 'all')
    equal(tasks(ctl), [])
    undone(ctl, before)


def several(ctl):
    """a weekly task of which one day was changed alone, and one that does not repeat"""
    task = weekly(ctl, 'priority=normal')
    change(ctl, task, 'this', '--on', '2090-01-13', 'title=Special')
    new(ctl, 'title=Once', f'due_on={FIRST}', 'priority=normal')
    return everything(ctl)


def change_many(ctl, scope, *words):
    return ctl.json('set', 'task', '--where', 'status=to_do', '--scope', scope, *words)


def test_many(ctl):
    """several tasks are changed in one act, those that repeat as far as is meant"""
    before = several(ctl)
    equal(change_many(ctl, 'this', 'priority=high')['changed'], 3)
    equal(sorted(row['priority'] for row in ctl.records('task', '--columns', 'priority')), ['high'] * 3)
    equal(value(ctl, done(ctl), 'priority'), 'normal')
    ctl.run('undo')
    undone(ctl, before)
    for scope in ('following', 'all'):
        equal(change_many(ctl, scope, 'priority=urgent')['changed'], 3)
        equal(change_many(ctl, scope, 'priority=urgent')['sequence'], 0)
        equal(value(ctl, done(ctl), 'priority'), 'urgent')
        ctl.run('undo')
        undone(ctl, before)
    ctl.run('set', 'task', '--where', 'title=Report', '--scope', 'all', 'priority=low')
    equal(tasks(ctl, 'priority'), [(FIRST, 'Once', 'normal'), (FIRST, 'Report', 'low'), ('2090-01-13', 'Special', 'low')])


def test_many_deleted(ctl):
    """several tasks go to the trash in one act, also where one takes another with it"""
    before = several(ctl)
    for scope, left in (('this', [('2090-01-20', 'Report')]), ('following', []), ('all', [])):
        equal(ctl.json('delete', 'task', '--where', 'status=to_do', '--scope', scope)['changed'], 3)
        equal(tasks(ctl), left)
        undone(ctl, before)
    ctl.run('delete', 'task', '--where', 'title=Report', '--scope', 'all')
    equal(tasks(ctl), [(FIRST, 'Once')])


def test_many_by_hundreds(ctl):
    """hundreds are one act too"""
    for number in range(3):
        weekly(ctl, f'notes={number}')
    rows = ''.join(f'Task {number},{FIRST},normal\n' for number in range(300))
    ctl.run('import', ctl.write('tasks.csv', 'Title,Due,Priority\n' + rows), '--as', 'task')
    before = tasks(ctl, 'priority', 'recurrence')
    equal(change_many(ctl, 'following', 'priority=urgent')['changed'], 303)
    equal(value(ctl, done(ctl), 'priority'), 'urgent')
    ctl.run('undo')
    ctl.run('undo')
    equal(tasks(ctl, 'priority', 'recurrence'), before)
    equal(ctl.json('delete', 'task', '--where', 'status=to_do', '--scope', 'this')['changed'], 303)
    equal(tasks(ctl), [('2090-01-13', 'Report')] * 3)
    ctl.run('undo')
    equal(tasks(ctl, 'priority', 'recurrence'), before)
    ctl.run('check')


def test_many_refused(ctl):
    """what one of them refuses is told, and nothing is done"""
    several(ctl)
    clever = new(ctl, 'title=Clever', 'due_on=2090-04-10', 'recurrence=FREQ=YEARLY;BYYEARDAY=100')
    before = everything(ctl)
    answer = ctl.run('set', 'task', '--where', 'status=to_do', '--scope', 'all', 'due_on=2090-04-11', '--json', status=1)
    assert 'can’t be moved' in answer.err, answer.err
    equal([problem['id'] for problem in answer.json['problems']], [clever])
    equal(everything(ctl), before)
    assert 'about one task' in ctl.run('set', 'task', '--where', 'status=to_do', '--scope', 'all', '--on', FIRST, 'title=x',
                                       status=2).err
    assert 'Only tasks' in ctl.run('delete', 'deal', '--where', 'name=x', '--scope', 'all', status=2).err


def test_refused(ctl):
    """what has no series, no such day or no such rule is told"""
    plain = new(ctl, 'title=Once', f'due_on={FIRST}')
    assert 'does not repeat' in ctl.run('set', 'task', plain, '--scope', 'all', 'title=x', status=1).err
    task = weekly(ctl)
    assert 'on that day' in ctl.run('set', 'task', task, '--on', '2090-01-14', 'title=x', status=1).err
    assert 'for one of them' in ctl.run('set', 'task', task, '--scope', 'this', 'recurrence=FREQ=DAILY', status=1).err
    assert 'this, following or all' in ctl.run('set', 'task', task, '--scope', 'some', 'title=x', status=2).err
    company = ctl.json('new', 'organisation', 'name=Studio')['ids'][0]
    assert 'Only tasks' in ctl.run('set', 'organisation', company, '--scope', 'all', 'name=x', status=2).err
    done(ctl)
    assert 'is over' in ctl.run('set', 'task', task, '--scope', 'all', 'title=x', status=1).err
    clever = new(ctl, 'title=Clever', 'due_on=2090-04-10', 'recurrence=FREQ=YEARLY;BYYEARDAY=100')
    assert 'can’t be moved' in ctl.run('set', 'task', clever, '--scope', 'all', 'due_on=2090-04-11', status=1).err


ctltest.run_module()
