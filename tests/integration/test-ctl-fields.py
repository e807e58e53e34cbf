#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields that a workspace adds, and their conversion, by comptoirctl."""
import json
import signal
import sqlite3
import subprocess
import time

import ctltest
from ctltest import equal

MANY = 40_000


def add(ctl, kind, label, field_kind, *members):
    return ctl.json('fields add', kind, label, field_kind, *members)['name']


def company(ctl, name, **values):
    return ctl.json('new', 'organisation', f'name={name}', *(f'{field}={value}' for field, value in values.items()))['ids'][0]


def values(ctl, field):
    records = ctl.records('organisation', '--columns', f'name,{field}', '--sort', 'name', '--limit', '0')
    return {record['name']: record[field] for record in records if record[field] is not None}


def convert(ctl, field, kind, *words, **more):
    return ctl.json('fields convert', 'organisation', field, kind, *words, **more)


def leftovers(ctl, name):
    """How many records have something under a name, whether there is such a field or not"""
    with sqlite3.connect(ctl.workspace) as file:
        return file.execute("SELECT count(*) FROM organisation WHERE json_type(custom, ?) IS NOT NULL",
                            [f'$."{name}"']).fetchone()[0]


def test_add(ctl):
    """a field is added with a name made of its label, and shown with what is in it"""
    equal(add(ctl, 'organisation', 'Taille (cm)', 'integer', 'unit=cm'), 'x_taille_cm')
    equal(add(ctl, 'contact', 'Taille (cm)', 'decimal', 'scale=1'), 'x_taille_cm_2')
    equal(add(ctl, 'organisation', 'Rank', 'choice', 'choices=Très haut,Low,low'), 'x_rank')
    company(ctl, 'Aker', x_taille_cm=180, x_rank='Très haut')
    fields = ctl.json('fields list', 'organisation')['fields']
    equal([(field['name'], field['kind'], field['values']) for field in fields],
          [('x_taille_cm', 'integer', 1), ('x_rank', 'choice', 1)])
    equal(values(ctl, 'x_rank'), {'Aker': 'tres_haut'})
    ctl.run('delete', 'custom_field', 'x_rank')
    ctl.run('undo')
    ctl.run('fields add', 'organisation', 'Other', 'nonsense', status=3)
    ctl.run('fields add', 'organisation', 'Other', 'choice', status=1)
    ctl.run('check')


def test_nothing(ctl):
    """it is told in how many records a formula gives nothing, and of formulas alone"""
    add(ctl, 'organisation', 'Rank', 'integer')
    add(ctl, 'organisation', 'Share', 'decimal', 'formula=1000 / employees')
    for name, employees in (('A', 10), ('B', 0), ('C', '')):
        company(ctl, name, employees=employees)
    fields = ctl.json('fields list')['fields']
    equal([(field['name'], field['values'], field.get('nothing')) for field in fields], [('x_rank', 0, None), ('x_share', 1, 2)])
    assert 'gives nothing in 2 records' in ctl.run('fields list').out


def arranged(ctl, kind):
    """Names of fields by group; with a dash in front where they are hidden"""
    groups = ctl.json('layout show', kind)['groups']
    return {group['title']: [('-' if field.get('hidden') else '') + field['name'] for field in group['fields']]
            for group in groups}


def test_layout(ctl):
    """pages are arranged, follow a conversion, and are put back"""
    standard = arranged(ctl, 'tag')
    equal(standard, {'Tag': ['name', 'colour']})
    equal(ctl.json('layout show', 'tag')['arranged'], False)
    name = add(ctl, 'tag', 'Size', 'text')
    wanted = {'groups': [{'name': 'looks', 'title': 'Looks', 'fields': ['colour', name, 'x_unknown']}],
              'hidden': ['colour', 'name']}
    ctl.json('layout set', 'tag', json.dumps(wanted))
    equal(arranged(ctl, 'tag'), {'Looks': ['-colour', name], 'Tag': ['name']})
    ctl.json('new', 'tag', 'name=A', f'{name}=12')
    other = ctl.json('fields convert', 'tag', 'Size', 'integer')['name']
    equal(arranged(ctl, 'tag'), {'Looks': ['-colour', other], 'Tag': ['name']})
    ctl.run('undo')
    equal(arranged(ctl, 'tag'), {'Looks': ['-colour', name], 'Tag': ['name']})
    ctl.run('layout set', 'tag', '{"groups":[{"name":"A b"}]}', status=1)
    ctl.run('layout set', 'tag', '{"groups":5}', status=1)
    ctl.run('layout set', 'rule', '{}', status=1)
    ctl.run('new', 'page_layout', 'entity_name=nothing', status=1)
    equal(len(ctl.records('page_layout')), 1)
    ctl.json('layout set', 'tag', '{}')
    equal(arranged(ctl, 'tag'), {'Tag': ['name', 'colour', name]})
    ctl.json('layout reset', 'tag')
    equal(ctl.json('layout show', 'tag')['arranged'], False)
    ctl.run('undo')
    equal(ctl.json('layout show', 'tag')['arranged'], True)
    ctl.run('check')


