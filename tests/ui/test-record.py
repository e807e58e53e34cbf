#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of a record: it is edited, made, linked, deleted."""
import re

import samples
import uit


def open_deal(app, title):
    samples.go(app, 'ctrl+5', 'Deals')
    app.click(app.find('list item', re.compile(rf'^{title}, ')))
    uit.wait(lambda: samples.title(app) == title, f'{title} is open')


def field(app, label):
    return app.find('entry', re.compile(f'^{label}'))


def retype(app, label, text, key='Return'):
    app.click(field(app, label))
    app.key('ctrl+a')
    app.type(text)
    app.key(key)


@uit.test
def field_is_saved_when_it_is_left_and_undone():
    file = samples.with_deals('save')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        retype(app, 'Amount', '1234.5', 'Tab')
        app.find('label', 'Amount changed')
        app.find('label', re.compile('Amount changed from “€1,000.00” to “€1,234.50”'))
        uit.check_equal(field(app, 'Amount').text, '€1,234.50', 'amount')
        app.key('ctrl+z')
        uit.wait(lambda: field(app, 'Amount').text == '€1,000.00', 'the amount is back')
        app.gone('label', 'Amount changed', timeout=3)
        app.quit()


@uit.test
def wrong_value_is_told_beside_the_field_and_escape_takes_it_back():
    with uit.App(samples.with_deals('wrong')) as app:
        open_deal(app, 'Chairs')
        retype(app, 'Amount', 'many', 'Tab')
        field(app, 'Amount: .*money')
        app.click(field(app, 'Amount'))
        app.key('Escape')
        uit.wait(lambda: field(app, 'Amount$').text == '€1,000.00', 'the amount is back')
        app.quit()


@uit.test
def typed_text_stays_when_the_record_changes_elsewhere():
    file = samples.with_deals('meanwhile')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.click(field(app, 'Reference'))
        app.type('A-17')
        samples.ctl('set', file, 'deal', 'Chairs', 'reference=B-2', 'amount=77')
        uit.wait(lambda: field(app, 'Amount').text == '€77.00', 'the other field follows')
        uit.check_equal(field(app, 'Reference: changed elsewhere to “B-2”').text, 'A-17', 'what is being typed')
        app.key('Escape')
        uit.wait(lambda: field(app, 'Reference$').text == 'B-2', 'the stored value is shown')
        app.quit()


@uit.test
def record_is_made_by_keyboard_alone():
    file = samples.with_deals('make')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.key('ctrl+n')
        uit.wait(lambda: samples.title(app) == 'New Organisation', 'the page of a new record')
        app.key('ctrl+s')
        field(app, 'Name: .*empty')
        app.type('Betasoloin')
        app.key('ctrl+s')
        uit.wait(lambda: samples.title(app) == 'Betasoloin', 'the record is there')
        made = samples.record(file, 'organisation', 'Betasoloin')
        uit.check_equal(made['owner'], samples.records(file, 'user')[0]['id'], 'who made it looks after it')
        app.key('alt+Left')
        uit.wait(lambda: samples.title(app) == 'Organisations', 'the list is back')
        app.quit()


@uit.test
def what_is_typed_while_a_record_is_made_is_saved_with_it():
    file = samples.with_deals('make-typing')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.key('ctrl+n')
        uit.wait(lambda: samples.title(app) == 'New Organisation', 'the page of a new record')
        app.type('Betasoloin')
        with samples.held(file):
            app.key('ctrl+s')
            app.click(field(app, 'Sector'))
            app.type('Bread')
            app.click(field(app, 'Website'))
            app.type('half')
        uit.wait(lambda: samples.title(app) == 'Betasoloin', 'the record is there')
        uit.wait(lambda: samples.record(file, 'organisation', 'Betasoloin').get('sector') == 'Bread', 'what was typed is saved')
        uit.check_equal(field(app, 'Sector').text, 'Bread', 'what is shown')
        uit.check_equal(field(app, 'Website').text, 'half', 'what is being typed')
        app.key('Escape')
        app.quit()


