#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places and lists: what a person does all day, with pointer and keyboard, on
the demonstration workspace."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-list-')
DEMO = pathlib.Path(HOME.name, 'demo.comptoir')
subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'demo', DEMO], check=True,
               stdout=subprocess.DEVNULL)


def fresh(name='Maison'):
    """A workspace that a test may change."""
    path = pathlib.Path(HOME.name, name + '.comptoir')
    shutil.copy(DEMO, path)
    for suffix in ('-wal', '-shm'):
        pathlib.Path(str(path) + suffix).unlink(missing_ok=True)
    return path


def open_list(app, key, title):
    app.find('list item', title)
    app.key(key)
    uit.wait(lambda: app.windows()[0].name.startswith(title), f'{title} are shown')
    return app.find('table', title)


def view(app):
    """What the window shows; the views of other places are in the tree too."""
    title = app.windows()[0].name.split(' — ')[0]
    return app.find('filler', title)


def count(app):
    """The number below the title; -1 while it is not known."""
    labels = app.find_all('label', re.compile(r'^[\d,]+ records?$'), within=view(app))
    return int(labels[0].name.split()[0].replace(',', '')) if labels else -1


def wait_count(app, number):
    uit.wait(lambda: count(app) == number, f'{number} records')


def names(app):
    return [row[0] for row in app.rows(view(app)) if row]


@uit.test
def places_are_in_the_sidebar_and_have_keys():
    with uit.App(fresh()) as app:
        for number, title in ((2, 'Organisations'), (3, 'Contacts'), (4, 'Leads'), (6, 'Products'),
                              (7, 'Tasks'), (8, 'Activities')):
            open_list(app, f'ctrl+{number}', title)
        app.click(app.find('list item', 'Contacts'))
        uit.wait(lambda: app.windows()[0].name.startswith('Contacts'), 'contacts are shown')
        wait_count(app, 1200)
        app.quit()


@uit.test
def tasks_begin_with_what_is_to_be_done():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+7', 'Tasks')
        uit.wait(lambda: names(app), 'rows')
        uit.check(not any('Done' in row or 'Cancelled' in row for row in app.rows(view(app))), 'open ones only')
        opened = count(app)
        app.click(app.find('button', 'Remove Condition'))
        uit.wait(lambda: count(app) > opened, 'the finished ones as well')
        app.quit()


@uit.test
def list_is_sorted_by_a_click_on_a_title():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+3', 'Contacts')
        uit.wait(lambda: names(app), 'rows')
        first = names(app)
        app.click(app.find('button', 'Full name'))
        uit.wait(lambda: names(app) and names(app)[0] != first[0], 'the other end comes up')
        uit.check(names(app)[0].casefold() > first[0].casefold(), 'descending')
        app.quit()


def titles(app):
    """The columns, from left to right."""
    buttons = app.find_all('button', within=app.find('table', within=view(app)))
    return [button.name for button in sorted(buttons, key=lambda node: node.rect[0])]


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
        app.click(app.find('check box', re.compile('Open this list with it')))
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
def search_finds_as_it_is_typed_and_escape_gives_everything_back():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+3', 'Contacts')
        wait_count(app, 1200)
        app.key('ctrl+f')
        app.type('dumont')
        uit.wait(lambda: 0 < count(app) < 100, 'fewer records')
        app.key('Escape')
        wait_count(app, 1200)
        app.quit()


@uit.test
def nothing_found_says_what_to_do():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+3', 'Contacts')
        app.key('ctrl+f')
        app.type('qqqqqqqq')
        app.find('label', 'Nothing Found')
        app.click(app.find('button', re.compile('Clear Search and Conditions')))
        wait_count(app, 1200)
        app.quit()


@uit.test
def keys_move_and_open_and_go_back():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+3', 'Contacts')
        uit.wait(lambda: names(app), 'rows')
        second = names(app)[1]
        app.key('Down', 'Return')
        uit.wait(lambda: app.windows()[0].name.startswith(second), 'the page of the second record')
        app.key('alt+Left')
        uit.wait(lambda: app.windows()[0].name.startswith('Contacts'), 'the list again')
        app.key('End')
        uit.wait(lambda: names(app) and second not in names(app), 'the last rows')
        app.quit()


@uit.test
def delete_moves_to_the_trash_and_undo_brings_it_back():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+3', 'Contacts')
        wait_count(app, 1200)
        uit.wait(lambda: names(app), 'rows')
        kept = names(app)
        app.key('ctrl+space', 'Down', 'Down', 'ctrl+space')
        app.find('label', '2 selected')
        app.key('Delete')
        app.find('label', '2 records moved to the trash')
        wait_count(app, 1198)
        uit.wait(lambda: names(app)[:1] == kept[1:2], 'the others move up')
        open_list(app, 'ctrl+9', 'Trash')
        uit.wait(lambda: sorted(names(app)) == sorted([kept[0], kept[2]]), 'both are in the trash')
        open_list(app, 'ctrl+3', 'Contacts')
        app.key('ctrl+z')
        wait_count(app, 1200)
        uit.wait(lambda: names(app)[:3] == kept[:3], 'everything is as it was')
        app.quit()


def change_selected(app, what):
    """From the bar below the list to the window that asks for the value."""
    app.click(app.find('button', 'Change'))
    app.click(app.find('menu item', what))
    uit.wait(lambda: len(app.windows()) == 2, 'the window that asks')
    return app.find('window', re.compile('^Change'))


