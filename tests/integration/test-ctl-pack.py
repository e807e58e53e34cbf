#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs: installed, used, updated and taken away, by comptoirctl."""
import json
import os
import pathlib
import shutil

import ctltest
from ctltest import equal

PACKS = pathlib.Path(os.environ['CPT_PACKS'])
NAMES = ['music-agency', 'restaurant', 'third-party-marketing']
KINDS = ['custom_field', 'choice_list', 'pipeline', 'stage', 'saved_view', 'dashboard', 'organisation', 'product', 'deal',
         'activity', 'page_layout', 'rule', 'pack']


def counts(ctl):
    return {kind: ctl.count(kind) for kind in KINDS}


def a_pack(ctl, name='try', version=1, **files):
    folder = ctl.folder / name
    folder.mkdir(exist_ok=True)
    files.setdefault('pack', {'name': name, 'version': version, 'label': {'en': 'Try', 'fr': 'Essai'}})
    for file, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / f'{file}.json').write_text(text, encoding='utf-8')
    return folder


FIELD = {'key': 'colour', 'entity_name': 'contact', 'name': 'x_colour', 'label': {'en': 'Colour', 'fr': 'Couleur'},
         'kind': 'text'}


def test_shipped(ctl):
    """the packs that come with the program install, check and go without a trace"""
    before = counts(ctl)
    equal([pack['name'] for pack in ctl.json('pack list')['packs']], NAMES)
    for name in NAMES:
        ctl.run('pack check', name)
        result = ctl.json('pack install', name)
        equal(result['created'], sum(len(json.loads(file.read_text()))
                                     for file in (PACKS / name).glob('*.json') if file.name != 'pack.json'))
        ctl.run('check')
    states = {pack['name']: pack['state'] for pack in ctl.json('pack list')['packs']}
    equal(states, dict.fromkeys(NAMES, 'installed'))
    for name in NAMES:
        result = ctl.json('pack remove', name)
        equal((result['changed'], result['used'], result['fields']), (0, 0, 0))
        ctl.run('check')
    equal(counts(ctl), before)


def test_both_languages(ctl):
    """a pack speaks the language of who installs it"""
    environment = {**os.environ, 'LANGUAGE': 'fr', 'LC_ALL': 'C.UTF-8'}
    ctl.run('pack install', 'restaurant', env=environment)
    labels = [field['label'] for field in ctl.records('custom_field')]
    assert 'Couverts' in labels and 'Guests' not in labels, labels


def test_currency(ctl):
    """amounts of samples are in the money of the workspace"""
    for currency in ('USD', 'JPY'):
        file = ctl.folder / f'{currency}.comptoir'
        ctl.raw('init', file, '--currency', currency)
        ctl.raw('pack', 'install', file, 'restaurant')
        ctl.raw('pack', 'install', file, 'music-agency')
        for kind, column in (('product', 'price'), ('deal', 'amount')):
            listed = ctl.raw('list', file, kind, '--columns', column, '--json').out
            assert currency in listed and 'EUR' not in listed, listed


def test_values(ctl):
    """records of a pack have values in its fields, and links among them"""
    ctl.run('pack install', 'music-agency')
    deals = ctl.json('list', 'deal', '--columns', 'name,x_label,x_genre,x_media_youtube,x_rate_youtube,stage')['records']
    lune = next(deal for deal in deals if 'Lune' in deal['name'])
    assert 'pop' in json.dumps(lune) and '8000' in json.dumps(lune), lune


