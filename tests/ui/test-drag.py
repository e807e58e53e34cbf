#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records are dragged onto others, which links them."""
import re

import samples
import uit


def workspace(name):
    file = samples.with_deals(name)
    for contact in ('Durand', 'Morel'):
        samples.ctl('new', file, 'contact', f'last_name={contact}')
    return file


def open_list(app, key, title):
    samples.go(app, key, title)
    return app.find('filler', title)


def row(app, within, name):
    return app.find('table row', re.compile(name), within=within)


class Drag:
    """With stops on the way."""

    def __init__(self, app, start):
        self.app = app
        self.place = app.settle(start)
        app.rest()
        app.xdotool('mousemove', *self.place, 'sleep', '0.05', 'mousedown', 1)

    def move(self, target, steps=16):
        (x1, y1), (x2, y2) = self.place, self.app.settle(target)
        words = []
        for step in range(1, steps + 1):
            words += ['mousemove', x1 + (x2 - x1) * step // steps, y1 + (y2 - y1) * step // steps, 'sleep', '0.02']
        self.app.xdotool(*words)
        self.place = (x2, y2)

    def drop(self):
        self.app.xdotool('sleep', '0.15', 'mouseup', 1)


def start_of(node):
    """The first cell of a row"""
    x, y, _, height = node.rect
    return x + 40, y + height // 2


def organisation(file, name):
    one = samples.record_by(file, 'contact', 'last_name', name)
    return one.get('organisation')


@uit.test
def contacts_are_dragged_onto_their_company():
    file = workspace('drag-company')
    isdom = samples.record(file, 'organisation', 'Isdom')['id']
    with uit.App(file) as app:
        contacts = open_list(app, 'ctrl+3', 'Contacts')
        app.click(start_of(row(app, contacts, 'Durand')))
        app.xdotool('keydown', 'ctrl')
        app.click(start_of(row(app, contacts, 'Morel')))
        app.click(start_of(row(app, contacts, 'Durand')))
        app.xdotool('keyup', 'ctrl')
        app.find('label', '2 selected')

        drag = Drag(app, start_of(row(app, contacts, 'Morel')))
        drag.move(app.find('list item', 'Organisations'))
        uit.wait(lambda: samples.title(app) == 'Organisations', 'the place opens')
        organisations = app.find('filler', 'Organisations')
        drag.move(start_of(row(app, organisations, 'Isdom')))
        app.screenshot(samples.SHOTS / 'drag-onto-company.png')
        drag.drop()
        app.find('label', '2 records linked with “Isdom”')
        uit.wait(lambda: [organisation(file, name) for name in ('Durand', 'Morel')] == [isdom, isdom], 'both are linked')
        app.key('ctrl+z')
        uit.wait(lambda: [organisation(file, name) for name in ('Durand', 'Morel')] == [None, None], 'one undo for both')
        app.quit()


@uit.test
def which_link_is_meant_is_asked():
    file = workspace('drag-ask')
    durand = samples.record_by(file, 'contact', 'last_name', 'Durand')['id']
    with uit.App(file) as app:
        contacts = open_list(app, 'ctrl+3', 'Contacts')
        app.key('ctrl+5')
        uit.wait(lambda: samples.title(app) == 'Deals', 'deals')
        app.action('win.deals-form', uit.GLib.Variant('s', 'list'))
        deals = app.find('filler', 'Deals')
        row(app, deals, 'Desks')
        samples.go(app, 'ctrl+3', 'Contacts')
        contacts = app.find('filler', 'Contacts')
        drag = Drag(app, start_of(row(app, contacts, 'Durand')))
        drag.move(app.find('list item', 'Deals'))
        uit.wait(lambda: samples.title(app) == 'Deals', 'the place opens')
        drag.move(start_of(row(app, app.find('filler', 'Deals'), 'Desks')))
        drag.drop()
        app.find('label', 'Which Link?')
        app.screenshot(samples.SHOTS / 'drag-which-link.png')
        app.click(app.find('button', 'Deal: Other contacts'))
        app.find('label', re.compile('“Durand” linked with “Desks”'))
        uit.wait(lambda: samples.record(file, 'deal', 'Desks').get('contacts') == [durand], 'it is linked')
        uit.check_equal(samples.record(file, 'deal', 'Desks').get('contact'), None, 'the other link')
        app.quit()


@uit.test
def a_click_selects_and_a_record_is_not_its_own_company():
    file = workspace('drag-nothing')
    with uit.App(file) as app:
        organisations = open_list(app, 'ctrl+2', 'Organisations')
        isdom = start_of(row(app, organisations, 'Isdom'))
        # Onto a part of itself: nothing
        drag = Drag(app, isdom)
        drag.move((isdom[0] + 200, isdom[1]))
        drag.drop()
        app.xdotool('keydown', 'ctrl')
        app.click(isdom)
        app.xdotool('keyup', 'ctrl')
        app.find('label', '1 selected')
        # Each press elsewhere on the row: two at one place would open it
        app.click((isdom[0] + 60, isdom[1]))
        app.gone('label', '1 selected')
        # Onto another: its parent
        drag = Drag(app, (isdom[0] + 120, isdom[1]))
        drag.move(start_of(row(app, organisations, 'Cancity')))
        drag.drop()
        uit.wait(lambda: samples.record(file, 'organisation', 'Isdom').get('parent') ==
                 samples.record(file, 'organisation', 'Cancity')['id'], 'it is linked')
        app.quit()


@uit.test
def linked_records_are_dragged_and_dropped_on():
    file = workspace('drag-linked')
    samples.ctl('set', file, 'contact', 'Durand', 'organisation=Isdom')
    with uit.App(file) as app:
        organisations = open_list(app, 'ctrl+2', 'Organisations')
        app.click(start_of(row(app, organisations, 'Isdom')), count=2)
        uit.wait(lambda: samples.title(app) == 'Isdom', 'its page')
        app.click(app.find('tab', re.compile('^Linked')))
        page = app.find('filler', 'Isdom')
        drag = Drag(app, app.find('list item', re.compile('Durand'), within=page))
        drag.move(app.find('list item', re.compile('Chairs'), within=page))
        drag.drop()
        app.click(app.find('button', 'Deal: Main contact'))
        uit.wait(lambda: samples.record(file, 'deal', 'Chairs').get('contact') ==
                 samples.record_by(file, 'contact', 'last_name', 'Durand')['id'], 'it is linked')
        app.quit()


uit.main()
