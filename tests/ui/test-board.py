#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The board of deals: cards are dragged and moved by keys, and go back."""
import re
import time

import samples
import uit


def card(app, title):
    return app.find('list item', re.compile(rf'^{title}(,|$)'))


def column(app, title):
    return app.find('list', title)


def stage_of(app, title):
    """The column that a card stands in; None while it is nowhere."""
    found = app.find_all('list item', re.compile(rf'^{title}(,|$)'))
    return found[0].parent.name if len(found) == 1 else None


def wait_stage(app, title, stage):
    uit.wait(lambda: stage_of(app, title) == stage, f'{title} is in {stage}')


def stored_stage(file, title):
    stages = {one['id']: one['name'] for one in samples.records(file, 'stage')}
    return stages[samples.record(file, 'deal', title)['stage']]


@uit.test
def card_is_dragged_to_won_and_undone():
    file = samples.with_deals('drag')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+5', 'Deals')
        app.find('label', '2 records · €3,500')
        start = card(app, 'Chairs')
        x, y, _, _ = app.find('label', 'Won').rect
        app.drag(start, (x + 60, y + 120), steps=20)
        undo = app.find('label', 'Undo')
        uit.check_equal(stage_of(app, 'Chairs'), 'Won', 'column')
        uit.check_equal(stored_stage(file, 'Chairs'), 'Won', 'stage')
        app.find('label', '1 record · €2,500')
        app.screenshot(samples.SHOTS / 'board-won.png')
        app.click(undo)
        wait_stage(app, 'Chairs', 'New')
        app.find('label', '2 records · €3,500')
        uit.check_equal(stored_stage(file, 'Chairs'), 'New', 'stage')
        app.quit()


@uit.test
def escape_leaves_the_card_where_it_was():
    file = samples.with_deals('escape')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        start = card(app, 'Chairs')
        x, y, _, _ = app.find('label', 'Qualified').rect
        app.drag(start, (x + 60, y + 120), keys=('Escape',))
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone'))
        wait_stage(app, 'Chairs', 'New')
        uit.check(not app.find_all('list item', re.compile('^Carpets, ')), 'what was undone is the last deal made')
        app.quit()


@uit.test
def cards_are_moved_and_opened_by_keys():
    file = samples.with_deals('keys')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        card(app, 'Lamps')
        uit.wait(lambda: app.focused() and app.focused().parent.name == 'New', 'the first card has the keyboard')
        title = app.focused().name.split(',')[0]
        app.key('ctrl+Right')
        wait_stage(app, title, 'Qualified')
        uit.wait(lambda: app.focused() and app.focused().name.startswith(title), 'the card keeps the keyboard')
        app.key('ctrl+Left')
        wait_stage(app, title, 'New')
        app.key('Right')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Lamps'), 'the next column has the keyboard')
        app.key('Return')
        uit.wait(lambda: samples.title(app) == 'Lamps', 'the deal is open')
        app.key('alt+Left')
        uit.wait(lambda: samples.title(app) == 'Deals', 'the board is back')
        app.quit()


@uit.test
def cards_go_to_and_fro_faster_than_toasts():
    file = samples.with_deals('fast')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        card(app, 'Lamps')
        uit.wait(lambda: app.focused() and app.focused().parent.name == 'New', 'the first card has the keyboard')
        title = app.focused().name.split(',')[0]
        for pause in (0.05, 0.1, 0.15, 0.2) * 4:
            app.key('ctrl+Right')
            time.sleep(pause)
            app.key('ctrl+z')
            time.sleep(pause)
        wait_stage(app, title, 'New')
        # Time for what is still moving to come to its end
        time.sleep(1)
        app.key('ctrl+Right')
        wait_stage(app, title, 'Qualified')
        app.find('label', 'Undo')
        app.quit()


