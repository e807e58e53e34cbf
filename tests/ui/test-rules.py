#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the workspace on the page of a record, while it is typed."""
import re

import samples
import uit

LARGE = 'condition={"field":"amount","op":"greater","value":{"amount":"5000","currency":"EUR"}}'


def rule(file, kind, name, *more):
    samples.ctl('new', file, 'rule', f'name=My rule', 'entity_name=deal', f'field_name={name}', f'kind={kind}', *more)


def open_deal(app, title):
    samples.go(app, 'ctrl+5', 'Deals')
    app.click(app.find('list item', re.compile(rf'^{title}, ')))
    uit.wait(lambda: samples.title(app) == title, f'{title} is open')


def field(app, label):
    return app.find('entry', re.compile(f'^{label}'))


def retype(app, label, text, key='Tab'):
    app.click(field(app, label))
    app.key('ctrl+a')
    app.type(text)
    app.key(key)


@uit.test
def fields_come_and_go_while_somebody_types():
    file = samples.with_deals('live')
    rule(file, 'visible', 'next_step', LARGE)
    rule(file, 'required', 'reference', LARGE)
    rule(file, 'visible', 'lost_reason', 'condition={"field":"organisation.name","op":"is","value":"Cancity"}')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        field(app, 'Reference$')
        app.gone('entry', 'Next step')
        app.gone('combo box', 'Why it was lost')
        app.click(field(app, 'Amount'))
        app.key('ctrl+a')
        app.type('6000')
        field(app, 'Next step')
        field(app, r'Reference \*')
        app.key('Escape')
        app.gone('entry', 'Next step')
        field(app, 'Reference$')

        # What is behind a link is read when another one is chosen.
        app.click(app.find('button', 'Choose', within=app.find('list item', 'Organisation')))
        app.find('entry', 'Find in Organisations')
        app.type('canc')
        app.find('list item', 'Cancity')
        app.key('Return')
        app.find('combo box', 'Why it was lost')
        app.key('ctrl+z')
        app.gone('combo box', 'Why it was lost')
        app.quit()


@uit.test
def value_waits_for_the_field_that_a_rule_asks_for():
    file = samples.with_deals('waits')
    rule(file, 'required', 'reference', LARGE)
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        retype(app, 'Amount', '6000')
        field(app, 'Amount: saved once “Reference” is right')
        field(app, 'Reference: .*My rule')
        uit.check_equal(samples.record(file, 'deal', 'Chairs')['amount']['amount'], '1000.00', 'nothing is stored yet')
        retype(app, 'Reference', 'A-17')
        field(app, 'Amount$')
        uit.wait(lambda: samples.record(file, 'deal', 'Chairs')['amount']['amount'] == '6000.00', 'both are stored')
        uit.check_equal(samples.record(file, 'deal', 'Chairs')['reference'], 'A-17', 'reference')
        app.key('ctrl+z')
        uit.wait(lambda: 'reference' not in samples.record(file, 'deal', 'Chairs'), 'both are taken back')
        uit.check_equal(samples.record(file, 'deal', 'Chairs')['amount']['amount'], '1000.00', 'amount')

        # Putting the old value back ends the waiting.
        retype(app, 'Amount', '7000')
        field(app, 'Amount: saved once')
        retype(app, 'Amount', '1000')
        field(app, 'Amount$')
        field(app, 'Reference$')
        app.key('alt+Left')
        uit.wait(lambda: samples.title(app) == 'Deals', 'the list is back')
        app.quit()


@uit.test
def locked_field_and_limited_choices_follow_the_record():
    file = samples.with_deals('locked')
    rule(file, 'read_only', 'reference', LARGE)
    rule(file, 'choices', 'source', 'allowed=website;referral', LARGE)
    samples.ctl('set', file, 'deal', 'Chairs', 'reference=A-17')
    with uit.App(file) as app:
        open_deal(app, 'Chairs')
        retype(app, 'Amount', '6000')
        app.find('label', 'Amount changed')
        app.click(field(app, 'Reference'))
        app.type('9')
        uit.check_equal(field(app, 'Reference').text, 'A-17', 'nothing can be typed')
        # Behind the last one that is allowed there is no other.
        for _ in range(3):
            app.scroll(field(app, 'Tags'), 10)
        app.click(app.find('combo box', 'Source'))
        app.key(*['Down'] * 6, 'Return')
        uit.wait(lambda: samples.record(file, 'deal', 'Chairs').get('source') == 'referral', 'the last one is taken')
        app.quit()


@uit.test
def new_record_is_asked_beside_its_field():
    file = samples.with_deals('draft')
    rule(file, 'visible', 'next_step', LARGE)
    rule(file, 'required', 'next_step')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        app.key('ctrl+n')
        uit.wait(lambda: samples.title(app) == 'New Deal', 'the page of a new record')
        app.type('Shelves')
        app.gone('entry', re.compile('^Next step'))
        retype(app, 'Amount', '6000')
        field(app, r'Next step \*')
        app.key('ctrl+s')
        field(app, 'Next step: .*My rule')
        retype(app, 'Amount', '10')
        app.gone('entry', re.compile('^Next step'))
        app.key('ctrl+s')
        uit.wait(lambda: samples.title(app) == 'Shelves', 'the record is there')
        app.quit()


uit.main()
