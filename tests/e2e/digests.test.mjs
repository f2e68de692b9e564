// Rounds: every need meets every supply, both sides read what is new for them, and what is not theirs to see never shows. Then exposure, mail,
// the command line, and what a supplier's load does to the online match. The tests go on from each other, in the order of the file.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { command, jingwei, waitFor } from './lib/node.mjs';
import { achievementFields, act, lookalikeFields, makePerson, needFields, proposal, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const region = await startRegion();
const { administrator, anyone, department, enterprise, provider, rival, auditor, organizations, node, folder } = region;
const writer = await makePerson(administrator, anyone, 'wu@biaomian.example', '吴工', ['provider'], organizations.provider);
const supply = await publish(provider, 'achievements', achievementFields);
await publish(provider, 'achievements', lookalikeFields);
const rivals = await publish(rival, 'achievements', { ...achievementFields, title: '铝合金化学镀镍磷工艺', owner: rival.organization.id });
const need = await publish(enterprise, 'needs', needFields);
const hidden = await publish(enterprise, 'needs', { ...needFields, title: '不具名：阀体表面磨花', confidentiality: 'anonymous' });
const invited = await publish(enterprise, 'needs', { ...needFields, title: '只给受邀方：阀体起泡', confidentiality: 'invited' });

const findable = (client, of, id) =>
  waitFor('the supply to be findable', async () => (await client.get(`/api/v1/needs/${of.id}/matches?limit=50`)).is(200).json.items.some((item) => item.supply.id === id));
async function round() {
  const { id } = (await administrator.post('/api/v1/rounds')).is(202).json;
  const ended = await waitFor('the round to end', async () => {
    const now = (await administrator.get(`/api/v1/rounds/${id}`)).is(200).json;
    return now.state !== 'running' && now;
  });
  assert.equal(ended.state, 'done', JSON.stringify(ended));
  return ended;
}
const digestsOf = async (client) => (await client.get('/api/v1/digests')).is(200).json.items;
const newest = async (client) => (await client.get(`/api/v1/digests/${(await digestsOf(client))[0].id}`)).is(200);
const pairs = (groups) => groups.flatMap((group) => group.lines.map((line) => `${group.own.title} <- ${line.entry.title}`)).sort();
const news = async (client) => (await client.get('/api/v1/inbox')).is(200).json.items.filter((item) => item.kind === 'digest');

let first;
test('an administrator runs a round, nobody else', async () => {
  for (const client of [department, enterprise, provider, auditor]) (await client.post('/api/v1/rounds')).isProblem(403, 'forbidden');
  await findable(enterprise, need, supply.id);
  await findable(enterprise, need, rivals.id);
  assert.deepEqual(await digestsOf(enterprise), []);
  first = await round();
  assert.equal(first.needs, 3);
  assert.equal(first.needs_done, 3);
  assert.ok(first.pairs >= 6 && first.figures.share_of_best > 0.9, JSON.stringify(first));
});

test('the owner of the needs reads new supplies for all of them, with reasons', async () => {
  const digest = (await newest(enterprise)).json;
  const told = pairs(digest.for_needs);
  for (const one of [need, hidden, invited]) for (const other of [supply, rivals]) assert.ok(told.includes(`${one.title} <- ${other.title}`), told.join('\n'));
  assert.deepEqual(digest.for_supplies, []);
  const line = digest.for_needs.find((group) => group.own.id === need.id).lines.find((one) => one.entry.id === supply.id);
  assert.ok(line.score > 0.1 && line.supplier > 0.3 && line.reasons.length > 0, JSON.stringify(line));
  assert.equal(line.entry.owner_name, organizations.provider.title);
});

test('a supplier reads the needs that suit it, an anonymous one without its owner, and nothing of one for invited parties', async () => {
  for (const client of [provider, rival]) {
    const answer = await newest(client);
    const told = pairs(answer.json.for_supplies);
    assert.ok(told.some((one) => one.includes(need.title)) && told.some((one) => one.includes(hidden.title)), told.join('\n'));
    assert.ok(!/只给受邀方|赵厂长/.test(answer.text), answer.text);
    assert.ok(!answer.text.includes(invited.id));
    const lines = answer.json.for_supplies.flatMap((group) => group.lines);
    for (const line of lines) assert.equal(line.entry.owner_name, line.entry.id === hidden.id ? undefined : organizations.enterprise.title);
    for (const line of lines) for (const reason of line.reasons) assert.ok(!reason.text.zh.includes('你写的'), reason.text.zh);
    assert.equal(answer.json.wanted, 2, 'the invited need is not even counted');
  }
});

test('digests are the organization’s own; read and unread are the person’s', async () => {
  const [mine] = await digestsOf(provider);
  for (const client of [enterprise, rival, department, administrator, auditor]) (await client.get(`/api/v1/digests/${mine.id}`)).isProblem(404, 'not_found');
  const [waiting] = await news(provider);
  assert.equal(waiting.url, `/digests/${mine.id}`);
  assert.match(waiting.title.zh, /2 条需求适合您的资源/);
  (await provider.put(`/api/v1/digests/${mine.id}/read`, { read: true })).is(200);
  (await provider.put(`/api/v1/digests/${mine.id}/read`, { read: true })).is(200);
  assert.deepEqual(await news(provider), []);
  assert.equal((await news(writer)).length, 1, 'a colleague has not read it');
  assert.equal((await digestsOf(provider))[0].read, true);
  (await provider.put(`/api/v1/digests/${mine.id}/read`, { read: false })).is(200);
  assert.equal((await news(provider)).length, 1);
  (await provider.put(`/api/v1/digests/${mine.id}/read`, { read: 'yes' }, { direct: true })).isProblem(422, 'invalid');
  (await provider.get('/api/v1/digests?cursor=x', { direct: true })).isProblem(422, 'invalid');
});

test('what was told is not told again; what is new is', async () => {
  const second = await round();
  assert.equal(second.pairs, 0);
  assert.equal((await digestsOf(enterprise)).length, 1, 'no digest without news');
  const fresh = await publish(provider, 'achievements', { ...achievementFields, title: '铝阀体硬质阳极氧化' });
  await findable(enterprise, need, fresh.id);
  await round();
  assert.deepEqual(pairs((await newest(enterprise)).json.for_needs), [need, hidden, invited].map((one) => `${one.title} <- ${fresh.title}`).sort());
});

test('a repeated request with its key begins no second round', async () => {
  const headers = { 'Idempotency-Key': randomUUID() };
  const one = (await administrator.post('/api/v1/rounds', undefined, { headers })).is(202).json;
  await waitFor('the round to end', async () => (await administrator.get(`/api/v1/rounds/${one.id}`)).json.state === 'done');
  assert.equal((await administrator.post('/api/v1/rounds', undefined, { headers })).is(202).json.id, one.id);
  assert.equal((await administrator.get('/api/v1/rounds?limit=1')).is(200).json.items[0].id, one.id);
});

test('who is invited reads the need from then on', async () => {
  (await enterprise.post('/api/v1/deals', proposal(invited, supply))).is(201);
  const later = await publish(provider, 'achievements', { ...achievementFields, title: '铝阀体等离子喷涂' });
  await findable(enterprise, need, later.id);
  await round();
  assert.ok(pairs((await newest(provider)).json.for_supplies).includes(`${later.title} <- ${invited.title}`));
  assert.ok(!(await newest(rival)).text.includes('只给受邀方'));
});

test('a need that is withdrawn is gone from older digests', async () => {
  (await enterprise.post(`/api/v1/registers/needs/entries/${hidden.id}/withdraw`, { reason: '不做了' })).is(200);
  for (const client of [provider, rival, enterprise]) for (const { id } of await digestsOf(client)) assert.ok(!(await client.get(`/api/v1/digests/${id}`)).is(200).text.includes('不具名'), id);
});

test('exposure by owner for departments, as numbers and as a table', async () => {
  (await enterprise.put(`/api/v1/needs/${need.id}/feedback/${supply.id}`, { mark: 'contacted' })).is(200);
  for (const client of [department, administrator, auditor]) {
    const report = (await client.get('/api/v1/exposure?days=7')).is(200).json;
    assert.equal(report.rounds, 5);
    const theirs = report.items.find((item) => item.id === organizations.provider.id);
    assert.ok(theirs.given >= 9 && theirs.contacted === 1 && theirs.deals === 1, JSON.stringify(theirs));
    assert.ok(Math.abs(report.items.reduce((sum, item) => sum + item.share, 0) - 1) < 1e-9);
    assert.ok(report.concentration > 0.5 && report.concentration <= 1);
  }
  for (const client of [enterprise, provider]) (await client.get('/api/v1/exposure')).isProblem(403, 'forbidden');
  for (const days of ['0', '61', 'x', '-1']) (await department.get(`/api/v1/exposure?days=${days}`, { direct: true })).isProblem(422, 'invalid');
  const csv = (await department.get('/api/v1/exposure.csv')).is(200);
  assert.match(csv.text, /^\uFEFF供给单位,单位编号/);
  assert.ok(csv.text.includes(`${organizations.provider.title},${organizations.provider.id}`));
});

/** The messages of an mbox as {headers, text}; encoded words decoded. */
function messages(mbox) {
  return mbox.split(/^From [^\n]*\n/m).slice(1).map((message) => {
    const at = message.indexOf('\n\n');
    const headers = message.slice(0, at).replace(/\n /g, ' ').replaceAll('?= =?', '?==?').replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_, words) => Buffer.from(words, 'base64').toString());
    return { headers, text: Buffer.from(message.slice(at), 'base64').toString() };
  });
}

