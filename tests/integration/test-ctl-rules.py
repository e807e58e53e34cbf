#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of a workspace on the command line: made, listed, tried, asked of
records one by one, in bulk and from files, and brought by packs."""
import json

import ctltest
from ctltest import equal

FRANCE = 'condition={"field":"country","op":"is","value":"FR"}'


def rule(ctl, kind, name, *more, title='My rule', status=0):
    return ctl.run('new', 'rule', f'name={title}', 'entity_name=organisation', f'field_name={name}', f'kind={kind}', *more,
                   status=status)


def refused(ctl, *words):
    """The problems, as JSON says them: {field: message}"""
    result = ctl.run(*words, '--json', status=1)
    return {problem['field']: problem['message'] for problem in result.json['problems']}


def test_all_at_once(ctl):
    """everything that rules refuse is told at once, with field and rule"""
    rule(ctl, 'required', 'legal_name', FRANCE, title='Legal names')
    rule(ctl, 'choices', 'kind', 'allowed=customer;prospect', 'message=Suppliers are kept elsewhere.', title='Kinds')
    rule(ctl, 'visible', 'siren', FRANCE, title='French only')
    problems = refused(ctl, 'new', 'organisation', 'name=A', 'country=FR', 'kind=supplier')
    equal(sorted(problems), ['kind', 'legal_name'])
    assert '“Legal names”' in problems['legal_name'], problems
    equal(problems['kind'], 'Suppliers are kept elsewhere. (rule “Kinds”)')
    equal(list(refused(ctl, 'new', 'organisation', 'name=A', 'country=DE', 'siren=732829320')), ['siren'])
    ctl.run('new', 'organisation', 'name=A', 'country=FR', 'kind=customer', 'legal_name=A SAS', 'siren=732829320')
    equal(ctl.count('organisation'), 1)


def test_listed(ctl):
    """rules are listed with what they say and who does not meet them"""
    ctl.run('new', 'organisation', 'name=A', 'country=FR')
    ctl.run('new', 'organisation', 'name=B')
    words = ['name=Legal names', 'entity_name=organisation', 'field_name=legal_name', 'kind=required', FRANCE]
    tried = ctl.json('rules try', *words)
    equal((tried['problems'], tried['unmet']), ([], 1))
    equal(ctl.count('rule'), 0)
    ctl.run('new', 'rule', *words)
    listed = ctl.json('rules list')['rules']
    equal([(one['name'], one['entity'], one['field'], one['unmet']) for one in listed],
          [('Legal names', 'organisation', 'legal_name', 1)])
    equal(listed[0]['sentence'], '“Legal name” must be filled in when Country is France')
    equal(listed[0]['sentence'], tried['sentence'])
    equal(ctl.json('rules list', 'deal')['rules'], [])
    ctl.run('set', 'rule', 'Legal names', 'is_active=false')
    equal(ctl.json('rules list')['rules'], [])


def test_warned(ctl):
    """rules that may lock somebody out where both hold are told of, not refused"""
    germany = FRANCE.replace('"FR"', '"DE"')
    empty = 'condition={"field":"%s","op":"is-empty"}'
    place = ['name=x', 'entity_name=organisation']
    rule(ctl, 'choices', 'kind', 'allowed=customer;prospect', FRANCE, title='French')
    rule(ctl, 'visible', 'siren', empty % 'vat_number', title='Either')

    def warnings(*words):
        tried = ctl.json('rules try', *place, *words)
        equal(tried['problems'], [])
        return tried['warnings']
    equal(warnings('field_name=kind', 'kind=choices', 'allowed=supplier', germany),
          ['Where the rule “French” holds too, no choice is left.'])
    equal(warnings('field_name=kind', 'kind=choices', 'allowed=supplier;customer', germany), [])
    equal(len(warnings('field_name=vat_number', 'kind=visible', empty % 'siren')), 1)
    equal(warnings('field_name=vat_number', 'kind=visible', FRANCE), [])
    told = ctl.run('rules try', *place, 'field_name=kind', 'kind=choices', 'allowed=supplier', germany).out
    assert 'no choice is left' in told, told
    result = ctl.run('rules try', *place, 'field_name=kind', 'kind=choices', 'allowed=supplier', FRANCE, status=1)
    assert 'no choice would be left' in result.err, result.err


def test_senseless(ctl):
    """a rule that can't be asked is refused beside its cause, tried or made"""
    words = ['name=x', 'entity_name=organisation', 'field_name=kind', 'kind=choices']
    for result in (ctl.run('new', 'rule', *words, status=1), ctl.run('rules try', *words, status=1)):
        assert result.err.startswith('comptoirctl: allowed: '), result.err


