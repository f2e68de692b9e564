// The figures. Each function measures and returns one or more of
//   {figure, value, unit, limit, passed, peer?, command, detail?}
// with limit null where a figure is only for information.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Client, RunningNode, achievement, home, makeNode, makeOrganization } from '../tests/fault/node.mjs';
import { askAgain, build, jsonLines, memoryMb, output, serverOfBuild, untilIndexed, wrk } from './programs.mjs';
import { achievementRows, columns, organizationRows } from './rows.mjs';

const connections = 64;
const publishSeconds = 8;
const getSeconds = 4;
const getRounds = 3;
const importRows = 100_000;
const kills = 300;
const entriesUrl = '/api/v1/registers/achievements/entries';

const atLeast = (value, limit) => ({ value, limit, passed: limit === null ? null : value >= limit });
const atMost = (value, limit) => ({ value, limit, passed: limit === null ? null : value <= limit });
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const secondsSince = (begun) => (performance.now() - begun) / 1000;
const relative = (file) => path.relative(home, file);

/** A folder on the disk of this checkout, as a node would have it. */
export function workFolder() {
  const parent = process.env.JINGWEI_BENCH_DATA ?? path.join(home, 'build/bench');
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(path.join(parent, 'work-'));
}

export async function commands({ work }) {
  const program = path.join(build, 'src/node/commands_bench');
  const args = ['--folder', work];
  const command = `${relative(program)} ${args[0]} DIR`;
  return jsonLines(await output(program, args)).map((figure) => ({ ...figure, command }));
}

/** Verdicts for everybody at once, in process. */
export async function policy() {
  const program = path.join(build, 'src/policy/policy_bench');
  return jsonLines(await output(program, [])).map((figure) => ({ ...figure, command: relative(program) }));
}

async function publishOverHttp(folder, args) {
  const token = makeNode(folder);
  const node = await RunningNode.start(folder, { args });
  const client = new Client(node, token);
  const owner = (await makeOrganization(client)).id;
  const total = async () => (await client.expect(200, 'GET', `${entriesUrl}?limit=1`)).json.total;
  const before = await total();
  const run = await wrk({ script: 'publish.lua', url: node.base, connections, seconds: publishSeconds, environment: { JINGWEI_TOKEN: token, JINGWEI_OWNER: owner, JINGWEI_RUN: args.join('') || 'default' } });
  const written = (await total()) - before;
  // An answer that wrk no longer waited for at the end may have been written; none that it counted may be missing.
  if (run.refused + run.broken > 0 || written < run.answers || written > run.answers + connections) throw new Error(`wrk counted ${JSON.stringify(run)}, the register has ${written} more entries`);
  client.close();
  await node.end('SIGTERM');
  rmSync(folder, { recursive: true });
  return run;
}

export async function http({ work }) {
  const grouped = await publishOverHttp(path.join(work, 'grouped'), []);
  const single = await publishOverHttp(path.join(work, 'single'), ['--batch-commands', '1']);
  const detail = `p50 ${grouped.p50_ms} ms, p99 ${grouped.p99_ms} ms; one commit a request ${Math.round(single.perSecond)}/s`;
  return [
    { figure: 'publish_http_64_connections', ...atLeast(grouped.perSecond, 6_000), unit: 'requests/s', peer: single.perSecond, command: grouped.command, detail },
    { figure: 'publish_http_group_commit', ...atLeast(grouped.perSecond / single.perSecond, 10), unit: 'x', peer: 1, command: 'the same beside jingwei serve --batch-commands 1' },
  ];
}

/** Path of an entry whose answer to a stranger has as many bytes as the bare server's. */
async function entryOfBytes(client, anonymous, bytes) {
  const owner = (await makeOrganization(client)).id;
  const make = async (title, length) => {
    const fields = { ...achievement(owner, title), text: 'x'.repeat(length) };
    return `${entriesUrl}/${(await client.expect(201, 'POST', entriesUrl, { fields, publish: true })).json.id}`;
  };
  const shortest = Buffer.byteLength((await anonymous.expect(200, 'GET', await make('高阻隔聚酰胺薄膜1', 1))).text);
  return make('高阻隔聚酰胺薄膜2', Math.max(1, 1 + bytes - shortest));
}