def choices(ctl, kind, name):
    entity = next(entity for entity in ctl.json('schema')['entities'] if entity['name'] == kind)
    return [choice['label'] for field in entity['fields'] if field['name'] == name for choice in field['choices']]


def test_choices(ctl):
    """choices that come with the program are renamed, added and left out, unless somebody needs them"""
    def own(field, *items):
        return ['entity_name=organisation', f'field_name={field}', f'choices={json.dumps(items)}']

    standard = choices(ctl, 'organisation', 'kind')
    made = ctl.json('new', 'choice_list', *own('kind', {'name': 'fair', 'label': 'Fair'}, {'name': 'supplier', 'label': 'Maker'},
                                               {'name': 'other', 'hidden': True}))['ids'][0]
    equal(choices(ctl, 'organisation', 'kind')[:2], ['Fair', 'Maker'])
    equal(len(choices(ctl, 'organisation', 'kind')), len(standard))
    aker = company(ctl, 'Aker', kind='Fair')
    equal(ctl.count('organisation', 'kind=fair'), 1)
    # Somebody has it, also in the trash.
    ctl.run('set', 'choice_list', made, 'choices=[]', status=1)
    ctl.run('delete', 'choice_list', made, status=1)
    ctl.run('delete', 'organisation', aker)
    ctl.run('set', 'choice_list', made, 'choices=[]', status=1)
    ctl.run('undo')
    ctl.run('set', 'organisation', aker, 'kind=supplier')
    ctl.run('set', 'choice_list', made, 'choices=[]')
    equal(choices(ctl, 'organisation', 'kind'), standard)
    ctl.run('undo')
    equal(choices(ctl, 'organisation', 'kind')[:2], ['Fair', 'Maker'])
    # A formula names it.
    add(ctl, 'organisation', 'Met', 'boolean', 'formula=kind = "fair"')
    ctl.run('set', 'choice_list', made, 'choices=[]', status=1)
    ctl.run('new', 'choice_list', 'entity_name=organisation', 'field_name=name', status=1)
    ctl.run('new', 'choice_list', 'entity_name=task', 'field_name=status',
            'choices=[{"name":"done","hidden":true}]', status=1)
    ctl.run('check')


def test_text_to_number(ctl):
    """texts become numbers; what is none stops it, stays beside, or stays behind, as one wishes"""
    name = add(ctl, 'organisation', 'Size', 'text', 'required=false', 'help=In people')
    for title, size in [('A', '12'), ('B', '1,5'), ('C', '40 or so'), ('D', '7')]:
        company(ctl, title, **{name: size})
    before = values(ctl, name)
    preview = convert(ctl, 'Size', 'integer', '--dry-run')
    equal((preview['values'], preview['converted'], preview['refused'], preview['sequence']), (4, 2, 2, 0))
    equal([(item['title'], item['before']) for item in preview['refusals']], [('B', '1,5'), ('C', '40 or so')])
    assert all(item['message'] for item in preview['refusals'])
    equal(values(ctl, name), before)
    refused = ctl.run('fields convert', 'organisation', 'Size', 'integer', status=1)
    assert 'B' in refused.err and '1,5' in refused.err, refused.err

    equal(convert(ctl, 'Size', 'integer', '--rest=keep')['name'], 'x_size_2')
    equal(values(ctl, 'x_size_2'), {'A': 12, 'D': 7})
    equal(values(ctl, name), {'B': '1,5', 'C': '40 or so'})
    labels = {field['name']: field['label'] for field in ctl.json('fields list')['fields']}
    equal(labels, {'x_size_2': 'Size', name: 'Size (not converted)'})
    ctl.run('check')
    ctl.run('undo')
    equal(values(ctl, name), before)
    equal([field['name'] for field in ctl.json('fields list')['fields']], [name])
    ctl.run('redo')
    equal(values(ctl, 'x_size_2'), {'A': 12, 'D': 7})
    equal(values(ctl, name), {'B': '1,5', 'C': '40 or so'})
    ctl.run('undo')

    result = convert(ctl, 'Size', 'decimal', '--rest=leave')
    equal(values(ctl, result['name']), {'A': '12.00', 'B': '1.50', 'D': '7.00'})
    equal([field['label'] for field in ctl.json('fields list')['fields']], ['Size'])
    ctl.run('undo')
    equal(values(ctl, name), before)
    ctl.run('check')


