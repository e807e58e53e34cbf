#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What workflows send, to a web server made by others (Python's): told once, or shown as
unknown, whatever the server answers and whenever the process is killed.
"""
import collections
import contextlib
import http.server
import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time

from ctltest import PROGRAM, equal, run_module

# In one run; CI does with few
KILLS = int(os.environ.get('CPT_KILLS', '8'))
FAR = '2031-01-01T09:00:00Z'


class Server(http.server.ThreadingHTTPServer):
    """Remembers what it was told; answers as the first part of the path says"""
    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Handler)
        self.calls = []
        self.pause = 0

    def counts(self):
        return collections.Counter(headers['Idempotency-Key'] for _, headers, _ in self.calls)

    def handle_error(self, request, client_address):
        """Who was killed is not there any more to be answered"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def answer(self, status, body=b'', **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace('_', '-'), value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
        self.server.calls.append((self.path, dict(self.headers), body))
        time.sleep(self.server.pause)
        how = self.path.split('/')[1]
        if how == 'drop':
            self.close_connection = True
            return
        if how == 'home':
            self.answer(302, Location='http://127.0.0.1:1/')
        elif how == 'busy':
            self.answer(429, Retry_After='3600')
        elif how == 'huge':
            self.answer(200, b'[' + b'1,' * 400000 + b'1]', Content_Type='application/json')
        elif how == 'ok':
            self.answer(200, json.dumps({'id': 17, 'name': 'é'}).encode(), Content_Type='application/json')
        else:
            self.answer(int(how), b'what it says')

    do_GET = do_PUT = do_POST


@contextlib.contextmanager
def server():
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={'poll_interval': 0.02})
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()


def drawing(made, how, failed=False, **settings):
    call = {'url': f'http://127.0.0.1:{made.server_port}/{how}/{{{{name}}}}', 'method': 'POST', 'body': {'deal': '{{name}}'}}
    call.update(settings)
    nodes = [{'id': 'start', 'kind': 'by_hand', 'settings': {'entity': 'deal'}},
             {'id': 'call', 'kind': 'webhook', 'settings': call},
             {'id': 'task', 'kind': 'create_task', 'settings': {'title': 'Answered {{steps.call.body.id}}'}},
             {'id': 'end', 'kind': 'end', 'settings': {'label': 'Told'}}]
    connections = [{'from': 'start', 'outcome': 'next', 'to': 'call'}, {'from': 'call', 'outcome': 'next', 'to': 'task'},
                   {'from': 'task', 'outcome': 'next', 'to': 'end'}]
    if failed:
        nodes.append({'id': 'away', 'kind': 'end', 'settings': {'label': 'Not told'}})
        connections.append({'from': 'call', 'outcome': 'failed', 'to': 'away'})
    return json.dumps({'nodes': nodes, 'connections': connections})


def begin(ctl, made, how, name='Tell', deals=('Large',), **settings):
    """A workflow that calls the server, with some deals in it"""
    for deal in deals:
        if ctl.count('deal', f'name={deal}') == 0:
            ctl.run('new', 'deal', f'name={deal}', 'amount=9000 EUR')
    ctl.run('workflow draw', name, drawing(made, how, **settings))
    ctl.run('workflow publish', name)
    equal(ctl.json('workflow start', name, *deals)['started'], len(deals))


def effects(ctl, *state):
    return ctl.json('outbox list', *state, '--limit', '0')['effects']


def tick(ctl, *words):
    return ctl.json('tick', '--local', *words)


def label(ctl, name='Tell'):
    return ctl.json('workflow runs', name)['runs'][0]['label']


def test_told(ctl):
    """the other side is told with the values of the record, and what it answers is used"""
    with server() as made:
        begin(ctl, made, 'ok', deals=('A&B / 100 %',), headers={'X-Deal': '{{name}}'},
              body={'deal': '{{name}}', 'amount': '{{amount}}', 'link': '{{organisation.name}}', 'n': 3})
        equal(tick(ctl)['done'], 1)
        path, headers, body = made.calls[0]
    equal(path, '/ok/A%26B%20%2F%20100%20%25')
    equal(json.loads(body), {'deal': 'A&B / 100 %', 'amount': {'amount': '9000.00', 'currency': 'EUR'}, 'link': None, 'n': 3})
    effect = effects(ctl)[0]
    equal((headers['Idempotency-Key'], headers['webhook-id'], headers['X-Deal']), (effect['key'], effect['key'], 'A&B / 100 %'))
    equal((effect['state'], effect['next'], effect['attempt']), ('done', 'nothing', 1))
    equal(effect['answer'], {'status': 200, 'body': {'id': 17, 'name': 'é'}})
    equal(ctl.json('list', 'task')['records'][0]['title'], 'Answered 17')
    equal(label(ctl), 'Told')
    equal(ctl.run('check').status, 0)


