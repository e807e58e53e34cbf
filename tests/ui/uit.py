# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window: finds things through AT-SPI, as a screen reader
does, and uses pointer and keyboard, as a person does. Runs inside run.py.

    import uit

    @uit.test
    def about_window_opens_from_the_menu():
        with uit.App() as app:
            app.click(app.find('button', 'Main Menu'))
            app.click(app.find('menu item', 'About Comptoir'))
            app.find('label', 'Comptoir', within=app.find('window', 'About'))
            app.quit()

    uit.main()

Dark is App(env=uit.DARK), French App(env=uit.FRENCH), high contrast
App(env=uit.HIGH_CONTRAST).

Nothing here sleeps for a result: find() and wait() look again until it is
there. Names are matched whole; give a compiled re for anything else. What
GTK 4.8 makes necessary:

- Extents are relative to the top level window without its border; a popover
  is an X window of its own, and tells the origin of its parent instead of its
  own. Both are matched with their X windows by size.
- After a popover has closed under the pointer, the next press on what lies
  below gets lost. So the pointer rests in a corner before every click.
- There is no window manager: keys go where X's focus is, so it is given to
  the topmost window first.
- Whether something is visible is told by its extents alone.
- A widget without actions never answers a question about them: calls have a
  short deadline.
"""
import ast
import contextlib
import ctypes
import os
import pathlib
import re
import subprocess
import sys
import time
import traceback
import typing

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
COMPONENT = 'org.a11y.atspi.Component'
ACTION = 'org.a11y.atspi.Action'
TEXT = 'org.a11y.atspi.Text'
EDITABLE = 'org.a11y.atspi.EditableText'
VALUE = 'org.a11y.atspi.Value'
PROPERTIES = 'org.freedesktop.DBus.Properties'
ROOT = '/org/a11y/atspi/accessible/root'
REGISTRY = 'org.a11y.atspi.Registry'
CACHE = 'org.a11y.atspi.Cache'
CACHE_PATH = '/org/a11y/atspi/cache'
# As many are asked one by one as quickly as all at once.
FEW = 40
COORDS_WINDOW = 1
# A page of a stack is another one whenever it is asked for.
PAGE = 'GtkStackPage'
VISIBLE = 1 << int(Atspi.StateType.VISIBLE)

# What AT-SPI says in other words than people, or than another version of it.
ROLES = {'push button': 'button', 'frame': 'window', 'text': 'entry', 'page tab': 'tab'}

TYPE_NAME = re.compile(r'^(Gtk|Adw|Cpt)[A-Z]')

# How much longer than usual everything may take: 4 under valgrind, for instance.
SLOW = float(os.environ.get('UIT_SLOW', '1'))
TIMEOUT = float(os.environ.get('CPT_UI_TIMEOUT', '15'))


DARK = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}
HIGH_CONTRAST = {'ADW_DEBUG_HIGH_CONTRAST': '1'}
FRENCH = {'LANGUAGE': 'fr'}


class Failure(AssertionError):
    """What a test expected did not come true."""


def wait(condition, what, timeout=None):
    """Looks again and again until condition() is true, and returns it."""
    end = time.monotonic() + (timeout or TIMEOUT) * SLOW
    while True:
        began = time.monotonic()
        result = condition()
        if result:
            return result
        now = time.monotonic()
        if now > end:
            raise Failure(f'waited in vain: {what}')
        # While it answers questions the program gets nothing else done.
        time.sleep(max(0.03, (now - began) / 2))


def check(condition, what):
    if not condition:
        raise Failure(what)


def check_equal(got, expected, what='value'):
    if got != expected:
        raise Failure(f'{what} is {got!r}, not {expected!r}')


def role_name(number):
    try:
        name = Atspi.Role(number).value_nick.replace('-', ' ')
    except (AttributeError, ValueError):
        name = str(number)
    return ROLES.get(name, name)


# --------------------------------------------------------------------- X

class _Attributes(ctypes.Structure):
    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_int), ('width', ctypes.c_int),
                ('height', ctypes.c_int), ('border', ctypes.c_int), ('depth', ctypes.c_int),
                ('visual', ctypes.c_void_p), ('root', ctypes.c_ulong), ('klass', ctypes.c_int),
                ('bit_gravity', ctypes.c_int), ('win_gravity', ctypes.c_int),
                ('backing_store', ctypes.c_int), ('backing_planes', ctypes.c_ulong),
                ('backing_pixel', ctypes.c_ulong), ('save_under', ctypes.c_int),
                ('colormap', ctypes.c_ulong), ('map_installed', ctypes.c_int),
                ('map_state', ctypes.c_int), ('all_masks', ctypes.c_long),
                ('your_mask', ctypes.c_long), ('no_propagate', ctypes.c_long),
                ('override_redirect', ctypes.c_int), ('screen', ctypes.c_void_p)]


class XWindow:
    """A mapped window on the display; a popup is a popover, a menu or a hint."""

    def __init__(self, number, attributes):
        self.number = number
        self.x, self.y = attributes.x, attributes.y
        self.width, self.height = attributes.width, attributes.height
        self.popup = bool(attributes.override_redirect)

    def __repr__(self):
        return f'{self.width}x{self.height}+{self.x}+{self.y}{" popup" if self.popup else ""}'


class Display:
    """The X server: which windows there are, and which one gets the keys."""

    def __init__(self):
        self.lib = ctypes.CDLL('libX11.so.6')
        self.lib.XOpenDisplay.restype = ctypes.c_void_p
        self.lib.XDefaultRootWindow.restype = ctypes.c_ulong
        self.lib.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.lib.XFree.argtypes = [ctypes.c_void_p]
        self.lib.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.lib.XSetInputFocus.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int,
                                            ctypes.c_ulong]
        # A window may vanish between two requests: that is no reason to exit.
        handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
        self.ignore = handler(lambda display, event: 0)
        self.lib.XSetErrorHandler(self.ignore)
        self.display = ctypes.c_void_p(self.lib.XOpenDisplay(None))
        check(self.display, 'there is no X display')
        self.root = self.lib.XDefaultRootWindow(self.display)

    def windows(self):
        """From the lowest to the topmost."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        children, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self.lib.XQueryTree(self.display, ctypes.c_ulong(self.root), ctypes.byref(root),
                            ctypes.byref(parent), ctypes.byref(children), ctypes.byref(count))
        found = []
        for number in [children[i] for i in range(count.value)]:
            attributes = _Attributes()
            known = self.lib.XGetWindowAttributes(self.display, ctypes.c_ulong(number),
                                                  ctypes.byref(attributes))
            viewable = attributes.map_state == 2
            if known and viewable and attributes.width > 1 and attributes.height > 1:
                found.append(XWindow(number, attributes))
        if count.value:
            self.lib.XFree(children)
        return found

    def focus_topmost(self):
        windows = [window for window in self.windows() if not window.popup]
        check(windows, 'there is no window')
        current, revert = ctypes.c_ulong(), ctypes.c_int()
        self.lib.XGetInputFocus(self.display, ctypes.byref(current), ctypes.byref(revert))
        if current.value != windows[-1].number:
            self.lib.XSetInputFocus(self.display, windows[-1].number, 1, 0)
            self.lib.XSync(self.display, 0)


