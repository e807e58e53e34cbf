#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows are drawn with the pointer and with the keyboard, kept with each edit, taken back and published."""
import json
import re

import samples
import uit


def drawing(file):
    """The steps and connections as they are in the file."""
    root = samples.record(file, 'workflow', 'New workflow').get('definition') or {'nodes': [], 'connections': []}
    root = json.loads(root) if isinstance(root, str) else root
    kinds = {step['id']: step['kind'] for step in root['nodes']}
    return sorted(kinds.values()), sorted((kinds[way['from']], way['outcome'], kinds[way['to']])
                                          for way in root['connections'])


def drawn(file, steps, ways):
    uit.wait(lambda: drawing(file) == (sorted(steps), sorted(ways)), f'the drawing is {steps}, {ways}')


def new_workflow(app):
    app.resize(1280, 800)
    app.click(app.find('list item', 'Workflows'))
    app.key('ctrl+n')
    app.find('label', 'Nothing is drawn yet')


def step(app, name):
    """A step on the canvas, not the one in the list beside it."""
    return app.find('list item', name, within=app.find('panel', 'Workflow'))


def check_names(app):
    # The button that closes a toast is libadwaita's.
    uit.check_equal([node for node in app.unnamed() if node.name != 'GtkImage'], [], 'controls without a name')


def choose(app, text, name):
    """A step out of the popover, by its name."""
    uit.wait(lambda: app.focused() is not None and app.focused().role == 'entry', 'the search has the keyboard')
    app.type(text)
    app.key('Return')
    return step(app, name)


@uit.test
def a_workflow_is_drawn_with_the_keyboard():
    file = samples.with_deals('flow')
    with uit.App(file) as app:
        new_workflow(app)
        app.key('a')
        choose(app, 'by hand', 'By hand')
        app.key('a')
        choose(app, 'create task', 'Create task')
        app.key('a')
        choose(app, 'end', 'End')
        drawn(file, ['by_hand', 'create_task', 'end'], [('by_hand', 'next', 'create_task'), ('create_task', 'next', 'end')])

        check_names(app)

        # Back to the start, and from there to the end as well
        app.key('Home', 'c', 'Down', 'Down', 'Return')
        both = [('by_hand', 'next', 'create_task'), ('by_hand', 'next', 'end'), ('create_task', 'next', 'end')]
        drawn(file, ['by_hand', 'create_task', 'end'], both)

        # What is deleted is bridged, and comes back
        app.key('Home', 'Down', 'Delete')
        drawn(file, ['by_hand', 'end'], [('by_hand', 'next', 'end')])
        app.key('ctrl+z')
        step(app, 'Create task')
        drawn(file, ['by_hand', 'create_task', 'end'], both)

        # Steps go through the clipboard, with what connects them
        app.key('ctrl+a', 'ctrl+c', 'ctrl+v')
        uit.wait(lambda: len(drawing(file)[0]) == 6 and len(drawing(file)[1]) == 6, 'all of it is there twice')


