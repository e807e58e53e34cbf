#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records that are there twice: they become one, and two again."""
import re

import samples
import uit


def with_twins(name):
    """A company that was written twice, with a contact and a deal of the second one."""
    file = samples.workspace(name)
    samples.ctl('new', file, 'organisation', 'name=Bakkerij Jansen', 'phone=+33112345678', 'notes=Met at the fair.',
                'website=https://bakkerij.example')
    samples.ctl('new', file, 'organisation', 'name=BAKKERIJ JANSEN SARL', 'phone=+33112345678', 'email=info@jansen.fr',
                'notes=From the import.', 'website=https://jansen.example')
    samples.ctl('new', file, 'contact', 'full_name=Jean Martin', 'organisation=BAKKERIJ JANSEN SARL')
    samples.ctl('new', file, 'deal', 'name=Ovens', 'organisation=BAKKERIJ JANSEN SARL', 'stage=New')
    return file


def merge_from_list(app):
    samples.go(app, 'ctrl+2', 'Organisations')
    app.find('table row', re.compile('Bakkerij'))
    app.key('ctrl+a')
    app.key('shift+F10')
    app.click(app.find('menu item', 'Merge…'))
    uit.wait(lambda: samples.title(app) == 'Merge 2 Organisations', 'the merge assistant')


def choice(app, field, value):
    return app.find('check box', re.compile(f'^{field}: {value} '))


def organisation(file, name):
    return samples.record(file, 'organisation', name)


@uit.test
def two_records_become_one_as_somebody_chooses():
    file = with_twins('merge')
    with uit.App(file) as app:
        merge_from_list(app)
        app.find('label', re.compile('^2 links will lead to the record that is kept: Contacts: 1, Deals: 1$'))
        uit.check(choice(app, 'Name', 'Bakkerij Jansen').has('checked'), 'it keeps its name')
        app.click(choice(app, 'Name', 'BAKKERIJ JANSEN SARL'))
        app.click(choice(app, 'Name', 'Bakkerij Jansen'))
        app.click(choice(app, 'Website', 'https://bakkerij.example'))
        uit.check(choice(app, 'Notes', 'All of them').has('checked'), 'all notes are proposed')
        app.screenshot(samples.SHOTS / 'merge.png')
        app.click(app.find('button', re.compile('^_Merge')))
        uit.wait(lambda: samples.title(app) == 'Organisations', 'the list is back')
        app.find('label', '1 record merged into “Bakkerij Jansen”')
        uit.check_equal(samples.count(file, 'organisation'), 1, 'organisations')
        kept = organisation(file, 'Bakkerij Jansen')
        uit.check_equal((kept['website'], kept['email'], kept['notes']),
                        ('https://bakkerij.example', 'info@jansen.fr', 'Met at the fair.\n\nFrom the import.'), 'what was chosen')
        uit.check_equal(samples.record(file, 'deal', 'Ovens')['organisation'], kept['id'], 'the deal follows')
        app.click(app.find('label', 'Undo'))
        uit.wait(lambda: samples.count(file, 'organisation') == 2, 'both are back')
        uit.check_equal(samples.record(file, 'deal', 'Ovens')['organisation'],
                        organisation(file, 'BAKKERIJ JANSEN SARL')['id'], 'the deal is where it was')
        app.quit()


@uit.test
def another_record_is_kept_and_choices_stay():
    file = with_twins('keep')
    with uit.App(file) as app:
        merge_from_list(app)
        before = organisation(file, 'BAKKERIJ JANSEN SARL')['id']
        app.click(choice(app, 'Website', 'https://bakkerij.example'))
        app.click(app.find('check box', 'Keep BAKKERIJ JANSEN SARL'))
        app.find('label', 'No other record links to those that go.')
        uit.check(choice(app, 'Website', 'https://bakkerij.example').has('checked'), 'what was chosen stays chosen')
        app.click(app.find('button', re.compile('^_Merge')))
        uit.wait(lambda: samples.count(file, 'organisation') == 1, 'one is left')
        kept = samples.records(file, 'organisation')[0]
        uit.check_equal((kept['id'], kept['website']), (before, 'https://bakkerij.example'), 'what is left')
        app.quit()


