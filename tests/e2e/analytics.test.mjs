// SQL over the read model: who sees what, refusals with their place, downloads, saved queries, the command line.
import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';

import { jingwei, waitFor } from './lib/node.mjs';
import { needFields, publish, startRegion, steps } from './lib/world.mjs';

const { administrator, anyone, auditor, department, enterprise, financier, node } = await startRegion();
const step = steps();

const ask = (who, sql) => who.post('/api/v1/analytics/queries', { sql });
/** The only value of an answer, once the model has read what was written before. */
async function value(who, sql, wanted) {
  let last;
  await waitFor(`${sql} to be ${wanted}`, async () => {
    last = (await ask(who, sql)).is(200).json.rows[0][0];
    return last === wanted;
  });
  return last;
}

step('the model comes up by itself and follows what is published', async () => {
  await waitFor('the model', async () => (await department.get('/api/v1/analytics/tables')).is(200).json.state === 'ready');
  const fields = { ...needFields, owner: enterprise.organization.id, budget_fen: 30_000_000, contact_phone: '13800000000' };
  await publish(enterprise, 'needs', fields);
  await publish(enterprise, 'needs', { ...fields, title: '匿名的题', confidentiality: 'anonymous' });
  await value(department, 'SELECT sum(budget_fen) FROM needs', 60_000_000);
  const answer = (await ask(department, "SELECT title, deadline, region_name, state FROM needs WHERE audience = 'open'")).is(200).json;
  assert.deepEqual(answer.columns, [{ name: 'title', type: 'VARCHAR' }, { name: 'deadline', type: 'DATE' }, { name: 'region_name', type: 'VARCHAR' }, { name: 'state', type: 'VARCHAR' }]);
  assert.deepEqual([answer.rows.length, answer.complete, answer.rows[0][0]], [1, true, needFields.title]);
});

step('each role sees the tables and columns of its own sight', async () => {
  const tablesOf = async (who) => (await who.get('/api/v1/analytics/tables')).is(200).json;
  const columns = (tables, id) => tables.items.find((table) => table.id === id)?.columns.map((column) => column.id) ?? [];
  const [all, audited, published] = [await tablesOf(administrator), await tablesOf(auditor), await tablesOf(financier)];
  assert.deepEqual([all.sight, audited.sight, published.sight], ['everything', 'audited', 'published']);
  assert.deepEqual([all, audited, published].map((tables) => columns(tables, 'needs').includes('contact_phone')), [true, false, false]);
  assert.deepEqual([all, audited, published].map((tables) => columns(tables, 'deals').length > 0), [true, true, false]);
  await value(financier, 'SELECT count(owner_id) FROM needs', 1);
  for (const who of [auditor, financier]) {
    const refused = (await ask(who, 'SELECT\n  contact_phone FROM needs')).isProblem(422, 'invalid').json;
    assert.equal(refused.problems[0].row, 2);
    assert.match(refused.message.zh, /第 2 行第 3 个字/);
  }
  (await ask(financier, 'SELECT * FROM everything.needs')).isProblem(422, 'invalid');
  (await ask(enterprise, 'SELECT 1')).isProblem(403, 'forbidden');
});

step('SQL that reads files, changes something or never ends is refused in words', async () => {
  for (const [sql, words] of [
    ["SELECT * FROM read_text('/etc/passwd')", /读表以外的东西/], ["COPY (SELECT 1) TO '/tmp/jingwei-never.csv'", /只接受 SELECT/], ['DROP TABLE needs', /只接受 SELECT/],
    ["SET memory_limit = '1TB'", /只接受 SELECT/], ['SELECT * FORM needs', /读不懂/], ['SELECT nothing FROM needs', /没有这个名字/],
  ]) assert.match((await ask(department, sql)).isProblem(422, 'invalid').json.message.zh, words, sql);
  await assert.rejects(access('/tmp/jingwei-never.csv'));
  const endless = ask(department, 'SELECT count(*) FROM range(10000000000) a, range(1000000) b');
  // Others are answered meanwhile.
  assert.deepEqual((await ask(auditor, 'SELECT 42')).is(200).json.rows, [[42]]);
  assert.match((await endless).isProblem(422, 'invalid').json.message.zh, /已停止/);
  (await ask(department, `SELECT '${'x'.repeat(25_000)}'`)).isProblem(413, 'too_large');
});

step('an answer can be downloaded', async () => {
  const csv = (await department.post('/api/v1/analytics/queries.csv', { sql: "SELECT title, budget_fen, NULL AS nothing, '=1+1' AS formula FROM needs ORDER BY title DESC LIMIT 1" })).is(200);
  assert.equal(decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(csv.headers['content-disposition'])[1]), '查询结果.csv');
  assert.equal(csv.text, `\ufefftitle,budget_fen,nothing,formula\r\n${needFields.title},30000000,,"'=1+1"\r\n`);
});

step('queries are saved, changed by their owner and read by all analysts', async () => {
  const saved = (await department.post('/api/v1/analytics/saved-queries', { title: '需求数', sql: 'SELECT count(*) FROM needs' })).is(201).json;
  assert.deepEqual((await financier.get('/api/v1/analytics/saved-queries')).is(200).json.items.map((one) => one.title), ['需求数']);
  const changed = (await department.put(`/api/v1/analytics/saved-queries/${saved.id}`, { title: '需求数', sql: 'SELECT 1', chart: { kind: 'bar' } }, { version: 1 })).is(200).json;
  assert.deepEqual([changed.version, changed.chart], [2, { kind: 'bar' }]);
  (await department.put(`/api/v1/analytics/saved-queries/${saved.id}`, { title: '需求数', sql: 'SELECT 2' }, { version: 1 })).isProblem(412, 'version_mismatch');
  (await financier.put(`/api/v1/analytics/saved-queries/${saved.id}`, { title: '我的', sql: 'SELECT 2' }, { version: 2 })).isProblem(403, 'forbidden');
  (await department.post('/api/v1/analytics/saved-queries', { title: ' ', sql: 'SELECT 1' })).isProblem(422, 'invalid');
  (await department.delete(`/api/v1/analytics/saved-queries/${saved.id}`, { version: 2 })).is(204);
  (await department.get(`/api/v1/analytics/saved-queries/${saved.id}`)).isProblem(404, 'not_found');
});

step('the command line asks too, beside a running node and without one', async () => {
  const sql = "SELECT count(*) AS n, sum(budget_fen) AS fen FROM needs WHERE state = 'published'";
  assert.equal((await jingwei('sql', '--data', node.data, sql)).stdout, 'n,fen\r\n2,60000000\r\n');
  await node.stop();
  assert.equal((await jingwei('sql', '--data', node.data, sql)).stdout, 'n,fen\r\n2,60000000\r\n');
  await access(path.join(node.data, 'analytics.duckdb'));
  const refused = await jingwei('sql', '--data', node.data, "SELECT * FROM '/etc/passwd'");
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /SQL reads neither files nor addresses/);
  await node.start();
  (await anyone.get('/healthz')).is(200);
});