def test_measures(ctl):
    """the stock of a dish is what was measured last, wherever that came from"""
    ctl.run('settings', '--zone', 'UTC')
    ctl.run('pack install', 'restaurant')

    def stock(name):
        rows = ctl.records('product', '--columns', 'name,x_stock_level,x_stock_at,x_stock_low')
        row = next(row for row in rows if name in row['name'])
        return row['x_stock_level'], (row['x_stock_at'] or '')[:10], row['x_stock_low']

    equal((stock('Pumpkin')[0], stock('Pumpkin')[2], stock('Lemon')), (7, True, (12, '', False)))
    ctl.run('import', ctl.write('scale.csv', 'at,Stock measured of,Level measured,Source of the measure\n'
                                '2090-01-02 06:00,"Lemon tart (sample)",3,Scale\n2090-01-01 06:00,"Lemon tart (sample)",40,Scale\n'
                                '2090-01-01 06:00,Pumpkin soup (sample),25,Scale\n'), '--as', 'activity')
    equal((stock('Lemon'), stock('Pumpkin')), ((3, '2090-01-02', True), (25, '2090-01-01', False)))
    ctl.run('undo')
    equal((stock('Pumpkin')[0], stock('Lemon')), (7, (12, '', False)))
    assert 'whose stock' in ctl.run('new', 'activity', 'x_stock_measured=3', status=1).err
    group = next(row['id'] for row in ctl.records('deal') if 'Birthday' in row['name'])
    confirmed = next(stage['id'] for stage in ctl.records('stage') if stage['name'] == 'Confirmed')
    assert 'dietary needs' in ctl.run('set', 'deal', group, f'stage={confirmed}', status=1).err
    ctl.run('set', 'deal', group, f'stage={confirmed}', 'x_dietary_needs=none')
    assert 'for when' in ctl.run('set', 'deal', group, 'x_booked_for=', status=1).err
    ctl.run('check')


def page(ctl, entity):
    """Titles of the groups of a page, and the fields of the second one."""
    groups = ctl.json('layout show', entity)['groups']
    return [group['title'] for group in groups], [field['name'] for field in groups[1]['fields']]


def test_pages(ctl):
    """a pack arranges pages, unless somebody did, and nothing is left of that"""
    before = page(ctl, 'deal')
    ctl.run('pack install', 'third-party-marketing')
    titles, fields = page(ctl, 'deal')
    equal((titles[1], fields), ('Mandate', ['x_share_class', 'x_commitment', 'x_retrocession']))
    ctl.run('undo')
    equal(page(ctl, 'deal'), before)

    layout = {'key': 'page', 'entity_name': 'contact',
              'layout': {'groups': [{'name': 'main'}, {'name': 'colours', 'title': {'en': 'Colours', 'fr': 'Couleurs'},
                                                       'fields': ['x_colour']}]}}
    folder = a_pack(ctl, custom_field=[FIELD], page_layout=[layout])
    before = page(ctl, 'contact')
    ctl.run('pack install', folder)
    titles, fields = page(ctl, 'contact')
    equal((titles[1], fields), ('Colours', ['x_colour']))
    a_pack(ctl, version=2, custom_field=[FIELD],
           page_layout=[{**layout, 'layout': {'groups': [{'name': 'main'}, {'name': 'colours', 'title': 'Paint'}]}}])
    ctl.run('pack update', folder)
    assert 'Paint' not in page(ctl, 'contact')[0], 'a group without fields is not there'
    a_pack(ctl, version=3, custom_field=[FIELD], page_layout=[layout])
    ctl.run('pack update', folder)
    equal(page(ctl, 'contact')[0][1], 'Colours')
    ctl.run('pack remove', 'try')
    equal((page(ctl, 'contact'), ctl.count('page_layout')), (before, 0))
    ctl.run('check')

    mine = ctl.folder / 'mine.json'
    mine.write_text(json.dumps({'groups': [{'name': 'main'}, {'name': 'mine', 'title': 'Mine', 'fields': ['notes']}]}))
    ctl.run('layout set', 'contact', f'@{mine}')
    result = ctl.json('pack install', folder)
    equal(result['created'], 1)
    equal((page(ctl, 'contact')[0][1], ctl.count('page_layout')), ('Mine', 1))
    ctl.run('pack update', folder)
    ctl.run('pack remove', 'try')
    equal((page(ctl, 'contact')[0][1], ctl.count('page_layout')), ('Mine', 1))
    ctl.run('check')


