#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs in the window: put in, used, taken away with numbers."""
import json
import os
import pathlib
import re
import subprocess
import tempfile

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-packs-')


def ctl(*words):
    return subprocess.run([os.environ['CPT_COMPTOIRCTL'], *map(str, words)], check=True, capture_output=True).stdout


def fresh(name):
    path = pathlib.Path(HOME.name, name + '.comptoir')
    ctl('init', path)
    return path


def count(path, kind):
    return json.loads(ctl('list', path, kind, '--count', '--json'))['total']


def button(app, window, label, row):
    """The button of that name beside that line."""
    def look():
        for item in app.find_all('list item', within=app.find('window', window)):
            if any(node.name == row for node in item.walk()):
                for node in item.walk():
                    if node.role == 'button' and re.search(label, node.name):
                        return node
        return None
    return uit.wait(look, f'{label} beside {row}')


@uit.test
def a_pack_is_installed_undone_and_removed():
    path = fresh('Cuisine')
    with uit.App(path) as app:
        app.find('list item', 'Organisations')
        app.key('F10')
        app.click(app.find('menu item', re.compile('^Packs')))
        app.screenshot(SHOTS / 'packs.png', app.find('window', 'Packs'))
        app.click(button(app, 'Packs', 'Install', 'Restaurant'))
        button(app, 'Packs', 'Remove', 'Restaurant')
        app.screenshot(SHOTS / 'packs-installed.png', app.find('window', 'Packs'))
        uit.check(count(path, 'custom_field') > 5, 'fields are there')

        stage = next(stage for stage in json.loads(ctl('list', path, 'stage', '--json'))['records']
                     if stage['name'] == 'Requested')
        ctl('new', path, 'deal', 'name=Chez nous', f'stage={stage["id"]}', 'x_guests=9')
        app.click(button(app, 'Packs', 'Remove', 'Restaurant'))
        app.find('label', re.compile('1 field with something in it stays'))
        app.screenshot(SHOTS / 'packs-remove.png')
        app.key('alt+r')
        button(app, 'Packs', 'Install', 'Restaurant')
        uit.check_equal((count(path, 'custom_field'), count(path, 'deal')), (1, 1), 'what was entered')
        app.key('Escape')
        app.quit()
    ctl('check', path)


@uit.test
def no_packs_are_told():
    empty = pathlib.Path(HOME.name, 'none')
    empty.mkdir()
    with uit.App(fresh('Vide'), env={'CPT_PACKS': str(empty)}) as app:
        app.key('ctrl+k')
        app.find('window', 'Command Palette')
        app.type('packs')
        app.key('Return')
        window = app.find('window', 'Packs')
        app.find('label', re.compile('^No pack came with this installation'), within=window)
        app.screenshot(SHOTS / 'packs-none.png', window)
        app.key('Escape')
        app.quit()


@uit.test
def packs_fit_a_narrow_screen_in_french():
    with uit.App(fresh('Petit'), env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+k')
        app.find('window', 'Palette de commandes')
        app.type('packs')
        app.key('Return')
        window = app.find('window', 'Packs')
        app.find('label', 'Agence musicale', within=window)
        uit.check(window.extents[2] <= 360, f'{window.extents[2]} pixels wide')
        app.screenshot(SHOTS / 'packs-narrow.png', window)
        app.key('Escape')
        app.quit()


uit.main()
