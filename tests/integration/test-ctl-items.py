#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""vCards and calendars, in and out."""
import ctltest
from ctltest import equal

CARDS = '''BEGIN:VCARD
VERSION:3.0
FN:Anne Martin
N:Martin;Anne;;;
ORG:Studio Lyon
EMAIL;TYPE=work:anne@studio.fr
TEL;TYPE=cell:06 12 34 56 78
ADR;TYPE=work:;;12 rue des Lilas;Lyon;;69001;France
NOTE:une ligne\\nune autre
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Marc Petit
ORG:studio lyon
EMAIL:marc@studio.fr
TEL;TYPE=work:not a number
END:VCARD
'''

CALENDAR = '''BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTODO
UID:task-1@elsewhere
SUMMARY:Water the plants
DUE;VALUE=DATE:20900106
PRIORITY:1
RRULE:FREQ=WEEKLY;BYDAY=FR
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:x
TRIGGER:-P1D
END:VALARM
END:VTODO
BEGIN:VTODO
UID:task-2@elsewhere
SUMMARY:Every second
RRULE:FREQ=SECONDLY
END:VTODO
BEGIN:VEVENT
UID:event-1@elsewhere
SUMMARY:Meet\\, talk
DTSTART;TZID=Europe/Paris:20900110T100000
DTEND;TZID=Europe/Paris:20900110T113000
END:VEVENT
END:VCALENDAR
'''


def imported(ctl, name, text, *words, status=0):
    return ctl.run('import', ctl.write(name, text.replace('\n', '\r\n')), *words, '--json', status=status).json


def everything(ctl, kind):
    lines = ctl.run('export', kind, '--format', 'jsonl').out.splitlines()
    return sorted(lines)


def test_cards(ctl):
    """contacts come from vCards with their company; one undo takes all back"""
    dry = imported(ctl, 'a.vcf', CARDS, '--dry-run')
    equal((dry['items'], dry['created'], ctl.count('contact')), (2, 3, 0))
    report = imported(ctl, 'a.vcf', CARDS)
    equal((report['items'], report['created'], report['rejected'], len(report['notes'])), (2, 3, 0, 1))
    assert 'Line 11' in report['notes'][0], report
    equal(ctl.count('organisation'), 1)
    anne = ctl.json('show', 'contact', 'Anne Martin')['record']
    equal((anne['first_name'], anne['mobile'], anne['notes']), ('Anne', '+33612345678', 'une ligne\nune autre'))
    equal(anne['address']['country'], 'FR')
    ctl.run('check')
    ctl.run('undo')
    equal((ctl.count('contact'), ctl.count('organisation')), (0, 0))


def test_cards_again(ctl):
    """the same cards change nothing, and fill in what is empty"""
    imported(ctl, 'a.vcf', CARDS)
    again = imported(ctl, 'a.vcf', CARDS)
    equal((again['created'], again['updated'], again['sequence']), (0, 0, 0))
    more = imported(ctl, 'b.vcf', CARDS.replace('FN:Marc Petit', 'FN:Someone else\nTITLE:Director'))
    equal((more['created'], more['updated']), (0, 1))
    marc = ctl.json('show', 'contact', 'Marc Petit')['record']
    equal(marc['job_title'], 'Director')


def test_cards_round(ctl):
    """exported cards come back unchanged, in both versions"""
    imported(ctl, 'a.vcf', CARDS)
    before = everything(ctl, 'contact')
    for format, mark in (('vcf', 'VERSION:4.0'), ('vcard3', 'VERSION:3.0')):
        path = ctl.folder / f'{format}.vcf'
        ctl.run('export', 'contact', '--format', format, '--output', path, '--force')
        assert mark in path.read_text(encoding='utf-8')
        equal(ctl.run('import', path, '--json').json['updated'], 0)
        equal(everything(ctl, 'contact'), before)
        ctl.raw('init', ctl.folder / f'{format}.comptoir')
        equal(ctl.raw('import', ctl.folder / f'{format}.comptoir', path, '--json').json['created'], 3)