def test_rules(ctl):
    """rules of a pack ask what they are about alone, come with an update, and go with the pack"""
    folder = ctl.folder / 'music-agency'
    shutil.copytree(PACKS / 'music-agency', folder)
    (folder / 'rule.json').unlink()
    pack = json.loads((folder / 'pack.json').read_text())
    (folder / 'pack.json').write_text(json.dumps({**pack, 'version': 1}))
    ctl.run('pack install', folder)
    equal(ctl.count('rule'), 0)
    equal(ctl.json('pack update', 'music-agency')['created'], 1)
    brief = next(stage['id'] for stage in ctl.records('stage') if stage['name'] == 'Brief')
    assert 'Say whose campaign this is.' in ctl.run('new', 'deal', 'name=Single', f'stage={brief}', status=1).err
    single = ctl.json('new', 'deal', 'name=Single', f'stage={brief}', 'x_artist=Nina Sol')['ids'][0]
    assert 'x_artist' in ctl.run('set', 'deal', single, 'x_artist=', '--json', status=1).out
    ctl.run('new', 'deal', 'name=In another pipeline')

    ctl.run('pack install', 'third-party-marketing')
    ctl.run('new', 'product', 'name=Without a number')
    ctl.run('new', 'product', 'name=Nor this one')
    ctl.run('new', 'product', 'name=Fund A', 'x_isin=FR0011111111')
    assert 'another share class' in ctl.run('new', 'product', 'name=Fund B', 'x_isin=FR0011111111', status=1).err
    equal(ctl.json('check')['remarks'], [])
    for name in ('music-agency', 'third-party-marketing'):
        ctl.run('pack remove', name, '--with-data')
        ctl.run('check')
    equal(ctl.count('rule'), 0)


def test_one_act(ctl):
    """installing and removing are one act each, undone and redone"""
    before = counts(ctl)
    ctl.run('pack install', 'restaurant')
    after = counts(ctl)
    assert after != before
    ctl.run('undo')
    equal(counts(ctl), before)
    ctl.run('check')
    ctl.run('redo')
    equal(counts(ctl), after)
    ctl.run('check')
    assert ctl.count('deal', '--filter', '{"field":"x_guests","op":"is","value":4}') == 1
    ctl.run('pack remove', 'restaurant')
    equal(counts(ctl), before)
    ctl.run('undo')
    equal(counts(ctl), after)
    assert ctl.count('deal', '--filter', '{"field":"x_guests","op":"is","value":4}') == 1
    ctl.run('check')


def test_data_stays(ctl):
    """what a person entered stays unless they say otherwise, in numbers before"""
    ctl.run('pack install', 'restaurant')
    stage = next(stage for stage in ctl.records('stage') if stage['name'] == 'Requested')
    ctl.run('new', 'deal', 'name=Chez nous', f'stage={stage["id"]}', 'x_guests=9')
    view = next(view for view in ctl.records('saved_view') if view['name'] == 'Menu')
    ctl.run('set', 'saved_view', view['id'], 'name=Ma carte')
    plan = ctl.json('pack remove', 'restaurant', '--dry-run')
    equal((plan['sequence'], plan['changed'], plan['fields'], plan['values']), (0, 1, 1, 1))
    assert plan['used'] == 2, plan
    result = ctl.json('pack remove', 'restaurant')
    equal([result[key] for key in ('removed', 'changed', 'used', 'fields')],
          [plan[key] for key in ('removed', 'changed', 'used', 'fields')])
    ctl.run('check')
    equal([deal['name'] for deal in ctl.records('deal')], ['Chez nous'])
    equal([field['name'] for field in ctl.records('custom_field')], ['x_guests'])
    equal(ctl.count('deal', '--filter', '{"field":"x_guests","op":"is","value":9}'), 1)
    equal([view['name'] for view in ctl.records('saved_view')], ['Ma carte'])
    # It can be installed again: what is left of it is taken up
    ctl.run('pack install', 'restaurant')
    ctl.run('check')
    gone = ctl.json('pack remove', 'restaurant', '--with-data')
    equal(gone['fields'], 0)
    equal(ctl.count('custom_field'), 0)
    assert 'x_guests' not in ctl.run('list', 'deal', '--json').out
    ctl.run('check')


