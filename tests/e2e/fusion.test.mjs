// The fusion index: from an imported register to figures, and the table from which docs/fusion/recompute.mjs computes all of it again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { repository, waitFor } from './lib/node.mjs';
import { startRegion, steps } from './lib/world.mjs';

const test = steps();
const { anyone, department } = await startRegion();
const recompute = (csv) => spawnSync(process.execPath, [path.join(repository, 'docs/fusion/recompute.mjs'), '-'], { input: csv, encoding: 'utf8' });

test('without figures there is no index, and it says what it does not show', async () => {
  const view = (await anyone.get('/api/v1/fusion')).is(200).json;
  assert.deepEqual([view.places, view.latest_year], [[], undefined]);
  const rows = (await anyone.get('/api/v1/fusion.csv?picture=degrees')).is(200).text.trimEnd().split('\r\n');
  assert.equal(rows.length, 1, 'a head and no rows: no data is not zero');
  assert.ok(view.cautions.length >= 5 && view.indicators.length >= 12);
  for (const indicator of view.indicators) assert.ok(indicator.reference_source, indicator.id);
});

test('the demo figures become an index by county and year', async () => {
  const csv = await readFile(path.join(repository, 'demo/county-figures.csv'), 'utf8');
  const checked = (await department.post('/api/v1/registers/county-figures/imports?publish=true', undefined, { body: csv, type: 'text/csv' })).is(201).json;
  assert.equal(checked.wrong, 0, JSON.stringify(checked.problems.slice(0, 3)));
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  await waitFor('the import', async () => (await department.get(`/api/v1/imports/${checked.id}`)).is(200).json.state === 'done');
  const view = (await anyone.get('/api/v1/fusion')).is(200).json;
  assert.equal(view.counties.length, 7);
  assert.equal(view.places.length, 21);
  for (const place of view.places) {
    assert.deepEqual(place.levels.map((level) => level.system), ['innovation', 'industry', 'capital', 'talent']);
    assert.ok(place.grade.zh && place.raise_first.length > 0);
    // A county that is least in every figure of a chain has that chain at 0, and with it D: four chains are coupled or they are not.
    assert.equal(place.d === 0, place.levels.some((level) => level.u === 0), `${place.county} ${place.year}`);
    assert.ok(place.d >= 0 && place.d < 1, `${place.county} ${place.year}`);
    assert.ok(place.cells.every((cell) => cell.value === undefined || cell.fictional), 'demo figures are marked');
  }
  const least = view.places.find((place) => place.county === '330424' && place.year === 2023);
  assert.deepEqual([least.d, least.levels[2].u, [...least.raise_first].sort()], [0, 0, ['interest', 'technology_loans', 'venture']], 'first what is at nothing');
  const gap = view.places.find((place) => place.county === '330424' && place.year === 2022).cells.find((cell) => cell.indicator === 'venture');
  assert.deepEqual([gap.value, gap.z, gap.weight], [undefined, undefined, 0], 'no data is not zero');
});

for (const query of ['', '?normalisation=reference', '?weighting=given', '?normalisation=reference&weighting=given'])
  test(`every figure of the exported table is computed again${query}`, async () => {
    const { text } = (await anyone.get(`/api/v1/fusion.csv${query}`)).is(200);
    const again = recompute(text);
    assert.equal(again.status, 0, again.stdout + again.stderr);
    assert.match(again.stdout, /^\d{4} figures .* 0 differ/m);
  });

test('a figure that is changed in the table is found', async () => {
  const { text } = (await anyone.get('/api/v1/fusion.csv')).is(200);
  const lines = text.split('\r\n');
  const column = lines[0].split(',').indexOf('value');
  const cells = lines[5].split(',');
  cells[column] = String(Number(cells[column]) + 1);
  lines[5] = cells.join(',');
  const again = recompute(lines.join('\r\n'));
  assert.equal(again.status, 1);
  assert.match(again.stdout, /by the formulas/);
});

/** The rows of a CSV without quotes, the head first. */
const rowsOf = (text) => text.replace('\ufeff', '').trimEnd().split('\r\n').map((line) => line.split(','));
const nameOf = (answer) => decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(answer.headers['content-disposition'])[1]);

test('the rows behind the picture by county: by rank, of the year that is asked for', async () => {
  const view = (await anyone.get('/api/v1/fusion')).is(200).json;
  assert.equal(view.latest_year, 2024);
  const answer = (await anyone.get('/api/v1/fusion.csv?picture=degrees&year=2023')).is(200);
  assert.equal(nameOf(answer), '各县融合度 2023.csv');
  const [head, ...rows] = rowsOf(answer.text);
  assert.deepEqual(head, ['县（市、区）', '代码', '年度', '创新链', '产业链', '资金链', '人才链', '耦合度 C', '水平 T', '融合度 D', '等级', '位次']);
  const places = view.places.filter((place) => place.year === 2023).sort((a, b) => a.rank - b.rank);
  assert.deepEqual(rows.map((row) => [row[1], Number(row[9]), Number(row[11])]), places.map((place) => [place.county, place.d, place.rank]));
});

test('the rows behind the radar: the highest and the lowest county of the latest year, or a chosen one', async () => {
  const view = (await anyone.get('/api/v1/fusion')).is(200).json;
  const name = (county) => view.counties.find((one) => one.county === county).name;
  const places = view.places.filter((place) => place.year === view.latest_year).sort((a, b) => a.rank - b.rank);
  const both = (await anyone.get('/api/v1/fusion.csv?picture=levels')).is(200);
  assert.equal(nameOf(both), '四链水平 2024.csv');
  assert.deepEqual(rowsOf(both.text)[0], ['链', name(places[0].county), name(places.at(-1).county)]);
  assert.deepEqual(rowsOf(both.text).slice(1).map((row) => Number(row[1])), places[0].levels.map((level) => level.u));
  const english = (await anyone.get('/api/v1/fusion.csv?picture=levels&year=2024&county=330424', { headers: { 'Accept-Language': 'en' } })).is(200);
  assert.deepEqual(rowsOf(english.text).map((row) => row[0]), ['Chain', 'Innovation', 'Industry', 'Capital', 'Talent']);
  assert.equal(rowsOf(english.text)[0][1], '海盐县');
  // The page draws what the node says, and the files have the same counties.
  const compared = (county) => view.compared.find((one) => one.year === view.latest_year && one.county === county).counties.map(name);
  assert.deepEqual([compared(''), compared('330424')], [rowsOf(both.text)[0].slice(1), rowsOf(english.text)[0].slice(1)]);
});

test('an unknown way, picture, year or county is refused', async () => {
  (await anyone.get('/api/v1/fusion?weighting=guess', { direct: true })).isProblem(422, 'invalid');
  for (const query of ['picture=pie', 'picture=levels&year=soon', 'picture=degrees&year=1999', 'picture=levels&county=110101'])
    for (const kind of ['csv', 'xlsx']) (await anyone.get(`/api/v1/fusion.${kind}?${query}`, { direct: true })).isProblem(422, 'invalid');
});
