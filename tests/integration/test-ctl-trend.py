#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trends of metrics against SQL and least squares that were written by hand,
over the demonstration.
"""
import csv
import io
import sqlite3

from ctltest import equal, run_module

WON = """SELECT strftime('%Y-%m-01', closed_on * 86400, 'unixepoch') AS month, sum(amount) / 100.0
         FROM deal AS d JOIN stage AS s ON s.id = d.stage WHERE s.kind = 'won' GROUP BY month ORDER BY month"""


def demo(ctl):
    ctl.workspace.unlink()
    ctl.run('demo', '--seed', 7)


def select(ctl, sql):
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        return file.execute(sql).fetchall()


def near(got, wanted):
    assert abs(got - wanted) < 1e-6 * max(1, abs(wanted)), (got, wanted)


def solve(matrix, right):
    """Gauss, with the largest pivot"""
    rows = [row + [value] for row, value in zip(matrix, right)]
    for k in range(len(rows)):
        pivot = max(range(k, len(rows)), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(len(rows)):
            if i != k:
                part = rows[i][k] / rows[k][k]
                rows[i] = [a - part * b for a, b in zip(rows[i], rows[k])]
    return [rows[k][-1] / rows[k][k] for k in range(len(rows))]


def fit(terms, values):
    """Normal equations: another way than the program's"""
    n = len(terms[0])
    return solve([[sum(row[i] * row[j] for row in terms) for j in range(n)] for i in range(n)],
                 [sum(row[i] * value for row, value in zip(terms, values)) for i in range(n)])


def test_by_hand(ctl):
    """values, averages and seasons are what SQL and normal equations give"""
    demo(ctl)
    trend = ctl.json('metric trend', 'revenue_won')
    wanted = dict(select(ctl, WON))
    values = trend['values']
    equal(trend['currency'], 'EUR')
    equal(values[0]['start'], min(wanted))
    for row in values:
        near(row['value'], wanted.get(row['start'], 0))
    numbers = [row['value'] for row in values]
    assert len(numbers) > 30, len(numbers)
    for i, row in enumerate(values):
        if i < 11:
            equal(row['average'], None)
        else:
            near(row['average'], sum(numbers[i - 11:i + 1]) / 12)

    # A line and a term for each month
    months = [int(row['start'][5:7]) for row in values]
    terms = fit([[1, i] + [float(month == other) for other in range(2, 13)] for i, month in enumerate(months)], numbers)
    effects = [0, *terms[2:]]
    mean = sum(effects) / 12
    season = trend['season']
    for got, effect in zip(season['months'], effects):
        near(got, effect - mean)
    near(season['growth_per_year'], 12 * terms[1])
    equal(season['best'], effects.index(max(effects)) + 1)
    equal(season['worst'], effects.index(min(effects)) + 1)

    forecast = trend['forecast']
    year = values[-1]['start'][:4]
    near(forecast['actual'], sum(row['value'] for row in values if row['start'][:4] == year))
    near(forecast['total'], forecast['actual'] + sum(row['expected'] for row in forecast['values']))
    # Of the month that is going on no less than what it has already
    now, *later = forecast['values']
    assert now['low'] <= now['expected'] <= now['high'] and now['low'] < now['high'], now
    for row in later:
        assert row['low'] < row['expected'] < row['high'], row
    assert forecast['total_low'] <= forecast['total'] <= forecast['total_high'], forecast
    equal(forecast['checked'], 12)
    assert 0 < forecast['error'] < 1 and 0.3 < forecast['coverage'] <= 1, forecast


def test_faces(ctl):
    """text, CSV and JSON say the same"""
    demo(ctl)
    trend = ctl.json('metric trend', 'revenue_won')
    rows = list(csv.DictReader(io.StringIO(ctl.run('metric trend', 'revenue_won', '--format', 'csv').out)))
    equal(len(rows), len(trend['values']) + len(trend['forecast']['values']))
    equal([row['start'] for row in rows], [row['start'] for row in trend['values'] + trend['forecast']['values']])
    near(float(rows[-1]['high']) / trend['forecast']['values'][-1]['high'], 1)
    text = ctl.run('metric trend', 'revenue_won').out
    assert 'Checked against the last 12 months' in text and 'Highest in' in text, text

    # Where there is nothing to tell, that is said
    some = ctl.json('metric trend', 'revenue_won', '--where', 'name=Nothing is called so')
    equal(some['values'], [])
    assert 'two years' in some['forecast']['refused'] and 'two years' in some['season']['refused'], some
    quarters = ctl.json('metric trend', 'deals_opened', '--by', 'quarter')
    equal(sum(row['value'] for row in quarters['values']) + quarters['running'],
          select(ctl, 'SELECT count(opened_on) FROM deal')[0][0])
    ctl.run('metric trend', 'revenue_won', '--by', 'day', status=2)
    ctl.run('metric trend', 'nothing', status=3)


run_module()
