#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts on metrics from the command line: what they say, when they begin and
end, and that two programs at once store it once.
"""
import os
import subprocess

from ctltest import PROGRAM, equal, run_module


def make(ctl, **fields):
    values = dict(name='Few deals', metric='deals_opened', kind='below', period='month', threshold='3')
    values.update(fields)
    return ctl.json('new', 'alert', *(f'{name}={value}' for name, value in values.items()))


def deals(ctl, number):
    for _ in range(number):
        ctl.run('new', 'deal', 'name=Deal')


def check(ctl):
    return [event['event'] for event in ctl.json('alerts check')['events']]



def test_edges(ctl):
    """an alert begins once and ends once, and the log tells both"""
    make(ctl)
    row, = ctl.json('alerts list')['alerts']
    equal((row['sentence'], row['now'], row['value'], row['state']),
          ('Deals opened, this month: below 3', 'firing', 0, None))
    equal(check(ctl), ['began'])
    equal(check(ctl), [])
    deals(ctl, 3)
    equal(check(ctl), ['ended'])
    equal(check(ctl), [])
    row, = ctl.json('alerts list')['alerts']
    equal((row['state'], row['now'], row['value']), ('ok', 'ok', 3))
    assert row['fired_at'] <= row['ended_at'], row
    # What is asked for anew begins anew; out of force nothing does
    ctl.run('set', 'alert', 'Few deals', 'threshold=10')
    equal(check(ctl), ['began'])
    ctl.run('set', 'alert', 'Few deals', 'is_active=no')
    equal(ctl.json('alerts list')['alerts'][0]['state'], None)
    equal(check(ctl), [])
    assert 'began' in ctl.run('alerts check').out or ctl.run('alerts list').out.startswith('Few deals')


def test_refusals(ctl):
    """what could not be checked is refused, what can't be any more says so"""
    for fields in ({'metric': 'nothing'}, {'threshold': ''}, {'kind': 'missing'}, {'kind': 'falls', 'period': 'all'},
                   {'kind': 'rises', 'threshold': '-5'}, {'condition': '{"field":"nothing","op":"is","value":1}'}, {'state': 'firing'}):
        values = dict(name='Alert', metric='deals_opened', kind='below', period='month', threshold='3')
        values.update(fields)
        ctl.run('new', 'alert', *(f'{name}={value}' for name, value in values.items()), status=1)
    ctl.run('new', 'metric', 'name=Own', 'code=own', 'definition={"source":"deal","date":"opened_on","measures":[{"agg":"count"}]}')
    make(ctl, metric='own')
    ctl.run('delete', 'metric', 'Own')
    equal(check(ctl), [])
    row, = ctl.json('alerts list')['alerts']
    equal((row['now'], row['state']), ('failed', 'failed'))
    assert row['problem'], row


def test_two_at_once(ctl):
    """of many programs at once one stores what begins"""
    for number in range(5):
        make(ctl, name=f'Alert {number}')
    words = [PROGRAM, 'alerts', 'check', str(ctl.workspace)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) for _ in range(6)]
    lines = []
    for process in running:
        out, err = process.communicate(timeout=60)
        assert process.returncode in (0, 5), err
        lines += out.decode().splitlines()
    equal(sorted(line.split('\t')[1] for line in lines), [f'Alert {number}' for number in range(5)])
    equal([alert['state'] for alert in ctl.json('alerts list')['alerts']], ['firing'] * 5)


run_module()