def test_twice(ctl):
    """a pack is installed once, and only what is there is updated or removed"""
    ctl.run('pack remove', 'restaurant', status=3)
    ctl.run('pack update', 'restaurant', status=3)
    ctl.run('pack install', 'restaurant')
    ctl.run('pack install', 'restaurant', status=5)
    ctl.run('pack install', 'nothing-such', status=3)


def test_update(ctl):
    """an update brings what is new, and leaves what somebody changed or deleted"""
    view = {'key': 'a', 'name': {'en': 'A', 'fr': 'A'}, 'entity_name': 'contact', 'definition': {'columns': 'full_name'}}
    folder = a_pack(ctl, custom_field=[FIELD], saved_view=[view, {**view, 'key': 'b', 'name': 'B'},
                                                           {**view, 'key': 'c', 'name': 'C'},
                                                           {**view, 'key': 'd', 'name': 'D'}])
    ctl.run('pack install', folder)
    views = {view['name']: view['id'] for view in ctl.records('saved_view')}
    ctl.run('set', 'saved_view', views['A'], 'name=Mine')
    ctl.run('delete', 'saved_view', views['B'])
    a_pack(ctl, version=2, custom_field=[{**FIELD, 'label': 'Colours'}],
           saved_view=[{**view, 'name': 'A2'}, {**view, 'key': 'b', 'name': 'B2'}, {**view, 'key': 'c', 'name': 'C2'},
                       {**view, 'key': 'e', 'name': 'E'}])
    result = ctl.json('pack update', folder)
    equal(sorted(view['name'] for view in ctl.records('saved_view')), ['C2', 'E', 'Mine'])
    equal(ctl.records('custom_field')[0]['label'], 'Colours')
    equal((result['created'], result['changed'], result['removed']), (1, 1, 1))
    equal(ctl.json('pack list')['packs'][0]['version'], 2)
    ctl.run('check')
    a_pack(ctl, version=1, custom_field=[FIELD])
    assert 'newer version' in ctl.run('pack update', folder, status=5).err
    equal(ctl.json('pack list')['packs'][0]['version'], 2)
    ctl.run('undo')
    equal(sorted(view['name'] for view in ctl.records('saved_view')), ['C', 'D', 'Mine'])
    equal(ctl.json('pack list')['packs'][0]['version'], 1)
    ctl.run('check')


def test_update_takes_away(ctl):
    """what a new version leaves empty becomes empty, what it drops goes unless there is something in it"""
    view = {'key': 'a', 'name': 'A', 'entity_name': 'contact', 'definition': {'columns': 'full_name'}}
    stage = {'key': 's', 'name': 'S', 'pipeline': '@p', 'kind': 'open', 'position': 3, 'colour': 'red'}
    pipeline = {'key': 'p', 'name': 'P', 'position': 7}
    more = [{**FIELD, 'key': name, 'name': f'x_{name}', 'label': name} for name in ('size', 'shape')]
    folder = a_pack(ctl, custom_field=[FIELD, *more], saved_view=[view], pipeline=[pipeline], stage=[stage])
    ctl.run('pack install', folder)
    ctl.run('new', 'contact', 'last_name=Ada', 'x_shape=round')
    a_pack(ctl, version=2, custom_field=[FIELD], saved_view=[view], pipeline=[{'key': 'p', 'name': 'P'}],
           stage=[{'key': 's', 'name': 'S', 'pipeline': '@p', 'kind': 'open', 'position': 3}])
    result = ctl.json('pack update', folder)
    equal((result['removed'], result['fields']), (1, 1))
    equal(sorted(field['name'] for field in ctl.records('custom_field')), ['x_colour', 'x_shape'])
    equal('colour' in ctl.records('stage', 'name=S')[0], False)
    equal('position' in ctl.records('pipeline', 'name=P')[0], False)
    equal(ctl.records('contact')[0]['x_shape'], 'round')
    ctl.run('check')
    ctl.run('undo')
    equal((ctl.count('custom_field'), ctl.records('stage', 'name=S')[0]['colour']), (3, 'red'))
    ctl.run('redo')
    ctl.run('check')
    # What stayed is still the pack's
    ctl.run('pack remove', 'try', '--with-data')
    equal(ctl.count('custom_field'), 0)
    ctl.run('check')


