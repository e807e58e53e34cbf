#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dashboards: cards are moved, resized, made, opened, and go into a file."""
import datetime
import json
import re
import subprocess

import samples
import uit


def card(app, title):
    return app.find('image', title)


def places(app):
    """Where the cards are, by title."""
    return {one.name: one.rect for one in app.find_all('image', where=lambda node: node.description)}


def settled(app):
    """The places once nothing glides any more."""
    last = [None]

    def same():
        now = places(app)
        done = now and now == last[0]
        last[0] = now
        return done
    uit.wait(same, 'the cards come to rest')
    return last[0]


def open_home(app):
    app.resize(1280, 900)
    app.find('list item', 'Home')
    app.key('ctrl+1')
    card(app, 'Won this month')
    return settled(app)


@uit.test
def a_ready_dashboard_is_added():
    with uit.App(samples.with_deals('ready')) as app:
        open_home(app)
        app.click(app.find('button', 'Dashboard menu'))
        app.click(app.find('menu item', 'New Dashboard…'))
        app.click(app.find('image', 'Empty Dashboard'))
        app.find('entry', 'Name of the dashboard')
        app.type('Board meeting')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Board meeting', 'it is called as the person wants')
        app.click(app.find('button', 'Dashboard menu'))
        app.click(app.find('menu item', 'New Dashboard…'))
        app.click(app.find('image', 'My team'))
        card(app, 'Deals won, this quarter')
        uit.wait(lambda: samples.title(app) == 'My team', 'it is called as the template')
        app.resize(360, 640)
        uit.wait(lambda: app.display.windows()[0].width == 360, 'the window becomes as narrow as a telephone')
        uit.wait(lambda: len({x for x, _, _, _ in settled(app).values()}) == 1, 'the cards are in one column')
        app.scroll((200, 400), 100)
        uit.wait(lambda: max(y + h for _, y, _, h in settled(app).values()) < 640, 'the end is reached')
        app.resize(1280, 900)
        app.key('ctrl+z')
        card(app, 'Won this month')
        app.quit()


@uit.test
def dashboard_is_arranged_for_one_person():
    with uit.App(samples.with_deals('own')) as app:
        before = open_home(app)
        app.click(app.find('button', 'Dashboard menu'))
        app.click(app.find('menu item', 'Arrange Only for Me'))
        mine = app.find('button', 'Arranged only for you')
        x, y, _, _ = before['Won this month']
        app.drag((x + 60, y + 18), (x + 60 + 540, y + 20))
        uit.wait(lambda: places(app)['Won this month'][0] > before['Won this month'][0], 'the card moves')
        settled(app)
        app.click(app.find('button', 'Menu for Open pipeline'))
        app.click(app.find('menu item', 'Remove'))
        app.gone('image', 'Open pipeline')
        app.click(mine)
        app.click(app.find('menu item', 'Open pipeline'))
        card(app, 'Open pipeline')
        app.click(mine)
        app.click(app.find('menu item', 'Back to the Shared Arrangement'))
        uit.wait(lambda: places(app) == before, 'all cards are where others have them')
        app.key('ctrl+z')
        uit.wait(lambda: places(app)['Won this month'][0] > before['Won this month'][0], 'it is hers again')
        app.quit()


@uit.test
def dashboard_is_put_back():
    with uit.App(samples.with_deals('history')) as app:
        before = open_home(app)
        x, y, _, _ = before['Won this month']
        app.drag((x + 60, y + 18), (x + 60 + 540, y + 20))
        uit.wait(lambda: places(app)['Won this month'][0] > x, 'the card moves')
        after = settled(app)
        app.click(app.find('button', 'Dashboard menu'))
        app.click(app.find('menu item', 'History…'))
        app.find('label', 'Widgets moved')
        app.click(app.find('label', 'Before that'))
        app.answer('Put Back')
        uit.wait(lambda: places(app) == before, 'all cards are where they were')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == after, 'that is undone')
        app.quit()


