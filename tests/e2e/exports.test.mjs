// What leaves the house as files, read by programs that were not written here: openpyxl, python-docx, and a reader of SDMX-CSV 2.0
// written from its field guide. Binary answers go past the proxy, which reads every body as text.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { repository, waitFor } from './lib/node.mjs';
import { readSdmxCsv } from './lib/sdmx_csv.mjs';
import { makeOrganization, makePerson, publish, startRegion, steps } from './lib/world.mjs';

const test = steps();
const { folder, administrator, anyone, department, enterprise, rival, organizations } = await startRegion();
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const run = promisify(execFile);

const today = (await administrator.get('/api/v1/reports/due')).is(200).json.today;
const year = Number(today.slice(0, 4)) - 1;
const office = await makePerson(administrator, anyone, 'office', '统筹办', ['department']);
const science = await makePerson(administrator, anyone, 'science', '李工', ['department'], await makeOrganization(administrator, 501, '嘉兴市科技局', 'department', '330400'));

let files = 0;
/** The file as its peer reads it. Debian's Python has the readers; another one in the PATH may not. */
async function seen(answer, type) {
  assert.equal(answer.headers['content-type'], type);
  assert.match(answer.headers['content-disposition'], /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[!-~]+$/);
  const file = path.join(folder, `seen-${++files}.${type === docx ? 'docx' : 'xlsx'}`);
  await writeFile(file, answer.bytes);
  return JSON.parse((await run('/usr/bin/python3', [path.join(repository, 'tests/e2e/lib/read_office.py'), file], { maxBuffer: 64 << 20 })).stdout);
}
const nameOf = (answer) => decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(answer.headers['content-disposition'])[1]);
const download = async (who, target, headers = {}) => (await who.get(target, { direct: true, headers })).is(200);
const workbook = async (who, target, headers) => seen(await download(who, target, headers), xlsx);
/** Rows of a CSV file as arrays; none of the texts here has a comma or a line of its own. */
async function csvRows(who, target, headers) {
  const answer = await download(who, target, headers);
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
  assert.match(answer.headers['content-disposition'], /^attachment; filename="[\x20-\x7e]+\.csv"; filename\*=UTF-8''[!-~]+\.csv$/);
  assert.ok(answer.text.startsWith('\ufeff') && answer.text.endsWith('\r\n'));
  return answer.text.slice(1).trimEnd().split('\r\n').map((line) => line.split(','));
}
/** A table as its CSV says the same as the first sheet of its workbook: numbers, days and texts. */
async function sameAsWorkbook(who, path, query = '', headers = {}) {
  const lines = await csvRows(who, `${path}.csv${query}`, headers);
  const [sheet] = (await workbook(who, `${path}.xlsx${query}`, headers)).sheets;
  // A workbook holds 16 digits of a number, CSV all of them.
  const told = (cell) => (cell.value === null ? '' : cell.type === 'd' ? cell.value.slice(0, 10) : cell.type === 'n' ? Number(cell.value.toPrecision(15)) : String(cell.value));
  const read = (field, cell) => (cell.type === 'n' && field !== '' ? Number(Number(field).toPrecision(15)) : field.replace(/^"'|"$/g, ''));
  assert.deepEqual(lines.map((line, row) => line.map((field, column) => read(field, sheet.rows[row][column]))), sheet.rows.map((row) => row.map(told)), path);
  return lines;
}
const sheetOf = (book, name) => book.sheets.find((sheet) => sheet.name === name) ?? assert.fail(`no sheet ${name} but ${book.sheets.map((sheet) => sheet.name)}`);
/** Rows below the head as objects by the head's words. */
const rowsOf = (sheet) => sheet.rows.slice(1).map((row) => Object.fromEntries(sheet.rows[0].map((head, at) => [head.value, row[at]])));

