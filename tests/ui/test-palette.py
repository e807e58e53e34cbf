#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command palette: from anywhere to anything, by keyboard alone."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-palette-')
DEMO = pathlib.Path(HOME.name, 'demo.comptoir')
subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'demo', DEMO], check=True, stdout=subprocess.DEVNULL)


def fresh(name):
    path = pathlib.Path(HOME.name, name + '.comptoir')
    shutil.copy(DEMO, path)
    return path


def open_palette(app):
    app.key('ctrl+k')
    return app.find('window', re.compile('Command Palette|Palette de commandes'))


def lines(app, within):
    """What is listed, from top to bottom."""
    return [row.name for row in app.find_all('list item', within=within) if row.name]


def first(app, palette, pattern):
    """Waits until the line that Enter means is that one."""
    def is_there():
        rows = app.find_all('list item', within=app.find('window', palette.name))
        return rows and re.search(pattern, rows[0].name) and rows[0].has('selected') and rows[0]
    return uit.wait(is_there, f'the first line is {pattern}')


def title(app, text):
    uit.wait(lambda: app.windows()[0].name.startswith(text), f'the window shows {text}')


@uit.test
def places_commands_and_records_are_found_by_what_is_typed():
    with uit.App(fresh('Partout')) as app:
        palette = open_palette(app)
        first(app, palette, '^Home')
        app.type('organ')
        first(app, palette, '^Organisations')
        app.key('Return')
        title(app, 'Organisations')
        uit.wait(lambda: len(app.windows()) == 1, 'the palette is gone')

        # What others call it
        palette = open_palette(app)
        app.type('agenda')
        first(app, palette, '^(My Day|Calendar)')
        app.key('ctrl+a')
        app.type('appointm')
        first(app, palette, '^Calendar')
        app.key('ctrl+a')
        app.type('settings')
        first(app, palette, '^Workspace Settings')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes it')

        palette = open_palette(app)
        app.type('nc')
        first(app, palette, '^New: Contact')
        app.screenshot(SHOTS / 'palette-commands.png', palette)
        app.key('Return')
        app.find('entry', re.compile('Last name'))
        app.key('alt+Left')

        palette = open_palette(app)
        app.type('dupont')
        found = first(app, palette, 'Dupont.*Contact').name
        app.screenshot(SHOTS / 'palette-records.png', palette)
        app.key('Return')
        title(app, found.split(',')[0])

        # What the page itself can do
        palette = open_palette(app)
        app.type('copy link')
        first(app, palette, '^Copy Link')
        app.key('Return')
        app.find('label', 'Link copied')
        app.quit()


@uit.test
def what_was_used_lately_comes_first():
    path = fresh('Dernier')
    with uit.App(path) as app:
        palette = open_palette(app)
        app.type('dupont')
        name = first(app, palette, 'Dupont.*Contact').name.split(',')[0]
        app.key('Return')
        title(app, name)
        open_palette(app)
        app.type('trash')
        app.key('Return')
        title(app, 'Trash')
        app.quit()
    with uit.App(path) as app:
        palette = open_palette(app)
        first(app, palette, '^Trash')
        uit.wait(lambda: lines(app, app.find('window', palette.name))[1].startswith(name), 'then the contact')
        app.screenshot(SHOTS / 'palette-recent.png', palette)
        app.key('Down', 'Return')
        title(app, name)
        app.quit()


@uit.test
def snippets_tell_why_something_was_found():
    path = fresh('Pourquoi')
    subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'new', path, 'organisation', 'name=Garage Zed',
                    'notes=Rencontrés au salon de Québec'], check=True, stdout=subprocess.DEVNULL)
    with uit.App(path) as app:
        palette = open_palette(app)
        app.type('zed quebec')
        first(app, palette, '^Garage Zed, Notes: Rencontrés au salon de Québec, Organisation$')
        app.screenshot(SHOTS / 'palette-snippet.png', palette)
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes it')
        app.quit()


@uit.test
def nothing_found_is_said():
    with uit.App(fresh('Rien')) as app:
        palette = open_palette(app)
        app.type('qqzzxxqq')
        app.find('label', 'Nothing found')
        app.key('ctrl+a')
        app.type('adam hadaad')
        first(app, palette, 'Adam Haddad')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes it')
        app.quit()


@uit.test
def saved_views_and_dashboards_are_places_too():
    path = fresh('Vues')
    definition = '{"columns":"name","sort":"-name"}'
    subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'new', path, 'saved_view', 'name=Mes boulangers',
                    'entity_name=organisation', f'definition={definition}', 'is_shared=true'],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'new', path, 'dashboard', 'name=Atelier', 'is_shared=true'],
                   check=True, stdout=subprocess.DEVNULL)
    with uit.App(path) as app:
        palette = open_palette(app)
        app.type('boulangers')
        first(app, palette, '^Mes boulangers, View of Organisations')
        app.key('Return')
        title(app, 'Organisations')
        table = app.find('table', 'Organisations')
        uit.wait(lambda: len(app.find_all('button', within=table)) == 1, 'one column')
        palette = open_palette(app)
        app.type('atelier')
        first(app, palette, '^Atelier, Dashboard')
        app.key('Return')
        title(app, 'Atelier')
        app.quit()


@uit.test
def palette_fits_a_narrow_screen_in_french_and_dark():
    with uit.App(fresh('Petit'), env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        palette = open_palette(app)
        uit.check(palette.extents[2] <= 360, f'the palette is {palette.extents[2]} wide')
        app.type('contact')
        first(app, palette, '^Contacts')
        app.screenshot(SHOTS / 'palette-narrow.png', palette)
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'Escape closes it')
        app.quit()


@uit.test
def palette_works_without_a_workspace():
    with uit.App(pathlib.Path(HOME.name, 'nothing.comptoir')) as app:
        app.find('button', re.compile('New Workspace'))
        palette = open_palette(app)
        app.type('new work')
        first(app, palette, '^New Workspace')
        app.key('ctrl+k')
        uit.wait(lambda: len(app.windows()) == 1, 'Ctrl+K closes it')
        app.quit()


uit.main()
