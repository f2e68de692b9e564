// The command line: refusals in plain sentences, backup and restore, the evaluation of matching.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Client } from './lib/client.mjs';
import { command, freePort, jingwei, Node, program } from './lib/node.mjs';
import { achievementFields, enter, makeOrganization, publish, startNode } from './lib/world.mjs';

const refusedCode = 1;
const negativeCode = 3;
const { anyone, folder, node } = await startNode();
const administrator = await enter(anyone, node.firstLink);
const organization = await makeOrganization(administrator, 1, '命令行企业', 'enterprise');
const owned = { owner: organization.id };
const first = await publish(administrator, 'achievements', { ...achievementFields, ...owned });

/** Exit code 1 and one sentence for people: no trace of the inside, nothing on stdout. */
async function refuses(pattern, ...args) {
  const { code, stdout, stderr } = await jingwei(...args);
  assert.equal(code, refusedCode, `${args.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  assert.match(stderr, pattern);
  assert.doesNotMatch(stderr, /exception|what\(\)|terminate|\.cpp|0x/);
  assert.equal(stdout, '');
}

test('init refuses a folder that is not empty, and one that holds a node', async () => {
  const full = path.join(folder, 'full');
  await mkdir(full);
  await writeFile(path.join(full, 'letter.txt'), 'mine');
  await refuses(/is not empty/, 'init', '--data', full);
  assert.equal(await readFile(path.join(full, 'letter.txt'), 'utf8'), 'mine');
  await refuses(/already holds a node/, 'init', '--data', node.data);
});

test('init refuses an unknown region, a wrong origin, a wrong store, and leaves nothing behind', async () => {
  const data = path.join(folder, 'never');
  await refuses(/unknown region/, 'init', '--data', data, '--region', '999999');
  await refuses(/origin must look like/, 'init', '--data', data, '--origin', 'https://x y');
  await refuses(/store must begin with/, 'init', '--data', data, '--store', 'mysql://x');
  await refuses(/login/, 'init', '--data', path.join(folder, 'never2'), '--login', '!');
  await assert.rejects(readFile(path.join(data, 'node.toml')));
});

test('serve refuses a folder that is missing or no node, and makes none', async () => {
  for (const data of [path.join(folder, 'missing'), path.join(folder, 'full')]) {
    await refuses(/not the data folder of a node.*jingwei init/, 'serve', '--data', data, '--port', String(await freePort()));
    await assert.rejects(readFile(path.join(data, 'jingwei.db')));
  }
});

test('a second process on one data folder says so and stops', async () => {
  await refuses(/another process|in use|already/, 'serve', '--data', node.data, '--port', String(await freePort()));
  await refuses(/another process|in use|already/, 'token', '--data', node.data);
  (await anyone.get('/healthz')).is(200);
});

test('a busy port is named, with another to take', async () => {
  const other = await Node.make(folder, { name: 'busy' });
  await refuses(new RegExp(`port ${node.port} is in use; choose another: --port ${node.port + 1}`), 'serve', '--data', other.data, '--port', String(node.port));
});

test('sentences are Chinese where LANG says so', async () => {
  const stderr = await new Promise((resolve) => execFile(program, ['serve', '--data', path.join(folder, 'missing')], { env: { ...process.env, LANG: 'zh_CN.UTF-8' } }, (_, __, text) => resolve(text)));
  assert.match(stderr, /不是经纬节点的数据目录/);
});

test('a damaged node.toml or key is refused with what to do', async () => {
  const damaged = await Node.make(folder, { name: 'damaged' });
  const toml = path.join(damaged.data, 'node.toml');
  const key = path.join(damaged.data, 'keys/node.key');
  const [goodToml, goodKey] = [await readFile(toml), await readFile(key)];
  for (const [text, pattern] of [['region = ', /cannot be read/], ['regoin = "330400"', /unknown or wrong setting regoin/], ['region = 330400', /unknown or wrong setting region/]]) {
    await writeFile(toml, text);
    await refuses(pattern, 'serve', '--data', damaged.data);
  }
  await writeFile(toml, goodToml);
  await writeFile(key, 'nonsense');
  await refuses(/node\.key is damaged/, 'serve', '--data', damaged.data);
  // Another key would sign another log under the same name.
  await writeFile(key, `${'0'.repeat(63)}1\n`);
  await refuses(/another node key/, 'serve', '--data', damaged.data);
  await writeFile(key, goodKey);
  await damaged.start();
  await damaged.stop();
});

test('help and version answer; unknown verbs and options do not pass', async () => {
  assert.match(await command('--version'), /^jingwei \d/);
  assert.match(await command('--help'), /serve/);
  for (const args of [[], ['dance'], ['serve', '--colour', 'red'], ['serve', '--port', 'x'], ['serve', '--port', '70000'], ['receipt', 'verify'], ['backup', '--data', node.data]])
    assert.notEqual((await jingwei(...args)).code, 0, args.join(' '));
});

test('receipt and log verification refuse what they cannot read', async () => {
  const vkey = await node.vkey();
  const file = path.join(folder, 'receipt.txt');
  await writeFile(file, (await anyone.get(`/api/v1/statements/${first.statements[0].id}/receipt`)).is(200).text);
  assert.match(await command('receipt', 'verify', file, '--vkey', vkey), /^valid$/m);
  await refuses(/./, 'receipt', 'verify', path.join(folder, 'none.txt'), '--vkey', vkey);
  await refuses(/./, 'receipt', 'verify', file, '--vkey', 'no key');
  const stranger = await Node.make(folder, { name: 'stranger' });
  await stranger.start();
  const strangersKey = await stranger.vkey();
  await stranger.stop();
  assert.equal((await jingwei('receipt', 'verify', file, '--vkey', strangersKey)).code, negativeCode);
  assert.notEqual((await jingwei('log', 'verify', path.join(node.data, 'log'), '--vkey', strangersKey)).code, 0);
  assert.notEqual((await jingwei('log', 'verify', folder, '--vkey', vkey)).code, 0);
  assert.notEqual((await jingwei('log', 'verify', `http://127.0.0.1:${await freePort()}/log`, '--vkey', vkey)).code, 0);
});