const indicatorFields = (more = {}) => ({
  code: 'A01', name: '省级以上孵化器', unit: '家', own: false, is_public: true, promise: false, fictional: false, frequency: 'quarter', source: 'reported',
  course: { direction: 'up', aggregation: 'last', baseline: { year: year - 1, value: 20, text: '20' }, targets: [{ year: year + 1, kind: 'equal', value: 60, text: '60' }], path: 'linear', tolerance_percent: 10, band_percent: 2 },
  rules: { min: 0 }, due_days: 20, duties: [{ unit: '市科技局', role: 'lead', from: `${year}-01-01` }], reports_from: `${year}-Q1`, ...more,
});
let indicator, review;

test('a region with an indicator off track, tasks of all kinds and a review', async () => {
  indicator = (await office.post('/api/v1/indicators', indicatorFields())).is(201).json;
  (await office.post('/api/v1/indicators', indicatorFields({ code: 'A02', name: '内部指标', is_public: false }))).is(201);
  (await office.put('/api/v1/steering-units', { name: '市科技局', organization_id: science.organization.id, steers: false })).is(200);
  for (const [part, value] of [[1, 26], [2, 22], [3, 23.5]]) {
    const at = `/api/v1/indicators/${indicator.id}/reports/${year}-Q${part}`;
    const reported = (await science.post(at, { act: 'report', value, remark: '按台账' })).is(200);
    (await office.post(at, { act: 'approve' }, { version: reported.json.version })).is(200);
  }
  const task = (kind, title, more) => office.post('/api/v1/tasks', {
    kind, year: year + 1, number: '1', title, text: '示例', duties: [{ unit: '市科技局', role: 'lead', from: `${year}-01-01` }, { unit: '市经信局', role: 'co', from: `${year}-01-01` }],
    status: 'planned', status_reason: '', milestones: [], evidence: [], fictional: true, ...more,
  });
  (await task('project', "=cmd|'/c calc'!A1", { due_on: `${year}-06-30`, status: 'slipped', status_reason: '场地未落实', milestones: [{ title: '开工', due_on: `${year}-03-31`, done_on: `${year}-04-02` }] })).is(201);
  (await task('reform', '示例改革')).is(201);
  (await task('measure', '示例任务')).is(201);
  const opened = (await office.post('/api/v1/reviews', { period: `${year}-Q4`, held_on: today, notes: [], decisions: [] })).is(201).json;
  review = (await office.put(`/api/v1/reviews/${opened.id}`, {
    period: opened.period, held_on: today, notes: [{ text: '孵化器连续未达', item_id: indicator.id, on: today }], decisions: [{ text: '一周内报补救办法', unit: '市科技局', due_on: `${year + 2}-01-31` }],
  }, { version: opened.version })).is(200).json;
});

test('the living tables: a sheet each, numbers as numbers, days as days, texts as texts', async () => {
  const answer = await download(office, '/api/v1/tasks.xlsx');
  assert.equal(nameOf(answer), `任务-${today}.xlsx`);
  const book = await seen(answer, xlsx);
  assert.deepEqual(book.sheets.map((sheet) => sheet.name), ['重点指标进度表', '重大项目实施表', '重大改革攻坚表', '年度任务分解表', '调度决定', '说明']);
  const [project] = rowsOf(sheetOf(book, '重大项目实施表'));
  assert.deepEqual([project.名称.value, project.名称.type], ["=cmd|'/c calc'!A1", 's'], 'a text, not a formula');
  assert.deepEqual([project.期限.value, project.期限.type, project.期限.format], [`${year}-06-30 00:00:00`, 'd', 'yyyy-mm-dd']);
  assert.deepEqual([project.年度.value, project.年度.type, project.状态.value, project.牵头单位.value, project.配合单位.value], [year + 1, 'n', '滞后', '市科技局', '市经信局']);
  const progress = rowsOf(sheetOf(book, '重点指标进度表')).find((row) => row.代码.value === 'A01');
  assert.deepEqual([progress.最新值.value, progress.基期值.value, progress.目标值.value, progress.按路径应达.value], [23.5, 20, 60, 35]);
  assert.deepEqual([sheetOf(book, '重大改革攻坚表').rows.length, sheetOf(book, '调度决定').rows.length], [2, 2]);
  for (const sheet of book.sheets) assert.equal(sheet.frozen, 'A2', sheet.name);
  const english = await workbook(office, '/api/v1/tasks.xlsx?kind=reform', { 'Accept-Language': 'en' });
  assert.deepEqual(english.sheets.map((sheet) => sheet.name), ['Major reforms', 'About']);
  const late = await workbook(office, '/api/v1/tasks.xlsx?late=true&kind=measure');
  assert.equal(sheetOf(late, '年度任务分解表').rows.length, 1, 'an empty table has its head');
});