@uit.test
def what_was_entered_is_not_dropped_without_a_question():
    file = samples.with_deals('discard')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.key('ctrl+n')
        uit.wait(lambda: samples.title(app) == 'New Organisation', 'the page of a new record')
        app.type('Half')
        app.key('alt+Left')
        app.find('button', re.compile('Keep Editing'))
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the question goes')
        uit.check_equal(samples.title(app), 'New Organisation', 'page')
        app.key('alt+Left')
        app.click(app.find('button', re.compile('Discard')))
        uit.wait(lambda: samples.title(app) == 'Organisations', 'the list is back')
        uit.check_equal(samples.count(file, 'organisation'), 2, 'organisations')
        app.quit()


@uit.test
def link_is_found_by_typing():
    file = samples.with_deals('link')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        row = app.find('list item', 'Organisation')
        app.click(app.find('button', 'Choose', within=row))
        app.find('entry', 'Find in Organisations')
        app.type('canc')
        app.find('list item', 'Cancity')
        app.gone('list item', 'Isdom')
        app.key('Return')
        app.find('label', 'Organisation changed')
        cancity = samples.record(file, 'organisation', 'Cancity')['id']
        uit.wait(lambda: samples.record(file, 'deal', 'Chairs')['organisation'] == cancity, 'the link is stored')
        app.find('label', re.compile('Organisation changed from “Isdom” to “Cancity”'))
        app.quit()


@uit.test
def linked_record_starts_with_the_link():
    file = samples.with_deals('linked')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.click(app.find('tab', 'Linked'))
        app.click(app.find('button', 'New Task'))
        uit.wait(lambda: samples.title(app) == 'New Task', 'the page of a new task')
        app.type('Call them')
        app.key('ctrl+s')
        uit.wait(lambda: samples.title(app) == 'Call them', 'the task is there')
        chairs = samples.record(file, 'deal', 'Chairs')['id']
        uit.check(chairs in str(samples.records(file, 'task')[0]), 'the task links to the deal')
        app.key('alt+Left')
        app.find('list item', 'Call them')
        app.quit()


@uit.test
def note_is_added_by_keyboard_and_undone():
    file = samples.with_deals('note')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.find('entry', 'Note what happened')
        app.key('ctrl+shift+n')
        app.type('They want blue ones')
        app.key('Return')
        app.find('label', 'Added to the timeline')
        app.find('list item', 'They want blue ones')
        note = samples.records(file, 'activity')[0]
        uit.check_equal((note['kind'], note['subject']), ('note', 'They want blue ones'), 'what is stored')
        uit.check_equal(note['organisation'], samples.record(file, 'organisation', 'Isdom')['id'], 'its organisation')
        app.key('ctrl+z')
        app.gone('list item', 'They want blue ones')
        with samples.held(file):
            app.key('ctrl+shift+n')
            app.type('And soon')
            app.key('Return', 'ctrl+a')
            app.type('Ask Marie')
        app.find('list item', 'And soon')
        uit.check_equal(field(app, 'Note what happened').text, 'Ask Marie', 'what was typed since')
        app.quit()


@uit.test
def timeline_shows_one_kind_and_opens_its_record():
    file = samples.with_deals('timeline')
    for number in range(20):
        samples.ctl('new', file, 'activity', f'subject=Call {number}', 'kind=call', 'deal=Chairs',
                    f'at=2026-11-{number + 1:02}T10:00:00Z')
    samples.ctl('set', file, 'deal', 'Chairs', 'amount=900', 'next_step=Call')
    with uit.App(file) as app:
        app.resize(1200, 980)
        open_deal(app, 'Chairs')
        app.find('list item', 'Call 19')
        app.click(app.find('combo box', 'What is shown'))
        app.key(*['Down'] * 3, 'Return')
        app.gone('label', re.compile('^Created'))
        app.screenshot(samples.SHOTS / 'record-timeline.png')
        app.click(app.find('list item', 'Call 19'))
        uit.wait(lambda: samples.title(app) == 'Call 19', 'the call is open')

        # One field, and back to what it was; what was changed with it stays
        app.key('alt+Left')
        app.click(app.find('combo box', 'What is shown'))
        app.key('End', 'Return')
        app.click(app.find('combo box', 'Whose changes are shown'))
        app.key(*['Down'] * 5, 'Return')
        app.gone('label', re.compile('^Created'))
        app.click(app.find('button', re.compile('^Put Back')))
        app.find('label', 'Amount put back')
        deal = samples.record(file, 'deal', 'Chairs')
        uit.check(deal['amount']['amount'] != '900.00', 'what was put back')
        uit.check_equal(deal['next_step'], 'Call', 'what was changed with it')
        app.screenshot(samples.SHOTS / 'record-field-history.png')
        app.quit()


