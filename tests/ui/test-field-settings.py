#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of settings on which a workspace adds fields and converts them."""
import re

import samples
import uit
from rows import has_label, row, walk


def open_fields(app):
    app.resize(1400, 900) # the pages of the settings stand in the header bar
    app.key('ctrl+comma')
    uit.wait(lambda: app.find_all('tab'), 'the settings')
    app.click(app.find('tab', 'Fields'))


def choose(app, window, row, name):
    """One of the entries of a combo box"""
    combo = app.find('combo box', row, within=window)
    app.click(combo)
    app.click(app.find('label', name, within=combo))
    # Keys go to what is open
    uit.wait(lambda: not any(shown.popup for shown in app.display.windows()), 'the list closes')


def check_names(app):
    """Everything can be called by a name; the parts of a row that offers several are GTK's."""
    unnamed = [node for node in app.unnamed() if node.role != 'list item' and node.name != 'GtkListView']
    uit.check_equal(unnamed, [], 'what has no name')


def names(file):
    fields = [field for field in samples.records(file, 'custom_field') if field['entity_name'] == 'organisation']
    return [field['label'] for field in sorted(fields, key=lambda field: field.get('position', 0))]


@uit.test
def a_field_is_added_put_in_order_and_deleted():
    file = samples.workspace('added')
    samples.ctl('fields', 'add', file, 'organisation', 'First', 'text')
    samples.ctl('fields', 'add', file, 'contact', 'Never', 'decimal', 'formula=1 / (length(full_name) - length(trim(full_name)))')
    samples.ctl('new', file, 'contact', 'full_name=Jean Martin')
    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        open_fields(app)
        row(app, 'First')
        app.find('label', re.compile('Formula · in no record yet · gives nothing in 1 record$'))
        check_names(app)
        app.click(row(app, 'Add a Field'))
        window = app.find('window', 'Add a Field to Organisations')
        app.key('ctrl+Return')
        app.find('label', 'Give the field a label.', within=window)
        app.type('Rank')
        choose(app, window, 'Kind', 'Choice')
        app.key('ctrl+Return')
        app.find('label', re.compile('at least one choice'), within=window)
        app.click(app.find('label', 'Add a Choice', within=window))
        app.type('High')
        check_names(app)
        app.screenshot(samples.SHOTS / 'settings-field.png')
        app.click(app.find('label', 'Add a Choice', within=window))
        app.type('Low')
        app.key('Tab', 'Tab', 'space')
        uit.wait(lambda: len(app.find_all('button', 'Remove the Choice', within=window)) == 1, 'one is left')
        app.key('End')
        app.type('er')
        app.find(None, 'Choice', within=window, where=lambda node: node.role in ('text', 'entry') and node.text == 'Higher')
        app.click(app.find('button', 'Remove the Choice', within=window))
        app.gone('button', 'Remove the Choice', within=window)
        app.key('Return')
        app.type('High')
        app.key('ctrl+Return')
        app.gone('window', 'Add a Field to Organisations')
        uit.wait(lambda: names(file) == ['First', 'Rank'], 'the field is there')
        uit.check_equal(samples.record_by(file, 'custom_field', 'label', 'Rank')['definition'],
                        {'choices': [{'name': 'high', 'label': 'High'}]}, 'what it is')
        uit.wait(lambda: has_label(app.focused(), 'Rank'), 'what was made has the keyboard')
        app.key('ctrl+Up')
        uit.wait(lambda: names(file) == ['Rank', 'First'], 'it is the first now')
        walk(app, 'Rank')
        with samples.held(file):
            app.key('ctrl+Down', 'ctrl+Up')
        walk(app, 'First')
        app.key('Delete')
        uit.wait(lambda: names(file) == ['Rank'], 'the other is deleted')
        uit.wait(lambda: has_label(app.focused(), 'Add a Field'), 'what follows it has the keyboard')
        app.key('ctrl+z')
        uit.wait(lambda: names(file) == ['Rank', 'First'], 'and back again, behind the one that was moved twice')
        app.screenshot(samples.SHOTS / 'settings-fields.png')
        app.quit()
    samples.ctl('check', file)


@uit.test
def a_formula_is_tried_while_it_is_typed():
    file = samples.workspace('formula')
    samples.ctl('new', file, 'organisation', 'name=Aker', 'employees=12')
    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        open_fields(app)
        app.click(row(app, 'Add a Field'))
        window = app.find('window', 'Add a Field to Organisations')
        app.type('Double')
        choose(app, window, 'Kind', 'Whole number')
        app.click(app.find(None, 'Formula', within=window, where=lambda node: node.role in ('text', 'entry')))
        app.type('employes * 2')
        app.find('label', re.compile('^Formula, character 1:'), within=window)
        app.gone('label', 'Required', within=window)
        check_names(app)
        app.screenshot(samples.SHOTS / 'settings-formula-wrong.png')
        app.key('ctrl+a')
        app.type('employees * 2')
        app.find('label', 'What It Gives', within=window)
        app.find('label', '24', within=window)
        app.gone('label', re.compile('^Formula, character'), within=window)
        app.screenshot(samples.SHOTS / 'settings-formula.png')
        app.key('ctrl+Return')
        app.gone('window', 'Add a Field to Organisations')
        uit.wait(lambda: samples.record(file, 'organisation', 'Aker').get('x_double') == 24, 'it is worked out')
        app.click(row(app, 'Double'))
        window = app.find('window', 'Change Field')
        app.find('label', '24', within=window)
        app.gone('label', 'Convert to Another Kind…', within=window)
        app.key('Escape')
        app.gone('window', 'Change Field')
        app.key('ctrl+z')
        uit.wait(lambda: names(file) == [], 'one step takes it back')
        app.quit()
    samples.ctl('check', file)