test('indicators as the list is filtered; visitors get public ones without units', async () => {
  const all = await workbook(office, `/api/v1/indicators.xlsx?state=no_data&q=${encodeURIComponent('内部')}`);
  assert.deepEqual(rowsOf(all.sheets[0]).map((row) => row.代码.value), ['A02']);
  assert.match(rowsOf(sheetOf(all, '说明')).find((row) => row.项.value === '筛选').内容.value, /state=no_data q=内部/);
  const mine = rowsOf((await workbook(anyone, '/api/v1/indicators.xlsx')).sheets[0]);
  assert.deepEqual(mine.map((row) => [row.代码.value, row.责任单位.value]), [['A01', null]]);
  (await office.get('/api/v1/indicators.xlsx?state=excellent', { direct: true })).isProblem(422, 'invalid');
  (await anyone.get(`/api/v1/indicators.xlsx?as_of=${year + 9}-01-01`, { direct: true })).isProblem(422, 'invalid');
});

test('one indicator: every period, and a chart that points at its cells', async () => {
  const answer = await download(anyone, `/api/v1/indicators/${indicator.id}/history.xlsx`);
  assert.equal(nameOf(answer), `省级以上孵化器-${today}.xlsx`);
  const [periods] = (await seen(answer, xlsx)).sheets;
  const rows = rowsOf(periods);
  assert.deepEqual(rows.slice(0, 3).map((row) => [row.期间.value, row.本期值.value, row.路径.value]), [[`${year - 1} 基期`, 20, 20], [`${year}-Q1`, 26, 25], [`${year}-Q2`, 22, 30]]);
  assert.equal(rows[4].本期值.value, null, 'a missing quarter is an empty cell');
  assert.deepEqual(periods.charts.map((chart) => chart.kind), ['LineChart']);
  assert.match(periods.charts[0].series[0], /^'?各期'?!\$C\$2:\$C\$\d+$/);
  const hidden = (await office.get('/api/v1/indicators')).is(200).json.items.find((one) => one.code === 'A02');
  (await anyone.get(`/api/v1/indicators/${hidden.id}/history.xlsx`)).isProblem(404, 'not_found');
});

test('every table of steering is CSV too, by the same filters and from the same cells', async () => {
  const indicators = await sameAsWorkbook(office, '/api/v1/indicators', `?state=no_data&q=${encodeURIComponent('内部')}`);
  assert.ok(indicators.some((line) => line[0] === 'A02') && !indicators.some((line) => line[0] === 'A01'));
  await sameAsWorkbook(anyone, '/api/v1/indicators');
  await sameAsWorkbook(anyone, `/api/v1/indicators/${indicator.id}/history`);
  for (const picture of ['state', 'chain', 'unit', 'promises', 'tasks']) await sameAsWorkbook(office, '/api/v1/cockpit', `?picture=${picture}`);
  const english = await csvRows(office, '/api/v1/cockpit.csv?picture=state', { 'Accept-Language': 'en' });
  assert.deepEqual(english.slice(0, 2).map((line) => line[0]), ['State', 'Off track']);
  const late = (await csvRows(office, `/api/v1/cockpit.csv?picture=tasks&unit=${encodeURIComponent('市科技局')}`)).slice(1);
  assert.deepEqual(late.map((line) => line[0]), ['"\'=cmd|\'/c calc\'!A1"'], 'a spreadsheet program must not run it');
  const refused = (await office.get('/api/v1/cockpit.csv', { direct: true })).isProblem(422, 'invalid').json;
  assert.match(refused.problems[0].remedy.zh, /XLSX/);
  (await enterprise.get('/api/v1/cockpit.csv?picture=state')).isProblem(403, 'forbidden');
});

