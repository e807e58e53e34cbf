#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damaged workspaces: nothing is written to them, and what is left is saved."""
import re
import sqlite3

import samples
import uit

PAGE = 4096
SENTENCE = re.compile('.* is damaged. Open it read-only and export what is left, or restore a copy')
BANNER = re.compile('^This workspace is open for reading only')


def damage(file, *tables):
    """Overwrites the first page of each."""
    with sqlite3.connect(f'file:{file}?mode=ro', uri=True) as database:
        pages = [row[0] for row in database.execute(
            f'SELECT rootpage FROM sqlite_schema WHERE name IN ({",".join("?" * len(tables))})', tables)]
    database.close()
    with open(file, 'r+b') as content:
        for page in pages:
            content.seek((page - 1) * PAGE)
            content.write(b'\xa5' * PAGE)


def with_contacts(name):
    file = samples.with_deals(name)
    samples.ctl('new', file, 'contact', 'first_name=Ada', 'last_name=Byron')
    return file


def open_deal(app, title):
    samples.go(app, 'ctrl+5', 'Deals')
    app.click(app.find('list item', re.compile(rf'^{title}, ')))
    uit.wait(lambda: samples.title(app) == title, f'{title} is open')


def field(app, label):
    return app.find('entry', re.compile(f'^{label}'))


def check_reading_only(app):
    """Nothing changes in the deal Chairs, whatever is typed."""
    app.click(field(app, 'Amount'))
    app.key('ctrl+a')
    app.type('5')
    app.key('Return')
    uit.check_equal(field(app, 'Amount').text, '€1,000.00', 'amount')
    for button in ('Move to the trash', 'New Task', 'Remove the link', 'Choose'):
        uit.check_equal(app.find_all('button', button), [], 'what changes the record')


@uit.test
def damaged_workspace_is_read_and_exported():
    file = with_contacts('damaged')
    damage(file, 'contact')
    content = file.read_bytes()
    with uit.App(file) as app:
        app.find('label', SENTENCE)
        app.click(app.find('button', re.compile('Open for Reading Only')))
        app.find('label', BANNER)
        app.screenshot(samples.SHOTS / 'damaged-home.png')

        open_deal(app, 'Chairs')
        app.find('list item', 'Created')
        check_reading_only(app)
        app.screenshot(samples.SHOTS / 'damaged-record.png')

        samples.go(app, 'ctrl+2', 'Organisations')
        app.key('ctrl+e')
        samples.enter_file(app, samples.path('left.csv'))
        app.find('label', '2 records exported')
        app.quit()
    text = samples.path('left.csv').read_text(encoding='utf-8')
    uit.check('Isdom' in text and 'Cancity' in text, text)
    uit.check(file.read_bytes() == content, 'the damaged file was changed')


@uit.test
def damaged_list_is_told_once():
    file = with_contacts('list')
    damage(file, 'contact')
    with uit.App(file) as app:
        app.find('label', SENTENCE)
        app.screenshot(samples.SHOTS / 'damaged-start.png')
        app.click(app.find('button', re.compile('Open for Reading Only')))
        app.find('label', BANNER)
        app.key('ctrl+3')
        app.find('label', 'This Did Not Work')
        app.find('label', 'These Records Can’t Be Read')
        uit.check_equal(len(app.windows()), 2, 'the window and one dialog')
        app.screenshot(samples.SHOTS / 'damaged-list.png')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the dialog is gone')
        app.quit()


@uit.test
def damage_that_is_met_ends_all_editing():
    file = with_contacts('met')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        damage(file, 'contact')
        # What was read before counts no more after a change: contacts are read anew
        app.click(field(app, 'Reference'))
        app.type('A-17')
        app.key('Tab')
        # Unless the lists beside the record were read before
        uit.wait(lambda: app.find_all('label', re.compile('^Reference changed')) or app.find_all('label', BANNER),
                 'the change is stored, or the damage met')
        for button in app.find_all('button', 'Choose', within=app.find('list item', 'Main contact')):
            app.click(button)
        app.find('label', BANNER)
        if app.find_all('entry', 'Find in Contacts'):
            app.key('Escape')
            app.gone('entry', 'Find in Contacts')
        app.gone('button', 'Move to the trash')
        check_reading_only(app)
        app.screenshot(samples.SHOTS / 'damage-met.png')
        app.quit()


uit.main()
