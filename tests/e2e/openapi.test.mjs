// The OpenAPI document: golden, valid, and complete in what every operation says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import parser from '@readme/openapi-parser';

import { command } from './lib/node.mjs';
import { openapiFile } from './lib/proxy.mjs';
import { startNode } from './lib/world.mjs';

const { anyone, node } = await startNode();

test('GET /api/openapi.json equals api/openapi.json (update: node tests/e2e/update_golden.mjs)', async () => {
  const served = (await anyone.get('/api/openapi.json', { direct: true })).is(200);
  assert.match(served.headers['content-type'], /^application\/json/);
  assert.equal(served.text, await readFile(openapiFile, 'utf8'));
});

test('it is a valid OpenAPI 3.1 document', async () => {
  const document = JSON.parse(await readFile(openapiFile, 'utf8'));
  assert.match(document.openapi, /^3\.1\./);
  await parser.validate(document);
});

test('every operation has an id of its own, a summary in both languages, and a problem for every refusal', async () => {
  const document = JSON.parse(await readFile(openapiFile, 'utf8'));
  const ids = new Set();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const what = `${method} ${path}`;
      assert.ok(operation.operationId && !ids.has(operation.operationId), `${what}: operationId`);
      ids.add(operation.operationId);
      assert.match(operation.summary, /[\u4e00-\u9fff].* · [A-Za-z]/, `${what}: summary`);
      assert.ok(operation.responses.default, `${what}: default response`);
    }
  }
});

test('the command prints the same document while no node serves the folder', async () => {
  await node.stop();
  assert.equal(await command('openapi', '--data', node.data), await readFile(openapiFile, 'utf8'));
});
