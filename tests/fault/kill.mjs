// kill -9 at random moments under load; then everything that was acknowledged must be there.
//
//   node tests/fault/kill.mjs [--kills 12] [--seed N] [--clients 8] [--check-every 6]
//
// Clients create, edit and withdraw entries while an import runs and a reader collects checkpoints. The process is killed while
// it serves or while it starts. After each restart
//   - every act acknowledged since the kill before is there, at its version or a later one, with its statement;
//   - a request that was cut off is sent again with its Idempotency-Key and is done exactly once;
//   - the log is not shorter than any checkpoint that was seen.
// Every --check-every kills and at the end `jingwei check` must find no broken invariant, and all checkpoints ever seen must be
// heads of the present log (recomputed from its tiles, and by Go's packages). Imports go on by themselves and end complete.
// Prints one JSON line with the counts of what was lost, broken and forked.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { forksOf, goVerdict, readCheckpoint } from './log.mjs';
import { Client, RunningNode, achievement, check, generator, importEnd, makeNode, makeOrganization, numberOptions } from './node.mjs';

const killAfterMsMax = 600; // of load
const killInStartMsMax = 120; // after the process was made
const killInStartShare = 0.2;
const importRows = 2_000;
const actsOfRoundMax = 250; // per client, so that a run of 300 kills stays small
const registerUrl = '/api/v1/registers/achievements/entries';

class KillTest {
  constructor(folder, options) {
    this.folder = folder;
    this.options = options;
    this.random = generator(options.seed);
    this.token = makeNode(folder);
    this.entries = new Map(); // id -> {title, version, state, statements}: the last acknowledged state
    this.fresh = new Set(); // ids acknowledged since the last verification
    this.cutOff = []; // requests without an answer
    this.checkpoints = new Map(); // text -> checkpoint
    this.acknowledged = 0;
    this.lost = [];
    this.broken = [];
    this.forks = [];
    this.imports = 0;
    this.serial = 0;
  }

  async prepare() {
    const node = await RunningNode.start(this.folder);
    const client = new Client(node, this.token);
    this.owner = (await makeOrganization(client)).id;
    this.vkey = (await client.expect(200, 'GET', '/api/v1/log/state')).json.vkey;
    client.close();
    await node.end('SIGTERM');
  }

  /** One kill: start, load, kill at a random moment; or a kill while the process starts. */
  async round() {
    if (this.random() < killInStartShare) {
      const node = await RunningNode.start(this.folder, { untilReady: false });
      await killAt(node, this.random() * killInStartMsMax);
      return;
    }
    const node = await RunningNode.start(this.folder);
    await this.verify(node);
    const stop = { now: false };
    const work = [this.watchLog(node, stop)];
    for (let i = 0; i < this.options.clients; ++i) work.push(this.writeLoop(node, stop, generator(Math.floor(this.random() * 2 ** 32))));
    if (!this.runningImport) work.push(this.startImport(node).catch(() => {}));
    await killAt(node, this.random() * killAfterMsMax);
    stop.now = true;
    await Promise.all(work);
  }

  async writeLoop(node, stop, random) {
    const client = new Client(node, this.token);
    const own = [];
    try {
      for (let i = 0; i < actsOfRoundMax && !stop.now; ++i) {
        const choice = random();
        const id = own.length > 0 ? own[Math.floor(random() * own.length)] : undefined;
        if (id === undefined || choice < 0.7) own.push(await this.create(client));
        else if (choice < 0.9) await this.edit(client, id);
        else {
          await this.withdraw(client, id);
          own.splice(own.indexOf(id), 1);
        }
      }
    } catch (failed) {
      if (!stop.now && !node.child.killed) this.broken.push(`a client failed before the kill: ${failed.message}`);
    }
    client.close();
  }

  async create(client) {
    const title = `故障测试 ${this.options.seed}-${++this.serial}`;
    return (await this.act(client, 201, 'POST', registerUrl, { fields: achievement(this.owner, title), publish: true })).id;
  }

