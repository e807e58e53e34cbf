#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of a workspace: what it is made of is arranged without code."""
import json
import re

import samples
import uit
from rows import has_label, row, walk


def open_settings(app, page=None):
    app.find('list item', 'Organisations')
    app.resize(1400, 900) # the pages stand in the header bar
    app.key('ctrl+comma')
    uit.wait(lambda: app.find_all('label', re.compile('^Stages of')) or app.find_all('tab'), 'the settings')
    if page is not None:
        app.click(app.find('tab', page))


def stages(file):
    found = samples.records(file, 'stage')
    return [stage['name'] for stage in sorted(found, key=lambda stage: stage['position'])]


@uit.test
def stages_are_put_in_order_by_keys_and_by_dragging():
    file = samples.with_deals('order')
    before = stages(file)
    with uit.App(file) as app:
        open_settings(app)
        uit.check_equal(app.unnamed(), [], 'what has no name')
        walk(app, before[1])
        app.key('ctrl+Up')
        app.find('label', 'Order changed')
        uit.wait(lambda: stages(file)[:2] == [before[1], before[0]], 'the second stage is the first')
        app.screenshot(samples.SHOTS / 'settings-pipelines.png')
        app.key('ctrl+Down')
        uit.wait(lambda: stages(file) == before, 'the keyboard stays with the row')
        app.key('ctrl+z')
        uit.wait(lambda: stages(file)[:2] == [before[1], before[0]], 'the last move is taken back')
        app.key('ctrl+Down')
        uit.wait(lambda: stages(file) == before, 'and done again, with the keyboard where it was')
        app.drag(row(app, before[0]), row(app, before[2]))
        uit.wait(lambda: stages(file)[:3] == [before[1], before[2], before[0]], 'the dragged stage is where it was dropped')

        # Two deals are in it.
        app.click(app.find('button', f'Delete “{before[0]}”'))
        app.find('label', re.compile('needed by 2 records.*Move them'))
        uit.check_equal(len(stages(file)), len(before), 'number of stages')
        app.quit()
    samples.ctl('check', file)


@uit.test
def a_pipeline_and_its_stages_are_added_and_renamed():
    file = samples.workspace('added')
    with uit.App(file) as app:
        open_settings(app)
        walk(app, 'Add a Pipeline')
        app.key('Return')
        app.find('window', 'Add Pipeline')
        app.type('Renewals')
        app.key('ctrl+Return')
        app.gone('window', 'Add Pipeline')
        app.find('label', 'Stages of “Renewals”')
        uit.check_equal(samples.record(file, 'pipeline', 'Renewals')['position'], 2, 'position')
        walk(app, 'Lost')
        app.key('Down', 'Tab')
        walk(app, 'Add a Stage')
        app.key('Return')
        app.find('window', 'Add Stage')
        app.screenshot(samples.SHOTS / 'settings-stage.png')
        app.key('ctrl+Return')
        app.find('label', re.compile('can’t be empty'))
        app.type('Asked')
        app.key('ctrl+Return')
        app.gone('window', 'Add Stage')
        made = samples.record(file, 'stage', 'Asked')
        uit.check_equal(made['pipeline'], samples.record(file, 'pipeline', 'Renewals')['id'], 'pipeline')
        walk(app, 'Asked')
        app.key('Return')
        app.find('window', 'Change Stage')
        app.key('ctrl+a')
        app.type('Reminded')
        app.key('ctrl+Return')
        uit.wait(lambda: 'Reminded' in stages(file), 'it is renamed')
        app.key('Delete')
        app.find('label', 'Stage deleted')
        uit.wait(lambda: 'Reminded' not in stages(file), 'it is deleted')
        app.key('ctrl+z')
        uit.wait(lambda: 'Reminded' in stages(file), 'it is there again')
        app.click(app.find('button', 'Delete “Renewals”'))
        uit.wait(lambda: 'Reminded' not in stages(file) and samples.count(file, 'pipeline') == 1, 'both are deleted')
        app.key('ctrl+z')
        uit.wait(lambda: 'Reminded' in stages(file) and samples.count(file, 'pipeline') == 2, 'one step takes it back')
        app.quit()
    samples.ctl('check', file)


