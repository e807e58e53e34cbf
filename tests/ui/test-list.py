#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Places and lists: what a person does all day, with pointer and keyboard, on
the demonstration workspace."""
import os
import pathlib
import re
import subprocess

import uit
from lists import HOME, SHOTS, count, ctl_count, fresh, names, open_list, view, wait_count


def change_selected(app, what):
    """From the bar below the list to the window that asks for the value."""
    app.click(app.find('button', 'Change'))
    app.click(app.find('menu item', what))
    uit.wait(lambda: len(app.windows()) == 2, 'the window that asks')
    return app.find('window', re.compile('^Change'))


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
        app.type('Salon 2026')
        uit.wait(lambda: app.find('entry', 'Tags', within=window).text == 'Salon 2026', 'the keyboard is where the tags go')
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
        uit.wait(lambda: app.find('combo box', 'Field', within=window).has('focused'), 'the keyboard is at the field')
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
def trash_restores_and_deletes_what_was_chosen():
    path = fresh()
    with uit.App(path) as app:
        open_list(app, 'ctrl+6', 'Products')
        uit.wait(lambda: names(app), 'rows')
        (first, second), number = names(app)[:2], count(app)
        app.key('Delete')
        wait_count(app, number - 1)
        open_list(app, 'ctrl+9', 'Trash')
        uit.wait(lambda: names(app) == [first], 'it is in the trash')
        app.click(app.find('button', re.compile('Restore')))
        app.find('label', 'The Trash Is Empty')
        open_list(app, 'ctrl+6', 'Products')
        wait_count(app, number)
        subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'delete', path, 'product', first], check=True,
                       stdout=subprocess.DEVNULL)
        wait_count(app, number - 1)
        open_list(app, 'ctrl+9', 'Trash')
        uit.wait(lambda: names(app) == [first], 'it is in the trash again')
        app.click(app.find('button', re.compile('Delete for Good…$')))
        yes = app.find('button', re.compile('Delete for Good$'))
        # The other one is now where the first one was.
        subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'delete', path, 'product', second], check=True,
                       stdout=subprocess.DEVNULL)
        uit.wait(lambda: names(app) == [second, first], 'another process has put something on top')
        app.click(yes)
        app.find('label', '1 record deleted for good')
        uit.wait(lambda: names(app) == [second], 'what was chosen is gone')
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
