// Appraisal of platforms: scores from the registers and from deals, missing figures as ranges, what owners see, files that are wrong.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { command, jingwei, repository, waitFor } from './lib/node.mjs';
import { needFields, proposal, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const { anyone, department, provider, rival, enterprise, financier, auditor, folder } = await startRegion();
const year = new Date().getFullYear();
const scheme = '/api/v1/appraisals/science_platforms';

const platform = (title, kind, more = {}) =>
  publish(department, 'platforms', { title, owner: provider.organization.id, kind, text: '示例', region: '330411', ...more });
const figures = (name, more) => publish(department, 'platform-years', { title: `${name} ${year}`, owner: provider.organization.id, platform: name, year, ...more });
const table = async (client = department) => (await client.get(`${scheme}/years/${year}`)).is(200).json;
const rowsOf = (answer, id) => answer.result.classes.find((one) => one.class_id === id).rows;

let whole;
let partly;
test('platforms are scored by the card of their class, best first; a missing figure is a range, never zero', async () => {
  whole = await platform('示例检测一', 'testing', { staff_count: 20 });
  partly = await platform('示例检测二', 'testing');
  await platform('示例检测三', 'testing');
  await platform('示例孵化器', 'incubator');
  await figures('示例检测一', { service_hours: 2250, firms_served: 60, service_income_fen: 100_000_000, people_trained: 100 });
  await figures('示例检测二', { service_hours: 4000, service_income_fen: 200_000_000, people_trained: 200 });
  await figures('示例检测三', { service_hours: 500, firms_served: 0, service_income_fen: 50_000_000, people_trained: 0 });
  // A node that has just started says with 503 that it is still preparing.
  await waitFor('the read model to be there', async () => (await department.get(`${scheme}/years/${year}`)).status === 200);
  await waitFor('the read model to have the figures', async () => rowsOf(await table(), 'service').length === 3 && rowsOf(await table(), 'service').every((row) => row.criteria[0].figure !== undefined));
  const answer = await table();
  assert.equal(answer.all, true);
  assert.ok(answer.trial.includes('service'), 'the documents give no weights: it is a trial');
  const rows = rowsOf(answer, 'service');
  const first = rows.find((row) => row.platform.id === whole.id);
  const of = (row, id) => row.criteria.find((one) => one.criterion === id);
  assert.deepEqual([of(first, 'hours').points, of(first, 'firms').points, of(first, 'people').points], [12.5, 12.5, 5]);
  assert.equal(of(first, 'income').points, 7.5, 'one of the two others is behind');
  assert.equal(of(first, 'deals').points, 0, 'none is known to be none: deals are kept here');
  assert.equal(of(first, 'satisfaction').points, undefined, 'nobody has said anything');
  assert.deepEqual([first.low, first.high, first.missing], [37.5, 52.5, 1]);
  const second = rows.find((row) => row.platform.id === partly.id);
  assert.deepEqual([second.missing, second.low, second.high], [2, 50, 90]);
  assert.deepEqual([rows[0].platform.id, second.rank_best, second.rank_worst, first.rank_worst], [partly.id, 1, 2, 2]);
  assert.deepEqual(rowsOf(answer, 'transfer').map((row) => [row.low, row.high]), [[0, 85]], 'only deals are known');
});

test('one platform is explained: figure, entry behind it, points, one step more', async () => {
  const page = (await department.get(`${scheme}/platforms/${whole.id}?year=${year}`)).is(200).json;
  const at = page.score.criteria.findIndex((one) => one.criterion === 'hours');
  assert.match(page.score.criteria[at].entry_id, /^pfy_/);
  assert.equal(page.reasons[at].next.en, '100 hours more: 0.71 points more');
  const missing = page.score.criteria.findIndex((one) => one.criterion === 'satisfaction');
  assert.match(page.reasons[missing].how.zh, /缺数.*不当作零/);
  assert.equal(page.years.at(-1).year, year);
  assert.ok(page.years.every((one) => one.platforms >= 1));
});

test('a deal with the platform counts in its year', async () => {
  const need = await publish(enterprise, 'needs', { ...needFields, title: '检测需求' });
  const deal = (await enterprise.post('/api/v1/deals', proposal(need, whole))).is(201).json;
  (await provider.post(`/api/v1/deals/${deal.id}/acts`, { act: 'agree' }, { version: deal.version })).is(200);
  await waitFor('the read model to have the deal', async () => {
    const row = rowsOf(await table(), 'service').find((one) => one.platform.id === whole.id);
    return row.criteria.find((one) => one.criterion === 'deals').points === 6;
  });
});

test('owners see their own rows with rank and reasons, others nothing', async () => {
  const own = await table(provider);
  assert.equal(own.all, false);
  assert.equal(rowsOf(own, 'service').length, 3);
  const foreign = await table(rival);
  assert.ok(foreign.result.classes.every((one) => one.rows.length === 0));
  (await provider.get(`${scheme}/platforms/${whole.id}?year=${year}`)).is(200);
  (await rival.get(`${scheme}/platforms/${whole.id}?year=${year}`)).isProblem(404, 'not_found');
  (await provider.get(`${scheme}/years/${year}/table.csv`)).isProblem(403, 'forbidden');
  assert.equal((await table(auditor)).all, true);
  (await anyone.get(`${scheme}/years/${year}`, { direct: true })).isProblem(401, 'unauthenticated');
  assert.equal((await anyone.get('/api/v1/appraisals')).is(200).json.items[0].id, 'science_platforms');
  (await financier.get(`${scheme}/years/${year}`)).is(200);
});

const over = year - 1;
const of = async (client = department) => (await client.get(`${scheme}/years/${over}`)).is(200).json;
const confirm = (body, options) => department.post(`${scheme}/years/${over}/confirmations`, body, options);
test('a department confirms the result of a year that is over, as it saw it', async () => {
  for (const [name, hours] of [['示例检测一', 1500], ['示例检测三', 500]])
    await publish(department, 'platform-years', { title: `${name} ${over}`, owner: provider.organization.id, platform: name, year: over, service_hours: hours });
  await waitFor('the figures of the year before', async () => rowsOf(await of(), 'service').filter((row) => row.criteria[0].figure !== undefined).length === 2);
  const seen = await of();
  assert.deepEqual([seen.may_confirm, seen.confirmed, seen.versions, (await table()).may_confirm, (await of(provider)).may_confirm], [true, undefined, [], false, false]);
  (await provider.post(`${scheme}/years/${over}/confirmations`, { sha256: seen.sha256 })).isProblem(403, 'forbidden');
  (await department.post(`${scheme}/years/${year}/confirmations`, { sha256: (await table()).sha256 })).isProblem(409, 'wrong_state');
  (await confirm({ sha256: '0'.repeat(64) })).isProblem(409, 'conflict');
  (await confirm({ sha256: seen.sha256 }, { version: 1 })).isProblem(412, 'version_mismatch');
  const made = (await confirm({ sha256: seen.sha256 })).is(201).json;
  assert.deepEqual([made.version, made.sha256, made.reason], [1, seen.sha256, undefined]);
  const after = await of();
  assert.deepEqual([after.confirmed.confirmation, after.confirmed.result.classes, after.differences, after.confirmed.scheme_changed], [made, seen.result.classes, [], false]);
  assert.deepEqual(after.confirmed.statements.map((one) => one.kind), ['appraisal_confirmed']);
  (await confirm({ sha256: seen.sha256 }, { version: 1 })).isProblem(409, 'wrong_state');
});

test('later figures move what is computed and not what was confirmed; a correction needs a reason and is a new version', async () => {
  const before = await of();
  const entry = (await department.get(`/api/v1/registers/platform-years/entries?q=${encodeURIComponent(`示例检测三 ${over}`)}`)).is(200).json.items[0];
  (await department.put(`/api/v1/registers/platform-years/entries/${entry.id}`, { fields: { ...entry.fields, service_hours: 3000 } }, { version: entry.version })).is(200);
  await waitFor('what is computed to move', async () => (await of()).differences.length > 0);
  const moved = await of();
  const third = moved.differences.find((one) => one.title === '示例检测三');
  const hours = third.criteria.find((one) => one.criterion === 'hours');
  assert.deepEqual([hours.figure_confirmed, hours.figure_now, third.now.low > third.confirmed.low], [500, 3000, true]);
  assert.deepEqual(moved.confirmed.result, before.confirmed.result);
  const own = await of(rival);
  assert.deepEqual([own.differences, own.confirmed.result.classes.flatMap((one) => one.rows)], [[], []], 'others see nothing of it');
  const page = (await provider.get(`${scheme}/platforms/${third.platform}?year=${over}`)).is(200).json;
  assert.deepEqual([page.confirmation.version, page.difference.confirmed, page.years.at(-1).confirmed], [1, third.confirmed, third.confirmed]);
  const lines = (await department.get(`${scheme}/years/${over}/table.csv`)).is(200).text.slice(1).split('\r\n').map((line) => line.split(','));
  const line = lines.find((one) => one[1] === '示例检测三');
  assert.deepEqual([Number(line[3]), Number(line[8]), line[12]], [third.now.low, third.confirmed.low, '不同'], 'computed beside confirmed');
  assert.equal((await department.get(`${scheme}/years/${over}/table.xlsx`, { direct: true })).is(200).headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  (await confirm({ sha256: moved.sha256 }, { version: 1 })).isProblem(422, 'invalid');
  (await confirm({ sha256: moved.sha256, reason: '补报' })).isProblem(412, 'version_mismatch');
  const second = (await confirm({ sha256: moved.sha256, reason: '平台补报了年度数据' }, { version: 1 })).is(201).json;
  assert.deepEqual([second.version, second.reason], [2, '平台补报了年度数据']);
  const corrected = await of();
  assert.deepEqual([corrected.differences, corrected.versions.map((one) => one.version)], [[], [2, 1]]);
  const first = (await department.get(`${scheme}/years/${over}/confirmations/1`)).is(200).json;
  assert.deepEqual([first.result, first.scheme.id], [before.confirmed.result, 'science_platforms']);
  (await department.get(`${scheme}/years/${over}/confirmations/3`)).isProblem(404, 'not_found');
  (await financier.get(`${scheme}/years/${over}/confirmations/1`)).is(200);
});

test('the table is exported; wrong years and names are told', async () => {
  const csv = (await department.get(`${scheme}/years/${year}/table.csv`)).is(200).text;
  assert.match(csv, /服务类（试算）,示例检测一,示例表面工程研究院,/);
  assert.match(csv, /^\ufeff类别,平台,依托单位,最低得分,最高得分,等级,名次,缺数项,确认的最低得分/);
  (await department.get(`${scheme}/years/1999`)).isProblem(422, 'invalid');
  (await department.get(`${scheme}/years/next`)).isProblem(422, 'invalid');
  (await department.get(`/api/v1/appraisals/beauty/years/${year}`)).isProblem(404, 'not_found');
  (await department.get(`${scheme}/platforms/plt_none?year=${year}`)).isProblem(404, 'not_found');
});

test('files of schemes are checked by the command line, every mistake with file and line', async () => {
  assert.match(await command('appraisal', 'check'), /science_platforms: 3 classes, 11 facts, 17 criteria, 17 weights on trial: in order/);
  const own = path.join(folder, 'own-appraisals');
  await mkdir(own);
  const text = await readFile(path.join(repository, 'policies/appraisals/science_platforms.yaml'), 'utf8');
  await writeFile(path.join(own, 'science_platforms.yaml'), text.replace('weight: {value: 25,', 'weight: {value: 35,').replace('fact: service_hours', 'fact: fame'));
  const refused = await jingwei('appraisal', 'check', '--own', own);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /science_platforms\.yaml:\d+: .*the weights of research add up to 110, not to 100/);
  assert.match(refused.stderr, /there is no fact fame/);
});
