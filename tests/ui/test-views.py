#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a place shows: columns, order, conditions, and all of it saved under a
name, as a list, a board or a calendar."""
import datetime
import re
import shutil

import samples
import uit
from lists import SHOTS, count, ctl_count, fresh, names, open_list, titles, view, wait_count


@uit.test
def columns_are_moved_hidden_widened_and_kept():
    path = fresh('Colonnes')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        declared = titles(app)
        app.drag(app.find('button', 'Kind'), app.find('button', declared[3]))
        moved = declared[:1] + declared[2:4] + declared[1:2] + declared[4:]
        uit.wait(lambda: titles(app) == moved, 'the column is where it was dropped')
        app.click(app.find('table row'))
        app.key('Tab', 'Tab', 'Tab', 'Tab', 'ctrl+Left')
        uit.wait(lambda: titles(app)[2] == 'Kind', 'one to the left')
        width = app.find('button', 'Kind').rect[2]
        app.key('ctrl+shift+Right', 'ctrl+shift+Right')
        uit.wait(lambda: app.find('button', 'Kind').rect[2] == width + 32, 'it is wider')
        app.key('Menu')
        app.click(app.find('menu item', re.compile('Hide Column')))
        uit.wait(lambda: 'Kind' not in titles(app), 'it is hidden')
        app.click(app.find('button', declared[2]), button=3)
        app.screenshot(SHOTS / 'list-column-menu.png')
        app.key('Escape')
        kept = titles(app)
        app.quit()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        uit.wait(lambda: titles(app) == kept, 'the columns are as they were left')
        app.click(app.find('button', kept[0]), button=3)
        app.click(app.find('menu item', re.compile('Reset Columns')))
        uit.wait(lambda: titles(app) == declared, 'as declared')
        app.quit()


@uit.test
def pinned_columns_stay_while_the_others_are_scrolled():
    path = fresh('Fixes')
    with uit.App(path) as app:
        app.resize(1000, 700)
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        declared = titles(app)
        app.click(app.find('button', 'Kind'), button=3)
        app.click(app.find('menu item', re.compile('Pin Column')))
        uit.wait(lambda: titles(app)[0] == 'Kind', 'it comes first')
        app.key('F10')
        app.key('Escape')
        app.click(app.find('table row'))
        app.key('End', 'Home')
        left = app.find('button', 'Kind').rect[0]
        app.key(*['Right'] * len(declared))
        last = titles(app)[-1]
        uit.wait(lambda: app.find('button', declared[0]).rect[0] < left, 'the others are scrolled')
        uit.check_equal(app.find('button', 'Kind').rect[0], left, 'the pinned one is where it was')
        app.screenshot(SHOTS / 'list-pinned.png', app.find('window'))
        app.quit()
    with uit.App(path) as app:
        app.resize(1000, 700)
        open_list(app, 'ctrl+2', 'Organisations')
        uit.wait(lambda: titles(app)[0] == 'Kind', 'it is kept')
        app.click(app.find('table row'))
        app.key('shift+Tab')
        uit.wait(lambda: app.focused() and app.focused().role == 'button', 'a title has the keyboard')
        app.quit()


@uit.test
def shift_sorts_by_one_more_column():
    with uit.App(fresh('Ordre')) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.click(app.find('button', 'Kind'))
        uit.wait(lambda: 'sorted' in app.find('button', 'Kind').description, 'by kind')
        column = titles(app).index('Kind')
        app.xdotool('keydown', 'shift')
        app.click(app.find('button', 'Name'))
        app.click(app.find('button', 'Name'))
        app.xdotool('keyup', 'shift')
        uit.wait(lambda: 'descending; number 2' in app.find('button', 'Name').description, 'then by name')
        rows = app.rows(view(app))
        first = [row[0].casefold() for row in rows if row[column] == rows[0][column]]
        uit.check(len(first) > 3 and first[0][0] > 'm', 'names go down within a kind')
        app.screenshot(SHOTS / 'list-sorted-twice.png', app.find('window'))
        app.quit()


@uit.test
def the_menu_of_a_record_filters_by_a_value():
    with uit.App(fresh('Valeur')) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        row = app.find('table row')
        kind = titles(app).index('Kind')
        app.click(app.find_all('table cell', within=row)[kind], button=3)
        app.screenshot(SHOTS / 'list-row-menu.png')
        app.click(app.find('menu item', re.compile('^Only Kind: ')))
        chip = app.find('button', re.compile('^Kind is '))
        uit.wait(lambda: 0 < count(app) < 400, 'fewer records')
        value = chip.name.removeprefix('Kind is ')
        uit.check(all(row[kind] == value for row in app.rows(view(app))), 'only those')
        app.key('Menu')
        app.find('menu item', re.compile('^Only Name: '))
        app.key('Escape')
        app.quit()


@uit.test
def views_are_saved_shown_renamed_and_deleted():
    path = fresh('Vues')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        kind = titles(app).index('Kind')
        app.click(app.find_all('table cell', within=app.find('table row'))[kind], button=3)
        app.click(app.find('menu item', re.compile('^Only Kind: ')))
        uit.wait(lambda: 0 < count(app) < 400, 'fewer records')
        narrowed = count(app)
        app.click(app.find('button', 'Sector'), button=3)
        app.click(app.find('menu item', re.compile('Hide Column')))
        uit.wait(lambda: 'Sector' not in titles(app), 'one column less')
        app.click(app.find('button', 'Views', within=view(app)))
        app.find('entry', 'Name of the view').set_text('Mes clients')
        app.click(app.find('check box', re.compile('Open this place with it')))
        app.click(app.find('button', re.compile('Save View')))
        app.find('label', 'View “Mes clients” saved')
        app.click(app.find('button', 'Views', within=view(app)))
        app.screenshot(SHOTS / 'list-views.png')
        app.click(app.find('button', 'Standard'))
        wait_count(app, 400)
        uit.check('Sector' in titles(app), 'the columns are as declared')
        app.click(app.find('button', 'Views', within=view(app)))
        app.click(app.find('button', 'Mes clients'))
        wait_count(app, narrowed)
        uit.check('Sector' not in titles(app), 'and as saved')
        app.quit()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, narrowed)
        app.click(app.find('button', 'Views', within=view(app)))
        app.find('entry', 'Name of the view').set_text('Clients')
        app.click(app.find('button', re.compile('Rename')))
        app.find('label', 'View renamed')
        app.click(app.find('button', 'Views', within=view(app)))
        app.find('button', 'Clients')
        app.click(app.find('button', re.compile('Delete')))
        app.find('label', 'View “Clients” deleted')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone'))
        app.click(app.find('button', 'Views', within=view(app)))
        app.find('button', 'Clients')
        app.key('Escape')
        app.quit()
    moved = path.with_name('Ailleurs.comptoir')
    for old in path.parent.glob(path.name + '*'):
        shutil.copy(old, str(old).replace('Vues', 'Ailleurs'))
    with uit.App(moved) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, narrowed)
        uit.check('Sector' not in titles(app), 'it is the default wherever nobody has chosen')
        app.quit()


def with_tasks(name):
    file = samples.workspace(name)
    for title, status, priority in (('Call Isdom', 'to_do', 'high'), ('Write offer', 'to_do', 'normal'),
                                    ('Send samples', 'in_progress', 'high')):
        samples.ctl('new', file, 'task', f'title={title}', f'status={status}', f'priority={priority}',
                    f'due_on={datetime.date.today().isoformat()}')
    return file


def column_of(app, title):
    found = app.find_all('list item', re.compile(rf'^{title}(,|$)'), within=view(app))
    return found[0].parent.name if len(found) == 1 else None


def columns(app):
    return [one.name for one in app.find_all('panel', re.compile('^(Urgent|High|Normal|Low)$'), within=view(app))]


def menu(app, *items):
    app.click(app.find('button', 'Columns', within=view(app)))
    for item in items:
        app.click(app.find(None, item, where=lambda node: 'menu item' in node.role or node.role == 'check box'))


def save_view(app, name, *checks):
    app.click(app.find('button', 'Views', within=view(app)))
    app.find('entry', 'Name of the view').set_text(name)
    for check in checks:
        app.click(app.find('check box', re.compile(check)))
    app.click(app.find('button', re.compile('Save View')))
    app.find('label', f'View “{name}” saved')


def show_view(app, name):
    app.click(app.find('button', 'Views', within=view(app)))
    app.click(app.find('button', name))


@uit.test
def boards_are_saved_with_their_columns_and_open_from_the_list():
    file = with_tasks('Tableau')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+7', 'Tasks')
        app.find('label', '3 records')
        app.click(app.find('button', 'Board', within=view(app)))
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'To do', 'the board')
        menu(app, 'Priority')
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'High', 'by priority')
        uit.wait(lambda: columns(app) == ['Urgent', 'High', 'Normal', 'Low'], 'all columns')
        menu(app, 'Shown Columns', 'Low')
        uit.wait(lambda: 'Low' not in columns(app), 'one column less')
        app.key('Escape')
        save_view(app, 'Priorities', 'hare it')
        uit.wait(lambda: samples.records(file, 'saved_view'), 'it is stored')
        saved = samples.records(file, 'saved_view')[0]
        uit.check(saved['is_shared'], 'shared')
        app.screenshot(SHOTS / 'views-board.png', app.find('window'))
        menu(app, 'Hide What Is Empty')
        uit.wait(lambda: columns(app) == ['High', 'Normal'], 'those with cards')
        show_view(app, 'Standard')
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'To do', 'as declared')
        app.click(app.find('button', 'List', within=view(app)))
        uit.wait(lambda: names(app), 'rows')
        show_view(app, 'Priorities')
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'High', 'the board again')
        uit.wait(lambda: 'Low' not in columns(app) and 'Urgent' in columns(app), 'with its columns')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone'))
        uit.check_equal(samples.records(file, 'saved_view'), [], 'saved views')
        app.quit()


@uit.test
def calendars_are_saved_and_the_default_of_a_place_has_a_form():
    file = with_tasks('Calendrier')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        app.find('list item', 'Calendar')
        app.key('ctrl+shift+c')
        uit.wait(lambda: app.windows()[0].name.startswith('Calendar'), 'the calendar')
        shown = lambda: app.find_all(None, re.compile('^(Call Isdom|Write offer|Send samples)'), within=view(app))
        uit.wait(lambda: len(shown()) >= 3, 'the tasks')
        app.click(app.find('button', 'Add Filter', within=view(app)))
        app.find('entry', 'Which field?')
        app.type('Priority')
        app.key('Return')
        app.click(app.find('check box', 'High'))
        app.click(app.find('button', re.compile('Apply')))
        uit.wait(lambda: not app.find_all(None, re.compile('^Write offer'), within=view(app)), 'those that matter')
        app.rest()
        save_view(app, 'What matters')
        app.screenshot(SHOTS / 'views-calendar.png', app.find('window'))
        show_view(app, 'Standard')
        uit.wait(lambda: app.find_all(None, re.compile('^Write offer'), within=view(app)), 'all of them')
        samples.go(app, 'ctrl+7', 'Tasks')
        app.find('label', '3 records')
        show_view(app, 'What matters')
        uit.wait(lambda: app.windows()[0].name.startswith('Calendar'), 'in its form')
        uit.wait(lambda: not app.find_all(None, re.compile('^Write offer'), within=view(app)), 'those that matter')
        samples.go(app, 'ctrl+7', 'Tasks')
        app.click(app.find('button', 'Board', within=view(app)))
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'To do', 'the board')
        menu(app, 'Priority')
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'High', 'by priority')
        save_view(app, 'By priority', 'Open this place')
        app.quit()
    moved = file.with_name('Ailleurs.comptoir')
    for old in file.parent.glob(file.name + '*'):
        shutil.copy(old, str(old).replace('Calendrier', 'Ailleurs'))
    with uit.App(moved) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+7', 'Tasks')
        uit.wait(lambda: column_of(app, 'Call Isdom') == 'High', 'it opens as a board')
        app.quit()


@uit.test
def recent_filters_are_offered_again():
    path = fresh('Filtres')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        uit.check(not app.find_all('button', 'Recent Filters', within=view(app)), 'none yet')
        row = app.find('table row')
        kind = titles(app).index('Kind')
        app.click(app.find_all('table cell', within=row)[kind], button=3)
        app.click(app.find('menu item', re.compile('^Only Kind: ')))
        uit.wait(lambda: 0 < count(app) < 400, 'fewer records')
        narrowed = count(app)
        app.find('button', re.compile('^Kind is '))
        uit.wait(lambda: app.find_all('button', 'Recent Filters', within=view(app)), 'it is remembered')
        app.rest()
        app.click(app.find('button', 'Remove Condition', within=view(app)))
        wait_count(app, 400)
        app.quit()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.click(app.find('button', 'Recent Filters', within=view(app)))
        item = app.find('list item', re.compile('^Kind is '))
        app.screenshot(SHOTS / 'list-recent-filters.png')
        app.click(item)
        wait_count(app, narrowed)
        app.quit()


@uit.test
def conditions_are_grouped_by_keyboard_and_by_dragging():
    path = fresh('Groupes')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.resize(1580, 760)
        uit.wait(lambda: app.find('window').rect[2] > 1500, 'there is room beside the group')
        columns = titles(app)
        row = app.rows(view(app))[0]
        for title in ('Kind', 'Sector'):
            cells = app.find_all('table cell', within=app.find('table row'))
            app.click(cells[columns.index(title)], button=3)
            app.click(app.find('menu item', re.compile(f'^Only {title}: ')))
            app.find('button', re.compile(f'^{title} is '))
        kind, sector = (f'{title.lower()}={row[columns.index(title)]}' for title in ('Kind', 'Sector'))
        kind = kind.lower()
        both = ctl_count(path, 'organisation', kind, sector)
        either = ctl_count(path, 'organisation', kind) + ctl_count(path, 'organisation', sector) - both
        wait_count(app, both)
        app.key('ctrl+f', 'Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Menu')
        app.click(app.find('menu item', re.compile('Put Together')))
        wait_count(app, either)
        words = app.find('button', 'any of', within=view(app))
        app.screenshot(SHOTS / 'list-filter-group.png', app.find('window'))
        app.click(words)
        app.click(app.find('menu item', re.compile('None of These')))
        wait_count(app, 400 - either)
        uit.wait(lambda: app.focused() and app.focused().name == 'none of', 'the keyboard stays with the group')
        app.click(app.find('button', 'none of', within=view(app)))
        app.click(app.find('menu item', re.compile('Dissolve')))
        wait_count(app, both)
        app.drag(app.find('button', re.compile('^Kind is ')), app.find('button', re.compile('^Sector is ')))
        app.find('button', 'any of', within=view(app))
        wait_count(app, either)
        left, top, wide, high = app.find('window').rect
        app.drag(app.find('button', re.compile('^Kind is ')), (left + wide - 40, app.find('button', 'any of').center[1]))
        wait_count(app, both)
        app.quit()


@uit.test
def conditions_are_put_together_and_read_as_a_sentence():
    path = fresh()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.click(app.find('button', 'Add Filter', within=view(app)))
        app.find('entry', 'Which field?')
        app.type('Kind')
        app.key('Return')
        app.click(app.find('check box', 'Partner'))
        app.click(app.find('button', re.compile('Apply')))
        chip = app.find('button', re.compile('Kind.*Partner'))
        uit.wait(lambda: 0 < count(app) < 400, 'fewer records')
        uit.check(all('Partner' in row for row in app.rows(view(app))), 'only partners')
        app.screenshot(SHOTS / 'list-condition.png', app.find('window'))
        uit.check(chip, 'the condition is a chip')
        app.click(app.find('button', 'Remove Condition'))
        wait_count(app, 400)
        app.click(app.find('button', 'Add Filter', within=view(app)))
        app.find('entry', 'Which field?')
        app.type('coun owner')
        app.find('label', 'Nothing found')
        app.key('ctrl+a')
        app.type('rev ann')
        app.key('Return')
        app.find('entry', 'Annual revenue')
        app.type('22657000')
        app.key('Return')
        app.find('button', re.compile('Annual revenue is'))
        wait_count(app, ctl_count(path, 'organisation', 'revenue=22657000 EUR'))
        app.quit()


uit.main()