def layout(file, kind):
    """How the pages of a kind of record are arranged: names of fields by group, and the hidden ones."""
    found = [one['layout'] for one in samples.records(file, 'page_layout') if one['entity_name'] == kind]
    if not found:
        return {}, []
    return {group['name']: group['fields'] for group in found[0]['groups']}, found[0]['hidden']


def choose(app, where, name):
    app.click(app.find('button', f'Menu of “{where}”'))
    app.click(app.find('menu item', name))
    app.gone('menu item', name)


def stands(app, page, upper, lower):
    """Whether the one label is above the other."""
    first, second = app.find_all('label', upper, within=page), app.find_all('label', lower, within=page)
    return first and second and first[0].extents[1] < second[-1].extents[1]


def in_order(app, *names):
    """Waits until these rows stand one below the other: the pointer goes where a row is, not where it was."""
    def stand():
        labels = {label.name: label for label in app.find_all('label', where=lambda node: node.name in names)}
        tops = [labels[name].extents[1] for name in names if name in labels]
        return len(tops) == len(names) and tops == sorted(tops)

    uit.wait(stand, f'the order {names}')


@uit.test
def pages_are_arranged_by_dragging_and_by_keys():
    file = samples.with_deals('layout')
    with uit.App(file) as app:
        open_settings(app, 'Layout')
        combo = app.find('combo box', 'Kind of record')
        app.click(combo)
        app.click(app.find('label', 'Pipelines', within=combo))
        row(app, 'Position')
        unnamed = [node for node in app.unnamed() if node.role != 'list item' and node.name != 'GtkListView']
        uit.check_equal(unnamed, [], 'what has no name')
        walk(app, 'Add a Group')
        app.key('Return')
        app.find('dialog', 'Add a Group')
        app.type('Looks & more')
        app.key('Return')
        app.find('label', 'Group added')
        uit.wait(lambda: 'group_1' in layout(file, 'pipeline')[0], 'the group is there')

        # Pointer: into another group, and the whole group to the front
        row(app, 'No field yet: drag one here')
        app.drag(row(app, 'Position'), row(app, 'No field yet: drag one here'))
        app.find('label', 'Field moved')
        uit.wait(lambda: layout(file, 'pipeline')[0]['group_1'] == ['position'], 'the position is in the new group')
        in_order(app, 'Name', 'Looks & more', 'Position')
        app.drag(app.find('image', 'Drag “Looks & more”'), row(app, 'Name'))
        app.find('label', 'Group moved')
        uit.wait(lambda: list(layout(file, 'pipeline')[0]) == ['group_1', 'main'], 'the group is the first')
        uit.wait(lambda: has_label(app.focused(), 'Position'), 'the keyboard is in the group')

        # Keyboard: over the border of a group and back, hide, undo
        app.key('ctrl+Down')
        uit.wait(lambda: layout(file, 'pipeline')[0]['main'][0] == 'position', 'the position is in the other group')
        uit.wait(lambda: has_label(app.focused(), 'Position'), 'the keyboard goes with it')
        app.key('ctrl+z')
        uit.wait(lambda: layout(file, 'pipeline')[0]['group_1'] == ['position'], 'one step takes the move back')
        in_order(app, 'Looks & more', 'Position', 'Name', 'Default')
        choose(app, 'Default', 'Looks & more')
        uit.wait(lambda: layout(file, 'pipeline')[0]['group_1'] == ['position', 'is_default'], 'by the menu of the field')
        # Nothing is lost or done twice that is pressed while another act waits for the file
        with samples.held(file):
            app.key('ctrl+Up')
            app.key('ctrl+Down')
            app.key('ctrl+Up')
        uit.wait(lambda: layout(file, 'pipeline')[0]['group_1'] == ['is_default', 'position'], 'all keys count')
        app.key('ctrl+Down')
        uit.wait(lambda: layout(file, 'pipeline')[0]['group_1'] == ['position', 'is_default'], 'as it was')
        in_order(app, 'Looks & more', 'Position', 'Default', 'Name')
        uit.check_equal(len(samples.records(file, 'page_layout')), 1, 'layouts')
        app.click(app.find('check box', 'Position'))
        app.find('label', 'Field hidden')
        uit.wait(lambda: layout(file, 'pipeline')[1] == ['position'], 'the position is hidden')
        choose(app, 'Pipeline', 'Fold at First')
        app.find('label', 'Folded at first')
        app.screenshot(samples.SHOTS / 'settings-layout.png')

        # The page of a record is like that.
        pipeline = samples.records(file, 'pipeline')[0]
        app.open(samples.ctl('link', file, 'pipeline', pipeline['id']).strip())
        page = app.find('filler', pipeline['name'])
        uit.wait(lambda: stands(app, page, 'Looks & more', 'Pipeline'), 'the groups are in their order')
        app.gone('label', 'Position', within=page)
        app.click(app.find('button', 'Fields of “Pipeline”', within=page))
        app.find('label', 'Name', within=page)
        app.gone('label', 'Position', within=page)
        app.screenshot(samples.SHOTS / 'record-layout.png')

        app.key('ctrl+comma')
        app.click(row(app, 'Reset to the Standard Layout'))
        app.find('label', 'Layout reset')
        uit.wait(lambda: layout(file, 'pipeline') == ({}, []), 'nothing is arranged any more')
        app.key('ctrl+z')
        uit.wait(lambda: layout(file, 'pipeline')[1] == ['position'], 'until that is taken back')
        app.quit()
    samples.ctl('check', file)


