#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what the benchmarks of the last run measured, as one table.

usage: bench-table.py BUILD-FOLDER

A benchmark writes a line for each of its jobs, separated by tabs: BENCH, the
job, what was measured, what is to be reached, "ok" or "slow". Exit status 1
if a job was slow or a benchmark failed.
"""
import json
import pathlib
import sys


def main(folder):
    log = pathlib.Path(folder, 'meson-logs', 'benchmarklog.json')
    rows, failed = [('job', 'measured', 'to reach', '')], []
    for line in log.read_text(encoding='utf-8', errors='replace').splitlines():
        test = json.loads(line)
        if test['result'] not in ('OK', 'SKIP'):
            failed.append(test['name'])
        for output in (test.get('stdout') or '').splitlines():
            cells = output.split('\t')
            if cells[0].lstrip('# ') == 'BENCH' and len(cells) == 5:
                rows.append(tuple(cell.strip() for cell in cells[1:]))

    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    for number, row in enumerate(rows):
        print('  '.join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
        if number == 0:
            print('  '.join('-' * width for width in widths))
    for name in failed:
        print('FAILED', name)
    return 1 if failed or any(row[3] == 'slow' for row in rows[1:]) else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
