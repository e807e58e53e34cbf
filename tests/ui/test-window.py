#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as such: it comes, it tells what it is, it goes."""
import os
import pathlib

import samples
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
    with uit.App(env=uit.FRENCH) as app:
        app.find('button', 'Menu principal')
        app.quit()


@uit.test
def looks_are_as_wanted():
    looks = {'light': {}, 'dark': uit.DARK, 'contrast': uit.HIGH_CONTRAST}
    pictures = {}
    for name, env in looks.items():
        with uit.App(env=env) as app:
            pictures[name] = app.screenshot(SHOTS / f'window-{name}.png', app.find('window', 'Comptoir'))
            app.quit()
    uit.check(uit.different_pixels(pictures['light'], pictures['dark']) > 100000, 'dark is like light')
    uit.check(uit.different_pixels(pictures['light'], pictures['contrast']) > 10, 'contrast is like light')


@uit.test
def window_folds_to_360_pixels():
    with uit.App() as app:
        window = app.find('window', 'Comptoir')
        app.resize(360 + 10, 640)
        uit.wait(lambda: window.extents[2] == 360, 'the window gets narrow')
        app.screenshot(SHOTS / 'window-narrow.png')
        app.quit()


@uit.test
def everything_the_keyboard_reaches_has_a_name():
    with uit.App() as app:
        app.find('window', 'Comptoir')
        uit.check_equal(app.unnamed(), [], 'what has no name')
        app.quit()


@uit.test
def all_keys_are_in_the_list_of_shortcuts():
    with uit.App() as app:
        app.key('ctrl+question')
        keys = app.find('window', 'Keyboard Shortcuts')
        for line in ('Undo', 'Save a new record', 'Move the card to the next column or the one before',
                     'Edit a widget', 'Make a widget narrower or wider'):
            app.find('label', line, within=keys)
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the list closes')
        app.quit()


@uit.test
def shortcuts_fit_a_narrow_screen():
    with uit.App() as app:
        app.find('window', 'Comptoir')
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+question')
        keys = app.find('window', 'Keyboard Shortcuts')
        uit.wait(lambda: app.find('window', 'Keyboard Shortcuts').extents[2] <= 360, 'the list fits')
        app.screenshot(SHOTS / 'shortcuts-narrow.png', keys)
        app.key('Escape')
        app.quit()


@uit.test
def the_company_is_named_rather_than_its_file():
    file = samples.workspace('file-name')
    samples.ctl('settings', file, '--name', 'Cancity & Sons')
    with uit.App(file) as app:
        uit.wait(lambda: app.windows()[0].name.endswith(' — Cancity & Sons'), 'the name of the company')
        app.quit()


@uit.test
def escape_closes_what_searches():
    with uit.App(samples.with_deals('escape')) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        for _ in range(2):
            app.click(app.find('button', 'Add Filter'))
            app.find('entry', 'Which field?')
            app.type('Kind')
            app.key('Escape')
            app.gone('entry', 'Which field?')
        samples.go(app, 'ctrl+9', 'Trash')
        app.quit()


uit.main()
