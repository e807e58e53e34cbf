#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What stages ask for before a deal goes on, through comptoirctl."""
import ctltest
from ctltest import equal


def stages(ctl):
    return [stage['name'] for stage in ctl.records('stage', '--sort', 'position')]


def stage_of(ctl, deal):
    return ctl.json('list', 'deal', f'name={deal}', '--columns', 'stage.name')['records'][0]['stage.name']


def test_asks_before_a_deal_goes_on(ctl):
    """a deal goes on when it has what its stage asks for, and back or away at any time"""
    names = stages(ctl)
    ctl.run('set', 'stage', names[1], 'exit_fields=amount;next_step')
    ctl.run('new', 'deal', 'name=Toit', f'stage={names[1]}')
    result = ctl.run('set', 'deal', 'Toit', f'stage={names[2]}', '--json', status=1)
    equal(sorted(problem['field'] for problem in result.json['problems']), ['amount', 'next_step'])
    ctl.run('set', 'deal', 'Toit', f'stage={names[0]}')
    ctl.run('set', 'deal', 'Toit', f'stage={names[3]}', status=1)
    equal(stage_of(ctl, 'Toit'), names[0])
    ctl.run('set', 'deal', 'Toit', f'stage={names[3]}', 'amount=1200', 'next_step=Signer')
    equal(stage_of(ctl, 'Toit'), names[3])


def test_lets_go_what_is_lost(ctl):
    """giving a deal up asks for nothing; winning it does"""
    names = stages(ctl)
    ctl.run('set', 'stage', names[0], 'exit_fields=amount')
    ctl.run('new', 'deal', 'name=Mur', f'stage={names[0]}')
    won = [stage['name'] for stage in ctl.records('stage', 'kind=won')][0]
    lost = [stage['name'] for stage in ctl.records('stage', 'kind=lost')][0]
    ctl.run('set', 'deal', 'Mur', f'stage={won}', status=1)
    ctl.run('set', 'deal', 'Mur', f'stage={lost}')
    equal(stage_of(ctl, 'Mur'), lost)


def test_imports_too(ctl):
    """an import is asked as well, and a new deal begins where it is put"""
    names = stages(ctl)
    ctl.run('set', 'stage', names[0], 'exit_fields=amount')
    ctl.imported(f'name,stage\nToit,{names[0]}\nMur,{names[2]}\n', '--as', 'deal')
    equal(stage_of(ctl, 'Mur'), names[2])
    ctl.imported(f'name,stage,amount\nToit,{names[1]},\n', '--as', 'deal', '--key', 'name', status=7)
    equal(stage_of(ctl, 'Toit'), names[0])
    ctl.imported(f'name,stage,amount\nToit,{names[1]},12\n', '--as', 'deal', '--key', 'name')
    equal(stage_of(ctl, 'Toit'), names[1])


ctltest.run_module()
