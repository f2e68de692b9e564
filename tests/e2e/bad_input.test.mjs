// Bytes that are wrong on purpose. After each of them the server still answers and what was there before is still there.
import assert from 'node:assert/strict';
import net from 'node:net';
import { afterEach, test } from 'node:test';

import { request } from './lib/client.mjs';
import { needFields, publish, startRegion, usccNumber } from './lib/world.mjs';

const { anyone, administrator, department, enterprise, node, provider } = await startRegion();
const megabyte = 1 << 20;
const needs = '/api/v1/registers/needs/entries';
const direct = { direct: true };
const kept = await publish(enterprise, 'needs', needFields);
const receipt = (await anyone.get(`/api/v1/statements/${kept.statements[0].id}/receipt`)).is(200).text;

afterEach(async () => {
  assert.deepEqual((await anyone.get('/healthz')).is(200).json, { status: 'ok' });
  const { updated_at, ...entry } = (await enterprise.get(`${needs}/${kept.id}`)).is(200).json;
  assert.deepEqual([entry.version, entry.fields, updated_at], [kept.version, kept.fields, kept.updated_at]);
  assert.equal((await anyone.get(needs)).json.total, 1, 'nothing half-made is left');
});

/** Sends bytes as they are and returns what comes back until the server closes; a cut connection is an answer too. */
function raw(bytes) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(node.port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(30_000, () => reject(new Error('no answer')));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (/\r\n\r\n/.test(answer)) socket.end();
    });
    socket.on('error', (failed) => (failed.code === 'ECONNRESET' || failed.code === 'EPIPE' ? resolve(answer) : reject(failed)));
    socket.on('close', () => resolve(answer));
    socket.write(bytes);
  });
}
const statusOf = (answer) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const upload = (text, type = 'text/csv') => department.post('/api/v1/registers/instruments/imports', undefined, { body: text, type, direct: true });
const header = '仪器名称,仪器编号,所在单位,主要技术指标和用途,所在地\n';

test('10 MB of JSON: 413', async () => {
  const body = JSON.stringify({ fields: { ...needFields, text: 'x'.repeat(10 * megabyte) } });
  const answer = await raw(`POST ${needs} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 4096)}`);
  assert.equal(statusOf(answer), 413, answer.slice(0, 300));
});

test('10 MB in chunks without a length: 413', async () => {
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
  const answer = await raw(`POST ${needs} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(160)}0\r\n\r\n`);
  assert.equal(statusOf(answer), 413, answer.slice(0, 300));
});

test('broken JSON: 400', async () => {
  const bodies = ['{', '', 'null', '[]', '"text"', '{"fields":}', '{"fields":{}} x', '{"fields":{}', '\ufeff{}', '{"a":\u0001}', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), '['.repeat(100_000), '{"fields":'.repeat(5_000)];
  for (const body of bodies) {
    const answer = await enterprise.post(needs, undefined, { body, ...direct });
    assert.ok([400, 422].includes(answer.status), `${String(body).slice(0, 40)}: ${answer.status} ${answer.text.slice(0, 300)}`);
    answer.isProblem(answer.status);
  }
  (await enterprise.post(needs, undefined, { body: '{"fields":}', ...direct })).isProblem(400, 'malformed');
});

test('the same member twice is refused', async () => {
  const answer = await enterprise.post(needs, undefined, { body: '{"fields":{},"publish":true,"publish":false}', ...direct });
  assert.ok([400, 422].includes(answer.status), `${answer.status}`);
});

test('wrong types: 422 with every problem at once, in both languages', async () => {
  const fields = { title: 7, text: ['a'], segment: 'no.such', region: '999999', budget_fen: '很多', deadline: 'tomorrow', confidentiality: 'secret', stage: true, nothing: 1 };
  const { problems } = (await enterprise.post(needs, { fields }, direct)).isProblem(422, 'invalid').json;
  assert.deepEqual(problems.map((one) => one.field).sort(), Object.keys(fields).sort());
  const deal = { need_id: 3, supply_id: null, kind: 'gift', title: {}, scope: 1, contract_total_fen: 'x', technology_amount_fen: 1.5, starts_on: 1, ends_on: [], milestones: [{ title: 1 }] };
  const refused = (await enterprise.post('/api/v1/deals', deal, direct)).isProblem(422, 'invalid').json;
  for (const field of ['/need_id', '/kind', '/title', '/contract_total_fen', '/technology_amount_fen', '/milestones/0/title', '/milestones/0/due_on'])
    assert.ok(refused.problems.some((one) => one.field === field), `${field} in ${JSON.stringify(refused.problems)}`);
});