@uit.test
def stages_ask_for_what_a_deal_needs_before_it_goes_on():
    file = samples.with_deals('exits')
    samples.ctl('set', file, 'stage', 'Qualified', 'exit_fields=next_step;amount')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+5', 'Deals')
        start = card(app, 'Lamps')
        x, y, _, _ = app.find('label', 'Negotiation').rect
        app.drag(start, (x + 60, y + 120), steps=20, drop=False)
        uit.wait(lambda: len(app.find_all('label', 'First fill in: Next step')) == 3, 'later columns say it')
        app.screenshot(samples.SHOTS / 'board-asks.png')
        app.xdotool('mouseup', 1)
        app.find('entry', re.compile('Next step'))
        app.gone('label', 'First fill in: Next step')
        app.screenshot(samples.SHOTS / 'board-asks-form.png')
        app.key('Escape')
        app.gone('entry', re.compile('Next step'))
        wait_stage(app, 'Lamps', 'Qualified')
        app.key('ctrl+Right')
        app.find('entry', re.compile('Next step'))
        app.type('Call back')
        app.key('ctrl+Return')
        wait_stage(app, 'Lamps', 'Proposal')
        uit.check_equal(samples.record(file, 'deal', 'Lamps')['next_step'], 'Call back')
        app.key('ctrl+z')
        wait_stage(app, 'Lamps', 'Qualified')
        uit.check('next_step' not in samples.record(file, 'deal', 'Lamps'), 'both are taken back as one')
        app.key('ctrl+Left')
        wait_stage(app, 'Lamps', 'New')
        app.quit()


@uit.test
def what_another_process_changes_moves_on_the_board():
    file = samples.with_deals('outside')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        wait_stage(app, 'Lamps', 'Qualified')
        samples.ctl('set', file, 'deal', 'Lamps', 'stage=Proposal')
        wait_stage(app, 'Lamps', 'Proposal')
        samples.ctl('delete', file, 'deal', 'Lamps')
        app.gone('list item', re.compile('^Lamps, '))
        app.quit()


def with_a_lost_stage(name):
    """A deal comes back from the trash when its stage is gone."""
    file = samples.with_deals(name)
    deal = samples.record(file, 'deal', 'Lamps')['id']
    samples.ctl('delete', file, 'deal', deal)
    samples.ctl('delete', file, 'stage', 'Qualified')
    samples.ctl('restore', file, 'deal', deal)
    return file


@uit.test
def deals_without_a_stage_are_shown():
    file = with_a_lost_stage('lost-stage')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+5', 'Deals')
        wait_stage(app, 'Lamps', 'Without a stage')
        app.find('label', '4 records')
        app.screenshot(samples.SHOTS / 'board-without-a-stage.png')
        uit.check(not app.find_all('button', 'Add to “Without a stage”'), 'nothing is put into that column')
        x, y, _, _ = app.find('label', 'Without a stage').rect
        app.drag(card(app, 'Chairs'), (x + 60, y + 120), steps=20)
        uit.check_equal(stage_of(app, 'Chairs'), 'New', 'column')
        start = card(app, 'Lamps')
        x, y, _, _ = app.find('label', 'Proposal').rect
        app.drag(start, (x + 60, y + 120), steps=20)
        app.find('label', 'Moved to “Proposal”')
        wait_stage(app, 'Lamps', 'Proposal')
        app.gone('label', 'Without a stage')
        uit.check_equal(stored_stage(file, 'Lamps'), 'Proposal', 'stage')
        app.key('ctrl+z')
        wait_stage(app, 'Lamps', 'Without a stage')

        # Across lanes the stage stays as it was, in the trash
        stage = samples.record(file, 'deal', 'Lamps')['stage']
        divide(app, 'Source')
        app.find('panel', 'Other', within=here(app))
        samples.go(app, 'ctrl+7', 'Tasks')
        samples.go(app, 'ctrl+5', 'Deals')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Lamps'), 'the first card has the keyboard')
        app.key('ctrl+Up')
        app.find('label', 'Moved to “Without a stage”, “Other”')
        moved = samples.record(file, 'deal', 'Lamps')
        uit.check_equal((moved['stage'], moved['source']), (stage, 'other'), 'only the source')
        app.quit()


@uit.test
def a_deal_without_a_stage_is_moved_by_keys():
    file = with_a_lost_stage('lost-keys')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Lamps'), 'the first card has the keyboard')
        app.key('ctrl+Right')
        wait_stage(app, 'Lamps', 'New')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Lamps'), 'the card keeps the keyboard')
        app.key('ctrl+Left')
        app.key('ctrl+Right')
        wait_stage(app, 'Lamps', 'Proposal')
        app.quit()


