// Registers: definitions, entries with their versions and life cycle, lists that cover everything, CSV in and out.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';

import { Client } from './lib/client.mjs';
import { command, repository, waitFor } from './lib/node.mjs';
import { achievementFields, makeOrganization, needFields, publish, startRegion, usccNumber } from './lib/world.mjs';

const region = await startRegion();
const { administrator, anyone, department, enterprise, node, provider } = region;
const instruments = '/api/v1/registers/instruments';
const rowsOfInterruptedImport = 20_000;
const importTimeoutMs = 120_000;

const upload = (client, register, text, query = '') => client.post(`/api/v1/registers/${register}/imports${query}`, undefined, { body: text, type: 'text/csv' });
const finished = (client, id) =>
  waitFor(`import ${id} to be done`, async () => {
    const now = (await client.get(`/api/v1/imports/${id}`)).is(200).json;
    assert.notEqual(now.state, 'failed');
    return now.state === 'done' && now;
  }, importTimeoutMs);
async function importAll(client, register, text) {
  const checked = (await upload(client, register, text, '?publish=true')).is(201).json;
  assert.equal(checked.wrong, 0, JSON.stringify(checked.problems.slice(0, 3)));
  (await client.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  return finished(client, checked.id);
}
const instrumentRow = (number, title = `光谱仪 ${number}`) => `${title},NO-${number},${usccNumber(3)},测元素含量,秀洲区,${number % 500}`;
const instrumentCsv = (from, to) => ['仪器名称,仪器编号,所在单位,主要技术指标和用途,所在地,每次参考收费（元）', ...Array.from({ length: to - from }, (_, i) => instrumentRow(from + i))].join('\r\n');

test('definitions say what forms, tables and programs need', async () => {
  const { items } = (await anyone.get('/api/v1/registers')).is(200).json;
  const files = (await readdir(path.join(repository, 'registers'))).filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -5));
  assert.deepEqual(items.map((register) => register.id).sort(), files.sort());
  for (const register of items) {
    assert.ok(register.title.zh && register.title.en && register.about.zh && register.about.en && register.key.length > 0, register.id);
    assert.ok(register.fields.some((field) => field.role === 'title' && field.required), register.id);
    assert.equal(register.may_create, false);
    for (const field of register.fields) {
      assert.ok(field.title.zh && field.title.en, `${register.id}.${field.id}`);
      if (field.code_list) assert.ok((await anyone.get(`/api/v1/code-lists/${field.code_list}`)).is(200).json.codes.length > 1, field.code_list);
      assert.equal(field.type === 'money', 'fen_per_unit' in field, `${register.id}.${field.id}`);
    }
  }
  assert.equal((await enterprise.get('/api/v1/registers/needs')).is(200).json.may_create, true);
  const divisions = (await anyone.get('/api/v1/regions')).is(200).json.items;
  assert.deepEqual(divisions.find((one) => one.code === '330402'), { code: '330402', name: '南湖区', full_name: '浙江省嘉兴市南湖区', parent: '330400' });
  (await anyone.get('/api/v1/registers/nothing')).isProblem(404, 'not_found');
  (await anyone.get('/api/v1/code-lists/nothing')).isProblem(404, 'not_found');
});