test('tasks as CSV are one table that says of which kind each is', async () => {
  const all = await csvRows(office, '/api/v1/tasks.csv');
  assert.deepEqual(all[0].slice(0, 4), ['序号', '种类', '年度', '名称']);
  assert.deepEqual(all.slice(1).map((line) => line[1]).sort(), ['年度任务', '调度决定', '重大改革', '重大项目'].sort());
  assert.equal((await csvRows(office, '/api/v1/tasks.csv?kind=reform')).length, 2);
  assert.equal(all.find((line) => line[1] === '重大项目')[8], `${year}-06-30`);
});

test('the pictures of the cockpit: one alone as filtered, or all', async () => {
  const all = await workbook(office, '/api/v1/cockpit.xlsx');
  assert.deepEqual(all.sheets.map((sheet) => [sheet.name, sheet.charts.length]), [['按状态', 1], ['按链', 1], ['按责任单位', 1], ['承诺进度', 0], ['滞后任务', 0], ['说明', 0]]);
  const units = await workbook(office, `/api/v1/cockpit.xlsx?picture=unit&unit=${encodeURIComponent('市科技局')}`);
  assert.deepEqual(units.sheets.map((sheet) => sheet.name), ['按责任单位', '说明']);
  const listed = (await office.get('/api/v1/indicators')).is(200).json.items.filter((one) => one.duties.some((duty) => duty.unit === '市科技局' && duty.role === 'lead'));
  assert.equal(rowsOf(units.sheets[0])[0].合计.value, listed.length);
});

test('a review in one click: a document with charts, headings, repeated heads and page numbers', async () => {
  const answer = await download(office, `/api/v1/reviews/${review.id}/report.docx`);
  assert.equal(nameOf(answer), `${year}-Q4-季度调度报告.docx`);
  const report = await seen(answer, docx);
  assert.equal(report.title, `${year}-Q4 季度调度报告`);
  assert.deepEqual(report.page, [210, 297]);
  assert.match(report.footer, /^第 .* 页，共 .* 页$/);
  const headings = report.paragraphs.filter((one) => one.style.startsWith('Heading')).map((one) => one.text);
  assert.deepEqual(headings.slice(0, 7), ['一、需要关注的指标', '二、状态有变化的指标', '三、滞后的任务和项目', '四、与上次调度相比的任务变化', '五、记录', '六、决定', '七、指标逐项：历史、路径和目标']);
  assert.equal(report.charts.length, review.off_track.length);
  assert.equal(report.inline, review.off_track.length);
  for (const chart of report.charts) assert.match(chart.parts[0], /\/word\/embeddings\/chart\d+\.xlsx/, 'each chart has its workbook');
  for (const table of report.tables) assert.ok(table.repeated, 'the head repeats on every page');
  const cells = report.tables.map((table) => table.rows);
  assert.ok(cells[0].some((row) => row[0] === indicator.name));
  assert.deepEqual(cells.at(-1)[1].slice(0, 3), ['一周内报补救办法', '市科技局', `${year + 2}-01-31`]);
  assert.ok(cells.flat().some((row) => row[0] === "=cmd|'/c calc'!A1"));
  const english = await seen(await download(office, `/api/v1/reviews/${review.id}/report.docx`, { 'Accept-Language': 'en' }), docx);
  assert.equal(english.title, `Quarterly review ${year}-Q4`);
  (await office.get('/api/v1/reviews/review_01J00000000000000000000000/report.docx', { direct: true })).isProblem(404, 'not_found');
});

