// Two replicas of one node on one PostgreSQL: one order of writes, one log, changes of either seen by both.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';

import { Client } from './lib/client.mjs';
import { command, jingwei, Node, temporaryFolder, waitFor } from './lib/node.mjs';
import { Proxy } from './lib/proxy.mjs';
import { achievementFields, act, enter, makeOrganization, makePerson, needFields, proposal, publish } from './lib/world.mjs';

const store = process.env.JINGWEI_TEST_POSTGRESQL;
const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql') : [];
const installed = versions.some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`));

if (!store && !installed) {
  test('two replicas on one PostgreSQL', { skip: 'PostgreSQL is not installed' }, () => {});
} else {
  assert.ok(store, 'JINGWEI_TEST_POSTGRESQL is not set: run tests/e2e/run.sh');
  await replicaTests();
}

async function replicaTests() {
  const withinMs = 1000;
  const entriesOfEach = 60;
  const achievements = '/api/v1/registers/achievements/entries';
  const place = await temporaryFolder();
  const cleanups = [place.remove];
  after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  const a = await Node.make(place.folder, { name: 'a', init: ['--store', store] });
  const b = new Node(path.join(place.folder, 'b'));
  await cp(a.data, b.data, { recursive: true });
  for (const node of [a, b]) {
    await node.start();
    cleanups.push(() => node.stop());
  }
  const proxies = [await Proxy.start(a.address), await Proxy.start(b.address)];
  for (const proxy of proxies) cleanups.push(() => proxy.stop());
  const anyone = [new Client(a, proxies[0]), new Client(b, proxies[1])];
  /** The same person at the other replica: sessions are in the database. */
  const at = (replica, client) => new Client(anyone[replica].node, anyone[replica].proxy, client.headers);

  const administrator = await enter(anyone[0], a.firstLink);
  const buyer = await makeOrganization(administrator, 1, '副本企业', 'enterprise');
  const seller = await makeOrganization(administrator, 2, '副本研究院', 'institute');
  const enterprise = await makePerson(administrator, anyone[0], 'replica-enterprise', '甲', ['enterprise'], buyer);
  const provider = await makePerson(administrator, anyone[1], 'replica-provider', '乙', ['provider'], seller);

  /** Polls until it is so, and fails when that took more than a second. */
  const soon = (what, probe) => waitFor(what, probe, withinMs);

  test('a session opened at one replica counts at the other', async () => {
    for (const replica of [0, 1]) assert.equal((await at(replica, enterprise).get('/api/v1/me')).is(200).json.login, 'replica-enterprise');
    assert.equal((await at(1, administrator).get('/api/v1/admin/node')).is(200).json.store, 'postgresql');
  });

  test('writes of both interleave into one order, and each sees all of them', async () => {
    const write = async (replica) => {
      const client = at(replica, provider);
      for (let i = 0; i < entriesOfEach; ++i) await publish(client, 'achievements', { ...achievementFields, title: `副本 ${replica} 的成果 ${i}` });
    };
    await Promise.all([write(0), write(1)]);
    for (const replica of [0, 1]) {
      const { items, total } = await anyone[replica].all(achievements);
      assert.deepEqual([items.length, total], [2 * entriesOfEach, 2 * entriesOfEach]);
    }
    const writers = (await anyone[0].all('/api/v1/statements')).items.filter((one) => one.kind === 'entry_published' && one.public.register === 'achievements').map((one) => /副本 (\d)/.exec(one.public.fields.title)[1]);
    assert.match(writers.join(''), /01.*10|10.*01/, 'the writes of the two are mixed');
  });

  test('what is published at one is found by the other within a second', async () => {
    for (const replica of [0, 1]) {
      const words = `冷喷涂铜合金修复 ${replica}`;
      const entry = await publish(at(replica, provider), 'achievements', { ...achievementFields, title: words, text: '冷喷涂铜合金修复结晶器铜板' });
      await soon('the other replica to find it', async () => {
        const { items } = (await anyone[1 - replica].get(`/api/v1/search?limit=100&q=${encodeURIComponent('冷喷涂铜合金')}`)).is(200).json;
        return items.some((item) => item.entry.id === entry.id);
      });
    }
  });

  test('disabling an account at one ends its session at the other within a second', async () => {
    const guest = await makePerson(administrator, anyone[0], 'replica-guest', '丙', ['auditor']);
    (await at(1, guest).get('/api/v1/me')).is(200);
    (await administrator.put(`/api/v1/accounts/${guest.account.id}`, { name: '丙', roles: ['auditor'], disabled: true }, { version: (await administrator.get(`/api/v1/accounts/${guest.account.id}`)).json.version })).is(200);
    await soon('the session to end', async () => (await at(1, guest).get('/api/v1/me')).status === 401);
  });

  test('of two edits of one version at two replicas one wins', async () => {
    const entry = await publish(provider, 'achievements', { ...achievementFields, title: '两处同改' });
    const edits = await Promise.all([0, 1].map((replica) => at(replica, provider).put(`${achievements}/${entry.id}`, { fields: { ...entry.fields, trl: 5 + replica } }, { version: entry.version })));
    assert.deepEqual(edits.map((answer) => answer.status).sort(), [200, 412]);
  });

  test('one idempotency key at both replicas at once: one act, one answer', async () => {
    const headers = { 'Idempotency-Key': randomUUID() };
    const body = { fields: { ...achievementFields, title: '两处同键' }, publish: true };
    const answers = await Promise.all([0, 1, 0, 1, 0, 1].map((replica) => at(replica, provider).post(achievements, body, { headers })));
    for (const answer of answers) assert.equal(answer.is(201).text, answers[0].text);
  });

  test('rounds of two replicas never run at once', async () => {
    const asked = await Promise.all([0, 1, 0, 1].map((replica) => at(replica, administrator).post('/api/v1/rounds')));
    assert.ok(asked.every(({ status }) => status === 202 || status === 409) && asked.some(({ status }) => status === 202), asked.map(({ status }) => status).join());
    for (const replica of [0, 1]) {
      const rounds = await waitFor('the rounds to be done', async () => {
        const { items } = (await at(replica, administrator).get('/api/v1/rounds')).is(200).json;
        return items.every(({ state }) => state === 'done') && items.reverse();
      });
      assert.equal(rounds.length, asked.filter(({ status }) => status === 202).length);
      for (const [number, later] of rounds.slice(1).entries()) assert.ok(rounds[number].ended_at <= later.started_at, JSON.stringify(rounds));
    }
  });

  test('a deal is walked with each side at its own replica', async () => {
    const need = await publish(at(0, enterprise), 'needs', needFields);
    const supply = await publish(at(1, provider), 'achievements', achievementFields);
    let deal = (await at(0, enterprise).post('/api/v1/deals', proposal(need, supply))).is(201).json;
    deal = await act(at(1, provider), deal, 'agree');
    deal = await act(at(1, provider), deal, 'deliver', { note: '小样', milestone: 0 });
    deal = await act(at(0, enterprise), deal, 'accept', { milestone: 0 });
    assert.equal(deal.milestones[0].state, 'accepted');
  });

  const tree = async (replica) => {
    const [origin, size, root] = (await anyone[replica].get('/log/checkpoint', { direct: true })).is(200).text.split('\n');
    return { origin, size: Number(size), root };
  };

  test('both logs grow as one: same size, same root, and both are whole', async () => {
    const roots = new Map();
    const note = ({ size, root }) => {
      assert.equal(roots.get(size) ?? root, root, `two roots for size ${size}: the log forked`);
      roots.set(size, root);
    };
    let writing = true;
    const watching = (async () => {
      while (writing) for (const replica of [0, 1]) note(await tree(replica));
    })();
    for (let i = 0; i < 10; ++i) await Promise.all([0, 1].map((replica) => publish(at(replica, provider), 'achievements', { ...achievementFields, title: `日志 ${replica} ${i}` })));
    writing = false;
    await watching;
    const { statements } = (await anyone[0].get('/api/v1/log/state')).json;
    const [one, two] = await soon('both logs to hold every statement', async () => {
      const both = await Promise.all([tree(0), tree(1)]);
      return both.every(({ size }) => size === statements) && both;
    });
    assert.deepEqual(one, two);
    const vkey = await a.vkey();
    for (const node of [a, b]) assert.match(await command('log', 'verify', `${node.address}/log`, '--vkey', vkey), /consistent/);
    const statement = (await anyone[1].get('/api/v1/statements?limit=1')).json.items[0];
    const receipt = (await anyone[1].get(`/api/v1/statements/${statement.id}/receipt`)).is(200).text;
    assert.equal((await anyone[0].post('/api/v1/receipts/verify', undefined, { body: receipt, type: 'text/plain' })).is(200).json.valid, true);
  });

  test('when one replica dies the other goes on, and the dead one catches up when it comes back', async () => {
    await b.kill();
    const entry = await publish(at(0, provider), 'achievements', { ...achievementFields, title: '独自写下' });
    await b.start();
    (await at(1, provider).get(`${achievements}/${entry.id}`)).is(200);
    await soon('the log to catch up', async () => (await tree(1)).size === (await tree(0)).size);
    assert.deepEqual(await tree(1), await tree(0));
  });

  test('a replica with another key is refused', async () => {
    const stranger = await Node.make(place.folder, { name: 'stranger' });
    const { code, stderr } = await jingwei('serve', '--data', stranger.data, '--store', store, '--port', '0');
    assert.equal(code, 1);
    assert.match(stderr, /another node key/);
  });

  test('all invariants hold from either folder, and both folders hold the same tiles', async () => {
    await a.stop();
    await b.stop();
    for (const node of [a, b]) assert.match(await command('check', '--data', node.data), /all invariants hold/);
    const files = async (node) => {
      const root = path.join(node.data, 'log/tile');
      const names = readdirSync(root, { recursive: true }).filter((name) => statSync(path.join(root, name)).isFile());
      // Which partial tiles there are depends on when each replica published; what they hold does not.
      return new Map(await Promise.all(names.map(async (name) => [name, await readFile(path.join(root, name))])));
    };
    const [one, two] = [await files(a), await files(b)];
    let common = 0;
    for (const [name, bytes] of one)
      if (two.has(name)) {
        assert.ok(bytes.equals(two.get(name)), `tile ${name} differs`);
        ++common;
      }
    assert.ok(common > 0);
  });
}