@uit.test
def settings_fit_a_narrow_screen_in_french():
    with uit.App(samples.workspace('narrow'), env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+comma')
        # At the bottom, once the tabs in the header have gone
        app.click(app.find('combo box', 'Page des réglages'))
        app.key('Down', 'Down', 'Return')
        app.find('label', 'Rétablir la disposition d’origine')
        app.screenshot(samples.SHOTS / 'settings-layout-narrow.png')
        app.click(app.find('combo box', 'Page des réglages'))
        app.key('Home', 'Return')
        app.find('label', re.compile('^Étapes de'))
        app.screenshot(samples.SHOTS / 'settings-narrow.png')
        app.resize(1000, 640)
        # Wide again, the sidebar has its own width at once.
        uit.wait(lambda: app.find('list', 'Rubriques').extents[2] < 260, 'the sidebar is as wide as it was')
        app.quit()


def draw(file, name, *nodes):
    connections = [{'from': one['id'], 'outcome': 'next', 'to': other['id']} for one, other in zip(nodes, nodes[1:])]
    samples.ctl('workflow', 'draw', file, name, json.dumps({'nodes': nodes, 'connections': connections}))
    samples.ctl('workflow', 'publish', file, name)


@uit.test
def workflows_run_in_the_window_and_ask_what_to_do():
    file = samples.with_deals('automation')
    draw(file, 'Greet', {'id': 'start', 'kind': 'record_created', 'settings': {'entity': 'deal'}},
         {'id': 'task', 'kind': 'create_task', 'settings': {'title': 'Greet {{name}}'}}, {'id': 'end', 'kind': 'end'})
    draw(file, 'Tell', {'id': 'start', 'kind': 'by_hand', 'settings': {'entity': 'deal'}},
         {'id': 'call', 'kind': 'webhook', 'settings': {'url': 'http://127.0.0.1:9/', 'method': 'POST', 'body': {}}},
         {'id': 'end', 'kind': 'end', 'settings': {'label': 'Left'}})
    samples.ctl('new', file, 'deal', 'name=Refused')
    samples.ctl('workflow', 'start', file, 'Tell', 'Refused')
    samples.ctl('tick', file)
    with uit.App(file) as app:
        open_settings(app, 'Automation')
        app.click(app.find('label', 'Tell: Refused'))
        app.click(app.find('label', 'Edit and Send Again…'))
        app.find('entry', 'What is sent')
        app.answer(re.compile('Cancel'))
        app.click(app.find('label', 'Skip'))
        app.find('label', 'Nothing that workflows send waits for you.')
        app.screenshot(samples.SHOTS / 'settings-automation.png')
        samples.ctl('new', file, 'deal', 'name=From outside')
        uit.wait(lambda: samples.count(file, 'task') == 2, 'the window lets the workflow run')
        uit.wait(lambda: '"label":"Left"' in samples.ctl('workflow', 'runs', file, 'Tell', '--json').replace(' ', ''), 'the run has ended')
        app.click(app.find('check box', 'Greet'))
        uit.wait(lambda: samples.record(file, 'workflow', 'Greet')['state'] == 'paused', 'the workflow rests')
        app.quit()
    samples.ctl('check', file)


@uit.test
def metrics_are_defined_without_code():
    file = samples.with_deals('metrics')
    with uit.App(file) as app:
        open_settings(app, 'Metrics')
        app.find('label', 'Metrics of the Program')
        app.click(app.find('label', 'Add a Metric'))
        window = app.find('window', 'Add Metric')
        app.type('Value of a deal')
        for title, line in (('Measure', 'Sum: Amount'), ('Divided by', 'Number of records')):
            combo = app.find('combo box', title, within=window)
            while app.point(combo)[1] > 640:
                app.scroll(window, 3)
            app.click(combo)
            app.click(app.find('label', line, within=combo))
        app.find('label', 'Sum of Amount (Deals), divided by Deals')
        app.key('ctrl+Return')
        app.gone('window', 'Add Metric')
        app.find('label', re.compile('Sum of Amount .Deals., divided by Deals$'))
        metric = samples.record_by(file, 'metric', 'name', 'Value of a deal')
        uit.check_equal([metric['code'], metric['definition']['formula'], metric['definition']['unit']],
                        ['value_of_a_deal', 'part / whole', 'money'], 'what is stored')
        amounts = [float(deal['amount']['amount']) for deal in samples.records(file, 'deal') if deal.get('amount')]
        told = json.loads(samples.ctl('metric', 'value', file, 'value_of_a_deal', '--json'))['rows'][0]['measures'][0]
        told = float(told['amount'] if isinstance(told, dict) else told)
        uit.check(abs(told - sum(amounts) / len(samples.records(file, 'deal'))) < 0.01, f'{told} is the average')
        app.click(app.find('button', 'Duplicate “Value of a deal”'))
        app.find('window', 'Add Metric')
        app.key('ctrl+Return')
        app.find('label', 'Value of a deal (copy)')
        app.click(app.find('button', 'Delete “Value of a deal (copy)”'))
        app.gone('label', 'Value of a deal (copy)')
        app.key('ctrl+z')
        app.find('label', 'Value of a deal (copy)')
        app.screenshot(samples.SHOTS / 'settings-metrics.png')
        app.quit()


@uit.test
def goals_are_set_and_people_are_not_compared():
    file = samples.with_deals('goals')
    with uit.App(file) as app:
        app.resize(1280, 960)
        open_settings(app, 'Goals')
        app.click(app.find('label', 'Add a Goal'))
        window = app.find('window', 'Add Goal')
        app.type('Twenty deals')
        combo = app.find('combo box', 'Metric', within=window)
        app.click(combo)
        app.click(app.find('label', 'Number of deals', within=combo))
        app.click(app.find('entry', 'Target', within=window))
        app.type('20')
        app.key('ctrl+Return')
        app.gone('window', 'Add Goal')
        app.find('label', 'Twenty deals')
        uit.check_equal(samples.record_by(file, 'goal', 'name', 'Twenty deals')['metric'], 'deals', 'its metric')
        compared = lambda: json.loads(samples.ctl('people', 'badges', file, '--json'))['leaderboards_on']
        app.click(app.find('label', 'Leaderboards'))
        uit.wait(lambda: not compared(), 'nobody is compared')
        app.find('label', 'Leaderboards switched off')
        app.key('ctrl+z')
        uit.wait(compared, 'people are compared again')
        app.find('label', 'Leaderboards')
        app.screenshot(samples.SHOTS / 'settings-goals.png')
        app.quit()


uit.main()
