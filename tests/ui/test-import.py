#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a company go in through the window, with the faults they have."""
import json
import os
import pathlib
import re
import sys

import samples
import uit

sys.path.insert(0, os.environ['CPT_SOURCE_ROOT'] + '/tests/integration')
import xlsx  # noqa: E402 pylint: disable=wrong-import-position


def choose(app, key, title, file):
    samples.go(app, key, title)
    app.key('ctrl+i')
    uit.wait(lambda: len(app.windows()) > 1, 'the file chooser')
    app.type(str(file))
    app.key('Return')


def take_in(app, key, title, file):
    """Through all pages of the assistant, to the last one."""
    choose(app, key, title, file)
    app.click(app.find('button', re.compile('Check$')))
    app.find('label', 'Will be created')
    app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
    app.find('label', 'Created')


def close(app):
    app.key('Escape')
    uit.wait(lambda: len(app.windows()) == 1, 'the assistant closes')


def measure(file, condition):
    spec = {'source': 'deal', 'measures': [{'agg': 'count'}], 'where': condition}
    return samples.ctl('aggregate', file, json.dumps(spec))


@uit.test
def files_are_imported_with_their_faults():
    file = samples.workspace('sales')
    with uit.App(file) as app:
        take_in(app, 'ctrl+2', 'Organisations', samples.write('accounts.csv', samples.ACCOUNTS))
        close(app)
        uit.check_equal(samples.count(file, 'organisation'), 3, 'organisations')
        take_in(app, 'ctrl+6', 'Products', samples.write('products.csv', samples.PRODUCTS))
        close(app)
        take_in(app, 'ctrl+5', 'Deals', samples.write('sales_pipeline.csv', samples.PIPELINE))
        app.find('label', re.compile('GTXPro.* was read as .*GTX Pro'))
        app.find('label', 'Rejected')
        app.screenshot(samples.SHOTS / 'import-report.png')
        close(app)
        uit.check_equal(samples.count(file, 'deal'), 4, 'deals')
        uit.check_equal(samples.count(file, 'product'), 2, 'products')
        rejects = [one for one in samples.path('').iterdir() if 'reject' in one.name]
        uit.check_equal(len(rejects), 1, 'files of rejected rows')
        uit.check('PE84CX4O' in rejects[0].read_text(encoding='utf-8-sig'), 'the rejected row is in its file')
        app.quit()


@uit.test
def an_export_of_another_product_needs_no_questions():
    file = samples.workspace('desk')
    text = ('uuid,email,name,attributes,status,created_at,updated_at\n'
            'u1,ana@example.org,Ana Ruiz,"{""city"":""Lyon""}",blocklisted,,\n'
            'u2,bob@example.org,Bob Lee,{},enabled,,\n')
    with uit.App(file) as app:
        choose(app, 'ctrl+3', 'Contacts', samples.write('subscribers.csv', text))
        app.find('label', 'Will be created')
        app.find('label', 'Recognised: listmonk, subscribers')
        app.screenshot(samples.SHOTS / 'import-recognised.png')
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Created')
        close(app)
        uit.check_equal(samples.count(file, 'contact'), 2, 'contacts')
        app.key('ctrl+z')
        uit.wait(lambda: samples.count(file, 'contact') == 0, 'one undo takes everything back')
        choose(app, 'ctrl+3', 'Contacts', samples.path('subscribers.csv'))
        app.find('label', 'Will be created')
        app.click(app.find('button', re.compile('Change Mapping'), within=app.windows()[-1]))
        app.click(app.find('button', re.compile('Check$')))
        app.find('label', 'Will be created')
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Created')
        close(app)
        uit.check_equal(samples.count(file, 'contact'), 2, 'contacts with the mapping that was looked at')

        partners = ('External ID,Name,Is a Company,Related Company,Job Position,Email\n'
                    'p1,Anne Roy,False,Roy SARL,Buyer,anne@roy.example\np2,Roy SARL,True,,,info@roy.example\n')
        choose(app, 'ctrl+2', 'Organisations', samples.write('partners.csv', partners))
        app.find('label', 'Recognised: Odoo, partners')
        app.screenshot(samples.SHOTS / 'import-partners.png')
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Created')
        close(app)
        counts = [samples.count(file, kind) for kind in ('organisation', 'contact')]
        uit.check_equal(counts, [1, 3], 'companies and people of one file')
        app.key('ctrl+z')
        uit.wait(lambda: samples.count(file, 'organisation') == 0 and samples.count(file, 'contact') == 2, 'one undo for both')
        app.quit()


