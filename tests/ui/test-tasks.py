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
        with samples.held(file):
            app.type('Print')
            app.key('Return', 'Return', 'ctrl+a')
            app.type('Send')
        uit.wait(lambda: samples.count(file, 'task') == 2, 'one more task')
        app.key('Return')
        uit.wait(lambda: app.find('entry', 'Add a task').text == '', 'what was typed meanwhile is stored, too')
        uit.check_equal(sorted(task['title'] for task in samples.records(file, 'task')), ['Call Martin', 'Print', 'Send'],
                        'titles')
        for _ in range(2):
            app.action('win.undo')
        uit.wait(lambda: samples.count(file, 'task') == 1, 'both are taken back')
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


def cell(app, name, column):
    table = app.find('filler', 'Tasks')
    x, y, _, height = app.find('table row', re.compile(f'^{name}|: {name}'), within=table).rect
    left, _, width, _ = app.find('button', column, within=table).rect
    return left + width // 2, y + height // 2


def go_to(app, column):
    """From the row as a whole to a cell of it."""
    table = app.find('table', within=app.find('filler', 'Tasks'))
    for _ in range(12):
        if table.description.startswith(f'{column}: '):
            return
        app.key('Right')
    uit.wait(lambda: table.description.startswith(f'{column}: '), f'the cell of {column}')


def edit_title(app, name, text):
    x, y = cell(app, name, 'Title')
    app.click((x, y))
    # Elsewhere: two at one place would open it
    app.click((x - 20, y))
    app.key('F2', 'ctrl+a')
    app.type(text)
    app.key('Return')


@uit.test
def changes_of_tasks_that_repeat_ask_which_are_meant():
    file = workspace('tasks-series')
    samples.ctl('new', file, 'task', 'title=Report', f'due_on={TOMORROW}', 'recurrence=FREQ=WEEKLY')
    samples.ctl('new', file, 'task', 'title=Once', f'due_on={TOMORROW}')

    def titles():
        return sorted(task['title'] for task in samples.records(file, 'task'))

    with uit.App(file) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        edit_title(app, 'Once', 'Never')
        uit.wait(lambda: titles() == ['Never', 'Report'], 'one that does not repeat is changed at once')
        edit_title(app, 'Report', 'Long report')
        app.find('label', 'Change a Repeating Task')
        app.key('Escape')
        app.find('table row', re.compile('Report'), within=app.find('filler', 'Tasks'))
        uit.check_equal(titles(), ['Never', 'Report'], 'nothing is changed')
        edit_title(app, 'Report', 'Long report')
        app.find('label', 'Change a Repeating Task')
        app.key('Return')
        uit.wait(lambda: titles() == ['Long report', 'Never'], 'it is changed')

        # A block that is pasted: asked once, of the task that repeats
        samples.ctl('set', file, 'task', 'Never', 'title=Ever', 'priority=high')
        app.find('table row', re.compile('Ever'), within=app.find('filler', 'Tasks'))
        app.click(cell(app, 'Ever', 'Priority'))
        go_to(app, 'Priority')
        app.key('ctrl+c')
        app.find('label', 'Copied')
        app.click(cell(app, 'Long report', 'Priority'))
        go_to(app, 'Priority')
        app.key('ctrl+v')
        app.find('window', 'Paste Cells')
        app.key('Return')
        app.find('label', 'Change a Repeating Task')
        app.key('Escape')
        app.gone('label', 'Change a Repeating Task')
        uit.wait(lambda: app.find('button', re.compile('Paste$')).has('sensitive'), 'it can be pasted still')
        app.key('ctrl+Return')
        app.find('label', 'Change a Repeating Task')
        app.screenshot(samples.SHOTS / 'tasks-paste-series.png')
        app.click(app.find('button', re.compile('All$')))
        app.find('label', '1 cell pasted')
        uit.check_equal([task['priority'] for task in samples.records(file, 'task')], ['high', 'high'], 'it is pasted')
        app.action('win.undo')
        uit.wait(lambda: sorted(task['priority'] for task in samples.records(file, 'task')) == ['high', 'normal'], 'in one step')
        samples.ctl('set', file, 'task', 'Ever', 'title=Never')

        app.key('ctrl+a')
        app.find('label', '2 selected')
        app.key('Delete')
        app.find('label', 'Delete Repeating Tasks')
        app.key('Escape')
        app.find('label', '2 selected')
        app.key('Delete')
        app.find('label', 'Delete Repeating Tasks')
        app.screenshot(samples.SHOTS / 'tasks-series.png')
        app.key('Return')
        app.find('label', '2 records moved to the trash')
        uit.wait(lambda: titles() == ['Report'], 'the next one of the series has come')
        app.action('win.undo')
        uit.wait(lambda: titles() == ['Long report', 'Never'], 'all is as it was')
        app.quit()


@uit.test
def a_line_is_french_too_and_fits_a_telephone():
    file = workspace('tasks-french')
    samples.ctl('new', file, 'pipeline', 'name=Renouvellements et contrats de maintenance')
    with uit.App(file, env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 740)
        # No place asks for more than there is.
        for key, title in (('ctrl+9', 'Corbeille'), ('ctrl+5', 'Affaires'), ('ctrl+7', 'Tâches')):
            app.key(key)
            uit.wait(lambda title=title: app.windows()[0].name.startswith(title), title)
        app.find('label', 'Rien à faire')
        x, _, width, _ = app.find('entry', 'Ajouter une tâche').rect
        uit.check(0 <= x and x + width <= 360 + 10, f'the line fits: {x}, {width}')
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