def test_home(ctl):
    """nothing of this machine is called unless that is said, nor whereto somebody sends on"""
    with server() as made:
        begin(ctl, made, 'ok')
        equal(ctl.json('tick')['failed'], 1)
        equal(made.calls, [])
        assert 'network' in effects(ctl)[0]['reason'], effects(ctl)
        ctl.run('outbox retry', str(effects(ctl)[0]['number']))
        equal(tick(ctl)['done'], 1)
        begin(ctl, made, 'home', name='On')
        equal(tick(ctl)['failed'], 1)
        equal(len(made.calls), 2)


def test_answers(ctl):
    """what was refused, may have been done, or comes later is told apart"""
    with server() as made:
        for how, state, following in (('404', 'failed', 'show'), ('500', 'unknown', 'show'), ('drop', 'unknown', 'show'),
                                      ('huge', 'done', 'nothing')):
            begin(ctl, made, how, name=how)
            tick(ctl)
            effect = effects(ctl)[0]
            equal((how, effect['state'], effect['next']), (how, state, following))
            assert (effect['reason'] is None) == (state == 'done'), effect
            assert len(json.dumps(effect['answer'])) < 100000
        begin(ctl, made, '404', name='Way', failed=True)
        equal(tick(ctl)['ended'], 1)
        equal(label(ctl, 'Way'), 'Not told')
        begin(ctl, made, '503', name='Known', receiver='knows_key')
        equal(tick(ctl)['again'], 1)
        before = len(made.calls)
        tick(ctl, '--now', '2026-01-01T00:00:00Z')
        equal(len(made.calls), before)


def test_people(ctl):
    """a person sends again, changed or not, leaves it, or says that it was done"""
    with server() as made:
        begin(ctl, made, '500', deals=('Again', 'Skipped', 'Known', 'Changed'))
        equal(tick(ctl)['unknown'], 4)
        equal(tick(ctl, '--now', FAR)['unknown'], 0)
        equal(len(made.calls), 4)
        numbers = {effect['request']['body'][9:-2]: effect for effect in effects(ctl)}
        ctl.run('outbox skip', str(numbers['Skipped']['number']))
        ctl.run('outbox confirm', str(numbers['Known']['number']))
        changed = dict(numbers['Changed']['request'], url=f'http://127.0.0.1:{made.server_port}/ok/changed')
        ctl.run('outbox retry', str(numbers['Changed']['number']), json.dumps(changed))
        ctl.run('outbox retry', str(numbers['Again']['number']))
        ctl.run('outbox skip', str(numbers['Skipped']['number']), status=5)
        ctl.run('outbox skip', '999', status=3)
        done = tick(ctl)
        equal((done['ended'], done['done'], done['unknown']), (3, 1, 1))
        equal({e['request']['body'][9:-2]: e['state'] for e in effects(ctl)},
              {'Again': 'unknown', 'Skipped': 'failed', 'Known': 'done', 'Changed': 'done'})
        equal(made.counts()[numbers['Again']['key']], 2)


def test_copies(ctl):
    """a copy, a backup that came back and another machine do nothing by themselves before a person says so"""
    with server() as made:
        begin(ctl, made, 'ok', deals=('One', 'Two'))
        copy, backup, away = (ctl.folder / name for name in ('copy.comptoir', 'backup.comptoir', 'away.comptoir'))
        shutil.copy(ctl.workspace, backup)
        equal(tick(ctl)['done'], 2)
        shutil.copy(ctl.workspace, copy)
        ctl.raw('tick', copy, '--local', status=5)
        os.rename(ctl.workspace, away)
        ctl.raw('tick', away, '--local')
        os.rename(away, ctl.workspace)
        ctl.raw('tick', ctl.workspace, '--local')
        shutil.copy(backup, ctl.workspace)
        refused = ctl.raw('tick', ctl.workspace, '--local', status=5)
        assert 'twice' in refused.err, refused.err
        equal(len(made.calls), 2)
        ctl.raw('settle', copy)
        ctl.raw('tick', copy, '--local')
        os.environ['XDG_STATE_HOME'] = str(ctl.folder / 'other')
        ctl.raw('tick', copy, '--local', status=5)
        equal(len(made.calls), 2)
        ctl.raw('settle', ctl.workspace)
        equal(tick(ctl)['done'], 2)


def test_resting(ctl):
    """who says when to come again is left alone until then, and so is who fails again and again"""
    with server() as made:
        begin(ctl, made, 'busy', deals=[f'Deal {i}' for i in range(40)])
        first = tick(ctl, '--now', '2029-01-01T00:00:00Z')
        assert len(made.calls) <= 16, len(made.calls)
        equal(first['next_due'][:13], '2029-01-01T01')
        made.calls.clear()
        tick(ctl, '--now', '2029-01-01T00:59:00Z')
        equal(made.calls, [])
    # Nobody is there any more.
    later = tick(ctl, '--now', '2029-01-02T00:00:00Z', '--until', '2029-01-02T00:30:00Z')
    assert later['again'] < 60, later


