// A node under test: the real program with a data folder of its own in a temporary folder, on a free port of 127.0.0.1.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
export const program = process.env.JINGWEI || path.join(repository, 'build/test/src/node/jingwei');
const startTimeoutMs = 60_000;
const commandTimeoutMs = 120_000;
const pollMs = 15;

// Whatever happens to a test, no process is left behind.
const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
export function keep(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Asks `probe` again and again until it answers something true, and returns that. `why` says more when it never does. */
export async function waitFor(what, probe, timeoutMs = startTimeoutMs, why = () => '') {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) assert.fail(`waited ${timeoutMs} ms in vain for ${what}${why()}`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

const portsOfProcess = 40;
const firstPort = 10_100 + (process.pid % 550) * portsOfProcess;
let portsTaken = 0;

/**
 * A port that nobody listens on. Each process has a stretch of its own, below those that the system gives to outgoing connections: two
 * files of tests that start at once and ask the system may be given the same, and then one of them talks to the other's node. None is
 * among the ports that fetch() and browsers refuse by number (the last of them is 10080: https://fetch.spec.whatwg.org/#port-blocking).
 */
export async function freePort() {
  for (let tries = 0; tries < portsOfProcess; ++tries) {
    const port = firstPort + (portsTaken++ % portsOfProcess);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port from ${firstPort} to ${firstPort + portsOfProcess - 1}`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

export async function temporaryFolder() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'jingwei-e2e-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

/** Runs the program; answers {code, stdout, stderr}, also when it refuses. */
export function jingwei(...args) {
  return new Promise((resolve) => {
    const env = { ...process.env, LANG: 'C.UTF-8' };
    execFile(program, args, { env, timeout: commandTimeoutMs, maxBuffer: 64 << 20 }, (failed, stdout, stderr) => {
      resolve({ code: failed ? (failed.code ?? failed.signal) : 0, stdout, stderr });
    });
  });
}

/** As jingwei(), and fails the test when the program refuses. Returns stdout. */
export async function command(...args) {
  const { code, stdout, stderr } = await jingwei(...args);
  assert.equal(code, 0, `jingwei ${args.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  return stdout;
}

export class Node {
  #process;
  #exited;
  constructor(data) {
    this.data = data;
    this.output = '';
    this.errors = '';
  }

  /** A new node in `folder`/`name`; not started yet. No test depends on the hour: rounds run when asked for. */
  static async make(folder, { name = 'node', init = [] } = {}) {
    const node = new Node(path.join(folder, name));
    const printed = await command('init', '--data', node.data, '--round-at', 'off', ...init);
    node.firstLink = linkToken(printed);
    return node;
  }

  /** Starts and waits until /readyz says so. Later starts use the same port, so that addresses stay right. */
  async start(...args) {
    assert.ok(existsSync(program), `${program} is not there: build it, or name one in JINGWEI`);
    this.port ??= await freePort();
    this.address = `http://127.0.0.1:${this.port}`;
    this.output = '';
    this.errors = '';
    this.#process = keep(spawn(program, ['serve', '--data', this.data, '--port', String(this.port), ...args], {
      env: { ...process.env, LANG: 'C.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    }));
    this.#process.stdout.on('data', (text) => (this.output += text));
    this.#process.stderr.on('data', (text) => (this.errors += text));
    let ended = null;
    this.#exited = new Promise((resolve) => this.#process.once('exit', (code, signal) => resolve((ended = { code, signal }))));
    let refused;
    const ready = async () => {
      if (ended) assert.fail(`the node ended by itself: ${JSON.stringify(ended)}\n${this.output}${this.errors}`);
      try {
        const answer = await fetch(`${this.address}/readyz`);
        return answer.ok && (await answer.json()).ready;
      } catch (failed) {
        refused = failed.cause ?? failed;
        return false;
      }
    };
    await waitFor('the node to be ready', ready, startTimeoutMs, () => ` at ${this.address}: ${refused}\n${this.output}${this.errors}`);
    return this;
  }

  async #end(signal) {
    if (!this.#process) return null;
    this.#process.kill(signal);
    const ended = await this.#exited;
    this.#process = undefined;
    return ended;
  }

  /** Ends the node as a service manager does; it must end cleanly. */
  async stop() {
    const ended = await this.#end('SIGTERM');
    if (ended) assert.deepEqual(ended, { code: 0, signal: null }, `the node did not stop cleanly:\n${this.errors}`);
  }

  /** As a power cut would. */
  kill() {
    return this.#end('SIGKILL');
  }

  token(...args) {
    return command('token', '--data', this.data, ...args).then((text) => text.trim());
  }

  /** The key of the log, name+id+key, as anyone reads it. */
  async vkey() {
    return (await (await fetch(`${this.address}/api/v1/log/state`)).json()).vkey;
  }
}

export function linkToken(text) {
  const found = /#link=([A-Za-z0-9_-]+)/.exec(text);
  assert.ok(found, `no one-time link in: ${text}`);
  return found[1];
}
