#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports of other products: recognised, mapped, nothing lost, no refusal overlooked."""
import json

import ctltest
import xlsx
from ctltest import equal

LISTMONK = 'uuid,email,name,attributes,status,created_at,updated_at\n'
MAUTIC = ('id,title,firstname,lastname,company,position,email,mobile,phone,points,address1,address2,city,state,zipcode,'
          'country,preferred_locale,attribution,website,facebook,stage,tags,doNotContact\n')
ODOO = 'External ID,Name,Is a Company,Related Company,Job Position,Email,Phone,Street,Zip,City,Country,Tags,Salesperson,Blacklist\n'


def contact(ctl, email):
    return ctl.records('contact', f'email={email}')[0]


def test_listmonk(ctl):
    """listmonk: attributes become notes, a refusal is kept, being enabled is no consent"""
    report = ctl.imported(LISTMONK +
                          '6c2a,ana@example.org,Ana Ruiz,"{""city"":""Lyon"",""plan"":{""paid"":true}}",enabled,2024-01-02 10:00:00 +0000 UTC,x\n'
                          '6c2b,bob@example.org,Bob,{},blocklisted,2024-01-02,x\n'
                          '6c2c,eve@example.org,Eve,{},confirmed,2024-01-02,x\n'
                          '6c2d,joe@example.org,Joe,{},unsubscribed,2024-01-02,x\n'
                          '6c2e,zoe@example.org,Zoe,{},something new,2024-01-02,x\n')
    equal((report['recognised'], report['entity'], report['created'], report['rejected']),
          ('listmonk-subscribers', 'contact', 5, 0))
    ana = contact(ctl, 'ana@example.org')
    equal((ana['full_name'], ana['notes'], ana.get('opted_in')), ('Ana Ruiz', 'city: Lyon\nplan: {"paid":true}', None))
    equal([contact(ctl, f'{name}@example.org').get('opted_in') for name in ('bob', 'eve', 'joe', 'zoe')],
          [False, True, False, False])
    assert any('uuid' in hint for hint in report['hints']), report['hints']


def test_refusal_stays(ctl):
    """a refusal that is here stays, whatever an export says; one there is taken over"""
    ctl.imported('full_name,email,opted_in\nNo,no@example.org,no\nYes,yes@example.org,yes\n', '--as', 'contact')
    text = LISTMONK + 'u1,no@example.org,No,{},confirmed,,\nu2,yes@example.org,Yes,{},blocklisted,,\n'
    report = ctl.imported(text)
    equal([contact(ctl, f'{name}@example.org')['opted_in'] for name in ('no', 'yes')], [False, False])
    assert any('refusal was kept' in note for note in report['notes']), report['notes']
    ctl.run('undo')
    equal(contact(ctl, 'yes@example.org')['opted_in'], True)


def test_refusal_within_the_file(ctl):
    """somebody who stands twice and refused once has refused"""
    ctl.imported(LISTMONK + 'u1,a@example.org,A,{},unsubscribed,,\nu2,a@example.org,A,{},confirmed,,\n')
    equal(contact(ctl, 'a@example.org')['opted_in'], False)


def test_mautic(ctl):
    """Mautic: points to the notes, stage and tags to tags, do not contact is a refusal"""
    report = ctl.imported(MAUTIC +
                          '1,Mr,Jean,Petit,Boulangerie Petit,Gérant,jean@example.fr,,+33142000001,40,1 rue A,,Paris,,75001,France,'
                          'fr_FR,0,https://petit.example,,Hot,vip,1\n'
                          '2,,Lea,Blanc,,,lea@example.fr,,n/a,0,,,,,,Atlantis,xx_XX,0,,,,,0\n')
    equal((report['recognised'], report['created'], report['rejected']), ('mautic-contacts', 2, 0))
    jean = contact(ctl, 'jean@example.fr')
    equal((jean['first_name'], jean['job_title'], jean['language'], jean['country'], jean['opted_in']),
          ('Jean', 'Gérant', 'fr', 'FR', False))
    equal(sorted(jean['tags']), ['Hot', 'vip'])
    assert 'points: 40' in jean['notes'] and 'https://petit.example' in jean['notes'], jean['notes']
    equal(ctl.records('organisation')[0]['name'], 'Boulangerie Petit')
    lea = contact(ctl, 'lea@example.fr')
    equal(lea.get('opted_in'), None)
    for word in ('n/a', 'Atlantis', 'xx_XX'):
        assert word in lea['notes'], lea['notes']
    assert 'points' not in lea['notes'], lea['notes']


