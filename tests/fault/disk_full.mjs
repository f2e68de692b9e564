// A full disk: writes are refused with 507 and a problem in both languages, reads go on, nothing acknowledged is lost; after
// space is freed writes go on without a restart and the log catches up. Also a kill and a start while the disk is full.
//
// The data folder is a small tmpfs. Where this process may not mount one it tries again in a user namespace of its own; where
// that is not allowed either the case is skipped, and says so.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, rmdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Client, RunningNode, achievement, check, makeNode, makeOrganization } from './node.mjs';

const diskBytes = 48 << 20;
const ballastBytes = 8 << 20;
const entriesMax = 60_000; // far more than the disk holds
const entriesUrl = '/api/v1/registers/achievements/entries';

export class Skipped extends Error {}

/** Creates entries of about 8 kB until the disk is full; returns the acknowledged ids. */
async function fill(client, owner, clients, prefix) {
  const text = '高阻隔聚酰胺薄膜的双向拉伸与纳米片层复合工艺。'.repeat(110);
  const acknowledged = [];
  let refused;
  await Promise.all(Array.from({ length: clients }, async (_, number) => {
    for (let i = 0; !refused && i < entriesMax / clients; ++i) {
      const answer = await client.request('POST', entriesUrl, { fields: { ...achievement(owner, `${prefix} ${number}-${i}`), text }, publish: true });
      if (answer.status === 201) acknowledged.push(answer.json.id);
      else refused ??= answer;
    }
  }));
  if (!refused) throw new Error(`${acknowledged.length} entries fit on a disk of ${diskBytes} bytes`);
  return { acknowledged, refused };
}

function expectStorageFull(answer, language) {
  const problem = answer.json;
  if (answer.status !== 507 || problem?.code !== 'storage_full') throw new Error(`${answer.status} instead of 507 storage_full: ${answer.text.slice(0, 400)}`);
  if (!answer.headers['content-type'].startsWith('application/problem+json')) throw new Error(`507 as ${answer.headers['content-type']}`);
  if (!/\p{Script=Han}/u.test(problem.message.zh) || !/[a-z]/.test(problem.message.en)) throw new Error(`not in both languages: ${answer.text}`);
  if (/\p{Script=Han}/u.test(problem.title) !== (language === 'zh')) throw new Error(`title is not in ${language}: ${problem.title}`);
}

async function expectReadable(client, ids) {
  await client.expect(200, 'GET', '/healthz');
  await client.expect(200, 'GET', '/log/checkpoint');
  await client.expect(200, 'GET', `${entriesUrl}?limit=50`);
  for (const id of ids) await client.expect(200, 'GET', `${entriesUrl}/${id}`);
}

/** The receipt is there once a checkpoint covers the statement; until then the node answers wrong_state. */
async function expectReceipt(client, statement) {
  const url = `/api/v1/statements/${statement}/receipt`;
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; ) {
    const answer = await client.request('GET', url);
    if (answer.status === 200) return;
    if (answer.status !== 409) throw new Error(`${url}: ${answer.status} ${answer.text}`);
  }
  throw new Error(`the log did not catch up with ${statement}`);
}

async function onDisk(disk) {
  const folder = path.join(disk, 'node');
  const ballast = path.join(disk, 'ballast');
  const token = makeNode(folder);
  writeFileSync(ballast, Buffer.alloc(ballastBytes));
  let node = await RunningNode.start(folder);
  let client = new Client(node, token, 8);
  const owner = (await makeOrganization(client)).id;
  const write = (title, language) => client.request('POST', entriesUrl, { fields: { ...achievement(owner, title), text: '满'.repeat(3000) }, publish: true }, { 'Accept-Language': language });

  const { acknowledged, refused } = await fill(client, owner, 8, '磁盘');
  expectStorageFull(refused, 'zh');
  // Smaller writes may still find a place; after enough of them nothing does.
  let english = await write('英文 0', 'en');
  for (let i = 1; english.status === 201; ++i) {
    acknowledged.push(english.json.id);
    english = await write(`英文 ${i}`, 'en');
  }
  expectStorageFull(english, 'en');
  await expectReadable(client, acknowledged);

  // Killed and started again while the disk is full: it serves readers all the same.
  client.close();
  await node.end('SIGKILL');
  node = await RunningNode.start(folder);
  client = new Client(node, token, 8);
  await expectReadable(client, acknowledged);
  expectStorageFull(await fill(client, owner, 1, '仍满').then(({ refused, acknowledged: more }) => (acknowledged.push(...more), refused)), 'zh');
  rmSync(ballast);

  const after = await write('腾出空间之后', 'zh');
  if (after.status !== 201) throw new Error(`after space was freed: ${after.status} ${after.text.slice(0, 400)}`);
  acknowledged.push(after.json.id);
  await expectReadable(client, acknowledged);
  await expectReceipt(client, after.json.statements[0].id);

  // Filled again and emptied without a restart.
  writeFileSync(ballast, Buffer.alloc(4096));
  const again = await fill(client, owner, 8, '再满');
  expectStorageFull(again.refused, 'zh');
  acknowledged.push(...again.acknowledged);
  rmSync(ballast);
  const { code } = await node.end('SIGTERM');
  client.close();
  if (code !== 0) throw new Error(`SIGTERM on a full disk: ended with ${code}: ${node.stderr}`);
  check(folder);
  return `${acknowledged.length} acknowledged entries there; 507 in both languages; starts and serves readers on a full disk`;
}

function mount(disk) {
  mkdirSync(disk, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskBytes}`, 'tmpfs', disk], { encoding: 'utf8' });
}

export async function run() {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'jingwei-full-'));
  const mounted = mount(disk);
  if (mounted.status !== 0) {
    rmdirSync(disk);
    const inside = spawnSync('unshare', ['--user', '--map-root-user', '--mount', process.execPath, fileURLToPath(import.meta.url)], { encoding: 'utf8', env: { ...process.env, JINGWEI_INSIDE: '1' } });
    if (process.env.JINGWEI_INSIDE || inside.error || /unshare/.test(inside.stderr)) throw new Skipped(`no small disk can be mounted here: ${mounted.stderr?.trim() || inside.stderr}`);
    if (inside.status !== 0) throw new Error(inside.stderr);
    return inside.stdout.trim();
  }
  try {
    return await onDisk(disk);
  } finally {
    spawnSync('umount', ['-l', disk]);
    rmdirSync(disk);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await run());
  } catch (failed) {
    console.error(failed.message);
    process.exit(1);
  }
}
