#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: parts are put together, moved and taken back; the pages follow."""
import re
import zipfile

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


def choose(app, row, line):
    combo = app.find('combo box', row)
    for _ in range(10):
        if app.point(combo)[1] < 600:
            break
        app.scroll(app.windows()[-1], 3)
    app.click(combo)
    shown = app.find_all('label', within=combo)
    if not any(label.name == line for label in shown):
        app.scroll(shown[5], 10)
    app.click(app.find('label', line, within=combo))


@uit.test
def a_report_is_put_together_by_hand():
    file = samples.with_deals('report')
    with uit.App(file) as app:
        open_reports(app)
        pages = app.find('label', re.compile(r'^[0-9]+ pages?$')).name

        # A heading, with the keyboard alone once the dialogue is there
        add(app, 'Heading…')
        app.find('window', 'Heading')
        app.type('Our year')
        app.key('Return')
        app.find('label', 'Our year')
        uit.check_equal(len(parts(app)), 4, 'number of parts')

        # It goes to the top, and comes back with Undo
        app.key('ctrl+Up')
        app.find('label', 'Part moved')
        uit.wait(lambda: parts(app)[2].startswith('Heading'), 'the heading goes up')
        app.key('ctrl+z')
        uit.wait(lambda: parts(app)[3].startswith('Heading'), 'the heading comes back')

        # Groups of days are as long as one likes
        app.key('Return')
        app.find('window', 'Table')
        app.find('combo box', 'Group By')
        uit.check_equal(app.find_all('combo box', 'Period of a Group'), [], 'periods without a date')
        choose(app, 'Group By', 'Closed')
        choose(app, 'Period of a Group', 'Quarter')
        app.key('ctrl+Return')
        app.gone('window', 'Table')
        definition = str(samples.record(file, 'report', 'Sales report')['definition'])
        uit.check('closed_on:quarter' in definition, f'the period is stored: {definition}')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone'))

        # What is taken out is taken off the pages
        app.key('Delete')
        app.gone('list item', re.compile('^Table'))
        app.key('Up', 'Delete')
        app.gone('list item', re.compile('^Page Break'))
        uit.wait(lambda: app.find('label', re.compile(r'^[0-9]+ pages?$')).name != pages, 'fewer pages')
        app.find('image', re.compile('^Page 1 of'))


@uit.test
def a_report_is_scheduled_and_tried_again():
    file = samples.with_deals('scheduled')
    folder = file.parent / 'scheduled'
    with uit.App(file) as app:
        open_reports(app)
        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'Schedules…'))
        app.click(app.find('label', 'Add a Schedule'))
        dialog = app.find('window', 'Add Schedule')
        app.find('label', re.compile('^Every week on Monday at (9:00 AM|09:00)'), within=dialog)
        app.click(app.find('button', 'Thursday', within=dialog))
        app.find('label', re.compile('^Every week on Monday and Thursday at (9:00 AM|09:00)'), within=dialog)
        app.click(app.find('entry', 'Time of day', within=dialog))
        app.key('ctrl+a')
        app.type('8h30')
        app.key('Tab')
        app.find('label', re.compile('^Every week on Monday and Thursday at (8:30 AM|08:30)'), within=dialog)
        app.click(app.find('entry', 'Folder', within=dialog))
        app.key('ctrl+a')
        app.type(str(folder))
        app.key('ctrl+Return')
        app.gone('window', 'Add Schedule')
        app.find('label', re.compile('^Every week on Monday and Thursday at (8:30 AM|08:30)'))

        # There is no such folder: that is said, and it can be tried again
        app.click(app.find('button', 'Write “Sales report” Now'))
        again = app.find('button', 'Try “Sales report” Again')
        folder.mkdir()
        app.click(again)
        app.find('label', re.compile(r'^Sales report – .*\.pdf$'))
        uit.check_equal(len(list(folder.iterdir())), 1, 'number of files')

        # Switched off, and back
        app.click(app.find('check box', '“Sales report” in force'))
        app.find('label', re.compile('Switched off'))
        app.key('ctrl+z')
        app.gone('label', re.compile('Switched off'))
        app.quit()


