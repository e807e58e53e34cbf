#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a place shows: columns, order, conditions, and all of it saved under a
name, as a list, a board or a calendar."""
import re
import shutil

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
        app.click(app.find('button', 'none of', within=view(app)))
        app.click(app.find('menu item', re.compile('Dissolve')))
        wait_count(app, both)
        app.drag(app.find('button', re.compile('^Kind is ')), app.find('button', re.compile('^Sector is ')))
        app.find('button', 'any of', within=view(app))
        wait_count(app, either)
        app.quit()


@uit.test
def conditions_are_put_together_and_read_as_a_sentence():
    with uit.App(fresh()) as app:
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
        app.quit()


uit.main()