@uit.test
def card_is_dragged_and_undone():
    with uit.App(samples.with_deals('drag')) as app:
        before = open_home(app)
        x, y, _, _ = before['Won this month']
        app.drag((x + 60, y + 18), (x + 60 + 540, y + 20))
        app.find('label', 'Widget moved')
        after = settled(app)
        uit.check(after['Won this month'][0] > x + 300, 'the card is where it was dropped')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == before, 'all cards are back')
        app.quit()


@uit.test
def going_back_and_escape_restore():
    with uit.App(samples.with_deals('back')) as app:
        before = open_home(app)
        x, y, w, h = before['Open pipeline']
        app.drag((x + 60, y + 18), (x + 60, y + 400), keys=('Escape',))
        uit.check_equal(settled(app), before, 'places')
        app.drag((x + w - 6, y + h - 6), (x + w - 90, y + h + 90))
        app.find('label', 'Widget moved')
        uit.check(settled(app)['Open pipeline'][3] > h, 'the card is higher')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == before, 'all cards are back')
        app.quit()


@uit.test
def card_is_moved_and_removed_by_keys():
    with uit.App(samples.with_deals('keys')) as app:
        before = open_home(app)
        app.key('ctrl+Right')
        uit.wait(lambda: places(app)['Won this month'][0] > before['Won this month'][0], 'the card moves')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == before, 'all cards are back')
        app.key('Delete')
        app.gone('image', 'Won this month')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == before, 'the card is back')
        app.quit()


@uit.test
def mark_opens_exactly_the_records_behind_it():
    with uit.App(samples.with_deals('mark')) as app:
        open_home(app)
        one = card(app, 'Open pipeline')
        uit.check('€3,800' in one.description, f'the number is there: {one.description}')
        x, y, _, _ = one.rect
        app.click((x + 60, y + 55))
        uit.wait(lambda: samples.title(app) == 'Open pipeline', 'the list is open')
        app.find('label', re.compile('^3 records?$'))
        app.quit()


@uit.test
def rows_of_days_behind_a_sum_are_shown():
    file = samples.workspace('days')
    day = datetime.date.today().isoformat()
    samples.ctl('import', file, samples.write('ads.csv', f'Date,Campaign,Platform,Clicks,Cost\n{day},Spring,Meta,30,12.5\n'
                                                         f'{day},Summer,Meta,3,1.25\n2001-01-01,Old,Meta,1,1\n'), '--as', 'ad_result')
    for home in samples.records(file, 'dashboard'):
        samples.ctl('delete', file, 'dashboard', home['id'])
    samples.ctl('dashboard', 'new', file, 'advertising')
    with uit.App(file) as app:
        app.resize(1280, 900)
        x, y, _, _ = card(app, 'Ad spend').rect
        app.click((x + 60, y + 55))
        app.find('label', '2 rows')
        app.find('label', 'Summer')
        app.find('label', '€12.50')
        uit.check(not app.find_all('label', 'Old'), 'only what the number is made of')
        app.key('Escape')
        uit.wait(lambda: len(app.windows()) == 1, 'the rows are closed')
        app.quit()


def shows(app, title, text):
    uit.wait(lambda: text in card(app, title).description, f'{title} says {text}')


@uit.test
def dashboard_is_filtered():
    file = samples.with_deals('filtered')
    with uit.App(file) as app:
        open_home(app)
        shows(app, 'Open pipeline', '€3,800')
        app.click(app.find('button', 'Period: As each widget says'))
        app.click(app.find('label', 'Last 365 days'))
        shows(app, 'Open pipeline', 'Not filtered by Period.')
        app.click(app.find('button', 'Filter the Dashboard'))
        app.click(app.find('menu item', 'Deal…'))
        app.find('entry', 'Which field?')
        app.type('name')
        app.key('Return')
        app.find('button', re.compile('Apply$'))
        app.type('Chairs')
        app.key('Return')
        chip = app.find('button', re.compile('Name .*Chairs'))
        shows(app, 'Open pipeline', '€1,000')
        app.click(app.find('button', 'Save These Filters with the Dashboard'))
        app.find('label', 'Filters saved with the dashboard')
        filters = samples.records(file, 'dashboard')[0]['definition']['filters']
        uit.check_equal(filters[0], {'period': {'last': 365, 'unit': 'day'}}, 'the period is stored')
        uit.check_equal(filters[1]['source'] + '.' + filters[1]['field'], 'deal.name', 'the field is stored')
        app.click(app.find('button', 'Remove Filter'))
        app.gone('button', chip.name)
        app.find('button', 'Name: any')
        shows(app, 'Open pipeline', '€3,800')
        app.click(app.find('button', 'Reset Filters'))
        shows(app, 'Open pipeline', '€1,000')
        app.quit()


