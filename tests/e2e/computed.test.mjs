// Indicators that are SQL over the read model: defined after a try, moved by what is published, corrected when entries come late, private
// where they are not public; and definitions that are refused, each with row, field, reason and remedy.
import assert from 'node:assert/strict';

import { waitFor } from './lib/node.mjs';
import { act, achievementFields, makePerson, needFields, proposal, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const region = await startRegion();
const { administrator, anyone, auditor, enterprise, node, provider } = region;
const office = await makePerson(administrator, anyone, 'office', '统筹办', ['department']);
await waitFor('the read model', async () => (await office.get('/api/v1/analytics/tables')).is(200).json.state === 'ready');

const today = (await administrator.get('/api/v1/reports/due')).is(200).json.today;
const year = Number(today.slice(0, 4));
const course = { direction: 'up', aggregation: 'last', targets: [{ year, kind: 'equal', value: 4, text: '4' }], baseline: { year: year - 2, value: 0, text: '0' }, path: 'linear', tolerance_percent: 10, band_percent: 2 };
const fields = (code, sql, more = {}) => ({
  code, name: `示例指标 ${code}`, unit: '项', own: false, is_public: false, promise: false, fictional: true, frequency: 'year', source: 'computed', course,
  computed: { sql }, rules: {}, due_days: 20, duties: [], reports_from: String(year - 1), ...more,
});
const define = (body) => office.post('/api/v1/indicators', body);
const page = async (who, one, query = '') => (await who.get(`/api/v1/indicators/${one.id}${query}`)).is(200).json;
const running = (one, wanted) => waitFor(`${one.code} to be ${wanted}`, async () => (await page(office, one)).running === wanted);
const held = (on) => ({ title: `示例活动 ${on}`, kind: 'salon', held_on: on, region: '330402' });
const events = (more = '') => `SELECT count(*)${more} FROM events WHERE state = 'published' AND held_on BETWEEN $from AND $to`;

let counted;
let published;
test('SQL is tried before it is kept, by those who steer', async () => {
  published = await publish(administrator, 'events', held(`${year}-01-02`));
  const trial = { computed: { sql: events(), rows_sql: 'SELECT id, 1 FROM events WHERE held_on BETWEEN $from AND $to' }, is_public: false, frequency: 'year' };
  await waitFor('the event in the read model', async () => (await office.post('/api/v1/figure-trials', trial)).is(200).json.value === 1);
  const tried = (await office.post('/api/v1/figure-trials', trial)).is(200).json;
  assert.deepEqual([tried.period, tried.from, tried.to, tried.by_days, tried.rows_total], [String(year), `${year}-01-01`, today, true, 1]);
  assert.deepEqual([tried.rows[0].id, tried.rows[0].register, tried.rows[0].amount], [published.id, 'events', 1]);
  assert.equal((await office.post('/api/v1/figure-trials', { ...trial, period: String(year - 1) })).is(200).json.value, 0);
  (await office.post('/api/v1/figure-trials', { ...trial, period: String(year + 1) })).isProblem(422, 'invalid');
  for (const who of [enterprise, auditor, region.department]) (await who.post('/api/v1/figure-trials', trial)).isProblem(403, 'forbidden');
});

test('a computed indicator has its figure, and the rows behind it with their statements', async () => {
  counted = (await define(fields('S01', events(), { is_public: true, computed: { sql: events(), rows_sql: 'SELECT id FROM events WHERE held_on BETWEEN $from AND $to' } }))).is(201).json;
  await running(counted, 1);
  const seen = await page(office, counted);
  assert.equal(seen.lineage.query, events());
  assert.deepEqual(seen.lineage.rows.map((row) => [row.id, row.register, row.title, row.statements[0].kind]), [[published.id, 'events', published.title, 'entry_published']]);
  assert.ok(seen.lineage.computed.feed_seq > 0);
  assert.deepEqual([seen.lineage.computed.from, seen.lineage.computed.to, seen.lineage.computed.running], [`${year}-01-01`, today, true]);
  assert.equal(seen.provisional, true, 'the year still runs: a state for the time being');
  assert.notEqual(seen.state, 'no_data');
  assert.match(seen.why.zh, new RegExp(`^${year} 已过 \\d+ 天（共 36[56] 天），按路径到今天应达 [\\d.]+项，目前为 1项`));
  assert.match(seen.why.en, new RegExp(`^after \\d+ of 36[56] days of ${year} the line is at [\\d.]+项, the figure is 1项`));
  await waitFor('the year before', async () => (await page(office, counted)).points[0].value === 0);
  const before = (await page(office, counted)).points[0];
  assert.deepEqual([before.period, before.computed.running, before.verdict], [String(year - 1), false, 'bad'], 'a zero that was counted is a figure');
  const ended = (await page(office, counted, `?period=${year - 1}`)).lineage;
  assert.deepEqual([ended.periods, ended.period, ended.value, ended.from, ended.computed.to], [[String(year), String(year - 1)], String(year - 1), 0, undefined, `${year - 1}-12-31`]);
  assert.deepEqual([ended.rows.length, ended.statements.map((one) => one.kind)], [0, ['indicator_computed']], 'what was computed for an ended period has its statement');
  assert.equal((await page(office, counted)).lineage.period, String(year), 'the newest one unless another is asked for');
  for (const period of [year + 1, `${year}-Q1`, 'x']) (await office.get(`/api/v1/indicators/${counted.id}?period=${period}`, { direct: true })).isProblem(422, 'invalid');
});

test('a formula over computed ones is judged while the year runs, for the time being', async () => {
  const made = (await define(fields('F01', '', { source: 'formula', computed: undefined, formula: '[S01] * 2' }))).is(201).json;
  const seen = await page(office, made);
  assert.deepEqual([seen.running, seen.provisional, seen.lineage.values.map((one) => [one.code, one.period, one.value])], [2, true, [['S01', String(year), 1]]]);
  assert.notEqual(seen.state, 'no_data');
  assert.match(seen.why.zh, new RegExp(`^${year} 已过 \\d+ 天（共 36[56] 天），按路径到今天应达 [\\d.]+项，目前为 2项`));
  assert.equal((await office.get('/api/v1/indicators')).is(200).json.items.find((one) => one.code === 'F01').provisional, true);
});

test('it moves by itself, and an entry that comes late corrects an ended period with a reason', async () => {
  await publish(administrator, 'events', held(`${year}-01-03`));
  await running(counted, 2);
  await publish(administrator, 'events', held(`${year - 1}-12-30`));
  await waitFor('the correction', async () => (await page(office, counted)).points[0].value === 1);
  const seen = await page(office, counted);
  assert.match(seen.points[0].computed.reason.zh, /期末以后数据有变动（截至第 \d+ 次变动）：原为 0/);
  assert.equal(seen.running, 2, 'the running period is another');
});

test('a public figure sees what is published and nothing else; a private one is not for visitors', async () => {
  const need = await publish(enterprise, 'needs', { ...needFields, owner: enterprise.organization.id });
  await publish(enterprise, 'needs', { ...needFields, owner: enterprise.organization.id, title: '受邀可见', confidentiality: 'invited' });
  const sql = 'SELECT count(*) FROM needs';
  const inside = (await define(fields('S02', sql))).is(201).json;
  const open = (await define(fields('S03', sql, { is_public: true, computed: { sql, rows_sql: 'SELECT id FROM needs' } }))).is(201).json;
  await running(inside, 2);
  await running(open, 1);
  assert.deepEqual((await page(anyone, open)).lineage.rows.map((row) => row.id), [need.id]);
  (await anyone.get(`/api/v1/indicators/${inside.id}`)).isProblem(404, 'not_found');
  const refused = (await define(fields('S04', 'SELECT count(*) FROM deals', { is_public: true }))).isProblem(422, 'invalid').json;
  assert.match(refused.message.zh, /没有这张表，或您无权查询：deals/);
  assert.equal(refused.problems[0].field, '/computed/sql');
  assert.equal((await page(office, inside)).points[0].value, undefined, 'SQL without days says nothing of the past');
});

test('deals are counted, and are rows with a title', async () => {
  const supply = await publish(provider, 'achievements', { ...achievementFields, owner: provider.organization.id });
  const need = await publish(enterprise, 'needs', { ...needFields, owner: enterprise.organization.id, title: '成交的题' });
  let deal = (await enterprise.post('/api/v1/deals', proposal(need, supply))).is(201).json;
  deal = await act(provider, deal, 'agree');
  const sql = 'SELECT sum(contract_total_fen) / 1000000.0 FROM deals WHERE CAST(agreed_at AS DATE) BETWEEN $from AND $to';
  const amount = (await define(fields('S05', sql, { unit: '万元', computed: { sql, rows_sql: 'SELECT id, contract_total_fen / 1000000.0 FROM deals' } }))).is(201).json;
  await running(amount, 60);
  const seen = await page(office, amount);
  assert.deepEqual(seen.lineage.rows.map((row) => [row.id, row.title, row.amount]), [[deal.id, deal.title, 60]]);
  await waitFor('the year before', async () => (await page(office, amount)).points[0].computed !== undefined);
  const [before] = (await page(office, amount)).points;
  assert.deepEqual([before.value, before.computed.value, before.state], [undefined, undefined, 'no_data'], 'no row is no data, never zero');
});

test('formulas may name computed indicators; what divides by zero or names itself is told', async () => {
  const ratio = (await define({ ...fields('S06', ''), source: 'formula', computed: undefined, formula: '[S05] / [S01]' })).is(201).json;
  assert.equal((await page(office, ratio)).points.find((point) => point.period === String(year)).value, 30);
  const zero = (await define({ ...fields('S07', ''), source: 'formula', computed: undefined, formula: '[S05] / ([S01] - 2)' })).is(201).json;
  assert.equal((await page(office, zero)).points.find((point) => point.period === String(year)).value, undefined);
  const self = (await define({ ...fields('S08', ''), source: 'formula', computed: undefined, formula: '[S08] + 1' })).isProblem(422, 'invalid').json;
  assert.deepEqual([self.problems[0].field, self.problems[0].reason.zh], ['/formula', '公式绕回了自己：S08 → S08']);
});

test('definitions that give no figure are refused with row, field, reason and remedy', async () => {
  const cases = [
    ['SELECT count(*)\nFROM range(10000000000) a, range(1000000) b', undefined, 'sql', null, /超过 5 秒还没算完，已停止/],
    ["SELECT count(*)\nFROM read_csv('/etc/passwd')", undefined, 'sql', 2, /第 2 行第 6 个字：read_csv\(\) 读表以外的东西/],
    ["SELECT count(*) FROM '/etc/passwd'", undefined, 'sql', 1, /SQL 不能读文件或网址/],
    ['SELECT 1, 2', undefined, 'sql', null, /要给出一个数，这里有 2 列/],
    ["SELECT 'zwölf'", undefined, 'sql', null, /要给出一个数/],
    ['SELECT $from', undefined, 'sql', null, /要给出一个数/],
    ['SELECT count(*)\nFROM nowhere', undefined, 'sql', 2, /没有这张表，或您无权查询：nowhere/],
    ['SELECT budget_fen FROM needs', undefined, 'sql', null, /不止一行/],
    ['SELECT 1.0 / (count(*) - count(*)) FROM needs', undefined, 'sql', null, /除以了零/],
    ['SELECT 1 WHERE $until > DATE \'2026-01-01\'', undefined, 'sql', 1, /没有参数 \$until/],
    ['DROP TABLE needs', undefined, 'sql', 1, /只接受 SELECT/],
    ['SELECT 1; SELECT 2', undefined, 'sql', null, /一次只能有一个查询/],
    ['SELECT count(*) FROM needs', 'SELECT budget_fen FROM needs', 'rows_sql', null, /第一列要是编号/],
    ['SELECT count(*) FROM needs', 'SELECT id FORM needs', 'rows_sql', 1, /读不懂/],
  ];
  for (const [sql, rows_sql, field, row, words] of cases) {
    const refused = (await define(fields('S09', sql, { computed: { sql, rows_sql } }))).isProblem(422, 'invalid').json;
    const [problem] = refused.problems;
    assert.match(refused.message.zh, words, sql);
    assert.equal(problem.field, `/computed/${field}`, sql);
    if (row !== null) assert.equal(problem.row, row, sql);
    for (const text of [problem.reason.zh, problem.reason.en, problem.remedy.zh, problem.remedy.en]) assert.ok(text.length > 0, sql);
  }
  const empty = (await define(fields('S09', ' '))).isProblem(422, 'invalid').json;
  assert.equal(empty.problems[0].field, '/computed/sql');
  (await define(fields('S09', `SELECT '${'x'.repeat(25_000)}'`))).isProblem(422, 'invalid');
  assert.equal((await office.get('/api/v1/indicators')).is(200).json.items.some((one) => one.code === 'S09'), false, 'nothing is half done');
});

test('SQL that fails later leaves the last figure, says why in both languages, and stops no other', async () => {
  // Right as long as every sum of the firms is small: what is published later makes it fail.
  const sql = `SELECT CAST(sum(firms) AS TINYINT) FROM events WHERE held_on BETWEEN $from AND $to`;
  await publish(administrator, 'events', { ...held(`${year}-01-04`), firms: 100 });
  const small = (await define(fields('S10', sql))).is(201).json;
  await running(small, 100);
  const large = await publish(administrator, 'events', { ...held(`${year}-01-05`), firms: 100 });
  await waitFor('the trouble', async () => (await page(office, small)).trouble !== undefined);
  await running(counted, 4);
  const seen = await page(office, small);
  assert.equal(seen.running, 100);
  assert.match(seen.trouble.zh, /算到一个不合适的值/);
  assert.match(seen.trouble.en, /does not fit/);
  assert.ok(seen.trouble_since);
  (await administrator.post(`/api/v1/registers/events/entries/${large.id}/withdraw`, { reason: '重复' })).is(200);
  await running(counted, 3); // the read model knows: the new SQL is tried over it
  const { version } = await page(office, small);
  const changed = { ...fields('S10', `${sql} AND state = 'published'`), reason: '只数已发布的' };
  (await office.put(`/api/v1/indicators/${small.id}`, changed, { version })).is(200);
  await waitFor('the recovery', async () => (await page(office, small)).trouble === undefined);
});

test('figures are there after a restart, and are not written anew', async () => {
  const before = (await page(office, counted)).lineage.computed;
  await node.stop();
  await node.start();
  await waitFor('the read model', async () => (await office.get('/api/v1/analytics/tables')).is(200).json.state === 'ready');
  await publish(administrator, 'events', held(`${year}-01-06`));
  await running(counted, 4);
  assert.ok((await page(office, counted)).lineage.computed.feed_seq > before.feed_seq);
});
