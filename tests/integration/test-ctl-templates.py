#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every number of every ready dashboard against SQL that was written by hand: over the
demonstration, and over the sales files of a real company where they are (see test-ctl-sales.py).

SQL stands here as somebody would ask it who knows the file and not the program. {P} is the period
of the widget; it stands behind a day.
"""
import calendar
import datetime
import os
import pathlib
import sqlite3
import struct

from ctltest import equal, run_module

EPOCH = datetime.date(1970, 1, 1)

# ------------------------------------------------------------------- periods


def add_months(day, count):
    month = day.year * 12 + day.month - 1 + count
    year, month = divmod(month, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def start_of(unit, day):
    if unit == 'day':
        return day
    if unit == 'week':
        return day - datetime.timedelta(day.weekday())
    return datetime.date(day.year, {'month': day.month, 'quarter': (day.month - 1) // 3 * 3 + 1, 'year': 1}[unit], 1)


MONTHS = {'month': 1, 'quarter': 3, 'year': 12}
DAYS = {'day': 1, 'week': 7}


def step(unit, day, count):
    return add_months(day, count * MONTHS[unit]) if unit in MONTHS else day + datetime.timedelta(count * DAYS[unit])


def resolve(period, today):
    """(first, last) of ('this', 'year'), ('last', 12, 'month'), ('next', 6, 'month'), ('from', date, date)"""
    if period[0] == 'from':
        return period[1:]
    if period[0] == 'this':
        first = start_of(period[1], today)
        return first, step(period[1], first, 1) - datetime.timedelta(1)
    _, count, unit = period
    start = start_of(unit, today)
    if period[0] == 'last':
        return step(unit, start, 1 - count), today
    return today, step(unit, start, count) - datetime.timedelta(1)


def resolve_before(period, with_, today):
    """What it is compared with: as much of the one before as there is of this one"""
    first, last = resolve(period, today)
    runs = period[0] == 'this' and today < last
    months = MONTHS[period[1]] if period[0] == 'this' else 12 if period[0] == 'from' else None
    if with_ == 'year':
        months = 12
    if months is None:
        days = (last - first).days + 1
        return first - datetime.timedelta(days), first - datetime.timedelta(1)
    end = add_months(today, -months) if runs else add_months(last + datetime.timedelta(1), -months) - datetime.timedelta(1)
    return add_months(first, -months), end


def between(span):
    return 'BETWEEN %d AND %d' % tuple((day - EPOCH).days for day in span) if span else 'IS NOT NULL'


# ----------------------------------------------------------------------- SQL

DEAL = """FROM deal AS d LEFT JOIN stage AS s ON s.id = d.stage LEFT JOIN user AS u ON u.id = d.owner
  LEFT JOIN team AS t ON t.id = u.team LEFT JOIN product AS p ON p.id = d.product
  LEFT JOIN organisation AS o ON o.id = d.organisation """
WON = DEAL + "WHERE s.kind = 'won' AND d.closed_on {P} "
OPEN = DEAL + "WHERE s.kind = 'open' "
DUE = OPEN + 'AND (d.expected_close_on {P}) '
ANY_OPEN = OPEN
ACTIVITY = """FROM activity AS a LEFT JOIN user AS u ON u.id = a.owner LEFT JOIN team AS t ON t.id = u.team
  WHERE a.at / 86400000000 {P} """
# Days of ads, unpacked beside the file: see unpack_ads()
AD = 'FROM ads AS x WHERE x.day {P} '
PART = 'total(x.%s) * 1.0 / nullif(total(x.%s), 0)'
CLICK_RATE, CLICK_COST, LEAD_COST, RETURN = (PART % names for names in (('clicks', 'impressions'), ('cost / 100.0', 'clicks'),
                                             ('cost', 'conversions'), ('revenue', 'cost')))
SPEND, CONVERSIONS = 'total(x.cost) / 100.0', 'total(x.conversions) / 100.0'
LEAD = 'FROM lead AS l LEFT JOIN user AS u ON u.id = l.owner WHERE l.created_at / 86400000000 {P} '
TASK = """FROM task AS k LEFT JOIN user AS u ON u.id = k.assignee WHERE k.status IN ('to_do', 'in_progress') """
MINE_D, MINE_A, MINE_K = 'AND d.owner = {ME} ', 'AND a.owner = {ME} ', 'AND k.assignee = {ME} '
REVENUE = 'total(d.amount) / 100.0'
RATE = "count(CASE WHEN s.kind = 'won' THEN 1 END) * 1.0 / count(*)"
DECIDED = DEAL + "WHERE s.kind IN ('won', 'lost') AND d.closed_on {P} "
AVERAGE = 'avg(d.amount) / 100.0'
# Of those that were won, of all that were decided
FIGURES = f"""total(CASE s.kind WHEN 'won' THEN d.amount END) / 100.0, {RATE}, count(CASE s.kind WHEN 'won' THEN 1 END),
  avg(CASE s.kind WHEN 'won' THEN d.amount END) / 100.0"""
CYCLE = 'avg(d.closed_on - d.opened_on) * 86400.0'
WEIGHTED = 'total(round(d.amount * s.probability / 10000.0)) / 100.0'
SOURCES = """CASE %s WHEN 'website' THEN 'Website' WHEN 'referral' THEN 'Referral' WHEN 'event' THEN 'Event' WHEN 'campaign' THEN
  'Campaign' WHEN 'outbound' THEN 'Outbound call or mail' WHEN 'partner' THEN 'Partner' ELSE %s END"""
DEAL_SOURCE, LEAD_SOURCE = (SOURCES % (name, f"ifnull({name}, 'None')") for name in ('d.source', 'l.source'))
KIND = "CASE a.kind WHEN 'note' THEN 'Note' WHEN 'call' THEN 'Call' WHEN 'meeting' THEN 'Meeting' ELSE 'E-mail' END"
STATUS = """CASE l.status WHEN 'new' THEN 'New' WHEN 'contacted' THEN 'Contacted' WHEN 'qualified' THEN 'Qualified'
  WHEN 'converted' THEN 'Converted' ELSE 'Lost' END"""
NAME = "ifnull(u.name, 'None')"
TEAM = "ifnull(t.name, 'None')"
QUALIFIED = "count(CASE WHEN l.status IN ('qualified', 'converted') THEN 1 END) * 1.0 / count(*)"
CUSTOMER = """sum(EXISTS (SELECT 1 FROM deal AS d JOIN stage AS s ON s.id = d.stage
  WHERE d.id = l.converted_deal AND s.kind = 'won')) * 1.0 / count(*)"""
COUNTRY = 'CASE o.country ' + ' '.join(f"WHEN '{code}' THEN '{name}'" for code, name in (
    ('FR', 'France'), ('US', 'United States'), ('KR', 'South Korea'), ('JO', 'Jordan'), ('PA', 'Panama'), ('JP', 'Japan'),
    ('BE', 'Belgium'), ('NO', 'Norway'), ('IT', 'Italy'), ('KE', 'Kenya'), ('PL', 'Poland'), ('DE', 'Germany'), ('RO', 'Romania'),
    ('PH', 'Philippines'), ('CN', 'China'), ('BR', 'Brazil'))) + " ELSE ifnull(o.country, 'None') END"
OF_MONTH = "date(%s, 'unixepoch', 'start of month')"
CLOSED_MONTH = OF_MONTH % '(d.closed_on * 86400)'
EXPECTED_MONTH = OF_MONTH % '(d.expected_close_on * 86400)'
CLOSED_QUARTER = """printf('%d-%02d-01', strftime('%Y', d.closed_on * 86400, 'unixepoch'),
  (strftime('%m', d.closed_on * 86400, 'unixepoch') - 1) / 3 * 3 + 1)"""
AT_DAY = "date(a.at / 1000000, 'unixepoch')"
AT_WEEK = "date(a.at / 1000000, 'unixepoch', '-6 days', 'weekday 1')"
YEAR, QUARTER, MONTH = ('this', 'year'), ('this', 'quarter'), ('this', 'month')
LATE = "AND k.due_on < {TODAY} "
# Stages and what is at each or has gone further
# What was lost began, too: it counts at the first step, and at no later one; a step is one without records too
REACHED = """WITH at AS (SELECT s.id AS stage, count(*) AS n %s GROUP BY s.id),
  step AS (SELECT id, name, kind, position FROM stage WHERE pipeline IN
           (SELECT pipeline FROM stage WHERE id IN (SELECT stage FROM at)))
  SELECT name, (SELECT sum(ifnull(n, 0)) FROM step AS later LEFT JOIN at ON at.stage = later.id
                WHERE later.kind <> 'lost' AND later.position >= step.position
                OR step.position = (SELECT min(position) FROM step WHERE kind <> 'lost'))
  FROM step WHERE kind <> 'lost' ORDER BY position"""
STEPS = """WITH at AS (SELECT l.status AS status, count(*) AS n %s GROUP BY 1),
  step (status, name, place) AS (VALUES ('new', 'New', 0), ('contacted', 'Contacted', 1), ('qualified', 'Qualified', 2),
                                        ('converted', 'Converted', 3), ('lost', 'Lost', -1))
  SELECT name, (SELECT sum(ifnull(n, 0)) FROM step AS later LEFT JOIN at ON at.status = later.status
                WHERE later.place >= step.place OR step.place = 0)
  FROM step WHERE place >= 0 AND EXISTS (SELECT * FROM at)"""


class Number:
    """One number, and the one that it is compared with"""

    def __init__(self, what, source, period=None, compare=None, nothing=0):
        self.sql, self.period, self.compare, self.nothing = f'SELECT {what} {source}', period, compare, nothing

    def check(self, widget, ask, context):
        wanted = ask(self.sql, context.span(self.period))
        near(widget['total'], wanted[0][0] if wanted[0][0] is not None else self.nothing)
        trend = [value for one in widget['series'] if one['role'] == 'trend' for value in one['values']]
        shown = isinstance(self.period, tuple) and context.given is None
        assert not shown or not trend or not widget['total'] or any(trend), ('the line below the number is empty', widget)
        before = context.span_before(self.period, self.compare)
        if before:
            wanted = ask(self.sql, before)
            near(widget['comparison'], wanted[0][0] if wanted[0][0] is not None else self.nothing)
        else:
            equal(widget['comparison'], None)


class Rows:
    """Categories, each with a number for each measure"""

    def __init__(self, sql, period=None, limit=None, order=True):
        self.sql, self.period, self.limit, self.order = sql, period, limit, order

    def check(self, widget, ask, context):
        wanted = ask(self.sql, context.span(self.period))
        if self.limit:
            wanted.sort(key=lambda row: -row[1])
            # Who shares the last place may be in or out
            assert len(widget['categories']) == min(self.limit, len(wanted)), (widget['id'], len(wanted))
            least = wanted[self.limit - 1][1] if len(wanted) > self.limit else float('-inf')
            assert {row[0] for row in wanted if row[1] > least + 1e-6} <= set(widget['categories']), widget['categories']
        series = [one for one in widget['series'] if one['role'] == 'value']
        got = {name: [one['values'][at] for one in series] for at, name in enumerate(widget['categories'])}
        for name, *values in wanted:
            if not self.limit:
                assert name in got or not any(values), (widget['id'], name, got)
            if name in got:
                for one, value in zip(got.pop(name), values):
                    near(one, value)
        # What is there besides is what a calendar has between two others
        assert not any(value for values in got.values() for value in values), (widget['id'], got)


class Cells:
    """Categories by series"""

    def __init__(self, sql, period=None):
        self.sql, self.period = sql, period

    def check(self, widget, ask, context):
        wanted = {(row[0], row[1]): row[2] for row in ask(self.sql, context.span(self.period)) if row[2]}
        got = {(name, one['label']): one['values'][at] for one in widget['series'] if one['role'] == 'value'
               for at, name in enumerate(widget['categories']) if one['values'][at]}
        if len({series for _, series in wanted}) > 12:
            # Colours end: the smallest are together
            got = {key: value for key, value in got.items() if key[1] != 'Other'}
            assert got.items() <= wanted.items(), (widget['id'], got, wanted)
            return
        assert wanted.keys() == got.keys(), (widget['id'], sorted(wanted.keys() ^ got.keys()))
        for key, value in wanted.items():
            near(got[key], value)


class Latest:
    """What happened last"""

    def __init__(self, where='WHERE 1', period=None):
        self.sql, self.period = 'SELECT a.subject FROM activity AS a ' + where, period

    def check(self, widget, ask, context):
        wanted = ask(self.sql + ' ORDER BY a.at DESC LIMIT 10', context.span(self.period))
        equal([item['title'] for item in widget.get('items', [])][:len(wanted)], [row[0] for row in wanted])


class Goals:
    """Goals of people by revenue, those that run today"""

    def __init__(self, mine=False):
        self.mine = mine

    def check(self, widget, ask, context):
        first, last = resolve(QUARTER, context.today)
        wanted = ask(f"""SELECT u.name || ', Revenue won', ifnull((SELECT sum(d.amount) FROM deal AS d JOIN stage AS s ON s.id = d.stage
            WHERE d.owner = g.user AND s.kind = 'won' AND d.closed_on BETWEEN {(first - EPOCH).days} AND {(last - EPOCH).days}), 0)
            * 1.0 / g.target FROM goal AS g JOIN user AS u ON u.id = g.user WHERE g.metric = 'revenue_won' AND g.period = 'quarter'
            AND g.starts_on BETWEEN {(first - EPOCH).days} AND {(last - EPOCH).days} {'AND g.user = {ME}' if self.mine else ''}""", None)
        shares = dict(zip(widget['categories'], widget['series'][0]['values'] if widget['series'] else []))
        equal(sorted(shares), sorted(row[0] for row in wanted))
        for name, share in wanted:
            near(shares[name], share)


def by(key, what, source, rest=''):
    return f'SELECT {key} AS k, {what} AS n {source} GROUP BY k {rest}'


def by_two(first, second, what, source):
    return f'SELECT {first} AS k, {second} AS j, {what} {source} GROUP BY k, j'


COUNT = 'count(*)'
LAST_YEAR = ('last', 12, 'month')
LAST_90 = ('last', 90, 'day')

WANTED = {
    'salesperson': {
        'won': Number(REVENUE, WON + MINE_D, MONTH, 'previous'),
        'deals': Number(COUNT, WON + MINE_D, MONTH, 'previous'),
        'activities': Number(COUNT, ACTIVITY + MINE_A, MONTH, 'previous'),
        'late': Number(COUNT, TASK + MINE_K + LATE),
        'stages': Rows(by('s.name', COUNT, OPEN + MINE_D)),
        'expected': Rows(by(EXPECTED_MONTH, REVENUE, DUE + MINE_D), ('next', 6, 'month')),
        'goals': Goals(mine=True),
        'tasks': Rows(by("upper(substr(k.priority, 1, 1)) || substr(k.priority, 2)", COUNT, TASK + MINE_K)),
        'latest': Latest('WHERE a.owner = {ME}'),
    },
    'manager': {
        'won': Number(REVENUE, WON, QUARTER, 'previous'),
        'deals': Number(COUNT, WON, QUARTER, 'previous'),
        'rate': Number(RATE, DECIDED, QUARTER, 'previous', nothing=None),
        'average': Number(AVERAGE, WON, QUARTER, 'previous', nothing=None),
        'people': Rows(by(NAME, REVENUE, WON), QUARTER, limit=10),
        'pipeline': Cells(by_two(NAME, 's.name', COUNT, OPEN)),
        'figures': Rows(by(NAME, f'{REVENUE}, {COUNT}, {AVERAGE}, {CYCLE}', WON), QUARTER),
        'activity': Cells(by_two(KIND, NAME, COUNT, ACTIVITY), QUARTER),
        'goals': Goals(),
        'late': Rows(by(NAME, COUNT, TASK + LATE), limit=12),
    },
    'management': {
        'won': Number(REVENUE, WON, YEAR, 'year'),
        'deals': Number(COUNT, WON, YEAR, 'year'),
        'rate': Number(RATE, DECIDED, YEAR, 'year', nothing=None),
        'pipeline': Number(WEIGHTED, DUE, 'dated'),
        'trend': Rows(by(CLOSED_MONTH, REVENUE, WON), ('last', 36, 'month')),
        'products': Rows(by("ifnull(p.name, 'None')", REVENUE, WON), YEAR),
        'size': Rows(by(CLOSED_MONTH, f'{COUNT}, {AVERAGE}', WON), LAST_YEAR),
        'teams': Cells(by_two(CLOSED_QUARTER, TEAM, REVENUE, WON), ('last', 4, 'quarter')),
        'sources': Rows(by(DEAL_SOURCE, REVENUE, WON), YEAR),
        'countries': Rows(by(COUNTRY, REVENUE, WON), YEAR, limit=10),
        'customers': Rows(f"SELECT ifnull(o.name, 'None'), {REVENUE} {WON} GROUP BY o.id", YEAR, limit=8),
    },
    'administrator': {
        'organisations': Number(COUNT, 'FROM organisation'),
        'contacts': Number(COUNT, 'FROM contact'),
        'deals': Number(COUNT, DEAL + 'WHERE {DATED d.opened_on}', 'dated'),
        'leads': Number(COUNT, 'FROM lead AS l WHERE {DATED l.created_at / 86400000000}', 'dated'),
        'no-amount': Number(COUNT, OPEN + 'AND d.amount IS NULL'),
        'no-date': Number(COUNT, OPEN + 'AND d.expected_close_on IS NULL'),
        'no-owner': Number(COUNT, DEAL + 'WHERE d.owner IS NULL'),
        'no-email': Number(COUNT, 'FROM contact WHERE email IS NULL'),
        'use': Cells(by_two(AT_WEEK, KIND, COUNT, ACTIVITY), ('last', 12, 'week')),
        'roles': Rows("SELECT upper(substr(role, 1, 1)) || substr(role, 2), count(*) FROM user GROUP BY role"),
        'owners': Rows(by(NAME, COUNT, DEAL + 'WHERE {DATED d.opened_on}'), 'dated', limit=10),
        'kinds': Rows("SELECT ifnull(upper(substr(kind, 1, 1)) || substr(kind, 2), 'None'), count(*) FROM organisation GROUP BY kind"),
        'latest': Latest(),
    },
    'pipeline': {
        'open': Number(REVENUE, DUE, 'dated'),
        'weighted': Number(WEIGHTED, DUE, 'dated'),
        'count': Number(COUNT, OPEN),
        'late': Number(COUNT, OPEN + 'AND d.expected_close_on < {TODAY}'),
        'reached': Rows(REACHED % (DEAL + 'WHERE {DATED d.opened_on}'), LAST_YEAR),
        'expected': Cells(by_two(EXPECTED_MONTH, 's.name', REVENUE, DUE), ('next', 6, 'month')),
        'people': Cells(by_two('s.name', NAME, COUNT, OPEN)),
        'products': Rows(by("ifnull(p.name, 'None')", REVENUE, DUE), 'dated'),
        'cycle': Rows(by(CLOSED_MONTH, CYCLE, WON), LAST_YEAR),
        'lost': Rows("""SELECT CASE d.lost_reason WHEN 'price' THEN 'Price' WHEN 'competitor' THEN 'Competitor' WHEN 'budget' THEN
            'No budget' WHEN 'decision' THEN 'No decision' WHEN 'timing' THEN 'Bad timing' WHEN 'offer' THEN 'The offer did not fit'
            WHEN 'silence' THEN 'No answer' WHEN 'other' THEN 'Other' ELSE 'None' END, count(*) """ + DEAL +
                     "WHERE s.kind = 'lost' AND d.closed_on {P} GROUP BY 1", LAST_YEAR),
    },
    'activity': {
        'all': Number(COUNT, ACTIVITY, LAST_90, 'previous'),
        'calls': Number(COUNT, ACTIVITY + "AND a.kind = 'call'", LAST_90, 'previous'),
        'meetings': Number(COUNT, ACTIVITY + "AND a.kind = 'meeting'", LAST_90, 'previous'),
        'each': Number('count(*) * 1.0 / count(DISTINCT a.owner)', ACTIVITY + 'AND a.owner IS NOT NULL', LAST_90, 'previous', nothing=None),
        'weeks': Cells(by_two(AT_WEEK, KIND, COUNT, ACTIVITY), LAST_90),
        'kinds': Rows(by(KIND, COUNT, ACTIVITY), LAST_90),
        'days': Rows(by(AT_DAY, COUNT, ACTIVITY), LAST_90),
        'people': Rows(by(NAME, COUNT, ACTIVITY), LAST_90, limit=8),
        'outcomes': Rows("""SELECT CASE a.outcome WHEN 'reached' THEN 'Reached' WHEN 'interested' THEN 'Interested' WHEN 'not_interested'
            THEN 'Not interested' WHEN 'left_message' THEN 'Left a message' WHEN 'no_answer' THEN 'No answer' WHEN 'cancelled'
            THEN 'Cancelled' ELSE 'None' END, count(*) """ + ACTIVITY + "AND a.kind = 'call' GROUP BY 1", LAST_90),
        'teams': Cells(by_two(KIND, TEAM, COUNT, ACTIVITY), LAST_90),
        'latest': Latest('WHERE a.at / 86400000000 {P}', LAST_90),
    },
    'leads': {
        'received': Number(COUNT, LEAD, YEAR, 'year'),
        'qualified': Number(QUALIFIED, LEAD, YEAR, 'year', nothing=None),
        'customers': Number(CUSTOMER, LEAD, YEAR, 'year', nothing=None),
        'time': Number("avg(d.closed_on - l.created_at / 86400000000) * 86400.0", """FROM lead AS l JOIN deal AS d ON d.id = l.converted_deal
            JOIN stage AS s ON s.id = d.stage WHERE s.kind = 'won' AND d.closed_on {P}""", YEAR, 'year', nothing=None),
        'months': Rows(by(OF_MONTH % '(l.created_at / 1000000)', "count(*), count(CASE WHEN l.status = 'converted' THEN 1 END)", LEAD), YEAR),
        'sources': Rows(by(LEAD_SOURCE, COUNT, LEAD), YEAR),
        'steps': Rows(STEPS % LEAD, YEAR),
        'yield': Rows(by(LEAD_SOURCE, QUALIFIED, LEAD), YEAR),
        'matrix': Cells(by_two(LEAD_SOURCE, STATUS, COUNT, LEAD), YEAR),
        'people': Rows(by(NAME, COUNT, LEAD + "AND l.status = 'converted'"), YEAR, limit=10),
    },
    'advertising': {
        'spend': Number(SPEND, AD, YEAR, 'year'),
        'impressions': Number('total(x.impressions)', AD, YEAR, 'year'),
        'clicks': Number('total(x.clicks)', AD, YEAR, 'year'),
        'rate': Number(CLICK_RATE, AD, YEAR, 'year', nothing=None),
        'click-cost': Number(CLICK_COST, AD, YEAR, 'year', nothing=None),
        'leads': Number(CONVERSIONS, AD, YEAR, 'year'),
        'lead-cost': Number(LEAD_COST, AD, YEAR, 'year', nothing=None),
        'return': Number(RETURN, AD, YEAR, 'year', nothing=None),
        'months': Rows(by(OF_MONTH % '(x.day * 86400)', f'{SPEND}, {CONVERSIONS}', AD), YEAR),
        'platforms': Rows(by('x.platform', SPEND, AD), YEAR),
        'campaigns': Rows(by('x.campaign', f'{SPEND}, total(x.clicks), {CLICK_RATE}, {CLICK_COST}, {CONVERSIONS}, {LEAD_COST}', AD), YEAR),
        'price': Cells(by_two(OF_MONTH % '(x.day * 86400)', 'x.platform', LEAD_COST, AD), YEAR),
        'groups': Rows(by('x.campaign', LEAD_COST, AD), YEAR),
    },
    'goals': {
        'g1': Goals(),
        'g2': Rows(by(NAME, REVENUE, WON), QUARTER, limit=10),
        'g3': Rows(by(NAME, COUNT, WON), QUARTER, limit=10),
        'g4': Rows(by(NAME, RATE, DECIDED), QUARTER, limit=10),
        'g5': Rows(by(TEAM, FIGURES, DECIDED), LAST_YEAR),
        'g6': Rows(by(CLOSED_MONTH, REVENUE, WON), ('last', 24, 'month')),
    },
}


def near(got, wanted):
    if wanted is None or got is None:
        equal(got, wanted)
    else:
        assert abs(got - wanted) <= 1e-9 * max(1, abs(wanted)), (got, wanted)


class Context:
    """Which period counts: the widgets' own, one of the dashboard, or none"""

    def __init__(self, today, given=None):
        self.today, self.given = today, given

    def span(self, period):
        if period is None or self.given == 'all' or (period == 'dated' and self.given is None):
            return None
        return resolve(self.given or period, self.today)

    def span_before(self, period, compare):
        if compare is None or self.given == 'all':
            return None
        return resolve_before(self.given or period, compare, self.today)


