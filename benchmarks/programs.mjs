// Programs that the benchmarks run, and what they say: wrk, the node, helpers of the build.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { Client, home } from '../tests/fault/node.mjs';

export const benchFolder = path.join(home, 'benchmarks');
export const build = path.resolve(process.env.JINGWEI_BUILD ?? path.join(home, 'build/test'));

/** Runs a program to its end and returns its stdout; its stderr goes to ours. */
export async function output(command, args, environment = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${text.slice(-2000)}`);
  return text;
}

export const jsonLines = (text) => text.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));

/** wrk with one of the scripts here; connections stay open. Returns what report.lua prints. */
export async function wrk({ script, url, connections, seconds, environment = {} }) {
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', path.join(benchFolder, script), url];
  const [summary] = jsonLines(await output('wrk', args, { JINGWEI_BENCH: benchFolder, ...environment }));
  return { ...summary, perSecond: summary.answers / summary.seconds, command: `wrk ${args.slice(0, 3).join(' ')} -s benchmarks/${script} ${url}` };
}

/** A program of the build that prints its port and serves until its standard input ends. */
export async function serverOfBuild(relative) {
  const child = spawn(path.join(build, relative), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(child.stdout, 'data');
  return {
    port: Number(String(text).trim()),
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** Resident memory of a process now and at its peak, in MB of 10^6 bytes. */
export function memoryMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)[1]) * 1024) / 1e6;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

/** Between two questions: asking without a pause would take the time that is measured. */
export const askAgain = () => new Promise((resolve) => setTimeout(resolve, 10));

/** Asks until the node says that it is ready and its match index holds the whole feed. */
export async function untilIndexed(node, feedSeqMin = 0) {
  const client = new Client(node);
  for (;;) {
    const { status, json } = await client.request('GET', '/readyz');
    if (status === 200 && json.ready && json.match_seq >= Math.max(json.feed_seq, feedSeqMin)) {
      client.close();
      return json;
    }
    await askAgain();
  }
}

/** Milliseconds that one small write takes until it is on the disk of a folder: the median of some. */
function syncMs(folder) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'sync');
  const descriptor = openSync(file, 'w');
  const times = Array.from({ length: 101 }, (_, i) => {
    const begun = performance.now();
    writeSync(descriptor, Buffer.alloc(4096), 0, 4096, i * 4096);
    fdatasyncSync(descriptor);
    return performance.now() - begun;
  });
  closeSync(descriptor);
  rmSync(file);
  return Number(times.sort((a, b) => a - b)[50].toFixed(3));
}

export function machine(folder) {
  const model = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown';
  const cores = Number(execFileSync('nproc', { encoding: 'utf8' }));
  const memory = Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))[1]);
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ').slice(0, 3).join(' ');
  return { at: new Date().toISOString(), model, cores, memory_gb: Math.round(memory / 1e6), load_before: load, sync_ms: syncMs(folder) };
}