@uit.test
def choices_of_a_declared_field_are_changed():
    file = samples.workspace('choices')
    samples.ctl('new', file, 'organisation', 'name=Aker', 'kind=supplier')

    def kept():
        found = samples.records(file, 'choice_list')
        return found[0]['choices'] if found else None

    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        open_fields(app)
        app.click(row(app, 'Choices of “Kind”'))
        window = app.find('window', 'Choices of “Kind”')
        check_names(app)
        app.click(app.find('label', 'Add a Choice', within=window))
        app.type('Fair')
        app.screenshot(samples.SHOTS / 'settings-choices.png')
        app.key('ctrl+Return')
        app.gone('window', 'Choices of “Kind”')
        uit.wait(lambda: kept() and kept()[-1] == {'name': 'fair', 'label': 'Fair'}, 'there is one more')
        app.key('ctrl+z')
        uit.wait(lambda: kept() is None, 'one step takes it back')
        app.quit()
    samples.ctl('check', file)


@uit.test
def a_field_is_converted_after_a_look_at_what_becomes_of_it():
    file = samples.workspace('converted')
    samples.ctl('fields', 'add', file, 'organisation', 'Size', 'text')
    for name, size in [('Aker', '12'), ('Bruno', '30'), ('Cleo', 'about 7')]:
        samples.ctl('new', file, 'organisation', f'name={name}', f'x_size={size}')
    with uit.App(file) as app:
        app.find('list item', 'Organisations')
        open_fields(app)
        app.click(row(app, 'Size'))
        app.find('window', 'Change Field')
        app.type('Employees')
        app.click(app.find('label', 'Convert to Another Kind…'))
        app.find('label', 'Save what you changed first, and convert the field then.')
        app.key('Escape')
        app.gone('window', 'Change Field')

        # Closed while it waits for its turn
        app.click(row(app, 'Size'))
        app.click(app.find('label', 'Convert to Another Kind…'))
        window = app.find('window', 'Convert “Size”')
        choose(app, window, 'Kind', 'Whole number')
        app.find('label', '2 of 3 values can be converted', within=window)
        with samples.held(file):
            app.key('ctrl+Return')
            app.find('progress bar', 'Converting')
            app.key('Escape')
            app.gone('window', 'Convert “Size”')

        app.click(row(app, 'Size'))
        app.click(app.find('label', 'Convert to Another Kind…'))
        window = app.find('window', 'Convert “Size”')
        choose(app, window, 'Kind', 'Whole number')
        app.find('label', '2 of 3 values can be converted', within=window)
        app.find('label', 'about 7', within=window)
        check_names(app)
        app.screenshot(samples.SHOTS / 'settings-conversion.png')
        app.key('ctrl+Return')
        app.gone('window', 'Convert “Size”')
        app.find('label', 'Field converted')
        uit.wait(lambda: sorted(names(file)) == ['Size', 'Size (not converted)'], 'both fields are there')
        uit.check_equal(samples.record(file, 'organisation', 'Aker')['x_size_2'], 12, 'the value')
        uit.check_equal(samples.record(file, 'organisation', 'Cleo')['x_size'], 'about 7', 'what is kept')
        app.key('ctrl+z')
        uit.wait(lambda: names(file) == ['Size'], 'all is as before')
        uit.check_equal(samples.record(file, 'organisation', 'Aker')['x_size'], '12', 'the value')
        app.quit()
    samples.ctl('check', file)


@uit.test
def the_fields_fit_a_narrow_screen_in_french():
    file = samples.workspace('narrow')
    samples.ctl('fields', 'add', file, 'organisation', 'Taille', 'choice', 'choices=Petite,Grande')
    with uit.App(file, env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+comma')
        app.click(app.find('combo box', 'Page des réglages'))
        app.key('Down', 'Return')
        row(app, 'Taille')
        app.screenshot(samples.SHOTS / 'settings-fields-narrow.png')
        app.click(row(app, 'Taille'))
        app.find('window', 'Modifier le champ')
        app.screenshot(samples.SHOTS / 'settings-field-narrow.png')
        app.key('Escape')
        app.gone('window', 'Modifier le champ')
        app.click(row(app, 'Choix de « Type »'))
        app.find('window', 'Choix de « Type »')
        app.screenshot(samples.SHOTS / 'settings-choices-narrow.png')
        app.key('Escape')
        app.gone('window', 'Choix de « Type »')
        app.click(row(app, 'Ajouter un champ'))
        window = app.find('window', re.compile('^Ajouter un champ'))
        app.click(app.find(None, 'Formule', within=window, where=lambda node: node.role in ('text', 'entry')))
        app.type('name & 5 +')
        app.find('label', re.compile('^Formule, caractère'), within=window)
        app.screenshot(samples.SHOTS / 'settings-formula-narrow.png')
        app.key('Escape')
        app.quit()


uit.main()