def test_cards_in_trash(ctl):
    """what is in the trash stays there, and is not made anew"""
    cards = CARDS.replace('FN:Anne Martin', 'FN:Anne Martin\nUID:anne@elsewhere').replace('EMAIL;TYPE=work:anne@studio.fr\n', '')
    imported(ctl, 'a.vcf', cards)
    equal(imported(ctl, 'a.vcf', cards)['sequence'], 0)
    ctl.run('delete', 'contact', 'Anne Martin')
    again = imported(ctl, 'a.vcf', cards)
    equal((again['created'], ctl.count('contact')), (0, 1))
    assert 'in the trash' in again['notes'][0], again


def test_cards_company(ctl):
    """a company is made only for a contact that is to have it"""
    imported(ctl, 'a.vcf', CARDS)
    other = CARDS.replace('ORG:Studio Lyon', 'ORG:Nobody SARL').replace('ORG:studio lyon', 'ORG:Nobody else')
    equal(imported(ctl, 'b.vcf', other + other.replace('Nobody', 'Still nobody'))['created'], 0)
    equal(ctl.count('organisation'), 1)


def test_cards_long(ctl):
    """a long note is whole; what is too long is told, and is no picture"""
    note = 'Long note. ' * 8000
    card = 'BEGIN:VCARD\nVERSION:4.0\nFN:Ida\nEMAIL:ida@example.org\nNOTE:{}\nEND:VCARD\n'
    equal(imported(ctl, 'a.vcf', card.format(note))['notes'], [])
    equal(ctl.json('show', 'contact', 'Ida')['record']['notes'], note.strip())
    longer = imported(ctl, 'b.vcf', card.replace('ida', 'eva').replace('Ida', 'Eva').format(note * 7))
    assert 'too long' in longer['notes'][0] and 'picture' not in longer['notes'][0], longer


def test_many_cards(ctl):
    """10,000 cards with pictures are read, and one undo takes them back"""
    picture = 'PHOTO;ENCODING=b;TYPE=JPEG:' + '\n '.join(['A' * 74] * 30)
    text = ''.join(f'BEGIN:VCARD\nVERSION:3.0\nFN:Person {number}\nEMAIL:p{number}@example.org\n{picture}\nEND:VCARD\n'
                   for number in range(10000))
    report = imported(ctl, 'many.vcf', text)
    equal((report['items'], report['created'], report['remarks'], len(report['notes'])), (10000, 10000, 10000, 50))
    equal(ctl.count('contact'), 10000)
    ctl.run('undo')
    equal(ctl.count('contact'), 0)
    ctl.run('check')


def test_calendar(ctl):
    """tasks and meetings come from a calendar, once; one undo takes all back"""
    report = imported(ctl, 'a.ics', CALENDAR)
    equal((report['items'], report['created'], report['rejected'], len(report['notes'])), (3, 3, 0, 1))
    assert 'at most once a day' in report['notes'][0], report
    task = ctl.json('show', 'task', 'Water the plants')['record']
    equal((task['due_on'], task['priority'], task['recurrence'], task['reminders']),
          ('2090-01-06', 'urgent', 'FREQ=WEEKLY;BYDAY=FR', ['day_before']))
    meeting = ctl.records('activity', '--columns', 'kind,subject,at,duration')[0]
    equal((meeting['kind'], meeting['subject'], meeting['at'], meeting['duration']),
          ('meeting', 'Meet, talk', '2090-01-10T09:00:00Z', 5400))
    again = imported(ctl, 'a.ics', CALENDAR.replace('Water the plants', 'Water all plants'))
    equal((again['created'], again['updated']), (0, 1))
    ctl.run('undo')
    ctl.run('undo')
    equal((ctl.count('task'), ctl.count('activity')), (0, 0))
    ctl.run('check')