def test_left(ctl):
    """nothing is sent any more for who has left the workflow meanwhile"""
    with server() as made:
        begin(ctl, made, 'busy', deals=())
        drawn = json.loads(drawing(made, 'busy'))
        goal = {'field': 'source', 'op': 'is', 'value': 'partner'}
        drawn['settings'] = {'exits': [{'id': 'goal', 'label': 'Reached', 'where': goal}]}
        ctl.run('workflow draw', 'Tell', json.dumps(drawn))
        ctl.run('workflow publish', 'Tell')
        ctl.run('new', 'deal', 'name=One')
        ctl.run('workflow start', 'Tell', 'One')
        tick(ctl, '--now', '2029-01-01T00:00:00Z')
        equal(len(made.calls), 1)
        ctl.run('set', 'deal', 'One', 'source=partner')
        equal(tick(ctl, '--now', '2029-01-01T03:00:00Z')['next_due'], None)
        equal(len(made.calls), 1)
        equal(label(ctl), 'Reached')
        equal([(effect['state'], effect['next']) for effect in effects(ctl)], [('failed', 'nothing')])


def test_drawn_wrong(ctl):
    """what can't be sent can't be published"""
    with server() as made:
        for settings in ({'url': 'ftp://example.com'}, {'url': 'https://me:secret@example.com'}, {'url': 'https://{{nowhere}}/'},
                         {'url': 'https:///x'}, {'headers': {'Host': 'x'}}, {'headers': {'X': 'a\r\nb'}},
                         {'headers': {'a b': 'c'}}, {'body': {'x': '{{name'}}, {'method': 'TRACE'}):
            ctl.run('workflow draw', 'Wrong', drawing(made, 'ok', **settings))
            found = ctl.json('workflow check', 'Wrong', status=6)['problems']
            equal((settings, [problem['node'] for problem in found]), (settings, ['call']))


def test_two(ctl):
    """two processes at once bring nothing away twice"""
    with server() as made:
        made.pause = 0.02
        begin(ctl, made, 'ok', deals=[f'Deal {i}' for i in range(40)])
        processes = [subprocess.Popen([PROGRAM, 'tick', ctl.workspace, '--local'], stdout=subprocess.DEVNULL,
                                      stderr=subprocess.DEVNULL) for _ in range(3)]
        equal(min(process.wait() for process in processes), 0)
        tick(ctl)
        equal(sorted(made.counts().values()), [1] * 40)


def kill_at_random(ctl, seed):
    chance = random.Random(seed)
    began = time.monotonic()
    ctl.run('outbox list')
    start = time.monotonic() - began
    for _ in range(KILLS):
        with subprocess.Popen([PROGRAM, 'tick', ctl.workspace, '--local'], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(start * 0.5 + chance.uniform(0.0, 0.12))
            process.send_signal(signal.SIGKILL)


def begin_many(ctl, made, count, how='ok', **settings):
    path = ctl.write('deals.csv', 'name,amount\n' + ''.join(f'Deal {i},9000 EUR\n' for i in range(count)))
    ctl.run('import', path, '--as', 'deal')
    begin(ctl, made, how, deals=(), **settings)
    equal(ctl.json('workflow start', 'Tell', '--where', 'amount>0')['started'], count)


def test_refused(ctl):
    """who is refused again and again is asked no more: the workflow rests, and says why"""
    with server() as made:
        begin_many(ctl, made, 300, '404')
        tick(ctl)
        # Those that were taken on already are brought away
        assert 20 <= len(made.calls) <= 100, len(made.calls)
        shown = ctl.json('show', 'workflow', 'Tell')['record']
        equal((shown['state'], shown['pause']), ('paused', 'hold'))
        assert shown['pause_reason'].startswith('20 steps failed'), shown
        before = len(made.calls)
        tick(ctl)
        equal(len(made.calls), before)


def test_killed(ctl):
    """killed at any moment, it tells each once, or says that nobody knows"""
    with server() as made:
        made.pause = 0.005
        begin_many(ctl, made, max(60, KILLS * 6))
        kill_at_random(ctl, 1)
        tick(ctl)
        equal(tick(ctl, '--now', FAR)['next_due'], None)
        counts = made.counts()
        for effect in effects(ctl):
            if effect['state'] == 'done':
                equal((effect['key'], counts[effect['key']]), (effect['key'], 1))
            else:
                equal((effect['state'], effect['next']), ('unknown', 'show'))
                assert counts[effect['key']] <= 1 and effect['reason'], effect
        equal(ctl.count('task'), len(effects(ctl, 'done')))
        equal(ctl.run('check').status, 0)


def test_killed_known(ctl):
    """killed at any moment, it tells a side that knows its keys until that has said so"""
    with server() as made:
        made.pause = 0.005
        begin_many(ctl, made, max(60, KILLS * 6), receiver='knows_key')
        kill_at_random(ctl, 2)
        # Not a moment before the first call: a clock that went back proves nothing about keys.
        now = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 1))
        until = time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(time.time() + 7200))
        equal(tick(ctl, '--now', now, '--until', until)['next_due'], None)
        equal({effect['state'] for effect in effects(ctl)}, {'done'})
        equal(set(made.counts()), {effect['key'] for effect in effects(ctl)})
        equal(ctl.count('task'), len(effects(ctl)))


run_module()
