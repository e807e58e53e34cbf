#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the tests of the last run of meson, every TAP line as one.

usage: count-tests.py BUILD-FOLDER

Prints the names of those that failed and, as the last line,
"N passed, N failed, N skipped". Exit status 1 if one failed or none ran.
"""
import json
import pathlib
import re
import sys

POINT = re.compile(r'^(not )?ok\b\s*\d*\s*-?\s*([^#]*)(#\s*(SKIP|TODO))?', re.I)


def read_tap(text):
    """How many points passed and were skipped, and the names of the failed."""
    passed, skipped, failed = 0, 0, []
    for line in text.splitlines():
        point = POINT.match(line)
        if not point:
            continue
        directive = (point[4] or '').upper()
        if directive == 'SKIP':
            skipped += 1
        elif point[1] and directive != 'TODO':
            failed.append(point[2].strip())
        else:
            passed += 1
    return passed, skipped, failed


def main(folder):
    log = pathlib.Path(folder, 'meson-logs', 'testlog.json')
    total_passed, total_skipped, total_failed = 0, 0, []
    for line in log.read_text(encoding='utf-8', errors='replace').splitlines():
        test = json.loads(line)
        result = test['result']
        passed, skipped, failed = read_tap(test.get('stdout') or '')
        if result == 'SKIP' and skipped == 0:
            skipped = 1
        elif result in ('OK', 'EXPECTEDFAIL') and passed + skipped == 0:
            passed = 1
        elif result not in ('OK', 'EXPECTEDFAIL', 'SKIP') and not failed:
            failed = [result.lower()]
        total_passed += passed
        total_skipped += skipped
        total_failed += [f'{test["name"]}: {name}' for name in failed]

    for name in total_failed:
        print('FAILED', name)
    print(f'{total_passed} passed, {len(total_failed)} failed, {total_skipped} skipped')
    return 1 if total_failed or total_passed == 0 else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
