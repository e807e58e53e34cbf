#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which lines the tests have reached.

usage: coverage.py BUILD-FOLDER [FILE...]

Prints a line for each file, worst first, and one for each room. For the files
named, the lines that were not reached. Exit status 1 if the rooms below app
are under the threshold together.
"""
import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
THRESHOLD = 85.0
FREE = ('app', 'ctl')  # driven by the UI and integration tests, not counted


def read_reports(build):
    """{file: {line: times reached}} of everything under src."""
    files = collections.defaultdict(lambda: collections.defaultdict(int))
    data = [str(path.resolve()) for path in (pathlib.Path(build) / 'src').rglob('*.gcno')]
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(data), 40):
            subprocess.run(['gcov', '--json-format', '--preserve-paths', *data[start:start + 40]], cwd=folder,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        for report in pathlib.Path(folder).glob('*.json.gz'):
            content = json.loads(gzip.decompress(report.read_bytes()))
            for part in content['files']:
                path = (pathlib.Path(content['current_working_directory']) / part['file']).resolve()
                if ROOT / 'src' not in path.parents or ROOT / build in path.parents:
                    continue
                for line in part['lines']:
                    files[str(path.relative_to(ROOT))][line['line_number']] += line['count']
    return files


def share(lines):
    reached = sum(1 for count in lines if count)
    return 100.0 * reached / len(lines) if lines else 100.0


def main(build, *wanted):
    files = read_reports(build)
    rooms = collections.defaultdict(list)
    for name, lines in sorted(files.items(), key=lambda item: share(item[1].values())):
        rooms[name.split('/')[1]] += lines.values()
        missing = [number for number, count in sorted(lines.items()) if not count]
        print(f'{share(lines.values()):6.1f} %  {len(missing):5} of {len(lines):5} not reached  {name}')
        if name in wanted:
            print('   ', ' '.join(map(str, missing)))
    print()
    for room, lines in sorted(rooms.items()):
        print(f'{share(lines):6.1f} %  {room}')
    core = [count for room, lines in rooms.items() if room not in FREE for count in lines]
    print(f'{share(core):6.1f} %  all rooms below app, at least {THRESHOLD} % wanted')
    return 0 if core and share(core) >= THRESHOLD else 1


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