test('the same review as a workbook: agenda, tasks, decisions, indicators, charts', async () => {
  const book = await workbook(office, `/api/v1/reviews/${review.id}/report.xlsx`);
  assert.deepEqual(book.sheets.map((sheet) => sheet.name), ['需要关注的指标', '状态有变化的指标', '滞后的任务和项目', '与上次调度相比的任务变化', '记录', '决定', '指标', '图', '指标各期', '说明']);
  assert.equal(sheetOf(book, '图').charts.length, review.off_track.length);
  const mine = rowsOf(sheetOf(book, '指标各期')).filter((row) => row.代码.value === 'A01');
  assert.ok(mine.some((row) => row.期间.value === `${year}-Q3` && row.本期值.value === 23.5));
  for (const who of [enterprise, rival]) (await who.get(`/api/v1/reviews/${review.id}/report.xlsx`)).isProblem(403, 'forbidden');
});

test('observations as SDMX-CSV 2.0, by address and by Accept, approved values only', async () => {
  const dimensions = ['FREQ', 'REF_AREA', 'INDICATOR', 'TIME_PERIOD'];
  const answer = await download(anyone, '/api/v1/indicators.sdmx.csv');
  assert.equal(answer.headers['content-type'], 'application/vnd.sdmx.data+csv; version=2.0.0');
  const rows = readSdmxCsv(answer.text, dimensions);
  const of = (frequency, period) => rows.find((row) => row.INDICATOR === 'A01' && row.FREQ === frequency && row.TIME_PERIOD === period);
  assert.deepEqual([of('A', String(year - 1)).value, of('A', String(year - 1)).OBS_STATUS], [20, 'A']);
  assert.deepEqual([of('Q', `${year}-Q3`).value, of('Q', `${year}-Q3`).UNIT_MEASURE, of('Q', `${year}-Q3`).REF_AREA], [23.5, '家', '330400']);
  assert.deepEqual([of('Q', `${year}-Q4`).value, of('Q', `${year}-Q4`).OBS_STATUS], [undefined, 'O'], 'due and missing');
  assert.ok(rows.every((row) => row.INDICATOR === 'A01'), 'visitors get public ones');
  const asked = await download(office, '/api/v1/indicators', { Accept: 'application/vnd.sdmx.data+csv;version=2.0.0' });
  assert.ok(readSdmxCsv(asked.text, dimensions).some((row) => row.INDICATOR === 'A02'));
  assert.match((await download(office, '/api/v1/indicators', { Accept: 'application/json' })).headers['content-type'], /json/);
});

test('an answer of SQL keeps its types; what is too large is refused with what to do', async () => {
  const sql = "SELECT '=1+1' AS t, 12.5 AS x, DATE '2026-01-21' AS d, 9007199254740993::BIGINT AS big, NULL AS nothing, true AS yes, TIMESTAMP '2026-01-21 00:00:00' AS at";
  await waitFor('the read model', async () => (await department.get('/api/v1/analytics/tables')).is(200).json.state === 'ready');
  const answer = (await department.post('/api/v1/analytics/queries.xlsx', { sql }, { direct: true })).is(200);
  const book = await seen(answer, xlsx);
  const [row] = rowsOf(book.sheets[0]);
  assert.deepEqual([row.t.value, row.t.type], ['=1+1', 's']);
  assert.deepEqual([row.x.value, row.d.value, row.big.value, row.nothing.value, row.yes.value], [12.5, '2026-01-21 00:00:00', '9007199254740993', null, true]);
  assert.equal(row.at.value, '2026-01-21 08:00:00', 'moments are shown in the time of the region');
  assert.equal(sheetOf(book, 'SQL').rows[1][0].value, sql);
  const points = "SELECT 'M' || range AS month, range * 2 AS n FROM range(3)";
  const drawn = await seen((await department.post('/api/v1/analytics/queries.xlsx', { sql: points, chart: 'line' }, { direct: true })).is(200), xlsx);
  assert.deepEqual(drawn.sheets[0].charts.map((chart) => [chart.kind, chart.series.length]), [['LineChart', 1]]);
  assert.match(drawn.sheets[0].charts[0].series[0], /\$B\$2:\$B\$4$/);
  (await department.post('/api/v1/analytics/queries.xlsx', { sql: points, chart: 'cake' }, { direct: true })).isProblem(422, 'invalid');
  const wide = `SELECT ${Array.from({ length: 11 }, (_, at) => `range AS c${at}`).join(', ')} FROM range(100000)`;
  const refused = (await department.post('/api/v1/analytics/queries.xlsx', { sql: wide }, { direct: true })).isProblem(413, 'too_large').json;
  assert.match(refused.problems[0].remedy.zh, /CSV/);
  (await enterprise.post('/api/v1/analytics/queries.xlsx', { sql: 'SELECT 1' })).isProblem(403, 'forbidden');
});