test('numbers beyond what is counted are refused', async () => {
  for (const number of ['-1', '1e30', '99999999999999999999', '0.5', '-0.0001', '9223372036854775808'])
    (await enterprise.post(needs, undefined, { body: `{"fields":${JSON.stringify(needFields).replace('80000000', number).replace(needFields.title, '数字')}}`, ...direct })).isProblem(422, 'invalid');
});

test('unknown members are refused by name', async () => {
  const { problems } = (await enterprise.post(needs, { fields: needFields, admin: true }, direct)).isProblem(422, 'invalid').json;
  assert.deepEqual(problems.map((one) => one.field), ['/admin']);
  (await anyone.post('/api/v1/session', { login: 'a', password: 'b', role: 'administrator' }, { ...direct, headers: { 'X-Jingwei-Request': '1' } })).isProblem(422, 'invalid');
});

test('a wrong content type: 415', async () => {
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
    (await enterprise.post(needs, undefined, { body: JSON.stringify({ fields: needFields }), type, ...direct })).isProblem(415, 'unsupported');
  (await upload(header, 'application/json')).isProblem(415, 'unsupported');
});

test('files that are no CSV: XLSX, GBK, UTF-16, binary, each refused with what to do', async () => {
  const files = {
    XLSX: Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]),
    GBK: Buffer.from([0xd2, 0xc7, 0xc6, 0xf7, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x41, 0x0a]),
    'UTF-16': Buffer.from(`\ufeff${header}`, 'utf16le'),
    binary: Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 197 + 31) % 256)),
  };
  for (const [what, body] of Object.entries(files)) {
    const { problems } = (await upload(body)).isProblem(415, 'unsupported').json;
    assert.match(problems[0].remedy.zh, /CSV/, what);
  }
});

test('a quote that is not closed is named by its line', async () => {
  const { problems, message } = (await upload(`${header}一,N-1,${usccNumber(3)},用途,秀洲区\n二,"N-2,${usccNumber(3)},用途,秀洲区\n三,N-3,x,y,z\n`)).isProblem(400, 'malformed').json;
  assert.equal(problems[0].row, 3);
  assert.match(message.en, /line 3/);
});