@uit.test
def dashboard_has_pages():
    file = samples.with_deals('pages')

    def menu(label):
        app.click(app.find('button', 'Dashboard menu'))
        app.click(app.find('menu item', label))
    with uit.App(file) as app:
        open_home(app)
        app.key('F11')
        app.gone('button', 'Dashboard menu')
        app.key('Escape')
        menu('Add a Page…')
        app.find('label', 'Add a Page')
        app.type('Trends')
        app.key('Return')
        app.find('label', 'Page added')
        app.find('label', 'An empty dashboard')
        app.find('button', re.compile('Choose a Ready One…$'))
        app.click(app.find('button', re.compile('Add a Widget$')))
        app.key('Escape')
        add(app, 'Bars')
        app.find('label', 'New Widget')
        app.type('By stage')
        app.click(app.find('button', re.compile('Done$')))
        card(app, 'By stage')
        app.gone('image', 'Won this month')
        definition = samples.records(file, 'dashboard')[0]['definition']
        uit.check_equal([(page['title'], len(page['widgets'])) for page in definition['pages']], [('Trends', 1)], 'the other page')
        card(app, 'By stage').rect
        app.key('ctrl+Page_Up')
        card(app, 'Won this month')
        app.click(app.find('button', 'Trends'))
        card(app, 'By stage')
        app.key('ctrl+Page_Up')
        x, y, _, h = card(app, 'Open pipeline').rect
        app.click((x + 5, y + h - 5))
        app.key('ctrl+c')
        app.find('label', 'Widget copied')
        app.key('ctrl+Page_Down')
        x, y, _, h = card(app, 'By stage').rect
        app.click((x + 5, y + h - 5))
        app.key('ctrl+v')
        app.find('label', 'Widget pasted')
        uit.wait(lambda: app.focused() and app.focused().name == 'Open pipeline', 'what was pasted has the keyboard')
        shows(app, 'Open pipeline', '€3,800')
        menu('Move Page to the Left')
        app.find('label', 'Page “Trends” moved to 1 of 2')
        uit.wait(lambda: samples.records(file, 'dashboard')[0]['definition'].get('page') == 'Trends', 'it is the first')
        x, y, w, h = app.find('button', 'Trends').rect
        app.drag((x + w / 2, y + h / 2), (x + w / 2 + 160, y + h / 2))
        app.find('label', 'Page “Trends” moved to 2 of 2')
        uit.wait(lambda: samples.records(file, 'dashboard')[0]['definition'].get('page') != 'Trends', 'it is the second')
        app.key('ctrl+shift+Page_Up')
        uit.wait(lambda: samples.records(file, 'dashboard')[0]['definition'].get('page') == 'Trends', 'it is the first again')
        app.key('ctrl+Page_Down')
        card(app, 'Won this month')
        app.key('ctrl+Page_Down')
        card(app, 'By stage')
        menu('Delete Page')
        card(app, 'Won this month')
        app.key('ctrl+z')
        app.find('button', 'Trends')
        app.quit()


def use_mark(app, title, at, *keys):
    """Walks to a mark of a card and presses keys there."""
    x, y, _, h = card(app, title).rect
    app.click((x + 5, y + h - 5))
    app.key('Home', *['Right'] * at)
    app.key(*keys)