def test_collision(ctl):
    """a field that somebody made is not taken over"""
    ctl.run('new', 'custom_field', 'entity_name=contact', 'name=x_colour', 'label=Teint', 'kind=integer')
    before = counts(ctl)
    folder = a_pack(ctl, custom_field=[FIELD], saved_view=[
        {'key': 'v', 'name': 'V', 'entity_name': 'contact', 'definition': {'columns': 'full_name'}}])
    error = ctl.run('pack install', folder, status=1).err
    assert 'custom_field.json' in error and 'Teint' in error and 'x_colour' in error, error
    ctl.run('pack check', folder, status=1)
    equal(counts(ctl), before)
    ctl.run('check')


def labels(ctl):
    entity = next(entity for entity in ctl.json('schema')['entities'] if entity['name'] == 'organisation')
    return [choice['label'] for field in entity['fields'] if field['name'] == 'kind' for choice in field['choices']]


LIST = {'key': 'kinds', 'entity_name': 'organisation', 'field_name': 'kind',
        'choices': [{'name': 'fair', 'label': {'en': 'Fair', 'fr': 'Salon'}}, {'name': 'supplier', 'label': 'Maker'}]}
MORE = {**LIST, 'choices': [*LIST['choices'], {'name': 'club', 'label': 'Club'}]}
VIEW = {'key': 'v', 'name': 'Fairs', 'entity_name': 'organisation',
        'definition': {'filter': {'field': 'kind', 'op': 'is', 'value': 'fair'}}}


def test_choices(ctl):
    """a pack brings choices of fields that come with the program, has them in its records, and takes them away"""
    standard = labels(ctl)
    before = counts(ctl)
    folder = a_pack(ctl, choice_list=[LIST], saved_view=[VIEW], organisation=[{'key': 'o', 'name': 'Midem', 'kind': 'fair'}],
                    custom_field=[{**FIELD, 'entity_name': 'organisation', 'name': 'x_met', 'kind': 'boolean',
                                   'definition': {'formula': 'kind = "fair"'}}])
    ctl.run('pack check', folder)
    ctl.run('pack install', folder)
    equal(labels(ctl)[:2], ['Fair', 'Maker'])
    equal(ctl.records('organisation')[0]['x_met'], True)
    after = counts(ctl)
    ctl.run('check')
    ctl.run('undo')
    equal((counts(ctl), labels(ctl)), (before, standard))
    ctl.run('redo')
    equal((counts(ctl), labels(ctl)[0]), (after, 'Fair'))
    ctl.run('check')
    result = ctl.json('pack remove', 'try')
    equal((result['changed'], result['used'], result['fields']), (0, 0, 0))
    equal((counts(ctl), labels(ctl)), (before, standard))
    ctl.run('check')
    ctl.run('undo')
    equal((counts(ctl), labels(ctl)[0]), (after, 'Fair'))
    ctl.run('check')


