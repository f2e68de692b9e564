// The whole loop: accounts, supplies, a need, matches, a deal to its evaluation, receipts that verify offline.
// The tests go on from each other, in the order of the file.
import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { command, jingwei, linkToken, waitFor } from './lib/node.mjs';
import { achievementFields, act, enter, lookalikeFields, makeOrganization, makePerson, needFields, password, proposal, publish, startNode, steps } from './lib/world.mjs';

const test = steps();
const exitNegative = 3;
const withinMs = 1000;
const { anyone, node, folder } = await startNode();
let administrator, enterprise, provider, achievement, lookalike, need, deal, receipt, vkey;

const kindsWaiting = async (client) => (await client.get('/api/v1/inbox')).is(200).json.items.filter((item) => item.kind.startsWith('deal_')).map((item) => item.kind);

test('the first administrator enters by the one-time link, sets a password and signs in with it', async () => {
  const first = anyone.signedIn(await anyone.post('/api/v1/session/link', { token: node.firstLink }, { headers: { 'X-Jingwei-Request': '1' } }));
  const me = (await first.get('/api/v1/me')).is(200).json;
  assert.deepEqual([me.login, me.roles, me.must_set_password], ['admin', ['administrator'], true]);
  (await first.post('/api/v1/registers/organizations/entries', { fields: {} }, { direct: true })).isProblem(403, 'forbidden');
  (await first.put('/api/v1/me/password', { new_password: password })).is(204);
  administrator = anyone.signedIn(await anyone.post('/api/v1/session', { login: 'admin', password }, { headers: { 'X-Jingwei-Request': '1' } }));
  assert.equal((await administrator.get('/api/v1/me')).is(200).json.must_set_password, false);
});

test('the administrator registers two organizations and gives their people links', async () => {
  const buyer = await makeOrganization(administrator, 1, '嘉兴示例精密机械有限公司', 'enterprise');
  const seller = await makeOrganization(administrator, 2, '示例表面工程研究院', 'institute', '330411');
  enterprise = await makePerson(administrator, anyone, 'zhao.w', '赵厂长', ['enterprise'], buyer);
  provider = await makePerson(administrator, anyone, 'li.jm', '李教授', ['provider'], seller);
  assert.deepEqual((await enterprise.get('/api/v1/me')).json.organization, { id: buyer.id, name: buyer.title });
});

test('the provider publishes an achievement, and another that only looks like it', async () => {
  achievement = await publish(provider, 'achievements', achievementFields);
  lookalike = await publish(provider, 'achievements', lookalikeFields);
  assert.equal(achievement.state, 'published');
  assert.equal(achievement.statements.length, 1);
  assert.equal(achievement.owner.id, provider.organization.id);
});

test('the enterprise sees matches while it writes', async () => {
  const { title, text, segment, region, budget_fen } = needFields;
  const found = await waitFor('the achievement to be matched', async () => {
    const preview = (await enterprise.post('/api/v1/matches/preview', { title, text, segment, region, budget_fen, limit: 5 })).is(200).json;
    return preview.items.length > 0 && preview;
  });
  assert.equal(found.items[0].supply.id, achievement.id);
  assert.equal(found.need_id, undefined);
});

test('a published need has ranked matches with reasons in both languages within a second', async () => {
  const begun = Date.now();
  need = await publish(enterprise, 'needs', needFields);
  const matches = (await enterprise.get(`/api/v1/needs/${need.id}/matches`)).is(200).json;
  assert.ok(Date.now() - begun < withinMs, `took ${Date.now() - begun} ms`);
  assert.equal(matches.need_id, need.id);
  const [best] = matches.items;
  assert.equal(best.supply.id, achievement.id);
  assert.ok(best.reasons.length > 0);
  for (const reason of best.reasons) {
    assert.match(reason.text.zh, /[\u4e00-\u9fff]/);
    assert.match(reason.text.en, /[A-Za-z]/);
  }
  assert.ok(best.score > 0 && best.score <= 1);
  for (const [part, value] of Object.entries(best.parts)) assert.ok(value >= 0 && value <= 1, `${part} is ${value}`);
  const other = matches.items.find((item) => item.supply.id === lookalike.id);
  assert.ok(!other || other.score < best.score / 2, 'the lookalike ranks far below');
});