@uit.test
def merge_is_taken_back_from_the_history_after_other_changes():
    file = with_twins('unmerge')
    kept, other = (organisation(file, name)['id'] for name in ('Bakkerij Jansen', 'BAKKERIJ JANSEN SARL'))
    samples.ctl('merge', file, 'organisation', kept, other)
    samples.ctl('set', file, 'organisation', kept, 'phone=+33499999999')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.find('table row', re.compile('Bakkerij'))
        app.resize(1200, 980)
        app.key('Down', 'Return')
        app.click(app.find('button', re.compile('^Un-merge: ')))
        app.find('label', 'Merge taken back')
        uit.wait(lambda: samples.count(file, 'organisation') == 2, 'both are back')
        uit.check_equal(organisation(file, 'Bakkerij Jansen')['phone'], '+33499999999', 'what was changed since stays')
        uit.check_equal(samples.record(file, 'deal', 'Ovens')['organisation'], other, 'the deal is where it was')
        app.gone('button', re.compile('^Un-merge: '))
        app.quit()


@uit.test
def record_that_changes_meanwhile_is_shown_as_it_is_now():
    file = with_twins('meanwhile')
    with uit.App(file) as app:
        merge_from_list(app)
        app.click(choice(app, 'Website', 'https://bakkerij.example'))
        samples.ctl('set', file, 'organisation', organisation(file, 'Bakkerij Jansen')['id'], 'email=new@jansen.fr')
        choice(app, 'E-mail', 'new@jansen.fr')
        app.find('label', re.compile('changed in the meantime'))
        uit.check(choice(app, 'Website', 'https://bakkerij.example').has('checked'), 'what was chosen stays chosen')
        samples.ctl('delete', file, 'organisation', organisation(file, 'Bakkerij Jansen')['id'])
        app.find('label', re.compile('is in the trash. Restore it'))
        uit.check(not app.find('button', re.compile('^_Merge')).has('sensitive'), 'nothing can be merged')
        app.quit()


@uit.test
def what_is_typed_stays_when_the_record_is_merged_away():
    file = with_twins('typed-away')
    kept, other = (organisation(file, name)['id'] for name in ('Bakkerij Jansen', 'BAKKERIJ JANSEN SARL'))
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.click(app.find('table row', re.compile('BAKKERIJ JANSEN SARL')), count=2)
        uit.wait(lambda: samples.title(app) == 'BAKKERIJ JANSEN SARL', 'the record is open')
        app.click(app.find('entry', re.compile('^Sector')))
        app.type('Bread')
        samples.ctl('merge', file, 'organisation', kept, other)
        app.find('label', 'Merged into “Bakkerij Jansen”')
        app.find('entry', re.compile('^Sector: not saved'), where=lambda node: node.text == 'Bread')
        app.gone('label', re.compile('Perhaps there already'))
        app.screenshot(samples.SHOTS / 'merged-away.png')
        app.key('alt+Left')
        app.find(None, 'Discard What You Typed?')
        app.key('Escape')
        app.find('entry', re.compile('^Sector'), where=lambda node: node.text == 'Bread')
        app.click(app.find('button', re.compile('^Open Merged')))
        app.find('button', 'Move to the trash')
        app.key('alt+Left')
        app.find('label', re.compile('^Merged into'))
        app.key('alt+Left')
        app.find(None, 'Discard What You Typed?')
        app.click(app.find('button', re.compile('Discard')))
        uit.wait(lambda: samples.title(app) == 'Organisations', 'the list')
        app.quit()


@uit.test
def record_is_not_merged_with_itself():
    file = with_twins('itself')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+2', 'Organisations')
        app.find('table row', re.compile('Bakkerij'))
        app.key('Home', 'Return')
        uit.wait(lambda: samples.title(app) == 'Bakkerij Jansen', 'the record is open')
        app.click(app.find('button', 'More'))
        app.click(app.find('menu item', 'Merge With…'))
        app.find('entry', 'Find in Organisations')
        app.type('bakkerij')
        app.click(app.find('list item', 'Bakkerij Jansen'))
        app.find('label', 'A record can’t be merged with itself.')
        app.key('alt+Left')
        uit.wait(lambda: samples.title(app) == 'Bakkerij Jansen', 'the record is back')
        app.quit()


def open_duplicates(app):
    samples.go(app, 'ctrl+2', 'Organisations')
    app.find('table row', re.compile('Bakkerij'))
    app.key('F10')
    app.click(app.find('menu item', 'Duplicates'))
    uit.wait(lambda: samples.title(app) == 'Duplicates', 'the page of duplicates')


