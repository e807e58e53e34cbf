# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of lists with a title, as the settings have them."""
import uit


def row(app, name):
    """The row of a list that has this title"""
    def look():
        for item in app.find_all('list item'):
            if any(node.role == 'label' and node.name == name for node in item.walk()):
                return item
        return None
    return uit.wait(look, f'the row {name}')


def has_label(node, name):
    return node is not None and any(one.name == name for one in node.walk())


def walk(app, name, times=60):
    """The keyboard to the row that has this title, down from where it is"""
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
