#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sales files of a real company, with the faults they have.

They are not part of the project. CPT_SHARED_DATA names the folder that holds
crm-sales; beside the source tree they are found as ../shared/data. Skipped
where there are none. The figures were computed with another tool.
"""
import csv
import datetime
import os
import pathlib
import shutil
import subprocess
import sys

import ctltest
from ctltest import equal


def find_data():
    named = os.environ.get('CPT_SHARED_DATA')
    root = pathlib.Path(os.environ['CPT_SOURCE_ROOT'])
    # A work tree may lie a folder deeper than the project itself
    places = [named] if named else [root.parent / 'shared/data', root.parents[1] / 'shared/data']
    for place in places:
        if place and (pathlib.Path(place) / 'crm-sales/accounts.csv').is_file():
            return pathlib.Path(place) / 'crm-sales'
    return None


DATA = find_data()


LOADED = []


def load(ctl):
    """All four files, as a new user would; what came of it the first time is used again."""
    if not LOADED:
        LOADED.append(load_files(ctl))
        LOADED.append(ctl.workspace.read_bytes())
    ctl.workspace.write_bytes(LOADED[1])
    return LOADED[0]


def load_files(ctl):
    equal(ctl.imported((DATA / 'sales_teams.csv').read_bytes(), name='sales_teams.csv')['entity'], 'user')
    accounts = ctl.imported((DATA / 'accounts.csv').read_bytes(), '--multiply', 'revenue=1000000', '--currency', 'USD',
                            '--value', 'sector:technolgy=technology', name='accounts.csv')
    equal(accounts['entity'], 'organisation')
    products = ctl.imported((DATA / 'products.csv').read_bytes(), '--currency', 'USD', name='products.csv')
    equal(products['entity'], 'product')
    deals = ctl.imported((DATA / 'sales_pipeline.csv').read_bytes(), '--currency', 'USD', name='sales_pipeline.csv')
    equal(deals['entity'], 'deal')
    return accounts, products, deals


def by_label(ctl, spec):
    """{label: measures} of an aggregate"""
    answer = ctl.json('aggregate', spec)
    return {row['labels'][0]: row['measures'] for row in answer['rows']}


def test_facts(ctl):
    """the facts beside the data come out of aggregate"""
    _, _, deals = load(ctl)
    equal((deals['rows'], deals['created'], deals['rejected']), (8800, 8800, 0))

    stages = by_label(ctl, '{"source":"deal","measures":[{"agg":"count"}],"dimensions":[{"field":"stage"}]}')
    equal({name: cells[0] for name, cells in stages.items()},
          {'Won': 4238, 'Lost': 2473, 'Engaging': 1589, 'Prospecting': 500})

    products = by_label(ctl, '{"source":"deal","measures":[{"agg":"count"}],"dimensions":[{"field":"product"}]}')
    equal(products['GTX Pro'][0], 1480)
    equal(ctl.count('product'), 7)

    won = ctl.json('aggregate', '{"source":"deal","measures":[{"agg":"sum","field":"amount"}],'
                                '"where":{"field":"stage.kind","op":"is","value":"won"}}')
    equal(len(won['rows']), 1)
    equal(won['rows'][0]['measures'][0], {'amount': '10005534.00', 'currency': 'USD'})
    ctl.run('check')


def test_metrics(ctl):
    """each number that has a name agrees with one that was counted in the files"""
    load(ctl)
    with open(DATA / 'sales_pipeline.csv', encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    won = [row for row in rows if row['deal_stage'] == 'Won']
    lost = [row for row in rows if row['deal_stage'] == 'Lost']
    day = lambda text: datetime.datetime.strptime(text, '%d-%m-%Y')
    amounts = [int(row['close_value']) for row in won]
    cycles = [(day(row['close_date']) - day(row['engage_date'])).days for row in won]
    for key, wanted in (('revenue_won', sum(amounts)), ('deals_won', len(won)), ('deals', 8800), ('deals_opened', 8300),
                        ('conversion_rate', 100 * len(won) / (len(won) + len(lost))),
                        ('average_deal', round(sum(amounts) / len(amounts), 2)), ('sales_cycle', sum(cycles) / len(cycles))):
        got = ctl.json('metric value', key)['rows'][0]['measures'][0]
        got = float(got['amount']) if isinstance(got, dict) else got
        assert abs(got - wanted) < 1e-6 * wanted, (key, got, wanted)

    quarters = ctl.json('metric value', 'revenue_won', '--by', 'quarter', '--period', '2017')['rows']
    for row in quarters:
        first = datetime.datetime.strptime(row['keys'][0], '%Y-%m-%d')
        equal(float(row['measures'][0]['amount']),
              sum(int(deal['close_value']) for deal in won if day(deal['close_date']).year == 2017 and
                  (day(deal['close_date']).month - 1) // 3 == (first.month - 1) // 3))


def test_dashboard(ctl):
    """the dashboard that every workspace begins with shows what was imported"""
    load(ctl)
    path = ctl.folder / 'home.pdf'
    ctl.run('dashboard export', ctl.json('dashboard list')['dashboards'][0]['id'], '-o', path)
    if shutil.which('pdftotext') is None:
        return
    shown = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout
    for fact in ('10,005,534', '4,238', '2,473', '1,589', '500', '1,480', 'Darcel Schlecht', 'GTX Pro'):
        assert fact in shown, (fact, shown)

    # Filtered: the numbers by hand, and what they are filtered by
    ctl.run('dashboard export', ctl.json('dashboard list')['dashboards'][0]['id'], '--period', '2017-Q3', '--where',
            'deal.owner.name=Darcel Schlecht', '--where', 'organisation.sector=retail', '--force', '-o', path)
    shown = subprocess.run(['pdftotext', '-layout', path, '-'], check=True, capture_output=True, text=True).stdout
    table = lambda name: list(csv.DictReader((DATA / name).read_text(encoding='utf-8').splitlines()))
    sectors = {account['account']: account['sector'] for account in table('accounts.csv')}
    won = [deal for deal in table('sales_pipeline.csv') if deal['deal_stage'] == 'Won' and deal['sales_agent'] == 'Darcel Schlecht'
           and deal['close_date'][3:] in ('07-2017', '08-2017', '09-2017') and sectors.get(deal['account']) == 'retail']
    assert f"{sum(int(deal['close_value']) for deal in won):,}" in shown, shown
    assert '· Owner › Name is “Darcel Schlecht” · Sector is “retail”' in shown and 'Not filtered by Period.' in shown, shown


def test_faults(ctl):
    """each fault of the files is handled and told"""
    accounts, _, deals = load(ctl)

    # Two spellings of one product, told once with its count
    assert any('GTXPro' in note and 'GTX Pro' in note and '1480' in note for note in deals['notes']), deals['notes']
    # A misspelt country
    assert any('Philipines' in note and 'Philippines' in note for note in accounts['notes']), accounts['notes']
    equal([record['country'] for record in ctl.records('organisation', 'name=Bioholding')], ['PH'])
    # Korea alone is the southern one in business
    equal(ctl.count('organisation', 'country=KR'), 1)
    assert any('“Korea” was read as “South Korea”' in note for note in accounts['notes']), accounts['notes']
    # A misspelt sector, put right on the way in
    equal((ctl.count('organisation', 'sector=technolgy'), ctl.count('organisation', 'sector=technology')), (0, 12))
    # Revenue in millions
    equal(ctl.records('organisation', 'name=Acme Corporation')[0]['revenue'], {'amount': '1100040000.00', 'currency': 'USD'})
    # Days first
    equal(deals['plan']['date_order'], 'dmy')
    first = ctl.records('deal', 'reference=1C1I7A6R')[0]
    equal((first['opened_on'], first['closed_on']), ('2016-10-20', '2017-03-01'))
    # Without an account, without a value, without a date
    equal(ctl.count('deal', 'organisation='), 1425)
    equal(ctl.count('deal', 'amount='), 2089)
    equal(ctl.count('deal', 'opened_on='), 500)
    # A parent may stand below its subsidiary
    equal(ctl.count('organisation', 'parent=Acme Corporation'), 4)
    equal(ctl.count('organisation', 'parent!='), 15)
    # Managers appear in no row of their own; teams are made
    equal((ctl.count('team'), ctl.count('user', 'manager=Dustin Brinkmann')), (3, 5))
    equal([record['role'] for record in ctl.records('user', 'name=Dustin Brinkmann')], ['manager'])
    equal((ctl.count('user', 'role=manager'), ctl.count('user', 'role=salesperson')), (6, 35))
    # The stages of the file take the place of the proposed ones, which nothing uses, in the order of their meaning
    equal(stage_names(ctl), ['Prospecting', 'Engaging', 'Won', 'Lost'])
    assert any('made way' in note and 'Negotiation' in note for note in deals['notes']), deals['notes']


def stage_names(ctl):
    return [record['name'] for record in ctl.json('list', 'stage', '--sort', 'position')['records']]


def test_again(ctl):
    """the same files again change nothing"""
    load(ctl)
    deals = ctl.imported((DATA / 'sales_pipeline.csv').read_bytes(), '--currency', 'USD', name='sales_pipeline.csv')
    equal([deals[name] for name in ('created', 'updated', 'unchanged', 'rejected')], [0, 0, 8800, 0])
    equal(ctl.count('deal'), 8800)


def test_undo(ctl):
    """an import is undone and done again as one"""
    load(ctl)
    ctl.run('undo')
    equal(ctl.count('deal'), 0)
    equal(stage_names(ctl), ['New', 'Qualified', 'Proposal', 'Negotiation', 'Won', 'Lost'])
    ctl.run('redo')
    equal(stage_names(ctl), ['Prospecting', 'Engaging', 'Won', 'Lost'])
    equal(ctl.count('deal'), 8800)
    for _ in range(4):
        ctl.run('undo')
    equal([ctl.count(kind) for kind in ('deal', 'product', 'organisation', 'team')], [0, 0, 0, 0])
    for _ in range(4):
        ctl.run('redo')
    equal([ctl.count(kind) for kind in ('deal', 'product', 'organisation', 'team')], [8800, 7, 85, 3])
    equal(ctl.count('organisation', 'parent!='), 15)
    ctl.run('check')


def test_dictionary(ctl):
    """a file that holds no records is refused with a hint"""
    result = ctl.imported((DATA / 'data_dictionary.csv').read_bytes(), name='data_dictionary.csv', status=1)
    assert '--as' in result.err


def test_dry_run(ctl):
    """a dry run says what the import then does, and stores nothing"""
    for name in ('accounts.csv', 'sales_teams.csv', 'products.csv', 'sales_pipeline.csv'):
        content = (DATA / name).read_bytes()
        before = ctl.imported(content, '--dry-run', name=name)
        equal(before['sequence'], 0)
        after = ctl.imported(content, name=name)
        for member in ('rows', 'created', 'updated', 'unchanged', 'skipped', 'rejected', 'linked_created'):
            equal((name, member, before[member]), (name, member, after[member]))


if DATA is None:
    print('1..0 # SKIP the sales files are not here')
    sys.exit(0)
ctltest.run_module()