test('broken forms are refused', async () => {
  const type = 'multipart/form-data; boundary=x';
  const part = (head) => `--x\r\n${head}\r\n\r\n${header}\r\n--x--\r\n`;
  const bodies = { 'no boundary': ['multipart/form-data', part('Content-Disposition: form-data; name="file"')], 'no end': [type, `--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n${header}`],
    'no name': [type, part('Content-Type: text/csv')], 'another name': [type, part('Content-Disposition: form-data; name="other"')], garbage: [type, '\r\n--y--'], nothing: [type, ''] };
  for (const [what, [contentType, body]] of Object.entries(bodies)) {
    const answer = await upload(body, contentType);
    assert.ok([400, 415, 422].includes(answer.status), `${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
    answer.isProblem(answer.status);
  }
});

test('too many columns and too large a cell are refused as too large', async () => {
  (await upload(`${header.trim()}${',x'.repeat(300)}\n`)).isProblem(413, 'too_large');
  (await upload(`${header}${'很'.repeat(40_000)},N,${usccNumber(3)},用途,秀洲区\n`)).isProblem(413, 'too_large');
});

test('a preview takes any text: emoji, digits, English, punctuation, one letter, nothing', async () => {
  for (const text of ['😀🔧🏭👩‍🔧', '1234567890 0.5 -20', 'our valve bodies wear out too fast', '？！……，。', 'a', '', ' ', '\u0000', '\u202e反向', 'ａｂｃ１２３', '𠮷野家', '很'.repeat(8000)]) {
    const answer = (await enterprise.post('/api/v1/matches/preview', { title: text.slice(0, 100), text })).is(200).json;
    assert.ok(Array.isArray(answer.items));
  }
  (await enterprise.post('/api/v1/matches/preview', { title: 'x', text: '很'.repeat(8001) }, direct)).isProblem(422, 'invalid');
  for (const more of [{ limit: 0 }, { limit: 51 }, { budget_fen: 'x' }, { surprise: 1 }])
    (await enterprise.post('/api/v1/matches/preview', { title: 'x', text: 'y', ...more }, direct)).isProblem(422, 'invalid');
  (await enterprise.post('/api/v1/matches/preview', { title: 'x' }, direct)).isProblem(422, 'invalid');
});

test('a preview of 10 MB: 413', async () => {
  const body = JSON.stringify({ title: 'x', text: 'y'.repeat(10 * megabyte) });
  const { Cookie } = enterprise.headers;
  const answer = await raw(`POST /api/v1/matches/preview HTTP/1.1\r\nHost: a\r\nCookie: ${Cookie}\r\nX-Jingwei-Request: 1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 65536)}`);
  assert.equal(statusOf(answer), 413, answer.slice(0, 300));
});

test('search takes any words, and not too many', async () => {
  for (const words of ['', ' ', '😀', '%', "' OR 1=1 --", '"', '涂层 '.repeat(100)]) (await anyone.get(`/api/v1/search?q=${encodeURIComponent(words)}`, direct)).is(200);
  const answer = await anyone.get(`/api/v1/search?q=${'x'.repeat(7000)}`, direct);
  assert.ok([200, 413, 422].includes(answer.status), `${answer.status}`);
  (await request(node.address, 'GET', `/api/v1/search?q=${'x'.repeat(9000)}`)).isProblem(414);
});

test('no path leads out of the web app or the log', async () => {
  const inside = await request(node.address, 'GET', '/');
  for (const root of ['/', '/assets/', '/log/', '/log/tile/', '/log/tile/entries/'])
    for (const up of ['../', '..%2f', '%2e%2e/', '..%5c', '....//', '%252e%252e/', '..%00/'])
      for (const file of ['keys/node.key', 'node.toml', 'etc/passwd']) {
        const answer = await request(node.address, 'GET', root + up.repeat(6) + file);
        assert.ok([400, 404].includes(answer.status) || answer.text === inside.text, `${root}${up}${file}: ${answer.status} ${answer.text.slice(0, 80)}`);
        assert.doesNotMatch(answer.text, /root:|origin =|^[0-9a-f]{64}$/m);
      }
  for (const path of ['/log/tile/0/x', '/log/tile/0/-1', '/log/tile/64/000', '/log/tile/0/000.p/257', '/log/tile/0/000.p/0', '/log/tile/', '/log/tile/0/999999999999', '/log/node.key'])
    assert.equal((await request(node.address, 'GET', path)).status, 404, path);
});

test('receipts that are none get a verdict, not an error', async () => {
  const bodies = ['', 'x', '\u0000', 'c2sp.org/tlog-proof@v1\n', receipt.slice(0, receipt.length / 2), receipt.toUpperCase(), receipt + receipt, receipt.replace(/^index \d+/m, 'index 99999999999999999999'), Buffer.from(receipt).reverse(), 'extra !!!\n', receipt.replace(/\n/g, '\r\n')];
  for (const body of bodies) {
    const answer = await anyone.post('/api/v1/receipts/verify', undefined, { body, type: 'text/plain', direct: true });
    assert.equal(answer.is(200).json.valid, false, String(body).slice(0, 60));
    assert.ok(answer.json.checks.some((check) => !check.passed && check.detail.zh && check.detail.en));
  }
  (await anyone.post('/api/v1/receipts/verify', undefined, { body: 'x'.repeat(2 * megabyte), type: 'text/plain', direct: true })).isProblem(413, 'too_large');
});

test('a huge header: 431; too long a target: 414; too many parameters: 400', async () => {
  assert.equal(statusOf(await raw(`GET /healthz HTTP/1.1\r\nHost: a\r\nX-Big: ${'x'.repeat(20_000)}\r\n\r\n`)), 431);
  assert.equal(statusOf(await raw(`GET /healthz HTTP/1.1\r\nHost: a\r\n${Array.from({ length: 200 }, (_, i) => `X-${i}: y\r\n`).join('')}\r\n`)), 431);
  assert.equal(statusOf(await raw(`GET /${'x'.repeat(10_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)), 414);
  (await request(node.address, 'GET', `/api/v1/overview?${Array.from({ length: 200 }, (_, i) => `a${i}=1`).join('&')}`)).isProblem(400);
});