@uit.test
def words_and_conditions_narrow_the_board():
    file = samples.with_deals('narrow')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        app.find('label', '4 records')
        app.key('ctrl+f')
        app.type('lamp')
        app.find('label', '1 record')
        app.gone('list item', re.compile('^Desks, '))
        uit.check_equal(stage_of(app, 'Lamps'), 'Qualified', 'column')
        samples.ctl('new', file, 'deal', 'name=Lamp shades', 'organisation=Isdom', 'stage=Proposal')
        samples.ctl('new', file, 'deal', 'name=Shelves', 'organisation=Cancity', 'stage=Proposal')
        wait_stage(app, 'Lamp shades', 'Proposal')
        app.find('label', '2 records')
        uit.check(not app.find_all('list item', re.compile('^Shelves, ')), 'what does not match stays away')
        app.key('Escape')
        wait_stage(app, 'Shelves', 'Proposal')
        app.find('label', '6 records')
        app.quit()


@uit.test
def what_is_shown_is_exported():
    file = samples.with_deals('export')
    written = samples.path('board.csv')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        app.key('ctrl+f')
        app.type('lamp')
        app.find('label', '1 record')
        app.key('ctrl+e')
        samples.enter_file(app, written)
        app.find('label', '1 record exported')
        text = written.read_text(encoding='utf-8')
        uit.check('Lamps' in text and 'Desks' not in text, 'what was found, and nothing else')
        app.quit()


@uit.test
def stages_are_put_into_order():
    file = samples.with_deals('stages')
    with uit.App(file) as app:
        samples.go(app, 'ctrl+5', 'Deals')
        app.find('label', 'Qualified')
        columns = [one.name for one in app.find_all('panel', re.compile('^(New|Qualified|Proposal)$'))]
        uit.check_equal(columns, ['New', 'Qualified', 'Proposal'], 'the columns')
        app.click(app.find('button', 'Edit “Qualified”'))
        uit.wait(lambda: samples.title(app) == 'Qualified', 'the page of the stage')
        app.click(app.find('entry', re.compile('^Position')))
        app.key('ctrl+a')
        app.type('0')
        app.key('Tab')
        app.find('label', 'Position changed')
        app.key('alt+Left')
        uit.wait(lambda: [one.name for one in app.find_all('panel', re.compile('^(New|Qualified|Proposal)$'))] ==
                 ['Qualified', 'New', 'Proposal'], 'the stage goes to the front')
        app.quit()


def with_tasks(name):
    file = samples.workspace(name)
    for title, status, priority in (('Call Isdom', 'to_do', 'high'), ('Write offer', 'to_do', 'normal'),
                                    ('Send samples', 'in_progress', 'high')):
        samples.ctl('new', file, 'task', f'title={title}', f'status={status}', f'priority={priority}')
    return file


def here(app):
    """What the window shows; the views of other places are in the tree too."""
    return app.find('filler', samples.title(app))


def as_board(app):
    app.find('label', '3 records')
    app.click(app.find('button', 'Board', within=here(app)))
    app.find('list', 'To do')


@uit.test
def tasks_are_a_board_by_any_choice():
    file = with_tasks('tasks')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+7', 'Tasks')
        as_board(app)
        wait_stage(app, 'Call Isdom', 'To do')
        wait_stage(app, 'Send samples', 'In progress')
        app.screenshot(samples.SHOTS / 'board-tasks.png')
        x, y, _, _ = app.find('label', 'Done').rect
        app.drag(card(app, 'Send samples'), (x + 60, y + 120), steps=20)
        wait_stage(app, 'Send samples', 'Done')
        uit.check(samples.record_by(file, 'task', 'title', 'Send samples')['completed_at'], 'the behaviours act')
        app.key('ctrl+z')
        wait_stage(app, 'Send samples', 'In progress')

        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find('menu item', 'Priority'))
        wait_stage(app, 'Send samples', 'High')
        wait_stage(app, 'Write offer', 'Normal')
        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find('menu item', 'Assigned to'))
        uit.wait(lambda: stage_of(app, 'Write offer') not in (None, 'Normal'), 'a column for the person')
        x, y, _, _ = app.find('label', 'Not assigned').rect
        app.drag(card(app, 'Write offer'), (x + 60, y + 120), steps=20)
        wait_stage(app, 'Write offer', 'Not assigned')
        samples.go(app, 'ctrl+3', 'Contacts')
        app.key('ctrl+7')
        wait_stage(app, 'Write offer', 'Not assigned')
        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find('menu item', 'Priority'))
        wait_stage(app, 'Write offer', 'Normal')
        samples.ctl('set', file, 'task', 'Write offer', 'due_on=2090-01-06', 'recurrence=FREQ=WEEKLY')
        x, y, _, _ = app.find('label', 'High').rect
        app.drag(card(app, 'Write offer'), (x + 60, y + 120), steps=20)
        app.find('label', 'Change a Repeating Task')
        app.key('Return')
        wait_stage(app, 'Write offer', 'High')
        app.click(app.find('button', 'List', within=here(app)))
        app.gone('list', 'Not assigned')
        app.quit()