def test_stored_notes_stay(ctl):
    """what a file leaves over goes behind the notes and tags that a contact has, once"""
    ctl.imported('full_name,email,notes,tags\nJean Petit,jean@example.fr,"Met in Lyon\nLikes tea",Old\n', '--as', 'contact')
    text = MAUTIC + ('1,Mr,Jean,Petit,,Gérant,jean@example.fr,,,40,,,,,,Atlantis,fr_FR,0,https://petit.example,,Hot,vip,0\n')
    equal(ctl.imported(text)['updated'], 1)
    jean = contact(ctl, 'jean@example.fr')
    equal(sorted(jean['tags']), ['Hot', 'Old', 'vip'])
    equal(jean['notes'].split('\n')[:2], ['Met in Lyon', 'Likes tea'])
    for word in ('points: 40', 'Atlantis', 'https://petit.example'):
        assert word in jean['notes'], jean['notes']
    equal(ctl.imported(text, '--dry-run')['unchanged'], 1)
    equal(ctl.imported(text)['updated'], 0)
    equal(contact(ctl, 'jean@example.fr')['notes'], jean['notes'])
    ctl.imported(text.replace(',40,', ',41,'))
    equal(contact(ctl, 'jean@example.fr')['notes'], jean['notes'] + '\npoints: 41')


def test_same_record_twice(ctl):
    """what several rows of one file say of a record is all kept, whatever finds it"""
    text = 'id,email,Extra\n{0},,A\n,jean@example.fr,B\n{0},,C\n'
    ctl.imported('full_name,email,notes\nJean Petit,jean@example.fr,Met in Lyon\n', '--as', 'contact')
    jean = contact(ctl, 'jean@example.fr')['id']
    words = ['--as', 'contact', '--map', 'Extra=notes.more']
    for report in (ctl.imported(text.format(jean), *words, '--dry-run'), ctl.imported(text.format(jean), *words)):
        equal((report['created'], report['updated'], report['rejected']), (0, 3, 0))
    equal(contact(ctl, 'jean@example.fr')['notes'], 'Met in Lyon\nExtra: A\nExtra: B\nExtra: C')
    ctl.run('undo')
    equal(contact(ctl, 'jean@example.fr')['notes'], 'Met in Lyon')


def test_mautic_refusals(ctl):
    """whatever stands in a column of refusals and is no clear no is a refusal"""
    text = MAUTIC + ''.join(f'{i},,A,B,,,p{i}@example.org,,,0,,,,,,,,,,,,,{word}\n'
                            for i, word in enumerate(('email', 'TRUE', 'oui', '2', 'false', 'no', '')))
    ctl.imported(text)
    equal([contact(ctl, f'p{i}@example.org').get('opted_in') for i in range(7)], [False] * 4 + [None] * 3)


PARTNERS = (ODOO + 'p2,Brandon Freeman,False,Azure Interior,Buyer,brandon@azure.example,,,,,France,"Gold,Silver",Mitchell Admin,True\n'
            'p1,Azure Interior,True,,,info@azure.example,,4 Rue B,69001,Lyon,France,Gold,Mitchell Admin,False\n'
            'p3,Azure Lyon,True,Azure Interior,,lyon@azure.example,,,,,France,,,\n'
            'p4,Nora Ben,False,Elsewhere SARL,,nora@elsewhere.example,,,,,France,,,\n')