# ---------------------------------------------------------------- AT-SPI

# What comes in thousands is read by hand: GLib.Variant.unpack() takes a third of the time of a test.

def parts(variant):
    return [variant.get_child_value(index) for index in range(variant.n_children())]


def read_place(variant):
    return variant.get_child_value(0).get_string(), variant.get_child_value(1).get_string()


def read_children(reply):
    """Of GetChildren: (a(so))"""
    return [read_place(child) for child in parts(reply.get_child_value(0))]


TEXT_PATTERN = r"""('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
ITEM = re.compile(rf"\(\('([^']*)', '([^']*)'\), \('[^']*', '[^']*'\), \('([^']*)', '([^']*)'\), -?\d+, (\d+), \[[^]]*\], "
                  rf"{TEXT_PATTERN}, (\d+), {TEXT_PATTERN}, \[(\d+), (\d+)\]\)")


def read_text(printed):
    return ast.literal_eval(printed) if '\\' in printed else printed[1:-1]


class Told(typing.NamedTuple):
    """What the program tells about a node; children is None where they have to be asked for."""
    name: str
    hint: str
    role: int
    states: list
    children: list = None


def read_items(reply):
    """Of GetItems: {place: Told}. It has those whose parents were asked for their children, and does not tell which of them
    are hidden by now: who has several has to be asked again, and once in a while everybody."""
    items, below = [], {}
    for one in ITEM.finditer(reply.print_(False)):
        place, above, (count, role) = one.group(1, 2), one.group(3, 4), map(int, one.group(5, 7))
        states = [int(half) for half in one.group(9, 10)]
        items.append((place, count, read_text(one.group(6)), read_text(one.group(8)), role, states))
        if states[0] & VISIBLE and items[-1][2] != PAGE:
            below.setdefault(above, []).append(place)
    told = {}
    for place, count, *rest in items:
        known = list(below.get(place, ()))
        told[place] = Told(*rest, known if rest[0] != PAGE and len(known) == count <= 1 else None)
    return told


class Bus:
    """The accessibility bus."""

    def __init__(self):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress',
                                    None, None, 0, 10000, None).unpack()[0]
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)

    def call(self, where, interface, method, arguments=None, timeout=3000, read=GLib.Variant.unpack):
        return read(self.connection.call_sync(where[0], where[1], interface, method, arguments, None, 0, timeout, None))

    def call_all(self, requests, read=GLib.Variant.unpack):
        """Sends all at once; an answer is None where there was an error."""
        answers, pending = [None] * len(requests), len(requests)

        def answered(connection, result, index):
            nonlocal pending
            pending -= 1
            with contextlib.suppress(GLib.Error):
                answers[index] = read(connection.call_finish(result))

        for index, (where, interface, method, arguments) in enumerate(requests):
            self.connection.call(where[0], where[1], interface, method, arguments, None, 0, 3000,
                                 None, answered, index)
        while pending:
            GLib.MainContext.default().iteration(True)
        return answers

    def process_of(self, name):
        return self.call(('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus',
                         'GetConnectionUnixProcessID', GLib.Variant('(s)', (name,)))[0]


class Node:
    """Something on the screen, as it was when it was found."""

    def __init__(self, app, where, parent, name, role, states):
        self.app, self.where, self.parent = app, where, parent
        self.name, self.role = name, role
        self.states = states[0] | states[1] << 32
        self.children = []

    def __repr__(self):
        return f'{self.role} "{self.name}"'

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    def call(self, interface, method, arguments=None, timeout=3000):
        return self.app.bus.call(self.where, interface, method, arguments, timeout)

    def get_property(self, interface, name):
        return self.call(PROPERTIES, 'Get', GLib.Variant('(ss)', (interface, name)))[0]

    def has(self, state):
        """For example 'focused', 'selected', 'checked', 'expanded', 'sensitive'."""
        return bool(self.states >> int(getattr(Atspi.StateType, state.upper())) & 1)

    @property
    def description(self):
        return self.get_property(ACCESSIBLE, 'Description')

    @property
    def text(self):
        """What is written in an entry or a label."""
        length = self.get_property(TEXT, 'CharacterCount')
        return self.call(TEXT, 'GetText', GLib.Variant('(ii)', (0, length)))[0]

    def set_text(self, text):
        """Without the keyboard; for letters that xdotool does not have."""
        self.call(EDITABLE, 'SetTextContents', GLib.Variant('(s)', (text,)))

    @property
    def value(self):
        return self.get_property(VALUE, 'CurrentValue')

    def set_value(self, value):
        arguments = GLib.Variant('(ssv)', (VALUE, 'CurrentValue', GLib.Variant('d', value)))
        self.call(PROPERTIES, 'Set', arguments)

    def actions(self):
        with contextlib.suppress(GLib.Error):
            return [action[0] for action in self.call(ACTION, 'GetActions', timeout=800)[0]]
        return []

    def do(self, name):
        """Does one of actions(), as a screen reader would."""
        names = self.actions()
        check(name in names, f'{self} has no action {name}, only {names}')
        self.call(ACTION, 'DoAction', GLib.Variant('(i)', (names.index(name),)))

    def grab_focus(self):
        self.call(COMPONENT, 'GrabFocus')

    @property
    def extents(self):
        """x, y, width, height in the window that AT-SPI means."""
        arguments = GLib.Variant('(u)', (COORDS_WINDOW,))
        return self.call(COMPONENT, 'GetExtents', arguments)[0]

    @property
    def rect(self):
        """x, y, width, height on the screen."""
        return self.app.place(self)

    @property
    def center(self):
        x, y, width, height = self.rect
        return x + width // 2, y + height // 2


def matches(pattern, text):
    if pattern is None:
        return True
    if isinstance(pattern, re.Pattern):
        return pattern.search(text) is not None
    return pattern == text


# ------------------------------------------------------------------- the app

class App:
    """comptoir (or another program), started; ended at the end of "with"."""

    def __init__(self, *arguments, program=None, env=None, window=True):
        self.arguments = [program or os.environ['CPT_COMPTOIR'], *map(str, arguments)]
        self.environment = {**os.environ, **(env or {})}
        self.wants_window = window
        self.process = None
        self.readings = 0

    def __enter__(self):
        self.display, self.bus = Display(), Bus()
        self.process = subprocess.Popen(self.arguments, env=self.environment)
        if self.wants_window:
            wait(self.windows, 'the first window', timeout=60)
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            save_evidence(self)
        if self.process.poll() is None:
            self.stop()
        elif kind is None:
            check_equal(self.process.returncode, 0, 'exit status')

    def stop(self):
        """At once, if it has not ended by itself."""
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def open(self, *names):
        """Files or links, as the desktop hands them to the program that runs."""
        subprocess.run([self.arguments[0], *map(str, names)], env=self.environment, check=True, timeout=TIMEOUT * SLOW)

    def quit(self):
        """Ctrl+Q, and out it goes without a complaint. A key that comes while a dialogue closes may get lost."""
        for _ in range(3):
            self.key('ctrl+q')
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5 * SLOW)
                break
        self.wait_exit()

    def wait_exit(self):
        try:
            status = self.process.wait(TIMEOUT * 2 * SLOW)
        except subprocess.TimeoutExpired:
            raise Failure('the program does not end') from None
        check_equal(status, 0, 'exit status')

    # --- looking

    def root(self):
        if self.process.poll() is not None:
            raise Failure(f'the program has ended with status {self.process.returncode}')
        for name, path in self.bus.call((REGISTRY, ROOT), ACCESSIBLE, 'GetChildren')[0]:
            with contextlib.suppress(GLib.Error):
                if self.bus.process_of(name) == self.process.pid:
                    return name, path
        return None

    def tree(self, within=None, deep=True):
        """Everything there is, read anew: the node at its root, or None."""
        top = within.where if within else self.root()
        if top is None:
            return None
        places, level, known = [(top, None)], [top], {}
        self.readings += 1
        while level:
            if not known and len(places) > FEW:
                known = self.read_cache(top[0])
            trusted = known if self.readings % 4 else {}
            asked = [where for where in level if where not in trusted or trusted[where].children is None]
            children = {where: trusted[where].children for where in level if where in trusted}
            answers = self.bus.call_all([(where, ACCESSIBLE, 'GetChildren', None) for where in asked], read_children)
            children.update({where: answer or [] for where, answer in zip(asked, answers)})
            found = [(child, where) for where in level for child in children[where]]
            places += found
            level = [where for where, _ in found] if deep else []
        nodes, told = {}, self.read_places([where for where, _ in places], known)
        for where, above in places:
            parent = nodes.get(above)
            if where not in told or (above is not None and parent is None):
                continue  # gone since
            nodes[where] = Node(self, where, parent, *told[where])
            if parent is not None:
                parent.children.append(nodes[where])
        result = nodes.get(top)
        if result is not None and within is not None:
            result.parent = within.parent
        return result

    def read_places(self, places, known):
        """{place: (name, role, states)} of what is still there."""
        told = {where: known[where] for where in places if where in known}
        rest = [where for where in places if where not in known]
        questions = ((PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))),
                     (PROPERTIES, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Description'))),
                     (ACCESSIBLE, 'GetRole', None), (ACCESSIBLE, 'GetState', None))
        answers = self.bus.call_all([(where, *question) for where in rest for question in questions])
        for index, where in enumerate(rest):
            name, hint, role, states = answers[index * 4:index * 4 + 4]
            if None not in (name, role):
                told[where] = Told(name[0], hint[0] if hint else '', role[0], states[0] if states else [0, 0])
        # A widget without a name tells its type; its tooltip is what people read.
        return {where: (one.hint if one.hint and TYPE_NAME.match(one.name) else one.name, role_name(one.role), one.states)
                for where, one in told.items()}

    def read_cache(self, name):
        """What the program knows of all whose parents were asked for their children, in one answer."""
        with contextlib.suppress(GLib.Error):
            return self.bus.call((name, CACHE_PATH), CACHE, 'GetItems', read=read_items)
        return {}

    def windows(self):
        tree = self.tree(deep=False)
        return tree.children if tree else []

    def find_all(self, role=None, name=None, within=None, where=None, shown=True):
        """All that match now, in reading order."""
        tree = self.tree(within)
        found = [node for node in (tree.walk() if tree else [])
                 if role in (None, node.role) and matches(name, node.name)
                 and (where is None or where(node))]
        return self.shown(found) if shown else found

    def find(self, role=None, name=None, within=None, where=None, shown=True, timeout=None):
        """The first that matches, once it is there."""
        what = f'{role or "anything"} named {name!r}' + (f' in {within}' if within else '')
        return wait(lambda: self.find_all(role, name, within, where, shown), what, timeout)[0]

    def gone(self, role=None, name=None, within=None, where=None, timeout=None):
        """Waits until nothing matches any more."""
        wait(lambda: not self.find_all(role, name, within, where), f'{role} {name!r} goes away',
             timeout)

    def focused(self):
        """What the keyboard is at."""
        found = self.find_all(where=lambda node: node.has('focused') and node.role != 'window')
        return found[-1] if found else None

    def rows(self, within=None):
        """The names of the cells of each row on the screen."""
        rows = self.find_all('table row', within=within)
        return [[cell.name for cell in row.walk() if cell.role == 'table cell'] for row in rows]

    def unnamed(self):
        """What the keyboard can reach and a screen reader could not name."""
        return self.find_all(where=lambda node: node.has('focusable') and node.role not in ('window', 'entry', 'scroll pane')
                             and (not node.name or TYPE_NAME.match(node.name)))

    def shown(self, nodes):
        """Those of them that take up room."""
        arguments = GLib.Variant('(u)', (COORDS_WINDOW,))
        answers = self.bus.call_all([(node.where, COMPONENT, 'GetExtents', arguments) for node in nodes])
        return [node for node, answer in zip(nodes, answers)
                if node.role == 'application' or (answer and answer[0][2] > 0 and answer[0][3] > 0)]

    def place(self, node):
        """Extents to the screen, through the X window that the node is in."""
        x, y, width, height = node.extents
        windows = self.display.windows()
        ancestor = node
        while ancestor is not None and ancestor.role != 'application':
            left, top, wide, high = ancestor.extents
            is_top_level = ancestor.parent is None or ancestor.parent.role == 'application'
            for window in reversed(windows):
                border = (window.width - wide) // 2
                fits = border == (window.height - high) // 2 and 0 <= border <= (60 if is_top_level else 0)
                if fits and window.popup != is_top_level:
                    return window.x + border + x - left, window.y + border + y - top, width, height
            ancestor = ancestor.parent
        raise Failure(f'{node} is in none of the windows {windows}')

    # --- doing

    def xdotool(self, *words):
        subprocess.run(['xdotool', *map(str, words)], check=True)

    @staticmethod
    def point(target):
        return target.center if isinstance(target, Node) else target

    def settle(self, target):
        """Where a node is twice in a row: buttons move while others come."""
        seen = []

        def stays():
            seen.append(self.point(target))
            return len(seen) > 1 and seen[-1] == seen[-2]

        wait(stays, f'{target} stays where it is')
        return seen[-1]

    def rest(self):
        """The pointer to the corner of the topmost window."""
        windows = [window for window in self.display.windows() if not window.popup]
        check(windows, 'there is no window')
        self.xdotool('mousemove', windows[-1].x + 1, windows[-1].y + windows[-1].height - 2)

    def move(self, target):
        self.xdotool('mousemove', *self.point(target))

    def click(self, target, button=1, count=1):
        """On a node, once it has stopped moving, or at (x, y)."""
        self.rest()
        x, y = self.settle(target)
        self.xdotool('mousemove', x - 1, y, 'mousemove', x, y, 'sleep', '0.02',
                     'click', '--repeat', count, '--delay', 60, button)

    def answer(self, name):
        """A button of a dialogue. Keys that come while that closes get lost, and so it waits for the end of it."""
        button = self.find('button', name)
        before = len(self.display.windows())
        self.click(button)
        wait(lambda: len(self.display.windows()) < before, 'the dialogue closes')

    def drag(self, start, end, steps=14, button=1, drop=True, keys=()):
        """In steps, as GTK wants to see motion before it believes in a drag."""
        (x1, y1), (x2, y2) = self.point(start), self.point(end)
        words = ['mousemove', x1, y1, 'sleep', '0.05', 'mousedown', button]
        for step in range(1, steps + 1):
            words += ['mousemove', x1 + (x2 - x1) * step // steps, y1 + (y2 - y1) * step // steps,
                      'sleep', '0.02']
        words += ['sleep', '0.1'] + [word for key in keys for word in ('key', key)]
        if drop:
            words += ['mouseup', button]
        self.rest()
        self.xdotool(*words)

    def scroll(self, target, clicks):
        """Down, or up if negative."""
        self.xdotool('mousemove', *self.point(target), 'click', '--repeat', abs(clicks),
                     '--delay', 15, 5 if clicks > 0 else 4)

    def key(self, *keys):
        """For example 'ctrl+z', 'Tab', 'Return'."""
        self.display.focus_topmost()
        self.xdotool('key', '--delay', 25, *keys)

    def type(self, text):
        self.display.focus_topmost()
        self.xdotool('type', '--delay', 12, '--', text)

    def resize(self, width, height):
        """The topmost window, border included."""
        window = [window for window in self.display.windows() if not window.popup][-1]
        self.xdotool('windowsize', window.number, width, height)

    def action(self, name, parameter=None):
        """Activates app.* or win.* on D-Bus."""
        scope, _, action = name.partition('.')
        path = '/org/comptoir/Comptoir' + ('' if scope == 'app' else '/window/1')
        arguments = GLib.Variant('(sava{sv})', (action, [parameter] if parameter else [], {}))
        Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.comptoir.Comptoir', path, 'org.gtk.Actions', 'Activate', arguments, None, 0, 5000,
            None)

    # --- pictures

    def screenshot(self, path, node=None):
        """Of the whole screen, or of the node (a window with its border)."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        command = ['import', '-window', 'root']
        if node is not None:
            x, y, width, height = node.rect
            command += ['-crop', f'{width}x{height}+{x}+{y}', '+repage']
        subprocess.run(command + [str(path)], check=True)
        return path


