#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes from outside into records: a logo, documents, a business card."""
import json
import os
import re
import subprocess
import sys

import samples
import uit

sys.path.insert(0, os.environ['CPT_SOURCE_ROOT'] + '/tests/integration')
import card  # noqa: E402 pylint: disable=wrong-import-position


def draw(name, *words):
    path = samples.path(name)
    subprocess.run(['convert', *words, path], check=True)
    return path


def draw_card():
    return card.draw(samples.path('card.png'), (*card.LINES, 'www.ateliers-brunel.fr'))


def can_read(file, path):
    """Whether this build reads cards, and has words of a language."""
    return subprocess.run([os.environ['CPT_COMPTOIRCTL'], 'card', file, path], capture_output=True, check=False).returncode == 0


def choose_card(app, path):
    app.find('list item', 'Contacts')
    app.action('win.card')
    samples.enter_file(app, path)


@uit.test
def logo_is_chosen_seen_and_undone():
    file = samples.workspace('logo')
    samples.ctl('new', file, 'organisation', 'name=Moulin Neuf')
    picture = draw('moulin.png', '-size', '300x200', 'xc:#3584e4')
    with uit.App(file) as app:
        app.resize(1280, 900)
        samples.go(app, 'ctrl+2', 'Organisations')
        app.find('table row', re.compile('Moulin Neuf'))
        app.key('Down', 'Return')
        uit.wait(lambda: samples.title(app) == 'Moulin Neuf', 'the page of the company')
        view = app.find('filler', 'Moulin Neuf')
        app.click(app.find('button', re.compile('hoose… Logo'), within=view))
        samples.enter_file(app, picture)
        app.find('label', re.compile('moulin.png'), within=view)
        app.find('label', 'Logo changed')
        app.screenshot(samples.SHOTS / 'record-logo.png')
        uit.check_equal(samples.record(file, 'organisation', 'Moulin Neuf')['logo']['type'], 'image/png', 'what it is')
        app.key('ctrl+z')
        uit.wait(lambda: 'logo' not in samples.record(file, 'organisation', 'Moulin Neuf'), 'it is taken back')
        app.quit()


@uit.test
def size_of_files_is_a_setting():
    file = samples.workspace('limit')
    with uit.App(file) as app:
        app.find('list item', 'Contacts')
        app.resize(1400, 900) # the pages of the settings stand in the header bar
        app.key('ctrl+comma')
        page = app.find(None, 'Files', where=lambda node: node.role in ('tab', 'radio button', 'toggle button', 'button'))
        app.click(page)
        app.find('label', 'Attached Files')
        button = app.find('spin button', re.compile('Largest file'))
        uit.check_equal(button.value, 50, 'MB at first')
        app.screenshot(samples.SHOTS / 'settings-files.png')
        button.set_value(12)
        uit.wait(lambda: json.loads(samples.ctl('settings', file, '--json'))['file_limit'] == 12000000, 'it is stored')
        app.quit()


@uit.test
def card_becomes_a_contact_when_somebody_says_so():
    file = samples.workspace('card')
    samples.ctl('settings', file, '--country', 'FR')
    picture = draw_card()
    if not can_read(file, picture):
        return
    with uit.App(file) as app:
        app.resize(1280, 900)
        choose_card(app, picture)
        uit.wait(lambda: samples.title(app) == 'New Contact', 'a new contact')
        uit.check_equal(app.find('entry', 'Last name').text, 'Aubert', 'last name')
        uit.check_equal(app.find('entry', 'E-mail').text, 'anne.aubert@ateliers-brunel.fr', 'mail')
        app.find('label', 'Ateliers Brunel (is created as well)')
        app.screenshot(samples.SHOTS / 'card.png')
        uit.check_equal(samples.count(file, 'contact') + samples.count(file, 'organisation'), 0, 'records')
        app.key('ctrl+s')
        uit.wait(lambda: samples.title(app) == 'Anne Aubert', 'it is stored')
        company = samples.record(file, 'organisation', 'Ateliers Brunel')
        uit.check_equal(samples.records(file, 'contact')[0]['organisation'], company['id'], 'its company')
        uit.check_equal(company['website'], 'https://www.ateliers-brunel.fr', 'the page of the company')
        app.key('ctrl+z')
        uit.wait(lambda: samples.count(file, 'contact') + samples.count(file, 'organisation') == 0, 'one undo takes both back')
        app.quit()


@uit.test
def card_that_can_not_be_read_says_why():
    file = samples.workspace('no-card')
    picture = draw_card()
    if not can_read(file, picture):
        return
    with uit.App(file) as app:
        choose_card(app, samples.write('letter.png', 'Dear customer'))
        app.find('label', 'This card can’t be read')
        app.screenshot(samples.SHOTS / 'card-refused.png')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the window is closed')
        app.find('list item', 'Contacts')
        uit.check(samples.title(app) != 'New Contact', 'there is no contact')
        app.quit()


uit.main()
