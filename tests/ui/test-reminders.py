#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders come as notifications, once, and their buttons do what they say. The
server of notifications is one of the test's own."""
import datetime
import json
import os
import sqlite3
import threading

from gi.repository import Gio, GLib

import samples
import uit

INTERFACE = '''<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>'''
PATH = '/org/freedesktop/Notifications'
APP = ('org.comptoir.Comptoir', '/org/comptoir/Comptoir', 'org.gtk.Actions')


class Server:
    """Keeps what it is told, in a thread of its own."""

    def __init__(self):
        self.shown = []
        self.closed = []  # numbers of what was taken away
        self.first = self.last = 0  # numbers of what is shown
        started = threading.Event()
        threading.Thread(target=self.serve, args=(started,), daemon=True).start()
        started.wait()

    def serve(self, started):
        context = GLib.MainContext.new()
        context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            os.environ['DBUS_SESSION_BUS_ADDRESS'], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.connection.register_object(PATH, Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0], self.called, None, None)
        self.connection.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'RequestName',
                                  GLib.Variant('(su)', ('org.freedesktop.Notifications', 0)), None, 0, -1, None)
        started.set()
        GLib.MainLoop.new(context, False).run()

    def called(self, connection, sender, path, interface, method, parameters, invocation):
        if method == 'Notify':
            _, _, _, title, body, actions, _, _ = parameters.unpack()
            self.shown.append({'title': title, 'body': body, 'actions': dict(zip(actions[1::2], actions[::2]))})
            self.last += 1
            self.first = self.last - len(self.shown)
            invocation.return_value(GLib.Variant('(u)', (self.last,)))
        elif method == 'GetCapabilities':
            invocation.return_value(GLib.Variant('(as)', (['actions', 'body'],)))
        else:
            self.closed.append(parameters.unpack()[0])
            invocation.return_value(None)

    def press(self, title, label):
        """A button of a notification; what has no label is the notification itself."""
        number, shown = next((index + 1, one) for index, one in enumerate(self.shown) if one['title'] == title)
        self.connection.emit_signal(None, PATH, 'org.freedesktop.Notifications', 'ActionInvoked',
                                    GLib.Variant('(us)', (self.first + number, shown['actions'][label])))

    def set_setting(self, value):
        self.connection.call_sync(*APP, 'SetState', GLib.Variant('(sva{sv})', ('notifications', GLib.Variant('s', value), {})),
                                  None, 0, 5000, None)

    def wait(self, count):
        uit.wait(lambda: len(self.shown) >= count, f'{count} notifications')
        return self.shown[-1]


def moment(minutes):
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)).strftime('%Y-%m-%dT%H:%M:%SZ')


def workspace(name, *titles):
    file = samples.workspace(name)
    samples.ctl('settings', file, '--zone', 'UTC')
    for title in titles:
        samples.ctl('new', file, 'task', f'title={title}', f'due_at={moment(-2)}')
    return file


def status(file, title):
    return samples.record_by(file, 'task', 'title', title)['status']


def marks(file):
    with sqlite3.connect(f'file:{file}?mode=ro', uri=True) as database:
        rows = database.execute("SELECT value FROM setting WHERE key LIKE 'reminders:%'").fetchall()
    return json.loads(rows[0][0]) if rows else {}


@uit.test
def reminders_are_told_once_and_their_buttons_work():
    file = workspace('reminders', 'Call Anne', 'Send the offer', 'Book a room')
    server.shown.clear()
    with uit.App(file) as app:
        server.wait(3)
        titles = [one['title'] for one in server.shown]
        uit.check_equal(sorted(titles), ['Book a room', 'Call Anne', 'Send the offer'], 'titles')
        uit.check_equal(server.shown[0]['body'], 'This is due now.', 'why')
        server.press('Call Anne', 'Done')
        uit.wait(lambda: status(file, 'Call Anne') == 'done', 'it is done')
        server.press('Send the offer', 'In an Hour')
        uit.wait(lambda: len(marks(file).get('again', {})) == 1, 'it is put off')
        server.press('Book a room', '')
        uit.wait(lambda: samples.title(app) == 'Book a room', 'its page')
        app.quit()
    with uit.App(file) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        uit.check_equal(len(server.shown), 3, 'nothing is told twice')
        app.quit()