def test_calendar_in_trash(ctl):
    """what is in the trash stays there, and is not made anew"""
    imported(ctl, 'a.ics', CALENDAR)
    ctl.run('delete', 'task', 'Water the plants')
    again = imported(ctl, 'a.ics', CALENDAR)
    equal((again['created'], ctl.count('task')), (0, 1))
    assert 'in the trash' in '\n'.join(again['notes']), again


def test_calendar_round(ctl):
    """exported tasks and meetings come back unchanged"""
    imported(ctl, 'a.ics', CALENDAR)
    ctl.json('new', 'task', 'title=Call; now, please', 'due_at=2090-03-24T09:00:00Z', 'status=in_progress', 'reminders=day;day_after',
             'notes=one\ntwo')
    for kind in ('task', 'activity'):
        before = everything(ctl, kind)
        path = ctl.folder / f'{kind}.ics'
        ctl.run('export', kind, '--output', path)
        equal(ctl.run('import', path, '--json').json['updated'], 0)
        equal(everything(ctl, kind), before)


def tasks(ctl, path=None):
    """All there is to know of the tasks of a workspace"""
    ids = [row['id'] for row in ctl.raw('list', path or ctl.workspace, 'task', '--json').json['records']]
    records = [ctl.raw('show', path or ctl.workspace, 'task', one, '--json').json['record'] for one in ids]
    return sorted(({key: value for key, value in record.items() if not key.startswith(('changed_', 'created_', 'assignee'))}
                   for record in records), key=lambda record: (record['due_on'], record['title']))


def days(ctl, *fields):
    return [tuple(record.get(field) for field in ('due_on', 'title', *fields)) for record in tasks(ctl)]


def exported(ctl):
    path = ctl.folder / 'out.ics'
    ctl.run('export', 'task', '--output', path, '--force')
    return path, path.read_text(encoding='utf-8').replace('\r\n ', '').replace('\r\n', '\n')


def assert_comes_back(ctl, path):
    """Here it changes nothing; elsewhere the same tasks are made."""
    before = tasks(ctl)
    report = ctl.run('import', path, '--json').json
    equal((report['created'], report['updated'], report['notes']), (0, 0, []))
    equal(tasks(ctl), before)
    other = ctl.folder / 'other.comptoir'
    ctl.raw('init', other)
    ctl.raw('settings', other, '--zone', 'Europe/Paris')
    equal(ctl.raw('import', other, path, '--json').json['notes'], [])
    return before, tasks(ctl, other)


def test_series_round(ctl):
    """a series with days that were moved, changed and deleted is the same when it comes back"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    for day in ('due_on=2090-03-17', 'due_at=2090-03-17T08:30:00Z'):
        ctl.run('new', 'task', 'title=Report', day, 'recurrence=FREQ=WEEKLY;BYDAY=FR', 'priority=high')
        task = ctl.json('list', 'task', f'title=Report')['records'][0]['id']
        ctl.run('set', 'task', task, '--scope', 'this', '--on', '2090-03-31', 'due_on=2090-04-03', 'title=Late report')
        ctl.run('delete', 'task', task, '--scope', 'this', '--on', '2090-04-07')
        path, text = exported(ctl)
        for line in (('DTSTART;VALUE=DATE:20900317', 'EXDATE;VALUE=DATE:20900407', 'RECURRENCE-ID;VALUE=DATE:20900331',
                      'DUE;VALUE=DATE:20900403') if day.startswith('due_on') else
                     ('DTSTART:20900317T093000', 'EXDATE:20900407T093000', 'RECURRENCE-ID:20900331T093000', 'DUE:20900403T093000')):
            assert line in text, (line, text)
        equal(text.count(f'UID:{task}'), 2)
        before, after = assert_comes_back(ctl, path)
        equal(after, before)
        ctl.run('undo')
        ctl.run('delete', 'task', '--where', 'status=to_do')
        (ctl.folder / 'other.comptoir').unlink()


def test_length_round(ctl):
    """what begins at an hour and takes a while keeps both"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    ctl.run('new', 'task', 'title=Visit', 'due_at=2090-03-17T08:30:00Z', 'duration=1:30')
    ctl.run('new', 'task', 'title=Report', 'due_at=2090-03-18T08:30:00Z', 'duration=45 min', 'recurrence=FREQ=WEEKLY')
    task = next(one['id'] for one in ctl.json('list', 'task')['records'] if one['title'] == 'Report')
    ctl.run('set', 'task', task, '--scope', 'this', '--on', '2090-03-25', 'duration=2:00')
    path, text = exported(ctl)
    for line in ('DTSTART:20900317T083000Z', 'DURATION:PT1H30M', 'DTSTART:20900318T093000', 'DURATION:PT45M', 'DURATION:PT2H'):
        assert line in text, (line, text)
    assert 'DUE' not in text, text
    before, after = assert_comes_back(ctl, path)
    equal(after, before)