  async edit(client, id) {
    const { version, title } = this.entries.get(id);
    await this.act(client, 200, 'PUT', `${registerUrl}/${id}`, { fields: achievement(this.owner, title, `第 ${version + 1} 版。`) }, { 'If-Match': `"${version}"` });
  }

  async withdraw(client, id) {
    await this.act(client, 200, 'POST', `${registerUrl}/${id}/withdraw`, { reason: '故障测试' }, { 'If-Match': `"${this.entries.get(id).version}"` });
  }

  /** Sends a change and notes it when it is acknowledged; keeps it for later when no answer came. */
  async act(client, status, method, url, body, headers = {}) {
    const key = `kill-${this.options.seed}-${++this.serial}`;
    const send = (by) => by.expect(status, method, url, body, { ...headers, 'Idempotency-Key': key });
    let answer;
    try {
      answer = await send(client);
    } catch (failed) {
      this.cutOff.push(send);
      throw failed;
    }
    this.note(answer.json);
    return answer.json;
  }

  note(entry) {
    this.acknowledged += 1;
    const known = this.entries.get(entry.id);
    if (known && known.version > entry.version) return;
    this.entries.set(entry.id, { title: entry.title, version: entry.version, state: entry.state, statements: entry.statements.map((statement) => statement.id) });
    this.fresh.add(entry.id);
  }

  async watchLog(node, stop) {
    const client = new Client(node, undefined);
    try {
      while (!stop.now) this.see((await client.expect(200, 'GET', '/log/checkpoint')).text);
    } catch {
      // The process was killed: a checkpoint that did not arrive was not seen.
    }
    client.close();
  }

  see(text) {
    if (!this.checkpoints.has(text)) this.checkpoints.set(text, readCheckpoint(text));
  }

  async startImport(node) {
    const client = new Client(node, this.token);
    const number = ++this.imports;
    const rows = Array.from({ length: importRows }, (_, i) => `导入${this.options.seed}-${number}-${String(i).padStart(5, '0')},${this.owner},一行导入的成果说明。,chem.polymer,330402`);
    try {
      const upload = await client.expect(201, 'POST', '/api/v1/registers/achievements/imports?publish=true', `成果名称,持有单位,成果说明,产业链环节,所在地\n${rows.join('\n')}\n`, { 'Content-Type': 'text/csv' });
      await client.expect(202, 'POST', `/api/v1/imports/${upload.json.id}/commit`, {});
      this.runningImport = { id: upload.json.id, number };
    } finally {
      client.close();
    }
  }

  /** After a restart: what was acknowledged is there, what was cut off can be repeated, the log has not stepped back. */
  async verify(node) {
    const client = new Client(node, this.token, 4);
    const seenMax = Math.max(0, ...[...this.checkpoints.values()].map((checkpoint) => checkpoint.size));
    const { text } = await client.expect(200, 'GET', '/log/checkpoint');
    if (readCheckpoint(text).size < seenMax) this.forks.push(`the log came back with ${readCheckpoint(text).size} leaves after ${seenMax} had been published`);
    this.see(text);
    const repeated = this.cutOff.splice(0);
    await Promise.all(repeated.map(async (send) => {
      try {
        this.note((await send(client)).json);
      } catch (failed) {
        this.broken.push(`a request that was cut off cannot be repeated: ${failed.message}`);
      }
    }));
    await this.verifyEntries(client, [...this.fresh]);
    this.fresh.clear();
    client.close();
  }

  async verifyEntries(client, ids) {
    await Promise.all(ids.map(async (id) => {
      const known = this.entries.get(id);
      const { status, json } = await client.request('GET', `${registerUrl}/${id}`);
      const same = status === 200 && json.version === known.version && json.state === known.state && json.title === known.title;
      // A later version can only come from a request that was cut off and then repeated, which note() has seen by now.
      if (!same) this.lost.push(`${id} at version ${known.version} (${known.state}): now ${status === 200 ? `version ${json.version} (${json.state})` : status}`);
      else for (const statement of known.statements) if (!json.statements.some((present) => present.id === statement)) this.lost.push(`${statement} of ${id}`);
    }));
  }

