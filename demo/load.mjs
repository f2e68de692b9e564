// Loads the demo region into a running node through its API, by the ordinary import.
//
//   JINGWEI_TOKEN=… node demo/load.mjs http://127.0.0.1:8080
//
// Organizations first, since all other rows name them. The deals are then walked by the accounts of both sides.
import { readFile, readdir } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { loadSteering } from './steering.mjs';

const base = process.argv[2];
const token = process.env.JINGWEI_TOKEN;
if (!base || !token) {
  console.error('usage: JINGWEI_TOKEN=… node demo/load.mjs http://127.0.0.1:8080');
  process.exit(2);
}
const folder = path.dirname(fileURLToPath(import.meta.url));
const registers = [
  'organizations', 'persons', 'achievements', 'platforms', 'platform-years', 'instruments', 'pilot-bases', 'funds', 'scenarios', 'certifications', 'enterprise-years',
  'policies', 'county-figures', 'needs', 'events', 'placements', 'projects', 'chain-segments', 'chain-edges', 'chain-positions',
];
const fenPerWan = 1_000_000;

async function call(method, url, { body, type, headers = {} } = {}) {
  const response = await fetch(base + url, {
    method,
    headers: { ...(body !== undefined ? { 'Content-Type': type ?? 'application/json' } : {}), ...headers },
    body: body === undefined ? undefined : type ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text.slice(0, 800)}`);
  return { status: response.status, headers: response.headers, json: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text };
}
const asAdministrator = { Authorization: `Bearer ${token}` };

async function importFile(register, file) {
  const csv = await readFile(path.join(folder, file));
  const { json: checked } = await call('POST', `/api/v1/registers/${register}/imports?publish=true`, { body: csv, type: 'text/csv', headers: asAdministrator });
  if (checked.wrong > 0) throw new Error(`${file}: ${checked.wrong} wrong rows, first: ${JSON.stringify(checked.problems.slice(0, 3))}`);
  await call('POST', `/api/v1/imports/${checked.id}/commit`, { headers: asAdministrator });
  for (;;) {
    const { json: now } = await call('GET', `/api/v1/imports/${checked.id}`, { headers: asAdministrator });
    if (now.state === 'done') {
      if (now.wrong > 0) throw new Error(`${file}: ${JSON.stringify(now.problems.slice(0, 3))}`);
      return now.done_rows;
    }
    if (now.state === 'failed') throw new Error(`${file}: the import failed`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function entryOf(register, title) {
  for (let cursor = ''; ; ) {
    const query = new URLSearchParams({ q: title, limit: '200', ...(cursor ? { cursor } : {}) });
    const { json: page } = await call('GET', `/api/v1/registers/${register}/entries?${query}`, { headers: asAdministrator });
    const found = page.items.find((entry) => entry.title === title);
    if (found) return found;
    if (!page.next_cursor) throw new Error(`deals.json names ${title}, which is not in ${register}`);
    cursor = page.next_cursor;
  }
}

/** Headers of the person whom a one-time link signs in. */
async function signIn(link) {
  const signedIn = await call('POST', '/api/v1/session/link', { body: { token: link }, headers: { 'X-Jingwei-Request': '1' } });
  const cookie = signedIn.headers.get('set-cookie').split(';')[0];
  const headers = { Cookie: cookie, 'X-Jingwei-Request': '1' };
  await call('PUT', '/api/v1/me/password', { body: { new_password: randomBytes(24).toString('base64url') }, headers });
  return headers;
}

const sessions = new Map();
/** Headers of a person of that organization; the account is made on first use, with a password nobody knows. */
async function asPersonOf(organization, role) {
  if (sessions.has(organization.id)) return sessions.get(organization.id);
  const login = `demo-${sessions.size + 1}`;
  const { json: created } = await call('POST', '/api/v1/accounts', {
    body: { login, name: `${organization.name.slice(0, 12)}经办人`, roles: [role], organization_id: organization.id },
    headers: asAdministrator,
  });
  const headers = await signIn(created.link.split('link=')[1]);
  sessions.set(organization.id, headers);
  return headers;
}

async function walkDeal(plan) {
  const need = await entryOf('needs', plan.need_title);
  const supply = await entryOf(plan.supply_register, plan.supply_title);
  const buyer = await asPersonOf(need.owner, 'enterprise');
  const seller = await asPersonOf(supply.owner, 'provider');
  const proposal = {
    need_id: need.id, supply_id: supply.id, kind: plan.kind, title: plan.title, scope: plan.scope,
    contract_total_fen: Math.round(plan.contract_total_wan * fenPerWan), technology_amount_fen: Math.round(plan.technology_amount_wan * fenPerWan),
    starts_on: plan.starts_on, ends_on: plan.ends_on,
    milestones: plan.milestones.map((m) => ({ title: m.title, due_on: m.due_on, amount_fen: Math.round(m.amount_wan * fenPerWan) })),
  };
  let { json: deal } = await call('POST', '/api/v1/deals', { body: proposal, headers: { ...buyer, 'Idempotency-Key': randomUUID() } });
  for (const act of plan.acts) {
    const body = { act: act.act };
    const note = act.note ?? act.reason ?? act.comment;
    if (note !== undefined) body.note = note;
    if (act.milestone !== undefined) body.milestone = act.milestone;
    if (act.score !== undefined) body.score = act.score;
    const headers = { ...(act.by === 'buyer' ? buyer : seller), 'If-Match': `"${deal.version}"` };
    ({ json: deal } = await call('POST', `/api/v1/deals/${deal.id}/acts`, { body, headers }));
  }
}

try {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.csv')).sort();
  for (const register of registers)
    for (const file of files.filter((name) => name === `${register}.csv` || name.startsWith(`${register}-`)))
      console.log(`   ${file}: ${await importFile(register, file)}`);
  const deals = JSON.parse(await readFile(path.join(folder, 'deals.json'), 'utf8'));
  for (const deal of deals) await walkDeal(deal);
  console.log(`   deals.json: ${deals.length}`);
  console.log(`   steering.json: ${await loadSteering({ call, folder, asAdministrator, asPersonOf, entryOf, signIn })}`);
} catch (failed) {
  console.error(failed.message);
  process.exit(1);
}