@uit.test
def link_opens_its_record_in_the_window_that_is_there():
    file = samples.with_deals('copy-link')
    link = samples.ctl('link', file, 'deal', 'Desks').strip()
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.key('ctrl+l')
        app.find('label', 'Link copied')
        app.open(link)
        uit.wait(lambda: samples.title(app) == 'Desks', 'the record of the link is open')
        uit.check_equal(len(app.windows()), 1, 'windows')
        app.open('comptoir://x/../../etc')
        app.find('label', re.compile('^This is not a link to a record'))
        app.open(link.replace(link[11:15], '0000'))
        app.find('label', re.compile('^This link leads to another workspace'))
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the message goes')
        app.quit()


@uit.test
def file_is_attached_saved_and_taken_away():
    file = samples.with_deals('files')
    letter = samples.write('letter.txt', 'Dear all,')
    picture = samples.path('square.png')
    picture.write_bytes(samples.png(120, 90))
    bomb = samples.path('bomb.png')
    bomb.write_bytes(samples.png(8, 8, claimed=60000))
    script = samples.write('run.sh', '#!/bin/sh')
    samples.ctl('attach', file, 'deal', 'Chairs', picture, script, bomb)
    with uit.App(file) as app:
        app.resize(1200, 980)
        open_deal(app, 'Chairs')
        app.click(app.find('tab', 'Files (3)'))
        app.click(app.find('list item', 'run.sh', within=app.find('list', 'Files')))
        app.find('label', re.compile('.*is a program'))
        app.click(app.find('button', 'Save a Copy of square.png'))
        samples.enter_file(app, samples.path('copy.png'))
        uit.wait(lambda: samples.path('copy.png').exists() and samples.path('copy.png').read_bytes() == samples.png(120, 90),
                 'the copy is saved')
        # A press where a dialogue has been is lost
        app.click(app.find('tab', 'Files (3)'))
        app.click(app.find('button', re.compile('.*Attach Files')))
        samples.enter_file(app, letter)
        app.click(app.find('tab', 'Files (4)'))
        files = app.find('list', 'Files')
        app.find('list item', 'letter.txt', within=files)
        app.screenshot(samples.SHOTS / 'record-files.png')
        app.click(app.find('button', 'Move letter.txt to the Trash'))
        app.gone('list item', 'letter.txt', within=files)
        app.key('ctrl+z')
        app.find('list item', 'letter.txt', within=files)
        app.click(app.find('button', 'Look at letter.txt'))
        app.find('label', 'Dear all,')
        app.quit()


@uit.test
def record_is_shown_beside_the_list():
    file = samples.with_deals('peek')
    samples.ctl('set', file, 'organisation', 'Cancity', 'sector=Retail')
    with uit.App(file) as app:
        app.resize(1280, 800)
        samples.go(app, 'ctrl+2', 'Organisations')
        app.find('table cell', 'Isdom')
        app.key('space')
        pane = app.find('list', 'Fields')
        app.find('list item', 'Sector', within=pane)
        app.screenshot(samples.SHOTS / 'record-peek.png')
        app.key('Down')
        app.find('label', 'Isdom', where=lambda node: node.rect[0] > 800)
        app.gone('list item', 'Sector')
        samples.ctl('set', file, 'organisation', 'Isdom', 'sector=Medical')
        app.find('list item', 'Sector')
        app.key('Escape')
        app.gone('list', 'Fields')
        app.key('space', 'space')
        app.gone('list', 'Fields')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Isdom', 'the keyboard stayed with the list')
        app.quit()


