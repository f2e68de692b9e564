// A node under test: made in a folder of its own, started, killed, started again; and an HTTP client with kept connections.
//
// The program is what JINGWEI names, else build/test/src/node/jingwei. Nothing here waits by sleeping: a start is over when the
// program prints its address, an import when its event stream says so.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const program = process.env.JINGWEI ?? path.join(home, 'build/test/src/node/jingwei');
const environment = { ...process.env, LANG: 'C.UTF-8', JINGWEI_HOME: process.env.JINGWEI_HOME ?? home };

/** Runs a verb to its end: {status, stdout, stderr}. */
export function jingwei(...args) {
  const done = spawnSync(program, args, { env: environment, encoding: 'utf8', maxBuffer: 64 << 20 });
  if (done.error) throw new Error(`${program}: ${done.error.message}`);
  return done;
}

/** Makes a node and returns an API token of its administrator. */
export function makeNode(folder) {
  const made = jingwei('init', '--data', folder, '--round-at', 'off');
  if (made.status !== 0) throw new Error(`init: ${made.stderr}`);
  const token = jingwei('token', '--data', folder, '--days', '2');
  if (token.status !== 0) throw new Error(`token: ${token.stderr}`);
  return token.stdout.trim();
}

/** The sentence of `jingwei check`, or an error naming what is broken. */
export function check(folder) {
  const done = jingwei('check', '--data', folder);
  if (done.status !== 0) throw new Error(`check of ${folder}: ${done.stdout}${done.stderr}`);
  return done.stdout.trim();
}

// A test that fails half-way must not leave processes behind.
const living = new Set();
process.on('exit', () => living.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

export class RunningNode {
  /** Starts a node; with `untilReady: false` it returns at once, before the node serves. */
  static async start(folder, { args = [], untilReady = true } = {}) {
    const node = new RunningNode();
    node.child = spawn(program, ['serve', '--data', folder, '--port', '0', ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    living.add(node.child);
    node.child.once('exit', () => living.delete(node.child));
    node.stderr = '';
    node.child.stderr.on('data', (text) => (node.stderr = (node.stderr + text).slice(-20_000)));
    node.exited = once(node.child, 'exit').then(([code, signal]) => ({ code, signal }));
    node.ready = new Promise((resolve, reject) => {
      let stdout = '';
      node.child.stdout.on('data', (text) => {
        stdout += text;
        const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(stdout);
        if (address) resolve(Number(address[1]));
      });
      node.exited.then(({ code, signal }) => reject(new Error(`the node ended (${code ?? signal}): ${node.stderr}`)));
    });
    node.ready.catch(() => {});
    if (untilReady) {
      node.port = await node.ready;
      node.base = `http://127.0.0.1:${node.port}`;
    }
    return node;
  }

  /** Ends this process and waits for it: {code, signal}. */
  async end(signal) {
    this.child.kill(signal);
    return this.exited;
  }
}

/** A client on one kept connection. Requests reject when the connection breaks; every status is an answer. */
export class Client {
  constructor(node, token, connections = 1) {
    this.port = node.port;
    this.token = token;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  request(method, url, body, headers = {}) {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          host: '127.0.0.1', port: this.port, method, path: url, agent: this.agent,
          headers: {
            ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
            ...(sent === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(sent) }),
            ...headers,
          },
        },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('error', reject);
          response.on('aborted', () => reject(new Error('the answer broke off')));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: response.statusCode,
              headers: response.headers,
              text,
              get json() {
                return JSON.parse(text);
              },
            });
          });
        },
      );
      request.on('error', reject);
      request.end(sent);
    });
  }

  /** As request, and rejects unless the status is the expected one. */
  async expect(status, method, url, body, headers) {
    const answer = await this.request(method, url, body, headers);
    if (answer.status !== status) throw new Error(`${method} ${url}: ${answer.status} instead of ${status}: ${answer.text.slice(0, 600)}`);
    return answer;
  }

  close() {
    this.agent.destroy();
  }
}

/** Follows an import's events until it is done or has failed; returns its last state. */
export async function importEnd(client, id) {
  const { text } = await client.expect(200, 'GET', `/api/v1/imports/${id}/events`);
  const events = text.split('\n').filter((line) => line.startsWith('data:'));
  return JSON.parse(events.at(-1).slice(5));
}

/** The organization that owns what the tests write. */
export async function makeOrganization(client) {
  const fields = { name: '沧漪理工大学', uscc: '12330108MAC301629E', kind: 'university', region: '330402' };
  return (await client.expect(201, 'POST', '/api/v1/registers/organizations/entries', { fields, publish: true })).json;
}

export function achievement(owner, title, extra = '') {
  return { title, owner, segment: 'chem.polymer', region: '330402', trl: 6, text: `双向拉伸与纳米片层阻隔相结合，氧气透过率降到原来的十分之一。${extra}` };
}

/** A small deterministic generator (mulberry32); the seed is printed, so that a run can be repeated. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Reads `--name value` pairs of numbers. */
export function numberOptions(argv, defaults) {
  const options = { ...defaults };
  for (let i = 0; i + 1 < argv.length; i += 2) {
    const name = argv[i].replace(/^--/, '');
    if (!(name in defaults) || !Number.isFinite(Number(argv[i + 1]))) throw new Error(`unknown or wrong option ${argv[i]} ${argv[i + 1]}`);
    options[name] = Number(argv[i + 1]);
  }
  return options;
}
