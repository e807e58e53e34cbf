#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records that are there twice: found, merged and taken apart again."""
import ctltest
from ctltest import equal


def new(ctl, kind, *words):
    return ctl.json('new', kind, *words)['ids'][0]


def value(ctl, kind, record, field):
    return ctl.json('show', kind, record)['record'].get(field)


def test_duplicates(ctl):
    """duplicates tells both records, the score and why"""
    one = new(ctl, 'contact', 'first_name=Élodie', 'last_name=Lefèvre', 'email=elodie@lefevre.fr', 'phone=+33612345678')
    two = new(ctl, 'contact', 'first_name=LEFEBVRE', 'last_name=ELODIE', 'phone=+33612345678')
    new(ctl, 'contact', 'first_name=Marc', 'last_name=Lefèvre')

    found = ctl.json('duplicates', 'contacts')
    equal((found['entity'], found['total'], found['truncated']), ('contact', 1, False))
    pair = found['pairs'][0]
    equal((pair['record']['id'], pair['other']['id']), (one, two))
    equal(pair['record']['title'], 'Élodie Lefèvre')
    equal(pair['reasons'], ['Phone: identical', 'Full name: almost the same'])
    assert 0.8 <= pair['score'] <= 1, pair

    line = ctl.run('duplicates', 'contact').out.split('\t')
    equal((line[1], line[3]), (one, two))
    equal(ctl.run('duplicates', 'contact', '--count').out, '1\n')
    equal(ctl.json('duplicates', 'contact', '--record', two)['pairs'][0]['other']['id'], one)
    equal(ctl.json('duplicates', 'contact', '--record', one, '--min', '1')['total'], 0)

    # A mail address says its domain too, once
    new(ctl, 'organisation', 'name=Port SARL', 'email=info@port.fr')
    new(ctl, 'organisation', 'name=Port SARL', 'email=info@port.fr')
    equal(ctl.json('duplicates', 'organisation')['pairs'][0]['reasons'], ['E-mail: identical', 'Mail domain: identical', 'Name: identical'])


def test_duplicates_refused(ctl):
    """duplicates says what it can't do"""
    for minimum in ('2', 'x', '-1', '0.5x', 'nan'):
        ctl.run('duplicates', 'contact', '--min', minimum, status=2)
    assert 'tells two of them apart' in ctl.run('duplicates', 'stage', status=1).err
    ctl.run('duplicates', 'contact', '--record', 'Nobody', status=3)
    ctl.run('duplicates', 'nothing', status=3)


def test_merge(ctl):
    """merge keeps the best, links follow, unmerge and undo take it back"""
    kept = new(ctl, 'organisation', 'name=ACME', 'tags=a;b')
    other = new(ctl, 'organisation', 'name=Acmé SARL', 'tags=b;c', 'siren=732829320')
    contact = new(ctl, 'contact', 'last_name=Anne', f'organisation={other}')

    planned = ctl.json('merge', 'organisation', kept, other, '--dry-run')
    equal(planned['sequence'], 0)
    equal(planned['fields']['name'], {'value': 'Acmé SARL', 'from': other})
    equal(ctl.json('merge', 'organisation', other, kept, '--dry-run')['fields']['name'], {'value': 'Acmé SARL', 'from': other})
    equal(planned['fields']['tags'], {'value': ['a', 'b', 'c'], 'from': None})
    equal(value(ctl, 'contact', contact, 'organisation'), other)

    done = ctl.json('merge', 'organisation', kept, other, '--field', f'name={kept}')
    equal((done['id'], done['merged'], done['links']), (kept, 1, 1))
    equal(value(ctl, 'organisation', kept, 'name'), 'ACME')
    equal(value(ctl, 'organisation', kept, 'siren'), '732829320')
    equal(value(ctl, 'organisation', kept, 'tags'), ['a', 'b', 'c'])
    equal(value(ctl, 'contact', contact, 'organisation'), kept)
    equal(ctl.count('organisation'), 1)
    entry = ctl.json('log')['entries'][0]
    equal((entry['origin'], entry['sequence'], entry['changes']), ('merge', done['sequence'], 3))
    ctl.run('check')

    ctl.run('set', 'organisation', kept, 'siren=')
    ctl.run('delete', 'organisation', other, '--trash')
    result = ctl.run('unmerge', done['sequence'], '--json').json
    equal((result['restored'], len(result['stays'])), (1, 1))
    equal(value(ctl, 'organisation', other, 'tags'), ['b', 'c'])
    equal(value(ctl, 'organisation', kept, 'tags'), ['a', 'b'])
    equal(value(ctl, 'contact', contact, 'organisation'), other)
    ctl.run('unmerge', done['sequence'], status=5)
    ctl.run('check')

    again = ctl.run('merge', 'organisation', kept, other).out.strip()
    equal(ctl.json('undo')['undone'], int(again))
    equal(value(ctl, 'contact', contact, 'organisation'), other)


def test_merge_refused(ctl):
    """merge refuses in one sentence and stores nothing"""
    one = new(ctl, 'contact', 'last_name=One', 'opted_in=false')
    two = new(ctl, 'contact', 'last_name=Two', 'opted_in=true')
    gone = new(ctl, 'contact', 'last_name=Gone')
    company = new(ctl, 'organisation', 'name=Acme')
    ctl.run('delete', 'contact', gone)

    assert 'with itself' in ctl.run('merge', 'contact', one, one, status=1).err
    for word in (gone, 'Gone', 'gone'):
        said = ctl.run('merge', 'contact', 'One', word, status=1).err
        assert '“Gone” is in the trash' in said and f'contact {gone}' in said, said
    assert 'another kind' in ctl.run('merge', 'contact', one, company, status=1).err
    assert 'says no' in ctl.run('merge', 'contact', one, two, '--field', f'opted_in={two}', status=1).err
    ctl.run('merge', 'contact', one, status=2)
    ctl.run('merge', 'contact', one, two, '--field', 'phone', status=2)
    ctl.run('merge', 'contact', one, two, '--field', f'nothing={one}', status=3)
    ctl.run('merge', 'contact', one, two, '--field', f'phone={company}', status=1)
    ctl.run('merge', 'contact', one, 'Nobody', status=3)
    ctl.run('unmerge', 'x', status=2)
    ctl.run('unmerge', '1', status=1)
    ctl.run('unmerge', '99999', status=3)
    equal(ctl.count('contact'), 2)


ctltest.run_module()
