#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as such: it comes, it tells what it is, it goes."""
import os
import pathlib

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')


@uit.test
def window_opens_and_ctrl_q_closes_it():
    with uit.App() as app:
        window = app.find('window', 'Comptoir')
        picture = app.screenshot(SHOTS / 'window.png', window)
        uit.check(picture.stat().st_size > 2000, 'the picture of the window is empty')
        app.quit()


@uit.test
def about_window_opens_from_the_menu():
    with uit.App() as app:
        app.click(app.find('button', 'Main Menu'))
        app.click(app.find('menu item', 'About Comptoir'))
        app.find('label', 'The Comptoir developers')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the about window closes')
        app.quit()


@uit.test
def quit_is_in_the_menu():
    with uit.App() as app:
        app.key('F10')
        app.click(app.find('menu item', 'Quit'))
        app.wait_exit()


@uit.test
def window_speaks_french():
    with uit.App(env={'LANGUAGE': 'fr'}) as app:
        app.find('button', 'Menu principal')
        app.quit()


uit.main()