@uit.test
def mark_filters_the_others_and_is_broken_down():
    with uit.App(samples.with_deals('marks')) as app:
        open_home(app)
        shows(app, 'Open pipeline', '€3,800')
        use_mark(app, 'How far this year’s deals have come', 1, 'shift+Return')
        chip = app.find('label', re.compile('^Stage is '))
        shows(app, 'Open pipeline', '€300')
        app.key('Escape')
        app.gone('label', chip.name)
        shows(app, 'Open pipeline', '€3,800')

        # The records of all stages by another field, and the way back
        use_mark(app, 'How far this year’s deals have come', 0, 'shift+F10')
        app.click(app.find('menu item', 'Break Down By'))
        app.click(app.find('menu item', 'Organisation'))
        broken = re.compile('^How far this year’s deals have come › New, by Organisation$')
        uit.wait(lambda: 'Cancity' in app.find('image', broken).description, 'companies')
        app.click(app.find('button', 'Back to the Whole'))
        app.gone('image', broken)

        # The list behind a mark, and back
        use_mark(app, 'How far this year’s deals have come', 1, 'Return')
        uit.wait(lambda: samples.title(app) == 'How far this year’s deals have come', 'the list is open')
        app.key('alt+Left')
        shows(app, 'Open pipeline', '€3,800')
        app.quit()


def reveal(app, node):
    """Rows of the editor of widgets may lie below its end."""
    for _ in range(10):
        if app.point(node)[1] < 640:
            break
        app.scroll(app.windows()[-1], 3)
    return node


def choose(app, row, line):
    """In the editor of widgets: a line of a row"""
    combo = reveal(app, app.find('combo box', row))
    app.click(combo)
    app.click(app.find('label', line, within=combo))


def add(app, what):
    """From the library, found by its name"""
    library = [node for node in app.find_all('entry', 'Search widgets')]
    if not library:
        app.click(app.find('button', 'Add a widget'))
    app.click(app.find('entry', 'Search widgets'))
    app.key('ctrl+a')
    app.type(what)
    app.find('list item', what)
    app.key('Return')


def choose_picture(app, file):
    """In the editor of widgets; a press where a dialogue has been is lost"""
    app.click(app.find('label', 'New Widget'))
    app.click(reveal(app, app.find('button', 'C_hoose… Picture')))
    uit.wait(lambda: len(app.windows()) > 2, 'the file chooser')
    samples.enter_file(app, file)