def test_choices_in_use(ctl):
    """a choice that a record has stays, and so do choices that somebody made"""
    folder = a_pack(ctl, choice_list=[LIST], saved_view=[VIEW])
    ctl.run('pack install', folder)
    aker = ctl.json('new', 'organisation', 'name=Aker', 'kind=fair')['ids'][0]
    # More choices, with a record that has one
    a_pack(ctl, version=2, choice_list=[MORE], saved_view=[VIEW],
           organisation=[{'key': 'c', 'name': 'Rugby', 'kind': 'club'}])
    ctl.run('pack update', folder)
    rugby = ctl.records('organisation', 'name=Rugby')[0]
    equal(rugby['kind'], 'club')
    # Not the one that somebody has
    a_pack(ctl, version=3, choice_list=[{**MORE, 'choices': MORE['choices'][1:]}])
    assert 'fair' in ctl.run('pack update', folder, status=1).err.lower()
    equal(ctl.count('saved_view'), 1)
    (folder / 'choice_list.json').unlink()
    equal(ctl.json('pack update', folder)['used'], 1)
    equal(labels(ctl)[0], 'Fair')
    ctl.run('check')
    equal(ctl.json('pack remove', 'try', '--with-data')['used'], 1)
    equal((labels(ctl)[0], ctl.count('choice_list')), ('Fair', 1))
    ctl.run('check')
    # It is taken up again, and goes with what nobody has any more
    folder = a_pack(ctl, 'again', choice_list=[MORE])
    ctl.run('pack install', folder)
    equal(ctl.count('choice_list'), 1)
    ctl.run('set', 'organisation', aker, 'kind=partner')
    ctl.run('delete', 'organisation', rugby['id'], '--trash')
    equal(ctl.json('pack remove', 'again')['used'], 0)
    equal(ctl.count('choice_list'), 0)
    ctl.run('check')


def test_choices_beside_own(ctl):
    """choices of a pack stand behind the workspace's own, and only what it brought goes with it"""
    own = '[{"name":"own","label":"Own"},{"name":"partner","hidden":true},{"name":"supplier","label":"Source"}]'
    ctl.run('new', 'choice_list', 'entity_name=organisation', 'field_name=kind', f'choices={own}')
    before = labels(ctl)
    folder = a_pack(ctl, choice_list=[LIST], saved_view=[VIEW], organisation=[{'key': 'o', 'name': 'Midem', 'kind': 'fair'}])
    ctl.run('pack check', folder)
    ctl.run('pack install', folder)
    equal(labels(ctl)[:3], ['Own', 'Source', 'Fair'])
    equal((ctl.count('choice_list'), ctl.records('organisation')[0]['kind']), (1, 'fair'))
    ctl.run('check')
    ctl.run('undo')
    equal(labels(ctl), before)
    ctl.run('redo')
    # An update adds, whatever somebody changed meanwhile, and is the same when it comes again
    mine = ctl.records('choice_list')[0]
    changed = [{**choice, 'label': 'Mine'} if choice['name'] == 'own' else choice for choice in mine['choices']]
    ctl.run('set', 'choice_list', mine['id'], 'choices=' + json.dumps(changed))
    for version in (2, 3):
        a_pack(ctl, version=version, choice_list=[MORE], saved_view=[VIEW],
               organisation=[{'key': 'o', 'name': 'Midem', 'kind': 'fair'}])
        ctl.run('pack update', folder)
        equal(labels(ctl)[:4], ['Mine', 'Source', 'Fair', 'Club'])
    ctl.run('check')
    # What a record has stays, and is told
    aker = ctl.json('new', 'organisation', 'name=Aker', 'kind=fair')['ids'][0]
    result = ctl.json('pack remove', 'try')
    equal((result['used'], labels(ctl)[:3]), (1, ['Mine', 'Source', 'Fair']))
    ctl.run('check')
    ctl.run('undo')
    equal(labels(ctl)[:4], ['Mine', 'Source', 'Fair', 'Club'])
    ctl.run('delete', 'organisation', aker)
    ctl.run('delete', 'organisation', aker, '--trash')
    equal(ctl.json('pack remove', 'try')['used'], 0)
    equal((labels(ctl)[:2], len(labels(ctl)), ctl.count('choice_list')), (['Mine', 'Source'], len(before), 1))
    ctl.run('check')


