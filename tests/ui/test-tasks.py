#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks are written down in one line, and what is understood is shown."""
import datetime
import re

import samples
import uit

TODAY = datetime.datetime.now(datetime.timezone.utc).date()
TOMORROW = (TODAY + datetime.timedelta(days=1)).isoformat()


def workspace(name):
    file = samples.workspace(name)
    samples.ctl('settings', file, '--zone', 'UTC')
    return file


@uit.test
def a_task_is_written_in_one_line():
    file = workspace('tasks-line')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        app.find('label', 'Nothing to Do')
        app.screenshot(samples.SHOTS / 'tasks-empty.png')
        app.click(app.find('entry', 'Add a task'))
        app.type('Call Martin tomorrow 10:00 !high')
        for part in ('Call Martin', 'Tomorrow, 10:00', 'High'):
            app.find('label', part)
        app.screenshot(samples.SHOTS / 'tasks-line.png')
        app.key('Return')
        uit.wait(lambda: samples.count(file, 'task') == 1, 'the task')
        task = samples.records(file, 'task')[0]
        uit.check_equal((task['title'], task['due_on'], task['due_at'], task['priority'], task['status']),
                        ('Call Martin', TOMORROW, f'{TOMORROW}T10:00:00Z', 'high', 'to_do'), 'the task')
        app.find('table row', re.compile('Call Martin'))
        uit.wait(lambda: app.find('entry', 'Add a task').text == '', 'the line is empty again')

        app.type('demain')
        app.find('label', 'What is to be done?')
        app.key('Return')
        app.key('ctrl+a', 'BackSpace')
        uit.check_equal(samples.count(file, 'task'), 1, 'tasks')
        app.action('win.undo')
        uit.wait(lambda: samples.count(file, 'task') == 0, 'it is taken back')
        app.quit()


@uit.test
def a_search_that_finds_nothing_is_no_empty_place():
    file = workspace('tasks-search')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        app.find('label', 'Nothing to Do')
        app.key('ctrl+f')
        app.type('zanzibar')
        app.find('label', 'Nothing Found')
        app.quit()


@uit.test
def a_line_is_french_too_and_fits_a_telephone():
    file = workspace('tasks-french')
    with uit.App(file, env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(380, 740)
        app.key('ctrl+7')
        app.find('label', 'Rien à faire')
        app.screenshot(samples.SHOTS / 'tasks-empty-french.png')
        entry = app.find('entry', 'Ajouter une tâche')
        app.click(entry)
        app.type("Appeler Martin demain 10h30 !haute")
        app.find('label', 'Haute')
        app.screenshot(samples.SHOTS / 'tasks-line-french.png')
        app.key('Return')
        uit.wait(lambda: samples.count(file, 'task') == 1, 'the task')
        uit.check_equal(samples.records(file, 'task')[0]['due_at'], f'{TOMORROW}T10:30:00Z', 'due')
        app.quit()


uit.main()
