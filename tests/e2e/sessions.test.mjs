// Signing in and out, links, accounts that change, passwords, API tokens, and the headers that protect a browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cookieName, request } from './lib/client.mjs';
import { linkToken } from './lib/node.mjs';
import { enter, makePerson, password, startRegion, tokenEnd } from './lib/world.mjs';

const region = await startRegion();
const { administrator, anyone, node } = region;
const own = { 'X-Jingwei-Request': '1' };
const throttleTriesPerLogin = 5;
const otherPassword = 'copper kettle under the eaves';

const signIn = (login, secret) => anyone.post('/api/v1/session', { login, password: secret }, { headers: own });
const newPerson = (login, roles = ['enterprise'], organization = region.organizations.enterprise) => makePerson(administrator, anyone, login, '临时工', roles, organization);
const linkFor = async (account) => linkToken((await administrator.post(`/api/v1/accounts/${account.id}/link`)).is(201).json.link);
const update = async (account, change) => {
  const now = (await administrator.get(`/api/v1/accounts/${account.id}`)).is(200).json;
  const { name, roles, organization_id, disabled } = { ...now, ...change };
  return (await administrator.put(`/api/v1/accounts/${account.id}`, { name, roles, organization_id, disabled }, { version: now.version })).is(200).json;
};

