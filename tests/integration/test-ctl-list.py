#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of comptoirctl: divided into groups, with totals, as a saved view has
them."""
import json

import ctltest
from ctltest import equal


def made(ctl):
    ctl.imported('name,sector,revenue,employees\n'
                 'Acme,retail,100.50,10\n'
                 'Bolt,energy,200.00,20\n'
                 'Cobalt,retail,300.25,31\n'
                 'Delta,,400.00,\n', '--as', 'organisation')


def test_groups(ctl):
    """--group divides, and says how many and how much"""
    made(ctl)
    answer = ctl.json('list', 'organisation', '--group', 'sector', '--totals', 'employees:avg,revenue:sum',
                      '--columns', 'name', '--sort', '-name')
    equal((answer['total'], answer['group']), (4, 'sector'))
    equal([(group['value'], group['label'], group['count']) for group in answer['groups']],
          [('energy', 'energy', 1), ('retail', 'retail', 2), (None, '(empty)', 1)])
    equal([[record['name'] for record in group['records']] for group in answer['groups']],
          [['Bolt'], ['Cobalt', 'Acme'], ['Delta']])
    equal(answer['groups'][1]['totals'],
          {'employees:avg': 20.5, 'revenue:sum': [{'amount': '400.75', 'currency': 'EUR'}]})
    equal(answer['groups'][2]['totals']['employees:avg'], None)
    equal(answer['totals']['revenue:sum'], [{'amount': '1000.75', 'currency': 'EUR'}])
    equal(ctl.run('list', 'organisation', '--group', '-sector', '--count', '--totals', 'employees:max').out,
          'retail: 2 records; employees:max 31\n'
          'energy: 1 record; employees:max 20\n'
          '(empty): 1 record; employees:max –\n'
          'employees:max 31\n')


def test_currencies(ctl):
    """amounts of different currencies are never added"""
    made(ctl)
    ctl.run('set', 'organisation', 'Bolt', 'revenue=50 USD')
    answer = ctl.json('list', 'organisation', '--totals', 'revenue:sum', '--columns', 'name')
    equal(answer['totals']['revenue:sum'],
          [{'amount': '800.75', 'currency': 'EUR'}, {'amount': '50.00', 'currency': 'USD'}])


def test_views(ctl):
    """--view lists as a saved view does; what is given counts instead"""
    made(ctl)
    definition = {'columns': 'name:220,employees', 'sort': '-employees', 'group': 'sector', 'totals': 'employees:sum',
                  'filter': {'field': 'employees', 'op': 'is-not-empty'}}
    ctl.run('new', 'saved_view', 'name=Les grands', 'entity_name=organisation',
            'definition=' + json.dumps(definition))
    answer = ctl.json('list', 'organisation', '--view', 'les grands')
    equal([group['label'] for group in answer['groups']], ['energy', 'retail'])
    equal([record['name'] for record in answer['groups'][1]['records']], ['Cobalt', 'Acme'])
    equal(sorted(answer['groups'][1]['records'][0]), ['employees', 'id', 'name'])
    equal(answer['totals'], {'employees:sum': 61})
    answer = ctl.json('list', 'organisation', 'sector=retail', '--view', 'Les grands', '--group', '', '--sort', 'name')
    equal([record['name'] for record in answer['records']], ['Acme', 'Cobalt'])


def test_refusals(ctl):
    """what is no group, no total and no view is said"""
    made(ctl)
    for status, *words in ((3, '--group', 'nothing'), (1, '--group', 'address'), (1, '--group', 'sector:month'),
                           (1, '--totals', 'name:sum'), (1, '--totals', 'employees:most'), (3, '--view', 'Nowhere')):
        equal(ctl.run('list', 'organisation', *words, status=status).out, '')


ctltest.run_module()