test('what is no HTTP is refused or cut off', async () => {
  const cases = ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'GET / HTTP/9.9\r\nHost: a\r\n\r\n', '\r\n\r\n\r\nnonsense\r\n\r\n', 'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n',
    'POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde', Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03, 0x0d, 0x0a, 0x0d, 0x0a])];
  for (const bytes of cases) {
    const status = statusOf(await raw(bytes));
    assert.ok(Number.isNaN(status) || (status >= 400 && status <= 505), `${String(bytes).slice(0, 60)}: ${status}`);
  }
});

test('an unknown method: 405 or 501 with what is allowed', async () => {
  const answer = await request(node.address, 'PATCH', needs);
  answer.isProblem(405);
  assert.match(answer.headers.allow, /GET.*POST/);
  assert.ok([400, 405, 501].includes(statusOf(await raw('BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n'))));
  assert.equal((await request(node.address, 'HEAD', '/api/v1/overview')).bytes.length, 0);
});

test('ids that are none are not found', async () => {
  for (const id of ['x', 'need_', 'need_01ARZ3NDEKTSV4RRFFQ69G5FAV', '%00', '%F0%9F%98%80', "' OR 1=1", 'a'.repeat(5000)])
    for (const path of [`${needs}/${encodeURIComponent(id)}`, `/api/v1/deals/${encodeURIComponent(id)}`, `/api/v1/statements/${encodeURIComponent(id)}`, `/api/v1/imports/${encodeURIComponent(id)}`, `/api/v1/needs/${encodeURIComponent(id)}/matches`])
      (await administrator.get(path, direct)).isProblem(404, 'not_found');
});

test('an id of one register is not found in another', async () => {
  (await enterprise.get(`/api/v1/registers/achievements/entries/${kept.id}`)).isProblem(404, 'not_found');
  (await enterprise.post(`/api/v1/registers/achievements/entries/${kept.id}/withdraw`, { reason: 'x' })).isProblem(404, 'not_found');
  (await enterprise.get(`/api/v1/needs/${provider.organization.id}/matches`)).isProblem(404, 'not_found');
});

test('a deal that does not add up is refused with every problem', async () => {
  const supply = (await provider.post('/api/v1/registers/achievements/entries', { fields: { title: '坏数据成果', text: 't', segment: 'chem.surface', region: '330411' }, publish: true })).is(201).json;
  const deal = { need_id: kept.id, supply_id: supply.id, kind: 'service', title: ' ', scope: 's', contract_total_fen: 100, technology_amount_fen: 101, starts_on: '2099-02-30', ends_on: '2098-01-01', milestones: [{ title: 'm', due_on: '2100-01-01', amount_fen: 99 }] };
  const { problems } = (await enterprise.post('/api/v1/deals', deal, direct)).isProblem(422, 'invalid').json;
  assert.ok(problems.length >= 4, JSON.stringify(problems));
  (await enterprise.post('/api/v1/deals', { ...deal, milestones: [] }, direct)).isProblem(422, 'invalid');
});

test('odd needs get a plain answer', async () => {
  const preview = (need) => enterprise.post('/api/v1/matches/preview', { limit: 5, ...need }, direct);
  const odd = { 'English only': ['Shaft seal leaks after 200 hours', 'We need a better seal, nothing worked.'], 'digits only': ['12345', '67890 3.14'], emoji: ['😀😀', '🎉🔥'], 'marks only': ['？！', '，。；'] };
  for (const [name, [title, text]] of Object.entries(odd)) {
    const { items, problems } = (await preview({ title, text, region: '330402' })).is(200).json;
    assert.ok(Array.isArray(items) && problems.length <= 1, name);
    for (const item of items) assert.ok(item.score >= 0 && item.score <= 1 && item.reasons.every((reason) => reason.text.zh && reason.text.en), name);
  }
  (await preview({ title: '主轴发热', text: '热', segment: 'no.such.segment' })).isProblem(422, 'invalid');
  const problem = (await preview({ title: '主轴发热', text: '热'.repeat(20_001) })).isProblem(422, 'invalid').json;
  assert.match(JSON.stringify(problem), /最多 8000 个字符/);
});
