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

test('the table is exported; wrong years and names are told', async () => {
  const csv = (await department.get(`${scheme}/years/${year}/table.csv`)).is(200).text;
  assert.match(csv, /服务类（试算）,示例检测一,示例表面工程研究院,/);
  assert.match(csv, /(\r\n|\n)类别,平台/);
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
