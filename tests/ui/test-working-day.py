#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day's work in the real window: import, clean, merge, plan, edit forty records
by keyboard alone, and undo it all step by step, to the start.

Pictures of each stage are made with CPT_UI_PICTURES=FOLDER, wide and narrow;
CPT_UI_LOOK=dark, french or both ("dark,french") is how the window looks then.
"""
import datetime
import gettext
import json
import os
import pathlib
import re
import subprocess

import samples
import uit

LOOK = os.environ.get('CPT_UI_LOOK', '')
PICTURES = os.environ.get('CPT_UI_PICTURES')
ENVIRONMENT = {**(uit.DARK if 'dark' in LOOK else {}), **(uit.FRENCH if 'french' in LOOK else {})}
WORDS = (gettext.translation('comptoir', os.environ['CPT_LOCALE_DIR'], ['fr']) if 'french' in LOOK
         else gettext.NullTranslations())
WIDE, NARROW = (1280, 800), (360, 720)

FIRST_NAMES = ('Adèle', 'Benoît', 'Chloé', 'David', 'Élise', 'Fabien', 'Gaëlle', 'Hugo', 'Inès', 'Julien', 'Karine', 'Loïc',
               'Manon', 'Nicolas')
LAST_NAMES = ('Aubert', 'Besson', 'Carpentier')
COMPANIES = ('Ateliers Brunel', 'Moulin Neuf', 'Studio Lyon', 'Verreries du Nord')
KINDS = ('contact', 'organisation', 'task', 'tag', 'lead', 'deal', 'activity', 'distinct_pair')
N_EDITED = 40


def say(text, context=None):
    """As the window says it, without its underscore."""
    return (WORDS.pgettext(context, text) if context else WORDS.gettext(text)).replace('_', '')


def ends(text):
    return re.compile(re.escape(say(text)) + '$')


def people():
    """42 people of a fair: two of them were written down twice, one is known already,
    three jobs are misspelt; two rows can't be used."""
    rows = ['first name,last name,company,job title,email,phone']
    for number in range(42):
        first, last = FIRST_NAMES[number % 14], LAST_NAMES[number // 14]
        job = 'Achteur' if number in (5, 19, 33) else ('Directrice', 'Acheteur', 'Comptable')[number % 3]
        rows.append(f'{first},{last},{COMPANIES[number % 4]},{job},p{number}@example.org,+33 6 12 34 56 {number:02}')
    rows += ['Adele,AUBERT,Ateliers Brunel,Directrice,,06 12 34 56 00',
             'Hugo,Bessson,Studio Lyon,,,06 12 34 56 21',
             'Sophie,Sans,Moulin Neuf,Gérante,sophie at example.org,',
             ',,Moulin Neuf,Gérante,,']
    return '\n'.join(rows) + '\n'


def state(file, kinds=KINDS):
    """All that people see of the records; when they were changed last is not of it."""
    passing = ('changed_at', 'changed_by')
    return {kind: sorted((json.dumps({key: one[key] for key in sorted(one) if key not in passing})
                          for one in json.loads(samples.ctl('list', file, kind, '--limit', '0', '--json'))['records']))
            for kind in kinds}


def last_act(file):
    entries = json.loads(samples.ctl('log', file, '--limit', '1', '--json'))['entries']
    return entries[0] if entries else {'sequence': 0}


class Day:
    """The window, and what the records were like before each act."""

    def __init__(self, app, file):
        self.app, self.file = app, file
        self.before = []
        self.number = 0

    def did(self, what):
        """Waits for the next act; remembers what it found."""
        known = self.before[-1][0] if self.before else self.first
        uit.wait(lambda: last_act(self.file)['sequence'] > known, what)
        sequence = last_act(self.file)['sequence']
        self.before.append((sequence, what, self.now))
        self.now = state(self.file)

    def begin(self):
        self.first = last_act(self.file)['sequence']
        self.now = self.start = state(self.file)

    def stage(self, name, node=None):
        """A picture, wide and narrow; of dialogues as they are."""
        if PICTURES is None:
            return
        self.number += 1
        stem = f'{PICTURES}/{LOOK.replace(",", "-") or "light"}-{self.number:02}-{name}'
        self.app.rest()
        subprocess.run(['sleep', '0.5'], check=True)
        self.app.screenshot(f'{stem}.png', self.app.windows()[0] if len(self.app.windows()) == 1 else None)
        if node is None and len(self.app.windows()) == 1:
            self.app.resize(*NARROW)
            subprocess.run(['sleep', '0.8'], check=True)
            self.app.screenshot(f'{stem}-narrow.png', self.app.windows()[0])
            self.app.resize(*WIDE)
            subprocess.run(['sleep', '0.8'], check=True)


def view(app):
    return app.find('filler', app.windows()[0].name.split(' — ')[0])


def grid(app):
    return app.find('table', within=view(app))


def n_shown(app):
    """The number below the title; -1 while it is not known."""
    labels = app.find_all('label', re.compile(r'^[\d,.\u202f ]+ [^\d]+$'), within=view(app))
    return next((int(re.sub(r'\D', '', one.name)) for one in labels), -1)


def titles(app):
    buttons = app.find_all('button', within=grid(app))
    return [button.name for button in sorted(buttons, key=lambda node: node.rect[0])]


def go_to(app, column):
    """The cursor into a column of the first row."""
    app.key('Escape', 'Home', *['Right'] * (titles(app).index(column) + 1))
    uit.wait(lambda: grid(app).description.startswith(column), f'the cell of {column}')


def take_in(day):
    app = day.app
    samples.go(app, 'ctrl+3', say('Contacts', 'place'))
    app.key('ctrl+i')
    uit.wait(lambda: len(app.windows()) > 1, 'the file chooser')
    app.type(str(samples.write('fair.csv', people())))
    app.key('Return')
    check = app.find('button', ends('_Check'))
    day.stage('mapping')
    app.click(check)
    app.find('label', say('Will be created'))
    day.stage('check')
    app.click(app.find('button', ends('_Import'), within=app.windows()[-1]))
    app.find('label', say('Created', 'imported records'))
    day.stage('report')
    app.key('Escape')
    uit.wait(lambda: len(app.windows()) == 1, 'the assistant closes')
    day.did('the import')
    uit.check_equal(samples.count(day.file, 'contact'), 44, 'contacts')
    day.stage('list')


def correct(day):
    """Those who are found by a misspelt word get the right one, all at once."""
    app = day.app
    app.key('ctrl+f')
    app.type('achteur')
    uit.wait(lambda: len(app.rows(view(app))) == 3, 'three misspelt jobs')
    day.stage('filter')
    app.key('Down', 'ctrl+a')
    app.click(app.find('button', say('_Change')))
    app.click(app.find('menu item', say('_Edit…')))
    uit.wait(lambda: len(app.windows()) == 2, 'the window that asks')
    window = app.windows()[-1]
    app.click(app.find('combo box', say('Field'), within=window))
    app.key('Down', 'Down', 'Down', 'Return')
    app.click(app.find('entry', say('Job title'), within=window))
    app.type('Acheteur')
    day.stage('bulk')
    app.key('ctrl+Return')
    day.did('the correction')
    app.key('ctrl+f', 'Escape')
    uit.wait(lambda: len(app.rows(view(app))) > 3, 'all records again')


def merge(day):
    app = day.app
    app.key('F10')
    app.click(app.find('menu item', say('_Duplicates')))
    uit.wait(lambda: samples.title(app) == say('Duplicates'), 'the page of duplicates')
    for number in (1, 2):
        found = app.find('button', say('Merge…'))
        if number == 1:
            day.stage('duplicates')
        app.click(found)
        button = app.find('button', ends('_Merge'))
        if number == 1:
            day.stage('merge')
        app.click(button)
        day.did(f'merge {number}')
        uit.wait(lambda: samples.title(app) == say('Duplicates'), 'the page of duplicates is back')
    app.find('label', say('No Duplicates Found'))
    uit.check_equal(samples.count(day.file, 'contact'), 42, 'contacts')


def plan(day):
    app = day.app
    samples.go(app, 'ctrl+0', say('My Day', 'place'))
    for title, word in (('Call Brunel', say('today', 'day')), ('Send the price list', say('tomorrow', 'day'))):
        app.key('ctrl+n')
        app.type(f'{title} {word}')
        app.key('Return')
        app.find('list item', re.compile(f'^{title}'))
        day.did(f'task {title}')
    day.stage('day')
    samples.go(app, 'ctrl+7', say('Tasks', 'place'))
    app.key('ctrl+n')
    uit.wait(lambda: samples.title(app) != say('Tasks', 'place'), 'the page of a new task')
    app.type('Prepare the next fair')
    app.click(app.find('entry', say('Due'), within=view(app)))
    app.type((datetime.date.today() + datetime.timedelta(days=30)).isoformat())
    app.key('Tab')
    day.stage('task')
    app.key('ctrl+s')
    day.did('a task with a date')
    uit.check_equal(len([one for one in samples.records(day.file, 'task') if one.get('due_on')]), 3, 'tasks with a date')


def edit_forty(day):
    """By keyboard: typed over, from cell to cell, and pasted from a spreadsheet."""
    app = day.app
    samples.go(app, 'ctrl+3', say('Contacts', 'place'))
    uit.wait(lambda: app.rows(view(app)), 'rows')
    # The clipboard of a spreadsheet: what the search entry gives up
    block = '\r\n'.join(f'Référent {number}' for number in range(24))
    app.find('entry', say('Search %s') % say('Contacts', 'place'), within=view(app)).set_text(block)
    app.key('ctrl+f', 'ctrl+a', 'ctrl+x', 'Escape')
    uit.wait(lambda: len(app.rows(view(app))) > 10, 'all records again')
    app.key('Down')
    go_to(app, say('Job title'))
    for number in range(10):
        app.key('F2', 'ctrl+a')
        app.type(f'Chef {number}')
        if number == 4:
            day.stage('cell', view(app))
        app.key('Return')
        day.did(f'job {number}')
    app.key('Right', 'Right')
    for number in range(6):
        app.key('Return', 'ctrl+a')
        app.type(f'new{number}@example.org')
        app.key('Tab')
        day.did(f'mail {number}')
        app.key('ctrl+a')
        app.type(f'+3347200000{number}')
        app.key('Return')
        day.did(f'phone {number}')
        app.key('Left')
    app.key('Left', 'Left', 'ctrl+v')
    uit.wait(lambda: len(app.windows()) == 2, 'what changes is shown')
    app.find('label', re.compile('24 '), within=app.windows()[-1])
    day.stage('paste')
    app.key('Return')
    day.did('the block of cells')
    uit.wait(lambda: len(app.windows()) == 1, 'the window is closed')
    changed = [one for one in samples.records(day.file, 'contact')
               if re.match('Chef|Référent', one.get('job_title', '')) or one.get('email', '').startswith('new')]
    uit.check_equal(len(changed), N_EDITED, 'records that were edited')
    day.stage('edited')


def undo_all(day):
    """Each step gives back what was there before it."""
    app = day.app
    sequence = last_act(day.file)['sequence']
    for undone, what, before in reversed(day.before):
        app.key('ctrl+z')
        uit.wait(lambda: last_act(day.file)['sequence'] > sequence, f'{what} is undone')
        act = last_act(day.file)
        sequence = act['sequence']
        uit.check_equal(act['undoes'], undone, f'what the undo of {what} takes back')
        uit.check(state(day.file) == before, f'before {what} it was as it is again')
    uit.check(state(day.file) == day.start, 'it is as at the start')
    uit.wait(lambda: len(app.rows(view(app))) == 1, 'the list shows it')
    day.stage('undone')


@uit.test
def a_day_of_work_is_done_and_undone_step_by_step():
    file = samples.workspace('day')
    samples.ctl('settings', file, '--zone', 'UTC', '--country', 'FR', '--currency', 'EUR')
    samples.ctl('new', file, 'organisation', 'name=Moulin Neuf')
    samples.ctl('new', file, 'contact', 'full_name=Benoît Aubert', 'email=p1@example.org', 'organisation=Moulin Neuf')
    if PICTURES is not None:
        pathlib.Path(PICTURES).mkdir(parents=True, exist_ok=True)
    with uit.App(file, env=ENVIRONMENT) as app:
        app.resize(*WIDE)
        app.find('list item', say('Contacts', 'place'))
        day = Day(app, file)
        day.begin()
        for part in (take_in, correct, merge, plan, edit_forty, undo_all):
            part(day)
        app.quit()
    uit.check(json.loads(samples.ctl('check', file, '--json'))['ok'], 'nothing is wrong in the workspace')
    uit.check(state(file) == day.start, 'it is as at the start')


uit.main()
