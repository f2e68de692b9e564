// Steering: a plan is committed, a quarter is reported and approved, a promise counts entries, one indicator goes off track, a review
// is held. The tests go on from each other, in the order of the file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { repository } from './lib/node.mjs';
import { makeOrganization, makePerson, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const region = await startRegion();
const { administrator, anyone, enterprise, auditor } = region;

const today = (await administrator.get('/api/v1/reports/due')).is(200).json.today;
const year = Number(today.slice(0, 4)) - 1; // a whole year that has ended
const quarter = (part) => `${year}-Q${part}`;
// A department without an organization of its own is the steering office; science reports.
const office = await makePerson(administrator, anyone, 'office', '统筹办', ['department']);
const science = await makePerson(administrator, anyone, 'science', '李工', ['department'], await makeOrganization(administrator, 501, '嘉兴市科技局', 'department', '330400'));

const fields = (more = {}) => ({
  code: 'A01', name: '省级以上孵化器', unit: '家', own: false, is_public: true, promise: false, fictional: false, frequency: 'quarter', source: 'reported',
  course: { direction: 'up', aggregation: 'last', baseline: { year: year - 1, value: 20, text: '20' }, targets: [{ year: year + 1, kind: 'equal', value: 60, text: '60' }], path: 'linear', tolerance_percent: 10, band_percent: 2 },
  rules: { min: 0 }, due_days: 20, duties: [{ unit: '市科技局', role: 'lead', from: `${year}-01-01` }], reports_from: quarter(1), ...more,
});
const at = (one, period) => `/api/v1/indicators/${one.id}/reports/${period}`;
const approve = async (one, period, value) => {
  const reported = (await science.post(at(one, period), { act: 'report', value, remark: '按台账' })).is(200);
  return (await office.post(at(one, period), { act: 'approve' }, { version: reported.json.version })).is(200).json;
};
let indicator;

test('the steering office defines an indicator and says which organization a unit is', async () => {
  indicator = (await office.post('/api/v1/indicators', fields())).is(201).json;
  assert.equal(indicator.state, 'no_data');
  assert.equal(indicator.figure, undefined, 'no value is no data, never zero');
  (await office.put('/api/v1/steering-units', { name: '市科技局', organization_id: science.organization.id, steers: false })).is(200);
  (await office.post('/api/v1/indicators', fields())).isProblem(409, 'conflict');
});

test('overdue reports are asked for until they come', async () => {
  const mine = (await science.get('/api/v1/reports/due')).is(200).json;
  assert.deepEqual(mine.departments, ['市科技局']);
  assert.ok(mine.items.length >= 4);
  assert.deepEqual([mine.items[0].period, mine.items[0].reminder], [quarter(1), 'escalated']);
  const inbox = (await science.get('/api/v1/inbox')).is(200).json.items.find((item) => item.kind === 'report_due');
  assert.match(inbox.title.zh, /项指标待填报，其中 \d+ 项逾期/);
});

test('a report counts when it is approved, by somebody else', async () => {
  const first = (await science.post(at(indicator, quarter(1)), { act: 'report', value: 30 })).is(200);
  assert.equal(first.etag, '"1"');
  (await science.post(at(indicator, quarter(1)), { act: 'approve' }, { version: 1 })).isProblem(403, 'forbidden');
  assert.equal((await anyone.get(`/api/v1/indicators/${indicator.id}`)).is(200).json.figure, undefined);
  (await office.post(at(indicator, quarter(1)), { act: 'give_back' }, { version: 1 })).isProblem(422, 'invalid');
  (await office.post(at(indicator, quarter(1)), { act: 'give_back', reason: '口径不对' }, { version: 1 })).is(200);
  (await science.post(at(indicator, quarter(1)), { act: 'report', value: 26 }, { version: 2 })).is(200);
  (await office.post(at(indicator, quarter(1)), { act: 'approve' }, { version: 3 })).is(200);
  const page = (await anyone.get(`/api/v1/indicators/${indicator.id}`)).is(200).json;
  assert.deepEqual([page.figure, page.required, page.points[0].verdict], [26, 25, 'good']);
  assert.ok(!/李工|口径不对|duties":\[\{/.test(JSON.stringify(page)), 'visitors see figures, not who said what');
});

test('an approved period is locked; two corrections of one figure do not overwrite each other', async () => {
  (await science.post(at(indicator, quarter(1)), { act: 'report', value: 27 }, { version: 4 })).isProblem(409, 'wrong_state');
  (await science.post(at(indicator, quarter(1)), { act: 'correct', value: 27 }, { version: 4 })).isProblem(422, 'invalid');
  (await science.post(at(indicator, quarter(1)), { act: 'correct', value: 27, reason: '漏统一家' }, { version: 4 })).is(200);
  const lost = (await administrator.post(at(indicator, quarter(1)), { act: 'correct', value: 28, reason: '另一个数' }, { version: 4 })).isProblem(412, 'version_mismatch').json;
  assert.match(lost.message.zh, /李工改过这一项/);
  (await office.post(at(indicator, quarter(1)), { act: 'approve' }, { version: 5 })).is(200);
  const page = (await office.get(`/api/v1/indicators/${indicator.id}`)).is(200).json;
  assert.equal(page.points[0].value, 27);
  assert.deepEqual(page.lineage.statements.map((one) => one.kind).sort(), ['indicator_approved', 'indicator_corrected', 'indicator_reported', 'indicator_reported', 'indicator_reported']);
});

test('two missed quarters are off track, with the day and the reason', async () => {
  await approve(indicator, quarter(2), 22);
  assert.equal((await office.get(`/api/v1/indicators/${indicator.id}`)).json.points[1].state, 'pending');
  await approve(indicator, quarter(3), 23);
  const page = (await office.get(`/api/v1/indicators/${indicator.id}`)).is(200).json;
  assert.equal(page.points[2].state, 'off_track');
  const listed = (await auditor.get('/api/v1/indicators')).is(200).json.items.find((one) => one.id === indicator.id);
  assert.equal(listed.state, 'no_data', 'the quarters after it are overdue');
  for (const [period, value] of [[quarter(4), 24], ...page.points.slice(4).filter((point) => point.overdue).map((point) => [point.period, 25])]) await approve(indicator, period, value);
  const now = (await office.get(`/api/v1/indicators/${indicator.id}`)).is(200).json;
  assert.equal(now.state, 'off_track');
  assert.match(now.why.zh, /按路径应达 .*超出容差/);
  assert.equal(now.since, today);
  assert.ok(now.forecast.points.length > 0 && now.forecast.held_back.periods > 0);
});

test('wrong values, periods and formulas are told clearly', async () => {
  (await science.post(at(indicator, '2099-Q1'), { act: 'report', value: 1 }, { direct: true })).isProblem(409, 'wrong_state');
  (await science.post(at(indicator, '2026-13'), { act: 'report', value: 1 }, { direct: true })).isProblem(422, 'invalid');
  const low = await office.post('/api/v1/indicators', fields({ code: 'A02', source: 'formula', formula: '[A01] / (1 - 1)' }));
  const page = low.is(201).json;
  assert.equal(page.figure, undefined, 'division by zero has no value');
  (await office.post('/api/v1/indicators', fields({ code: 'A03', source: 'formula', formula: '[A03] + 1' }))).isProblem(422, 'invalid');
  (await office.post('/api/v1/indicators', fields({ code: 'A03', source: 'formula', formula: '[A01' }))).isProblem(422, 'invalid');
  (await office.post('/api/v1/indicators', fields({ code: 'A03', source: 'counted', count: { register: 'nothing', date_field: 'x' } }))).isProblem(422, 'invalid');
});

let plan;
test('a confirmed plan becomes tasks and promises that count registers and move by themselves', async () => {
  const { plans } = JSON.parse(await readFile(path.join(repository, 'demo/steering.json'), 'utf8'));
  const { code, draft, file } = plans.find((one) => one.code === 'KQ');
  const text = await readFile(path.join(repository, 'src/reading/testdata/documents', file), 'utf8');
  (await enterprise.post('/api/v1/plans', { code, text, draft, frequency: 'quarter' })).isProblem(403, 'forbidden');
  plan = (await office.post('/api/v1/plans', { code, text, draft, frequency: 'quarter' })).is(201).json;
  const tasks = (await office.get('/api/v1/tasks?kind=measure')).is(200).json.items;
  assert.equal(tasks.length, 12);
  const characters = [...text];
  for (const task of tasks) assert.ok(characters.slice(task.ranges[0].begin, task.ranges[0].end).join('').replace(/\s/g, '').includes(task.title.replace(/\s/g, '')), task.title);
  const roadshows = (await office.get('/api/v1/indicators')).json.items.find((one) => one.count?.equals?.kind === 'roadshow');
  assert.deepEqual([roadshows.course.targets[0].value, roadshows.course.targets[0].kind], [30, 'at_least']);
  const page = async () => (await office.get(`/api/v1/indicators/${roadshows.id}`)).is(200).json;
  assert.equal((await page()).lineage.rows_total, 0);
  await publish(administrator, 'events', { title: '联合路演第1场', kind: 'roadshow', held_on: `${today.slice(0, 4)}-01-05`, region: '330402' });
  await publish(administrator, 'events', { title: '沙龙', kind: 'salon', held_on: `${today.slice(0, 4)}-01-05`, region: '330402' });
  const moved = await page();
  assert.deepEqual([moved.lineage.rows_total, moved.lineage.rows[0].title, moved.lineage.rows[0].statements[0].kind], [1, '联合路演第1场', 'entry_published']);
  assert.deepEqual([moved.running, moved.lineage.period, moved.lineage.value], [1, today.slice(0, 4), 1], 'the rows of what is shown: the year so far');
  const quarter = async (part) => (await office.get(`/api/v1/indicators/${roadshows.id}?period=${today.slice(0, 4)}-Q${part}`)).is(200).json.lineage;
  assert.deepEqual([(await quarter(1)).value, (await quarter(1)).from, (await quarter(1)).rows.length], [1, `${today.slice(0, 4)}-01-01`, 1]);
  assert.match(moved.lineage.query, /SELECT COUNT\(\*\) FROM events WHERE .*kind = 'roadshow'/);
  (await office.post('/api/v1/plans', { code, text, draft, frequency: 'quarter' })).isProblem(409, 'conflict');
});

test('a text is read into a draft that can be committed, and compared with what it replaces', async () => {
  const text = await readFile(path.join(repository, 'src/reading/testdata/documents/jiaxing-2026-no4-cross-region-measures.txt'), 'utf8');
  const read = (more = '') => office.post(`/api/v1/plans/readings${more}`, undefined, { body: text, type: 'text/plain' });
  const found = (await read()).is(200).json;
  assert.deepEqual([found.draft.measures.length, found.draft.number.text, found.text], [12, '嘉政办发〔2026〕4号', text]);
  assert.equal(found.changes, undefined);
  assert.ok(Array.isArray((await read(`?replaces=${plan.id}`)).is(200).json.changes));
  (await office.post('/api/v1/plans/readings', undefined, { body: Buffer.from([0, 1, 2, 0xff]), type: 'text/plain', direct: true })).isProblem(415, 'unsupported');
  (await office.post('/api/v1/plans/readings', undefined, { body: '%PDF-1.7', type: 'text/plain', direct: true })).isProblem(400, 'malformed');
  const made = (await office.post('/api/v1/plans', { code: 'NEW', text, draft: found.draft, frequency: 'quarter' })).is(201).json;
  const promises = (await office.get('/api/v1/indicators')).json.items.filter((one) => one.plan_id === made.id);
  assert.equal(promises.length, found.draft.promises.length + found.draft.indicators.length);
});

test('a newer version of a plan changes what it replaces and keeps the history', async () => {
  const { draft, text } = plan;
  draft.promises[4].value = '36';
  draft.measures.splice(11, 1);
  draft.promises = draft.promises.filter((one) => one.measure === undefined || one.measure < 11);
  const newer = (await office.post('/api/v1/plans', { code: 'KQ', text, draft, frequency: 'quarter', replaces: plan.id })).is(201).json;
  const roadshows = (await office.get('/api/v1/indicators')).json.items.find((one) => one.count?.equals?.kind === 'roadshow');
  assert.equal(roadshows.course.targets[0].value, 36);
  const page = (await office.get(`/api/v1/indicators/${roadshows.id}`)).json;
  assert.deepEqual([page.plan_id, page.versions.length], [newer.id, 2]);
  const dropped = (await office.get('/api/v1/tasks?status=dropped')).json.items;
  assert.equal(dropped.length, 1);
  assert.equal((await office.get('/api/v1/plans')).json.items.find((one) => one.id === plan.id).replaced_by, newer.id);
});

test('a task changes its state with a reason only, and two days can be told apart', async () => {
  const task = (await office.get('/api/v1/tasks?kind=measure')).json.items.find((one) => one.duties.some((duty) => duty.unit === '市科技局' && duty.role === 'lead'));
  const { id, version, updated_at, may_edit, ...content } = task;
  assert.ok(updated_at && may_edit);
  (await science.put(`/api/v1/tasks/${id}`, { ...content, status: 'slipped' }, { version })).isProblem(422, 'invalid');
  (await science.put(`/api/v1/tasks/${id}`, { ...content, status: 'slipped', status_reason: '场地未落实' }, { version })).is(200);
  const changes = (await auditor.get(`/api/v1/tasks/changes?from=${year}-01-01&to=${today}`)).is(200).json.items;
  assert.ok(changes.every((change) => change.kind === 'added') && changes.length >= 12);
  (await auditor.get('/api/v1/tasks/changes?from=soon&to=2026-01-01', { direct: true })).isProblem(422, 'invalid');
});

test('a review has its agenda; its decisions become tasks', async () => {
  const opened = (await office.post('/api/v1/reviews', { period: quarter(4), held_on: today, notes: [], decisions: [] })).is(201).json;
  assert.ok(opened.off_track.some((item) => item.id === indicator.id && item.state === 'off_track'));
  assert.equal(opened.tasks.length, 1);
  const written = (await office.put(`/api/v1/reviews/${opened.id}`, {
    period: opened.period, held_on: today, notes: [{ text: '孵化器连续未达', item_id: indicator.id, on: today }],
    decisions: [{ text: '一周内报补救办法', unit: '市科技局', due_on: `${year + 2}-01-31` }],
  }, { version: opened.version })).is(200).json;
  const task = (await science.get(`/api/v1/tasks/${written.decisions[0].task_id}`)).is(200).json;
  assert.deepEqual([task.kind, task.title, task.review_id], ['decision', '一周内报补救办法', opened.id]);
  const before = (await office.get(`/api/v1/indicators/${indicator.id}?as_of=${year}-12-31`));
  before.isProblem(404, 'not_found'); // it was defined today
});