def test_choices(ctl):
    """texts become choices, which are made of them; choices become texts again by their labels"""
    name = add(ctl, 'organisation', 'Colour', 'text')
    for title, colour in [('A', 'Red'), ('B', 'red '), ('C', 'Vert clair'), ('D', 'Blue')]:
        company(ctl, title, **{name: colour})
    result = convert(ctl, name, 'choice')
    equal(result['choices'], ['Red', 'Vert clair', 'Blue'])
    equal(values(ctl, result['name']), {'A': 'red', 'B': 'red', 'C': 'vert_clair', 'D': 'blue'})
    several = convert(ctl, result['name'], 'multi-choice')
    equal(several['choices'], [])
    equal(values(ctl, several['name'])['C'], ['vert_clair'])
    text = convert(ctl, several['name'], 'text')
    equal(values(ctl, text['name']), {'A': 'Red', 'B': 'Red', 'C': 'Vert clair', 'D': 'Blue'})
    tags = convert(ctl, text['name'], 'tags')
    equal(values(ctl, tags['name'])['C'], ['Vert clair'])
    for _ in range(4):
        ctl.run('undo')
    equal(values(ctl, name), {'A': 'Red', 'B': 'red', 'C': 'Vert clair', 'D': 'Blue'})
    ctl.run('check')


def test_kinds(ctl):
    """fields of every kind become others or say why not, and nothing is lost by it"""
    samples = {
        'text': 'Two', 'long-text': 'Two', 'integer': '2', 'decimal': '2.5', 'money': '12.50 EUR', 'percent': '12.5',
        'boolean': 'true', 'date': '2026-11-21', 'datetime': '2026-11-21T09:30:00Z', 'duration': '1:30:00',
        'choice': 'two', 'multi-choice': 'two', 'tags': 'two', 'link': 'Aker', 'links': 'Aker',
        'email': 'ada@example.org', 'phone': '+33142685300', 'url': 'https://example.org/', 'country': 'FR',
        'address': '{"city":"Lyon"}', 'identifier': '732829320', 'json': '[1]', 'recurrence': 'FREQ=WEEKLY'}
    members = {'decimal': ['scale=1'], 'choice': ['choices=Two'], 'multi-choice': ['choices=Two'], 'link': ['target="contact"'],
               'links': ['target="contact"']}
    ctl.run('new', 'contact', 'last_name=Aker')
    for kind, sample in samples.items():
        name = add(ctl, 'organisation', f'From {kind}', kind, *members.get(kind, []))
        company(ctl, kind, **{name: sample})
        before = values(ctl, name)
        equal(len(before), 1)
        for other in ['text', 'choice', 'date']:
            result = convert(ctl, name, other, *members.get(other, []), '--rest=keep')
            equal(result['converted'] + result['refused'], 1)
            equal(len(values(ctl, result['name'])), result['converted'])
            if result['refused']:
                equal(values(ctl, name), before)
            ctl.run('undo')
            equal(values(ctl, name), before)
            equal(leftovers(ctl, result['name']), 0)
    ctl.run('check')