@uit.test
def widget_is_added_and_edited():
    file = samples.with_deals('add')
    logo, bomb = samples.path('logo.png'), samples.path('bomb.png')
    logo.write_bytes(samples.png(120, 90))
    bomb.write_bytes(samples.png(8, 8, claimed=15000))
    with uit.App(file) as app:
        open_home(app)
        add(app, 'Bars')
        app.find('label', 'New Widget')
        app.type('Deals by stage')
        app.click(app.find('button', re.compile('Done$')))
        app.find('label', 'Widget added')
        definition = json.dumps(samples.records(file, 'dashboard')[0]['definition'])
        uit.check('Deals by stage' in definition, 'the widget is stored')
        add(app, 'Gauge')
        app.find('label', 'New Widget')
        app.type('Deals of the year')
        app.click(reveal(app, app.find('entry', 'Goal')))
        app.key('ctrl+a')
        app.type('8')
        app.click(app.find('button', re.compile('Done$')))
        gauge = card(app, 'Deals of the year')
        uit.wait(lambda: 'of the goal of 8' in gauge.description, 'how far it is')
        widgets = samples.records(file, 'dashboard')[0]['definition']['widgets']
        uit.check_equal(widgets[-1]['options'], {'target': 8}, 'the goal is stored')
        add(app, 'Table')
        app.find('label', 'New Widget')
        app.type('Stages and sources')
        choose(app, 'And by', 'Source')
        app.click(app.find('button', re.compile('Done$')))
        uit.wait(lambda: ' rows, ' in card(app, 'Stages and sources').description, 'the table')
        widgets = samples.records(file, 'dashboard')[0]['definition']['widgets']
        uit.check_equal([dimension['field'] for dimension in widgets[-1]['query']['dimensions']], ['stage', 'source'],
                        'both groupings are stored')
        add(app, 'Radar')
        app.find('label', 'New Widget')
        app.type('The team')
        choose(app, 'Third metric', 'Number of deals')
        app.click(app.find('button', re.compile('Done$')))
        card(app, 'The team')
        widgets = samples.records(file, 'dashboard')[0]['definition']['widgets']
        uit.check_equal([widgets[-1]['query'][name] for name in ('metrics', 'date')],
                        [['revenue_won', 'conversion_rate', 'deals', 'average_deal'], 'closed_on'], 'all count by one date')
        add(app, 'Picture')
        app.find('label', 'New Widget')
        choose_picture(app, logo)
        app.find('label', 'logo.png')
        uit.check_equal(samples.count(file, 'file'), 1, 'files while the widget is looked at with its picture')
        app.key('Escape')
        uit.wait(lambda: samples.count(file, 'file') == 0, 'a picture that no widget shows is taken back')
        add(app, 'Picture')
        app.find('label', 'New Widget')
        choose_picture(app, bomb)
        app.find('label', re.compile('^“bomb.png” is too large'))
        choose_picture(app, logo)
        app.find('label', 'logo.png')
        app.click(app.find('button', re.compile('Done$')))
        card(app, 'Picture')
        widgets = samples.records(file, 'dashboard')[0]['definition']['widgets']
        uit.check_equal([widgets[-1]['query']['where'][name] for name in ('field', 'op', 'value')],
                        ['id', 'is', samples.records(file, 'file')[0]['id']], 'it is the file that was chosen')
        add(app, 'Bars')
        app.find('label', 'New Widget')
        choose(app, 'Metric', 'Revenue won')
        choose(app, 'Broken down by', 'Amount')
        app.click(reveal(app, app.find('entry', re.compile('^Width of steps'))))
        app.type('1000')
        app.find('label', 'Revenue won by Amount in steps of €1,000')
        choose(app, 'Broken down by', 'Owner')
        choose(app, 'Period', 'This year')
        choose(app, 'Shown as', 'Share of the total')
        app.find('label', 'Revenue won by Owner, as a share of the total, this year, at most 10')
        choose(app, 'Shown as', 'The number itself')
        choose(app, 'Date', 'Opened')
        choose(app, 'For each', 'Organisation')
        choose(app, 'And for each', 'Time')
        choose(app, 'Put together', 'Largest')
        app.find('label', 'Largest per Organisation and month of Revenue won by Owner, this year, by the date “Opened”, at most 10')
        choose(app, 'Groups shown', 'With at least…')
        app.click(reveal(app, app.find('entry', 'Value')))
        app.key('ctrl+a')
        app.type('2000')
        app.find('label', 'Largest per Organisation and month of Revenue won by Owner, this year, by the date “Opened”, '
                 'only groups where Largest per Organisation and month of Revenue won is at least €2,000, at most 10')
        app.click(app.find('button', re.compile('Done$')))
        app.find('label', 'Largest per Organisation and month of Revenue won')
        widgets = samples.records(file, 'dashboard')[0]['definition']['widgets']
        uit.check_equal([widgets[-1]['title']] + [widgets[-1]['query'][name] for name in ('metric', 'period', 'date', 'each', 'having')],
                        ['Largest per Organisation and month of Revenue won', 'revenue_won', {'this': 'year'}, 'opened_on',
                         {'dimensions': [{'field': 'organisation'}, {'bucket': 'month'}], 'agg': 'max'},
                         [{'measure': 0, 'op': 'greater-or-equal', 'value': 2000.0}]], 'the widget names the metric')
        app.quit()


