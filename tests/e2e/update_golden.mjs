// Rewrites api/openapi.json from the program: node tests/e2e/update_golden.mjs
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Node, repository, temporaryFolder } from './lib/node.mjs';

const file = path.join(repository, 'api/openapi.json');
const place = await temporaryFolder();
try {
  const node = await Node.make(place.folder);
  await node.start();
  const served = await fetch(`${node.address}/api/openapi.json`);
  if (!served.ok) throw new Error(`the node answered ${served.status}`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(await served.arrayBuffer()));
  await node.stop();
  console.log(`wrote ${path.relative(process.cwd(), file)}`);
} finally {
  await place.remove();
}