test('mail of a round is a file: mbox for those with an address, JSON lines for all; nothing of an invited need', async () => {
  for (const client of [department, provider, auditor]) (await client.get(`/api/v1/rounds/${first.id}/mail`)).isProblem(403, 'forbidden');
  const mbox = (await administrator.get(`/api/v1/rounds/${first.id}/mail`)).is(200).text;
  const [letter, ...others] = messages(mbox);
  assert.equal(others.length, 0);
  assert.match(letter.headers, /^To: 吴工 <wu@biaomian\.example>$/m);
  assert.match(letter.headers, /^Subject: 匹配简报 \d{4}-\d\d-\d\d：\d+ 条适合的需求$/m);
  assert.ok(letter.text.includes(need.title) && !letter.text.includes('不具名'), letter.text);
  const lines = (await administrator.get(`/api/v1/rounds/${first.id}/mail?format=jsonl`, { direct: true })).is(200).text.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(lines.map((line) => line.name).sort(), ['吴工', '孙经理', '李教授', '赵厂长'].sort());
  assert.equal(lines.find((line) => line.name === '赵厂长').address, undefined);
  const uninvited = lines.find((line) => line.name === '孙经理').text;
  assert.ok(uninvited.includes(need.title) && !uninvited.includes('只给受邀方'), uninvited);
  (await administrator.get(`/api/v1/rounds/${first.id}/mail?format=pdf`, { direct: true })).isProblem(422, 'invalid');
  (await administrator.get('/api/v1/rounds/round_01KF0000000000000000000000/mail')).isProblem(404, 'not_found');
});