def test_names(ctl):
    """views, rules, formulas and dashboards follow a field; what can't be asked of the new kind refuses"""
    name = add(ctl, 'organisation', 'Size', 'text')
    double = add(ctl, 'organisation', 'Named', 'text', f'formula={name} & "x_size"')
    company(ctl, 'A', **{name: '12'})
    company(ctl, 'B', **{name: '30'})
    contact = {'field': f'organisation.{name}', 'op': 'is', 'value': '12'}
    ctl.run('new', 'saved_view', 'name=Twelve', 'entity_name=contact',
            'definition=' + json.dumps({'columns': f'last_name,organisation.{name}', 'sort': f'-organisation.{name}',
                                        'filter': {'all': [contact]}, 'group': f'organisation.{name}'}))
    ctl.run('new', 'rule', 'name=Has a size', 'entity_name=organisation', f'field_name={name}', 'kind=unique',
            'condition=' + json.dumps({'field': name, 'op': 'is-not', 'value': '30'}))
    ctl.run('new', 'dashboard', 'name=Sizes',
            'definition=' + json.dumps({'version': 1, 'title': 'Sizes', 'filters': [
                {'source': 'contact', 'field': f'organisation.{name}', 'op': 'is', 'value': '12'}, {'period': None}], 'widgets': [
                {'id': 'a', 'kind': 'bar', 'title': name, 'x': 0, 'y': 0, 'w': 4, 'h': 3,
                 'query': {'source': 'organisation', 'measures': [{'agg': 'count'}], 'dimensions': [{'field': name}]}}]}))
    preview = convert(ctl, name, 'integer', '--dry-run')
    equal(sorted((item['title'], item['problem']) for item in preview['names']),
          [('Has a size', None), ('Named', None), ('Sizes', None), ('Twelve', None)])
    new = convert(ctl, name, 'integer')['name']
    view = json.loads(json.dumps(ctl.records('saved_view')[0]['definition']))
    equal(view, {'columns': f'last_name,organisation.{new}', 'sort': f'-organisation.{new}',
                 'filter': {'all': [{'field': f'organisation.{new}', 'op': 'is', 'value': 12}]},
                 'group': f'organisation.{new}'})
    rule = ctl.records('rule')[0]
    equal((rule['field_name'], rule['condition']), (new, {'field': new, 'op': 'is-not', 'value': 30}))
    board = ctl.records('dashboard', 'name=Sizes')[0]['definition']
    equal(board['filters'], [{'source': 'contact', 'field': f'organisation.{new}', 'op': 'is', 'value': 12}, {'period': None}])
    widget = board['widgets'][0]
    equal((widget['query']['dimensions'], widget['title']), ([{'field': new}], name))
    equal(values(ctl, double), {'A': '12x_size', 'B': '30x_size'})
    ctl.run('check')
    ctl.run('undo')
    equal(ctl.records('rule')[0]['field_name'], name)
    equal(values(ctl, double), {'A': '12x_size', 'B': '30x_size'})

    ctl.run('set', 'saved_view', 'Twelve',
            'definition=' + json.dumps({'filter': {'field': f'organisation.{name}', 'op': 'starts-with', 'value': '1'}}))
    preview = convert(ctl, name, 'integer', '--dry-run')
    equal([item['title'] for item in preview['names'] if item['problem']], ['Twelve'])
    refused = ctl.run('fields convert', 'organisation', name, 'integer', status=1)
    assert 'Twelve' in refused.err, refused.err
    equal(values(ctl, name), {'A': '12', 'B': '30'})


def test_declared(ctl):
    """what a field is asked for goes with it, and its place among the others stays"""
    first = add(ctl, 'organisation', 'First', 'text', 'group=main')
    name = add(ctl, 'organisation', 'Size', 'integer', 'required=true', 'initial=3', 'help=How large', 'unit=m')
    add(ctl, 'organisation', 'Last', 'text')
    for field in ctl.records('custom_field'):
        ctl.run('set', 'custom_field', field['id'], 'position=')
    company(ctl, 'A')
    equal(values(ctl, name), {'A': 3})
    new = convert(ctl, name, 'decimal')['name']
    equal([field['label'] for field in ctl.json('fields list')['fields']], ['First', 'Size', 'Last'])
    field = next(item for item in ctl.records('custom_field') if item['name'] == new)
    equal(field['definition'], {'required': True, 'initial': '3.00', 'help': 'How large', 'unit': 'm', 'scale': 2})
    company(ctl, 'B')
    equal(values(ctl, new), {'A': '3.00', 'B': '3.00'})
    ctl.run('set', 'organisation', 'B', f'{new}=', status=1)
    ctl.run('fields convert', 'organisation', first, 'attachment', status=1)
    ctl.run('fields convert', 'organisation', 'name', 'integer', status=1)
    ctl.run('fields convert', 'organisation', 'nothing', 'integer', status=3)
    ctl.run('fields convert', 'organisation', first, 'integer', '--rest=away', status=2)


