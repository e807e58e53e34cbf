#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: parts are put together, moved and taken back; the pages follow."""
import re

import samples
import uit


def open_reports(app):
    app.resize(1280, 900)
    app.click(app.find('list item', 'Reports'))
    app.find('label', re.compile(r'^[0-9]+ pages?$'))


def parts(app):
    """What the rows of the list say, from the top."""
    return [row.name for row in app.find_all('list item', re.compile('^(Heading|Dashboard|Page Break|Table)'))]


def add(app, name):
    app.click(app.find('button', 'Add a part'))
    app.click(app.find('menu item', name))


@uit.test
def a_report_is_put_together_by_hand():
    with uit.App(samples.with_deals('report')) as app:
        open_reports(app)
        pages = app.find('label', re.compile(r'^[0-9]+ pages?$')).name

        # A heading, with the keyboard alone once the dialogue is there
        add(app, 'Heading…')
        app.click(app.find(None, 'Heading', where=lambda node: node.role in ('text', 'entry')))
        app.type('Our year')
        app.key('ctrl+Return')
        app.find('label', 'Our year')
        uit.check_equal(len(parts(app)), 4, 'number of parts')

        # It goes to the top, and comes back with Undo
        app.key('ctrl+Up')
        app.find('label', 'Part moved')
        uit.wait(lambda: parts(app)[2].startswith('Heading'), 'the heading goes up')
        app.key('ctrl+z')
        uit.wait(lambda: parts(app)[3].startswith('Heading'), 'the heading comes back')

        # What is taken out is taken off the pages
        app.key('Delete')
        app.gone('list item', re.compile('^Table'))
        app.key('Up', 'Delete')
        app.gone('list item', re.compile('^Page Break'))
        uit.wait(lambda: app.find('label', re.compile(r'^[0-9]+ pages?$')).name != pages, 'fewer pages')
        app.find('image', re.compile('^Page 1 of'))


if __name__ == '__main__':
    uit.main()
