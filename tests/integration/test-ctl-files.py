#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of records: attached, listed, written out, taken away."""
import hashlib
import json
import os
import sqlite3
import subprocess

import card
import ctltest
from ctltest import equal


def test_round_trip(ctl):
    """a file is attached under a safe name and comes out as it went in"""
    content = bytes(range(256)) * 3000
    path = ctl.write('offer "final".bin', content)
    ctl.run('new', 'organisation', 'name=A')
    equal(ctl.json('attach', 'organisation', 'A', path)['attached'], 1)
    file = ctl.json('attachments', 'organisation', 'A')['files'][0]
    equal(file['name'], 'offer _final_.bin')
    equal((file['type'], file['size']), ('application/octet-stream', len(content)))
    equal(file['sha256'], hashlib.sha256(content).hexdigest())
    out = ctl.folder / 'out.bin'
    ctl.run('content', file['id'], '--output', out)
    equal(out.read_bytes(), content)
    ctl.run('content', file['id'], '--output', out, status=4)
    equal(ctl.json('timeline', 'organisation', 'A')['timeline'][0]['what'], 'file')
    ctl.run('check')


def test_named(ctl):
    """the name that a file gets leads to no other folder, whoever gives it"""
    ctl.run('new', 'organisation', 'name=A')
    ctl.run('attach', 'organisation', 'A', ctl.write('a.txt', 'x'))
    file = ctl.json('attachments')['files'][0]['id']
    for given, name in (('../../x', 'x'), ('..', 'file'), ('/etc/passwd', 'passwd'), ('offer.txt', 'offer.txt')):
        ctl.run('set', 'file', file, f'name={given}')
        equal(ctl.json('show', 'file', file)['record']['name'], name)


def test_one_act(ctl):
    """several files are one act; what is wrong with one leaves none"""
    ctl.run('new', 'organisation', 'name=A')
    first, second = ctl.write('a.txt', 'same'), ctl.write('b.txt', 'same')
    ctl.run('attach', 'organisation', 'A', first, ctl.folder / 'missing', status=None)
    equal(ctl.json('attachments')['files'], [])
    os.mkfifo(ctl.folder / 'pipe')
    ctl.run('attach', 'organisation', 'A', first, ctl.folder / 'pipe', status=1)
    ctl.run('attach', 'organisation', 'A', first, second)
    equal(len(ctl.json('attachments')['files']), 2)
    ctl.run('undo')
    equal(ctl.json('attachments')['files'], [])
    ctl.run('redo')
    equal(len(ctl.json('attachments', 'organisation', 'A')['files']), 2)
    equal(ctl.json('clean-files'), {'removed': 0, 'bytes': 0})
    ctl.run('check')


def test_lost(ctl):
    """a check names the files whose content is lost, also those that other records have"""
    ctl.run('new', 'organisation', 'name=ACME')
    ctl.run('attach', 'organisation', 'ACME', ctl.write('logo.png', 'picture'))
    content = ctl.records('file', '--columns', 'content')[0]['content']
    ctl.run('set', 'organisation', 'ACME', 'logo=' + json.dumps(content))
    with sqlite3.connect(ctl.workspace) as file:
        file.execute('DELETE FROM blob')
        file.execute('DELETE FROM blob_chunk')
    lost = ctl.run('check', status=None)
    equal((lost.out + lost.err).count('logo.png'), 2)
    assert 'ACME' not in lost.out + lost.err, lost.out + lost.err


def test_detach(ctl):
    """a file goes to the trash and comes back"""
    ctl.run('new', 'contact', 'full_name=Ada')
    ctl.run('attach', 'contact', 'Ada', ctl.write('a.txt', 'hello'))
    file = ctl.json('attachments', 'contact', 'Ada')['files'][0]['id']
    ctl.run('detach', file)
    equal(ctl.json('attachments', 'contact', 'Ada')['files'], [])
    equal(ctl.run('content', file, '--trash').out, 'hello')
    ctl.run('restore', 'file', file)
    equal(ctl.run('content', 'a.txt').out, 'hello')


def test_many(ctl):
    """a list of files ends where it says, and --limit 0 is all of them"""
    ctl.run('new', 'organisation', 'name=A')
    paths = [ctl.write(f'{i}.txt', 'same') for i in range(90)]
    for i in range(6):
        ctl.run('attach', 'organisation', 'A', *paths)
    result = ctl.run('attachments', 'organisation', 'A', '--json')
    equal(len(result.json['files']), 500)
    assert '--limit 0' in result.err, result.err
    equal(len(ctl.json('attachments', '--limit', '0')['files']), 540)
    result = ctl.run('attachments', '--limit', '3', '--json')
    equal((len(result.json['files']), result.err), (3, ''))


def test_too_many(ctl):
    """more files than one act takes are refused before any of them is read"""
    ctl.run('new', 'organisation', 'name=A')
    result = ctl.run('attach', 'organisation', 'A', *[ctl.folder / 'missing'] * 101, status=None)
    assert '100' in result.err, result.err


def test_merge(ctl):
    """files follow when their records become one"""
    ctl.run('new', 'contact', 'full_name=Ada')
    ctl.run('new', 'contact', 'full_name=Ada L')
    ctl.run('attach', 'contact', 'Ada L', ctl.write('a.txt', 'hello'))
    ctl.run('merge', 'contact', 'Ada', 'Ada L')
    kept, = ctl.records('contact')
    equal(len(ctl.json('attachments', 'contact', kept['id'])['files']), 1)
    ctl.run('undo')
    equal(len(ctl.json('attachments', 'contact', 'Ada L')['files']), 1)