@uit.test
def record_is_linked_and_unlinked_from_the_other_side():
    file = samples.with_deals('link-back')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.find('table cell', 'Isdom')
        app.key('Down', 'Return')
        uit.wait(lambda: samples.title(app) == 'Isdom', 'the organisation is open')
        app.click(app.find('tab', re.compile('^Linked')))
        app.find('list item', 'Chairs')
        app.click(app.find('button', 'Link a Record: Deal'))
        app.find('entry', 'Find in Deals')
        app.type('desk')
        app.find('list item', 'Desks')
        app.key('Return')
        app.find('label', '“Desks” linked')
        isdom = samples.record(file, 'organisation', 'Isdom')['id']
        uit.wait(lambda: samples.record(file, 'deal', 'Desks')['organisation'] == isdom, 'the link is stored')
        app.screenshot(samples.SHOTS / 'record-linked.png')
        app.click(app.find('button', 'Unlink Chairs'))
        app.find('label', '“Chairs” unlinked')
        app.gone('list item', 'Chairs')
        uit.wait(lambda: samples.record(file, 'deal', 'Chairs').get('organisation') is None, 'the link is gone')
        app.click(app.find('label', 'Undo'))
        app.find('list item', 'Chairs')
        app.quit()


@uit.test
def labels_of_fields_are_shown_letter_by_letter():
    file = samples.with_deals('letters')
    samples.ctl('fields', 'add', file, 'deal', 'Needs', 'multi-choice', 'choices=R&D,<none>')
    samples.ctl('fields', 'add', file, 'task', 'Part of', 'link', 'target=deal', 'back_label=R&D of it')
    samples.ctl('new', file, 'task', 'title=Draw it', 'x_part_of=Chairs')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.click(app.find('tab', re.compile('^Linked')))
        app.find('label', 'R&D of it (1)')
        app.click(app.find('label', 'Needs'))
        app.find('label', '<none>')
        app.quit()


@uit.test
def record_goes_to_the_trash_and_comes_back():
    file = samples.with_deals('trash')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        app.click(app.find('button', 'Move to the trash'))
        app.click(app.find('label', 'Undo'))
        uit.check_equal(samples.title(app), 'Deals', 'page')
        app.find('list item', re.compile('^Chairs, '))
        app.quit()


@uit.test
def earlier_value_is_put_back_from_the_history():
    file = samples.with_deals('put-back')
    samples.ctl('set', file, 'deal', 'Chairs', 'amount=77')
    samples.ctl('set', file, 'deal', 'Chairs', 'reference=A-1')
    with uit.App(file) as app:
        app.resize(1200, 980)
        open_deal(app, 'Chairs')
        row = app.find('list item', re.compile('Amount changed from “€1,000.00” to “€77.00”'))
        app.click(app.find('button', re.compile('^Put Back: '), within=row))
        app.find('label', 'Amount put back')
        uit.wait(lambda: field(app, 'Amount').text == '€1,000.00', 'the amount is back')
        uit.check_equal(samples.record(file, 'deal', 'Chairs')['reference'], 'A-1', 'the other field')
        app.key('ctrl+z')
        uit.wait(lambda: field(app, 'Amount').text == '€77.00', 'that is undone')
        app.quit()


@uit.test
def page_folds_to_360_pixels():
    with uit.App(samples.with_deals('narrow')) as app:
        open_deal(app, 'Chairs')
        window = app.windows()[0]
        app.resize(360 + 10, 720)
        uit.wait(lambda: window.extents[2] == 360, 'the window gets narrow')
        app.screenshot(samples.SHOTS / 'record-narrow.png')
        app.quit()


@uit.test
def plan_shows_what_it_would_make_before_it_does():
    file = samples.workspace('plan')
    for name in ('Ada', 'Ben'):
        samples.ctl('new', file, 'contact', f'full_name={name}')
    samples.ctl('new', file, 'saved_view', 'name=Everybody', 'entity_name=contact', 'definition={"sort":"full_name"}')
    samples.ctl('new', file, 'activity_plan', 'name=Calls', 'audience=Everybody', 'start_on=2099-01-05')
    with uit.App(file) as app:
        app.click(app.find('list item', 'Plans'))
        app.find('table row', re.compile('Calls'))
        app.key('Home', 'Return')
        uit.wait(lambda: samples.title(app) == 'Calls', 'the plan is open')
        app.click(app.find('button', 'More'))
        app.click(app.find('menu item', 'Generate the Tasks…'))
        app.find('list item', re.compile('Call: Ada'))
        app.key('Return')
        app.find('label', 'New: 2, moved: 0, removed: 0')
        uit.check_equal(samples.ctl('list', file, 'task', '--count').strip(), '2', 'tasks')
        app.quit()


uit.main()