test('an entry lives from draft through publication and edits to withdrawal, and its history says so', async () => {
  const list = '/api/v1/registers/achievements/entries';
  const created = (await provider.post(list, { fields: { ...achievementFields, floor_price_fen: 30_000_000 } })).is(201);
  assert.equal(created.headers.location, `${list}/${created.json.id}`);
  assert.equal(created.etag, '"1"');
  const path = `${list}/${created.json.id}`;
  assert.equal(created.json.state, 'draft');
  assert.deepEqual(created.json.acts, ['edit', 'publish']);
  (await anyone.get(path)).isProblem(404, 'not_found');
  const published = (await provider.post(`${path}/publish`, undefined, { version: 1 })).is(200).json;
  assert.equal(published.state, 'published');
  assert.ok(published.published_at);
  (await provider.post(`${path}/publish`)).isProblem(409, 'wrong_state');
  const edited = (await provider.put(path, { fields: { ...published.fields, trl: 9 } }, { version: 2 })).is(200).json;
  assert.equal(edited.fields.trl, 9);
  assert.equal((await anyone.get(path)).is(200).json.fields.floor_price_fen, undefined, 'the lowest price is not for everyone');
  assert.equal((await department.get(path)).is(200).json.fields.floor_price_fen, 30_000_000);
  (await provider.post(`${path}/withdraw`, { reason: '' }, { direct: true })).isProblem(422, 'invalid');
  const withdrawn = (await provider.post(`${path}/withdraw`, { reason: '已转让' })).is(200).json;
  assert.equal(withdrawn.state, 'withdrawn');
  assert.deepEqual(withdrawn.statements.map((statement) => statement.kind).sort(), ['entry_published', 'entry_published', 'entry_withdrawn']);
  (await anyone.get(path)).isProblem(404, 'not_found');
  const history = (await provider.get(`${path}/versions`)).is(200).json.items;
  assert.deepEqual(history.map(({ version, act }) => [version, act]), [[4, 'withdrawn'], [3, 'edited'], [2, 'published'], [1, 'created']]);
  assert.deepEqual([history[2].fields.trl, history[1].fields.trl], [8, 9]);
  assert.equal(history[0].actor_name, '李教授');
});

test('an entry whose last day has passed cannot be published', async () => {
  const answer = await provider.post('/api/v1/registers/achievements/entries', { fields: { ...achievementFields, title: '过期成果', valid_to: '2020-01-01' } });
  (await provider.post(`/api/v1/registers/achievements/entries/${answer.is(201).json.id}/publish`)).isProblem(409, 'wrong_state');
});

test('a second entry with the same key is a conflict', async () => {
  await publish(provider, 'achievements', { ...achievementFields, title: '唯一成果' });
  (await provider.post('/api/v1/registers/achievements/entries', { fields: { ...achievementFields, title: '唯一成果' } })).isProblem(409, 'conflict');
});

test('a first import writes what it announced', async () => {
  const checked = (await upload(department, 'instruments', instrumentCsv(0, 230), '?publish=true')).is(201).json;
  assert.deepEqual([checked.state, checked.rows, checked.new, checked.changed, checked.same, checked.wrong], ['checked', 230, 230, 0, 0, 0]);
  assert.deepEqual(checked.columns[5], { header: '每次参考收费（元）', field: 'fee_fen' });
  assert.equal((await anyone.get(`${instruments}/entries`)).json.total, 0, 'a dry run writes nothing');
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  const done = await finished(department, checked.id);
  assert.equal(done.done_rows, 230);
  assert.equal((await anyone.get(`${instruments}/entries`)).json.total, 230);
  const [one] = (await anyone.get(`${instruments}/entries?q=${encodeURIComponent('光谱仪 229')}`)).json.items;
  assert.deepEqual([one.fields.fee_fen, one.region, one.owner.name, one.state], [22_900, '330411', '示例表面工程研究院', 'published']);
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).isProblem(409, 'wrong_state');
});

test('pages of every size cover every entry once, in either order', async () => {
  for (const [query, limit] of [['', 200], ['', 7], ['?sort=title', 50], ['?sort=title', 9]]) {
    const { items, total } = await anyone.all(`${instruments}/entries${query}`, limit);
    assert.equal(total, 230);
    assert.equal(new Set(items.map((entry) => entry.id)).size, 230, `${query} by ${limit}`);
    if (query) assert.deepEqual(items.map((entry) => entry.title), items.map((entry) => entry.title).sort());
  }
  for (const limit of ['0', '201', '-1', 'ten', '1e2', '']) (await anyone.get(`${instruments}/entries?limit=${limit}`, { direct: true })).isProblem(422, 'invalid');
  for (const cursor of ['nonsense', '|', '9999', `${'9'.repeat(30)}|x`]) {
    (await anyone.get(`${instruments}/entries?cursor=${encodeURIComponent(cursor)}`)).isProblem(422, 'invalid');
  }
});