def read_column(data):
    """Numbers of one field: how wide each is, how many, the least, then each less the least"""
    width, count, least = struct.unpack_from('<BIq', data)
    return [least + int.from_bytes(data[13 + at * width:13 + (at + 1) * width], 'little') for at in range(count)]


def unpack_ads(file):
    """The days of ads as rows that SQL can ask: nothing of the program, and none of its sums of months"""
    ads = sqlite3.connect(':memory:')
    texts = {(name, code): text for name, code, text in file.execute('SELECT name, code, value FROM fact_value')}
    names = ('platform', 'campaign', 'impressions', 'clicks', 'cost', 'conversions', 'revenue')
    ads.execute(f"CREATE TABLE ads (day, {', '.join(names)})")
    for day, in file.execute('SELECT number FROM fact_part WHERE span = 0').fetchall():
        columns = dict(file.execute('SELECT name, data FROM fact_column WHERE span = 0 AND number = ?', (day,)))
        columns = {name: read_column(columns[name]) for name in names}
        for name in names[:2]:
            columns[name] = [texts.get((name, code)) for code in columns[name]]
        ads.executemany(f"INSERT INTO ads VALUES ({day}{', ?' * len(names)})", zip(*columns.values()))
    return ads


def compare(ctl, name, identifier, context, me):
    options = {None: [], 'all': ['--period', 'all']}.get(context.given, ['--period', '2017'])
    answer = ctl.json('dashboard numbers', identifier, *options)
    widgets = {widget['id']: widget for widget in answer['widgets']}
    equal(sorted(widgets), sorted(WANTED[name]))
    ads = None
    if name == 'advertising':
        with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
            ads = unpack_ads(file)

    def ask(sql, span):
        for field in ('d.opened_on', 'l.created_at / 86400000000'):
            sql = sql.replace('{DATED %s}' % field, f'{field} {between(span)}' if span else '1')
        if span is None:
            sql = sql.replace('AND (d.expected_close_on {P})', '')
            for field in ('x.day', 'd.closed_on', 'a.at / 86400000000', 'l.created_at / 86400000000'):
                sql = sql.replace(field + ' {P}', '1')
        sql = sql.replace('{P}', between(span)).replace('{ME}', "x'%s'" % me).replace('{TODAY}', str((context.today - EPOCH).days))
        with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
            # The order of an index of the file; nothing here depends on it
            file.create_collation('CPT_TEXT', lambda a, b: (a > b) - (a < b))
            return (ads or file).execute(sql).fetchall()

    for key, wanted in WANTED[name].items():
        widget = widgets[key]
        equal((key, widget['error']), (key, None))
        try:
            wanted.check(widget, ask, context)
        except AssertionError as error:
            raise AssertionError(f'{name}, {key}, {context.given}: {error}\n{widget}') from error


