// Repeated requests (Idempotency-Key) and requests that come too late (If-Match).
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { achievementFields, act, needFields, proposal, publish, startRegion } from './lib/world.mjs';

const { administrator, enterprise, provider, rival } = await startRegion();
const concurrentRepeats = 20;
const needs = '/api/v1/registers/needs/entries';
const count = async (title) => (await enterprise.get(`${needs}?q=${encodeURIComponent(title)}`)).json.total;
const withKey = (key) => ({ headers: { 'Idempotency-Key': key } });
const write = (title, more = {}) => ({ fields: { ...needFields, title, ...more }, publish: true });
const comparable = ({ status, text, headers }) => ({ status, text, etag: headers.etag, location: headers.location });

test('the same key and body give the same answer, and the act is done once', async () => {
  const key = randomUUID();
  const first = (await enterprise.post(needs, write('只建一次'), withKey(key))).is(201);
  const second = (await enterprise.post(needs, write('只建一次'), withKey(key))).is(201);
  assert.deepEqual(comparable(second), comparable(first));
  assert.equal(await count('只建一次'), 1);
});

test('repeats at the same moment get one answer too', async () => {
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: concurrentRepeats }, () => enterprise.post(needs, write('同时重复'), withKey(key))));
  for (const answer of answers) assert.deepEqual(comparable(answer.is(201)), comparable(answers[0]));
  assert.equal(await count('同时重复'), 1);
});

test('the same key with another body, or for another route, is a conflict', async () => {
  const key = randomUUID();
  (await enterprise.post(needs, write('键一'), withKey(key))).is(201);
  (await enterprise.post(needs, write('键二'), withKey(key))).isProblem(409, 'conflict');
  assert.equal(await count('键二'), 0);
  const supply = await publish(provider, 'achievements', achievementFields);
  const need = await publish(enterprise, 'needs', { ...needFields, title: '键三' });
  (await enterprise.post('/api/v1/deals', proposal(need, supply), withKey(key))).isProblem(409, 'conflict');
});

test('keys of different people do not meet', async () => {
  const key = randomUUID();
  (await enterprise.post(needs, write('各用各的'), withKey(key))).is(201);
  (await rival.post(needs, write('各用各的', { owner: rival.organization.id }), withKey(key))).is(201);
});

test('a refused request does not use its key up', async () => {
  const key = randomUUID();
  (await enterprise.post(needs, write('', {}), withKey(key))).isProblem(422, 'invalid');
  (await enterprise.post(needs, write('改好再交'), withKey(key))).is(201);
});

test('keys work for acts on a deal, for accounts and for publishing', async () => {
  const supply = await publish(provider, 'achievements', { ...achievementFields, title: '幂等成果' });
  const need = await publish(enterprise, 'needs', { ...needFields, title: '幂等需求' });
  const proposing = randomUUID();
  const deal = (await enterprise.post('/api/v1/deals', proposal(need, supply), withKey(proposing))).is(201).json;
  assert.equal((await enterprise.post('/api/v1/deals', proposal(need, supply), withKey(proposing))).is(201).json.id, deal.id);
  const agreeing = { version: deal.version, ...withKey(randomUUID()) };
  const agreed = (await provider.post(`/api/v1/deals/${deal.id}/acts`, { act: 'agree' }, agreeing)).is(200);
  assert.equal((await provider.post(`/api/v1/deals/${deal.id}/acts`, { act: 'agree' }, agreeing)).is(200).text, agreed.text);

  const account = { login: 'made-once', name: '只建一次', roles: ['enterprise'] };
  const making = withKey(randomUUID());
  const made = (await administrator.post('/api/v1/accounts', account, making)).is(201);
  assert.ok(made.json.link, 'the link is shown once');
  // The answer holds a secret, so it is not kept: the repeated key is refused instead of answered again.
  (await administrator.post('/api/v1/accounts', account, making)).isProblem(409, 'conflict');
  (await administrator.post('/api/v1/accounts', account)).isProblem(409, 'conflict');

  const draft = (await enterprise.post(needs, { fields: { ...needFields, title: '发布一次' } })).is(201).json;
  const publishing = withKey(randomUUID());
  const published = (await enterprise.post(`${needs}/${draft.id}/publish`, undefined, publishing)).is(200);
  assert.equal((await enterprise.post(`${needs}/${draft.id}/publish`, undefined, publishing)).is(200).text, published.text);
});

test('a key that is empty or too long is refused', async () => {
  for (const key of ['', 'x'.repeat(201)]) (await enterprise.post(needs, write('键不对'), { ...withKey(key), direct: true })).isProblem(422, 'invalid');
});

test('editing without If-Match is 422, with a wrong one 412, and changes nothing', async () => {
  const entry = await publish(enterprise, 'needs', { ...needFields, title: '并发修改' });
  const change = { fields: { ...entry.fields, text: '改过一次' } };
  (await enterprise.put(`${needs}/${entry.id}`, change)).isProblem(422, 'invalid');
  for (const wrong of ['abc', '1', '""', 'W/"1"', '*'])
    (await enterprise.put(`${needs}/${entry.id}`, change, { headers: { 'If-Match': wrong } })).isProblem(422, 'invalid');
  const edited = (await enterprise.put(`${needs}/${entry.id}`, change, { version: entry.version })).is(200);
  assert.equal(edited.etag, `"${entry.version + 1}"`);
  (await enterprise.put(`${needs}/${entry.id}`, change, { version: entry.version })).isProblem(412, 'version_mismatch');
  (await enterprise.put(`${needs}/${entry.id}`, change, { version: entry.version + 5 })).isProblem(412, 'version_mismatch');
  assert.equal((await enterprise.get(`${needs}/${entry.id}`)).json.version, entry.version + 1);
});

test('of two edits of one version one wins', async () => {
  const entry = await publish(enterprise, 'needs', { ...needFields, title: '两人同改' });
  const edits = await Promise.all(['甲改', '乙改'].map((text) => enterprise.put(`${needs}/${entry.id}`, { fields: { ...entry.fields, text } }, { version: entry.version })));
  assert.deepEqual(edits.map((answer) => answer.status).sort(), [200, 412]);
});

test('acts on a deal and accounts ask for If-Match too', async () => {
  const supply = await publish(provider, 'achievements', { ...achievementFields, title: '版本成果' });
  const need = await publish(enterprise, 'needs', { ...needFields, title: '版本需求' });
  const deal = (await enterprise.post('/api/v1/deals', proposal(need, supply))).is(201).json;
  const path = `/api/v1/deals/${deal.id}/acts`;
  (await provider.post(path, { act: 'agree' })).isProblem(422, 'invalid');
  (await provider.post(path, { act: 'agree' }, { version: 9 })).isProblem(412, 'version_mismatch');
  const agreed = await act(provider, deal, 'agree');
  assert.equal(agreed.version, deal.version + 1);
  const { account } = (await administrator.post('/api/v1/accounts', { login: 'versioned', name: '版本', roles: ['auditor'] })).is(201).json;
  const change = { name: '新名', roles: ['auditor'], disabled: false };
  (await administrator.put(`/api/v1/accounts/${account.id}`, change)).isProblem(422, 'invalid');
  (await administrator.put(`/api/v1/accounts/${account.id}`, change, { version: 99 })).isProblem(412, 'version_mismatch');
  (await administrator.put(`/api/v1/accounts/${account.id}`, change, { version: account.version })).is(200);
});
