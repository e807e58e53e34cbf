#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the C files into the form that GTK's sources have.

usage: format.py [--check] [FILE...]

Without files, all that git knows. --check changes nothing, shows what it would
change, and exits with 1 if there is something.

clang-format 14 does the most of it (.clang-format), but for headers: these are
columns made by hand. What it cannot do is done here, for both:

- more than one parameter: one a line, the names in a column, the stars at the
  names;
- no space in g_autoptr(Type), _("text") and their like;
- no white space at the end of a line, one newline at the end of the file.

What it makes, it leaves alone when it sees it again.
"""
import concurrent.futures
import difflib
import pathlib
import re
import subprocess
import sys

from sources import ROOT, tracked

TIGHT = re.compile(r'\b(g_auto|g_autoptr|g_autolist|g_autoslist|g_autoqueue|_|N_|C_|NC_|Q_) +(?=\()')
PARAMETER = re.compile(r'^(?P<type>.*?[\w)*])(?P<gap>\s*)(?P<stars>\**)(?P<name>\b\w+)(?P<rest>(\[[^]]*\])*)$', re.S)
# A definition's name stands at the beginning of a line; a prototype's somewhere in it.
DEFINITION = re.compile(r'^(?P<head>[A-Za-z_]\w* )\(', re.M)
PROTOTYPE = re.compile(r'^(?P<head>(?!typedef\b|return\b|#)[A-Za-z_][\w \t*]*?[ *]\w+[ \t]*)\(', re.M)
JOINT = '\ue000\ue001'
HIDDEN = '/*,*/'
TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
                   r'|^[ \t]*#(?:\\\n|[^\n])*', re.S | re.M)
MACRO = re.compile(r'^[A-Z][A-Z0-9_]+ *$')


def mask(text):
    """The text with comments, strings and preprocessor lines blanked out."""
    return TOKEN.sub(lambda match: re.sub(r'[^\n]', '\0', match[0]), text)


def closing(masked, start):
    """Where the parenthesis that opens at start is closed, or -1."""
    depth = 0
    for position in range(start, len(masked)):
        if masked[position] == '(':
            depth += 1
        elif masked[position] == ')':
            depth -= 1
            if depth == 0:
                return position
    return -1


def tighten(text):
    """Takes the space out of _ ("…"), and moves along what was aligned to it."""
    masked = mask(text)
    cuts = {match.end(1): match.end() - match.end(1) for match in TIGHT.finditer(masked)}
    if not cuts:
        return text

    output, stack = [], []  # stack: (new column after the bracket, how far its line moved, last in line)
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.lstrip(' ')
        indent = len(line) - len(stripped)
        shift = 0
        if stack and stack[-1][0] == '(' and stripped.strip():
            _, old_column, moved, hanging, base = stack[-1]
            shift = moved if indent == old_column and not hanging else base
            shift = min(shift, indent)
        removed, new = shift, line[shift:] if shift else line
        pieces, last = [], shift
        for offset, char in enumerate(masked[position:position + len(line)]):
            if position + offset in cuts:
                pieces.append(line[last:offset])
                last = offset + cuts[position + offset]
                removed += cuts[position + offset]
            if char in '([{':
                hanging = not line[offset + 1:].strip()
                stack.append(('(' if char == '(' else char, offset + 1, removed, hanging, shift))
            elif char in ')]}' and stack:
                stack.pop()
        pieces.append(line[last:])
        new = ''.join(pieces)
        output.append(new)
        position += len(line)
    return ''.join(output)


def split_parameters(text, masked):
    """At the commas that are in no bracket."""
    parts, depth, start = [], 0, 0
    for position, char in enumerate(masked):
        if char in '([{':
            depth += 1
        elif char in ')]}':
            depth -= 1
        elif char == ',' and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return [re.sub(r'\s+', ' ', part).strip() for part in parts]


def align(parameters, column):
    """One a line, names below each other, stars at the names."""
    split = [PARAMETER.match(parameter) for parameter in parameters]
    rows = []
    for parameter, match in zip(parameters, split):
        if match is None or parameter in ('void', '...') or '(' in parameter:
            rows.append((parameter, None, None))
            continue
        kind = match['type']
        # the stars that belong to the name, not those of "char *const"
        stars = match['stars']
        while kind.endswith('*'):
            kind, stars = kind[:-1].rstrip(), stars + '*'
        rows.append((kind, stars, match['name'] + match['rest']))
    named = [row for row in rows if row[2] is not None]
    width = max((len(row[0]) for row in named), default=0)
    most_stars = max((len(row[1]) for row in named), default=0)
    lines = []
    for kind, stars, name in rows:
        if name is None:
            lines.append(kind)
        else:
            lines.append(kind + ' ' * (width + 1 + most_stars - len(stars) - len(kind)) + stars + name)
    return (',\n' + ' ' * column).join(lines)


def align_parameters(text, pattern):
    masked = mask(text)
    pieces, last = [], 0
    for match in pattern.finditer(masked):
        opening = match.end() - 1
        end = closing(masked, opening)
        if match.start() < last or end < 0 or MACRO.match(match['head']):
            continue
        inside, masked_inside = text[opening + 1:end], masked[opening + 1:end]
        after = masked[end + 1:end + 200].lstrip()
        is_definition = pattern is DEFINITION
        if is_definition and not after.startswith('{') and not after.startswith(';'):
            continue
        if '\0' in masked_inside or '{' in masked_inside or not re.search(r'\w+ ', inside):
            continue
        parameters = split_parameters(inside, masked_inside)
        if len(parameters) < 2 or not all(' ' in one or one == '...' for one in parameters):
            continue
        column = opening + 1 - (text.rfind('\n', 0, opening) + 1)
        pieces += [text[last:opening + 1], align(parameters, column)]
        last = end
    return ''.join(pieces) + text[last:]


def hide_last_commas(text):
    """Of lists with several values a line, which clang-format would unpack."""
    masked = mask(text)
    pieces, last = [], 0
    for match in re.finditer(r'\{([^{}]*?),(\s*\})', masked):
        if any(line.count(',') > 1 for line in masked[match.start(1):match.start(2)].splitlines()):
            comma = match.start(2) - 1
            pieces += [text[last:comma], HIDDEN]
            last = comma + 1
    return ''.join(pieces) + text[last:]


def join_strings(text):
    """Two strings on one line: clang-format would break between them."""
    pieces, last, end = [], 0, None
    for match in TOKEN.finditer(text):
        between = text[end:match.start()] if end is not None else ''
        if match[0].startswith('"') and between and not between.strip(' '):
            pieces += [text[last:end - 1], JOINT[0], between, JOINT[1]]
            last = match.start() + 1
        end = match.end() if match[0].startswith('"') else None
    return ''.join(pieces) + text[last:]


def part_strings(text):
    return text.replace(JOINT[0], '"').replace(JOINT[1], '"')


def tidy(text):
    text = re.sub(r'[ \t]+$', '', text, flags=re.M)
    return text.rstrip('\n') + '\n' if text.strip() else ''


def format_text(path, text):
    if path.suffix == '.c':
        done = subprocess.run(['clang-format', '--style=file', f'--assume-filename={path}'],
                              input=join_strings(hide_last_commas(text)), capture_output=True, text=True, check=True, cwd=ROOT)
        text = re.sub(r'\s*' + re.escape(HIDDEN), ',', part_strings(done.stdout))
        text = align_parameters(tighten(text), DEFINITION)
    else:
        text = align_parameters(tighten(text), PROTOTYPE)
    return tidy(text)


def main(arguments):
    check = '--check' in arguments
    names = [argument for argument in arguments if argument != '--check']
    files = [pathlib.Path(name).resolve() for name in names] or [ROOT / path for path in tracked('*.c', '*.h')]
    before_all = [path.read_text(encoding='utf-8') for path in files]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        after_all = list(pool.map(format_text, files, before_all))
    wrong = 0
    for path, before, after in zip(files, before_all, after_all):
        if before == after:
            continue
        wrong += 1
        if check:
            name = str(path.relative_to(ROOT))
            sys.stdout.writelines(difflib.unified_diff(before.splitlines(True), after.splitlines(True),
                                                       name, name, n=1))
        else:
            path.write_text(after, encoding='utf-8')
            print('formatted', path.relative_to(ROOT))
    if check and wrong:
        print(f'{wrong} of {len(files)} files are not in form: run tests/tools/format.py')
    return 1 if check and wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
