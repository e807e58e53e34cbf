#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics: each number that has a name against SQL that was written by hand,
over the demonstration. The SQL reads the file itself, not through the program.
"""
import json
import sqlite3

from ctltest import equal, run_module

# With the stage of each deal beside it
DEALS = 'deal AS d LEFT JOIN stage AS s ON s.id = d.stage'
BY_HAND = {
    'revenue_won': f"SELECT sum(amount) / 100.0 FROM {DEALS} WHERE s.kind = 'won'",
    'deals_won': f"SELECT count(*) FROM {DEALS} WHERE s.kind = 'won'",
    'deals': 'SELECT count(*) FROM deal',
    'deals_opened': 'SELECT count(opened_on) FROM deal',
    'conversion_rate': f"SELECT 100.0 * sum(s.kind = 'won') / count(*) FROM {DEALS} WHERE s.kind IN ('won', 'lost')",
    'average_deal': f"SELECT round(avg(amount)) / 100.0 FROM {DEALS} WHERE s.kind = 'won'",
    'sales_cycle': f"SELECT avg(closed_on - opened_on) FROM {DEALS} WHERE s.kind = 'won'",
    'pipeline': f"SELECT sum(amount) / 100.0 FROM {DEALS} WHERE s.kind = 'open'",
    'pipeline_weighted': f"SELECT sum(round(amount * s.probability / 10000.0)) / 100.0 FROM {DEALS} WHERE s.kind = 'open'",
    'leads': 'SELECT count(*) FROM lead',
    'leads_converted': "SELECT count(*) FROM lead WHERE status = 'converted'",
    'lead_to_qualified': "SELECT 100.0 * sum(status IN ('qualified', 'converted')) / count(*) FROM lead",
    'qualified_to_customer': f"""SELECT 100.0 * sum(ifnull(s.kind, '') = 'won') / count(*) FROM lead AS l LEFT JOIN ({DEALS})
                                 ON d.id = l.converted_deal WHERE l.status IN ('qualified', 'converted')""",
    'lead_to_customer': f"""SELECT 100.0 * sum(ifnull(s.kind, '') = 'won') / count(*) FROM lead AS l LEFT JOIN ({DEALS})
                            ON d.id = l.converted_deal""",
    'activities': 'SELECT count(*) FROM activity',
    'activities_per_person': 'SELECT 1.0 * count(*) / count(DISTINCT owner) FROM activity WHERE owner IS NOT NULL',
    'calls': "SELECT count(*) FROM activity WHERE kind = 'call'",
    'meetings': "SELECT count(*) FROM activity WHERE kind = 'meeting'",
}
# What facts are by hand: see test-ctl-facts.py and test-ctl-templates.py; lead_to_sale: see test_leads
ADS = {'ad_clicks', 'ad_conversions', 'ad_impressions', 'ad_return', 'ad_spend', 'click_rate', 'cost_per_click',
       'cost_per_conversion'}
OTHERS = {'lead_to_sale', *ADS}


def number(value):
    return float(value['amount']) if isinstance(value, dict) else value


def value(ctl, key, *words):
    rows = ctl.json('metric value', key, *words)['rows']
    equal(len(rows), 1)
    return number(rows[0]['measures'][0])


def select(ctl, sql):
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        file.create_collation('CPT_TEXT', lambda a, b: (a > b) - (a < b))
        return file.execute(sql).fetchone()[0]


def near(got, wanted):
    assert abs(got - wanted) < 1e-6 * max(1, abs(wanted)), (got, wanted)


def demo(ctl):
    ctl.workspace.unlink()
    ctl.run('demo', '--seed', 7)


def test_by_hand(ctl):
    """each metric of the demonstration is what SQL by hand gives"""
    demo(ctl)
    listed = [metric['key'] for metric in ctl.json('metric list')['metrics']]
    equal(sorted(listed), sorted({*BY_HAND, *OTHERS}))
    for key, sql in BY_HAND.items():
        near(value(ctl, key), select(ctl, sql))

    # Broken down, in a period, where something holds
    owners = ctl.json('metric value', 'conversion_rate', '--by', 'owner', '--period', '2026-Q1')['rows']
    assert len(owners) > 3, owners
    for row in owners:
        owner = row['keys'][0].replace('-', '')
        near(row['measures'][0], select(ctl, f"""SELECT 100.0 * sum(s.kind = 'won') / count(*) FROM {DEALS}
            WHERE s.kind IN ('won', 'lost') AND hex(d.owner) = upper('{owner}')
            AND date(closed_on * 86400, 'unixepoch') BETWEEN '2026-01-01' AND '2026-03-31'"""))
    near(value(ctl, 'revenue_won', '--where', 'source=website', '--period', '2025-03-01..2025-03-31'), select(ctl, f"""
        SELECT sum(amount) / 100.0 FROM {DEALS} WHERE s.kind = 'won' AND source = 'website'
        AND strftime('%Y-%m', closed_on * 86400, 'unixepoch') = '2025-03'"""))
    months = ctl.json('metric value', 'deals_won', '--by', 'month', '--period', '2025')['rows']
    equal([row['keys'][0] for row in months], [f'2025-{month:02}-01' for month in range(1, 13)])
    shares = ctl.json('metric value', 'revenue_won', '--by', 'owner', '--show', 'share')['rows']
    near(sum(row['measures'][0] for row in shares), 100)
    running = ctl.json('metric value', 'deals_won', '--by', 'quarter', '--show', 'running')['rows']
    equal(running[-1]['measures'][0], value(ctl, 'deals_won'))

    # Made of groups
    month = "strftime('%Y-%m', closed_on * 86400, 'unixepoch')"
    near(value(ctl, 'revenue_won', '--per', 'organisation,month'), round(select(ctl, f"""SELECT avg(s) / 100.0 FROM
        (SELECT sum(coalesce(amount, 0)) AS s FROM {DEALS} WHERE s.kind = 'won' GROUP BY organisation, {month})"""), 2))
    large = {'metric': 'revenue_won', 'each': {'dimensions': [{'field': 'organisation'}], 'agg': 'count',
                                               'having': [{'op': 'greater', 'value': 10000}]}}
    equal(ctl.json('aggregate', json.dumps(large))['rows'][0]['measures'][0], select(ctl, f"""SELECT count(*) FROM
        (SELECT 1 FROM {DEALS} WHERE s.kind = 'won' GROUP BY organisation HAVING sum(amount) > 1000000)"""))
    best = ctl.json('metric value', 'deals_won', '--per', 'month', '--together', 'max', '--by', 'owner')['rows']
    equal(max(row['measures'][0] for row in best), select(ctl, f"""SELECT max(n) FROM
        (SELECT count(*) AS n FROM {DEALS} WHERE s.kind = 'won' GROUP BY d.owner, {month})"""))
    assert '--per' in ctl.run('metric value', 'deals', '--together', 'sum', status=2).err
    assert 'median' in ctl.run('metric value', 'deals', '--per', 'owner', '--together', 'most', status=1).err


def test_leads(ctl):
    """from a lead to its first sale"""
    ctl.run('settings', '--zone', 'UTC')
    names = {record['kind']: record['id'] for record in ctl.records('stage')}
    for number_of, (stage, closed) in enumerate([('won', '2030-01-11'), ('won', '2030-01-21'), ('lost', '2030-02-01')]):
        deal = ctl.json('new', 'deal', f'name=D{number_of}', f'stage={names[stage]}', f'closed_on={closed}')['ids'][0]
        ctl.run('new', 'lead', f'name=L{number_of}', f'converted_deal={deal}', 'status=converted')
    ctl.run('new', 'lead', 'name=L3', 'status=qualified')
    ctl.run('new', 'lead', 'name=L4', 'status=new')
    near(value(ctl, 'lead_to_qualified'), 80)
    near(value(ctl, 'qualified_to_customer'), 50)
    near(value(ctl, 'lead_to_customer'), 40)
    equal(value(ctl, 'leads_converted'), 3)
    near(value(ctl, 'lead_to_sale'), select(ctl, """SELECT avg(d.closed_on - l.created_at / 86400000000)
        FROM lead AS l JOIN deal AS d ON d.id = l.converted_deal JOIN stage AS s ON s.id = d.stage WHERE s.kind = 'won'"""))
    equal(value(ctl, 'lead_to_sale', '--period', '2030-01-01..2030-01-15') + 10,
          value(ctl, 'lead_to_sale', '--period', '2030-01-16..2030-01-31'))


def test_own(ctl):
    """a workspace has metrics of its own, and its own view of those that came with the program"""
    definition = {'source': 'deal', 'date': 'opened_on', 'unit': 'percent', 'formula': 'won / all_of_them',
                  'measures': [{'name': 'won', 'metric': 'deals_won'}, {'name': 'all_of_them', 'agg': 'count'}]}
    new = ctl.json('new', 'metric', 'name=Won of all', 'code=won_of_all', 'description=Of all deals',
                   'definition=' + json.dumps(definition))
    stages = {record['kind']: record['id'] for record in ctl.records('stage')}
    equal(value(ctl, 'won_of_all'), None)
    for stage in ('won', 'open', 'lost', 'open'):
        ctl.run('new', 'deal', 'name=D', f'stage={stages[stage]}')
    equal(value(ctl, 'won_of_all'), 25)
    shown = ctl.json('metric show', 'won_of_all')
    equal((shown['title'], shown['own'], shown['description']), ('Won of all', True, 'Of all deals'))
    equal(shown['definition']['formula'], 'won / all_of_them')

    # What can't be counted is refused beside its field; so is a second one with the same key
    def refused(field, **fields):
        words = {'name': 'N', 'code': 'another', 'definition': '{"source":"deal","measures":[{"agg":"count"}]}', **fields}
        problems = ctl.json('new', 'metric', *(f'{name}={text}' for name, text in words.items()), status=1)['problems']
        equal([problem['field'] for problem in problems], [field])
        return problems[0]['message']

    assert 'refers to itself' in refused('definition', code='me', definition='{"source":"deal","measures":[{"metric":"me"}]}')
    assert 'x_none' in refused('definition', definition='{"source":"deal","measures":[{"agg":"sum","field":"x_none"}]}')
    assert 'small letters' in refused('code', code='Große Zahl')
    assert 'has this key' in refused('code', code='won_of_all')

    ctl.run('new', 'metric', 'name=Deals', 'code=deals', 'definition={"source":"deal","measures":[{"agg":"count","where":'
            '{"field":"stage.kind","op":"is","value":"open"}}]}')
    equal(value(ctl, 'deals'), 2)
    ctl.run('undo')
    equal(value(ctl, 'deals'), 4)

    # One that is deleted is missed by a sentence
    ctl.run('delete', 'metric', new['ids'][0])
    assert 'won_of_all' in ctl.run('metric value', 'won_of_all', status=3).err
    assert '2026-Q2' in ctl.run('metric value', 'deals', '--period', 'soon', status=2).err


def test_converted(ctl):
    """metrics, and widgets that name one, follow a field that gets another kind"""
    size = ctl.json('fields add', 'deal', 'Size', 'text')['name']
    ctl.run('new', 'deal', 'name=D', f'{size}=12')
    ctl.run('new', 'deal', 'name=E', f'{size}=30')
    ctl.run('new', 'metric', 'name=Sized', 'code=sized', 'definition=' + json.dumps(
        {'source': 'deal', 'measures': [{'agg': 'count'}], 'where': {'field': size, 'op': 'is-not-empty'}}))
    widget = {'id': 'w', 'kind': 'bar', 'title': 'Sizes', 'query': {'metric': 'sized', 'dimensions': [{'field': size}]}}
    board = ctl.json('new', 'dashboard', 'name=Sizes', 'definition=' + json.dumps({'version': 1, 'widgets': [widget]}))['ids'][0]
    converted = ctl.json('fields convert', 'deal', size, 'integer')['name']
    assert converted != size
    equal(value(ctl, 'sized'), 2)
    equal(ctl.json('metric show', 'sized')['definition']['where']['field'], converted)
    definition = ctl.json('show', 'dashboard', board)['record']['definition']
    equal(definition['widgets'][0]['query']['dimensions'][0]['field'], converted)


run_module()