def two(report):
    return [(part['entity'], part['rows'], part['created'], part['updated'], part['skipped'], part['rejected'],
             part['linked_created']) for part in (report['first'], report)]


def test_odoo_partners(ctl):
    """Odoo: companies and people stand in one file and are taken in one act, companies first"""
    expected = [('organisation', 2, 2, 0, 0, 0, 1), ('contact', 2, 2, 0, 0, 0, 1)]
    dry = ctl.imported(PARTNERS, '--dry-run')
    equal((dry['recognised'], two(dry), ctl.count('contact'), ctl.count('organisation')), ('odoo-partners', expected, 0, 0))
    report = ctl.imported(PARTNERS)
    equal((report['recognised'], two(report)), ('odoo-partners', expected))
    assert not any('second time' in note for note in report['notes']), report['notes']
    brandon = contact(ctl, 'brandon@azure.example')
    equal((brandon['full_name'], brandon['job_title'], brandon['opted_in'], sorted(brandon['tags'])),
          ('Brandon Freeman', 'Buyer', False, ['Gold', 'Silver']))
    azure = ctl.records('organisation', 'name=Azure Interior')[0]
    equal((azure['country'], azure['address']['city'], azure['email']), ('FR', 'Lyon', 'info@azure.example'))
    equal(brandon['organisation'], azure['id'])
    equal(ctl.json('show', 'organisation', 'Azure Lyon')['record']['parent'], azure['id'])
    equal([part['unchanged'] for part in (lambda again: (again['first'], again))(ctl.imported(PARTNERS))], [2, 2])
    ctl.run('undo')
    equal((ctl.count('contact'), ctl.count('organisation')), (0, 0))
    ctl.run('check')


def test_odoo_partners_rejected(ctl):
    """a row that can't be used is told; companies can be taken alone, and people where nothing tells them apart"""
    text = PARTNERS + 'p5,,True,,,x@example.org,,,,,,,,\np6,Eva,False,,,not a mail,,,,,,,,\n'
    report = ctl.imported(text)
    equal([(part['created'], part['rejected']) for part in (report['first'], report)], [(2, 1), (3, 0)])
    assert 'Line 6' in report['samples'][0] and report['rejects'] is not None, report
    alone = ctl.imported(PARTNERS, '--as', 'odoo-companies', name='again.csv')
    equal((alone['entity'], alone.get('first'), alone['created'], alone['skipped']), ('organisation', None, 0, 2))
    assert any('second time' in note for note in alone['notes']), alone['notes']
    people = ctl.imported('Name,Related Company,Job Position,Email\nIda,Azure Lyon,Buyer,ida@azure.example\n', name='people.csv')
    equal((people['recognised'], people.get('first'), people['created']), ('odoo-partners', None, 1))


def test_odoo_french_workbook(ctl):
    """the same in French, as a workbook"""
    row = ''.join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ('Anne Roy',)) + '<c t="b"><v>0</v></c>' + \
        ''.join(f'<c t="inlineStr"><is><t>{text}</t></is></c>'
                for text in ('Roy SARL', 'Gérante', 'anne@roy.example', '01 42 00 00 02', 'Paul')) + '<c t="b"><v>1</v></c>'
    path = xlsx.write(ctl.folder / 'contacts.xlsx', {
        'Sheet1': xlsx.text_row('Nom', 'Est une société', 'Société liée', 'Poste occupé', 'E-mail', 'Téléphone', 'Vendeur',
                                'Liste noire') + '<row>' + row + '</row>'})
    report = ctl.json('import', path)
    equal((report['recognised'], report['created'], report['rejected']), ('odoo-partners', 1, 0))
    equal(contact(ctl, 'anne@roy.example')['opted_in'], False)