test('the split into problems can be edited, and matches follow it', async () => {
  const split = (await enterprise.get(`/api/v1/needs/${need.id}/problems`)).is(200);
  assert.equal(split.json.edited, false);
  assert.ok(split.json.problems.length >= 2, `the text holds two problems: ${split.text}`);
  const problems = [{ text: '铝合金阀体表面硬度和耐盐雾' }, { text: '压铸件自动去毛刺' }];
  const edited = (await enterprise.put(`/api/v1/needs/${need.id}/problems`, { problems }, { version: split.json.version })).is(200).json;
  assert.equal(edited.edited, true);
  assert.deepEqual(edited.problems, problems.map(({ text }, index) => ({ index, text })));
  const matches = (await enterprise.get(`/api/v1/needs/${need.id}/matches`)).is(200).json;
  assert.deepEqual(matches.problems, edited.problems);
  assert.ok(matches.items.find((item) => item.supply.id === achievement.id).problems.includes(0));
  (await enterprise.put(`/api/v1/needs/${need.id}/problems`, { problems }, { version: split.json.version })).isProblem(412, 'version_mismatch');
  (await provider.put(`/api/v1/needs/${need.id}/problems`, { problems }, { version: edited.version })).isProblem(403, 'forbidden');
});

test('search finds the achievement without an account', async () => {
  const found = (await anyone.get(`/api/v1/search?q=${encodeURIComponent('微弧氧化')}`)).is(200).json;
  assert.equal(found.items[0].entry.id, achievement.id);
});

test('the enterprise proposes a deal with milestones, which waits for the provider', async () => {
  const answer = (await enterprise.post('/api/v1/deals', proposal(need, achievement))).is(201);
  deal = answer.json;
  assert.equal(answer.headers.location, `/api/v1/deals/${deal.id}`);
  assert.equal(deal.state, 'proposed');
  assert.equal(deal.proposed_by, 'buyer');
  assert.deepEqual(await kindsWaiting(provider), ['deal_agree']);
  assert.deepEqual(await kindsWaiting(enterprise), []);
  (await enterprise.post(`/api/v1/deals/${deal.id}/acts`, { act: 'agree' }, { version: deal.version })).isProblem(403, 'forbidden');
  (await enterprise.post('/api/v1/deals', proposal(need, achievement))).isProblem(409, 'conflict');
});

test('the provider revises the terms, the enterprise agrees', async () => {
  const { need_id, supply_id, ...terms } = proposal(need, achievement, { title: '阀体微弧氧化工艺开发（修订）' });
  deal = await act(provider, deal, 'revise', { terms, note: '增加产线验证' });
  assert.deepEqual(await kindsWaiting(enterprise), ['deal_agree']);
  assert.deepEqual(await kindsWaiting(provider), []);
  deal = await act(enterprise, deal, 'agree');
  assert.equal(deal.state, 'agreed');
  assert.ok(deal.agreed_at);
  assert.deepEqual(await kindsWaiting(provider), ['deal_deliver']);
});

test('the provider delivers, the enterprise disputes, the provider delivers again', async () => {
  deal = await act(provider, deal, 'deliver', { milestone: 0, note: '小样三件' });
  assert.equal(deal.milestones[0].state, 'delivered');
  assert.deepEqual(await kindsWaiting(enterprise), ['deal_accept']);
  (await enterprise.post(`/api/v1/deals/${deal.id}/acts`, { act: 'dispute', milestone: 0 }, { version: deal.version })).isProblem(422, 'invalid');
  deal = await act(enterprise, deal, 'dispute', { milestone: 0, note: '一件硬度只有 760HV' });
  assert.equal(deal.state, 'disputed');
  assert.deepEqual(await kindsWaiting(provider), ['deal_deliver']);
  deal = await act(provider, deal, 'deliver', { milestone: 0, note: '重做三件，附检测报告' });
});

test('the enterprise accepts, milestone by milestone, and both evaluate', async () => {
  deal = await act(enterprise, deal, 'accept', { milestone: 0 });
  assert.deepEqual([deal.state, deal.milestones[0].state], ['agreed', 'accepted']);
  deal = await act(provider, deal, 'deliver', { milestone: 1, note: '产线连续 500 件' });
  assert.equal(deal.state, 'delivered');
  deal = await act(enterprise, deal, 'accept', { milestone: 1 });
  assert.equal(deal.state, 'accepted');
  assert.deepEqual(await kindsWaiting(enterprise), ['deal_evaluate']);
  assert.deepEqual(await kindsWaiting(provider), ['deal_evaluate']);
  deal = await act(enterprise, deal, 'evaluate', { score: 5, note: '解决了问题' });
  deal = await act(provider, deal, 'evaluate', { score: 4, note: '配合好' });
  assert.deepEqual(deal.evaluations.map(({ side, score }) => [side, score]), [['buyer', 5], ['seller', 4]]);
  assert.deepEqual(deal.acts, []);
  assert.deepEqual(await kindsWaiting(enterprise), []);
  assert.deepEqual(deal.events.map((event) => event.act), ['propose', 'revise', 'agree', 'deliver', 'dispute', 'deliver', 'accept', 'deliver', 'accept', 'evaluate', 'evaluate']);
});