@uit.test
def a_workflow_is_drawn_with_the_pointer():
    file = samples.with_deals('flow')
    with uit.App(file) as app:
        new_workflow(app)

        # Out of the list onto the canvas; from the outlet of a step to nothing, and between two
        x, y = app.point(app.find('label', 'Nothing is drawn yet'))
        app.drag(app.point(app.find('list item', 'By hand')), (x, y - 150))
        drawn(file, ['by_hand'], [])
        app.key('Escape', '0')
        app.rest()
        left, top, width, height = step(app, 'By hand').rect
        outlet = (left + width // 2, top + height)
        app.drag(outlet, (outlet[0], outlet[1] + 180))
        uit.wait(lambda: app.focused() is not None and app.focused().role == 'entry', 'the search has the keyboard')
        app.type('end')
        app.key('Return')
        drawn(file, ['by_hand', 'end'], [('by_hand', 'next', 'end')])
        app.drag(app.point(app.find('list item', 'Create task')), (outlet[0], outlet[1] + 90))
        drawn(file, ['by_hand', 'create_task', 'end'], [('by_hand', 'next', 'create_task'), ('create_task', 'next', 'end')])
        app.find('button', re.compile('^[0-9]+ things? stands? in the way of publishing'))

        # What can be done with a step is in its menu
        app.click(step(app, 'Create task'), button=3)
        app.click(app.find('menu item', 'Delete'))
        drawn(file, ['by_hand', 'end'], [('by_hand', 'next', 'end')])


def settings(file):
    """What each step does, by its kind."""
    root = samples.record(file, 'workflow', 'New workflow').get('definition') or {'nodes': []}
    root = json.loads(root) if isinstance(root, str) else root
    return {step['kind']: step.get('settings', {}) for step in root['nodes']}


def walk_to(app, name):
    """With Tab, to what has that name."""
    for _ in range(30):
        focused = app.focused()
        if focused is not None and any(node.name == name for node in focused.walk()):
            return
        app.key('Tab')
    raise uit.Failure(f'the keyboard does not come to {name}')


@uit.test
def steps_are_set_up_with_the_keyboard():
    file = samples.with_deals('panel')
    with uit.App(file) as app:
        new_workflow(app)
        app.key('a')
        choose(app, 'by hand', 'By hand')
        app.key('Return')
        combo = app.find('combo box', 'Records')
        app.click(combo)
        app.click(app.find('label', 'Deals', within=combo))
        uit.wait(lambda: settings(file)['by_hand'] == {'entity': 'deal'}, 'it is about deals')
        app.key('Escape', 'a')
        choose(app, 'wait', 'Wait')
        app.key('Return')
        walk_to(app, 'For')
        app.type('3')
        uit.wait(lambda: settings(file)['wait'] == {'for': {'amount': 3, 'unit': 'days'}}, 'it waits for three days')

        # Conditions are put together as those of lists are
        app.key('Escape', 'a')
        uit.wait(lambda: app.focused() is not None and app.focused().role == 'entry', 'the search has the keyboard')
        app.type('if')
        uit.wait(lambda: len(app.find_all('list item', 'Notify')) >= 1, 'only some are offered')
        app.click(app.find_all('list item', 'If')[-1])
        uit.wait(lambda: 'if' in settings(file), 'it is drawn')
        app.key('Return')
        walk_to(app, 'Not set yet')
        app.key('Return')
        app.click(app.find('button', 'Add a Condition'))
        app.find('entry', 'Which field?')
        app.type('Source')
        app.key('Return')
        app.click(app.find('check box', 'Referral'))
        app.click(app.find_all('button', re.compile('Apply'))[-1])
        app.find('button', 'Remove Condition')
        app.key('ctrl+s')
        app.find('label', 'Source is Referral')
        uit.wait(lambda: settings(file)['if']['where']['field'] == 'source', 'the condition is kept')

        # What was said is not said again by the next one, and all of it is taken back one by one
        app.key('Escape', 'a')
        choose(app, 'split', 'Split')
        app.key('Return')
        walk_to(app, 'Add a Variant')
        for name in ('One', 'Two'):
            if name == 'One':
                app.key('space')
            else:
                app.click(app.find('button', 'Add a Variant'))
            app.find('button', 'Move Up', where=lambda node, name=name: name == 'One' or node.has('sensitive'))
            app.type(name)
            uit.wait(lambda name=name: settings(file)['split'].get('branches', [{}])[-1].get('label') == name, 'it is kept')
        uit.check_equal([branch['weight'] for branch in settings(file)['split']['branches']], [50, 50], 'shares')
        check_names(app)
        app.key('Escape', 'ctrl+z')
        uit.wait(lambda: 'label' not in settings(file)['split']['branches'][-1], 'the last name is taken back')


if __name__ == '__main__':
    uit.main()
