# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files belong to the project; for the tools beside this one."""
import fnmatch
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def from_git():
    # a checkout may belong to another user than root, who builds it
    command = ['git', '-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard']
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else None


def from_folder():
    """For what was unpacked from an archive."""
    paths = [path.relative_to(ROOT) for path in ROOT.rglob('*') if path.is_file()]
    return [str(path) for path in paths if not path.parts[0].startswith(('_build', '.git', 'build'))]


def tracked(*patterns):
    """Paths below ROOT whose whole path fits one of the patterns, sorted."""
    names = from_git()
    if names is None:
        names = from_folder()
    return [pathlib.Path(name) for name in sorted(names)
            if (ROOT / name).is_file()
            and any(fnmatch.fnmatch(name, pattern) for pattern in patterns or ('*',))]