const backupFolder = path.join(folder, 'backup');

test('plan read tells what a published plan holds, as a person or a program reads it, and what a newer version changes', async () => {
  const measures = fileURLToPath(new URL('../../src/reading/testdata/documents/jiaxing-2026-no4-cross-region-measures.txt', import.meta.url));
  const plain = await command('plan', 'read', measures);
  assert.match(plain, /^Number: 嘉政办发〔2026〕4号$/m);
  assert.match(plain, /^Measures: 12$/m);
  assert.match(plain, /^ +49 每年举办路演活动不少于30场$/m);
  const { text, draft } = JSON.parse(await command('plan', 'read', measures, '--json'));
  const characters = [...text];
  const [range] = draft.measures[0].units[0].ranges;
  assert.equal(characters.slice(range.begin, range.end).join(''), '市科技局');
  const newer = path.join(folder, 'newer.txt');
  await writeFile(newer, (await readFile(measures, 'utf8')).replace('每年举办路演活动不少于 30 场', '每年举办路演活动不少于 40 场'));
  assert.match(await command('plan', 'read', newer, '--since', measures), /changed promise 路演活动\n +value: 不少于30场 -> 不少于40场/);
});

test('plan read refuses what it cannot read', async () => {
  const picture = path.join(folder, 'picture.docx');
  await writeFile(picture, Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
  await refuses(/not read.*\.docx/s, 'plan', 'read', picture);
  await writeFile(picture, '%PDF-1.4 broken');
  await refuses(/damaged/, 'plan', 'read', picture);
  await writeFile(picture, Buffer.alloc(21 * 1024 * 1024, 'x'));
  await refuses(/at most 20 MB/, 'plan', 'read', picture);
  await refuses(/cannot be opened/, 'plan', 'read', path.join(folder, 'missing.txt'));
});

test('a backup is taken while the node serves and writes', async () => {
  let writing = true;
  const writer = (async () => {
    for (let i = 0; writing; ++i) await publish(administrator, 'achievements', { ...achievementFields, ...owned, title: `边写边备份 ${i}` });
  })();
  const said = await command('backup', '--data', node.data, '--to', backupFolder);
  writing = false;
  await writer;
  assert.match(said, /\d+ rows up to feed \d+ and leaf \d+/);
  assert.match(said, /node\.key/);
  await refuses(/./, 'backup', '--data', node.data, '--to', backupFolder);
});

test('restored into a new folder with key and settings it serves the same entries and goes on with the log', async () => {
  await publish(administrator, 'achievements', { ...achievementFields, ...owned, title: '备份之后发布' });
  const restored = new Node(path.join(folder, 'restored'));
  await mkdir(restored.data);
  await cp(path.join(node.data, 'keys'), path.join(restored.data, 'keys'), { recursive: true });
  await cp(path.join(node.data, 'node.toml'), path.join(restored.data, 'node.toml'));
  assert.match(await command('restore', '--data', restored.data, '--from', backupFolder), /rows restored/);
  await refuses(/./, 'restore', '--data', restored.data, '--from', backupFolder);
  await restored.start();
  const there = new Client(restored, undefined, administrator.headers);
  const path1 = `/api/v1/registers/achievements/entries/${first.id}`;
  assert.deepEqual((await there.get(path1)).is(200).json, (await administrator.get(path1)).is(200).json);
  const later = await publish(there, 'achievements', { ...achievementFields, ...owned, title: '恢复之后发布' });
  const vkey = await restored.vkey();
  assert.equal(vkey, await node.vkey());
  (await there.get(`/api/v1/statements/${later.statements[0].id}/receipt`)).is(200);
  assert.match(await command('log', 'verify', `${restored.address}/log`, '--vkey', vkey), /consistent/);
  const [before, after] = await Promise.all([anyone, there].map(async (client) => (await client.all('/api/v1/statements')).items.reverse()));
  const common = after.findIndex((statement, index) => statement.id !== before[index]?.id);
  assert.ok(common > 1 && common === after.length - 1, 'the restored log has the backup’s leaves and then its own');
  await restored.stop();
  assert.match(await command('check', '--data', restored.data), /all invariants hold/);
});

test('a backup older than the log beside it is refused at start, so that the log never forks', async () => {
  await node.stop();
  const setBack = new Node(path.join(folder, 'set-back'));
  await cp(node.data, setBack.data, { recursive: true });
  for (const file of ['jingwei.db', 'jingwei.db-wal', 'jingwei.db-shm']) await rm(path.join(setBack.data, file), { force: true });
  assert.match(await command('restore', '--data', setBack.data, '--from', backupFolder), /rows restored/);
  await refuses(/log|database/, 'serve', '--data', setBack.data, '--port', String(await freePort()));
  assert.equal((await jingwei('check', '--data', setBack.data)).code, negativeCode);
  await node.start();
});

test('a damaged backup is refused', async () => {
  const damaged = path.join(folder, 'damaged-backup');
  await cp(backupFolder, damaged, { recursive: true });
  const target = path.join(folder, 'from-damaged');
  await mkdir(target);
  await cp(path.join(node.data, 'keys'), path.join(target, 'keys'), { recursive: true });
  await cp(path.join(node.data, 'node.toml'), path.join(target, 'node.toml'));
  // One byte in the middle of every file that holds something, the manifest among them.
  for (const name of await readdir(damaged)) {
    const whole = await readFile(path.join(damaged, name));
    const bytes = Buffer.from(whole);
    bytes[Math.floor(bytes.length / 2)] ^= 0x55;
    await writeFile(path.join(damaged, name), bytes);
    await refuses(/./, 'restore', '--data', target, '--from', damaged);
    await writeFile(path.join(damaged, name), whole);
  }
  await refuses(/./, 'restore', '--data', target, '--from', path.join(folder, 'full'));
});

// ---- eval match: the figures, computed here once more from the run file and the judgments ----

const data = (name) => fileURLToPath(new URL(`data/${name}`, import.meta.url));
const log2 = (x) => Math.log(x) / Math.log(2);
const dcg = (grades) => grades.slice(0, 10).reduce((sum, grade, at) => sum + (2 ** grade - 1) / log2(at + 2), 0);
function figuresOf(ranking, judgments) {
  const ideal = dcg(Object.values(judgments).sort((a, b) => b - a));
  const useful = Object.keys(judgments).filter((id) => judgments[id] >= 2);
  const recall = (top) => useful.filter((id) => ranking.slice(0, top).includes(id)).length / useful.length;
  const firstUseful = ranking.slice(0, 10).findIndex((id) => judgments[id] >= 2);
  return {
    ndcg10: dcg(ranking.map((id) => judgments[id] ?? 0)) / ideal,
    ndcg10_judged: dcg(ranking.filter((id) => id in judgments).map((id) => judgments[id])) / ideal,
    recall20: recall(20),
    recall100: recall(100),
    mrr10: firstUseful < 0 ? 0 : 1 / (firstUseful + 1),
  };
}

test('eval match prints the figures of its run file', async () => {
  const runFile = path.join(folder, 'run.txt');
  const printed = (await command('eval', 'match', '--supplies', data('supplies.jsonl'), '--needs', data('needs.jsonl'), '--top', '100', '--out', runFile)).trim().split('\n');
  assert.equal(printed.length, 1);
  const figures = JSON.parse(printed[0]);
  const run = (await readFile(runFile, 'utf8')).trim().split('\n').map((line) => line.split(' '));
  const needs = (await readFile(data('needs.jsonl'), 'utf8')).trim().split('\n').map((line) => JSON.parse(line));
  const sum = { ndcg10: 0, ndcg10_judged: 0, recall20: 0, recall100: 0, mrr10: 0 };
  for (const need of needs) {
    const lines = run.filter(([id]) => id === need.id);
    for (const [at, [, q0, , rank, score, name]] of lines.entries()) {
      assert.deepEqual([q0, Number(rank), name], ['Q0', at + 1, 'jingwei']);
      if (at > 0) assert.ok(Number(score) <= Number(lines[at - 1][4]), 'scores never rise');
    }
    const own = figuresOf(lines.map((line) => line[2]), need.judgments);
    for (const name of Object.keys(sum)) sum[name] += own[name] / needs.length;
  }
  assert.equal(figures.needs, needs.length);
  for (const [name, value] of Object.entries(sum)) assert.ok(Math.abs(figures[name] - value) < 1e-6, `${name}: ${figures[name]}, by hand ${value}`);
  assert.deepEqual(needs.map((need) => run.find(([id]) => id === need.id)[2]), ['s1', 's2'], 'the plainest answers come first');
  assert.ok(figures.ms_per_need >= 0);
});

test('eval match names line and field of a wrong file', async () => {
  const wrong = path.join(folder, 'wrong.jsonl');
  await writeFile(wrong, '{"id": "s1", "kind": "achievement", "title": "t", "text": "x", "segment": null, "region": null, "trl": null, "amount_wan": null}\n{"id": 7}\n');
  await refuses(/2/, 'eval', 'match', '--supplies', wrong, '--needs', data('needs.jsonl'), '--out', path.join(folder, 'x.txt'));
});

test('lexicon check names file and line of a circle, and of nothing else', async () => {
  const lexicon = path.join(folder, 'lexicon');
  await mkdir(lexicon);
  await writeFile(path.join(lexicon, 'circle.txt'), 'segments chem.polymer\nequipment 注塑机\n  is-a 成型机\nequipment 成型机\n  is-a 注塑机\n');
  const { code, stderr } = await jingwei('lexicon', 'check', lexicon);
  assert.equal(code, refusedCode);
  assert.match(stderr, /circle\.txt:[35]/);
  assert.match(stderr, /注塑机/);
  assert.equal((await jingwei('lexicon', 'check')).code, 0);
});