@uit.test
def duplicates_are_found_and_told_apart_and_back():
    file = with_twins('scan')
    samples.ctl('new', file, 'organisation', 'name=Something else')
    with uit.App(file) as app:
        open_duplicates(app)
        app.find('label', 'Almost certainly the same')
        app.find('label', re.compile('Phone: identical'))
        app.find('list item', 'BAKKERIJ JANSEN SARL')
        uit.check(not app.find_all('list item', 'Something else'), 'others are no duplicates')
        app.screenshot(samples.SHOTS / 'duplicates.png')
        app.click(app.find('button', 'Not the Same'))
        app.find('label', 'No Duplicates Found')
        uit.check_equal(samples.count(file, 'distinct_pair'), 1, 'what was said is kept')
        app.click(app.find('button', 'Look again'))
        app.find('label', 'No Duplicates Found')
        app.key('ctrl+z')
        uit.wait(lambda: samples.count(file, 'distinct_pair') == 0, 'it is taken back')
        app.click(app.find('button', 'Look again'))
        app.find('button', 'Not the Same')
        app.quit()


@uit.test
def one_record_of_a_group_is_told_apart():
    file = with_twins('group')
    samples.ctl('new', file, 'organisation', 'name=Bakkerij Jansen', 'phone=+33112345678', 'email=info@jansen.fr')
    with uit.App(file) as app:
        open_duplicates(app)
        app.click(app.find('button', 'BAKKERIJ JANSEN SARL is not the same'))
        app.gone('list item', 'BAKKERIJ JANSEN SARL')
        uit.check_equal(len(app.find_all('list item', 'Bakkerij Jansen')), 2, 'the others stay')
        app.key('ctrl+z')
        app.find('list item', 'BAKKERIJ JANSEN SARL')
        app.quit()


@uit.test
def group_is_merged_and_goes():
    file = with_twins('scan-merge')
    with uit.App(file) as app:
        open_duplicates(app)
        app.click(app.find('button', 'Merge…'))
        uit.wait(lambda: samples.title(app) == 'Merge 2 Organisations', 'the merge assistant')
        app.click(app.find('button', re.compile('^_Merge')))
        uit.wait(lambda: samples.title(app) == 'Duplicates', 'the page of duplicates is back')
        app.find('label', 'No Duplicates Found')
        app.click(app.find('label', 'Undo'))
        app.find('list item', 'BAKKERIJ JANSEN SARL')
        app.quit()


def type_new_organisation(app):
    """By name and address, whose field is not left."""
    samples.go(app, 'ctrl+2', 'Organisations')
    app.find('table row', re.compile('Bakkerij'))
    app.key('ctrl+n')
    uit.wait(lambda: samples.title(app) == 'New Organisation', 'the page of a new record')
    app.type('Bakkerij Jansen SA')


@uit.test
def record_that_is_there_already_is_told_while_one_types():
    file = with_twins('typing')
    with uit.App(file) as app:
        type_new_organisation(app)
        app.find('label', 'Perhaps there already: Bakkerij Jansen')
        app.find('label', re.compile('Name: '))
        app.screenshot(samples.SHOTS / 'typing.png')
        app.key('ctrl+a')
        app.type('Quite another name')
        app.gone('label', re.compile('Perhaps there already'))
        app.key('ctrl+a')
        app.type('Bakkerij Jansen')
        app.click(app.find('button', 'Open: Bakkerij Jansen'))
        uit.wait(lambda: samples.title(app) == 'Bakkerij Jansen', 'the record is open')
        app.key('alt+Left')
        uit.wait(lambda: samples.title(app) == 'New Organisation', 'the new record is as it was left')
        app.find('entry', re.compile('^Name'), where=lambda node: node.text == 'Bakkerij Jansen')
        app.key('ctrl+s')
        uit.wait(lambda: samples.count(file, 'organisation') == 3, 'typing goes on and is saved')
        app.quit()


@uit.test
def what_was_typed_is_merged_with_the_record_that_is_there():
    file = with_twins('typed-merge')
    with uit.App(file) as app:
        type_new_organisation(app)
        app.click(app.find('button', 'Merge…: Bakkerij Jansen'))
        uit.wait(lambda: samples.title(app) == 'Merge 2 Organisations', 'the merge assistant')
        uit.check(app.find('check box', 'Keep Bakkerij Jansen').has('checked'), 'what was there first is kept')
        app.click(app.find('button', re.compile('^_Merge')))
        app.find('label', re.compile('1 record merged into'))
        uit.check_equal(samples.count(file, 'organisation'), 2, 'organisations')
        app.quit()


@uit.test
def choices_stand_below_one_another_in_360_pixels():
    with uit.App(with_twins('narrow')) as app:
        merge_from_list(app)
        window = app.windows()[0]
        app.resize(360 + 10, 720)
        uit.wait(lambda: window.extents[2] == 360, 'the window gets narrow')
        uit.check(choice(app, 'Name', 'Bakkerij Jansen').has('checked'), 'the choice stays')
        app.screenshot(samples.SHOTS / 'merge-narrow.png')
        app.quit()


uit.main()
