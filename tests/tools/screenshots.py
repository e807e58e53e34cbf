#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of README.md and of the metainfo from the running
application, on the demonstration workspace.

usage: tests/ui/run.py tests/tools/screenshots.py [FOLDER]

FOLDER is data/screenshots unless it is told; the programs are those of _build.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / '_build'
os.environ.setdefault('CPT_COMPTOIR', str(BUILD / 'src' / 'app' / 'comptoir'))
os.environ.setdefault('CPT_COMPTOIRCTL', str(BUILD / 'src' / 'ctl' / 'comptoirctl'))
os.environ.setdefault('CPT_LOCALE_DIR', str(BUILD / 'po'))
sys.path.insert(0, str(ROOT / 'tests' / 'ui'))

import uit  # noqa: E402

SIZE = (1280, 800)
NARROW = (380, 720)
# The keys that lead to each place of the sidebar.
HOME, ORGANISATIONS, CONTACTS, DEALS = 'ctrl+1', 'ctrl+2', 'ctrl+3', 'ctrl+5'


def settle(app):
    """Until two pictures are the same: what was loading has come."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = f'{folder}/before.png', f'{folder}/after.png'
        app.screenshot(before)

        def is_still():
            time.sleep(0.4)
            app.screenshot(after)
            same = uit.different_pixels(before, after, '0') == 0
            os.replace(after, before)
            return same
        uit.wait(is_still, 'the picture keeps still')


def take(workspace, path, *keys, size=SIZE, env=None):
    """One picture: of a new window, after some keys."""
    with uit.App(workspace, env=env) as app:
        window = app.find('window')
        app.resize(*size)
        settle(app)
        for key in keys:
            app.key(key)
            settle(app)
        app.rest()
        settle(app)
        app.screenshot(path, app.find('window'))
        app.quit()
    print(path, window.name)


def main(folder=ROOT / 'data' / 'screenshots'):
    folder = pathlib.Path(folder)
    with tempfile.TemporaryDirectory() as home:
        workspace = pathlib.Path(home) / 'Maison Lumière.comptoir'
        subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'demo', workspace], check=True)
        take(workspace, folder / 'dashboard.png', HOME)
        take(workspace, folder / 'list.png', CONTACTS)
        take(workspace, folder / 'board.png', DEALS)
        take(workspace, folder / 'record.png', ORGANISATIONS, 'Down', 'Return')
        take(workspace, folder / 'narrow.png', CONTACTS, size=NARROW, env=uit.DARK)


if __name__ == '__main__':
    main(*sys.argv[1:])