def test_series_round_changed(ctl):
    """the next one that was changed alone gives those after it what they had"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    ctl.run('new', 'task', 'title=Report', 'due_on=2090-01-06', 'recurrence=FREQ=WEEKLY;COUNT=10', 'priority=low')
    task = ctl.json('list', 'task')['records'][0]['id']
    ctl.run('set', 'task', task, 'status=done')
    task = ctl.json('list', 'task', 'status=to_do')['records'][0]['id']
    ctl.run('set', 'task', task, '--scope', 'this', 'due_on=2090-01-14', 'title=Long report')
    path, text = exported(ctl)
    assert 'RRULE:FREQ=WEEKLY;COUNT=9' in text and 'RECURRENCE-ID;VALUE=DATE:20900113' in text, text
    equal(text.count('RRULE'), 1)
    before, after = assert_comes_back(ctl, path)
    other = ctl.folder / 'other.comptoir'
    equal([(one['due_on'], one['title'], one['status']) for one in after],
          [('2090-01-06', 'Report', 'done'), ('2090-01-14', 'Long report', 'to_do')])
    ctl.raw('set', other, 'task', task, 'status=done')
    ctl.run('set', 'task', task, 'status=done')
    equal([(one['due_on'], one['title']) for one in tasks(ctl, other)], [(one['due_on'], one['title']) for one in tasks(ctl)])
    equal(tasks(ctl, other)[-1]['title'], 'Report')


THUNDERBIRD = '''BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
BEGIN:VTODO
UID:b7@mozilla
RECURRENCE-ID;TZID=/mozilla.org/20050126_1/Europe/Paris:20900113T093000
SUMMARY:Water them late
DUE;TZID=/mozilla.org/20050126_1/Europe/Paris:20900114T180000
END:VTODO
BEGIN:VTODO
UID:b7@mozilla
SUMMARY:Water the plants
DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20900106T093000
DUE;TZID=/mozilla.org/20050126_1/Europe/Paris:20900106T093000
RRULE:FREQ=WEEKLY
EXDATE;VALUE=DATE:20900120
EXDATE;TZID=/mozilla.org/20050126_1/Europe/Paris:20900127T093000
END:VTODO
END:VCALENDAR
'''

OUTLOOK = '''BEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Tokyo Standard Time
BEGIN:STANDARD
DTSTART:16010101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
END:STANDARD
END:VTIMEZONE
BEGIN:VTODO
UID:040000008200E00074C5B7101A82E008
SUMMARY:Report
DTSTART;TZID="Tokyo Standard Time":20900106T170000
RRULE:FREQ=WEEKLY;COUNT=6
EXDATE;TZID="Tokyo Standard Time":20900106T170000,20900113T170000,20900203T170000
END:VTODO
END:VCALENDAR
'''

GOOGLE = '''BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=Europe/Paris:20900112T160000
DTEND;TZID=Europe/Paris:20900112T170000
UID:4k2@google.com
RECURRENCE-ID;TZID=Europe/Paris:20900109T140000
SUMMARY:Review\\, moved
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Paris:20900102T140000
DTEND;TZID=Europe/Paris:20900102T150000
RRULE:FREQ=WEEKLY;BYDAY=MO
EXDATE;TZID=Europe/Paris:20900102T140000
UID:4k2@google.com
SUMMARY:Review
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Paris:20900117T140000
UID:4k2@google.com
RECURRENCE-ID;TZID=Europe/Paris:20900116T140000
SUMMARY:Review on Tuesday
END:VEVENT
BEGIN:VEVENT
DTSTART:20900123T130000Z
UID:4k2@google.com
RECURRENCE-ID:20900123T130000Z
STATUS:CANCELLED
SUMMARY:Review
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20900301
RECURRENCE-ID;VALUE=DATE:20900228
UID:alone@google.com
SUMMARY:Invited to one
END:VEVENT
END:VCALENDAR
'''


def test_series_of_thunderbird(ctl):
    """days of a series come before it, with zones that are paths and days in place of hours"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    equal(imported(ctl, 'a.ics', THUNDERBIRD)['created'], 2)
    equal(days(ctl, 'due_at', 'occurs_on'),
          [('2090-01-06', 'Water the plants', '2090-01-06T08:30:00Z', '2090-01-06'),
           ('2090-01-14', 'Water them late', '2090-01-14T17:00:00Z', '2090-01-13')])
    equal(imported(ctl, 'b.ics', THUNDERBIRD)['sequence'], 0)
    ctl.run('set', 'task', 'Water the plants', 'status=done')
    equal([day for day, *_ in days(ctl)], ['2090-01-06', '2090-01-14', '2090-02-03'])
    equal(imported(ctl, 'c.ics', THUNDERBIRD)['sequence'], 0)
    equal(imported(ctl, 'd.ics', THUNDERBIRD.replace('Water the plants', 'Water all'))['updated'], 1)
    equal([title for _, title in days(ctl)], ['Water the plants', 'Water them late', 'Water all'])
    for _ in range(3):
        ctl.run('undo')
    equal(ctl.count('task'), 0)
    twice = THUNDERBIRD.replace('END:VCALENDAR', 'BEGIN:VTODO\nUID:b7@mozilla\nRRULE:FREQ=DAILY\nSUMMARY:x\nEND:VTODO\nEND:VCALENDAR')
    report = imported(ctl, 'e.ics', twice.replace('b7@', 'b8@'))
    equal((report['created'], report['rejected'], len(report['notes'])), (2, 0, 1))
    ctl.run('check')