  /** The import that a kill interrupted must go on by itself and end with every row. */
  async finishImport(node) {
    if (!this.runningImport) return;
    const client = new Client(node, this.token);
    const { id, number } = this.runningImport;
    const end = await importEnd(client, id);
    if (end.state !== 'done' || end.wrong !== 0 || end.done_rows !== importRows) this.broken.push(`import ${id} ended ${end.state} with ${end.done_rows} rows done, ${end.wrong} wrong`);
    const query = new URLSearchParams({ q: `导入${this.options.seed}-${number}-`, limit: '1', state: 'published' });
    const { json } = await client.expect(200, 'GET', `${registerUrl}?${query}`);
    if (json.total !== importRows) this.lost.push(`import ${id}: ${json.total} of ${importRows} rows are there`);
    this.runningImport = undefined;
    client.close();
  }

  async inspect(last) {
    const node = await RunningNode.start(this.folder);
    await this.verify(node);
    await this.finishImport(node);
    if (last) {
      const client = new Client(node, this.token, 4);
      await this.verifyEntries(client, [...this.entries.keys()]);
      client.close();
    }
    await node.end('SIGKILL');
    try {
      check(this.folder);
    } catch (failed) {
      this.broken.push(failed.message);
    }
    const log = path.join(this.folder, 'log');
    try {
      this.forks.push(...forksOf(log, [...this.checkpoints.values()]));
      if (last) this.go = goVerdict(log, this.vkey, [...this.checkpoints.values()], path.dirname(this.folder));
    } catch (failed) {
      this.forks.push(failed.message);
    }
  }
}

/** Kills after so many milliseconds, whatever the process is doing then: the moment is the fault that is tested. */
async function killAt(node, afterMs) {
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await node.end('SIGKILL');
}

/** Runs the test; returns what it counted. Throws when anything was lost, broken or forked, and keeps the folder then. */
export async function run(options) {
  const work = mkdtempSync(path.join(os.tmpdir(), 'jingwei-kill-'));
  const test = new KillTest(path.join(work, 'node'), options);
  await test.prepare();
  for (let kill = 1; kill <= options.kills; ++kill) {
    await test.round();
    const found = test.lost.length + test.broken.length + test.forks.length;
    if (kill % options['check-every'] === 0 || kill === options.kills || found > 0) await test.inspect(kill === options.kills);
    if (options.progress) process.stderr.write(`\r${kill} kills, ${test.acknowledged} acknowledged`);
    if (found > 0) break;
  }
  if (options.progress) process.stderr.write('\n');
  const counts = {
    kills: options.kills, seed: options.seed, acknowledged: test.acknowledged, imports: test.imports, checkpoints: test.checkpoints.size,
    lost: test.lost.length, broken: test.broken.length, forks: test.forks.length, go: test.go ?? 'not installed',
  };
  const problems = [...test.lost, ...test.broken, ...test.forks];
  if (problems.length > 0) throw Object.assign(new Error(`seed ${options.seed}, kept in ${work}:\n  ${problems.slice(0, 20).join('\n  ')}`), { counts });
  rmSync(work, { recursive: true });
  return counts;
}

export const defaults = { kills: 12, seed: randomInt(2 ** 31), clients: 8, 'check-every': 6 };

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const options = numberOptions(process.argv.slice(2), defaults);
  console.error(`seed ${options.seed}`);
  try {
    console.log(JSON.stringify(await run({ ...options, progress: true })));
  } catch (failed) {
    console.error(failed.message);
    if (failed.counts) console.log(JSON.stringify(failed.counts));
    process.exit(1);
  }
}
