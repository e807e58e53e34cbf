#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that come again."""
import ctltest
from ctltest import equal

# All in a year that no test will see: the next one is never in the past
FIRST = '2090-01-06'


def new(ctl, *words):
    return ctl.json('new', 'task', *words)['ids'][0]


def value(ctl, task, field):
    return ctl.json('show', 'task', task)['record'].get(field)


def days(ctl):
    return sorted((task['due_on'], task['status']) for task in ctl.records('task', '--columns', 'due_on,status'))


def test_next(ctl):
    """doing a task that repeats makes the next one; one undo takes both back"""
    task = new(ctl, 'title=Report', f'due_on={FIRST}', 'recurrence=every week', 'reminders=day;day_before', 'priority=high')
    equal(value(ctl, task, 'recurrence'), 'FREQ=WEEKLY')
    equal(value(ctl, task, 'series'), task)
    ctl.run('set', 'task', task, 'status=done')
    equal(days(ctl), [(FIRST, 'done'), ('2090-01-13', 'to_do')])
    following = next(entry for entry in ctl.records('task') if entry['id'] != task)
    equal(value(ctl, following['id'], 'reminders'), ['day', 'day_before'])
    equal(value(ctl, following['id'], 'priority'), 'high')
    equal(value(ctl, following['id'], 'series'), task)
    equal(value(ctl, following['id'], 'completed_at'), None)
    ctl.run('undo')
    equal(days(ctl), [(FIRST, 'to_do')])
    ctl.run('redo')
    equal(days(ctl), [(FIRST, 'done'), ('2090-01-13', 'to_do')])
    ctl.run('check')


def test_once(ctl):
    """a task that is done twice goes on once"""
    task = new(ctl, 'title=Report', f'due_on={FIRST}', 'recurrence=FREQ=DAILY')
    for status in ('done', 'to_do', 'done', 'cancelled', 'in_progress', 'cancelled'):
        ctl.run('set', 'task', task, f'status={status}')
    equal(len(days(ctl)), 2)


def test_end(ctl):
    """a rule that ends makes no more"""
    task = new(ctl, 'title=Report', f'due_on={FIRST}', 'recurrence=FREQ=WEEKLY;COUNT=2')
    for _ in range(3):
        open_tasks = [entry['id'] for entry in ctl.records('task', '--columns', 'status') if entry['status'] == 'to_do']
        for task in open_tasks:
            ctl.run('set', 'task', task, 'status=done')
    equal(days(ctl), [(FIRST, 'done'), ('2090-01-13', 'done')])


def test_moved(ctl):
    """a task that was moved alone does not move the series; its hour stays by the clock on the wall"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    task = new(ctl, 'title=Report', 'due_at=2090-03-24T09:00:00Z', 'recurrence=FREQ=WEEKLY')
    equal(value(ctl, task, 'due_on'), '2090-03-24')
    ctl.run('set', 'task', task, 'due_on=2090-03-25')
    equal(value(ctl, task, 'due_at'), '2090-03-25T09:00:00Z')
    ctl.run('set', 'task', task, 'status=done')
    following = next(entry['id'] for entry in ctl.records('task') if entry['id'] != task)
    equal(value(ctl, following, 'due_at'), '2090-03-31T08:00:00Z')


def test_refused(ctl):
    """what comes every second, never, or is no rule is refused with a sentence"""
    for rule, words in (('FREQ=SECONDLY', 'at most once a day'), ('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no day'),
                        ('FREQ=OFTEN', 'is written FREQ='), ('FREQ=DAILY;INTERVAL=0', 'INTERVAL of a rule is a whole number from 1 to 1000'),
                        ('FREQ=DAILY;COUNT=0', 'COUNT of a rule is a whole number from 1 to 10000'),
                        ('FREQ=DAILY;UNTIL=20200101', 'ends before the task is due'), ('sometimes', 'not a rule')):
        assert words in ctl.run('new', 'task', 'title=x', f'recurrence={rule}', status=1).err
    equal(ctl.count('task'), 0)


def test_late(ctl):
    """who is late does not get what was due meanwhile"""
    task = new(ctl, 'title=Report', 'due_on=2020-01-06', 'recurrence=FREQ=DAILY')
    ctl.run('set', 'task', task, 'status=done')
    equal(len(days(ctl)), 2)
    assert days(ctl)[1][0] > '2026', days(ctl)


ctltest.run_module()