def test_odoo_opportunities(ctl):
    """Odoo: opportunities become deals with stage, amount and dates with a time"""
    report = ctl.imported('Opportunity,Contact Name,Company Name,Email,Phone,Salesperson,Sales Team,Stage,Expected Revenue,'
                          'Probability,Expected Closing,Created on,Tags\n'
                          'Office design,Brandon,Azure Interior,b@azure.example,,Mitchell Admin,Europe,Proposition,24000.0,60.0,'
                          '2026-12-01,2026-03-05 10:11:12,Design\n'
                          'Chairs,,Azure Interior,,,Mitchell Admin,Europe,Won,1200.5,100.0,,2026-03-06 10:11:12,\n')
    equal((report['recognised'], report['entity'], report['created'], report['rejected']), ('odoo-opportunities', 'deal', 2, 0))
    deal = ctl.records('deal', 'name=Office design')[0]
    equal((deal['amount']['amount'], deal['expected_close_on'], deal['opened_on']), ('24000.00', '2026-12-01', '2026-03-05'))
    assert 'Sales Team: Europe' in deal['notes'] and 'b@azure.example' in deal['notes'], deal['notes']


def test_odoo_opportunities_list(ctl):
    """Odoo: the list of opportunities as it is shown becomes deals too, in French as a workbook"""
    path = ctl.write('list.csv', 'Opportunity,Contact Name,Email,Expected Revenue,Stage,Salesperson,Company Name\n'
                     'Desks,Brandon,b@azure.example,24000.0,Qualified,Mitchell Admin,Azure Interior\n')
    report = ctl.json('import', path)
    equal((report['recognised'], report['entity'], report['created'], report['rejected']), ('odoo-opportunities', 'deal', 1, 0))
    stage = ctl.records('deal', 'name=Desks')[0]['stage']
    path = xlsx.write(ctl.folder / 'deals.xlsx', {
        'Sheet1': xlsx.text_row('Opportunité', 'Nom du contact', 'E-mail', 'Revenu espéré', 'Étape', 'Vendeur', 'Nom de la société') +
                  xlsx.text_row('Chaises', 'Brandon', '', '1200,50', 'Qualified', 'Mitchell Admin', 'Azure Interior')})
    report = ctl.json('import', path)
    equal((report['recognised'], report['created'], report['linked_created'], report['rejected']), ('odoo-opportunities', 1, 0, 0))
    desks, chairs = (ctl.records('deal', f'name={name}')[0] for name in ('Desks', 'Chaises'))
    equal(chairs['amount']['amount'], '1200.50')
    equal([desks[field] == chairs[field] for field in ('stage', 'owner', 'organisation', 'contact')], [True] * 4)
    equal(stage, ctl.records('stage', 'name=Qualified')[0]['id'])
    equal(desks['notes'], 'Email: b@azure.example')


def test_odoo_leads(ctl):
    """Odoo: leads keep their status and who refused is tagged"""
    report = ctl.imported('Lead,Contact Name,Company Name,Email,Phone,Salesperson,Sales Team,Stage,Blacklist\n'
                          'Ask about chairs,Kim,Kim Ltd,kim@example.org,,Marc,Europe,Qualified,True\n')
    equal((report['recognised'], report['created']), ('odoo-leads', 1))
    lead = ctl.records('lead')[0]
    equal((lead['status'], lead['company'], lead['tags']), ('qualified', 'Kim Ltd', ['opted-out']))


