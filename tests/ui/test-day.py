#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""My day and the calendar: what is due is checked off and moved by keys, what is
forgotten is told."""
import datetime
import json
import re

import samples
import uit

TODAY = datetime.date.today()


def day(offset):
    return (TODAY + datetime.timedelta(days=offset)).isoformat()


def with_tasks(name):
    file = samples.workspace(name)
    samples.ctl('settings', file, '--zone', 'UTC')
    samples.ctl('new', file, 'organisation', 'name=Isdom')
    for title, offset, more in (('Send the offer', -3, 'priority=urgent'), ('Call Anne', 0, 'organisation=Isdom'),
                                ('Prepare the fair', 0, 'priority=high'), ('Book a room', 5, 'reminders=day'),
                                ('Much later', 30, 'priority=low')):
        samples.ctl('new', file, 'task', f'title={title}', f'due_on={day(offset)}', more)
    return file


def row(app, title):
    return app.find('list item', re.compile(rf'^{title}'))


def statuses(file):
    return {one['title']: one['status'] for one in samples.records(file, 'task')}


def wait_status(file, title, status):
    uit.wait(lambda: statuses(file).get(title) == status, f'{title} is {status}')


@uit.test
def tasks_are_checked_off_by_keys_and_undone():
    file = with_tasks('day')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+0', 'My Day')
        for title in ('Send the offer, Urgent', 'Prepare the fair, High', 'Call Anne, Isdom', 'Book a room'):
            row(app, title)
        uit.check_equal(app.find_all('list item', re.compile('^Much later')), [], 'what is due later')
        for heading in ('Overdue', 'Today', 'Next 7 Days'):
            app.find('label', heading)
        app.screenshot(samples.SHOTS / 'day.png')
        uit.wait(lambda: app.focused() is not None and app.focused().name.startswith('Send the offer'), 'the first has the keyboard')
        app.key('space')
        app.gone('list item', re.compile('^Send the offer'))
        wait_status(file, 'Send the offer', 'done')
        app.key('ctrl+z')
        row(app, 'Send the offer')
        wait_status(file, 'Send the offer', 'to_do')
        app.quit()


@uit.test
def next_of_a_series_is_there_at_once():
    file = samples.workspace('day-series')
    samples.ctl('settings', file, '--zone', 'UTC')
    samples.ctl('new', file, 'task', 'title=Water the plants', f'due_on={day(0)}', 'recurrence=FREQ=DAILY')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+0', 'My Day')
        app.find('label', 'Today')
        app.click(app.find('check box', 'Done: Water the plants'))
        app.gone('label', 'Today')
        app.find('label', 'Next 7 Days')
        uit.check_equal(samples.count(file, 'task'), 2, 'tasks')
        app.key('ctrl+z')
        app.find('label', 'Today')
        uit.check_equal(samples.count(file, 'task'), 1, 'tasks')
        app.quit()


@uit.test
def task_is_added_in_one_line():
    file = samples.workspace('day-add')
    samples.ctl('settings', file, '--zone', 'UTC')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+0', 'My Day')
        app.find('label', 'Nothing Waits for You')
        app.screenshot(samples.SHOTS / 'day-empty.png')
        app.key('ctrl+n')
        app.type('Call Dupont tomorrow')
        app.key('Return')
        row(app, 'Call Dupont')
        uit.check_equal(samples.records(file, 'task')[0]['due_on'], day(1), 'due')
        app.quit()


@uit.test
def deals_without_a_next_step_are_told():
    file = samples.with_deals('day-deals')
    samples.ctl('new', file, 'task', 'title=Call', 'deal=Desks', f'due_on={day(20)}')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+0', 'My Day')
        app.find('label', 'Deals without a Next Step')
        app.key('Return') if app.focused().name.startswith('Chairs') else app.click(row(app, 'Chairs'))
        uit.wait(lambda: samples.title(app) == 'Chairs', 'the page of the deal')
        app.key('alt+Left')
        row(app, 'Lamps')
        for title in ('Desks', 'Carpets'):
            uit.check_equal(app.find_all('list item', re.compile(f'^{title}')), [], title)
        app.quit()


def written(offset):
    """A day as an American or a computer writes it."""
    date = TODAY + datetime.timedelta(days=offset)
    return rf'({date.isoformat()}|{date.month:02}/{date.day:02}/{date.year}|{date.month}/{date.day}/{date.year})'


def due(file, title):
    return next(one for one in samples.records(file, 'task') if one['title'] == title)['due_on']


@uit.test
def task_is_moved_on_the_calendar_by_pointer_and_keys():
    file = with_tasks('calendar')
    with uit.App(file) as app:
        app.resize(1280, 860)
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        chip = app.find('button', 'Call Anne')
        app.screenshot(samples.SHOTS / 'calendar.png')
        other = app.find('button', re.compile(rf'New task on {written(-7)}$')).rect
        app.drag(chip, (other[0] + 20, other[1] + 60), steps=20)
        uit.wait(lambda: due(file, 'Call Anne') == day(-7), 'the task was dragged a week back')
        app.key('ctrl+z')
        uit.wait(lambda: due(file, 'Call Anne') == day(0), 'the task is back')
        uit.wait(lambda: app.focused() is not None and app.focused().name == 'Call Anne', 'it has the keyboard')
        app.key('ctrl+Down')
        uit.wait(lambda: due(file, 'Call Anne') == day(7), 'a week later')
        uit.wait(lambda: app.focused() is not None and app.focused().name == 'Call Anne', 'it keeps the keyboard')
        app.key('ctrl+Left')
        uit.wait(lambda: due(file, 'Call Anne') == day(6), 'a day earlier')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Call Anne', 'the page of the task')
        app.quit()


@uit.test
def calendar_follows_what_its_conditions_lead_to():
    file = with_tasks('calendar-links')
    samples.ctl('new', file, 'task', 'title=Bring samples', f'due_on={day(0)}', 'organisation=Isdom')
    samples.ctl('new', file, 'saved_view', 'name=Lyon', 'entity_name=task', 'is_shared=true', 'definition=' + json.dumps(
        {'form': 'calendar', 'default': True, 'filter': {'field': 'organisation.name', 'op': 'is', 'value': 'Isdom & Co'}}))
    with uit.App(file) as app:
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        app.find(None, re.compile('Isdom & Co'))
        uit.check(not app.find_all('button', 'Bring samples'), 'not yet')
        samples.ctl('set', file, 'organisation', 'Isdom', 'name=Isdom & Co')
        app.find('button', 'Bring samples')
        app.quit()


def closing(file):
    deal = samples.record(file, 'deal', 'Chairs')
    return deal['opened_on'], deal['expected_close_on']


@uit.test
def deals_stand_on_a_calendar_and_move():
    file = samples.with_deals('calendar-deals')
    samples.ctl('set', file, 'deal', 'Chairs', f'opened_on={day(0)}', f'expected_close_on={day(2)}')
    samples.ctl('new', file, 'saved_view', 'name=Closing', 'entity_name=deal', 'is_shared=true', 'definition=' + json.dumps(
        {'form': 'calendar', 'default': True, 'span': 'month', 'date': 'opened_on', 'end': 'expected_close_on'}))
    with uit.App(file) as app:
        app.resize(1280, 860)
        app.key('ctrl+5')
        uit.wait(lambda: len(app.find_all('button', 'Chairs', shown=False)) == 3, 'each day from the first to the last')
        app.screenshot(samples.SHOTS / 'calendar-deals.png')
        other = app.find('button', re.compile(rf'New: Deal, on {written(4)}$')).rect
        app.drag(app.find_all('button', 'Chairs')[1], (other[0] + 20, other[1] + 60), steps=20)
        uit.wait(lambda: closing(file) == (day(3), day(5)), 'both dates three days later')
        app.key('ctrl+z')
        uit.wait(lambda: closing(file) == (day(0), day(2)), 'both are back')
        app.quit()


@uit.test
def calendar_tells_when_a_task_comes_again():
    file = samples.workspace('calendar-series')
    samples.ctl('settings', file, '--zone', 'UTC')
    samples.ctl('new', file, 'task', 'title=Water the plants', f'due_on={day(0)}', 'recurrence=FREQ=DAILY')
    with uit.App(file, env=uit.DARK) as app:
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        uit.wait(lambda: len(app.find_all('button', 'Water the plants', shown=False)) > 5, 'the days to come')
        app.resize(360 + 10, 640)
        uit.wait(lambda: len(app.find_all('button', re.compile('^New task on'), shown=False)) == 7, 'a week')
        app.screenshot(samples.SHOTS / 'calendar-narrow.png')
        app.quit()


def planned(file, title):
    """Day, hour and length in minutes of a task"""
    listed = json.loads(samples.ctl('list', file, 'task', '--columns', 'title,due_at,duration', '--json'))['records']
    one = next(one for one in listed if one['title'] == title)
    if one.get('due_at') is None:
        return None
    return one['due_at'][:10], one['due_at'][11:16], (one.get('duration') or 0) // 60


def due_hour(file, title):
    listed = json.loads(samples.ctl('list', file, 'task', '--columns', 'title,due_on,due_at', '--json'))['records']
    one = next(one for one in listed if one['title'] == title)
    return one['due_on'], one.get('due_at')


def with_hours(name):
    """The week is what the calendar begins with."""
    file = samples.workspace(name)
    samples.ctl('settings', file, '--zone', 'UTC')
    for values in (('title=Visit', f'due_at={day(0)}T10:00:00Z', 'duration=1:00'), ('title=Call', f'due_at={day(0)}T10:30:00Z'),
                   ('title=Night train', f'due_at={day(1)}T23:00:00Z', 'duration=3:00'), ('title=Read', f'due_on={day(0)}')):
        samples.ctl('new', file, 'task', *values)
    samples.ctl('new', file, 'activity', 'kind=meeting', 'subject=Review', f'at={day(0)}T13:00:00Z', 'duration=0:45')
    samples.ctl('new', file, 'saved_view', 'name=Hours', 'entity_name=task', 'is_shared=true', 'definition=' + json.dumps(
        {'form': 'calendar', 'default': True, 'span': 'week'}))
    return file


def series(file):
    listed = samples.ctl('list', file, 'task', '--columns', 'due_on,recurrence', '--json')
    return sorted((one['due_on'], one['recurrence']) for one in json.loads(listed)['records'])


@uit.test
def repeating_task_is_moved_and_deleted_for_as_many_as_are_meant():
    file = samples.workspace('calendar-scope')
    samples.ctl('settings', file, '--zone', 'UTC')
    samples.ctl('new', file, 'task', 'title=Report', f'due_on={day(0)}', 'recurrence=FREQ=DAILY;INTERVAL=9')
    before = series(file)
    with uit.App(file) as app:
        app.resize(1280, 860)
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        app.find('button', 'Report')
        for _ in range(60):
            if app.focused() is not None and app.focused().name == 'Report':
                break
            app.key('Tab')
        app.key('ctrl+Right')
        app.find('button', re.compile('This and Following'))
        app.screenshot(samples.SHOTS / 'calendar-scope.png')
        app.key('Escape')
        app.gone('button', re.compile('This and Following'))
        uit.check_equal(series(file), before, 'nothing was changed')
        app.key('ctrl+Right')
        app.find('button', re.compile('This One'))
        app.key('alt+a')
        uit.wait(lambda: series(file) == [(day(1), 'FREQ=DAILY;INTERVAL=9')], 'all of it moved')
        app.key('ctrl+z')
        uit.wait(lambda: series(file) == before, 'it is back')
        uit.wait(lambda: app.focused() is not None and app.focused().name == 'Report', 'it has the keyboard')
        app.key('Delete')
        app.find('button', re.compile('This One'))
        app.key('Return')
        uit.wait(lambda: series(file) == [(day(9), 'FREQ=DAILY;INTERVAL=9')], 'the next one is there')
        app.gone('button', re.compile('This One'))
        app.key('ctrl+z')
        uit.wait(lambda: series(file) == before, 'it is back again')
        app.quit()


@uit.test
def page_of_a_repeating_task_asks_which_are_meant():
    file = samples.workspace('record-scope')
    samples.ctl('settings', file, '--zone', 'UTC')
    samples.ctl('new', file, 'task', 'title=Report', f'due_on={day(0)}', 'recurrence=FREQ=WEEKLY')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        app.click(app.find('button', 'Report'))
        uit.wait(lambda: samples.title(app) == 'Report', 'the page of the task')
        title = app.find('entry', 'Title')
        app.click(title)
        app.key('ctrl+a')
        app.type('Summary')
        app.key('Return')
        app.find('button', re.compile('This and Following'))
        app.key('Escape')
        app.gone('button', re.compile('This and Following'))
        uit.check_equal(samples.records(file, 'task')[0]['title'], 'Report', 'nothing was changed')
        uit.wait(lambda: app.find('entry', 'Title').text == 'Report', 'the field is as it was')
        app.click(app.find('entry', 'Title'))
        app.key('ctrl+a')
        app.type('Summary')
        app.key('Return')
        app.find('button', re.compile('This One'))
        app.key('Return')
        uit.wait(lambda: samples.records(file, 'task')[0]['title'] == 'Summary', 'this one was changed')
        samples.ctl('set', file, 'task', 'Summary', 'status=done')
        uit.check_equal(sorted(statuses(file)), ['Report', 'Summary'], 'the next one has the former title')
        app.quit()


# The last: the week is what a window shows from then on.
@uit.test
def task_is_moved_and_made_longer_among_the_hours():
    file = with_hours('calendar-hours')
    with uit.App(file) as app:
        app.resize(1280, 860)
        samples.go(app, 'ctrl+shift+c', 'Calendar')
        visit = app.find('button', re.compile('Visit$'))
        call = app.find('button', re.compile('Call$'))
        app.find('button', 'Read')
        app.find('button', re.compile('Review$'))
        app.screenshot(samples.SHOTS / 'calendar-hours.png')
        x, y, width, height = visit.rect
        uit.check(x + width <= call.rect[0], 'what overlaps stands side by side')
        hour = height + 1
        middle = (x + width // 2, y + height // 2)
        app.drag(middle, (middle[0], middle[1] + hour), keys=('Escape',))
        uit.check_equal(planned(file, 'Visit'), (day(0), '10:00', 60), 'a drag that was given up')
        app.find('button', re.compile('^10.*Visit$'))
        uit.check_equal(app.find('button', re.compile('Visit$')).rect, (x, y, width, height), 'its place')
        app.drag(middle, (middle[0], middle[1] + hour))
        uit.wait(lambda: planned(file, 'Visit') == (day(0), '11:00', 60), 'it was dragged to 11')
        app.key('ctrl+z')
        uit.wait(lambda: planned(file, 'Visit') == (day(0), '10:00', 60), 'it is back')
        x, y, width, height = app.find('button', re.compile('^10.*Visit$')).rect
        edge = (x + width // 2, y + height - 3)
        app.drag(edge, (edge[0], edge[1] + hour // 2))
        uit.wait(lambda: planned(file, 'Visit') == (day(0), '10:00', 90), 'it takes half an hour longer')
        uit.wait(lambda: app.focused() is not None and app.focused().name.endswith('Visit'), 'it has the keyboard')
        app.key('shift+Up')
        uit.wait(lambda: planned(file, 'Visit') == (day(0), '10:00', 75), 'a quarter shorter')
        uit.wait(lambda: app.focused() is not None and app.focused().name.endswith('Visit'), 'it keeps the keyboard')
        app.key('ctrl+Down')
        uit.wait(lambda: planned(file, 'Visit') == (day(0), '10:15', 75), 'a quarter later')
        uit.wait(lambda: app.focused() is not None and app.focused().name.endswith('Visit'), 'it keeps the keyboard')
        app.key('ctrl+Right')
        uit.wait(lambda: planned(file, 'Visit') == (day(1), '10:15', 75), 'a day later')
        visit = app.find('button', re.compile('^10.15.*Visit$'))
        above = app.find('button', re.compile(rf'New task on {written(1)}$')).rect
        app.drag(visit, (above[0] + 20, above[1] + above[3] // 2))
        uit.wait(lambda: due_hour(file, 'Visit') == (day(1), None), 'its hour was taken away')
        uit.wait(lambda: app.focused() is not None and app.focused().name == 'Visit', 'it keeps the keyboard')
        app.key('ctrl+z')
        uit.wait(lambda: planned(file, 'Visit') == (day(1), '10:15', 75), 'it has its hour again')
        app.find('button', re.compile('^10.15.*Visit$'))
        uit.wait(lambda: app.focused() is not None and app.focused().name.endswith('Visit'), 'it has the keyboard still')
        app.key('ctrl+shift+Up')
        uit.wait(lambda: due_hour(file, 'Visit') == (day(1), None), 'a key takes its hour away, too')
        app.key('ctrl+z')
        uit.wait(lambda: planned(file, 'Visit') == (day(1), '10:15', 75), 'and it is back')
        app.resize(360 + 10, 640)
        uit.wait(lambda: len(app.find_all('button', re.compile('^New task on'), shown=False)) == 3, 'three days')
        uit.check_equal(len(app.find_all('button', re.compile('Night train$'), shown=False)), 2, 'before and after midnight')
        app.screenshot(samples.SHOTS / 'calendar-hours-narrow.png')
        app.quit()


uit.main()