def ctl_count(path, kind, *conditions):
    done = subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'list', path, kind, *conditions, '--count'], check=True,
                          capture_output=True, text=True)
    return int(done.stdout)


@uit.test
def all_that_match_are_tagged_and_undone_as_one():
    path = fresh('Bulk')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.key('ctrl+a')
        app.find('label', '400 selected')
        window = change_selected(app, 'Tag…')
        uit.check_equal(window.name, 'Change 400 Organisations', 'how many')
        app.click(app.find('entry', 'Tags', within=window))
        app.type('Salon 2026')
        app.key('ctrl+Return')
        app.find('label', '400 records changed')
        uit.check_equal(ctl_count(path, 'organisation', 'tags~Salon 2026'), 400, 'tagged')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone: Change Tags of 400'))
        uit.check_equal(ctl_count(path, 'organisation', 'tags~Salon 2026'), 0, 'tagged')
        app.quit()


@uit.test
def a_field_of_some_is_changed_by_keyboard():
    path = fresh('Some')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        before = ctl_count(path, 'organisation', 'sector=Levage')
        app.key('shift+Down', 'shift+Down')
        app.find('label', '3 selected')
        window = change_selected(app, 'Edit…')
        app.find('combo box', 'Field', within=window)
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes the window')
        window = change_selected(app, 'Edit…')
        app.click(app.find('combo box', 'Field', within=window))
        app.key('Down', 'Down', 'Return')
        app.click(app.find('entry', 'Sector', within=window))
        app.type('Levage')
        app.click(app.find('button', re.compile('Apply$'), within=window))
        app.find('label', '3 records changed')
        uit.check_equal(ctl_count(path, 'organisation', 'sector=Levage'), before + 3, 'changed')
        app.quit()


@uit.test
def what_must_be_there_is_not_cleared():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        app.key('ctrl+space')
        window = change_selected(app, 'Edit…')
        app.click(app.find('button', re.compile('Apply$'), within=window))
        app.find(None, re.compile('This can’t be empty'), within=window)
        uit.check_equal(len(app.windows()), 2, 'windows')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes the window')
        app.quit()


@uit.test
def trash_restores():
    with uit.App(fresh()) as app:
        open_list(app, 'ctrl+6', 'Products')
        uit.wait(lambda: names(app), 'rows')
        first, number = names(app)[0], count(app)
        app.key('Delete')
        wait_count(app, number - 1)
        open_list(app, 'ctrl+9', 'Trash')
        uit.wait(lambda: names(app) == [first], 'it is in the trash')
        app.click(app.find('button', re.compile('Restore')))
        app.find('label', 'The Trash Is Empty')
        open_list(app, 'ctrl+6', 'Products')
        wait_count(app, number)
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


@uit.test
def selection_and_place_stay_when_another_process_changes_a_record():
    path = fresh()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        wait_count(app, 400)
        uit.wait(lambda: names(app), 'rows')
        before = names(app)
        app.key('Down', 'Down', 'ctrl+space')
        app.find('label', '1 selected')
        subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'new', path, 'organisation', 'name=AAA first of all'],
                       check=True, stdout=subprocess.DEVNULL)
        wait_count(app, 401)
        uit.wait(lambda: names(app)[0] == 'AAA first of all', 'the new record is at its place')
        app.find('label', '1 selected')
        selected = app.find('table row', where=lambda node: node.has('selected'))
        uit.check(before[2] in selected.name, 'the selection is where it was')
        app.quit()


@uit.test
def a_workspace_without_records_says_what_to_do():
    path = pathlib.Path(HOME.name, 'empty.comptoir')
    subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'init', path], check=True, stdout=subprocess.DEVNULL)
    with uit.App(path) as app:
        app.find('list item', 'Contacts')
        app.key('ctrl+3')
        app.find('label', 'No Contacts Yet')
        app.find('button', re.compile('New'))
        app.find('button', re.compile('Import…'))
        app.screenshot(SHOTS / 'list-empty.png', app.find('window'))
        app.quit()


@uit.test
def a_file_that_is_no_workspace_is_refused_with_a_sentence():
    path = pathlib.Path(HOME.name, 'letter.comptoir')
    path.write_text('Dear customer,\n' * 100)
    with uit.App(path) as app:
        app.find('label', '“letter” Can’t Be Opened')
        app.find('button', re.compile('Open Workspace…'))
        app.screenshot(SHOTS / 'list-refused.png', app.find('window'))
        app.quit()
    uit.check_equal(path.read_text(), 'Dear customer,\n' * 100, 'the file')


@uit.test
def narrow_windows_fold():
    with uit.App(fresh()) as app:
        app.find('list item', 'Contacts')
        app.resize(380, 700)
        app.key('ctrl+3')
        wait_count(app, 1200)
        uit.wait(lambda: names(app), 'rows')
        app.click(app.find('button', 'Back'))
        app.find('list item', 'Trash')
        app.quit()


@uit.test
def everything_has_a_name():
    with uit.App(fresh()) as app:
        for key in ('ctrl+3', 'ctrl+9'):
            app.key(key)
            app.find('table')
            nameless = [node for node in app.find_all() if uit.TYPE_NAME.match(node.name)
                        and node.role in ('button', 'toggle button', 'entry', 'table', 'table row', 'table cell')]
            uit.check(not nameless, f'no names: {nameless}')
        app.quit()


uit.main()