@uit.test
def what_workflows_tell_is_shown_once_and_opens():
    file = workspace('notices')
    samples.ctl('new', file, 'deal', 'name=Old mill')
    nodes = [{'id': 'start', 'kind': 'by_hand', 'settings': {'entity': 'deal'}},
             {'id': 'tell', 'kind': 'notify', 'settings': {'title': '{{name}} is stalled', 'notes': 'Call them.'}}]
    samples.ctl('workflow', 'draw', file, 'Stalled',
                json.dumps({'nodes': nodes, 'connections': [{'from': 'start', 'outcome': 'next', 'to': 'tell'}]}))
    samples.ctl('workflow', 'publish', file, 'Stalled')
    samples.ctl('workflow', 'start', file, 'Stalled', 'Old mill')
    samples.ctl('tick', file)
    server.shown.clear()
    with uit.App(file) as app:
        uit.check_equal(server.wait(1)['title'], 'Old mill is stalled', 'what is told')
        uit.check_equal(server.shown[0]['body'], 'Call them.', 'more of it')
        uit.wait(lambda: 'told_at' in samples.record_by(file, 'notification', 'title', 'Old mill is stalled'), 'it is marked')
        server.press('Old mill is stalled', '')
        uit.wait(lambda: samples.title(app) == 'Old mill', 'its page')
        app.quit()


@uit.test
def what_was_told_of_a_finished_task_is_taken_away():
    file = workspace('reminders-done', 'Pay the rent')
    server.shown.clear()
    with uit.App(file) as app:
        server.wait(1)
        number = server.last
        server.closed.clear()
        samples.ctl('set', file, 'task', 'Pay the rent', 'status=done')
        uit.wait(lambda: number in server.closed, 'it is taken away')
        app.quit()


@uit.test
def many_reminders_are_one_and_say_as_little_as_is_wanted():
    many = workspace('reminders-many', 'One', 'Two', 'Three', 'Four', 'Five')
    secret = workspace('reminders-secret', 'Ask about the illness')
    quiet = workspace('reminders-quiet', 'Nothing of this')
    server.shown.clear()
    with uit.App(many) as app:
        uit.check_equal(server.wait(1)['title'], '5 tasks need you', 'one for all')
        server.press('5 tasks need you', '')
        uit.wait(lambda: samples.title(app) == 'My Day', 'my day')
        server.set_setting('discreet')
        app.quit()
    with uit.App(secret) as app:
        uit.check_equal(server.wait(2)['title'], 'A task needs you', 'no title')
        server.set_setting('none')
        app.quit()
    with uit.App(quiet) as app:
        samples.go(app, 'ctrl+7', 'Tasks')
        uit.wait(lambda: marks(quiet), 'it has been asked')
        uit.check_equal(len(server.shown), 2, 'nothing is told')
        app.quit()


def choose(app, window, row, name):
    """A line of a row that offers several."""
    combo = app.find('combo box', row, within=window)
    app.click(combo)
    app.click(app.find('label', name, within=combo))


@uit.test
def alert_is_made_and_told_once():
    file = workspace('alert')
    server.shown.clear()
    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        server.set_setting('full')
        app.resize(1400, 900) # the pages of the settings stand in the header bar
        app.key('ctrl+comma')
        app.click(app.find('tab', 'Alerts'))
        app.click(app.find('label', 'Add an Alert'))
        window = app.find('window', 'Add Alert')
        app.type('Few deals')
        choose(app, window, 'Metric', 'Deals opened')
        app.click(app.find('entry', 'Limit', within=window))
        app.type('3')
        app.screenshot(samples.SHOTS / 'settings-alert.png')
        app.key('ctrl+Return')
        app.gone('window', 'Add Alert')
        app.find('label', 'Few deals')
        shown = server.wait(1)
        uit.check_equal((shown['title'], shown['body']), ('Few deals', 'Deals opened, this month: below 3'), 'what is told')
        for _ in range(3):
            samples.ctl('new', file, 'deal', 'name=Deal')
        uit.check_equal(server.wait(2)['body'], 'Over: Deals opened, this month: below 3', 'it is over')
        uit.check_equal(samples.record_by(file, 'alert', 'name', 'Few deals')['state'], 'ok', 'it is stored')
        app.quit()


@uit.test
def scheduled_report_is_written_and_told():
    file = workspace('schedule')
    folder = file.parent / 'written'
    folder.mkdir()
    samples.ctl('new', file, 'report', 'name=Sales', 'definition={"version":1,"blocks":[{"kind":"text","text":"Hello"}]}')
    samples.ctl('new', file, 'report_schedule', 'name=Every day', 'report=Sales', f'folder={folder}', 'recurrence=FREQ=DAILY')
    with sqlite3.connect(file) as database:
        database.execute('UPDATE report_schedule SET next_at = next_at - 86400000000')
    server.shown.clear()
    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        server.set_setting('full')
        shown = server.wait(1)
        written = [path.name for path in folder.iterdir()]
        uit.check_equal((shown['title'], shown['body']), ('Every day', f'“{written[0]}” was written.'), 'what is told')
        uit.check('Open' in shown['actions'], 'it can be opened')
        uit.check_equal(samples.record_by(file, 'report_schedule', 'name', 'Every day')['state'], 'done', 'it is stored')
        app.quit()


server = Server()
uit.main()