def compare_all(ctl, me):
    today = datetime.datetime.now(datetime.timezone.utc).date()
    year = ('from', datetime.date(2017, 1, 1), datetime.date(2017, 12, 31))
    templates = ctl.raw('dashboard', 'templates', '--json').json['templates']
    equal(sorted(template['name'] for template in templates), sorted(WANTED))
    for template in templates:
        assert template['title'] and template['description'] and template['role'] in (True, False), template
        made = ctl.json('dashboard new', template['name'])['id']
        for given in (None, year, 'all'):
            compare(ctl, template['name'], made, Context(today, given), me.replace('-', ''))


def test_demonstration(ctl):
    """the ready dashboards are right over the demonstration"""
    ctl.workspace.unlink()
    ctl.run('demo', '--seed', 7)
    ctl.run('settings', '--zone', 'UTC')
    me = ctl.records('user', 'role=administrator')[0]['id']
    person = ctl.records('user', 'role=salesperson')[0]['id']
    # Who asks sells too
    for kind, field in (('deal', 'owner'), ('activity', 'owner'), ('task', 'assignee')):
        ctl.run('set', kind, '--where', f'{field}={person}', f'{field}={me}')
    compare_all(ctl, me)


def test_sales_files(ctl):
    """the ready dashboards are right over the files of a company"""
    source = pathlib.Path(os.environ['CPT_SOURCE_ROOT'])
    named = os.environ.get('CPT_SHARED_DATA')
    places = [pathlib.Path(named)] if named else [source.parent / 'shared/data', source.parents[1] / 'shared/data']
    data = next((place / 'crm-sales' for place in places if (place / 'crm-sales/accounts.csv').is_file()), None)
    if data is None:
        print('# the sales files are not here')
        return
    ctl.run('settings', '--zone', 'UTC')
    for name in ('sales_teams', 'accounts', 'products', 'sales_pipeline'):
        ctl.imported((data / f'{name}.csv').read_bytes(), '--currency', 'USD', name=f'{name}.csv')
    me = ctl.records('user', 'role=administrator')[0]['id']
    ctl.run('set', 'deal', '--where', 'owner.name=Darcel Schlecht', f'owner={me}')
    compare_all(ctl, me)


