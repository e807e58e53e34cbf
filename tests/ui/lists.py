# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration workspace and its lists, for the tests of the window."""
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


def titles(app):
    """The columns, from left to right."""
    buttons = app.find_all('button', within=app.find('table', within=view(app)))
    return [button.name for button in sorted(buttons, key=lambda node: node.rect[0])]


def ctl_count(path, kind, *conditions):
    done = subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'list', path, kind, *conditions, '--count'], check=True,
                          capture_output=True, text=True)
    return int(done.stdout)
