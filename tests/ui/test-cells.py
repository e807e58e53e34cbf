#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cells of a list are changed in their place, by keyboard."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import samples
import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-cells-')
DEMO = pathlib.Path(HOME.name, 'demo.comptoir')
subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'demo', DEMO], check=True,
               stdout=subprocess.DEVNULL)


def fresh(name):
    """A workspace that a test may change."""
    path = pathlib.Path(HOME.name, name + '.comptoir')
    shutil.copy(DEMO, path)
    return path


def view(app):
    return app.find('filler', app.windows()[0].name.split(' — ')[0])


def open_list(app, key, title):
    app.find('list item', title)
    app.key(key)
    uit.wait(lambda: app.windows()[0].name.startswith(title), f'{title} are shown')
    uit.wait(lambda: app.rows(view(app)), 'rows')


def grid(app):
    return app.find('table', within=view(app))


def titles(app):
    """The columns, from left to right."""
    buttons = app.find_all('button', within=grid(app))
    return [button.name for button in sorted(buttons, key=lambda node: node.rect[0])]


def go_to(app, column):
    """The cell cursor, from the row as a whole to a column."""
    app.key(*['Right'] * (titles(app).index(column) + 1))
    uit.wait(lambda: grid(app).description.startswith(f'{column}: '), f'the cell of {column}')


def rows(app):
    return app.rows(view(app))


def ctl_count(path, kind, *conditions):
    done = subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'list', path, kind, *conditions, '--count'], check=True,
                          capture_output=True, text=True)
    return int(done.stdout)


@uit.test
def typing_on_a_cell_changes_it_and_undo_brings_it_back():
    path = fresh('Texte')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        column = titles(app).index('Sector')
        before = rows(app)[1][column]
        app.key('Down')
        go_to(app, 'Sector')
        app.type('Levage lourd')
        entry = app.find('entry', 'Sector', within=grid(app))
        uit.check_equal(entry.text, 'Levage lourd', 'what was typed is in the editor')
        app.screenshot(SHOTS / 'cells-text.png', app.find('window'))
        app.key('Return')
        app.find('label', 'Sector changed')
        uit.wait(lambda: rows(app)[1][column] == 'Levage lourd', 'the list shows it')
        uit.check_equal(ctl_count(path, 'organisation', 'sector=Levage lourd'), 1, 'stored')
        app.key('ctrl+z')
        uit.wait(lambda: rows(app)[1][column] == before, 'as before')
        app.quit()


@uit.test
def escape_leaves_the_cell_as_it_was():
    path = fresh('Escape')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        first = rows(app)[0]
        go_to(app, 'Name')
        app.key('F2')
        uit.check_equal(app.find('entry', 'Name', within=grid(app)).text, first[0], 'what is there')
        app.type('Quelque chose')
        app.key('Escape')
        uit.wait(lambda: not app.find_all('entry', 'Name', within=grid(app)), 'the editor is gone')
        app.key('Escape', 'Return')
        uit.wait(lambda: app.windows()[0].name.startswith(first[0]), 'Enter opens a row')
        app.quit()


@uit.test
def what_can_not_be_read_is_said_at_the_cell():
    path = fresh('Refus')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        go_to(app, 'Name')
        app.key('F2', 'ctrl+a', 'BackSpace', 'Tab')
        app.find(None, re.compile('^Name: This can’t be empty'), within=grid(app))
        app.screenshot(SHOTS / 'cells-error.png', app.find('window'))
        app.key('Escape')
        uit.wait(lambda: not app.find_all('entry', re.compile('^Name'), within=grid(app)), 'the editor is gone')
        app.quit()


