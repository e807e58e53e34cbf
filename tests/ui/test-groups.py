#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that are divided into groups, driven by keyboard."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-groups-')
DEMO = pathlib.Path(HOME.name, 'demo.comptoir')
subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'demo', DEMO], check=True,
               stdout=subprocess.DEVNULL)


def fresh(name):
    """A workspace that a test may change."""
    path = pathlib.Path(HOME.name, name + '.comptoir')
    shutil.copy(DEMO, path)
    for suffix in ('-wal', '-shm'):
        pathlib.Path(str(path) + suffix).unlink(missing_ok=True)
    return path


def view(app):
    """What the window shows; the views of other places are in the tree too."""
    title = app.windows()[0].name.split(' — ')[0]
    return app.find('filler', title)


def open_list(app, key, title, number):
    app.find('list item', title)
    app.key(key)
    uit.wait(lambda: app.windows()[0].name.startswith(title), f'{title} are shown')
    app.find('label', re.compile(f'^{number} records?$'), within=view(app))


def group_by(app, column, *items):
    """By the menu of a column."""
    app.click(app.find('button', column, within=view(app)), button=3)
    for item in items:
        app.click(app.find('menu item', re.compile(item)))


HEADER = re.compile(r'^(.+), ([\d,]+) records?')


def headers(app):
    """The groups on the screen: label and number of records."""
    rows = [HEADER.match(node.name) for node in app.find_all('table row', within=view(app))]
    return [(row[1], int(row[2].replace(',', ''))) for row in rows if row]


@uit.test
def groups_are_folded_and_opened_by_keys_and_kept():
    path = fresh('Groupes')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations', 400)
        group_by(app, 'Kind', 'Group by This Column')
        uit.wait(lambda: headers(app), 'groups')
        app.screenshot(SHOTS / 'list-groups.png', app.find('window'))
        app.key('Left')
        uit.wait(lambda: len(headers(app)) == 2, 'the next group comes up')
        app.key('Down', 'Left', 'Down', 'Left')
        uit.wait(lambda: len(headers(app)) == 3, 'nothing but groups')
        uit.check_equal(sum(number for _, number in headers(app)), 400)
        app.find('label', '400 records', within=view(app))
        app.screenshot(SHOTS / 'list-groups-folded.png', app.find('window'))
        app.key('Home', 'Right', 'Right')
        uit.wait(lambda: len(headers(app)) == 1, 'the first is open')
        app.key('Return')
        uit.wait(lambda: not app.windows()[0].name.startswith('Organisations'), 'the first record of it')
        app.key('alt+Left')
        uit.wait(lambda: app.windows()[0].name.startswith('Organisations'), 'back')
        app.key('Left', 'Left')
        uit.wait(lambda: len(headers(app)) == 3, 'folded again')
        before = headers(app)
        app.quit()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations', 400)
        uit.wait(lambda: headers(app) == before, 'as it was left')
        app.click(app.find('table row'), button=3)
        app.click(app.find('menu item', re.compile('Don’t Group')))
        uit.wait(lambda: not headers(app), 'one list again')
        app.quit()


@uit.test
def a_list_is_grouped_by_what_is_no_column():
    with uit.App(fresh('Champs')) as app:
        open_list(app, 'ctrl+2', 'Organisations', 400)
        group_by(app, 'Name', 'Group by Another Field', '^Owner$')
        uit.wait(lambda: headers(app), 'groups')
        app.key('ctrl+a')
        app.find('label', '400 selected')
        app.quit()


def footer(app):
    """Totals below the columns."""
    found = app.find_all('panel', 'Totals', within=view(app))
    return [label.name for label in app.find_all('label', within=found[0])] if found else []


@uit.test
def totals_stand_below_columns_and_beside_groups():
    path = fresh('Totaux')
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations', 400)
        group_by(app, 'Employees', 'Total', '^Average$')
        uit.wait(lambda: any('Employees, Average: ' in text for text in footer(app)), 'the average of all')
        group_by(app, 'Kind', 'Group by This Column')
        uit.wait(lambda: headers(app), 'groups')
        uit.wait(lambda: any('Employees: ' in node.name and 'Annual revenue: €' in node.name
                             for node in app.find_all('table row', HEADER, within=view(app))), 'totals of the group')
        app.screenshot(SHOTS / 'list-totals.png', app.find('window'))
        kept = footer(app)
        app.quit()
    with uit.App(path) as app:
        open_list(app, 'ctrl+2', 'Organisations', 400)
        uit.wait(lambda: footer(app) == kept, 'as it was left')
        group_by(app, 'Employees', 'Total', 'No Total')
        uit.wait(lambda: not footer(app), 'nothing below')
        app.quit()


uit.main()