def test_espocrm(ctl):
    """EspoCRM: contacts, accounts, leads and opportunities are told apart"""
    ends = 'createdAt,modifiedAt,createdById,createdByName,assignedUserId,assignedUserName,id\n'
    more = ',2024-01-01 10:00:00,2024-01-02 10:00:00,1,Admin,2,Paul,61a\n'
    contacts = ctl.imported('firstName,lastName,accountId,accountName,emailAddress,phoneNumber,emailAddressIsOptedOut,doNotCall,'
                            'addressCity,addressCountry,' + ends +
                            'Ann,Lee,9,Lee SA,ann@lee.example,,1,0,Lyon,France' + more, name='contacts.csv')
    equal((contacts['recognised'], contacts['created']), ('espocrm-contacts', 1))
    equal(contact(ctl, 'ann@lee.example')['opted_in'], False)
    few = ctl.imported('id,firstName,lastName,salutationName,accountName,emailAddress,phoneNumber,doNotCall,createdAt\n'
                       '62b,Bea,Lee,Ms.,Lee SA,bea@lee.example,,0,2024-01-01 10:00:00\n', name='few.csv')
    equal((few['recognised'], few['created'], few['rejected']), ('espocrm-contacts', 1, 0))
    accounts = ctl.imported('name,website,emailAddress,phoneNumber,type,industry,sicCode,billingAddressStreet,billingAddressCity,'
                            'billingAddressCountry,' + ends +
                            'Lee SA,https://lee.example,,,Customer,Banking,6020,1 rue C,Lyon,France' + more, name='accounts.csv')
    equal((accounts['recognised'], accounts['updated']), ('espocrm-accounts', 1))
    equal(ctl.records('organisation')[0]['kind'], 'customer')
    leads = ctl.imported('firstName,lastName,name,status,source,opportunityAmount,accountName,emailAddress,' + ends +
                         'Tom,Ray,Tom Ray,In Process,Web Site,1000,Ray,tom@ray.example' + more, name='leads.csv')
    equal((leads['recognised'], leads['created']), ('espocrm-leads', 1))
    equal([ctl.records('lead')[0][name] for name in ('status', 'source')], ['contacted', 'website'])
    deals = ctl.imported('name,amount,amountCurrency,accountId,accountName,stage,probability,closeDate,leadSource,' + ends +
                         'Vault,50000,EUR,9,Lee SA,Negotiation,80,2026-12-24,Partner' + more, name='deals.csv')
    equal((deals['recognised'], deals['created'], deals['rejected']), ('espocrm-opportunities', 1, 0))


def test_dolibarr(ctl):
    """Dolibarr: third parties by their codes, with what is no valid SIREN in the notes"""
    report = ctl.imported('Nom du tiers;Code client;Code fournisseur;Client;Fournisseur;Adresse;Code postal;Ville;Pays;Téléphone;'
                          'ID professionnel 1;ID professionnel 2;Numéro de TVA;Type du tiers;État prospection;Note (privée);Note (publique)\n'
                          'Boulanger SA;CU01;;1;0;2 rue D;75002;Paris;France;01 42 00 00 03;732829320;;;PME/PMI;;bon client;ferme le lundi\n'
                          'Fournil;;SU02;0;1;;;;;;12;;;TPE;Ne pas contacter;;\n')
    equal((report['recognised'], report['created'], report['rejected']), ('dolibarr-third-parties', 2, 0))
    first = ctl.records('organisation', 'name=Boulanger SA')[0]
    equal((first['kind'], first['siren'], first['country']), ('customer', '732829320', 'FR'))
    assert first['notes'].startswith('Code client: CU01') and 'bon client' in first['notes'] and 'ferme le lundi' in first['notes'], first['notes']
    second = ctl.records('organisation', 'name=Fournil')[0]
    equal((second['kind'], sorted(second['tags'])), ('other', ['opted-out', 'supplier']))
    assert 'ID professionnel 1: 12' in second['notes'], second['notes']


def test_dolibarr_contacts(ctl):
    """Dolibarr: contacts; of headings that stand twice the contact's own are taken"""
    report = ctl.imported('Contact Id,Civility code,Lastname,Firstname,Post/Function,Address,Zip Code,Town,Phone,EMail,'
                          'Company Id,Company name,Customer code,Address,Zip Code,Town,Phone\n'
                          '1,MR,Roy,Paul,CEO,1 rue E,75003,Paris,0142000004,paul@roy.example,7,Roy,CU1,9 rue F,69002,Lyon,0142000005\n')
    equal((report['recognised'], report['created'], report['rejected']), ('dolibarr-contacts', 1, 0))
    paul = contact(ctl, 'paul@roy.example')
    equal((paul['job_title'], paul['address']['city']), ('CEO', 'Paris'))


