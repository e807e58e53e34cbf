#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records in the overview of the desktop: org.gnome.Shell.SearchProvider2, called
as GNOME Shell calls it, on a program that the bus has started."""
import contextlib
import os
import pathlib
import sqlite3
import subprocess

from gi.repository import Gio, GLib

import samples
import uit

NAME = 'org.comptoir.Comptoir'
PATH = '/org/comptoir/Comptoir/SearchProvider'
INTERFACE = 'org.gnome.Shell.SearchProvider2'
SERVICES = pathlib.Path(os.environ['HOME']).parent / 'services'

bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(method, arguments, interface=INTERFACE, path=PATH, name=NAME):
    timeout = int(uit.TIMEOUT * uit.SLOW * 1000)
    return bus.call_sync(name, path, interface, method, arguments, None, 0, timeout, None).unpack()


def ask_bus(method, arguments=None):
    name = 'org.freedesktop.DBus'
    return call(method, arguments, interface=name, path='/org/freedesktop/DBus', name=name)


def is_running():
    return ask_bus('NameHasOwner', GLib.Variant('(s)', (NAME,)))[0]


def find(*words):
    return call('GetInitialResultSet', GLib.Variant('(as)', (words,)))[0]


def tell(*keys):
    return call('GetResultMetas', GLib.Variant('(as)', (keys,)))[0]


def remember(file):
    """Opens it as a person does, so that it is the last one."""
    with uit.App(file) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        app.quit()


@contextlib.contextmanager
def service(**options):
    """Without a window, as the bus starts it."""
    process = subprocess.Popen([os.environ['CPT_COMPTOIR'], '--gapplication-service'], **options)
    try:
        uit.wait(is_running, 'the program is on the bus')
        yield process
    finally:
        process.terminate()
        process.wait()
        uit.wait(lambda: not is_running(), 'the program has gone')


@uit.test
def the_bus_starts_the_program_which_finds_records():
    file = samples.with_deals('desktop')
    samples.ctl('new', file, 'contact', 'last_name=Émilien', 'organisation=Isdom')
    remember(file)
    (SERVICES / f'{NAME}.service').write_text(
        f'[D-BUS Service]\nName={NAME}\nExec={os.environ["CPT_COMPTOIR"]} --gapplication-service\n', encoding='utf-8')
    ask_bus('ReloadConfig')
    uit.check(not is_running(), 'nothing runs yet')

    found = find('isdo')
    company = samples.record(file, 'organisation', 'Isdom')['id']
    uit.check_equal(found[0], f'record:organisation:{company}', 'the company comes first')
    uit.check(is_running(), 'the bus has started it')
    meta = tell(*found[:1])[0]
    uit.check_equal((meta['id'], meta['name'], meta['description']), (found[0], 'Isdom', 'Organisation'), 'what is told')
    uit.check_equal(meta['icon'], ('themed', ['org.comptoir.Comptoir.organisation-symbolic',
                                              'org.comptoir.Comptoir.organisation']), 'its icon')

    found = call('GetSubsearchResultSet', GLib.Variant('(asas)', (found, ['emilien'])))[0]
    uit.check_equal(len(found), 1, 'accents do not matter, nor what was found before')
    meta = tell(*found)[0]
    uit.check_equal((meta['name'], meta['description']), ('Émilien', 'Contact — Isdom'), 'what is told')

    uit.check_equal(find('zanzibar'), [], 'nothing of that name')
    uit.check_equal(find(''), [], 'nothing is looked for')
    uit.check_equal(tell('record:contact:nonsense', 'action:win.undo', 'record:setting:' + company), [], 'no record')
    call('Activate', GLib.Variant('(sava{sv})', ('quit', [], {})), 'org.gtk.Actions', '/org/comptoir/Comptoir')
    uit.wait(lambda: not is_running(), 'it has gone')
    (SERVICES / f'{NAME}.service').unlink()
    ask_bus('ReloadConfig')


@uit.test
def a_result_opens_its_record_and_the_search_goes_on_in_the_window():
    file = samples.with_deals('desktop-open')
    remember(file)
    with uit.App('--gapplication-service', window=False) as app:
        uit.wait(is_running, 'the program is on the bus')
        deal = next(key for key in find('Desks') if key.startswith('record:deal:'))
        call('ActivateResult', GLib.Variant('(sasu)', (deal, ['Desks'], 0)))
        uit.wait(lambda: app.windows() and samples.title(app) == 'Desks', 'its page')
        uit.check_equal(find('Desks')[0], deal, 'from the window that has it open')

        call('LaunchSearch', GLib.Variant('(asu)', (['cancity'], 0)))
        palette = app.find('window', 'Command Palette')
        uit.wait(lambda: [row for row in app.find_all('list item', within=app.find('window', palette.name))
                          if row.name.startswith('Cancity') and row.has('selected')], 'what was typed is found')
        app.screenshot(samples.SHOTS / 'search-launched.png')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Cancity', 'its page')
        app.quit()


@uit.test
def what_cannot_be_read_has_no_results_and_nobody_is_told():
    state = pathlib.Path(os.environ['XDG_STATE_HOME'], 'comptoir')
    for file in state.glob('*'):
        file.unlink()
    with service():
        uit.check_equal(find('isdom'), [], 'there is no workspace')
        uit.check_equal(tell('record:deal:01890000-0000-7000-8000-000000000000'), [], 'nor records')

    file = samples.with_deals('desktop-bad')
    remember(file)
    log = samples.path('service.log')
    with log.open('w') as stream, service(stderr=stream, stdout=stream):
        found = find('isdom')
        uit.check_equal(len(found), 1, 'it is found')

        # Somebody else holds it: either is an answer, and nobody waits for it.
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute('PRAGMA locking_mode = EXCLUSIVE')
        connection.execute('BEGIN EXCLUSIVE')
        answers = []
        bus.call(NAME, PATH, INTERFACE, 'GetInitialResultSet', GLib.Variant('(as)', (['isdom'],)), None, 0,
                 int(60000 * uit.SLOW), None, lambda source, result: answers.append(source.call_finish(result).unpack()[0]))
        for _ in range(3):
            call('List', None, 'org.gtk.Actions', '/org/comptoir/Comptoir')

        def answered():
            GLib.MainContext.default().iteration(False)
            return answers

        uit.check(uit.wait(answered, 'an answer')[0] in ([], found), 'nothing else from a locked file')
        connection.close()
        uit.check_equal(find('isdom'), found, 'it is found again')

        size = file.stat().st_size
        file.write_bytes(b'no workspace ' * (size // 13))
        uit.check_equal(find('isdom'), [], 'nothing from a damaged file')
        file.unlink()
        uit.check_equal(find('isdom'), [], 'nothing from a file that is gone')
    uit.check_equal(log.read_text(encoding='utf-8'), '', 'nothing is logged')


uit.main()
