// Feedback: the owner of a need marks supplies, the supplier reads what concerns it, the command line exports judgments.
// The tests go on from each other, in the order of the file.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { command, waitFor } from './lib/node.mjs';
import { achievementFields, lookalikeFields, needFields, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const region = await startRegion();
const { administrator, anyone, department, enterprise, provider, rival, auditor, node, folder } = region;
const supply = await publish(provider, 'achievements', achievementFields);
const lookalike = await publish(provider, 'achievements', lookalikeFields);
const rivals = await publish(rival, 'achievements', { ...achievementFields, title: '铝合金化学镀镍磷工艺', owner: rival.organization.id });
const own = await publish(enterprise, 'achievements', { ...achievementFields, title: '自家的氧化工艺' });
const need = await publish(enterprise, 'needs', needFields);
const hidden = await publish(enterprise, 'needs', { ...needFields, title: '不具名的题', confidentiality: 'anonymous' });

const place = (to, on) => `/api/v1/needs/${to.id}/feedback/${on.id}`;
const marksIn = (matches) => Object.fromEntries(matches.items.filter((item) => item.feedback).map((item) => [item.supply.id, item.feedback.mark]));
const received = async (client, query = '') => (await client.get(`/api/v1/feedback/received${query}`)).is(200).json;

test('a first mark needs no If-Match, a change does', async () => {
  const first = (await enterprise.put(place(need, supply), { mark: 'shortlisted' })).is(200);
  assert.equal(first.etag, '"1"');
  assert.deepEqual([first.json.mark, first.json.version, first.json.supply.title], ['shortlisted', 1, supply.title]);
  (await enterprise.put(place(need, supply), { mark: 'contacted' })).isProblem(422, 'invalid');
  (await enterprise.put(place(need, supply), { mark: 'contacted' }, { version: 7 })).isProblem(412, 'version_mismatch');
  (await enterprise.put(place(need, supply), { mark: 'contacted', note: '周二来看样' }, { version: 1 })).is(200);
  const accepted = (await enterprise.put(place(need, supply), { mark: 'accepted' }, { version: 2 })).is(200).json;
  assert.equal(accepted.version, 3);
});

test('a repeated request with its key is answered and not done twice', async () => {
  const headers = { 'Idempotency-Key': randomUUID() };
  const body = { mark: 'refused', reason: 'price', note: '超出预算一倍' };
  const first = (await enterprise.put(place(need, lookalike), body, { headers })).is(200);
  const again = (await enterprise.put(place(need, lookalike), body, { headers })).is(200);
  assert.deepEqual(again.json, first.json);
  assert.equal(again.etag, first.etag);
  (await enterprise.put(place(need, lookalike), { mark: 'accepted' }, { headers })).isProblem(409, 'conflict');
});

test('a refusal needs its reason, `other` needs words, a note has its length', async () => {
  const wrong = async (body, field) => {
    const problem = (await enterprise.put(place(need, rivals), body, { direct: true })).isProblem(422, 'invalid').json;
    assert.deepEqual(problem.problems.map((one) => one.field), [field], JSON.stringify(body));
  };
  await wrong({ mark: 'refused' }, '/reason');
  await wrong({ mark: 'shortlisted', reason: 'price' }, '/reason');
  await wrong({ mark: 'refused', reason: 'other', note: ' ' }, '/note');
  await wrong({ mark: 'contacted', note: '字'.repeat(501) }, '/note');
  await wrong({ mark: 'liked' }, '/mark');
  (await enterprise.put(place(need, rivals), { mark: 'refused', reason: 'capacity', note: '字'.repeat(500) })).is(200);
});

test('nobody but the owner of the need marks, and only the supplies of others', async () => {
  for (const client of [administrator, department, provider, rival, auditor]) (await client.put(place(need, supply), { mark: 'contacted' }, { version: 3 })).isProblem(403, 'forbidden');
  (await anyone.put(place(need, supply), { mark: 'contacted' }, { version: 3, direct: true })).isProblem(401, 'unauthenticated');
  (await enterprise.put(place(need, own), { mark: 'shortlisted' })).isProblem(422, 'invalid');
  (await enterprise.put(place(need, need), { mark: 'shortlisted' })).isProblem(422, 'invalid');
  (await enterprise.put(place(need, { id: 'ach_01KF0000000000000000000000' }), { mark: 'shortlisted' })).isProblem(404, 'not_found');
});

test('the marks of a need: all with history for its side and overseers, its own for a supplier', async () => {
  for (const client of [enterprise, department, administrator]) {
    const { items } = (await client.get(`/api/v1/needs/${need.id}/feedback`)).is(200).json;
    assert.equal(items.length, 3);
    const accepted = items.find((item) => item.supply.id === supply.id);
    assert.deepEqual(accepted.history.map((one) => one.mark), ['accepted', 'contacted', 'shortlisted']);
    assert.equal(accepted.history[1].note, '周二来看样');
    assert.equal(accepted.actor_name, '赵厂长');
  }
  const seen = (await provider.get(`/api/v1/needs/${need.id}/feedback`)).is(200);
  assert.deepEqual(seen.json.items.map((item) => item.supply.id).sort(), [supply.id, lookalike.id].sort());
  assert.ok(!/赵厂长|history|周二/.test(seen.text), seen.text);
  assert.deepEqual((await auditor.get(`/api/v1/needs/${need.id}/feedback`)).is(200).json.items, []);
});

test('matches carry the marks for the owner of the need, and for nobody else', async () => {
  const matches = await waitFor('the supply to be matched', async () => {
    const found = (await enterprise.get(`/api/v1/needs/${need.id}/matches?limit=50`)).is(200).json;
    return found.items.some((item) => item.supply.id === supply.id) && found.items.some((item) => item.supply.id === own.id) && found;
  });
  assert.equal(marksIn(matches)[supply.id], 'accepted');
  assert.equal(matches.items.find((item) => item.supply.id === supply.id).feedback.version, 3);
  assert.equal(matches.items.find((item) => item.supply.id === supply.id).may_mark, true);
  assert.equal(matches.items.find((item) => item.supply.id === own.id).may_mark, false);
  for (const client of [department, provider]) {
    const theirs = (await client.get(`/api/v1/needs/${need.id}/matches?limit=50`)).is(200);
    assert.ok(!/"feedback"|"may_mark"/.test(theirs.text));
  }
});

test('the supplier reads marks, reasons and notes with counts, and not who an anonymous need is of', async () => {
  (await enterprise.put(place(hidden, supply), { mark: 'refused', reason: 'too_early' })).is(200);
  const page = await received(provider);
  assert.deepEqual(page.items.map((item) => [item.mark, item.reason, item.note, item.need.title]), [
    ['refused', 'too_early', undefined, hidden.title],
    ['refused', 'price', '超出预算一倍', need.title],
    ['accepted', undefined, undefined, need.title],
  ]);
  assert.deepEqual(page.items[0].need, { id: hidden.id, title: hidden.title, owner_hidden: true });
  assert.equal(page.items[1].need.owner_name, enterprise.organization.title);
  assert.deepEqual(Object.fromEntries(page.reasons.filter((one) => one.count).map((one) => [one.reason, one.count])), { too_early: 1, price: 1 });
  assert.deepEqual(Object.fromEntries(page.marks.map((one) => [one.mark, one.count])), { shortlisted: 0, contacted: 0, refused: 2, accepted: 1 });
  assert.deepEqual((await received(provider, '?reason=price')).items.map((item) => item.supply.id), [lookalike.id]);
  assert.equal((await received(rival)).total, 1);
  assert.equal((await received(enterprise)).total, 0);
  assert.equal((await received(department)).total, 4);
  assert.equal((await received(auditor)).total, 0);
  assert.equal((await provider.all('/api/v1/feedback/received', 1)).items.length, 3);
  (await provider.get('/api/v1/feedback/received?mark=liked', { direct: true })).isProblem(422, 'invalid');
});

test('new feedback is news in the inbox of the supplier', async () => {
  const news = (await provider.get('/api/v1/inbox')).is(200).json.items.filter((item) => item.kind === 'feedback_received');
  assert.equal(news.length, 1);
  assert.match(news[0].title.zh, /3 条反馈，其中 2 条说不合适/);
  assert.ok(!(await enterprise.get('/api/v1/inbox')).is(200).text.includes('feedback_received'));
});

test('a mark taken back is gone for the supplier', async () => {
  (await enterprise.put(place(hidden, supply), { mark: 'cleared' }, { version: 1 })).is(200);
  assert.equal((await received(provider)).total, 2);
  assert.equal((await enterprise.get(`/api/v1/needs/${hidden.id}/feedback`)).json.items[0].mark, 'cleared');
});

test('jingwei feedback export writes what jingwei eval match reads', async () => {
  const problems = [{ text: '铝合金阀体表面硬度和耐盐雾' }, { text: '压铸件自动去毛刺' }];
  (await enterprise.put(`/api/v1/needs/${need.id}/problems`, { problems }, { version: 0 })).is(200);
  const out = path.join(folder, 'judged');
  assert.match(await command('feedback', 'export', '--data', node.data, '--out', out), /^4 supplies, 1 needs with 3 judgments and 1 splits/);
  const lines = async (name) => (await readFile(path.join(out, name), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  const [judged] = await lines('needs.jsonl');
  assert.deepEqual(judged.judgments, { [supply.id]: 3, [lookalike.id]: 1, [rivals.id]: 1 });
  assert.deepEqual([judged.title, judged.region, judged.budget_wan, judged.segment], [need.title, '嘉兴南湖', 80, 'chem.surface']);
  const supplies = await lines('supplies.jsonl');
  assert.deepEqual(supplies.map((one) => one.id).sort(), [supply, lookalike, rivals, own].map((one) => one.id).sort());
  const one = supplies.find((line) => line.id === supply.id);
  assert.deepEqual([one.kind, one.region, one.trl, one.amount_wan], ['achievement', '嘉兴秀洲', 8, 50]);
  assert.deepEqual(await lines('splits.jsonl'), [{ id: need.id, problems: problems.map(({ text }) => text) }]);
  const figures = JSON.parse(
    await command('eval', 'match', '--supplies', path.join(out, 'supplies.jsonl'), '--needs', path.join(out, 'needs.jsonl'), '--out', path.join(out, 'run.txt')),
  );
  assert.equal(figures.needs, 1);
  assert.ok(figures.ndcg10 > 0.5, JSON.stringify(figures));
});

test('backup, restore and check know feedback', async () => {
  const backup = path.join(folder, 'backup');
  await command('backup', '--data', node.data, '--to', backup);
  await node.stop();
  assert.match(await command('check', '--data', node.data), /all invariants hold/);
  const second = path.join(folder, 'second');
  await mkdir(second);
  for (const name of ['keys', 'node.toml']) await cp(path.join(node.data, name), path.join(second, name), { recursive: true });
  await command('restore', '--data', second, '--from', backup);
  await command('backup', '--data', second, '--to', path.join(folder, 'again'));
  for (const name of ['feedback.jsonl', 'feedback_versions.jsonl']) assert.equal(await readFile(path.join(folder, 'again', name), 'utf8'), await readFile(path.join(backup, name), 'utf8'));
  const rows = async (name) => (await readFile(path.join(backup, name), 'utf8')).trim().split('\n').length - 1;
  assert.equal(await rows('feedback.jsonl'), 4);
  assert.equal(await rows('feedback_versions.jsonl'), 7);
});