@uit.test
def what_the_door_refuses_comes_back_with_the_reason():
    file = samples.with_deals('porte')
    samples.ctl('new', file, 'rule', 'name=Each name once', 'entity_name=organisation', 'field_name=name', 'kind=unique')
    with uit.App(file) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        uit.wait(lambda: [row[0] for row in rows(app)] == ['Cancity', 'Isdom'], 'both')
        go_to(app, 'Name')
        app.key('F2', 'ctrl+a')
        app.type('Isdom')
        app.key('Return')
        entry = app.find('entry', re.compile('^Name: '), within=grid(app))
        uit.check_equal(entry.text, 'Isdom', 'what was typed')
        app.screenshot(SHOTS / 'cells-refused.png', app.find('window'))
        uit.check_equal([row[0] for row in rows(app)], ['Cancity', 'Isdom'], 'nothing is stored')
        app.key('ctrl+a')
        app.type('Cancity SA')
        app.key('Return')
        app.find('label', 'Name changed')
        uit.wait(lambda: [row[0] for row in rows(app)] == ['Cancity SA', 'Isdom'], 'what is typed next is stored')

        # It comes back as well when another cell is being changed already.
        app.key('Home', 'Up', 'F2', 'ctrl+a')
        app.type('Isdom')
        app.key('Tab')
        entry = app.find('entry', re.compile('^Name: '), within=grid(app))
        uit.check_equal(entry.text, 'Isdom', 'what was typed')
        app.key('Escape')
        uit.wait(lambda: not app.find_all('entry', re.compile('^Name'), within=grid(app)), 'the editor is gone')

        # So does what was pasted, also when its window was closed meanwhile.
        app.key('Home', 'Down', 'ctrl+c')
        app.find('label', 'Copied')
        app.key('Up', 'ctrl+v')
        app.find('window', 'Paste Cells')
        with samples.held(file):
            app.key('Return', 'Escape')
            uit.wait(lambda: len(app.windows()) == 1, 'it is closed')
        app.find('label', re.compile('^Name: “Isdom” has the same'))
        app.key('Escape')
        uit.check_equal(sorted(one['name'] for one in samples.records(file, 'organisation')), ['Cancity SA', 'Isdom'])
        app.quit()


@uit.test
def tab_goes_from_cell_to_cell_with_choices_found_by_typing():
    path = fresh('Tab')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        kind, sector = titles(app).index('Kind'), titles(app).index('Sector')
        uit.check(rows(app)[0][kind] != 'Supplier', 'it is something else')
        go_to(app, 'Kind')
        app.type('sup')
        app.find('entry', 'Kind')
        app.screenshot(SHOTS / 'cells-choice.png')
        app.key('Tab')
        app.find('entry', 'Sector', within=grid(app))
        app.type('Transport')
        app.key('shift+Tab')
        app.find('entry', 'Kind')
        app.key('Escape')
        uit.wait(lambda: rows(app)[0][kind] == 'Supplier' and rows(app)[0][sector] == 'Transport', 'both are stored')
        app.key('ctrl+z')
        uit.wait(lambda: rows(app)[0][sector] != 'Transport', 'one step')
        uit.check_equal(rows(app)[0][kind], 'Supplier', 'the other one stays')
        app.key('ctrl+z')
        uit.wait(lambda: rows(app)[0][kind] != 'Supplier', 'and the other')
        app.quit()


@uit.test
def closing_the_window_stores_what_is_typed_in_a_cell_or_asks():
    path = fresh('Fermer')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        go_to(app, 'Sector')
        app.type('Levage lourd')
        app.find('entry', 'Sector', within=grid(app))
        app.key('ctrl+w')
        app.wait_exit()
    uit.check_equal(ctl_count(path, 'organisation', 'sector=Levage lourd'), 1, 'stored')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        go_to(app, 'Name')
        app.key('F2', 'ctrl+a', 'BackSpace', 'ctrl+w')
        app.answer(re.compile('Keep Editing'))
        app.find('entry', re.compile('^Name'), within=grid(app))
        app.key('ctrl+w')
        app.answer(re.compile('Discard'))
        uit.wait(lambda: not app.find_all('entry', re.compile('^Name'), within=grid(app)), 'the editor is gone')
        app.key('ctrl+w')
        app.wait_exit()