@uit.test
def the_file_says_what_it_holds():
    file = samples.workspace('kinds')
    pipeline = samples.write('sales_pipeline.csv', samples.PIPELINE)
    with uit.App(file) as app:
        for name, text, kind in (('accounts.csv', samples.ACCOUNTS, 'Organisations'),
                                 ('products.csv', samples.PRODUCTS, 'Products')):
            choose(app, 'ctrl+3', 'Contacts', samples.write(name, text))
            app.find('label', f'The columns are those of {kind}, not of Contacts.')
            close(app)
        take_in(app, 'ctrl+2', 'Organisations', pipeline)
        close(app)
        app.quit()
    uit.check_equal(samples.count(file, 'deal'), 4, 'deals')
    owners = {one['owner'] for one in samples.records(file, 'organisation')}
    uit.check_equal(len(owners), 1, 'owners of the companies that the deals name')


@uit.test
def import_is_undone_as_one_act():
    file = samples.workspace('undo')
    with uit.App(file) as app:
        take_in(app, 'ctrl+2', 'Organisations', samples.write('accounts.csv', samples.ACCOUNTS))
        close(app)
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone: '))
        uit.check_equal(samples.count(file, 'organisation'), 0, 'organisations')
        app.quit()


@uit.test
def cancelled_import_leaves_nothing():
    file = samples.workspace('cancel')
    rows = ''.join(f'Person,Number {i},person{i}@example.org\n' for i in range(150000))
    people = samples.write('people.csv', 'first name,last name,email\n' + rows)
    with uit.App(file) as app:
        choose(app, 'ctrl+3', 'Contacts', people)
        app.click(app.find('button', re.compile('Check$')))
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1], timeout=60))
        app.click(app.find('button', re.compile('Cancel$'), within=app.windows()[-1]))
        uit.wait(lambda: len(app.windows()) == 1, 'the assistant closes')
        uit.check_equal(samples.count(file, 'contact'), 0, 'contacts')
        app.quit()


def pick(app, combo, steps):
    """The item so many below the one that is chosen."""
    app.click(app.find('combo box', combo))
    app.key(*['Down'] * steps, 'Return')


@uit.test
def a_person_says_how_the_file_is_read():
    file = samples.workspace('reading')
    rows = ''.join(f'Company {i};{i},5;x\n' for i in range(1, 9))
    with uit.App(file) as app:
        choose(app, 'ctrl+2', 'Organisations', samples.write('own.csv', 'sep=,\nname;revenue;Á\n' + rows))
        app.find('label', 'name;revenue;Á')  # what the file says is wrong
        app.click(app.find('label', 'How the File Is Read'))
        app.find('label', 'Comma')
        pick(app, 'Encoding', 2)
        app.find('label', re.compile('^The first row of the file can’t be used'))
        pick(app, 'Columns are separated by', 2)
        app.find('label', 'revenue')
        app.find('label', '“1,5” becomes €1.50')
        app.find('label', re.compile('^The largest “revenue” is 8. If these are millions'))
        pick(app, 'Default currency', 1)
        app.find('label', re.compile('“1,5” becomes .*AED'))
        app.click(app.find('label', 'How the File Is Read'))
        pick(app, 'Numbers are in', 2)
        app.find('label', re.compile('“1,5” becomes .*1,500,000.00'))
        app.screenshot(samples.SHOTS / 'import-reading.png')
        app.click(app.find('button', re.compile('Check$')))
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Created')
        close(app)
        app.quit()
    uit.check_equal(samples.record(file, 'organisation', 'Company 2')['revenue'],
                    {'amount': '2500000.00', 'currency': 'AED'}, 'revenue')


@uit.test
def a_sheet_of_a_workbook_is_chosen():
    file = samples.workspace('workbook')
    path = xlsx.write(samples.path('two.xlsx'), {'Notes': xlsx.text_row('Read me'),
                                                 'Companies': xlsx.text_row('name', 'employees') + xlsx.text_row('Isdom', '45')})
    with uit.App(file) as app:
        choose(app, 'ctrl+2', 'Organisations', path)
        app.find('label', 'Sheet “Notes” of a workbook')
        app.click(app.find('label', 'How the File Is Read'))
        pick(app, 'Sheet', 2)
        app.find('label', 'For example “Isdom”')
        uit.check(not app.find_all('combo box', 'Encoding'), 'a workbook has no encoding to choose')
        app.screenshot(samples.SHOTS / 'import-workbook.png')
        app.click(app.find('button', re.compile('Check$')))
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Created')
        close(app)
        app.quit()
    uit.check_equal(samples.record(file, 'organisation', 'Isdom')['employees'], 45, 'employees')