def test_first(ctl):
    """a rule with which nobody could make the first record is refused"""
    problems = refused(ctl, 'new', 'rule', 'name=B', 'entity_name=organisation', 'field_name=parent', 'kind=required')
    assert 'the first one could never be made' in problems['condition'], problems
    rule(ctl, 'required', 'parent', FRANCE)
    ctl.run('new', 'organisation', 'name=A')


def test_needed(ctl):
    """a field or a choice that a rule needs stays, and the rule is named"""
    ctl.run('fields add', 'organisation', 'Genre', 'choice', 'choices=Rock,Jazz')
    rule(ctl, 'choices', 'x_genre', 'allowed=rock', title='Only rock')
    result = ctl.run('delete', 'custom_field', 'Genre', status=1)
    assert 'The rule “Only rock” needs this. Change or delete that rule first.' in result.err, result.err
    ctl.run('delete', 'rule', 'Only rock')
    ctl.run('delete', 'custom_field', 'Genre')


def test_bulk(ctl):
    """changes of many meet the same rules"""
    for name in 'ABC':
        ctl.run('new', 'organisation', f'name={name}')
    ctl.run('set', 'organisation', 'A', 'legal_name=A SAS')
    rule(ctl, 'required', 'legal_name', FRANCE)
    result = ctl.run('set', 'organisation', '--where', 'name!=', 'country=FR', status=1)
    assert 'My rule' in result.err, result.err
    equal(ctl.count('organisation', 'country=FR'), 0)
    ctl.run('set', 'organisation', '--where', 'name=A', 'country=FR')
    equal(ctl.count('organisation', 'country=FR'), 1)


def test_imported(ctl):
    """rows that rules refuse go to the file of rejects, with field and rule"""
    rule(ctl, 'required', 'legal_name', FRANCE, title='Legal names')
    rule(ctl, 'unique', 'vat_number', title='One number each')
    ctl.run('new', 'organisation', 'name=There', 'vat_number=FR40303265045')
    rows = ('name,country,legal_name,vat_number\n'
            'A,FR,A SAS,\n'
            'B,FR,,\n'
            'C,DE,,FR40303265045\n'
            'D,DE,,FR83404833048\n'
            'E,DE,,fr 83 404833048\n')
    dry = ctl.imported(rows, '--as', 'organisation', '--dry-run')
    equal((dry['created'], dry['rejected'], ctl.count('organisation')), (2, 3, 1))
    report = ctl.imported(rows, '--as', 'organisation')
    equal((report['created'], report['rejected']), (2, 3))
    lines = {row[0]: ' '.join(row) for row in ctl.rejected(report)[1:]}
    equal(sorted(lines), ['3', '4', '6'])
    assert 'Legal names' in lines['3'] and 'legal_name' in lines['3'], lines['3']
    assert 'There' in lines['4'] and 'One number each' in lines['4'], lines['4']
    assert '“D”' in lines['6'], lines['6']
    ctl.run('check')
    ctl.run('undo')
    equal(ctl.count('organisation'), 1)


def test_dry_run(ctl):
    """a dry run knows the rules as the import does, of rows for records that are there too"""
    rule(ctl, 'read_only', 'sector', title='Sectors stay')
    rule(ctl, 'required', 'legal_name', FRANCE, title='Legal names')
    ctl.run('new', 'organisation', 'name=There', 'sector=Retail')
    ctl.run('new', 'organisation', 'name=Elsewhere', 'country=DE')
    rows = ('name,sector,country\n'
            'There,Banking,\n'
            'There,Retail,\n'
            'Elsewhere,,FR\n'
            'New,Banking,DE\n')
    words = ['--as', 'organisation', '--key', 'name']
    dry, report = (ctl.imported(rows, *words, *more) for more in (['--dry-run'], []))
    equal((dry['created'], dry['rejected']), (1, 2))
    equal((report['created'], report['rejected']), (1, 2))

    rule(ctl, 'unique', 'vat_number')
    rows = ('name,country,vat_number\n'
            'Refused,FR,FR83404833048\n'
            'Instead,DE,FR83404833048\n')
    equal([ctl.imported(rows, *words, *more)['rejected'] for more in (['--dry-run'], [])], [1, 1])
    ctl.run('new', 'rule', 'name=Employed', 'entity_name=contact', 'field_name=organisation', 'kind=required')
    rows = 'full_name,organisation\nAnne Martin,Not there yet\nJean Dupont,\n'
    equal([ctl.imported(rows, '--as', 'contact', *more)['rejected'] for more in (['--dry-run'], [])], [1, 1])


