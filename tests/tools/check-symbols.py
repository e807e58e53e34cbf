#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No room below app, and not comptoirctl either, needs a symbol of GTK.

usage: check-symbols.py BUILD-FOLDER
"""
import pathlib
import re
import subprocess
import sys

GTK = re.compile(r'\bU _?((gtk|gdk|gsk|adw)_(?!pixbuf)\w+)')


def undefined(path, *options):
    done = subprocess.run(['nm', '-u', *options, str(path)], capture_output=True, text=True, check=True)
    return sorted({match[1] for match in GTK.finditer(done.stdout)})


def main(folder):
    build = pathlib.Path(folder) / 'src'
    archives = [path for path in sorted(build.glob('*/libcpt-*.a')) if path.parent.name != 'app']
    places = [(path, ()) for path in archives] + [(build / 'ctl' / 'comptoirctl', ('-D',))]
    if not archives:
        print('there is no library in', build)
        return 1
    wrong = [(path, undefined(path, *options)) for path, options in places]
    for path, symbols in wrong:
        if symbols:
            print(f'{path.relative_to(build)} needs GTK: {", ".join(symbols[:5])}')
    return 1 if any(symbols for _, symbols in wrong) else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
