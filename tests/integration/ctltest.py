# SPDX-License-Identifier: GPL-3.0-or-later
"""comptoirctl as a program, for tests: a folder that is thrown away, commands
with their exit status, TAP lines.

A test is a function called test_...; its docstring is its name. What it is
given is a Ctl on a fresh workspace.
"""
import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

# A rejected row may hold a whole file
csv.field_size_limit(1 << 30)

PROGRAM = os.environ['CPT_COMPTOIRCTL']


class Result:
    def __init__(self, done):
        self.status = done.returncode
        self.out = done.stdout.decode('utf-8')
        self.err = done.stderr.decode('utf-8')

    @property
    def json(self):
        return json.loads(self.out)


class Ctl:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.workspace = self.folder / 'test.comptoir'

    def raw(self, *words, status=0, stdin=b'', **more):
        """Runs the program; any other exit status than STATUS is a failure."""
        done = subprocess.run([PROGRAM, *map(str, words)], input=stdin, capture_output=True, timeout=120, **more)
        result = Result(done)
        if status is not None and result.status != status:
            raise AssertionError(f'{words}: status {result.status}, wanted {status}\n{result.out}{result.err}')
        if status:
            assert result.err.count('\n') == 1, f'not one line on standard error: {result.err!r}'
        return result

    def run(self, command, *words, **more):
        """The same on the workspace."""
        return self.raw(*command.split(), self.workspace, *words, **more)

    def json(self, command, *words, **more):
        return self.run(command, *words, '--json', **more).json

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode('utf-8'))
        return path

    def imported(self, content, *words, name='data.csv', status=0):
        """Imports CSV text; returns the report."""
        result = self.run('import', self.write(name, content), *words, '--json', status=status)
        return result.json if status == 0 else result

    def records(self, kind, *words):
        return self.json('list', kind, *words)['records']

    def count(self, kind, *words):
        return self.json('list', kind, *words, '--count')['total']

    def rejected(self, report):
        """The rejected rows: lists of cells, header first."""
        with open(report['rejects'], encoding='utf-8', newline='') as file:
            return list(csv.reader(file))


def equal(got, wanted):
    assert got == wanted, f'got {got!r}, wanted {wanted!r}'


def main(module, fresh=True):
    tests = [value for name, value in vars(module).items() if name.startswith('test_')]
    failed = 0
    print(f'1..{len(tests)}')
    for number, test in enumerate(tests, 1):
        name = (test.__doc__ or test.__name__).splitlines()[0]
        with tempfile.TemporaryDirectory(prefix='cpt-ctl-') as folder:
            os.environ['XDG_STATE_HOME'] = os.path.join(folder, 'state')
            ctl = Ctl(folder)
            try:
                if fresh:
                    ctl.run('init')
                test(ctl)
                print(f'ok {number} {name}', flush=True)
            except Exception:
                failed += 1
                for line in traceback.format_exc().splitlines():
                    print('#', line)
                print(f'not ok {number} {name}', flush=True)
    return 1 if failed else 0


def run_module():
    sys.exit(main(sys.modules['__main__']))
