// A second process on one data folder says so and stops; the first goes on; a killed process leaves no lock behind.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, RunningNode, jingwei, makeNode } from './node.mjs';

export async function run() {
  const work = mkdtempSync(path.join(os.tmpdir(), 'jingwei-lock-'));
  const folder = path.join(work, 'node');
  makeNode(folder);
  const first = await RunningNode.start(folder);
  for (const verb of [['serve', '--port', '0'], ['token'], ['restore', '--from', work]]) {
    const second = jingwei(verb[0], '--data', folder, ...verb.slice(1));
    if (second.status !== 1) throw new Error(`a second ${verb[0]} ended with ${second.status}: ${second.stderr}`);
    if (!second.stderr.includes(String(first.child.pid))) throw new Error(`a second ${verb[0]} does not name the process that holds the folder: ${second.stderr}`);
    if (second.stderr.trim().split('\n').length !== 1) throw new Error(`more than one sentence: ${second.stderr}`);
  }
  const client = new Client(first);
  await client.expect(200, 'GET', '/readyz');
  client.close();
  await first.end('SIGKILL');
  const next = await RunningNode.start(folder);
  const { code } = await next.end('SIGTERM');
  if (code !== 0) throw new Error(`after a kill the next process ended with ${code}`);
  rmSync(work, { recursive: true });
  return 'serve, token and restore name the holder and stop; a kill leaves no lock';
}
