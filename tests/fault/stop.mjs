// SIGTERM under load: the process ends with code 0 within 10 s and everything it acknowledged is there at the next start.
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client, RunningNode, achievement, check, generator, makeNode, makeOrganization } from './node.mjs';

const stopWithinMs = 10_000;
const entriesUrl = '/api/v1/registers/achievements/entries';

export async function run({ seed = randomInt(2 ** 31), stops = 3, clients = 8 } = {}) {
  const random = generator(seed);
  const work = mkdtempSync(path.join(os.tmpdir(), 'jingwei-stop-'));
  const folder = path.join(work, 'node');
  const token = makeNode(folder);
  const acknowledged = [];
  let owner;
  for (let stop = 0; stop < stops; ++stop) {
    const node = await RunningNode.start(folder);
    const asked = new Client(node, token);
    owner ??= (await makeOrganization(asked)).id;
    asked.close();
    const target = acknowledged.length + 1 + Math.floor(random() * 300);
    let reached;
    const loaded = new Promise((resolve) => (reached = resolve));
    let stopping = false;
    const loops = Array.from({ length: clients }, async (_, number) => {
      const client = new Client(node, token);
      try {
        for (let i = 0; ; ++i) {
          const answer = await client.request('POST', entriesUrl, { fields: achievement(owner, `停止测试 ${stop}-${number}-${i}`), publish: true });
          if (answer.status === 503 && stopping) break; // said to be stopping: not acknowledged
          if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
          acknowledged.push(answer.json.id);
          if (acknowledged.length >= target) reached();
        }
      } catch (failed) {
        if (!stopping) throw failed; // a connection may break once the process stops
      } finally {
        client.close();
      }
    });
    await Promise.race([loaded, Promise.all(loops)]);
    stopping = true;
    const begun = performance.now();
    const { code, signal } = await node.end('SIGTERM');
    const tookMs = performance.now() - begun;
    await Promise.all(loops);
    if (code !== 0) throw new Error(`seed ${seed}: ended with ${code ?? signal}: ${node.stderr}`);
    if (tookMs > stopWithinMs) throw new Error(`seed ${seed}: took ${Math.round(tookMs)} ms to stop`);
  }
  const node = await RunningNode.start(folder);
  const client = new Client(node, token, 4);
  const found = await Promise.all(acknowledged.map(async (id) => (await client.request('GET', `${entriesUrl}/${id}`)).status));
  const lost = found.filter((status) => status !== 200).length;
  client.close();
  await node.end('SIGTERM');
  if (lost > 0) throw new Error(`seed ${seed}: ${lost} of ${acknowledged.length} acknowledged entries are gone, see ${work}`);
  check(folder);
  rmSync(work, { recursive: true });
  return `${stops} stops under load, ${acknowledged.length} acknowledged entries there`;
}