def test_series_of_outlook(ctl):
    """names of zones as Windows has them, several days in one line, the first one left out"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    equal(imported(ctl, 'a.ics', OUTLOOK)['created'], 1)
    equal(days(ctl, 'due_at'), [('2090-01-20', 'Report', '2090-01-20T08:00:00Z')])
    ctl.run('set', 'task', 'Report', 'status=done')
    ctl.run('set', 'task', '--where', 'status=to_do', 'status=done')
    equal([day for day, _ in days(ctl)], ['2090-01-20', '2090-01-27', '2090-02-10'])
    equal(imported(ctl, 'b.ics', OUTLOOK.replace('Report', 'Again'))['updated'], 1)
    equal([title for _, title in days(ctl)], ['Report', 'Report', 'Again'])
    ctl.run('set', 'task', '--where', 'status=to_do', 'status=done')
    over = imported(ctl, 'd.ics', OUTLOOK)
    assert over['sequence'] == 0 and 'is over here' in over['notes'][0], over
    assert 'left out' in imported(ctl, 'c.ics', OUTLOOK.replace('COUNT=6', 'COUNT=2').replace('UID:0', 'UID:1'))['notes'][0]


def test_series_of_google(ctl):
    """a meeting that repeats is a task that repeats, with the days that were changed"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    report = imported(ctl, 'a.ics', GOOGLE)
    equal((report['items'], report['created'], len(report['notes'])), (5, 3, 1))
    assert 'Line 11: A meeting that repeats is a task' in report['notes'][0], report
    equal(days(ctl, 'due_at', 'duration', 'occurs_on', 'recurrence'),
          [('2090-01-12', 'Review, moved', '2090-01-12T15:00:00Z', 3600, '2090-01-09', 'FREQ=WEEKLY;BYDAY=MO'),
           ('2090-01-17', 'Review on Tuesday', '2090-01-17T13:00:00Z', None, '2090-01-16', None)])
    equal([(row['at'], row['subject']) for row in ctl.records('activity', '--columns', 'at,subject')],
          [('2090-02-28T23:00:00Z', 'Invited to one')])
    equal(imported(ctl, 'b.ics', GOOGLE)['sequence'], 0)
    path, text = exported(ctl)
    equal((text.count('BEGIN:VEVENT'), text.count('BEGIN:VTODO'), text.count('UID:4k2@google.com')), (3, 0, 3))
    equal(ctl.run('import', path, '--json').json['sequence'], 0)
    ctl.run('set', 'task', 'Review, moved', 'status=done')
    equal([(day, title) for day, title in days(ctl)][-1], ('2090-01-30', 'Review'))
    ctl.run('check')


