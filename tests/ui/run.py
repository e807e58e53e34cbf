#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program in a desktop session of its own, and takes it down after it.

usage: run.py [--a11y atspi|test|none] [--size WIDTHxHEIGHT] PROGRAM [ARGUMENT...]

The session is an Xvfb on a free display, a D-Bus session bus on which nothing
but the accessibility bus can be activated (else libadwaita would start the
desktop portal, and that a FUSE mount), and empty XDG folders. Sessions do not
see each other: tests run side by side. The exit status is the program's.

Programs driven by uit.py want --a11y atspi, which is what they get; a GTest of
widgets wants "test", for gtk_test_accessible_assert_*, or "none".
"""
import argparse
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUS_CONFIG = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
'''
A11Y_SERVICE = '/usr/share/dbus-1/services/org.a11y.Bus.service'
PR_SET_CHILD_SUBREAPER = 36


def read_line(read_end, what, process):
    """The first line that a server writes once it is ready."""
    text = b''
    while not text.endswith(b'\n'):
        data = os.read(read_end, 1024)
        if not data:
            raise SystemExit(f'run.py: {what} did not start (exit status {process.wait()})')
        text += data
    os.close(read_end)
    return text.decode().strip()


def start_server(what, command, **options):
    """Starts a server that tells on {fd} where it is: (process, answer)."""
    read_end, write_end = os.pipe()
    process = subprocess.Popen([word.replace('{fd}', str(write_end)) for word in command],
                               pass_fds=[write_end], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    os.close(write_end)
    return process, read_line(read_end, what, process)


def own_children():
    """Every process left over: orphans come to the subreaper, which this is."""
    task = pathlib.Path(f'/proc/self/task/{os.getpid()}/children')
    return [int(pid) for pid in task.read_text().split()]


def end_children():
    for number, patience in ((signal.SIGTERM, 2), (signal.SIGKILL, 2)):
        end = time.monotonic() + patience
        while own_children() and time.monotonic() < end:
            for pid in own_children():
                try:
                    os.kill(pid, number)
                    os.waitpid(pid, os.WNOHANG)
                except (ProcessLookupError, ChildProcessError):
                    pass
            time.sleep(0.02)


def make_environment(folder, a11y):
    build = os.environ.get('CPT_BUILD_ROOT')
    # Fonts are looked through once for all tests, not six seconds for each.
    cache = pathlib.Path(build, 'tests', 'ui', 'cache') if build else folder / 'cache'
    for name in ('run', 'data', 'config', 'home', 'services'):
        (folder / name).mkdir(mode=0o700)
    cache.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ)
    for name in ('WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS', 'GTK_A11Y'):
        environment.pop(name, None)
    environment.update({
        'HOME': str(folder / 'home'),
        'XDG_RUNTIME_DIR': str(folder / 'run'),
        'XDG_DATA_HOME': str(folder / 'data'),
        'XDG_CONFIG_HOME': str(folder / 'config'),
        'XDG_STATE_HOME': str(folder / 'state'),
        'XDG_CACHE_HOME': str(cache),
        'XDG_CURRENT_DESKTOP': 'GNOME',
        'GDK_BACKEND': 'x11',
        'GSK_RENDERER': 'cairo',
        'GDK_DEBUG': 'gl-disable',
        'GSETTINGS_BACKEND': 'memory',
        'ADW_DISABLE_PORTAL': '1',
        'NO_AT_BRIDGE': '1',
    })
    # What moves is waited for by tests, and drawn by the processor.
    settings = folder / 'config' / 'gtk-4.0' / 'settings.ini'
    settings.parent.mkdir()
    settings.write_text('[Settings]\ngtk-enable-animations=false\n')
    if a11y != 'atspi':
        environment['GTK_A11Y'] = a11y
    return environment


def run(arguments, folder):
    environment = make_environment(folder, arguments.a11y)
    _, display = start_server(
        'Xvfb', ['Xvfb', '-displayfd', '{fd}', '-screen', '0', arguments.size + 'x24',
                 '-nolisten', 'tcp', '-noreset'])
    environment['DISPLAY'] = ':' + display

    config = folder / 'bus.conf'
    config.write_text(BUS_CONFIG.format(folder=folder))
    if arguments.a11y == 'atspi':
        shutil.copy(A11Y_SERVICE, folder / 'services')
    (folder / 'services' / 'notifications.service').write_text(
        '[D-BUS Service]\nName=org.freedesktop.Notifications\n'
        f"Exec=/usr/bin/python3 {pathlib.Path(__file__).resolve().with_name('notifications.py')}\n")
    _, address = start_server(
        'dbus-daemon', ['dbus-daemon', f'--config-file={config}', '--nofork', '--nopidfile',
                        '--print-address={fd}'], env=environment)
    environment['DBUS_SESSION_BUS_ADDRESS'] = address

    return subprocess.call([arguments.program] + arguments.arguments, env=environment)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--a11y', choices=['atspi', 'test', 'none'], default='atspi')
    parser.add_argument('--size', default='1600x1000')
    parser.add_argument('program')
    parser.add_argument('arguments', nargs=argparse.REMAINDER)
    arguments = parser.parse_args()

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix='cpt-ui-', ignore_cleanup_errors=True) as folder:
        try:
            status = run(arguments, pathlib.Path(folder))
        finally:
            end_children()
    return status if status >= 0 else 128 - status


if __name__ == '__main__':
    sys.exit(main())
