# SPDX-License-Identifier: GPL-3.0-or-later
"""Small workspaces for the tests of the window, made by comptoirctl."""
import contextlib
import json
import os
import pathlib
import re
import sqlite3
import struct
import subprocess
import tempfile
import zlib

import uit

SHOTS = pathlib.Path(os.environ['CPT_BUILD_ROOT'], 'tests', 'ui', 'pictures')
HOME = tempfile.TemporaryDirectory(prefix='cpt-samples-')

# As companies keep them: a product in two spellings, days before months, a
# deal without a company, an open one without a value.
ACCOUNTS = '''account,sector,revenue,employees,office_location,subsidiary_of
Acme Corporation,technolgy,1100.04,2822,United States,
Isdom,medical,3178.24,4540,United States,
Cancity,retail,718.62,2448,Philipines,Acme Corporation
'''
PRODUCTS = '''product,series,sales_price
GTX Basic,GTX,550
GTX Pro,GTX,4821
'''
PIPELINE = '''opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
1C1I7A6R,Moses Frase,GTX Basic,Cancity,Won,20-10-2016,01-03-2017,1054
Z063OYW0,Darcel Schlecht,GTXPro,Isdom,Won,25-10-2016,11-03-2017,4514
EC4QE1BX,Darcel Schlecht,GTX Pro,Cancity,Lost,25-10-2016,07-03-2017,0
MV1LWRNH,Moses Frase,GTX Basic,,Engaging,25-10-2016,,
PE84CX4O,Moses Frase,GTXPro,Isdom,Won,25-10-2016,31-31-2017,517
'''


def path(name):
    return pathlib.Path(HOME.name, name)


def write(name, text):
    path(name).write_text(text, encoding='utf-8')
    return path(name)


def png(width, height, claimed=None):
    """A red picture; one that says that it is CLAIMED wide and high."""
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    header = struct.pack('>IIBBBBB', claimed or width, claimed or height, 8, 2, 0, 0, 0)
    rows = (b'\0' + b'\xe0\x1b\x24' * width) * height
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


def ctl(*words):
    """What comptoirctl prints."""
    return subprocess.run([os.environ['CPT_COMPTOIRCTL'], *map(str, words)], check=True, text=True,
                          stdout=subprocess.PIPE).stdout


def workspace(name):
    """A new one, with a pipeline and nothing in it."""
    for suffix in ('', '-wal', '-shm'):
        path(name + '.comptoir' + suffix).unlink(missing_ok=True)
    ctl('init', path(name + '.comptoir'))
    return path(name + '.comptoir')


@contextlib.contextmanager
def held(file):
    """Another program writes: whatever is stored waits until the block ends."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute('BEGIN IMMEDIATE')
    try:
        yield
    finally:
        connection.close()


def with_deals(name):
    """A few deals of two companies, one of them won this month."""
    file = workspace(name)
    for company in ('Isdom', 'Cancity'):
        ctl('new', file, 'organisation', f'name={company}')
    for title, company, stage, amount in (('Chairs', 'Isdom', 'New', '1000'),
                                          ('Desks', 'Cancity', 'New', '2500'),
                                          ('Lamps', 'Isdom', 'Qualified', '300'),
                                          ('Carpets', 'Cancity', 'Won', '4514')):
        ctl('new', file, 'deal', f'name={title}', f'organisation={company}', f'stage={stage}', f'amount={amount}')
    return file


def records(file, entity):
    return json.loads(ctl('list', file, entity, '--json'))['records']


def record(file, entity, title):
    return record_by(file, entity, 'name', title)


def record_by(file, entity, field, value):
    return next(one for one in records(file, entity) if one[field] == value)


def count(file, entity):
    return json.loads(ctl('list', file, entity, '--limit', '1', '--json'))['total']


def go(app, key, title):
    """To a place by its key."""
    app.find('list item', title)
    app.key(key)
    uit.wait(lambda: app.windows()[0].name.startswith(title), f'{title} are shown')


def title(app):
    return app.windows()[0].name.split(' — ')[0]


def enter_file(app, file):
    """Into GTK's own file chooser, which has the keyboard."""
    uit.wait(lambda: len(app.windows()) > 1 and app.find_all('entry', within=app.windows()[-1]) or
             app.find_all(None, re.compile('Cancel')), 'the file chooser')
    app.key('ctrl+a')
    app.type(str(file))
    app.key('Return')