@uit.test
def yes_and_no_change_by_enter_alone():
    path = fresh('Oui')
    with uit.App(path) as app:
        app.click(app.find('list item', 'Products'))
        uit.wait(lambda: app.windows()[0].name.startswith('Products'), 'products are shown')
        uit.wait(lambda: rows(app), 'rows')
        on_sale = titles(app).index('On sale')
        before = rows(app)[0][on_sale]
        app.key('ctrl+f', 'Escape', 'Home')
        go_to(app, 'Tax rate')
        app.key('F2')
        app.find('entry', 'Tax rate', within=grid(app))
        app.key('Tab')
        uit.wait(lambda: grid(app).description.startswith('On sale: '), 'Tab goes there')
        app.type('yes')
        uit.check_equal(rows(app)[0][on_sale], before, 'what neither Tab nor letters change')
        app.key('F2')
        app.find('label', 'On sale changed')
        uit.wait(lambda: rows(app)[0][on_sale] != before, 'changed once')
        app.key('ctrl+z')
        uit.wait(lambda: rows(app)[0][on_sale] == before, 'as before')
        app.quit()


@uit.test
def a_block_of_cells_is_pasted_after_a_look_and_undone_as_one():
    path = fresh('Coller')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        before = rows(app)[:2]
        columns = titles(app)
        app.find('entry', re.compile('^Search'), within=view(app)).set_text(
            'supplier\tLevage\tAtlantis\tpeu\r\nPartner\t"Bois ""dur"""\tbe\t12')
        app.key('ctrl+f', 'ctrl+a', 'ctrl+x')
        uit.wait(lambda: rows(app)[:2] == before, 'all records again')
        app.key('Escape', 'Home')
        go_to(app, 'Kind')
        app.key('ctrl+v')
        uit.wait(lambda: len(app.windows()) == 2, 'what changes is shown')
        window = app.find('window', 'Paste Cells')
        app.find('label', re.compile('6 cells get other values'), within=window)
        app.find('label', re.compile('2 cells can’t be used'), within=window)
        app.find('label', re.compile('Atlantis'), within=window)
        app.screenshot(SHOTS / 'cells-paste.png')
        app.key('Return')
        app.find('label', '6 cells pasted')
        uit.wait(lambda: rows(app)[1][columns.index('Sector')] == 'Bois "dur"', 'the list shows it')
        uit.check_equal(rows(app)[0][columns.index('Kind')], 'Supplier', 'the choice')
        uit.check_equal(rows(app)[1][columns.index('Country')], 'Belgium', 'the country')
        app.key('ctrl+z')
        uit.wait(lambda: rows(app)[:2] == before, 'as before, in one step')
        app.quit()


@uit.test
def what_is_copied_can_be_pasted():
    path = fresh('Copier')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        sector = titles(app).index('Sector')
        first = rows(app)[0][sector]
        go_to(app, 'Sector')
        app.key('ctrl+c')
        app.find('label', 'Copied')
        target = next(i for i, row in enumerate(rows(app)) if row[sector] not in ('', first))
        app.key(*['Down'] * target, 'ctrl+v')
        app.find('window', 'Paste Cells')
        app.key('Return')
        app.find('label', '1 cell pasted')
        uit.wait(lambda: rows(app)[target][sector] == first, 'the same')
        app.quit()


@uit.test
def exactly_the_selected_rows_are_exported():
    written = pathlib.Path(HOME.name, 'chosen.csv')
    with uit.App(fresh('Choix')) as app:
        open_list(app, 'ctrl+2', 'Organisations')
        chosen, others = [rows(app)[i][0] for i in (0, 2)], rows(app)[1][0]
        app.key('ctrl+space', 'Down', 'Down', 'ctrl+space')
        app.find('label', '2 selected')
        app.click(app.find('button', 'Change'))
        app.click(app.find('menu item', 'Export…'))
        samples.enter_file(app, written)
        app.find('label', '2 records exported')
        text = written.read_text(encoding='utf-8')
        uit.check(all(name in text for name in chosen) and others not in text, 'these two')
        app.quit()


uit.main()