test('the session cookie is __Host-, Secure, HttpOnly, SameSite=Strict, for the whole site and only it', async () => {
  const [cookie] = (await signIn('enterprise', password)).is(200).headers['set-cookie'];
  const [pair, ...attributes] = cookie.split('; ');
  assert.match(pair, new RegExp(`^${cookieName}=[A-Za-z0-9_-]{43}$`));
  assert.deepEqual(attributes.filter((attribute) => !attribute.startsWith('Max-Age=')).sort(), ['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
  assert.ok(!attributes.some((attribute) => attribute.startsWith('Domain')));
});

test('answers with a session are not to be stored', async () => {
  assert.equal((await signIn('enterprise', password)).is(200).headers['cache-control'], 'no-store');
  assert.equal((await region.enterprise.get('/api/v1/me')).headers['cache-control'], 'no-store');
});

test('a change without the header X-Jingwei-Request is refused, also signing in', async () => {
  const { Cookie } = region.enterprise.headers;
  for (const [method, path, body] of [['POST', '/api/v1/registers/needs/entries', { fields: {} }], ['DELETE', '/api/v1/session'], ['PUT', '/api/v1/me/password', { new_password: 'x' }], ['POST', '/api/v1/me/tokens', { name: 'x', scopes: [], expires_on: '' }]])
    (await anyone.send(method, path, { json: body, headers: { Cookie }, direct: true })).isProblem(403, 'forbidden');
  (await anyone.post('/api/v1/session', { login: 'enterprise', password })).isProblem(403, 'forbidden');
  (await anyone.post('/api/v1/session/link', { token: 'x' })).isProblem(403, 'forbidden');
});

test('signing out ends the session and clears the cookie', async () => {
  const client = anyone.signedIn(await signIn('enterprise', password));
  const answer = (await client.delete('/api/v1/session')).is(204);
  assert.match(answer.headers['set-cookie'][0], new RegExp(`^${cookieName}=;.*Max-Age=0`));
  assert.match(answer.headers['clear-site-data'], /"storage"/);
  (await client.get('/api/v1/me')).isProblem(401, 'unauthenticated');
});

test('a wrong password and an unknown login get the same answer', async () => {
  const wrong = (await signIn('auditor', 'not the password at all')).isProblem(401, 'unauthenticated');
  const unknown = (await signIn('nobody-here', 'not the password at all')).isProblem(401, 'unauthenticated');
  assert.equal(wrong.text, unknown.text);
  assert.equal(wrong.headers['set-cookie'], undefined);
});

test('guessing is slowed down with Retry-After, alike for logins that do not exist', async () => {
  await newPerson('guessed');
  for (const login of ['guessed', 'not-there']) {
    for (let i = 0; i < throttleTriesPerLogin; ++i) (await signIn(login, `guess number ${i} of many`)).isProblem(401);
    const answer = (await signIn(login, password)).isProblem(429, 'throttled');
    assert.ok(Number(answer.headers['retry-after']) > 0);
  }
});

test('guessing the old password is slowed down too', async () => {
  const client = await newPerson('guessed-old');
  const change = () => client.put('/api/v1/me/password', { old_password: 'no idea what it was', new_password: otherPassword });
  for (let i = 0; i < throttleTriesPerLogin; ++i) (await change()).isProblem(422, 'invalid');
  assert.ok(Number((await change()).isProblem(429, 'throttled').headers['retry-after']) > 0);
});

test('a link works once, and a newer one voids it', async () => {
  const { account } = await newPerson('linked');
  const first = await linkFor(account);
  const second = await linkFor(account);
  const use = (token) => anyone.post('/api/v1/session/link', { token }, { headers: own });
  (await use(first)).isProblem(401, 'unauthenticated');
  const client = anyone.signedIn(await use(second));
  assert.equal((await client.get('/api/v1/me')).is(200).json.must_set_password, true);
  (await use(second)).isProblem(401, 'unauthenticated');
  (await use('x'.repeat(43))).isProblem(401, 'unauthenticated');
});

test('a link for a forgotten password ends older sessions when it is used', async () => {
  const before = await newPerson('forgot');
  const after = await enter(anyone, await linkFor(before.account), otherPassword);
  (await before.get('/api/v1/me')).isProblem(401);
  (await after.get('/api/v1/me')).is(200);
  (await signIn('forgot', password)).isProblem(401);
  (await signIn('forgot', otherPassword)).is(200);
});

test('nobody changes anything before a password is set', async () => {
  const made = (await administrator.post('/api/v1/accounts', { login: 'no-password', name: '新人', roles: ['enterprise'], organization_id: region.organizations.enterprise.id })).is(201).json;
  const client = anyone.signedIn(await anyone.post('/api/v1/session/link', { token: linkToken(made.link) }, { headers: own }));
  (await client.post('/api/v1/me/tokens', { name: 'early', scopes: ['write'], expires_on: tokenEnd })).isProblem(403, 'forbidden');
  (await client.post('/api/v1/registers/needs/entries', { fields: {} })).isProblem(403, 'forbidden');
});

test('disabling an account ends its sessions, tokens and links at once', async () => {
  const client = await newPerson('disabled');
  const token = client.withToken((await client.post('/api/v1/me/tokens', { name: 'one', scopes: ['read'], expires_on: tokenEnd })).is(201).json.token);
  (await token.get('/api/v1/me')).is(200);
  const link = await linkFor((await newPerson('disabled-2')).account);
  await update(client.account, { disabled: true });
  (await client.get('/api/v1/me')).isProblem(401);
  (await token.get('/api/v1/me')).isProblem(401);
  (await signIn('disabled', password)).isProblem(401);
  const second = (await administrator.get('/api/v1/accounts?q=disabled-2')).json.items[0];
  await update(second, { disabled: true });
  (await anyone.post('/api/v1/session/link', { token: link }, { headers: own })).isProblem(401);
});

test('a change of role counts for the very next request', async () => {
  const client = await newPerson('promoted', ['provider']);
  (await client.get('/api/v1/accounts')).isProblem(403);
  await update(client.account, { roles: ['administrator'] });
  (await client.get('/api/v1/accounts')).is(200);
  await update(client.account, { roles: ['provider'] });
  (await client.get('/api/v1/accounts')).isProblem(403);
});

test('the last administrator cannot be disabled or demoted', async () => {
  const me = (await administrator.get('/api/v1/me')).json;
  const now = (await administrator.get(`/api/v1/accounts/${me.account_id}`)).json;
  for (const change of [{ disabled: true, roles: ['administrator'] }, { disabled: false, roles: ['auditor'] }])
    (await administrator.put(`/api/v1/accounts/${me.account_id}`, { name: now.name, ...change }, { version: now.version })).isProblem(409, 'wrong_state');
});

test('passwords: at least 12 characters, not the login, nothing everybody uses; the old one is asked for', async () => {
  const client = await newPerson('rules.person');
  const change = (secret, old = password) => client.put('/api/v1/me/password', { old_password: old, new_password: secret });
  for (const [secret, field] of [['short', '/new_password'], ['my-rules.person-2026', '/new_password'], ['aaaaaaaaaaaaaaaaaaaa', '/new_password'], [password, '/new_password']])
    assert.equal((await change(secret)).isProblem(422, 'invalid').json.problems[0].field, field);
  assert.equal((await client.put('/api/v1/me/password', { new_password: otherPassword })).isProblem(422).json.problems[0].field, '/old_password');
  const other = anyone.signedIn(await signIn('rules.person', password));
  (await change(otherPassword)).is(204);
  (await client.get('/api/v1/me')).is(200);
  (await other.get('/api/v1/me')).isProblem(401);
});

test('API tokens: what they may do, and revoking', async () => {
  const client = await newPerson('robot');
  const make = (scopes, expires_on = tokenEnd) => client.post('/api/v1/me/tokens', { name: 'robot', scopes, expires_on });
  const read = (await make(['read'])).is(201).json;
  const write = (await make(['write'])).is(201).json;
  assert.match(read.token, /^jwt_[A-Za-z0-9_-]{43}$/);
  const reader = client.withToken(read.token);
  const writer = client.withToken(write.token);
  const organization = region.organizations.enterprise.id;
  const need = { fields: { title: '令牌发布的需求', text: '内容', region: '330402', confidentiality: 'public', owner: organization } };
  (await reader.get('/api/v1/me')).is(200);
  (await reader.post('/api/v1/registers/needs/entries', need)).isProblem(403, 'forbidden');
  (await writer.post('/api/v1/registers/needs/entries', need)).is(201);
  for (const attempt of [make([]), make(['read'], '2020-01-01'), make(['read'], '2099-01-01'), make(['read'], 'soon')]) (await attempt).isProblem(422, 'invalid');
  const listed = (await client.get('/api/v1/me/tokens')).is(200);
  assert.equal(listed.json.items.length, 2);
  assert.ok(!listed.text.includes(read.token));
  (await client.delete(`/api/v1/me/tokens/${read.id}`)).is(204);
  (await reader.get('/api/v1/me')).isProblem(401);
  (await client.withToken(`${write.token}x`).get('/api/v1/me')).isProblem(401);
  (await anyone.get('/api/v1/me', { headers: { Authorization: 'Basic YTpi' }, direct: true })).isProblem(401);
  // A wrong token is refused also where nobody needs to sign in, instead of being taken for a stranger.
  (await anyone.get('/api/v1/overview', { headers: { Authorization: 'Bearer jwt_wrong' } })).isProblem(401);
});

test('every kind of answer carries the protective headers', async () => {
  const answers = {
    api: await anyone.get('/api/v1/overview', { direct: true }),
    refused: await anyone.get('/api/v1/me', { direct: true }),
    'not found': await anyone.get('/api/v1/nothing', { direct: true }),
    'wrong method': await request(node.address, 'DELETE', '/api/v1/overview'),
    page: await anyone.get('/', { direct: true }),
    'page of the app': await anyone.get('/needs', { direct: true }),
    'missing file': await anyone.get('/assets/none.js', { direct: true }),
    csv: await anyone.get('/api/v1/registers/needs/export.csv', { direct: true }),
    log: await anyone.get('/log/checkpoint', { direct: true }),
    document: await anyone.get('/api/openapi.json', { direct: true }),
    malformed: await request(node.address, 'GET', '/api/v1/overview?q=%zz'),
  };
  assert.deepEqual(Object.values(answers).map((answer) => answer.status), [200, 401, 404, 405, 200, 200, 404, 200, 200, 200, 400]);
  for (const [what, { headers }] of Object.entries(answers)) {
    const policy = Object.fromEntries(headers['content-security-policy'].split('; ').map((part) => [part.split(' ')[0], part]));
    assert.equal(policy['default-src'], "default-src 'none'", what);
    assert.equal(policy['frame-ancestors'], "frame-ancestors 'none'", what);
    assert.equal(policy['base-uri'], "base-uri 'none'", what);
    assert.ok(!headers['content-security-policy'].includes('unsafe'), what);
    assert.equal(headers['x-content-type-options'], 'nosniff', what);
    assert.equal(headers['referrer-policy'], 'no-referrer', what);
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin', what);
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin', what);
    assert.match(headers['strict-transport-security'], /max-age=\d{8}/, what);
    assert.ok(!('access-control-allow-origin' in headers), what);
    assert.ok(!('server' in headers), what);
  }
  assert.equal(answers['wrong method'].headers.allow, 'GET, HEAD, OPTIONS');
});