PAST = '''BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@elsewhere
DTSTART;TZID=Europe/Paris:20240108T100000
DURATION:PT30M
RRULE:FREQ=WEEKLY;BYDAY=MO
SUMMARY:Weekly
END:VEVENT
BEGIN:VEVENT
UID:weekly@elsewhere
RECURRENCE-ID;TZID=Europe/Paris:20240115T100000
DTSTART;TZID=Europe/Paris:20240116T100000
SUMMARY:Weekly on Tuesday
END:VEVENT
BEGIN:VEVENT
UID:over@elsewhere
DTSTART:20240110T090000Z
RRULE:FREQ=DAILY;COUNT=3
SUMMARY:Fair
END:VEVENT
END:VCALENDAR
'''


def test_meetings_of_the_past(ctl):
    """what goes on comes next from today on; what was held is a meeting"""
    ctl.run('settings', '--zone', 'Europe/Paris')
    report = imported(ctl, 'a.ics', PAST)
    equal((report['created'], len(report['notes'])), (3, 2))
    equal(sorted((row['at'], row['subject']) for row in ctl.records('activity', '--columns', 'at,subject')),
          [('2024-01-10T09:00:00Z', 'Fair'), ('2024-01-16T09:00:00Z', 'Weekly on Tuesday')])
    task = tasks(ctl)[0]
    equal((task['title'], task['series_start'], task['due_on']), ('Weekly', '2024-01-08', task['occurs_on']))
    assert task['due_on'] > '2026', task
    equal(imported(ctl, 'b.ics', PAST)['sequence'], 0)


FOREIGN = '''BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTODO
UID:5F2A6C1E-0D5B-4F5C-9C49-8D1B7C0E6A11
SUMMARY:Write
DUE;VALUE=DATE:20900110
LOCATION:Room\\, 2
ATTENDEE;CN="Doe, Jane":mailto:jane@example.org
X-COLOUR:blue
END:VTODO
BEGIN:VTODO
UID:5f2a6c1e-0d5b-4f5c-9c49-8d1b7c0e6a12
SUMMARY:Water
DTSTART;VALUE=DATE:20900106
DUE;VALUE=DATE:20900106
RRULE:FREQ=WEEKLY
RDATE;VALUE=DATE:20900108
END:VTODO
BEGIN:VEVENT
UID:event-1@elsewhere
SUMMARY:Meet
DTSTART:20900110T100000Z
DURATION:PT1H
SEQUENCE:3
END:VEVENT
BEGIN:VTODO
UID:5f2a6c1e-0d5b-4f5c-9c49-8d1b7c0e6a12
SUMMARY:Water all
RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20900120
DUE;VALUE=DATE:20900121
END:VTODO
END:VCALENDAR
'''