def test_guarded(ctl):
    """a field with something in it keeps its kind, its name and the choices that records have"""
    name = add(ctl, 'organisation', 'Rank', 'choice', 'choices=High,Low')
    ctl.run('set', 'custom_field', 'Rank', 'kind=multi-choice')
    ctl.run('undo')
    company(ctl, 'A', **{name: 'high'})
    for change in ['kind=multi-choice', 'name=x_other', 'entity_name=contact']:
        ctl.run('set', 'custom_field', 'Rank', change, status=1)
    high = {'name': 'high', 'label': 'High'}
    low = {'name': 'low', 'label': 'Low'}
    refused = ctl.run('set', 'custom_field', 'Rank', 'definition=' + json.dumps({'choices': [low]}), status=1)
    assert 'High' in refused.err, refused.err
    ctl.run('set', 'custom_field', 'Rank', 'definition=' + json.dumps({'choices': [high]}))
    ctl.run('delete', 'organisation', 'A')
    ctl.run('set', 'custom_field', 'Rank', 'kind=multi-choice', status=1)
    refused = ctl.run('set', 'custom_field', 'Rank', 'definition=' + json.dumps({'choices': [low]}), status=1)
    assert 'High' in refused.err, refused.err
    ctl.run('undo')
    equal(values(ctl, name), {'A': 'high'})


def test_shown(ctl):
    """what a preview shows is written as people write it, and choices come only from values that fit"""
    name = add(ctl, 'organisation', 'Size', 'text')
    company(ctl, 'A', **{name: 'Très haut; Low'})
    company(ctl, 'B', **{name: 'Gamma; ' + 'x' * 101})
    preview = convert(ctl, name, 'multi-choice', '--dry-run')
    equal(([item['after'] for item in preview['samples']], preview['choices']), (['Low, Très haut'], ['Très haut', 'Low']))
    links = add(ctl, 'organisation', 'Others', 'links', 'target="organisation"')
    ctl.run('set', 'organisation', 'A', f'{links}=A;B')
    preview = convert(ctl, links, 'text', '--dry-run')
    equal([item['before'] for item in preview['samples']], ['A, B'])


def test_reused(ctl):
    """a name under which records still keep something is not given to another field"""
    name = add(ctl, 'organisation', 'Size', 'text')
    company(ctl, 'A', **{name: '12'})
    ctl.run('delete', 'custom_field', 'Size')
    equal(add(ctl, 'organisation', 'Size', 'integer'), 'x_size_2')
    for word in ['size', 'x_size']:
        ctl.run('new', 'custom_field', 'entity_name=organisation', f'name={word}', 'label=Size', 'kind=integer', status=1)
    ctl.run('delete', 'custom_field', 'Size')
    ctl.run('undo')
    ctl.run('new', 'custom_field', 'entity_name=organisation', 'name=colour', 'label=Colour', 'kind=text')
    company(ctl, 'B', x_colour='12')
    ctl.run('set', 'custom_field', 'Colour', 'kind=integer', status=1)
    equal(convert(ctl, 'Colour', 'integer')['converted'], 1)


def many(ctl, name):
    rows = ''.join(f'Company {number},{number % 977}\n' for number in range(MANY))
    ctl.imported('Name,Size\n' + rows, '--as', 'organisation', '--map', f'Size={name}', '--quiet')


def start(ctl, *words):
    program = [ctltest.PROGRAM, 'fields', 'convert', str(ctl.workspace), 'organisation', *words]
    return subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_many(ctl):
    """forty thousand values are converted as one act; killed or cancelled, nothing is left of it"""
    name = add(ctl, 'organisation', 'Size', 'text')
    many(ctl, name)
    equal(ctl.count('organisation', f'{name}=13'), len(range(13, MANY, 977)))
    for how, wanted in [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)]:
        process = start(ctl, name, 'integer')
        deadline = time.monotonic() + 60
        while leftovers(ctl, 'x_size_2') == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(how)
        process.communicate(timeout=60)
        equal(process.returncode, wanted)
        ctl.run('check')
        equal(leftovers(ctl, 'x_size_2'), 0)
        equal([field['name'] for field in ctl.json('fields list')['fields']], [name])
    equal(convert(ctl, name, 'integer')['converted'], MANY)
    equal(ctl.count('organisation', 'x_size_2=13'), len(range(13, MANY, 977)))
    ctl.run('check')
    ctl.run('undo')
    equal(leftovers(ctl, 'x_size_2'), 0)
    equal(ctl.count('organisation', f'{name}=13'), len(range(13, MANY, 977)))
    ctl.run('redo')
    equal(ctl.count('organisation', 'x_size_2=13'), len(range(13, MANY, 977)))
    equal([field['values'] for field in ctl.json('fields list')['fields']], [MANY])
    ctl.run('check')


ctltest.run_module()