def test_refused(ctl):
    """a dashboard that is not there is refused, with those that are"""
    result = ctl.run('dashboard new', 'nothing', status=3)
    assert 'pipeline' in result.err and 'salesperson' in result.err, result.err
    ctl.run('dashboard numbers', 'nothing', status=3)
    made = ctl.json('dashboard new', 'leads', '--name', 'Our leads')['id']
    assert any(one['name'] == 'Our leads' and one['id'] == made for one in ctl.json('dashboard list')['dashboards'])
    # An empty workspace has nothing, and nothing is wrong with that
    for template in WANTED:
        for widget in ctl.json('dashboard numbers', ctl.json('dashboard new', template)['id'])['widgets']:
            equal((widget['id'], widget['error']), (widget['id'], None))
    sentences = ctl.run('dashboard numbers', made).out
    assert 'Leads received, this year' not in sentences and 'Leads received' in sentences, sentences
    # What is mistyped is no reason to tell numbers that are not filtered
    for wrong, told, status in ((('--period', 'this-yaer'), '{"this":"month"}', 1),
                                (('--filter', '[{"period":{"from":"2026-99-01"}}]'), '{"this":"month"}', 1),
                                (('--filter', '[{"source":"lead","field":"ownr","op":"is","value":{"me":true}}]'), 'owner', 3),
                                (('--filter', '[{"source":"lead","field":"owner","op":"in","value":["x"]}]'), 'identifier', 1)):
        for words in (('dashboard numbers', made), ('dashboard export', made, '-o', 'no.pdf')):
            result = ctl.run(*words, *wrong, status=status)
            assert told in result.err, result.err
    ctl.run('check')


run_module()