def test_origin(ctl):
    """what came from another calendar goes back as that, and what was not read with it"""
    report = imported(ctl, 'a.ics', FOREIGN)
    equal((report['created'], report['rejected'], len(report['notes'])), (4, 0, 2))
    assert report['notes'][0].startswith('Line 17: ') and 'RDATE' in report['notes'][0], report
    assert report['notes'][1].startswith('Line 29: ') and 'THISANDFUTURE' in report['notes'][1], report
    path, text = exported(ctl)
    for line in ('UID:5F2A6C1E-0D5B-4F5C-9C49-8D1B7C0E6A11', 'LOCATION:Room\\, 2', 'X-COLOUR:blue', 'RDATE;VALUE=DATE:20900108',
                 'ATTENDEE;CN="Doe, Jane":mailto:jane@example.org'):
        assert line + '\n' in text, (line, text)
    equal(ctl.run('import', path, '--json').json['sequence'], 0)
    for _ in range(2):
        ctl.run('set', 'task', '--where', 'title=Water', '--where', 'status=to_do', 'status=done')
    path, text = exported(ctl)
    equal((text.count('UID:5f2a6c1e-0d5b-4f5c-9c49-8d1b7c0e6a12\n'), text.count('UID:5f2a6c1e-0d5b-4f5c-9c49-8d1b7c0e6a12/2090')),
          (2, 2))
    equal(ctl.run('import', path, '--json').json['sequence'], 0)
    changed = imported(ctl, 'b.ics', FOREIGN.replace('SUMMARY:Water\n', 'SUMMARY:Water them\n'))
    equal((changed['created'], changed['updated']), (0, 1))
    other = ctl.folder / 'other.comptoir'
    ctl.raw('init', other)
    equal(ctl.raw('import', other, path, '--json').json['created'], 5)
    equal(ctl.raw('import', other, path, '--json').json['sequence'], 0)
    meetings = ctl.folder / 'meetings.ics'
    ctl.run('export', 'activity', '--output', meetings)
    assert 'UID:event-1@elsewhere' in meetings.read_text() and 'SEQUENCE:3' in meetings.read_text()
    equal(ctl.run('import', meetings, '--json').json['sequence'], 0)
    ctl.run('check')


def test_taken_back(ctl):
    """what was taken back comes again, and is known the next time"""
    cards = CARDS.replace('FN:Anne Martin', 'FN:Anne Martin\nUID:anne@elsewhere').replace('EMAIL;TYPE=work:anne@studio.fr\n', '')
    for name, text, kind in (('a.vcf', cards, 'contact'), ('a.ics', CALENDAR, 'task')):
        created = imported(ctl, name, text)['created']
        for _ in range(2):
            ctl.run('undo')
            equal(ctl.count(kind), 0)
            again = imported(ctl, name, text)
            equal((again['created'], again['rejected']), (created, 0))
        more = imported(ctl, name, text)
        equal((more['created'], more['rejected']), (0, 0))
        ctl.run('check')
    ctl.run('undo')
    equal((ctl.count('task'), ctl.count('activity')), (0, 0))


def test_refused(ctl):
    """what is no card, or can't be one, is told"""
    assert 'Only contacts' in ctl.run('export', 'deal', '--format', 'vcf', status=1).err
    assert 'Only tasks' in ctl.run('export', 'deal', '--format', 'ics', status=1).err
    cut = imported(ctl, 'cut.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Anne\n')
    equal(cut['created'], 1)
    assert 'ends within' in cut['notes'][0]
    imported_none = ctl.run('import', ctl.write('none.vcf', 'BEGIN:VCARD\nVERSION:3.0\nNOTE:x\nEND:VCARD\n'), '--json', status=7)
    assert 'Nothing of the file' in imported_none.err
    for name, mark in (('garbage.vcf', 'BEGIN:VCARD'), ('garbage.ics', 'BEGIN:VCALENDAR')):
        assert mark in ctl.run('import', ctl.write(name, 'garbage\nof,no,kind\n'), status=1).err
    imported(ctl, 'odd.ics', 'BEGIN:VCALENDAR\nBEGIN:VTODO\nBEGIN:VALARM\nEND:VTODO\nDUE:99999999\nX\n')


ctltest.run_module()