export async function get({ work }) {
  const bare = await serverOfBuild('src/http/bare_beast_bench');
  const folder = path.join(work, 'get');
  const token = makeNode(folder);
  const node = await RunningNode.start(folder);
  const client = new Client(node, token);
  const anonymous = new Client(node);
  const bareBytes = Buffer.byteLength((await new Client({ port: bare.port }).expect(200, 'GET', '/')).text);
  const url = await entryOfBytes(client, anonymous, bareBytes);
  const bytes = Buffer.byteLength((await anonymous.expect(200, 'GET', url)).text);
  const rounds = [];
  let command;
  for (let i = 0; i < getRounds; ++i) {
    const peer = await wrk({ script: 'get.lua', url: `http://127.0.0.1:${bare.port}/`, connections, seconds: getSeconds });
    const own = await wrk({ script: 'get.lua', url: node.base + url, connections, seconds: getSeconds });
    const signedIn = await wrk({ script: 'get.lua', url: node.base + url, connections, seconds: getSeconds, environment: { JINGWEI_TOKEN: token } });
    for (const run of [peer, own, signedIn]) if (run.refused + run.broken > 0) throw new Error(`wrk counted ${JSON.stringify(run)}`);
    rounds.push({ own, peer, share: own.perSecond / peer.perSecond, signedInShare: signedIn.perSecond / peer.perSecond });
    command = own.command;
  }
  client.close();
  anonymous.close();
  await node.end('SIGTERM');
  await bare.stop();
  const share = median(rounds.map((round) => round.share));
  const { own, peer } = rounds.find((round) => round.share === share);
  return [
    {
      figure: 'get_entry_share_of_bare_beast', ...atLeast(100 * share, 60), unit: '%', peer: peer.perSecond, command,
      detail: `${Math.round(own.perSecond)}/s (p99 ${own.p99_ms} ms) of ${Math.round(peer.perSecond)}/s; ${bytes} and ${bareBytes} bytes; median of ${getRounds}`,
    },
    {
      figure: 'get_entry_signed_in_share', ...atLeast(100 * median(rounds.map((round) => round.signedInShare)), null), unit: '%', peer: peer.perSecond, command,
      detail: 'the same with an API token: strangers may be answered from memory until the next commit, members are not',
    },
  ];
}

/** Asks often, since the event stream looks only every 200 ms. */
async function untilImported(client, id) {
  for (;;) {
    const { json } = await client.expect(200, 'GET', `/api/v1/imports/${id}`);
    if (json.state === 'done' || json.state === 'failed') return json;
    await askAgain();
  }
}

export async function importFile(client, register, csv) {
  const begun = performance.now();
  const { json: checked } = await client.expect(201, 'POST', `/api/v1/registers/${register}/imports?publish=true`, csv, { 'Content-Type': 'text/csv' });
  const dryRun = secondsSince(begun);
  if (checked.wrong > 0) throw new Error(`${checked.wrong} wrong rows: ${JSON.stringify(checked.problems.slice(0, 3))}`);
  await client.expect(202, 'POST', `/api/v1/imports/${checked.id}/commit`, {});
  const end = await untilImported(client, checked.id);
  if (end.state !== 'done' || end.wrong > 0) throw new Error(`import ended ${end.state}, ${end.wrong} wrong`);
  return { begun, dryRun, committed: secondsSince(begun), rows: end.done_rows };
}

