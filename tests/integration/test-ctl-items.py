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


def test_refused(ctl):
    """what is no card, or can't be one, is told"""
    assert 'Only contacts' in ctl.run('export', 'deal', '--format', 'vcf', status=1).err
    assert 'Only tasks' in ctl.run('export', 'deal', '--format', 'ics', status=1).err
    cut = imported(ctl, 'cut.vcf', 'BEGIN:VCARD\nVERSION:3.0\nFN:Anne\n')
    equal(cut['created'], 1)
    assert 'ends within' in cut['notes'][0]
    imported_none = ctl.run('import', ctl.write('none.vcf', 'BEGIN:VCARD\nVERSION:3.0\nNOTE:x\nEND:VCARD\n'), '--json', status=7)
    assert 'Nothing of the file' in imported_none.err
    imported(ctl, 'odd.ics', 'BEGIN:VCALENDAR\nBEGIN:VTODO\nBEGIN:VALARM\nEND:VTODO\nDUE:99999999\nX\n')


ctltest.run_module()