def test_remarks(ctl):
    """what was the same before the rule is a remark, no fault"""
    for name in 'AB':
        ctl.run('new', 'organisation', f'name={name}', 'legal_name=Same')
    rule(ctl, 'unique', 'legal_name')
    result = ctl.json('check')
    equal((result['ok'], result['findings'], len(result['remarks'])), (True, [], 1))
    assert '“A” and “B”' in result['remarks'][0], result['remarks']
    ctl.run('delete', 'organisation', 'B')
    equal(ctl.json('check')['remarks'], [])
    ctl.run('set', 'organisation', 'A', 'legal_name=Other')
    ctl.run('set', 'organisation', 'A', 'legal_name=Same')
    trashed = ctl.json('list', '--trash')['trash'][0]['id']
    assert 'My rule' in ctl.run('restore', 'organisation', trashed, status=1).err


def test_merged(ctl):
    """what is merged may take what the others give up, and undo gives it back"""
    rule(ctl, 'unique', 'vat_number')
    rule(ctl, 'required', 'legal_name', 'condition={"field":"vat_number","op":"is-not-empty"}')
    ctl.run('new', 'organisation', 'name=A')
    ctl.run('new', 'organisation', 'name=B', 'vat_number=FR40303265045', 'legal_name=B SAS')
    ctl.run('merge', 'organisation', 'A', 'B')
    equal([(one['vat_number'], one['legal_name']) for one in ctl.records('organisation')], [('FR40303265045', 'B SAS')])
    ctl.run('undo')
    equal([one.get('vat_number') for one in ctl.records('organisation')], [None, 'FR40303265045'])
    equal(ctl.json('check')['remarks'], [])


def a_pack(ctl, rules):
    folder = ctl.folder / 'try'
    folder.mkdir(exist_ok=True)
    files = {'pack': {'name': 'try', 'version': 1, 'label': {'en': 'Try', 'fr': 'Essai'}},
             'custom_field': [{'key': 'colour', 'entity_name': 'contact', 'name': 'x_colour', 'label': 'Colour', 'kind': 'text'}],
             'rule': rules}
    for name, content in files.items():
        (folder / f'{name}.json').write_text(json.dumps(content), encoding='utf-8')
    return folder


def test_pack(ctl):
    """a pack brings rules about its own fields, and takes them away with these"""
    one = {'key': 'r', 'name': 'Colours', 'entity_name': 'contact', 'field_name': 'x_colour', 'kind': 'required'}
    folder = a_pack(ctl, [{**one, 'field_name': 'x_nothing'}])
    result = ctl.run('pack check', folder, status=1)
    assert 'x_nothing' in result.out + result.err, result.out + result.err
    ctl.run('pack install', folder, status=1)
    equal(ctl.count('custom_field'), 0)

    folder = a_pack(ctl, [one])
    ctl.run('pack check', folder)
    ctl.run('pack install', folder)
    ctl.run('undo')
    equal(ctl.json('rules list')['rules'], [])
    ctl.run('pack install', folder)
    equal(list(refused(ctl, 'new', 'contact', 'full_name=Ada')), ['x_colour'])
    ctl.run('new', 'contact', 'full_name=Ada', 'x_colour=red')
    ctl.run('delete', 'custom_field', 'Colour', status=1)
    ctl.run('pack remove', 'try', '--with-data')
    equal((ctl.count('rule'), ctl.count('custom_field')), (0, 0))
    ctl.run('new', 'contact', 'full_name=Bob')
    ctl.run('check')


ctltest.run_module()
