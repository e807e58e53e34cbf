#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of a workspace: what it is made of is arranged without code."""
import re

import samples
import uit


def open_settings(app, page=None):
    app.find('list item', 'Organisations')
    app.key('ctrl+comma')
    uit.wait(lambda: app.find_all('label', re.compile('^Stages of')) or app.find_all('tab'), 'the settings')
    if page is not None:
        app.click(app.find('tab', page))


def stages(file):
    found = samples.records(file, 'stage')
    return [stage['name'] for stage in sorted(found, key=lambda stage: stage['position'])]


def row(app, name):
    """The row of a list that has this title."""
    def look():
        for item in app.find_all('list item'):
            if any(node.role == 'label' and node.name == name for node in item.walk()):
                return item
        return None
    return uit.wait(look, f'the row {name}')


def has_label(node, name):
    return node is not None and any(one.name == name for one in node.walk())


def walk(app, name, times=60):
    """The keyboard to the row that has this title, down from where it is."""
    for _ in range(times):
        focus = app.focused()
        if has_label(focus, name):
            return
        where = focus.where if focus else None
        app.key('Down')
        after = app.focused()
        if after is None or after.where == where:
            app.key('Tab')
    raise uit.Failure(f'the keyboard does not come to {name}')


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


@uit.test
def settings_fit_a_narrow_screen_in_french():
    with uit.App(samples.workspace('narrow'), env={**uit.FRENCH, **uit.DARK}) as app:
        app.resize(360 + 10, 640)
        uit.wait(lambda: app.windows()[0].extents[2] == 360, 'the window gets narrow')
        app.key('ctrl+comma')
        app.find('label', re.compile('^Étapes de'))
        app.screenshot(samples.SHOTS / 'settings-narrow.png')
        app.quit()


uit.main()
