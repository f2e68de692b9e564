// Plans of a need: money under a clause that a region has set, dates, who may read them.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { waitFor } from './lib/node.mjs';
import { achievementFields, needFields, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const { anyone, node, enterprise, provider, rival } = await startRegion();
const achievement = await publish(provider, 'achievements', achievementFields);
const need = await publish(enterprise, 'needs', needFields);

const plansOf = async (client) => (await client.get(`/api/v1/needs/${need.id}/plans`)).is(200).json;

test('its plan names the solver with reasons, adds up, and has dated steps', async () => {
  const plans = await waitFor('a plan', async () => {
    const found = await plansOf(enterprise);
    return found.alternatives.length > 0 && found;
  });
  const [plan] = plans.alternatives;
  assert.equal(plan.parts[0].supply_id, achievement.id);
  assert.ok(plan.parts[0].reasons.length > 0 && plan.parts[0].reasons[0].text.en);
  assert.equal(plans.supplies.find((supply) => supply.id === achievement.id).title.startsWith(achievement.title), true);
  assert.equal(plan.money.gross_fen, achievement.fields.price_fen);
  assert.equal(plan.money.net_fen, plan.money.gross_fen - plan.money.covered_fen);
  assert.equal(plan.steps.at(-1).ends_on, plan.ends_on);
  assert.equal(plans.alternatives.length + plans.same.length, 3);
});

test('a clause of the policy texts is possible and pays nothing, for nobody has set its figures', async () => {
  const [plan] = (await plansOf(enterprise)).alternatives;
  assert.ok(plan.clauses.length > 0);
  for (const clause of plan.clauses) assert.deepEqual([clause.to_be_set, clause.covered_fen], [true, 0], clause.id);
});

test('a region sets the figures in its data folder, and they are taken off', async () => {
  await node.stop();
  const clause = '  - {id: own, title: {zh: 示例券, en: Sample voucher}, source: 示例办法第三条, kinds: [achievement], of: price, share_percent: 30, ceiling_fen: 1000000, note: {zh: 示例, en: Sample}}\n';
  await writeFile(path.join(node.data, 'support.yaml'), `clauses:\n${clause}`);
  await node.start();
  const [plan] = (await plansOf(enterprise)).alternatives;
  const covered = Math.min(Math.floor((achievement.fields.price_fen * 30) / 100), 1000000);
  assert.deepEqual([plan.money.covered_fen, plan.parts[0].clause_id, plan.clauses[0].covered_fen], [covered, 'own', covered]);
});

test('a wrong file of clauses stops the start with what is wrong', async () => {
  await node.stop();
  await writeFile(path.join(node.data, 'support.yaml'), 'clauses:\n  - {id: own, colour: red}\n');
  await assert.rejects(node.start(), /support\.yaml: clauses\[0\]/);
  await writeFile(path.join(node.data, 'support.yaml'), 'clauses: []\n');
  await node.start();
  assert.deepEqual((await plansOf(enterprise)).alternatives[0].clauses, []);
});

test('who may not see the need may not see its plans; strangers sign in first', async () => {
  const draft = (await enterprise.post('/api/v1/registers/needs/entries', { fields: { ...needFields, title: '还没发布的题' } })).is(201).json;
  (await enterprise.get(`/api/v1/needs/${draft.id}/plans`)).is(200);
  (await rival.get(`/api/v1/needs/${draft.id}/plans`)).isProblem(404, 'not_found');
  (await anyone.get(`/api/v1/needs/${need.id}/plans`, { direct: true })).isProblem(401, 'unauthenticated');
});

test('a deadline in the past and a budget of nothing are said plainly', async () => {
  const late = await publish(enterprise, 'needs', { ...needFields, title: '去年就该完成的题', budget_fen: 0, deadline: '2020-01-01' });
  const plans = (await enterprise.get(`/api/v1/needs/${late.id}/plans`)).is(200).json;
  const [plan] = plans.alternatives;
  assert.deepEqual([plan.budget, plan.deadline], ['broken', 'broken']);
  assert.equal(plan.breaks.length, 2);
  assert.ok(plans.notes.some((note) => note.en.includes('2020-01-01')));
});