test('a list of who may claim has money in yuan with two decimals', async () => {
  await publish(enterprise, 'enterprise-years', { label: `示例 ${year} 年`, organization: organizations.enterprise.id, year, rd_spend_fen: 200_000_050 });
  const book = await workbook(department, '/api/v1/policies/rd_deduction/entitled.xlsx');
  const rows = rowsOf(sheetOf(book, '名单'));
  assert.ok(rows.length >= 2);
  for (const row of rows) if (row['金额（元）'].value !== null) assert.equal(row['金额（元）'].format, '#,##0.00');
  (await rival.get('/api/v1/policies/rd_deduction/entitled.xlsx')).isProblem(403, 'forbidden');
});

test('the fusion index: people\'s table with bars and radar, and the table to compute it again', async () => {
  const figures = [['330402', 1], ['330411', 2]];
  const { indicators } = (await anyone.get('/api/v1/fusion')).is(200).json;
  for (const [county, step] of figures)
    for (const [at, one] of indicators.entries()) await publish(administrator, 'county-figures', { label: `${county} ${year} ${one.id}`, county, year, indicator: one.id, value: step * (at + 1), source: '虚构示例', fictional: true });
  const book = await workbook(anyone, '/api/v1/fusion.xlsx');
  assert.deepEqual(book.sheets.map((sheet) => sheet.name), ['融合度', 'recompute']);
  const rows = rowsOf(book.sheets[0]);
  assert.deepEqual(rows.map((row) => [row['县（市、区）'].value, row.代码.value]), [['南湖区', '330402'], ['秀洲区', '330411']]);
  assert.deepEqual(book.sheets[0].charts.map((chart) => chart.kind).sort(), ['BarChart', 'RadarChart']);
  assert.equal(book.sheets[1].rows.length, 2 * indicators.length + 1);
  assert.deepEqual([rowsOf(book.sheets[1])[0].value.type, rowsOf(book.sheets[1])[0].county.type], ['n', 's']);
});

test('the whole cockpit holds the pictures of the fusion index as the page shows them', async () => {
  const book = await workbook(office, '/api/v1/cockpit.xlsx?county=330402');
  assert.deepEqual(book.sheets.slice(5).map((sheet) => [sheet.name, sheet.charts.map((chart) => chart.kind)]),
    [[`四链水平 ${year}`, ['RadarChart']], [`各县融合度 ${year}`, ['BarChart']], ['说明', []]]);
  assert.deepEqual(book.sheets[5].rows[0].map((cell) => cell.value), ['链', '南湖区', '秀洲区'], 'the chosen county beside the highest');
  assert.ok(rowsOf(sheetOf(book, '说明')).some((row) => row.内容.value.startsWith('这是相对的')));
  assert.equal((await workbook(office, '/api/v1/cockpit.xlsx?picture=chain')).sheets.length, 2, 'one picture alone is that picture');
  (await office.get('/api/v1/cockpit.xlsx?county=330499', { direct: true })).isProblem(422, 'invalid');
});