/** Leaves the node's folder in context.imported for `start`. */
export async function imports(context) {
  const folder = path.join(context.work, 'imported');
  const token = makeNode(folder);
  const node = await RunningNode.start(folder);
  const client = new Client(node, token);
  await importFile(client, 'organizations', organizationRows());
  const csv = achievementRows(importRows);
  const run = await importFile(client, 'achievements', csv);
  const { feed_seq } = await untilIndexed(node);
  const seconds = secondsSince(run.begun);
  if (run.rows !== importRows || feed_seq < importRows) throw new Error(`${run.rows} rows, feed ${feed_seq}`);
  const memory = memoryMb(node.child.pid);
  client.close();
  await node.end('SIGTERM');
  context.imported = folder;
  return [{
    figure: 'import_100000_rows', ...atMost(seconds, 8), unit: 's', command: './bench import',
    detail: `${columns.split(',').length} fields, ${(Buffer.byteLength(csv) / 1e6).toFixed(1)} MB; dry run ${run.dryRun.toFixed(2)} s, commit ${(run.committed - run.dryRun).toFixed(2)} s, `
      + `index after it ${(seconds - run.committed).toFixed(2)} s; `
      + `memory ${Math.round(memory.now)} MB, peak ${Math.round(memory.peak)} MB`,
  }];
}

async function startSeconds(folder) {
  const begun = performance.now();
  const node = await RunningNode.start(folder);
  await untilIndexed(node);
  const seconds = secondsSince(begun);
  const memory = memoryMb(node.child.pid);
  await node.end('SIGTERM');
  return { seconds, memory };
}

export async function start(context) {
  if (!context.imported) await imports(context);
  const folder = context.imported;
  const saved = [];
  for (let i = 0; i < 3; ++i) saved.push(await startSeconds(folder));
  rmSync(path.join(folder, 'match.index'));
  const anew = await startSeconds(folder);
  const seconds = median(saved.map((run) => run.seconds));
  const memory = saved.find((run) => run.seconds === seconds).memory;
  return [
    { figure: 'start_with_100000_entries', ...atMost(seconds, 2), unit: 's', command: './bench start', detail: `median of 3, files in the page cache; memory ${Math.round(memory.now)} MB` },
    { figure: 'start_without_saved_index', ...atMost(anew.seconds, null), unit: 's', command: './bench start', detail: 'match.index deleted before' },
  ];
}

async function loadDemo(folder) {
  const token = makeNode(folder);
  const node = await RunningNode.start(folder);
  await output(process.execPath, [path.join(home, 'demo/load.mjs'), node.base], { JINGWEI_TOKEN: token });
  await untilIndexed(node);
  return node;
}

/** Leaves the demo node's folder in context.demo for `second_start`. */
export async function memory(context) {
  const folder = path.join(context.work, 'demo');
  const node = await loadDemo(folder);
  const loaded = memoryMb(node.child.pid);
  await node.end('SIGTERM');
  const again = await RunningNode.start(folder);
  await untilIndexed(again);
  const ready = memoryMb(again.child.pid);
  await again.end('SIGTERM');
  context.demo = folder;
  return [{
    figure: 'memory_of_demo_node', ...atMost(Math.max(loaded.now, ready.now), 300), unit: 'MB', command: './bench memory',
    detail: `after loading ${Math.round(loaded.now)} MB (peak ${Math.round(loaded.peak)}), after a restart ${Math.round(ready.now)} MB (peak ${Math.round(ready.peak)})`,
  }];
}

export async function secondStart(context) {
  if (!context.demo) await memory(context);
  const port = 18_000 + Math.floor(Math.random() * 1_000);
  const begun = performance.now();
  const child = spawn(path.join(home, 'run'), ['--data', context.demo, '--port', String(port)], { cwd: home, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited.then(() => { throw new Error('./run ended'); })]);
  await untilIndexed({ port });
  const seconds = secondsSince(begun);
  child.kill('SIGTERM');
  await exited;
  return [{ figure: 'second_run', ...atMost(seconds, 3), unit: 's', command: `./run --data DIR --port ${port}` }];
}

export async function kill() {
  const args = [path.join(home, 'tests/fault/kill.mjs'), '--kills', String(kills), '--check-every', '25'];
  const [counts] = jsonLines(await output(process.execPath, args));
  return [{
    figure: 'kill_9_lost_broken_forked', ...atMost(counts.lost + counts.broken + counts.forks, 0), unit: 'of acts', command: `node ${relative(args[0])} --kills ${kills} --seed ${counts.seed}`,
    detail: `${counts.kills} kills, ${counts.acknowledged} acknowledged acts, ${counts.imports} imports, ${counts.checkpoints} checkpoints`,
  }];
}