@uit.test
def one_report_becomes_many():
    file = samples.with_deals('many')
    folder = file.parent / 'many'
    folder.mkdir()
    with uit.App(file) as app:
        open_reports(app)
        app.click(app.find('button', 'One Report'))
        app.click(app.find('menu item', 'Organisation'))
        app.find('label', '1 of 2')
        app.find('label', 'Cancity')
        uit.wait(lambda: app.focused() and app.focused().name == 'For each: Organisation', 'the keyboard stays')
        app.key('ctrl+Page_Down')
        app.find('label', '2 of 2')
        app.key('ctrl+Page_Up')
        app.find('label', '1 of 2')
        # At the last one its button can't be pressed, and gives the keyboard away
        app.click(app.find('button', 'Next Report'))
        app.find('label', '2 of 2')
        app.key('ctrl+Page_Up')
        app.find('label', '1 of 2')
        app.key('ctrl+Page_Down')
        app.find('label', '2 of 2')
        app.find('label', 'Isdom')

        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'Export All into a Folder…'))
        uit.wait(lambda: len(app.windows()) > 1, 'the file chooser')
        app.key('ctrl+a')
        app.type(str(folder))
        app.key('Return')
        app.find('label', '2 reports were written.')
        uit.check_equal(sorted(path.name for path in folder.iterdir()),
                        ['Sales report – Cancity.pdf', 'Sales report – Isdom.pdf'], 'the files')

        # The one that is shown, as a workbook
        workbook = folder / 'out.xlsx'
        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'Export as Spreadsheet…'))
        uit.wait(lambda: len(app.windows()) > 1, 'the file chooser')
        app.key('ctrl+a')
        app.type(str(workbook))
        app.key('Return')
        app.find('label', re.compile('^Exported to .*out.xlsx'))
        app.quit()
    with zipfile.ZipFile(workbook) as parts:
        sheets = parts.read('xl/workbook.xml').decode()
    uit.check(sheets.count('<sheet ') > 3, 'a sheet for each widget')


@uit.test
def a_report_begins_with_a_template():
    with uit.App(samples.with_deals('template')) as app:
        open_reports(app)
        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'Save as Template'))
        app.find('label', 'Saved as template')
        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'New Report…'))
        dialog = app.find('window', 'New Report')
        app.click(app.find('label', re.compile('^Empty'), within=dialog))
        # It says so, and has what adds the first part
        app.click(app.find('button', 'Add a Part'))
        app.click(app.find('menu item', 'Page Break'))
        app.gone('label', 'Nothing is on the pages yet')
        app.key('Delete')
        app.find('label', 'Nothing is on the pages yet')
        app.key('ctrl+z')
        app.gone('label', 'Nothing is on the pages yet')
        # Ctrl+Return confirms, in a text too; the list tells what the parts say
        add(app, 'Text…')
        app.find('window', 'Text')
        app.type('# Our **best** year')
        app.key('ctrl+Return')
        app.gone('window', 'Text')
        app.find('label', 'Our best year')
        add(app, 'Chart…')
        dialog = app.find('filler', 'Chart')
        app.find('label', 'Add', within=dialog)
        app.key('ctrl+Return')
        app.gone('filler', 'Chart')
        app.find('label', 'Bars', within=app.find('list item', 'Charts'))
        app.click(app.find('button', 'Report menu'))
        app.click(app.find('menu item', 'New Report…'))
        dialog = app.find('window', 'New Report')
        app.find('label', 'Sales report', within=dialog)
        app.click(app.find('label', 'Pipeline review', within=dialog))
        app.gone('window', 'New Report')
        uit.wait(lambda: samples.title(app) == 'Pipeline review', 'the new one is shown')
        uit.check_equal(len(parts(app)), 2, 'number of parts that are seen')

        # By its name from anywhere
        app.key('ctrl+k')
        app.type('Sales rep')
        app.find('label', 'Sales report')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Sales report', 'the other one')
        app.quit()


if __name__ == '__main__':
    uit.main()