def different_pixels(first, second, fuzz='3%'):
    """How many pixels of two pictures differ by more than the fuzz."""
    done = subprocess.run(['compare', '-metric', 'AE', '-fuzz', fuzz, str(first), str(second), 'null:'],
                          stderr=subprocess.PIPE, text=True, check=False)
    return int(float(done.stderr.split()[0]))


# -------------------------------------------------------------------- tests

_tests = []


def test(function):
    _tests.append(function)
    return function


def save_evidence(app):
    """What the screen and the tree were like when a test failed."""
    folder = pathlib.Path(os.environ.get('CPT_BUILD_ROOT', '.'), 'tests', 'ui', 'failures')
    stem = pathlib.Path(sys.argv[0]).stem + '-' + _current
    with contextlib.suppress(Exception):
        print('# picture:', app.screenshot(folder / f'{stem}.png'))
    with contextlib.suppress(Exception):
        def lines(node, depth):
            yield '#' + ' ' * (depth + 1) + repr(node)
            for child in node.children:
                yield from lines(child, depth + 1)
        print('\n'.join(lines(app.tree(), 0)))


_current = ''


def attempt(function):
    """Whether a test passes."""
    try:
        function()
        return True
    except Exception:  # pylint: disable=broad-except
        for line in traceback.format_exc().splitlines():
            print('#', line)
    return False


def main():
    """Runs the tests, or those named on the command line, and tells TAP."""
    global _current
    wanted = sys.argv[1:]
    tests = [one for one in _tests if not wanted or one.__name__ in wanted]
    failed = 0
    print(f'1..{len(tests)}', flush=True)
    for number, function in enumerate(tests, 1):
        _current = function.__name__
        title = _current.replace('_', ' ')
        start = time.monotonic()
        if attempt(function):
            print(f'ok {number} - {title}')
            print(f'# {time.monotonic() - start:.1f} s')
        else:
            failed += 1
            print(f'not ok {number} - {title}')
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