test('a picture of the fusion index: its rows, the same drawn, and what it does not show', async () => {
  const answer = await download(office, '/api/v1/fusion.xlsx?picture=levels');
  assert.equal(nameOf(answer), `四链水平 ${year}.xlsx`);
  const levels = await seen(answer, xlsx);
  assert.deepEqual(levels.sheets.map((sheet) => [sheet.name, sheet.charts.map((chart) => chart.kind)]), [[`四链水平 ${year}`, ['RadarChart']], ['说明', []]]);
  const [head, ...rows] = levels.sheets[0].rows.map((row) => row.map((cell) => cell.value));
  assert.deepEqual([head, rows.map((row) => row[0])], [['链', '秀洲区', '南湖区'], ['创新链', '产业链', '资金链', '人才链']]);
  assert.equal(levels.sheets[0].charts[0].series.length, 2, 'a line a county');
  assert.ok(levels.sheets[0].rows[1].slice(1).every((cell) => cell.type === 'n'));
  assert.ok(rowsOf(levels.sheets[1]).some((row) => row.内容.value.startsWith('这是相对的')));
  const degrees = await workbook(anyone, `/api/v1/fusion.xlsx?picture=degrees&year=${year}`, { 'Accept-Language': 'en' });
  assert.deepEqual(degrees.sheets.map((sheet) => [sheet.name, sheet.charts.map((chart) => chart.kind)]), [[`Fusion index ${year}`, ['BarChart']], ['About', []]]);
  assert.deepEqual(rowsOf(degrees.sheets[0]).map((row) => [row.County.value, row.Rank.value]), [['秀洲区', 1], ['南湖区', 2]]);
});

test('a register as a workbook: money, numbers and days are cells of their kind, names instead of codes', async () => {
  const book = await workbook(enterprise, `/api/v1/registers/enterprise-years/export.xlsx?q=${encodeURIComponent('示例')}`);
  const [row] = rowsOf(book.sheets[0]);
  assert.deepEqual([row['研发费用（元）'].value, row['研发费用（元）'].format, row.状态.value], [2_000_000.5, '#,##0.00', '已发布']);
  assert.equal(row.单位.value, organizations.enterprise.title);
  assert.equal(rowsOf((await workbook(anyone, '/api/v1/registers/enterprise-years/export.xlsx')).sheets[0])[0]?.['研发费用（元）'].value ?? null, null, 'what is the owner\'s alone is not in it');
  (await anyone.get('/api/v1/registers/nothing/export.xlsx', { direct: true })).isProblem(404, 'not_found');
});

test('a chain of the atlas: nodes as CSV, in the workbook all that the page shows', async () => {
  const node = (title, code, position) => publish(administrator, 'chain-segments', { title, chain: '示例链', code, kind: 'product', position });
  await node('=甲', 'show.a', 'upstream');
  await node('乙', 'show.b', 'midstream');
  await publish(administrator, 'chain-edges', { title: 'a-b', chain: '示例链', from_code: 'show.a', to_code: 'show.b', relation: 'upstream' });
  const at = `/api/v1/atlas/${encodeURIComponent('示例链')}/table`;
  await waitFor('the chain to be in the atlas', async () => (await anyone.get(`/api/v1/atlas/${encodeURIComponent('示例链')}`)).json.edges?.length === 1);
  const lines = await csvRows(anyone, `${at}.csv`);
  assert.deepEqual(lines.slice(1).map((line) => [line[0], line[1], line[2], line[14]]), [['"\'=甲"', 'show.a', '上游', '乙'], ['乙', 'show.b', '中游', '']]);
  const book = await workbook(anyone, `${at}.xlsx?region=310000`, { 'Accept-Language': 'en' });
  assert.deepEqual(book.sheets.map((sheet) => sheet.name), ['All nodes', 'Relations', 'Strengthen', 'Fill', 'Extend', 'Leads', 'About']);
  assert.deepEqual(rowsOf(book.sheets[1]).map((row) => [row.From.value, row.Relation.value, row.To.value]), [['=甲', 'Delivers to', '乙']]);
  assert.ok(rowsOf(book.sheets[6]).some((row) => row.Item.value === 'Looking from' && row.Text.value === '上海市'));
  (await anyone.get('/api/v1/atlas/none/table.csv')).isProblem(404, 'not_found');
});