def test_print(ctl):
    """a record is written as a PDF, however long its text is"""
    ctl.run('new', 'organisation', 'name=Acme', 'sector=Paper', 'notes=' + 'many words ' * 3000)
    ctl.run('new', 'deal', 'name=Chairs', 'organisation=Acme', 'stage=New')
    ctl.run('new', 'activity', 'subject=Hello there', 'kind=call', 'organisation=Acme')
    out = ctl.folder / 'acme.pdf'
    ctl.run('print', 'organisation', 'Acme', '--timeline', '--output', out)
    assert out.read_bytes().startswith(b'%PDF-')
    try:
        text = subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, check=True).stdout.decode()
    except FileNotFoundError:
        return
    for word in ('Acme', 'Paper', 'Chairs', 'Hello there', 'Page 2 of'):
        assert word in text, word
    ctl.run('print', 'organisation', 'Acme', '--paper', 'a9', status=2)
    plain = ctl.folder / 'plain.pdf'
    ctl.run('print', 'organisation', 'Acme', '--output', plain)
    text = subprocess.run(['pdftotext', '-layout', plain, '-'], capture_output=True, check=True).stdout.decode()
    assert 'Chairs' in text and 'Hello there' not in text, text


def test_table(ctl):
    """a list is written as a PDF, divided and added up as asked"""
    for name, stage, amount in (('Chairs', 'New', '100'), ('Desks', 'Won', '200'), ('Lamps', 'Won', '50')):
        ctl.run('new', 'deal', 'name=' + name, 'stage=' + stage, 'amount=' + amount)
    out = ctl.folder / 'deals.pdf'
    ctl.run('table', 'deal', 'amount>60', '--columns', 'name,amount', '--group', 'stage', '--totals', 'amount:sum', '--output', out)
    assert out.read_bytes().startswith(b'%PDF-')
    ctl.run('table', 'deal', '--paper', 'a9', status=2)
    ctl.run('table', 'deal', '--columns', 'nothing', status=3)
    try:
        text = subprocess.run(['pdftotext', '-layout', out, '-'], capture_output=True, check=True).stdout.decode()
    except FileNotFoundError:
        return
    for word in ('Chairs', 'Desks', 'Total: Won', '200.00', '300.00', 'Amount', 'Page 1 of 1'):
        assert word in text, (word, text)
    assert 'Lamps' not in text, text


def draw_card(ctl):
    """A card; None where this build or this machine reads none."""
    path = card.draw(ctl.folder / 'card.png')
    read = ctl.run('card', path, '--json', status=None)
    return None if read.status == 1 and ('installed' in read.err or 'build' in read.err) else path


def test_card(ctl):
    """a business card becomes a proposal; nothing is stored"""
    path = draw_card(ctl)
    if path is None:
        return
    before = ctl.json('log')['entries']
    read = ctl.json('card', path)
    contact, company = read['contact'], read['company']
    equal((contact['first_name'], contact['last_name']), ('Anne', 'Aubert'))
    equal((contact['email'], contact['mobile']), ('anne.aubert@ateliers-brunel.fr', '+33612345678'))
    equal((company['name'], contact['organisation']), ('Ateliers Brunel', company['id']))
    assert 'Directrice' in read['text']
    assert 'Ateliers Brunel' in ctl.run('card', path).out
    equal(ctl.json('log')['entries'], before)
    ctl.run('new', 'organisation', 'name=ateliers brunel')
    read = ctl.json('card', path)
    equal(read['company'], None)
    equal(read['contact']['organisation'], ctl.records('organisation')[0]['id'])


def test_no_card(ctl):
    """what is no picture of a card is refused with a sentence"""
    ctl.run('card', ctl.folder / 'missing.jpg', status=None)
    ctl.run('card', ctl.write('text.jpg', 'not a picture'), status=1)
    ctl.run('card', ctl.write('cut.jpg', b'\xff\xd8\xff\xe0\0\x10JFIF'), status=1)
    header = b'\x89PNG\r\n\x1a\n\0\0\0\rIHDR'
    ctl.run('card', ctl.write('huge.png', header + b'\0\xff\xff\xff\0\xff\xff\xff\x08\2\0\0\0'), status=1)
    ctl.run('card', ctl.write('cut.png', header + b'\0\0\1\0\0\0\1\0\x08\2\0\0\0'), status=None)


def test_limit(ctl):
    """how large a file may be is seen and changed"""
    equal(ctl.json('settings')['file_limit'], 50000000)
    equal(ctl.json('settings', '--file-limit', '1')['file_limit'], 1000000)
    for wrong in ('0', '-1', '501', 'much', '99999999999999999999'):
        ctl.run('settings', '--name', 'Other', '--file-limit', wrong, status=1)
        assert ctl.json('settings')['name'] != 'Other', 'stored though the limit is wrong'
    ctl.run('new', 'organisation', 'name=Acme')
    large = ctl.folder / 'large.bin'
    large.write_bytes(b'x' * 1000001)
    assert '1.0' in ctl.run('attach', 'organisation', 'Acme', large, status=1).err
    equal(ctl.json('attachments', 'organisation', 'Acme')['files'], [])


ctltest.run_module()