def test_said(ctl):
    """comptoirctl says what it recognised, and a plan that it prints can be given back"""
    path = ctl.write('subscribers.csv', LISTMONK + 'u,a@example.org,A,{},disabled,,\n')
    told = ctl.run('import', path, '--dry-run')
    assert 'Recognised: listmonk, subscribers' in told.out + told.err, told.err
    plan = ctl.json('import', path, '--dry-run')['plan']
    equal(plan['origin'], 'listmonk-subscribers')
    equal(ctl.json('import', path, '--plan', json.dumps(plan))['created'], 1)
    equal(contact(ctl, 'a@example.org')['opted_in'], False)


def test_not_recognised(ctl):
    """a list like any other is asked about as before"""
    equal(ctl.imported('name,email,status\nA,a@example.org,new\n', '--as', 'lead')['recognised'], None)
    equal(ctl.imported('first name,last name,email,company,phone,city,zip,country\nA,B,b@example.org,,,,,\n')['recognised'], None)
    assert 'odoo-nothing' in ctl.imported('name\nA\n', '--as', 'odoo-nothing', status=None).err


def test_forced(ctl):
    """what is forced is taken as far as it goes"""
    report = ctl.imported('email,name\nq@example.org,Q\n', '--as', 'listmonk-subscribers')
    equal((report['recognised'], report['created']), ('listmonk-subscribers', 1))


def test_alike(ctl):
    """a dry run tells how many new records look like ones that are there, or like others of the file"""
    ctl.imported('full_name,first_name,last_name,email,phone\nMarie Dupont,Marie,Dupont,marie@dupont.example,01 42 00 00 09\n',
                 '--as', 'contact')
    text = ('first_name,last_name,email,phone\nMarie,Dupond,m.dupont@example.org,01 42 00 00 09\n'
            'Zacharie,Quentin,z1@example.org,0611223344\nZacharie,Quentin,z2@example.org,06 11 22 33 44\n'
            'Omar,Lund,omar@lund.example,\n')
    report = ctl.imported(text, '--as', 'contact', '--dry-run')
    equal((report['created'], report['alike_stored'], report['alike_within'], report['alike_left']), (4, 1, 1, 0))
    assert any('already here' in note for note in report['notes']), report['notes']
    assert 'alike_stored' not in ctl.imported(text, '--as', 'contact')
    # Nothing tells two tasks apart that are called the same: there is nothing to compare.
    equal(ctl.imported('title\nCall\nCall\n', '--as', 'task', '--dry-run')['alike_left'], 0)


def test_hostile(ctl):
    """attributes that are no JSON, giant texts and formulas cost nothing but themselves"""
    deep = '{""a"":' * 5000 + '1' + '}' * 5000
    report = ctl.imported(LISTMONK + f'u1,a@example.org,A,"{deep}",enabled,,\n'
                          'u2,b@example.org,B,"{""a"":",enabled,,\n'
                          f'u3,c@example.org,C,{"x" * 100000},enabled,,\n'
                          "u4,d@example.org,D,'=1+1,enabled,,\n"
                          'u5,not a mail,E,{},blocklisted,,\n'
                          'u6,,F,"[1,2]",enabled\n')
    equal((report['created'], report['rejected']), (5, 1))
    equal(contact(ctl, 'b@example.org')['notes'], 'attributes: {"a":')
    assert any('left out' in note for note in report['notes']), report['notes']
    equal([record['notes'] for record in ctl.records('contact', 'full_name=E')], ['email: not a mail'])
    equal(ctl.records('contact', 'full_name=E')[0]['opted_in'], False)


ctltest.run_module()