test('a supplier without room steps back in the online match, and the reader is told until when', async () => {
  const platform = { title: '铝合金表面处理中试平台', text: '承接铝合金阀体微弧氧化、阳极氧化小批量加工，硬度 1200HV，盐雾 1000 小时', kind: 'pilot', segment: 'chem.surface', region: '330411', yearly_projects: 1 };
  const kinds = (await anyone.get('/api/v1/code-lists/platform-kinds')).is(200).json.codes;
  const made = await publish(provider, 'platforms', { ...platform, kind: kinds[0].code });
  await findable(enterprise, need, made.id);
  const seen = async () => (await enterprise.get(`/api/v1/needs/${need.id}/matches?limit=50`)).is(200).json.items.find((item) => item.supply.id === made.id);
  const before = await seen();
  assert.equal(before.parts.load, 1);
  const deal = (await enterprise.post('/api/v1/deals', proposal(need, made))).is(201).json;
  await act(provider, deal, 'agree');
  const after = await seen();
  assert.equal(after.parts.load, 0);
  assert.ok(after.score < before.score * 0.8, `${after.score} after ${before.score}`);
  assert.match(after.missing[0].zh, /一年可承接 1 项，已有 1 项，2099-12-31 前没有空档/);
  assert.match(after.missing[0].en, /no free capacity until 2099-12-31/);
});

test('the command line runs a round and writes its mail; a wrong time is refused', async () => {
  const running = await jingwei('round', 'run', '--data', node.data);
  assert.notEqual(running.code, 0, 'the node holds its folder');
  await node.stop();
  assert.match(await command('round', 'run', '--data', node.data), /^round_\w+: 2 needs, \d+ pairs of \d+ candidates/);
  const out = path.join(folder, 'digests.jsonl');
  assert.match(await command('round', 'mail', '--data', node.data, '--round', first.id, '--format', 'jsonl', '--out', out), /^4 letters in .*; 3 accounts have no mail address/);
  assert.equal((await readFile(out, 'utf8')).trim().split('\n').length, 4);
  assert.match(await command('check', '--data', node.data), /all invariants hold/);
  const settings = path.join(node.data, 'node.toml');
  const toml = await readFile(settings, 'utf8');
  await writeFile(settings, toml.replace('round_at = "off"', 'round_at = "25:00"'));
  const refused = await jingwei('check', '--data', node.data);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /must look like 02:30/);
  await writeFile(settings, toml);
});

test('a round that a crash interrupts leaves the digest before it, and a backup holds all of it', async () => {
  await node.start();
  const before = (await digestsOf(enterprise)).map((item) => item.id);
  const more = await publish(provider, 'achievements', { ...achievementFields, title: '铝阀体激光熔覆' });
  await findable(enterprise, need, more.id);
  (await administrator.post('/api/v1/rounds')).is(202);
  await node.kill();
  await node.start();
  const after = (await digestsOf(enterprise)).map((item) => item.id);
  assert.deepEqual(after.slice(-before.length), before);
  for (const id of after) (await enterprise.get(`/api/v1/digests/${id}`)).is(200);
  await node.stop();
  assert.match(await command('check', '--data', node.data), /all invariants hold/);
  const backup = path.join(folder, 'backup');
  await command('backup', '--data', node.data, '--to', backup);
  const rows = async (name) => (await readFile(path.join(backup, name), 'utf8')).trim().split('\n').length - 1;
  assert.ok((await rows('round_pairs.jsonl')) >= 12 && (await rows('digests.jsonl')) >= 6);
});