test('filters: text, state, region with its parts, segment, owner, mine', async () => {
  const list = '/api/v1/registers/needs/entries';
  const a = await publish(enterprise, 'needs', { ...needFields, title: '甲 100% 需求_一', region: '330402', segment: 'chem.surface' });
  const b = await publish(region.rival, 'needs', { ...needFields, title: '乙需求', region: '330481', segment: 'textile.dyeing' });
  const draft = (await enterprise.post(list, { fields: { ...needFields, title: '甲草稿' } })).is(201).json;
  const ids = async (client, query) => (await client.get(`${list}?${new URLSearchParams(query)}`)).is(200).json.items.map((entry) => entry.id).sort();
  assert.deepEqual(await ids(anyone, { q: '需求' }), [a.id, b.id].sort());
  assert.deepEqual(await ids(anyone, { q: '100%' }), [a.id]);
  assert.deepEqual(await ids(anyone, { q: '%' }), [a.id]);
  assert.deepEqual(await ids(anyone, { q: '求_一' }), [a.id]);
  assert.deepEqual(await ids(anyone, { region: '330400' }), [a.id, b.id].sort());
  assert.deepEqual(await ids(anyone, { region: '330481' }), [b.id]);
  assert.deepEqual(await ids(anyone, { segment: 'textile.dyeing' }), [b.id]);
  assert.deepEqual(await ids(anyone, { owner: region.organizations.enterprise.id }), [a.id]);
  assert.deepEqual(await ids(anyone, { state: 'draft' }), []);
  assert.deepEqual(await ids(enterprise, { mine: 'true' }), [a.id, draft.id].sort());
  assert.deepEqual(await ids(enterprise, { state: 'draft' }), [draft.id]);
  assert.deepEqual(await ids(anyone, { mine: 'true' }), []);
  (await anyone.get(`${list}?state=lost`, { direct: true })).isProblem(422, 'invalid');
});

test('importing the same file again changes nothing', async () => {
  const again = (await upload(department, 'instruments', instrumentCsv(0, 230))).is(201).json;
  assert.deepEqual([again.new, again.changed, again.same, again.wrong], [0, 0, 230, 0]);
  const before = (await anyone.get('/readyz')).json.log_size;
  (await department.post(`/api/v1/imports/${again.id}/commit`)).is(202);
  assert.equal((await finished(department, again.id)).done_rows, 0);
  assert.equal((await anyone.get('/readyz')).json.log_size, before);
});

test('a changed row is a new version; columns that the file does not have stay', async () => {
  const csv = `编号,单位,名称,主要用途,所在地\nNO-5,${usccNumber(3)},光谱仪 5,测元素含量和价态,秀洲区\n`;
  const checked = (await upload(department, 'instruments', csv)).is(201).json;
  assert.deepEqual([checked.new, checked.changed, checked.same, checked.wrong], [0, 1, 0, 0]);
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  await finished(department, checked.id);
  const [entry] = (await anyone.get(`${instruments}/entries?q=${encodeURIComponent('光谱仪 5')}&sort=title`)).json.items;
  assert.deepEqual([entry.title, entry.version, entry.fields.text, entry.fields.fee_fen, entry.state], ['光谱仪 5', 2, '测元素含量和价态', 500, 'published']);
});