def place_of(app, title):
    """Lane and column of a card; None while it is nowhere."""
    found = app.find_all('list item', re.compile(rf'^{title}(,|$)'), within=here(app))
    if len(found) != 1:
        return None
    lane = found[0]
    while lane.parent and not (lane.role == 'panel' and lane.name.startswith(('High', 'Normal', 'Low', 'Urgent', 'Priority'))):
        lane = lane.parent
    return lane.name, found[0].parent.name


def divide(app, field):
    """Makes lanes by a field: it is in the main menu, too, as columns."""
    app.click(app.find('button', 'Columns', within=here(app)))
    app.click(app.find('menu item', 'Lanes'))
    app.find('menu item', 'No Lanes')
    app.click(app.find_all('menu item', field)[-1])


def wait_place(app, title, lane, column):
    uit.wait(lambda: place_of(app, title) == (lane, column), f'{title} is in {column} of {lane}')


@uit.test
def lanes_divide_a_board_and_cards_go_across_them():
    file = with_tasks('lanes')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+7', 'Tasks')
        as_board(app)
        divide(app, 'Priority')
        wait_place(app, 'Call Isdom', 'High', 'To do')
        wait_place(app, 'Write offer', 'Normal', 'To do')
        wait_place(app, 'Send samples', 'High', 'In progress')
        app.screenshot(samples.SHOTS / 'board-lanes.png')

        # With the pointer, to another column of another lane: one act
        x, y, width, _ = app.find('panel', 'Done', within=here(app)).rect
        low = app.find('panel', 'Low', within=here(app)).rect
        app.drag(card(app, 'Call Isdom'), (x + width // 2, low[1] + low[3] - 30), steps=20)
        app.find('label', 'Moved to “Done”, “Low”')
        wait_place(app, 'Call Isdom', 'Low', 'Done')
        stored = samples.record_by(file, 'task', 'title', 'Call Isdom')
        uit.check_equal((stored['status'], stored['priority']), ('done', 'low'), 'both fields')
        app.key('ctrl+z')
        app.find('label', re.compile('^Undone'))
        wait_place(app, 'Call Isdom', 'High', 'To do')
        stored = samples.record_by(file, 'task', 'title', 'Call Isdom')
        uit.check_equal((stored['status'], stored['priority']), ('to_do', 'high'), 'both in one step')

        # With keys: the keyboard goes across lanes, and takes the card along
        for _ in range(3):
            if app.focused() and app.focused().name.startswith('Call Isdom'):
                break
            app.key('Left', 'Up')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Call Isdom'), 'the card has the keyboard')
        app.key('Down')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Write offer'), 'the next lane')
        app.key('ctrl+Up')
        wait_place(app, 'Write offer', 'High', 'To do')
        uit.wait(lambda: app.focused() and app.focused().name.startswith('Write offer'), 'the card keeps the keyboard')
        app.key('ctrl+Right')
        wait_place(app, 'Write offer', 'High', 'In progress')

        # A task that repeats: asked once for both
        samples.ctl('set', file, 'task', 'Send samples', 'due_on=2090-01-06', 'recurrence=FREQ=WEEKLY')
        x, y, width, _ = app.find('panel', 'To do', within=here(app)).rect
        normal = app.find('panel', 'Normal', within=here(app)).rect
        app.drag(card(app, 'Send samples'), (x + width // 2, normal[1] + normal[3] - 30), steps=20)
        app.find('label', 'Change a Repeating Task')
        app.key('Return')
        wait_place(app, 'Send samples', 'Normal', 'To do')
        app.key('ctrl+z')
        wait_place(app, 'Send samples', 'High', 'In progress')
        samples.ctl('set', file, 'task', 'Send samples', 'recurrence=')

        # A lane is folded by its head, with what is in it, and is so when the board comes again
        def shown():
            return {node.name.split(',')[0] for node in app.find_all('list item', within=here(app))}

        def head(lane):
            return app.find('button', f'Cards of “{lane}”', within=here(app))
        uit.check(head('High').has('expanded'), 'it is open')
        app.click(head('High'))
        uit.wait(lambda: shown() == set(), 'its cards are folded away')
        uit.check(not head('High').has('expanded'), 'and said to be')
        app.screenshot(samples.SHOTS / 'board-lanes-folded.png')
        app.key('space')
        uit.wait(lambda: 'Write offer' in shown(), 'they are there again')
        app.key('Return')
        uit.wait(lambda: shown() == set(), 'by both keys')
        samples.go(app, 'ctrl+3', 'Contacts')
        samples.go(app, 'ctrl+7', 'Tasks')
        app.click(app.find('button', 'List', within=here(app)))
        app.click(app.find('button', 'Board', within=here(app)))
        uit.wait(lambda: not head('High').has('expanded') and shown() == set(), 'it is remembered')
        app.click(head('Low'))
        uit.wait(lambda: not head('Low').has('expanded'), 'another one')
        app.click(head('High'))
        x, y, width, _ = app.find('panel', 'Done', within=here(app)).rect
        app.drag(card(app, 'Call Isdom'), (x + width // 2, head('Low').center[1]), steps=20)
        app.find('label', 'Moved to “Done”, “Low”')
        uit.wait(lambda: 'Call Isdom' not in shown(), 'it went where it is not seen')
        stored = samples.record_by(file, 'task', 'title', 'Call Isdom')
        uit.check_equal((stored['status'], stored['priority']), ('done', 'low'), 'to the column below whose head it was let go')
        app.key('ctrl+z')
        wait_place(app, 'Call Isdom', 'High', 'To do')
        app.click(head('Low'))
        uit.wait(lambda: head('Low').has('expanded'), 'all are open')

        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find(None, 'Hide What Is Empty', where=lambda node: 'menu item' in node.role or node.role == 'check box'))
        uit.wait(lambda: not app.find_all('panel', 'Low', within=here(app)), 'empty lanes go, too')
        app.quit()


@uit.test
def exit_rules_are_asked_when_lanes_are_stages():
    file = samples.with_deals('lane-exits')
    samples.ctl('set', file, 'stage', 'Qualified', 'exit_fields=next_step')
    with uit.App(file) as app:
        app.resize(1600, 1400)
        samples.go(app, 'ctrl+5', 'Deals')
        card(app, 'Lamps')
        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find('menu item', 'Source'))
        app.find('panel', 'Source: none', within=here(app))
        divide(app, 'Stage')
        lane = app.find('panel', 'Negotiation', within=here(app)).rect
        start = card(app, 'Lamps')
        app.drag(start, (start.center[0], lane[1] + lane[3] - 30), steps=20, drop=False)
        app.find('label', 'First fill in: Next step')
        app.screenshot(samples.SHOTS / 'board-lanes-ask.png')
        app.xdotool('mouseup', 1)
        app.find('entry', re.compile('Next step'))
        app.type('Call back')
        app.key('ctrl+Return')
        uit.wait(lambda: stored_stage(file, 'Lamps') == 'Negotiation', 'it is moved')
        uit.check_equal(samples.record(file, 'deal', 'Lamps')['next_step'], 'Call back')
        app.quit()


@uit.test
def columns_have_limits():
    file = with_tasks('limits')
    with uit.App(file) as app:
        app.resize(1600, 1000)
        samples.go(app, 'ctrl+7', 'Tasks')
        as_board(app)
        wait_stage(app, 'Call Isdom', 'To do')
        app.click(app.find('button', 'Columns', within=here(app)))
        app.click(app.find('menu item', 'Limits…'))
        spin = app.find('spin button', 'In progress')
        spin.set_value(1)
        app.screenshot(samples.SHOTS / 'board-limits-dialog.png')
        app.click(app.find('button', re.compile('Save$')))
        app.find('label', 'Limits changed')
        app.find('label', '1 record, at most 1')
        start = card(app, 'Call Isdom')
        x, y, _, _ = app.find('label', 'In progress').rect
        app.drag(start, (x + 60, y + 160), steps=20)
        app.find('label', 'Moved to “In progress”, which now holds more than it should')
        app.find('label', '2 records, too many: at most 1')
        app.screenshot(samples.SHOTS / 'board-limits.png')
        app.key('ctrl+z')
        app.find('label', '1 record, at most 1')
        app.key('ctrl+z')
        app.gone('label', '1 record, at most 1')
        app.quit()


uit.main()