@uit.test
def widget_is_dragged_from_the_library():
    file = samples.with_deals('library')
    with uit.App(file) as app:
        before = open_home(app)
        app.click(app.find('button', 'Add a widget'))
        app.find('entry', 'Search widgets')
        app.type('conversion')
        app.find('list item', 'Conversion rate')
        item = app.find('list item', 'Conversion rate by owner')
        x, y, w, _ = item.rect
        left, top, width, height = before['Won this month']
        app.drag((x + w / 2, y + 60), (left + width / 2, top + height / 2))
        app.find('label', 'Widget added')
        widgets = {one['title']: one for one in samples.records(file, 'dashboard')[0]['definition']['widgets']}
        uit.check_equal([widgets['Conversion rate by owner'][name] for name in ('x', 'y', 'kind')], [0, 0, 'leaderboard'],
                        'it is where it was dropped')
        uit.check(widgets['Won this month']['y'] > 0, 'the other one made way')
        app.click(app.find('entry', 'Search widgets'))
        app.key('Escape')
        app.gone('entry', 'Search widgets')
        app.key('ctrl+z')
        uit.wait(lambda: places(app) == before, 'all cards are back')
        app.quit()


@uit.test
def dashboard_is_exported_as_pdf_with_the_numbers_of_the_screen():
    pdf = samples.path('out.pdf')
    csv = samples.path('out.csv')
    with uit.App(samples.with_deals('export')) as app:
        open_home(app)
        uit.wait(lambda: '€3,800' in card(app, 'Open pipeline').description, 'the number is there')
        app.key('ctrl+e')
        app.click(app.find('button', re.compile('Export…$'), within=uit.wait(
            lambda: len(app.windows()) > 1 and app.windows()[-1], 'the form')))
        uit.wait(lambda: len(app.windows()) > 2, 'the file chooser')
        app.key('ctrl+a')
        app.type(str(pdf))
        app.key('Return')
        app.find('label', re.compile('^Exported to '))
        app.find('label', 'Open')
        app.action('win.open-file', uit.GLib.Variant('s', str(pdf.with_name('gone.pdf'))))
        app.find('label', 'The file is not there any more.')

        # On paper: what is asked first is GTK's own affair
        app.key('ctrl+p')
        asked = uit.wait(lambda: len(app.windows()) > 1 and app.windows()[-1], 'the print dialogue')
        app.find('label', 'Print to File', within=asked)
        app.click(app.find('button', re.compile('Cancel$'), within=asked))
        uit.wait(lambda: len(app.windows()) == 1, 'the print dialogue goes')

        # One widget: on the clipboard, and as a file of its own
        app.click(app.find('button', 'Menu for Open pipeline'))
        app.click(app.find('menu item', 'Copy as Image'))
        app.find('label', 'Image copied')
        app.click(app.find('button', 'Menu for Open pipeline'))
        app.click(app.find('menu item', 'Export…'))
        form = uit.wait(lambda: len(app.windows()) > 1 and app.windows()[-1], 'the form')
        app.click(app.find('label', 'Format', within=form))
        app.click(app.find('label', 'Separated values (CSV)'))
        app.click(app.find('button', re.compile('Export…$'), within=form))
        uit.wait(lambda: len(app.windows()) > 2, 'the file chooser')
        app.key('ctrl+a')
        app.type(str(csv))
        app.key('Return')
        uit.wait(csv.exists, 'the file is there')
        app.quit()
    uit.check('Open pipeline,3800.00' in csv.read_text(encoding='utf-8-sig'), 'with the exact number')
    text = subprocess.run(['pdftotext', '-layout', str(pdf), '-'], check=True, stdout=subprocess.PIPE, text=True).stdout
    uit.check('€3,800' in text and 'Open pipeline' in text, 'the numbers are text of the file')


@uit.test
def what_is_long_ago_is_said_and_opened():
    file = samples.workspace('long-ago')
    for day, title in (('2017-11-30', 'Older'), ('2017-12-04', 'Last'), ('2017-12-31', 'Last too')):
        samples.ctl('new', file, 'deal', f'name={title}', 'stage=Won', f'closed_on={day}', 'amount=100')
    with uit.App(file) as app:
        open_home(app)
        uit.wait(lambda: 'Nothing since Dec 2017.' in card(app, 'Won this month').description, 'when there was something last')
        x, y, _, _ = card(app, 'Won this month').rect
        app.click((x + 40, y + 60))
        uit.wait(lambda: samples.title(app) == 'Won this month', 'the list behind the number')
        app.find('label', '2 records')
        app.quit()


uit.main()
