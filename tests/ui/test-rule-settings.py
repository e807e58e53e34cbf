#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of rules in the settings: rules are made without code."""
import re

import samples
import uit

NEEDED = '“Reference” must be filled in'
REFERRED = NEEDED + ' when Source is Referral'


def open_rules(app):
    app.find('list item', 'Organisations')
    app.resize(1400, 900) # the pages of the settings stand in the header bar
    app.key('ctrl+comma')
    app.click(app.find('tab', 'Rules'))
    app.find('label', 'Add a Rule')


def rules(file):
    return {rule['name']: rule for rule in samples.records(file, 'rule')}


def choose(app, window, row, name):
    """A line of a row that offers several."""
    combo = app.find('combo box', row, within=window)
    app.click(combo)
    app.click(app.find('label', name, within=combo))


def says(app, text):
    """What stands below the form."""
    return app.find('label', text, within=app.windows()[-1])


@uit.test
def a_rule_is_made_switched_off_and_deleted():
    file = samples.with_deals('made')
    with uit.App(file) as app:
        open_rules(app)
        app.click(app.find('label', 'Add a Rule'))
        window = app.find('window', 'Add Rule')
        says(app, 'Choose the field that the rule is about.')
        choose(app, window, 'Kind of record', 'Deals')
        choose(app, window, 'Field', 'Reference')
        choose(app, window, 'What it asks', 'Must be filled in')
        says(app, NEEDED)
        says(app, re.compile('^4 records do not meet it'))
        app.click(app.find('button', 'Add a Condition', within=window))
        app.find('entry', 'Which field?')
        app.type('Source')
        app.key('Return')
        app.click(app.find('check box', 'Referral'))
        app.click(app.find('button', re.compile('Apply')))
        says(app, REFERRED)
        says(app, 'All records that are there meet it.')
        # The parts of a row that offers several are GTK's.
        unnamed = [node for node in app.unnamed() if node.role != 'list item' and node.name != 'GtkListView']
        uit.check_equal(unnamed, [], 'what has no name')
        app.screenshot(samples.SHOTS / 'settings-rule.png')
        app.key('ctrl+Return')
        app.gone('window', 'Add Rule')
        app.find('label', REFERRED)
        uit.check_equal(list(rules(file)), [REFERRED], 'rules')

        toggle = app.find(None, f'“{REFERRED}” in force', where=lambda node: node.has('focusable'))
        app.click(toggle)
        uit.wait(lambda: not rules(file)[REFERRED]['is_active'], 'it is out of force')
        # Rules are declarations: the page is made anew.
        app.find(None, toggle.name, where=lambda node: node.has('focused') and node.where != toggle.where)
        app.key('space')
        uit.wait(lambda: rules(file)[REFERRED]['is_active'], 'the keyboard is still at the switch')
        app.screenshot(samples.SHOTS / 'settings-rules.png')
        app.click(app.find('button', f'Delete “{REFERRED}”'))
        app.gone('label', REFERRED)
        uit.check_equal(rules(file), {}, 'rules')
        app.key('ctrl+z')
        app.find('label', REFERRED)
        app.quit()
    samples.ctl('check', file)


@uit.test
def what_would_lock_somebody_out_is_refused():
    file = samples.with_deals('refused')
    with uit.App(file) as app:
        open_rules(app)
        app.click(app.find('label', 'Add a Rule'))
        window = app.find('window', 'Add Rule')
        choose(app, window, 'Field', 'Name')
        choose(app, window, 'What it asks', 'Shown only when')
        says(app, re.compile('must always be filled in, so it can’t be hidden'))
        app.key('ctrl+Return')
        choose(app, window, 'Field', 'Kind')
        says(app, re.compile('^Say when the field is shown'))
        choose(app, window, 'What it asks', 'Only some choices')
        says(app, re.compile('^Name at least one choice'))
        app.key('ctrl+Return')
        says(app, re.compile('^Name at least one choice'))
        app.click(app.find('check box', 'Partner', within=window))
        says(app, '“Kind” may only be Partner')
        uit.check_equal(rules(file), {}, 'rules')
        app.key('ctrl+Return')
        app.gone('window', 'Add Rule')
        app.find('label', '“Kind” may only be Partner')

        # One that can't be understood says so.
        samples.ctl('new', file, 'rule', 'name=None', 'entity_name=organisation', 'field_name=nothing', 'kind=unique',
                    'is_active=false')
        app.find('label', re.compile('no field “nothing”'))
        app.quit()


@uit.test
def a_rule_is_changed_by_keyboard_and_keeps_its_name():
    file = samples.with_deals('changed')
    samples.ctl('new', file, 'rule', 'name=Numbers', 'entity_name=deal', 'field_name=reference', 'kind=required')
    with uit.App(file) as app:
        open_rules(app)
        app.find('label', NEEDED)
        app.key('Tab')
        uit.wait(lambda: app.focused() is not None, 'something has the keyboard')
        while not any(node.name == NEEDED for node in app.focused().walk()):
            app.key('Tab')
        app.key('Return')
        window = app.find('window', 'Change Rule')
        uit.check_equal(app.find('entry', 'Name', within=window).text, 'Numbers', 'name')
        app.click(app.find('entry', 'What people are told', within=window))
        app.type('Ask the office for one.')
        app.key('ctrl+Return')
        app.gone('window', 'Change Rule')
        uit.wait(lambda: rules(file)['Numbers'].get('message') == 'Ask the office for one.', 'it is stored')
        app.quit()


@uit.test
def rules_fit_a_narrow_screen_in_french():
    file = samples.with_deals('narrow')
    samples.ctl('new', file, 'rule', 'name=Numéros', 'entity_name=deal', 'field_name=reference', 'kind=required')
    with uit.App(file, env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+comma')
        app.click(app.find('combo box', 'Page des réglages'))
        app.key('Down', 'Down', 'Down', 'Return')
        app.click(app.find('label', re.compile('Référence.*doit être rempli')))
        window = app.find('window', 'Modifier la règle')
        says(app, re.compile('^4 fiches ne la respectent pas'))
        app.screenshot(samples.SHOTS / 'settings-rule-narrow.png')
        uit.check(window.extents[2] <= 360, f'{window.extents[2]} pixels wide')
        app.key('Escape')
        app.gone('window', 'Modifier la règle')
        app.screenshot(samples.SHOTS / 'settings-rules-narrow.png')
        app.quit()


uit.main()