async function changesNothingReadBack(register) {
  const answer = (await administrator.get(`/api/v1/registers/${register}/export.csv`, { direct: true })).is(200);
  assert.match(answer.headers['content-type'], /^text\/csv/);
  assert.deepEqual([...answer.bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'spreadsheet programs want the byte order mark');
  const checked = (await upload(administrator, register, answer.bytes)).is(201).json;
  assert.deepEqual([checked.new, checked.changed, checked.wrong], [0, 0, 0], `${register}: ${JSON.stringify(checked.problems)}`);
  assert.ok(checked.rows > 1 && checked.same === checked.rows);
}

test('an export read back changes nothing, whatever the cells hold', async () => {
  const texts = ['逗号,和"引号"', '两行\n文字', '=1+1', '+8613900000000', '-20℃ 低温', '@某人', "'撇号开头", '尾随空格在中间 有', '全角，标点。', '\tTab', '−12', '1,200'];
  for (const [index, text] of texts.entries()) await publish(provider, 'achievements', { ...achievementFields, title: `往返 ${index}`, text: `${text}`, patents: text.split('\n')[0] });
  for (const register of ['instruments', 'achievements', 'needs', 'organizations']) await changesNothingReadBack(register);
});

test('an organization whose name others bear too is written as its code, and its name alone is refused', async () => {
  await makeOrganization(administrator, 700, '同名企业', 'enterprise');
  const second = await makeOrganization(administrator, 701, '同名企业', 'enterprise');
  await publish(administrator, 'achievements', { ...achievementFields, title: '同名企业的成果', owner: second.id });
  await changesNothingReadBack('achievements');
  const csv = '成果名称,持有单位,成果说明,产业链环节,所在地\n另一成果,同名企业,说明,chem.surface,秀洲区\n';
  const checked = (await upload(administrator, 'achievements', csv)).is(201).json;
  assert.deepEqual([checked.wrong, checked.problems[0]?.field], [1, 'owner']);
});

test('an export holds no cell that a spreadsheet program would run', async () => {
  const { text } = (await administrator.get('/api/v1/registers/achievements/export.csv')).is(200);
  assert.doesNotMatch(text, /(^|,|")[=+@]/m);
});

const wrongCsv = [
  '仪器名称,仪器编号,所在单位,主要技术指标和用途,所在地,原值,有效期至,多余的列',
  `好的一行,W-1,${usccNumber(3)},用途,秀洲区,12.5,2099-01-01,x`,
  `,W-2,${usccNumber(3)},用途,秀洲区,1,2099-01-01,`,
  `没有单位,W-3,91330402MA0000999X,用途,秀洲区,1,2099-01-01,`,
  `地区不对,W-4,${usccNumber(3)},用途,火星,很多,2099年13月1日,`,
  `重复,W-1,${usccNumber(3)},用途,秀洲区,1,,`,
  `多了几格,W-6,${usccNumber(3)},用途,秀洲区,1,,x,y,z`,
].join('\n');

test('wrong rows are named with row, field, reason and remedy in both languages, all at once', async () => {
  const checked = (await upload(department, 'instruments', wrongCsv)).is(201).json;
  assert.deepEqual([checked.rows, checked.new, checked.wrong], [6, 1, 5]);
  const places = checked.problems.map(({ row, field }) => `${row} ${field}`);
  assert.deepEqual(places, ['3 title', '4 owner', '5 region', '5 original_value_fen', '5 valid_to', '6 inventory_number', '7 ']);
  for (const { reason, remedy } of checked.problems) assert.ok(reason.zh && reason.en && remedy.zh && remedy.en);
  assert.deepEqual(checked.columns.at(-1), { header: '多余的列' });

  const wrong = (await department.get(`/api/v1/imports/${checked.id}/wrong-rows.csv`)).is(200);
  const lines = wrong.text.replace('\ufeff', '').trim().split('\r\n');
  assert.equal(lines.length, 6);
  assert.match(lines[0], /^行,原因,仪器名称,/);
  assert.deepEqual(lines.slice(1).map((line) => line.split(',')[0]), ['3', '4', '5', '6', '7']);

  const waiting = (await department.get('/api/v1/inbox')).is(200).json.items;
  assert.ok(waiting.some((item) => item.kind === 'import_unfinished' && item.subject_id === checked.id));
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  assert.equal((await finished(department, checked.id)).done_rows, 1);
  assert.ok((await department.get('/api/v1/inbox')).json.items.some((item) => item.kind === 'import_wrong_rows' && item.subject_id === checked.id));
  const after = (await department.get(`/api/v1/imports/${checked.id}/wrong-rows.csv`)).is(200);
  assert.equal(after.text, wrong.text, 'the wrong rows are the same after the import');
});

test('wrong rows are judged as for the one who imports, whoever looks, also after a restart', async () => {
  const csv = `成果名称,持有单位,成果说明,产业链环节,所在地\n本单位的,${usccNumber(3)},说明,chem.surface,秀洲区\n别人的,${usccNumber(1)},说明,chem.surface,秀洲区\n`;
  const checked = (await upload(provider, 'achievements', csv)).is(201).json;
  assert.deepEqual([checked.new, checked.wrong], [1, 1]);
  const wrongRows = async (client) => (await client.get(`/api/v1/imports/${checked.id}/wrong-rows.csv`)).is(200).text;
  const seen = await wrongRows(provider);
  assert.match(seen, /别人的/);
  assert.equal(await wrongRows(administrator), seen);
  await node.stop();
  await node.start();
  assert.equal(await wrongRows(provider), seen);
  assert.equal(await wrongRows(administrator), seen);
});

test('a missing column, an empty file, a header alone', async () => {
  const missing = (await upload(department, 'instruments', '仪器名称,仪器编号\n一,二\n')).isProblem(422, 'invalid').json;
  assert.deepEqual(missing.problems.map(({ row, field }) => `${row} ${field}`), ['1 owner', '1 text', '1 region']);
  (await department.post('/api/v1/registers/instruments/imports', undefined, { body: '', type: 'text/csv', direct: true })).isProblem(400, 'malformed');
  assert.equal((await upload(department, 'instruments', instrumentCsv(0, 0))).is(201).json.rows, 0);
});

test('a file may also come as a form, as browsers send it', async () => {
  const boundary = '----jingwei';
  const body = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="仪器.csv"\r\nContent-Type: text/csv\r\n\r\n${instrumentCsv(0, 3)}\r\n--${boundary}--\r\n`;
  // Prism does not pass forms on as they are, so that this one goes directly.
  const answer = await department.post('/api/v1/registers/instruments/imports', undefined, { body, type: `multipart/form-data; boundary=${boundary}`, direct: true });
  assert.deepEqual([answer.is(201).json.rows, answer.json.same], [3, 3]);
});

test('progress comes as events, up to the end', async () => {
  const checked = (await upload(department, 'instruments', instrumentCsv(1000, 1600))).is(201).json;
  const following = department.get(`/api/v1/imports/${checked.id}/events`, { direct: true });
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  const answer = (await following).is(200);
  assert.match(answer.headers['content-type'], /^text\/event-stream/);
  const events = answer.text.split('\n\n').filter((event) => event.startsWith('event: progress')).map((event) => JSON.parse(/^data: (.*)$/m.exec(event)[1]));
  assert.equal(events.at(-1).state, 'done');
  assert.equal(events.at(-1).done_rows, 600);
  for (let i = 1; i < events.length; ++i) assert.ok(events[i].done_rows >= events[i - 1].done_rows);
});

test('an import that kill -9 interrupts goes on at the next start and ends as if nothing had happened', async () => {
  const from = 100_000;
  const checked = (await upload(department, 'instruments', instrumentCsv(from, from + rowsOfInterruptedImport), '?publish=true')).is(201).json;
  assert.equal(checked.new, rowsOfInterruptedImport);
  const before = (await anyone.get(`${instruments}/entries`)).json.total;
  const direct = new Client(node, undefined, department.headers);
  (await direct.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  const last = await waitFor('some rows to be written', async () => {
    const now = (await direct.get(`/api/v1/imports/${checked.id}`)).is(200).json;
    return now.done_rows > 0 && now;
  });
  await node.kill();
  assert.ok(last.done_rows < rowsOfInterruptedImport / 2, `killed too late to prove anything: ${last.done_rows}`);
  await node.start();
  const done = await finished(direct, checked.id);
  assert.equal(done.done_rows, rowsOfInterruptedImport);
  assert.equal((await anyone.get(`${instruments}/entries`)).json.total, before + rowsOfInterruptedImport);
  const again = (await upload(department, 'instruments', instrumentCsv(from, from + rowsOfInterruptedImport))).is(201).json;
  assert.equal(again.same, rowsOfInterruptedImport);
  await node.stop();
  assert.match(await command('check', '--data', node.data), /all invariants hold/);
});
