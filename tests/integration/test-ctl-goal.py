#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goals against SQL and a calendar that were written by hand, over the
demonstration.
"""
import datetime
import sqlite3

from ctltest import equal, run_module

WON = """SELECT ifnull(sum(d.amount), 0) / 100.0 FROM deal AS d JOIN stage AS s ON s.id = d.stage
         LEFT JOIN user AS u ON u.id = d.owner WHERE s.kind = 'won' AND d.closed_on BETWEEN ? AND ?"""
EPOCH = datetime.date(1970, 1, 1)


def demo(ctl):
    ctl.workspace.unlink()
    ctl.run('demo', '--seed', 7)


def select(ctl, sql, *values):
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        return file.execute(sql, values).fetchone()[0]


def near(got, wanted):
    assert abs(got - wanted) < 1e-6 * max(1, abs(wanted)), (got, wanted)


def days(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


def easter(year):
    """By Oudin's rule (1940), not by ours"""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full = moon - moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full + 2 - century + century // 4) % 7
    days = full - weekday
    month = 3 + (days + 40) // 44
    return datetime.date(year, month, days + 28 - 31 * (month // 4))


def holidays(year):
    """Of France"""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return [datetime.date(year, *day) for day in fixed] + [easter(year) + datetime.timedelta(more) for more in (1, 39, 50)]


def working_days(first, last):
    dates = [EPOCH + datetime.timedelta(day) for day in range(first, last + 1)]
    return sum(date.weekday() < 5 and date not in holidays(date.year) for date in dates)



def by_uuid(text):
    return bytes.fromhex(text.replace('-', ''))


def check(goal, actual, day):
    """What stands in a goal follows from what there is"""
    first, last = days(goal['first']), days(goal['last'])
    near(goal['actual'], actual)
    near(goal['share'], actual / goal['target'])
    over, whole = working_days(first, min(day, last)), working_days(first, last)
    near(goal['pace'], goal['target'] if day > last else goal['target'] * over / whole)
    near(goal['expected'], actual if day > last else actual / over * whole)
    if actual >= goal['target']:
        equal(goal['state'], 'reached')
    elif day > last:
        equal(goal['state'], 'missed')
    else:
        equal(goal['state'], 'on-pace' if actual >= goal['pace'] else 'behind')


def test_by_hand(ctl):
    """each goal of the demonstration is what SQL and the calendar give"""
    demo(ctl)
    ctl.run('settings', '--zone', 'UTC')
    day = (datetime.datetime.now(datetime.timezone.utc).date() - EPOCH).days
    users = {record['name']: record for record in ctl.records('user')}
    for asked in (None, f'{datetime.date.today().year}-02-15'):
        goals = ctl.json('goals list', *([asked] if asked else []))['goals']
        assert len(goals) > 3, goals
        for goal in goals:
            check(goal, select(ctl, WON + ' AND d.owner = ?', days(goal['first']), days(goal['last']),
                               by_uuid(users[goal['who']]['id'])), day)

    # Of everybody, of a team, of a rate, of a metric of one's own
    year = datetime.date.today().year
    team = ctl.records('team')[0]
    start = f'{year}-01-01'
    ctl.run('new', 'metric', 'name=Big deals', 'code=big', 'definition={"source":"deal","date":"opened_on",'
            '"where":{"field":"amount","op":"greater","value":{"amount":"10000","currency":"EUR"}},"measures":[{"agg":"count"}]}')
    for values in (('name=All', 'metric=revenue_won', 'target=20000000'),
                   ('name=Team', 'metric=revenue_won', 'target=1', f'team={team["id"]}'),
                   ('name=Rate', 'metric=conversion_rate', 'target=50'),
                   ('name=Big', 'metric=big', 'target=100000')):
        ctl.run('new', 'goal', 'period=year', f'starts_on={start}', *values)
    goals = {goal['name']: goal for goal in ctl.json('goals list')['goals']}
    span = days(start), days(f'{year}-12-31')
    check(goals['All'], select(ctl, WON, *span), day)
    check(goals['Team'], select(ctl, WON + ' AND u.team = ?', *span, by_uuid(team['id'])), day)
    equal(goals['Team']['state'], 'reached')
    check(goals['Big'], select(ctl, "SELECT count(*) FROM deal WHERE amount > 1000000 AND amount_currency = 'EUR' "
                               'AND opened_on BETWEEN ? AND ?', *span), day)
    rate = select(ctl, """SELECT 100.0 * sum(s.kind = 'won') / count(*) FROM deal AS d JOIN stage AS s ON s.id = d.stage
                          WHERE s.kind IN ('won', 'lost') AND d.closed_on BETWEEN ? AND ?""", *span)
    near(goals['Rate']['actual'], rate)
    equal((goals['Rate']['pace'], goals['Rate']['state']), (50, 'reached' if rate >= 50 else 'behind'))
    equal([goal['name'] for goal in ctl.json('goals list')['goals']][:4], ['All', 'Big', 'Rate', 'Team'])


def test_refusals(ctl):
    """a goal names a metric; one whose metric is gone says so"""
    ctl.run('new', 'goal', 'name=Goal', 'metric=nothing', 'target=1', 'period=year', 'starts_on=2026-01-01', status=1)
    result = ctl.run('new', 'goal', 'name=Goal', 'metric=deals_won', 'target=0', 'period=year', 'starts_on=2026-01-01', status=1)
    assert 'A goal needs a target above 0.' in result.err, result.err
    ctl.run('new', 'metric', 'name=Own', 'code=own', 'definition={"source":"deal","date":"opened_on","measures":[{"agg":"count"}]}')
    ctl.run('new', 'goal', 'name=Goal', 'metric=own', 'target=1', 'period=year', 'starts_on=2000-01-01')
    equal([goal['state'] for goal in ctl.json('goals list', '2000-05-05')['goals']], ['missed'])
    ctl.run('delete', 'metric', 'Own')
    goal, = ctl.json('goals list', '2000-12-31')['goals']
    equal(goal['state'], 'failed')
    assert goal['problem'], goal
    equal(ctl.json('goals list', '2001-01-01')['goals'], [])
    ctl.run('goals list', 'tomorrow', status=2)


def badges(ctl):
    found = {}
    for badge in ctl.json('people badges')['badges']:
        found.setdefault(badge['badge'], set()).add(badge['name'])
    return found


def test_badges(ctl):
    """badges go to whom SQL names; a workspace may do without"""
    demo(ctl)
    for values in (('name=First', 'rule=first'), ('name=Of team', 'rule=first_of_team'), ('name=Million', 'rule=reached', 'threshold=1000000'),
                   ('name=Off', 'rule=first', 'is_active=no')):
        ctl.run('new', 'badge', 'metric=revenue_won', 'period=year', *values)
    year = datetime.date.today().year
    span = days(f'{year}-01-01'), days(f'{year}-12-31')
    with sqlite3.connect(f'file:{ctl.workspace}?mode=ro', uri=True) as file:
        rows = file.execute("""SELECT u.name, u.team, sum(d.amount) / 100.0 FROM deal AS d JOIN stage AS s ON s.id = d.stage
            JOIN user AS u ON u.id = d.owner WHERE s.kind = 'won' AND d.closed_on BETWEEN ? AND ? GROUP BY u.id""", span).fetchall()
    best = max(won for _, _, won in rows)
    teams = {team for _, team, _ in rows if team}
    wanted = {'First': {name for name, _, won in rows if won == best},
              'Of team': {name for name, team, won in rows if team and won == max(row[2] for row in rows if row[1] == team)},
              'Million': {name for name, _, won in rows if won >= 1000000}}
    equal(badges(ctl), {name: people for name, people in wanted.items() if people})
    assert len(wanted['Of team']) == len(teams) > 1, wanted

    ctl.run('people switch', 'badges', 'off')
    equal(badges(ctl), {})
    ctl.run('people switch', 'leaderboards', 'off')
    equal(ctl.json('people badges')['leaderboards_on'], False)
    ctl.run('undo')
    equal(ctl.json('people badges')['leaderboards_on'], True)
    ctl.run('redo')
    equal(ctl.json('people badges')['leaderboards_on'], False)
    ctl.run('people switch', 'leaderboards', 'off')
    ctl.run('people switch', 'badges', 'on')
    equal(len(badges(ctl)['First']), 1)
    ctl.run('people switch', 'everything', 'on', status=2)
    ctl.run('new', 'badge', 'name=B', 'metric=nothing', status=1)
    ctl.run('new', 'badge', 'name=B', 'metric=deals_won', 'rule=reached', status=1)


def test_dashboard(ctl):
    """the ready dashboard can be drawn, and brings badges where there are none"""
    demo(ctl)
    ctl.run('people dashboard')
    equal(sorted(badge['name'] for badge in ctl.records('badge')), ['Rising Star', 'Top Closer'])
    path = ctl.folder / 'goals.svg'
    ctl.run('dashboard export', 'Goals', '-o', path)
    assert path.read_bytes().startswith(b'<?xml')
    ctl.run('people switch', 'leaderboards', 'off')
    off = ctl.folder / 'off.svg'
    ctl.run('dashboard export', 'Goals', '-o', off)
    assert off.read_bytes() != path.read_bytes()
    ctl.run('people dashboard')
    equal(ctl.count('badge'), 2)


def test_rising(ctl):
    """who rose most is told in percent; from nothing nobody rises"""
    ctl.run('settings', '--zone', 'UTC')
    today = datetime.datetime.now(datetime.timezone.utc).date()
    before = datetime.date(today.year - 1, 1, 1)
    for name, then, now in (('Ada', 1, 3), ('Ben', 2, 4), ('Cleo', 0, 9)):
        ctl.run('new', 'user', f'name={name}', f'email={name.lower()}@example.org')
        for day, number in ((before, then), (today, now)):
            for _ in range(number):
                ctl.run('new', 'deal', 'name=Deal', f'owner={name}', f'opened_on={day}')
    ctl.run('new', 'badge', 'name=Rising Star', 'rule=improved', 'metric=deals_opened', 'period=year')
    ctl.run('new', 'badge', 'name=Most', 'rule=first', 'metric=deals_opened', 'period=year')
    equal(badges(ctl), {'Rising Star': {'Ada'}, 'Most': {'Cleo'}})


run_module()