def test_malformed(ctl):
    """a malformed pack says where, and nothing of it is stored"""
    before = counts(ctl)
    good = {'key': 'o', 'name': 'Garage'}
    page = {'key': 'page', 'entity_name': 'contact', 'layout': {'groups': [{'name': 'main'}]}}
    cases = [
        (dict(pack='{'), 'pack.json'),
        (dict(pack={'name': '../../x', 'version': 1, 'label': {'en': 'x'}}), 'pack.json'),
        (dict(pack={'name': 'x', 'version': 0, 'label': {'en': 'x'}}), 'pack.json'),
        (dict(pack=[]), 'pack.json'),
        (dict(organisation='{"a":'), 'organisation.json'),
        (dict(organisation={}), 'organisation.json'),
        (dict(organisation=[1]), 'organisation.json'),
        (dict(organisation=[good, good]), '“o” is used twice'),
        (dict(organisation=[{**good, 'wings': 2}]), 'wings'),
        (dict(organisation=[{**good, 'parent': '@nobody'}]), 'nobody'),
        (dict(organisation=[{**good, 'employees': 'many'}]), 'employees'),
        (dict(organisation=[{'key': 'o'}]), 'organisation.json'),
        (dict(unicorn=[good]), 'unicorn'),
        (dict(user=[good]), 'user'),
        (dict(custom_field=[{**FIELD, 'name': 'colour'}]), 'x_'),
        (dict(custom_field=[{**FIELD, 'kind': 'smell'}]),
         'custom_field.json, “colour”: the field “x_colour” has the kind “smell”, which there is not. It is one of: text, '),
        (dict(custom_field=[{name: FIELD[name] for name in FIELD if name != 'kind'}]), 'custom_field.json, “colour”: the field “x_colour” has no kind'),
        (dict(custom_field=[{**FIELD, 'entity_name': 'pack'}]), 'custom_field.json'),
        (dict(choice_list=[{**LIST, 'field_name': 'name'}]), 'choice_list.json'),
        (dict(choice_list=[{**LIST, 'choices': [{'name': 'Fair'}]}]), 'choice_list.json'),
        (dict(choice_list=[LIST, {**LIST, 'key': 'twice'}]), '“twice”'),
        (dict(saved_view=[{'key': 'v', 'name': 'V', 'entity_name': 'contact',
                           'definition': {'filter': {'field': 'wings', 'op': 'is-empty'}}}]), 'saved_view.json'),
        (dict(dashboard=[{'key': 'd', 'name': 'D', 'definition': {'widgets': 3}}]), 'dashboard.json'),
        (dict(page_layout=[{**page, 'entity_name': 'nothing'}]), 'page_layout.json, “page”: Records of kind “nothing”'),
        (dict(page_layout=[{**page, 'layout': {'hidden': 'notes'}}]), '“hidden” must be an array'),
        (dict(page_layout=[{**page, 'layout': {'hidden': ['wings']}}]), 'no field “wings” in records of kind “contact”'),
        (dict(page_layout=[page, {**page, 'key': 'again'}]), '“again”: another layout'),
    ]
    for number, (files, expected) in enumerate(cases):
        folder = a_pack(ctl, f'bad{number}', **files)
        error = ctl.run('pack install', folder, status=None)
        assert error.status in (1, 3), (files, error.status, error.err)
        assert expected in error.err, (files, error.err)
        shutil.rmtree(folder)
        equal(counts(ctl), before)
    ctl.run('check')


def test_refused_at_the_door(ctl):
    """what the rules of records refuse undoes all of the pack"""
    before = counts(ctl)
    folder = a_pack(ctl, custom_field=[FIELD], contact=[{'key': 'c', 'x_colour': 'blue'}])
    error = ctl.run('pack install', folder, status=1).err
    assert 'contact.json' in error, error
    equal(counts(ctl), before)
    ctl.run('check')
    ctl.run('pack install', a_pack(ctl, custom_field=[FIELD], contact=[{'key': 'c', 'last_name': 'Zed', 'x_colour': 'blue'}]))
    ctl.run('check')


ctltest.run_module()