@uit.test
def numbers_of_days_are_imported():
    file = samples.workspace('days')
    path = samples.write('ads.csv', 'Date;Campagne;Canal;Impressions;Clics;Coût\n13/03/2026;Été;Meta;1 200;30;12,50 €\n'
                                    '14/03/2026;Été;Meta;300;3;1,25 €\nbientôt;Été;Meta;1;1;1\n14/03/2026;Été;Meta;310;4;1,50 €\n')
    question = '{"source":"ad_result","measures":[{"agg":"count"},{"agg":"sum","field":"clicks"}]}'
    with uit.App(file) as app:
        choose(app, 'ctrl+2', 'Organisations', path)
        app.find('combo box', 'The file contains')
        app.find('label', 'The columns are those of Ad results, not of Organisations.')
        uit.check(not app.find_all('combo box', 'Records'), 'there is nothing to choose about records')
        app.click(app.find('button', re.compile('Check$')))
        for text in ('New rows', '2 days, from 03/13/2026 to 03/14/2026', 'Ad spend', '€15.25',
                     '1 row has the same day and texts as a later one, which counts.', re.compile('^Line 4: Date: ')):
            app.find('label', text)
        app.click(app.find('button', re.compile('Import$'), within=app.windows()[-1]))
        app.find('label', 'Rows added')
        close(app)
        app.find('label', '2 rows imported')
        equal = re.compile(r'\b2\b.*\b34\b', re.S)
        uit.check(equal.search(samples.ctl('aggregate', file, question)), 'the rows are stored')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone: '))
        uit.wait(lambda: not equal.search(samples.ctl('aggregate', file, question)), 'one undo takes the file back')
        app.quit()


@uit.test
def a_file_that_is_no_table_is_refused_with_a_sentence():
    with uit.App(samples.workspace('bad')) as app:
        choose(app, 'ctrl+2', 'Organisations', samples.write('empty & none.csv', ''))
        app.find('label', 'This file can’t be imported')
        close(app)
        app.quit()


@uit.test
def the_sales_of_a_real_company_go_in():
    data = pathlib.Path(os.environ.get('CPT_SHARED_DATA', os.environ['CPT_SOURCE_ROOT'] + '/../shared/data'), 'crm-sales')
    if not data.is_dir():
        return
    file = samples.workspace('real')
    copies = {name: samples.write(name, (data / name).read_text(encoding='utf-8'))
              for name in ('accounts.csv', 'products.csv', 'sales_pipeline.csv')}
    with uit.App(file) as app:
        app.resize(1280, 900)
        take_in(app, 'ctrl+2', 'Organisations', copies['accounts.csv'])
        close(app)
        take_in(app, 'ctrl+6', 'Products', copies['products.csv'])
        close(app)
        take_in(app, 'ctrl+5', 'Deals', copies['sales_pipeline.csv'])
        app.find('label', re.compile('GTXPro.* was read as .*1,?480 times'))
        close(app)
        app.quit()
    uit.check_equal(samples.count(file, 'deal'), 8800, 'deals')
    won = {'field': 'stage.kind', 'op': 'is', 'value': 'won'}
    uit.check('4238' in measure(file, won).replace(',', ''), 'there are 4,238 won deals')


@uit.test
def cards_and_calendars_are_imported_after_a_look():
    file = samples.workspace('items')
    cards = samples.write('people.vcf', ''.join(
        f'BEGIN:VCARD\r\nVERSION:{version}\r\nFN:{name}\r\nORG:Studio Lyon\r\nEMAIL:{name[:4]}@studio.fr\r\nEND:VCARD\r\n'
        for name, version in (('Anne Martin', '3.0'), ('Marc Petit', '4.0'))))
    calendar = samples.write('plan.ics', 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1@x\r\nSUMMARY:Water\r\n'
                                         'RRULE:FREQ=SECONDLY\r\nEND:VTODO\r\nEND:VCALENDAR\r\n')
    with uit.App(file) as app:
        choose(app, 'ctrl+3', 'Contacts', cards)
        app.find('label', 'Cards in the file')
        app.find('label', 'Will be created')
        app.screenshot(samples.SHOTS / 'import-cards.png')
        uit.check_equal(samples.count(file, 'contact'), 0, 'nothing is stored yet')
        app.key('Return')
        app.find('label', 'Created')
        uit.check_equal(samples.count(file, 'contact'), 2, 'contacts')
        close(app)
        app.key('ctrl+z')
        uit.wait(lambda: samples.count(file, 'contact') + samples.count(file, 'organisation') == 0, 'one undo')
        choose(app, 'ctrl+7', 'Tasks', calendar)
        app.find('label', re.compile('at most once a day'))
        app.key('Return')
        app.find('label', 'Created')
        uit.check_equal(samples.count(file, 'task'), 1, 'tasks')
        close(app)
        app.quit()


uit.main()
