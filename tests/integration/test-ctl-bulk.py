#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""comptoirctl on many records at once: set and delete with conditions."""
import ctltest
from ctltest import equal


def made(ctl, number=30):
    ctl.imported('name,sector\n' + ''.join(f'Company {i},{"retail" if i % 3 else "energy"}\n' for i in range(number)))


def test_sets_all_that_meet(ctl):
    """set changes all records that meet the conditions, and one undo takes it back"""
    made(ctl)
    answer = ctl.json('set', 'organisation', '--where', 'sector=energy', 'phone=+33123456789')
    equal((answer['records'], answer['changed'], answer['same']), (10, 10, 0))
    equal(ctl.count('organisation', 'phone!='), 10)
    equal(ctl.json('set', 'organisation', '--where', 'sector=energy', 'phone=+33123456789')['same'], 10)
    equal(ctl.json('undo')['undone'], answer['sequence'])
    equal(ctl.count('organisation', 'phone!='), 0)


def test_adds_and_takes_away(ctl):
    """+= adds to a set and -= takes away, of many records and of one"""
    made(ctl)
    ctl.run('set', 'organisation', '--where', 'name~Company', 'tags+=VIP;Lyon')
    ctl.run('set', 'organisation', '--where', 'sector=energy', 'tags-=VIP')
    equal(ctl.count('organisation', 'tags~VIP'), 20)
    equal(ctl.count('organisation', 'tags~Lyon'), 30)
    ctl.run('set', 'organisation', 'Company 3', 'tags+=Paris')
    equal(ctl.records('organisation', 'name=Company 3')[0]['tags'], ['Lyon', 'Paris'])
    ctl.run('set', 'organisation', 'Company 3', 'tags-=Paris;Lyon')
    equal('tags' in ctl.records('organisation', 'name=Company 3')[0], False)


def test_counts_only(ctl):
    """--dry-run counts and changes nothing"""
    made(ctl)
    equal(ctl.run('set', 'organisation', '--where', 'sector=energy', 'phone=+33123456789', '--dry-run').out,
          '10 records would be changed\n')
    equal(ctl.count('organisation', 'phone!='), 0)
    ctl.run('set', 'organisation', 'Company 3', 'phone=+33123456789', '--dry-run', status=2)
    equal(ctl.count('organisation', 'phone!='), 0)


def test_deletes(ctl):
    """delete takes conditions"""
    made(ctl)
    equal(ctl.json('delete', 'organisation', '--where', 'sector=energy')['changed'], 10)
    equal(ctl.count('organisation'), 20)
    ctl.run('undo')
    equal(ctl.count('organisation'), 30)
    ctl.run('delete', 'organisation', status=2)
    ctl.run('delete', 'organisation', 'Company 3', '--where', 'sector=energy', status=2)


def test_refuses_as_a_whole(ctl):
    """one refusal leaves everything as it was, and says which record and why"""
    made(ctl)
    result = ctl.run('set', 'organisation', '--where', 'name~Company', 'parent=Company 3', '--json', status=1)
    equal(len(result.json['problems']), 1)
    equal(result.json['problems'][0]['field'], 'parent')
    equal(ctl.count('organisation', 'parent!='), 0)
    ctl.run('set', 'organisation', '--where', 'name~Company', 'name=', status=1)
    ctl.run('set', 'organisation', '--where', 'name~Company', 'phone+=+33123456789', status=1)
    ctl.run('set', 'organisation', '--where', 'nothing=1', 'phone=+33123456789', status=3)


ctltest.run_module()
