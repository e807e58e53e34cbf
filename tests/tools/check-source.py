#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a program can check.

usage: check-source.py [BUILD-FOLDER]

Prints a line for every rule that a file breaks, and exits with 1 if there is
one. With a build folder it also looks for C files that nothing builds.

check-source.exceptions lists what may stay as it is, a line each: the rule,
the place, and for a limit the figure that is reached. It can only shrink: an
exception that is not needed any more, or wider than needed, is an error too.
"""
import json
import pathlib
import re
import sys

import format as form
from sources import ROOT, tracked

HERE = pathlib.Path(__file__).resolve().parent

LIMITS = {'file-lines': 800, 'function-lines': 60, 'nesting': 4, 'parameters': 7, 'line-length': 130}

# A room uses only rooms on lower floors, and of these only what its
# meson.build names.
FLOORS = {'config': -1, 'base': 0, 'scan': 1, 'schema': 1, 'store': 2, 'chart': 3, 'insight': 3, 'message': 3,
          'report': 4, 'engine': 4, 'sales': 4, 'privacy': 4, 'sync': 5, 'connect': 5, 'flow': 5,
          'workspace': 6, 'service': 6, 'ctl': 7, 'app': 7}

# What: (the pattern, where it is allowed, why not elsewhere)
WORDS = {
    'goto': (r'\bgoto\b', (), 'write a smaller function'),
    'abort': (r'\b(g_error|abort|exit|_exit) \(', ('src/ctl/main.c', 'tests/'), 'never end the process on input'),
    'format': (r'\b(sprintf|vsprintf|strcpy|strcat|gets|strtok|atoi|atol|atof) \(', ('tests/bench/',), 'use what knows its limits'),
    'system': (r'\b(system|popen) \(', ('tests/',), 'use GSubprocess with a list of arguments'),
    'locale': (r'\b(strtod|strtof|g_strtod) \(', (), 'depends on the locale: use cpt_decimal_parse or g_ascii_strtod'),
    'print': (r'\b(printf|puts|g_print) \(', ('src/ctl/', 'src/app/window/cpt-application.c', 'tests/'), 'libraries do not print'),
    'thread': (r'\bg_task_run_in_thread', (), 'its pool is shared with everybody: use a worker of our own'),
    'set-data': (r'\bg_object_set_data', (), 'make it a member'),
    'singleton': (r'\b(cpt_\w+|g_application)_get_default \(', ('tests/',), 'pass the object'),
    'sqlite': (r'\bsqlite3_\w+ \(', ('src/store/', 'tests/'), 'only the store talks to SQLite'),
    'cairo': (r'\bcairo_\w+ \(', ('src/chart/', 'src/flow/', 'src/report/', 'src/scan/', 'src/app/', 'tests/'), 'draw in chart, flow or report'),
    'gtk': (r'\b(gtk|gdk|gsk|adw)_(?!pixbuf)\w+ \(', ('src/app/', 'tests/'), 'only app knows GTK'),
    'old-gtk': (r'\bGtk(TreeView|ListStore|CellRenderer|ComboBox|Dialog|MessageDialog|Assistant|EntryCompletion|'
                r'InfoBar|Statusbar|AppChooser)\b', (), 'deprecated since 4.10: see what replaces it'),
    'later': (r'\b(TODO|HACK)\b', (), 'do it, or write an issue and FIXME with its number'),
    'fixme': (r'\bFIXME\b(?! ?\(?#\d)', (), 'needs the number of an issue'),
    'line-comment': (r'^\s*//', (), 'write /* */'),
    'tab': (r'\t', (), 'indent with spaces'),
}
# These are looked for in comments too
IN_COMMENTS = ('later', 'fixme', 'line-comment', 'tab')


class Checker:
    def __init__(self):
        self.found = []  # (rule, place, figure or None, message)

    def report(self, rule, place, message, figure=None):
        self.found.append((rule, str(place), figure, message))

    def limit(self, rule, place, figure):
        if figure > LIMITS[rule]:
            self.report(rule, place, f'{figure}, at most {LIMITS[rule]} allowed', figure)


def check_head(checker, path, lines):
    """The licence in the first lines, and in a .c file what it is for."""
    if not any('SPDX-License-Identifier: GPL-3.0-or-later' in line for line in lines[:3]):
        checker.report('licence', path, 'the SPDX line is missing')
    tells_by_name = path.name.startswith('test-')
    if path.suffix == '.c' and not tells_by_name and not any(line.startswith('/*') for line in lines[1:3]):
        checker.report('purpose', path, 'a comment below the SPDX line says what the file is for')
    # What is precompiled is never included, and compilers warn of the pragma in it.
    if path.suffix == '.h' and path.parent.name != 'pch' and '#pragma once' not in lines:
        checker.report('pragma', path, '#pragma once is missing')


def check_words(checker, path, text, masked):
    for rule, (pattern, allowed, why) in WORDS.items():
        if str(path).startswith(allowed or '\0'):
            continue
        where = text if rule in IN_COMMENTS else masked
        for match in re.finditer(pattern, where, re.M):
            line = text.count('\n', 0, match.start()) + 1
            checker.report(rule, f'{path}:{line}', f'{match[0].strip()}: {why}')


def check_functions(checker, path, text, masked):
    """Definitions have their name, { and } at the beginning of a line."""
    for match in re.finditer(r'^([a-zA-Z_]\w*) \(', masked, re.M):
        opening = match.end() - 1
        end = form.closing(masked, opening)
        body = re.compile(r'\s*\n\{\n').match(masked, end + 1) if end > 0 else None
        if not body:
            continue
        stop = masked.find('\n}', body.end() - 1)
        place = f'{path}:{match[1]}'
        inside = masked[body.end():stop]
        checker.limit('function-lines', place, inside.count('\n') + 1)
        parameters = form.split_parameters(text[opening + 1:end], masked[opening + 1:end])
        checker.limit('parameters', place, len(parameters))
        checker.limit('nesting', place, nesting(inside))


def nesting(body):
    """How deep blocks stand in blocks; the braces of initialisers are none."""
    deepest, stack = 0, []
    for match in re.finditer(r'[{}]', body):
        if match[0] == '}':
            if stack:
                stack.pop()
            continue
        start = body.rfind('\n', 0, match.start()) + 1
        stack.append(not body[start:match.start()].strip())
        deepest = max(deepest, sum(stack))
    return deepest


def check_includes(checker, path, lines):
    """config.h, its header, blank, <system>, blank, "project": each sorted."""
    includes = [(number, line.split()[1]) for number, line in enumerate(lines)
                if line.startswith('#include ') and len(line.split()) > 1]
    groups, last = [], -2
    for number, name in includes:
        if number != last + 1:
            groups.append([])
        groups[-1].append(name)
        last = number
    if groups and groups[0][0] == '"config.h"':
        del groups[0][0]
    elif path.suffix == '.c' and path.parts[0] == 'src':
        checker.report('includes', path, '"config.h" comes first')
    groups = [group for group in groups if group]
    # then the header that the file implements, or a test tests
    if path.suffix == '.c' and groups and len(groups[0]) == 1 and groups[0][0].startswith('"'):
        groups.pop(0)
    for group in groups:
        if len({name[0] for name in group}) > 1:
            checker.report('includes', path, f'a blank line parts <system> from "project": {group}')
        key = [name.strip('<>"') for name in group]
        if key != sorted(key):
            checker.report('includes', path, f'not sorted: {" ".join(group)}')
    kinds = [group[0][0] for group in groups]
    if '<' in kinds and '"' in kinds and kinds.index('"') < len(kinds) - 1 - kinds[::-1].index('<'):
        checker.report('includes', path, '<system> headers come before "project" headers')


def rooms():
    return sorted(path.name for path in (ROOT / 'src').iterdir() if (path / 'meson.build').is_file())


def declared_rooms(room):
    text = (ROOT / 'src' / room / 'meson.build').read_text(encoding='utf-8')
    return {name for name in re.findall(r'\b(\w+)_dep\b', text) if name in rooms() and name != room}


def check_rooms(checker, files):
    """No header of a room that was not declared, no room above or beside."""
    owner = {path.name: path.parts[1] for path in files if path.suffix == '.h' and path.parts[0] == 'src'}
    owner['config.h'] = 'config'
    for room in rooms():
        if room not in FLOORS:
            checker.report('floor', f'src/{room}', 'say on which floor it is, in check-source.py')
        for other in declared_rooms(room):
            if FLOORS.get(other, 99) >= FLOORS.get(room, -1):
                checker.report('floor', f'src/{room}/meson.build', f'{other} is not on a lower floor')
    for path in files:
        if path.parts[0] != 'src' or len(path.parts) < 3:
            continue
        allowed = declared_rooms(path.parts[1]) | {path.parts[1], 'config'}
        for name in re.findall(r'^#include "([^"]+)"', (ROOT / path).read_text(encoding='utf-8'), re.M):
            room = owner.get(pathlib.Path(name).name)
            if room is not None and room not in allowed:
                checker.report('room', path, f'{name} is in {room}, which src/{path.parts[1]}/meson.build does not name')


def check_built(checker, files, build):
    """Every .c file is part of a target."""
    targets = json.loads((pathlib.Path(build) / 'meson-info' / 'intro-targets.json').read_text(encoding='utf-8'))
    built = {str(pathlib.Path(source).resolve()) for target in targets
             for part in target['target_sources'] for source in part.get('sources', [])}
    for path in files:
        if path.suffix == '.c' and str(ROOT / path) not in built:
            checker.report('built', path, 'no meson.build names it')


def check_templates(checker):
    listed = (ROOT / 'resources' / 'comptoir.gresource.xml').read_text(encoding='utf-8')
    for path in tracked('resources/*.ui', 'resources/*.css', 'resources/*.svg'):
        if f'>{path.relative_to("resources")}</file>' not in listed:
            checker.report('resource', path, 'comptoir.gresource.xml does not list it')


def check_icons(checker):
    """Every icon that is named is ours, or in Adwaita outside of what it has given up."""
    theme = pathlib.Path('/usr/share/icons/Adwaita')
    if not theme.is_dir():
        return
    known = {path.stem for path in theme.rglob('*-symbolic.svg') if path.parent.name != 'legacy'}
    known |= {path.stem for path in tracked('resources/icons/*.svg', 'data/icons/*.svg')}
    known |= {'open-menu-symbolic'}  # in libadwaita
    for path in tracked('src/*.c', 'resources/*.ui'):
        text = (ROOT / path).read_text(encoding='utf-8')
        for name in re.findall(r'[">]([a-z][a-z0-9-]*-symbolic)["<]', text):
            if name not in known:
                checker.report('icon', path, f'there is no icon {name}')


def read_exceptions():
    result = {}
    for line in (HERE / 'check-source.exceptions').read_text(encoding='utf-8').splitlines():
        words = line.split('#')[0].split()
        if words:
            result[words[0], words[1]] = int(words[2]) if len(words) > 2 else None
    return result


def apply_exceptions(found):
    """What is left to complain about."""
    exceptions, used, complaints = read_exceptions(), set(), []
    for rule, place, figure, message in found:
        key = (rule, place if figure is not None else place.split(':')[0])
        if key not in exceptions:
            complaints.append(f'{place}: {rule}: {message}')
            continue
        used.add(key)
        allowed = exceptions[key]
        if figure is not None and allowed != figure:
            way = 'grew from' if figure > (allowed or 0) else 'shrank: lower the exception from'
            complaints.append(f'{place}: {rule}: {figure}, {way} {allowed}')
    complaints += [f'{place}: {rule}: the exception is not needed any more, remove it'
                   for rule, place in exceptions.keys() - used]
    return complaints


def check_file(checker, path):
    text = (ROOT / path).read_text(encoding='utf-8')
    lines = text.split('\n')
    check_head(checker, path, lines)
    checker.limit('file-lines', path, len(lines) - 1)
    if path.suffix not in ('.c', '.h'):
        return
    for number, line in enumerate(lines, 1):
        is_table_row = line.lstrip().startswith(('{', '[', '"'))
        if len(line) > LIMITS['line-length'] and not is_table_row and path.parts[0] == 'src':
            checker.report('line-length', f'{path}:{number}', f'{len(line)} columns, at most {LIMITS["line-length"]}')
    masked = form.mask(text)
    check_words(checker, path, text, masked)
    check_functions(checker, path, text, masked)
    check_includes(checker, path, lines)


def main(build=None):
    checker = Checker()
    sources = tracked('*.c', '*.h')
    for path in sources + tracked('*.py', '*.sh', 'dev', '.ci/run', 'resources/*.ui'):
        check_file(checker, path)
    check_rooms(checker, sources)
    check_templates(checker)
    check_icons(checker)
    if build is not None:
        check_built(checker, sources, build)
    complaints = apply_exceptions(checker.found)
    for complaint in sorted(complaints):
        print(complaint)
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