test('every act left its statement, and the log holds them all', async () => {
  assert.deepEqual(deal.statements.map((statement) => statement.kind).sort(), [
    'deal_accepted', 'deal_agreed', 'deal_delivered', 'deal_delivered', 'deal_delivered', 'deal_evaluated', 'deal_evaluated', 'deal_milestone_accepted', 'deal_milestone_accepted',
  ]);
  const { items, total } = await anyone.all('/api/v1/statements', 7);
  assert.equal(items.length, total);
  assert.deepEqual(items.map((statement) => statement.index), Array.from({ length: total }, (_, index) => total - 1 - index));
  assert.ok(!JSON.stringify(items).includes('赵厂长') && !JSON.stringify(items).includes('60000000'), 'neither people nor amounts are in public parts');
  const state = await waitFor('the checkpoint to cover all statements', async () => {
    const now = (await anyone.get('/api/v1/log/state')).is(200).json;
    return now.size === now.statements && now;
  }, withinMs * 5);
  assert.equal(state.size, total);
});

test('a receipt verifies through the API, and a changed one does not', async () => {
  const accepted = deal.statements.find((statement) => statement.kind === 'deal_accepted');
  const answer = (await anyone.get(`/api/v1/statements/${accepted.id}/receipt`)).is(200);
  assert.match(answer.headers['content-type'], /^text\/plain/);
  assert.match(answer.headers['content-disposition'], /attachment; filename=/);
  receipt = answer.text;
  const verdict = (await anyone.post('/api/v1/receipts/verify', undefined, { body: receipt, type: 'text/plain' })).is(200).json;
  assert.equal(verdict.valid, true, JSON.stringify(verdict.checks));
  assert.equal(verdict.statement.subject, deal.id);
  assert.ok(verdict.checks.every((check) => check.passed && check.name.zh && check.name.en));
  const changed = receipt.replace(/^(extra .{200})(.)/m, (_, before, letter) => before + (letter === 'A' ? 'B' : 'A'));
  assert.notEqual(changed, receipt);
  const refused = (await anyone.post('/api/v1/receipts/verify', undefined, { body: changed, type: 'text/plain' })).is(200).json;
  assert.equal(refused.valid, false);
});

test('jingwei log verify accepts the log over HTTP', async () => {
  vkey = await node.vkey();
  assert.match(await command('log', 'verify', `${node.address}/log`, '--vkey', vkey), /: consistent/);
});

test('with the node stopped: receipt, log and invariants verify offline; what was changed is refused with code 3', async () => {
  await node.stop();
  const file = path.join(folder, 'receipt.txt');
  await writeFile(file, receipt);
  assert.match(await command('receipt', 'verify', file, '--vkey', vkey), /^valid$/m);
  assert.match(await command('log', 'verify', path.join(node.data, 'log'), '--vkey', vkey), /: consistent/);
  assert.match(await command('check', '--data', node.data), /all invariants hold/);

  await writeFile(file, receipt.replace(/^(extra .{200})(.)/m, (_, before, letter) => before + (letter === 'A' ? 'B' : 'A')));
  const refused = await jingwei('receipt', 'verify', file, '--vkey', vkey);
  assert.equal(refused.code, exitNegative, refused.stdout + refused.stderr);
  assert.match(refused.stdout, /^NOT VALID$/m);

  const tile = path.join(node.data, 'log/tile/entries/000.p');
  const widest = (await readdir(tile)).sort((a, b) => Number(b) - Number(a))[0];
  const bytes = await readFile(path.join(tile, widest));
  bytes[100] ^= 1;
  await writeFile(path.join(tile, widest), bytes);
  const broken = await jingwei('log', 'verify', path.join(node.data, 'log'), '--vkey', vkey);
  assert.equal(broken.code, exitNegative, broken.stdout + broken.stderr);
  const checked = await jingwei('check', '--data', node.data);
  assert.equal(checked.code, exitNegative, checked.stdout + checked.stderr);
});
