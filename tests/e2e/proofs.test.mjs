// Files as proof of reports and tasks, the page of a responsible unit, drafts of plans that are found again.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { command, jingwei } from './lib/node.mjs';
import { makeOrganization, makePerson, startRegion, steps } from './lib/world.mjs';

const test = steps();
const region = await startRegion();
const { administrator, anyone, enterprise, auditor, node, folder } = region;
const today = (await administrator.get('/api/v1/reports/due')).is(200).json.today;
const year = Number(today.slice(0, 4)) - 1;
const office = await makePerson(administrator, anyone, 'office', '统筹办', ['department']);
const science = await makePerson(administrator, anyone, 'science', '李工', ['department'], await makeOrganization(administrator, 501, '嘉兴市科技局', 'department', '330400'));

const pdf = Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n');
const digest = createHash('sha256').update(pdf).digest('hex');
const boundary = 'jingwei-test-boundary';
const form = (name, content) =>
  Buffer.concat([Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
const handIn = (client, name, content) => client.post('/api/v1/attachments', undefined, { body: form(name, content), type: `multipart/form-data; boundary=${boundary}`, direct: true });

let indicator;
let task;
let file;
test('a department hands in a file; it comes back as it was, as a download', async () => {
  const duties = [{ unit: '市科技局', role: 'lead', from: `${year}-01-01` }];
  indicator = (await office.post('/api/v1/indicators', {
    code: 'A01', name: '省级以上孵化器', unit: '家', own: false, is_public: true, promise: false, fictional: false, frequency: 'year', source: 'reported',
    course: { direction: 'up', aggregation: 'last', baseline: { year: year - 1, value: 20, text: '20' }, targets: [{ year, kind: 'equal', value: 40, text: '40' }], path: 'linear', tolerance_percent: 10, band_percent: 2 },
    rules: {}, due_days: 20, duties, reports_from: String(year),
  })).is(201).json;
  (await office.put('/api/v1/steering-units', { name: '市科技局', organization_id: science.organization.id, steers: false })).is(200);
  task = (await office.post('/api/v1/tasks', { kind: 'measure', year: year + 1, number: '1', title: '示例任务', text: '', duties, due_on: `${year}-03-01`, status: 'running', status_reason: '', milestones: [], evidence: [], fictional: false })).is(201).json;
  file = (await handIn(science, '台账 2025.pdf', pdf)).is(201).json;
  assert.deepEqual([file.name, file.media_type, file.bytes, file.sha256, file.added_by], ['台账 2025.pdf', 'application/pdf', pdf.length, digest, '李工']);
  const back = (await office.get(`/api/v1/attachments/${file.id}/content`, { direct: true })).is(200);
  assert.ok(back.bytes.equals(pdf));
  assert.equal(back.headers['content-disposition'], `attachment; filename*=UTF-8''${encodeURIComponent('台账 2025.pdf')}`);
  assert.equal(back.headers['x-content-type-options'], 'nosniff');
  assert.equal(back.headers['content-type'], 'application/pdf');
});

test('what is no document is refused by its content, with what to do', async () => {
  const exe = (await handIn(science, '台账.pdf', Buffer.from('MZ\x90\0\x03\0\0\0executable', 'latin1'))).isProblem(415, 'unsupported').json;
  assert.match(exe.problems[0].remedy.zh, /另存为/);
  (await handIn(science, '台账.docx', pdf)).isProblem(415, 'unsupported');
  (await handIn(science, '空.pdf', Buffer.alloc(0))).isProblem(422, 'invalid');
  (await handIn(science, '大.pdf', Buffer.concat([pdf, Buffer.alloc(20 << 20, 32)]))).isProblem(413, 'too_large');
  (await handIn(enterprise, '台账.pdf', pdf)).isProblem(403, 'forbidden');
  (await handIn(auditor, '台账.pdf', pdf)).isProblem(403, 'forbidden');
});

test('only departments and auditors read it', async () => {
  for (const client of [auditor, science, administrator]) (await client.get(`/api/v1/attachments/${file.id}`)).is(200);
  (await enterprise.get(`/api/v1/attachments/${file.id}`)).isProblem(404, 'not_found');
  (await enterprise.get(`/api/v1/attachments/${file.id}/content`)).isProblem(404, 'not_found');
  (await anyone.get(`/api/v1/attachments/${file.id}/content`, { direct: true })).isProblem(401, 'unauthenticated');
});

test('a report names the file; its digest is in the figure and in the private part of the statement', async () => {
  const at = `/api/v1/indicators/${indicator.id}/reports/${year}`;
  (await science.post(at, { act: 'report', value: 38, attachment: 'att_01ARZ3NDEKTSV4RRFFQ69G5FAV' })).isProblem(422, 'invalid');
  const reported = (await science.post(at, { act: 'report', value: 38, attachment: file.id })).is(200).json;
  assert.equal(reported.reported.attachment_sha256, digest);
  const page = (await office.get(`/api/v1/indicators/${indicator.id}`)).is(200).json;
  const statement = (await anyone.get(`/api/v1/statements/${page.lineage.statements[0].id}`)).is(200).text;
  assert.ok(!statement.includes(digest), 'not in the public part');
  assert.ok(!(await anyone.get(`/api/v1/indicators/${indicator.id}`)).is(200).text.includes(file.id), 'nor told to visitors');
});

test('a task names the file; a digest that was sent along is not believed', async () => {
  const { id, version, updated_at: _at, may_edit: _may, ...content } = task;
  const evidence = [{ title: '台账', address: file.id, sha256: 'f'.repeat(64) }, { title: '网页', address: 'https://example.com/a', sha256: 'f'.repeat(64) }];
  const changed = (await science.put(`/api/v1/tasks/${id}`, { ...content, evidence }, { version })).is(200).json;
  assert.deepEqual(changed.evidence.map((one) => one.sha256), [digest, undefined]);
  const statements = (await anyone.get('/api/v1/statements?limit=200')).is(200).json.items;
  const stated = statements.filter((one) => one.kind === 'task_evidence');
  assert.deepEqual(stated.map((one) => one.subject), [id]);
  const again = (await science.put(`/api/v1/tasks/${id}`, { ...content, evidence }, { version: changed.version })).is(200).json;
  assert.equal((await anyone.get('/api/v1/statements?limit=200')).is(200).json.items.filter((one) => one.kind === 'task_evidence').length, 1, 'nothing new was added');
  (await science.put(`/api/v1/tasks/${id}`, { ...content, evidence: [{ title: '没有的', address: 'att_01ARZ3NDEKTSV4RRFFQ69G5FAV' }] }, { version: again.version })).isProblem(422, 'invalid');
});

test('a responsible unit has everything on one page, and what was a quarter ago', async () => {
  const unit = (await auditor.get(`/api/v1/steering-units/${encodeURIComponent('市科技局')}`)).is(200).json;
  assert.deepEqual([unit.name, unit.organization_name, unit.people.map((one) => one.name)], ['市科技局', '嘉兴市科技局', ['李工']]);
  assert.deepEqual(unit.indicators.map((one) => one.id), [indicator.id]);
  assert.deepEqual(unit.tasks.map((one) => one.id), [task.id]);
  assert.deepEqual(unit.dues.map((one) => one.observation.state), ['reported']);
  assert.deepEqual([unit.indicators_then, unit.tasks_then], [[], []], 'nothing was there then');
  assert.equal(unit.today, today);
  (await auditor.get(`/api/v1/steering-units/${encodeURIComponent('没有的局')}`)).isProblem(404, 'not_found');
  (await enterprise.get(`/api/v1/steering-units/${encodeURIComponent('市科技局')}`)).isProblem(403, 'forbidden');
});

const text = '关于示例的若干举措\n\n（一）打造平台。每年举办路演活动不少于30场。（责任单位：市科技局）\n';
let draft;
let note;
test('a draft is found again by its account alone, and two windows do not overwrite each other', async () => {
  draft = (await office.post('/api/v1/plans/readings', undefined, { body: text, type: 'text/plain' })).is(200).json.draft;
  const write = { code: '', text, draft, frequency: 'quarter' };
  note = (await office.post('/api/v1/plans/drafts', write)).is(201).json;
  (await office.put(`/api/v1/plans/drafts/${note.id}`, { ...write, code: 'KQ' }, { version: 1 })).is(200);
  const lost = (await office.put(`/api/v1/plans/drafts/${note.id}`, { ...write, code: 'LOST' }, { version: 1 })).isProblem(412, 'version_mismatch').json;
  assert.match(lost.message.zh, /另一个窗口/);
  const found = (await office.get(`/api/v1/plans/drafts/${note.id}`)).is(200).json;
  assert.deepEqual([found.code, found.version, found.text], ['KQ', 2, text]);
  assert.deepEqual(found.draft, draft);
  (await administrator.get(`/api/v1/plans/drafts/${note.id}`)).isProblem(404, 'not_found');
  (await administrator.put(`/api/v1/plans/drafts/${note.id}`, write, { version: 2 })).isProblem(404, 'not_found');
  (await administrator.delete(`/api/v1/plans/drafts/${note.id}`, { version: 2 })).isProblem(404, 'not_found');
  assert.deepEqual((await administrator.get('/api/v1/plans/drafts')).is(200).json.items, []);
  assert.deepEqual((await office.get('/api/v1/plans/drafts')).is(200).json.items.map((one) => one.id), [note.id]);
  (await science.post('/api/v1/plans/drafts', write)).isProblem(403, 'forbidden');
});

test('a committed draft is gone, a discarded one too', async () => {
  const made = (await office.post('/api/v1/plans', { code: 'KQ', text, draft, frequency: 'quarter', draft_id: note.id })).is(201).json;
  assert.equal(made.draft_id, undefined);
  assert.deepEqual((await office.get('/api/v1/plans/drafts')).is(200).json.items, []);
  const other = (await office.post('/api/v1/plans/drafts', { code: '', text, draft, frequency: 'year' })).is(201).json;
  (await office.delete(`/api/v1/plans/drafts/${other.id}`, { version: 7 })).isProblem(412, 'version_mismatch');
  (await office.delete(`/api/v1/plans/drafts/${other.id}`, { version: 1 })).is(204);
  (await office.get(`/api/v1/plans/drafts/${other.id}`)).isProblem(404, 'not_found');
});

test('backup, restore and check carry the files and notice a damaged one', async () => {
  const backup = path.join(folder, 'backup');
  assert.match(await command('backup', '--data', node.data, '--to', backup), /, 1 files in /);
  assert.ok((await readFile(path.join(backup, 'files', digest.slice(0, 2), digest))).equals(pdf));
  await node.stop();
  await command('check', '--data', node.data);
  const kept = path.join(node.data, 'files', digest.slice(0, 2), digest);
  await writeFile(kept, 'somebody wrote here');
  const damaged = await jingwei('check', '--data', node.data);
  assert.notEqual(damaged.code, 0);
  assert.match(damaged.stdout + damaged.stderr, new RegExp(`file ${digest}: changed`));
  await rm(path.join(node.data, 'jingwei.db'));
  await rm(kept);
  assert.match(await command('restore', '--data', node.data, '--from', backup), /rows restored .*, 1 files/);
  assert.ok((await readFile(kept)).equals(pdf));
});
