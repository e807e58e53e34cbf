#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every key that the code of the window binds is in the window that lists keys.

Keys are told by what they are and what is held with them, wherever they are
bound: the table of cpt-shortcuts.c is compared with all triggers and bindings of
src/app. Keys of the keypad count as those beside it."""
import pathlib
import re
import sys

APP = pathlib.Path(__file__).resolve().parents[2] / 'src' / 'app'
TABLE = APP / 'window' / 'cpt-shortcuts.c'
# What closes a window or presses what has the keyboard, as everywhere
EVERYWHERE = {'Escape', 'Return', 'space', 'Tab', '<Shift>Tab', '<Shift>ISO_Left_Tab'}
MODIFIERS = {'GDK_CONTROL_MASK': '<Control>', 'GDK_SHIFT_MASK': '<Shift>', 'GDK_ALT_MASK': '<Alt>'}
BOUND = re.compile(r'(?:add_binding(?:_action|_signal)?|gtk_keyval_trigger_new)\s*\(([^;]*?);', re.S)
KEY = re.compile(r'GDK_KEY_(\w+)')


def normalise(key, held):
    key = {'Page_Up': 'Page_Up', 'equal': 'plus'}.get(key, key.removeprefix('KP_'))
    key = {'Enter': 'Return', 'Add': 'plus', 'Subtract': 'minus'}.get(key, key)
    return ''.join(sorted(held)) + (key.lower() if len(key) == 1 else key)


def listed():
    keys = set()
    for accel in re.findall(r'"((?:<\w+>)*\w+)"', '\n'.join(re.findall(r'\{ (?:"[^"]*"(?:, )?)+ \}', TABLE.read_text()))):
        keys.add(normalise(accel.rsplit('>', 1)[-1], re.findall(r'<\w+>', accel)))
    return keys


def bound():
    for path in sorted(APP.rglob('*.c')):
        if path == TABLE:
            continue
        text = path.read_text(encoding='utf-8')
        for match in BOUND.finditer(text):
            key = KEY.search(match[1])
            if key is not None:
                held = {sign for mask, sign in MODIFIERS.items() if mask in match[1]}
                yield path, text.count('\n', 0, match.start()) + 1, normalise(key[1], held)


def main():
    known = listed()
    if len(known) < 40:
        raise SystemExit(f'{TABLE}: only {len(known)} keys were found: this check does not understand the table any more')
    missing = [(path, line, key) for path, line, key in bound() if key not in known and key not in EVERYWHERE]
    for path, line, key in missing:
        print(f'{path.relative_to(APP.parents[1])}:{line}: {key} is not in the window of keyboard shortcuts')
    return 1 if missing else 0


sys.exit(main())
