// Policies: the self-test without an account, facts from registers and who may see them, lists and trials for departments, files.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { command } from './lib/node.mjs';
import { publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const { anyone, node, department, enterprise, rival, organizations } = await startRegion();

const ask = async (client, facts, more = {}) => (await client.post('/api/v1/policies/answers', { facts, ...more })).is(200).json;
const of = (view, id) => view.answers.find((answer) => answer.policy === id);
const clauseOf = (answer, id) => answer.clauses.find((clause) => clause.id === id);
const year = new Date().getFullYear() - 1;
const research = { kind: 'enterprise', rd_spend_fen: 200_000_000, excluded_industry: false, audited_accounts: true, certifications: [] };

test('anyone reads the policies with clauses, figures and sources; nothing is made up', async () => {
  const { items } = (await anyone.get('/api/v1/policies')).is(200).json;
  assert.ok(items.length >= 12);
  const unset = items.flatMap((policy) => policy.parameters).filter((parameter) => parameter.values.at(-1).words === undefined);
  assert.ok(unset.length > 20);
  for (const policy of items) {
    assert.ok(policy.document && policy.place && policy.quote, policy.id);
    for (const parameter of policy.parameters) for (const value of parameter.values) assert.ok(value.legal, `${policy.id} ${parameter.id}`);
  }
  const { questions, code_lists: lists } = (await anyone.get('/api/v1/policies/questions')).is(200).json;
  assert.ok(questions.filter((question) => question.core).length <= 10, 'a short form');
  for (const question of questions) assert.ok(!question.code_list || lists.some((list) => list.id === question.code_list), question.id);
});

test('nothing said: nothing is claimed, and what would decide is asked', async () => {
  const view = await ask(anyone, {});
  assert.ok(view.answers.every((answer) => answer.outcome !== 'claim'));
  const deduction = of(view, 'rd_deduction');
  assert.equal(deduction.outcome, 'tell_us');
  assert.ok(deduction.ask.includes('rd_spend_fen') && deduction.summary.zh.startsWith('还需要知道'));
});

test('a few answers: claim with its amount, almost with what is lacking, not for you with why', async () => {
  const view = await ask(anyone, research);
  const deduction = of(view, 'rd_deduction');
  assert.equal(deduction.outcome, 'claim');
  assert.equal(deduction.benefit.amount_fen, 50_000_000);
  assert.equal(view.answers[0].outcome, 'claim', 'best first');
  assert.equal(clauseOf(deduction, 'spends').have[0].origin, 'said');
  const almost = of(await ask(anyone, { ...research, audited_accounts: false }), 'rd_deduction');
  assert.equal(almost.outcome, 'almost');
  assert.ok(clauseOf(almost, 'books').todo.zh && almost.summary.zh.startsWith('差一点'));
  const not = of(await ask(anyone, { ...research, region: '330402' }), 'data_first_listing');
  assert.deepEqual([not.outcome, clauseOf(not, 'where').verdict], ['no', 'no']);
});

test('a figure that nobody has set is told, not filled in', async () => {
  const view = await ask(anyone, { kind: 'enterprise', region: '330108', data_listed_on: '2026-01-05', data_products_before: 0, data_exchange_local: true });
  const listing = of(view, 'data_first_listing');
  assert.equal(listing.outcome, 'to_be_set');
  assert.equal(listing.benefit.amount_fen, undefined);
  assert.equal(clauseOf(listing, 'in_time').figures[0].words, undefined);
});

test('a ladder names the next level and what is missing', async () => {
  const { ladders } = await ask(anyone, { kind: 'enterprise', certifications: ['tech_sme'], staff: 100, rd_staff: 5 });
  const firms = ladders.find((ladder) => ladder.scheme === 'innovative_firms');
  assert.deepEqual(firms.rungs.map((rung) => rung.held), [true, false, false]);
  assert.equal(firms.next.policy, 'high_tech');
  assert.equal(clauseOf(firms.next, 'research_staff').verdict, 'no');
});

test('wrong answers are told with place, reason and remedy, all at once', async () => {
  const { problems } = (await anyone.post('/api/v1/policies/answers', { facts: { staff: 'many', region: 'Atlantis', founded_on: '2026-02-30', colour: 'red' } })).isProblem(422, 'invalid').json;
  assert.deepEqual(problems.map((problem) => problem.field).sort(), ['/facts/colour', '/facts/founded_on', '/facts/region', '/facts/staff']);
  (await anyone.post('/api/v1/policies/answers', { facts: {}, policies: ['none'] })).isProblem(404, 'not_found');
  (await anyone.post('/api/v1/policies/answers', { facts: {}, organization: 'org_01J00000000000000000000000' })).isProblem(404, 'not_found');
});

test('registers know facts: the enterprise and departments see them, others only what is public', async () => {
  const fields = { organization: enterprise.organization.id, year, label: `示例 ${year} 年`, staff: 120, rd_staff: 20, revenue_fen: 8_000_000_000, rd_spend_fen: 400_000_000 };
  await publish(enterprise, 'enterprise-years', fields);
  await publish(department, 'certifications', { organization: enterprise.organization.id, level: 'high_tech', number: '示例-1', issued_on: `${year}-03-01`, valid_to: '2099-01-01' });
  await publish(department, 'certifications', { organization: enterprise.organization.id, level: 'specialized', number: '示例-2', issued_on: `${year}-03-01`, valid_to: '2099-01-01', granted_in: '310000' });
  const knownTo = async (client) => Object.fromEntries((await ask(client, {}, { organization: enterprise.organization.id })).known.map((fact) => [fact.fact, fact]));
  const own = await knownTo(enterprise);
  assert.deepEqual([own.staff.value, own.staff.origin, own.rd_spend_fen.value], [120, 'registers', 400_000_000]);
  assert.deepEqual(own.certifications.value, ['high_tech'], "another province's level does not count here");
  for (const client of [anyone, rival]) {
    const known = await knownTo(client);
    assert.equal(known.staff, undefined);
    assert.equal(known.region.value, '330402');
  }
  const answer = of(await ask(enterprise, { excluded_industry: false, audited_accounts: true }, { organization: enterprise.organization.id }), 'rd_deduction');
  assert.equal(answer.benefit.amount_fen, 60_000_000, '15 percent of a high-tech enterprise');
  assert.ok(clauseOf(answer, 'spends').have[0].entry_id.startsWith('eny_'));
  const over = of(await ask(enterprise, { excluded_industry: false, audited_accounts: true, rd_spend_fen: 100_000_000 }, { organization: enterprise.organization.id }), 'rd_deduction');
  assert.equal(over.benefit.amount_fen, 15_000_000, 'what is said replaces what a register knows');
});

test('departments see everybody at once, with reasons, and as CSV', async () => {
  const ladder = '/api/v1/policies/jiaxing_ladder';
  const page = (await department.get(`${ladder}/entitled`)).is(200).json;
  assert.equal(page.tally.companies, Object.keys(organizations).length);
  const row = page.items.find((item) => item.organization === enterprise.organization.id);
  assert.deepEqual([row.outcome, row.unknown], ['tell_us', ['clean_record']]);
  const level = page.clauses.find((clause) => clause.id === 'level');
  assert.deepEqual([level.yes, level.yes + level.no + level.tell_us], [1, page.tally.companies]);
  const csv = (await department.get(`${ladder}/entitled.csv`)).is(200);
  assert.match(csv.headers['content-type'], /^text\/csv/);
  assert.ok(csv.text.includes('嘉兴示例精密机械有限公司') && csv.text.includes('缺少信息'));
  const first = (await department.get(`${ladder}/entitled?limit=1`)).is(200).json;
  assert.equal(first.items.length, 1);
  const second = (await department.get(`${ladder}/entitled?limit=1&cursor=${first.next_cursor}`)).is(200).json;
  assert.notEqual(second.items[0].organization, first.items[0].organization);
  (await rival.get(`${ladder}/entitled`)).isProblem(403, 'forbidden');
});

test('another figure: who gains and what it costs; nothing is kept', async () => {
  const place = '/api/v1/policies/jiaxing_instrument_sharing/what-if';
  const result = (await department.post(place, { figures: { price_min_fen: 50_000_000, hour_fen: 5_000 } })).is(200).json;
  assert.deepEqual([result.gain, result.lose], [0, 0]);
  assert.deepEqual(result.figures.map((figure) => [figure.parameter, figure.tried]), [['price_min_fen', true], ['hour_fen', true], ['ceiling_fen', false]]);
  const { problems } = (await department.post(place, { figures: { price_min_fen: 'cheap', colour: 1 } })).isProblem(422, 'invalid').json;
  assert.deepEqual(problems.map((problem) => problem.field).sort(), ['/figures/colour', '/figures/price_min_fen']);
});

test('a change of a register is in the next list', async () => {
  await publish(department, 'certifications', { organization: rival.organization.id, level: 'high_tech', number: '示例-3', issued_on: `${year}-03-01`, valid_to: '2099-01-01' });
  const page = (await department.get('/api/v1/policies/jiaxing_ladder/entitled')).is(200).json;
  assert.equal(page.clauses.find((clause) => clause.id === 'level').yes, 2);
});

const own = path.join(node.data, 'policies');
const policyFile = (when, formula) => `id: own_rule
title: {zh: 本地示例, en: Own sample}
issuer: {zh: 示例, en: Sample}
document: 示例办法
place: 第一条
quote: 示例
standing: in_force
chain: capital
entities: [enterprise]
parameters:
  - {id: staff_min, title: {zh: 人数, en: Staff}, type: integer, values: [{from: 2020-01-01, value: 100, legal: 示例办法第一条}]}
clauses:
  - {id: size, required: {zh: 人数够, en: enough staff}, when: "${when}", todo: {zh: 招人, en: hire}}
benefit: {text: {zh: 奖励, en: reward}, formula: "${formula}"}
apply: {zh: 窗口, en: desk}
`;

test("a region's own file joins, and a trial of its threshold names who gains", async () => {
  await node.stop();
  await mkdir(own, { recursive: true });
  await writeFile(path.join(own, 'own_rule.yaml'), policyFile('staff >= p.staff_min', 'staff * 100000'));
  await node.start();
  const page = (await department.get('/api/v1/policies/own_rule/entitled?outcome=claim')).is(200).json;
  assert.deepEqual(page.items.map((item) => [item.name, item.amount_fen]), [['嘉兴示例精密机械有限公司', 12_000_000]]);
  const stricter = (await department.post('/api/v1/policies/own_rule/what-if', { figures: { staff_min: 200 } })).is(200).json;
  assert.deepEqual([stricter.now.claim, stricter.then.claim, stricter.lose, stricter.loses[0].name], [1, 0, 1, '嘉兴示例精密机械有限公司']);
});

test('a list is kept; who is new on it is told once, in the inbox', async () => {
  const place = '/api/v1/policies/own_rule';
  const first = (await department.post(`${place}/lists`)).is(201).json;
  assert.deepEqual([first.members, first.new_members, first.amount_fen], [1, 1, 12_000_000]);
  const news = (await enterprise.get('/api/v1/inbox')).is(200).json.items.filter((item) => item.kind === 'policy_entitled');
  assert.deepEqual(news.map((item) => item.title.zh), ['可以申领：本地示例']);
  assert.equal((await rival.get('/api/v1/inbox')).is(200).json.items.some((item) => item.kind === 'policy_entitled'), false);
  await publish(department, 'enterprise-years', { organization: rival.organization.id, year, label: `示例二 ${year} 年`, staff: 150 });
  const page = (await department.get(`${place}/entitled?outcome=claim`)).is(200).json;
  assert.deepEqual(page.items.map((item) => [item.name, item.is_new]), [['海宁示例纺织有限公司', true], ['嘉兴示例精密机械有限公司', false]]);
  assert.equal(page.kept[0].id, first.id);
  const second = (await department.post(`${place}/lists`)).is(201).json;
  assert.deepEqual([second.members, second.new_members], [2, 1]);
  assert.equal((await enterprise.get('/api/v1/inbox')).is(200).json.items.filter((item) => item.kind === 'policy_entitled').length, 1);
});

test('a wrong file stops the start with file, line, reason and remedy', async () => {
  await node.stop();
  for (const [when, formula, told] of [['staff >= p.least', '1', /own_rule\.yaml:13.*least/], ['staff + 1', '1', /own_rule\.yaml:13/], ['staff >= p.staff_min', 'rd_spend_fen / 0', /own_rule\.yaml:14/]]) {
    await writeFile(path.join(own, 'own_rule.yaml'), policyFile(when, formula));
    await assert.rejects(node.start(), told);
  }
  await writeFile(path.join(own, 'own_rule.yaml'), policyFile('staff >= p.staff_min', '1'));
  await node.start();
});

test('the command line checks, tests and lists', async () => {
  assert.match(await command('policy', 'check'), /policies, .* in order/);
  assert.match(await command('policy', 'test'), /passed, 0 failed/);
  assert.match(await command('policy', 'list'), /data_first_listing/);
});
