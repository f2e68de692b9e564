// access.table: every route, asked by everyone.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { Client } from './lib/client.mjs';
import { linkToken, waitFor } from './lib/node.mjs';
import { openapiFile } from './lib/proxy.mjs';
import { achievementFields, needFields, password, proposal, publish, startRegion, tokenEnd, usccNumber } from './lib/world.mjs';

const region = await startRegion();
const { administrator, anyone, enterprise, provider } = region;
const own = { 'X-Jingwei-Request': '1' };

const scopes = { read_token: ['read'], write_token: ['write'] };
const askers = { anonymous: anyone };
for (const role of ['administrator', 'department', 'enterprise', 'rival', 'provider', 'financier', 'auditor']) askers[role] = region[role];
for (const [name, scope] of Object.entries(scopes)) {
  const made = await enterprise.post('/api/v1/me/tokens', { name, scopes: scope, expires_on: tokenEnd });
  askers[name] = enterprise.withToken(made.is(201).json.token);
}
const logins = { administrator: 'admin', department: 'dept', enterprise: 'enterprise', rival: 'rival', provider: 'provider', financier: 'financier', auditor: 'auditor' };
const passwords = Object.fromEntries(Object.keys(logins).map((role) => [role, password]));
/** Whose account a column uses. */
const accountOf = (column) => (column === 'anonymous' || column in scopes ? 'enterprise' : column);
const organizationOf = (column) => region[accountOf(column)].organization ?? enterprise.organization;

// ---- objects, made anew for every question that may change them ----

let count = 0;
const unique = (text) => `${text} ${++count}`;
const draft = async (register, fields) => (await enterprise.post(`/api/v1/registers/${register}/entries`, { fields })).is(201).json;
const newNeed = (confidentiality = 'public') => publish(enterprise, 'needs', { ...needFields, title: unique('需求'), confidentiality });
const newDraft = () => draft('needs', { ...needFields, title: unique('草稿') });
const newAchievement = () => publish(enterprise, 'achievements', { ...achievementFields, title: unique('成果') });
const newDeal = async () => (await enterprise.post('/api/v1/deals', proposal(await newNeed(), fixed.supply))).is(201).json;
const newAccount = async () => (await administrator.post('/api/v1/accounts', { login: `person-${++count}`, name: '临时', roles: ['financier'] })).is(201).json;
const csvOf = () => `成果名称,持有单位,成果说明,产业链环节,所在地\n${unique('导入成果')},${usccNumber(1)},说明,chem.surface,330402\n`;
const upload = (client, register, text) => client.post(`/api/v1/registers/${register}/imports`, undefined, { body: text, type: 'text/csv' });
const newImport = async () => (await upload(enterprise, 'achievements', csvOf())).is(201).json;

const fixed = { supply: await publish(provider, 'achievements', achievementFields), need: await newNeed(), draft: await newDraft(), anonymous: await newNeed('anonymous'), invited: await newNeed('invited') };
fixed.withdrawn = await newNeed();
(await enterprise.post(`/api/v1/registers/needs/entries/${fixed.withdrawn.id}/withdraw`, { reason: '不做了' })).is(200);
fixed.deal = await newDeal();
await publish(administrator, 'chain-segments', { title: '电堆', chain: '氢能', code: 'hyd.stack', kind: 'product', position: 'midstream' });
fixed.import = await newImport();
(await enterprise.post(`/api/v1/imports/${fixed.import.id}/commit`)).is(202);
await waitFor('the import to be done', async () => (await enterprise.get(`/api/v1/imports/${fixed.import.id}`)).json.state === 'done');
await waitFor('the index to read the supply', async () => (await enterprise.get(`/api/v1/needs/${fixed.need.id}/matches`)).json.items.length > 0);
fixed.round = (await administrator.post('/api/v1/rounds')).is(202).json;
await waitFor('the round to be done', async () => (await administrator.get(`/api/v1/rounds/${fixed.round.id}`)).json.state === 'done');
fixed.digest = (await enterprise.get('/api/v1/digests')).is(200).json.items[0];
fixed.receipt = (await anyone.get(`/api/v1/statements/${fixed.supply.statements[0].id}/receipt`)).is(200).text;

await waitFor('the read model to be ready', async () => (await askers.department.get('/api/v1/analytics/tables')).is(200).json.state === 'ready');
const newQuery = async () => (await askers.department.post('/api/v1/analytics/saved-queries', { title: '需求数', sql: 'SELECT count(*) FROM needs' })).is(201).json;
const indicatorFields = (more = {}) => ({
  code: `A${++count}`, name: '省级以上孵化器', unit: '家', own: false, is_public: true, promise: false, fictional: false, frequency: 'quarter', source: 'reported',
  course: { direction: 'up', aggregation: 'last', baseline: { year: 2025, value: 20, text: '20' }, targets: [{ year: 2026, kind: 'equal', value: 40, text: '40' }], path: 'linear', tolerance_percent: 10, band_percent: 2 },
  rules: {}, due_days: 20, duties: [], reports_from: '2026-Q1', ...more,
});
const taskFields = () => ({ kind: 'project', year: 2026, number: '', title: unique('项目'), text: '', duties: [], status: 'planned', status_reason: '', milestones: [], evidence: [], fictional: false });
const planFields = () => ({ code: `P${++count}`, text: '一、总则', frequency: 'year', draft: { horizon: [], force: 'unknown', force_ranges: [], measures: [], promises: [], indicators: [], doubts: [] } });
let reviews = 0;
const reviewFields = () => ({ period: `${1990 + Math.floor(++reviews / 4)}-Q${(reviews % 4) + 1}`, held_on: '2026-01-21', notes: [], decisions: [] });
const newIndicator = async () => (await administrator.post('/api/v1/indicators', indicatorFields())).is(201).json;
fixed.indicator = await newIndicator();
fixed.task = (await administrator.post('/api/v1/tasks', taskFields())).is(201).json;
fixed.plan = (await administrator.post('/api/v1/plans', planFields())).is(201).json;
fixed.review = (await administrator.post('/api/v1/reviews', reviewFields())).is(201).json;

fixed.platform = await publish(administrator, 'platforms', { title: unique('平台'), owner: enterprise.organization.id, kind: 'testing', text: '示例', region: '330402' });
await waitFor('the read model to have the platform', async () => (await administrator.get(`/api/v1/appraisals/science_platforms/platforms/${fixed.platform.id}?year=2025`)).status === 200);
const appraisal = '/api/v1/appraisals/science_platforms/years/2025';
const appraised = async () => (await administrator.get(appraisal)).is(200).json;
(await administrator.post(`${appraisal}/confirmations`, { sha256: (await appraised()).sha256 })).is(201);
/** Something new to confirm: one platform more. */
async function correction() {
  const before = await appraised();
  await publish(administrator, 'platforms', { title: unique('平台'), owner: enterprise.organization.id, kind: 'testing', text: '示例', region: '330402' });
  await waitFor('the new platform to be appraised', async () => (await appraised()).sha256 !== before.sha256);
  return { target: `${appraisal}/confirmations`, json: { sha256: (await appraised()).sha256, reason: '增补平台' }, version: before.confirmed.confirmation.version };
}
(await administrator.put('/api/v1/steering-units', { name: '市科技局', steers: false })).is(200);
const proofForm = '--proof\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n%%EOF\n\r\n--proof--\r\n';
// The proxy cannot read a form with a file.
fixed.attachment = (await administrator.post('/api/v1/attachments', undefined, { body: proofForm, type: 'multipart/form-data; boundary=proof', direct: true })).is(201).json;
const draftFields = () => ({ ...planFields(), code: '' });
/** The administrator's, made anew when it was deleted: a person keeps twenty at most. */
const spareDraft = async () => {
  const found = fixed.spare ? await administrator.get(`/api/v1/plans/drafts/${fixed.spare}`) : { status: 404 };
  const draft = found.status === 200 ? found.json : (await administrator.post('/api/v1/plans/drafts', draftFields())).is(201).json;
  fixed.spare = draft.id;
  return draft;
};
fixed.planDraft = (await administrator.post('/api/v1/plans/drafts', draftFields())).is(201).json;

const editOf = (entry) => ({ json: { fields: entry.fields }, version: entry.version });
const entryAt = (entry, act = '') => `/api/v1/registers/${entry.register}/entries/${entry.id}${act}`;
const create = (register, fields) => ({ target: `/api/v1/registers/${register}/entries`, json: { fields } });
const organizationFields = () => ({ name: unique('新单位'), uscc: usccNumber(1000 + count), kind: 'enterprise', region: '330402' });

/** What each row sends: by route, then by case. A value is {target, json, version, body, type, headers, as}. */
const requests = {
  'POST /api/v1/session': (column) => ({ json: { login: logins[accountOf(column)], password: passwords[accountOf(column)] }, headers: own }),
  'POST /api/v1/session/link': async () => ({ json: { token: linkToken((await newAccount()).link) }, headers: own }),
  'DELETE /api/v1/session': async (column, client) => {
    if (column === 'anonymous' || column in scopes) return {};
    return { as: client.signedIn(await anyone.post('/api/v1/session', { login: logins[column], password: passwords[column] }, { headers: own })) };
  },
  'PUT /api/v1/me/password': (column) => {
    const json = { old_password: passwords[accountOf(column)], new_password: unique(password) };
    if (!(column in scopes) && column !== 'anonymous') passwords[column] = json.new_password;
    return { json };
  },
  'POST /api/v1/me/tokens': () => ({ json: { name: 'one', scopes: ['read'], expires_on: tokenEnd } }),
  'DELETE /api/v1/me/tokens/{id}': {
    own: async (column) => ({ target: `/api/v1/me/tokens/${await newToken(region[accountOf(column)])}` }),
    "another's": async (column) => ({ target: `/api/v1/me/tokens/${await newToken(accountOf(column) === 'rival' ? provider : region.rival)}` }),
  },
  'POST /api/v1/accounts': () => ({ json: { login: `made-${++count}`, name: '新人', roles: ['enterprise'] } }),
  'GET /api/v1/accounts/{id}': {
    own: async (column) => ({ target: `/api/v1/accounts/${(await region[accountOf(column)].get('/api/v1/me')).json.account_id}` }),
    "another's": async () => ({ target: `/api/v1/accounts/${(await newAccount()).account.id}` }),
  },
  'PUT /api/v1/accounts/{id}': async () => {
    const { account } = await newAccount();
    return { target: `/api/v1/accounts/${account.id}`, json: { name: '改名', roles: ['auditor'], disabled: false }, version: account.version };
  },
  'POST /api/v1/accounts/{id}/link': async () => ({ target: `/api/v1/accounts/${(await newAccount()).account.id}/link` }),
  'GET /api/v1/registers/{register}': () => ({ target: '/api/v1/registers/needs' }),
  'GET /api/v1/code-lists/{id}': () => ({ target: '/api/v1/code-lists/segments' }),
  'GET /api/v1/registers/{register}/entries': () => ({ target: '/api/v1/registers/needs/entries' }),
  'GET /api/v1/registers/{register}/export.csv': () => ({ target: '/api/v1/registers/needs/export.csv' }),
  'GET /api/v1/registers/{register}/export.xlsx': () => ({ target: '/api/v1/registers/needs/export.xlsx' }),
  'GET /api/v1/atlas/{chain}': () => ({ target: `/api/v1/atlas/${encodeURIComponent('氢能')}` }),
  'GET /api/v1/atlas/{chain}/table.csv': () => ({ target: `/api/v1/atlas/${encodeURIComponent('氢能')}/table.csv` }),
  'GET /api/v1/atlas/{chain}/table.xlsx': () => ({ target: `/api/v1/atlas/${encodeURIComponent('氢能')}/table.xlsx` }),
  'GET /api/v1/atlas/nodes/{code}': () => ({ target: '/api/v1/atlas/nodes/hyd.stack' }),
  'POST /api/v1/policies/answers': {
    said: () => ({ json: { facts: { staff: 12 } } }),
    "enterprise's": () => ({ json: { organization: enterprise.organization.id, facts: {} } }),
  },
  'GET /api/v1/policies/{id}/entitled': () => ({ target: '/api/v1/policies/rd_deduction/entitled' }),
  'GET /api/v1/policies/{id}/entitled.csv': () => ({ target: '/api/v1/policies/rd_deduction/entitled.csv' }),
  'GET /api/v1/policies/{id}/entitled.xlsx': () => ({ target: '/api/v1/policies/rd_deduction/entitled.xlsx' }),
  'POST /api/v1/policies/{id}/lists': () => ({ target: '/api/v1/policies/rd_deduction/lists' }),
  'POST /api/v1/policies/{id}/what-if': () => ({ target: '/api/v1/policies/rd_deduction/what-if', json: { figures: {} } }),
  'GET /api/v1/appraisals/{id}/years/{year}': () => ({ target: '/api/v1/appraisals/science_platforms/years/2025' }),
  'GET /api/v1/appraisals/{id}/years/{year}/table.csv': () => ({ target: '/api/v1/appraisals/science_platforms/years/2025/table.csv' }),
  'GET /api/v1/appraisals/{id}/years/{year}/table.xlsx': () => ({ target: `${appraisal}/table.xlsx` }),
  'POST /api/v1/appraisals/{id}/years/{year}/confirmations': correction,
  'GET /api/v1/appraisals/{id}/years/{year}/confirmations/{version}': () => ({ target: `${appraisal}/confirmations/1` }),
  'GET /api/v1/appraisals/{id}/platforms/{platform}': () => ({ target: `/api/v1/appraisals/science_platforms/platforms/${fixed.platform.id}?year=2025` }),
  'GET /api/v1/search': () => ({ target: `/api/v1/search?q=${encodeURIComponent('涂层')}` }),
  'POST /api/v1/registers/{register}/entries': {
    organization: () => create('organizations', organizationFields()),
    achievement: (column) => create('achievements', { ...achievementFields, title: unique('成果'), owner: organizationOf(column).id }),
    need: (column) => create('needs', { ...needFields, title: unique('需求'), owner: organizationOf(column).id }),
    fund: (column) => create('funds', { ...fundFields, title: unique('基金'), owner: organizationOf(column).id }),
    "enterprise's": () => create('achievements', { ...achievementFields, title: unique('成果'), owner: enterprise.organization.id }),
  },
  'GET /api/v1/registers/{register}/entries/{id}': {
    draft: () => ({ target: entryAt(fixed.draft) }),
    published: () => ({ target: entryAt(fixed.need) }),
    anonymous: () => ({ target: entryAt(fixed.anonymous) }),
    invited: () => ({ target: entryAt(fixed.invited) }),
    withdrawn: () => ({ target: entryAt(fixed.withdrawn) }),
  },
  'PUT /api/v1/registers/{register}/entries/{id}': {
    draft: async () => changing(await newDraft()),
    published: async () => changing(await newNeed()),
    organization: async () => changing((await administrator.get(entryAt({ register: 'organizations', id: enterprise.organization.id }))).is(200).json),
  },
  'POST /api/v1/registers/{register}/entries/{id}/publish': { draft: async () => ({ target: entryAt(await newDraft(), '/publish') }) },
  'POST /api/v1/registers/{register}/entries/{id}/withdraw': {
    published: async () => ({ target: entryAt(await newNeed(), '/withdraw'), json: { reason: '不做了' } }),
    organization: async (column) => {
      const entry = (await administrator.get(entryAt({ register: 'organizations', id: enterprise.organization.id }))).is(200).json;
      if (entry.state !== 'published') (await administrator.post(entryAt(entry, '/publish'))).is(200);
      return { target: entryAt(entry, '/withdraw'), json: { reason: '注销' } };
    },
  },
  'GET /api/v1/registers/{register}/entries/{id}/versions': {
    draft: () => ({ target: entryAt(fixed.draft, '/versions') }),
    published: () => ({ target: entryAt(fixed.need, '/versions') }),
  },
  'POST /api/v1/registers/{register}/imports': {
    achievements: () => ({ target: '/api/v1/registers/achievements/imports', body: csvOf(), type: 'text/csv' }),
    organizations: () => ({ target: '/api/v1/registers/organizations/imports', body: '单位名称,统一社会信用代码,单位类型,所在地\n', type: 'text/csv' }),
  },
  'GET /api/v1/imports/{id}': () => ({ target: `/api/v1/imports/${fixed.import.id}` }),
  'POST /api/v1/imports/{id}/commit': async () => ({ target: `/api/v1/imports/${(await newImport()).id}/commit` }),
  'GET /api/v1/imports/{id}/events': () => ({ target: `/api/v1/imports/${fixed.import.id}/events` }),
  'GET /api/v1/imports/{id}/wrong-rows.csv': () => ({ target: `/api/v1/imports/${fixed.import.id}/wrong-rows.csv` }),
  'POST /api/v1/figure-trials': () => ({ json: { computed: { sql: 'SELECT count(*) FROM needs' }, is_public: false, frequency: 'year' } }),
  'POST /api/v1/indicators': () => ({ json: indicatorFields() }),
  'GET /api/v1/indicators/{id}': () => ({ target: `/api/v1/indicators/${fixed.indicator.id}` }),
  'GET /api/v1/cockpit.csv': () => ({ target: '/api/v1/cockpit.csv?picture=state' }),
  'GET /api/v1/indicators/{id}/history.csv': () => ({ target: `/api/v1/indicators/${fixed.indicator.id}/history.csv` }),
  'GET /api/v1/indicators/{id}/history.xlsx': () => ({ target: `/api/v1/indicators/${fixed.indicator.id}/history.xlsx` }),
  'PUT /api/v1/indicators/{id}': async () => {
    const made = await newIndicator();
    return { target: `/api/v1/indicators/${made.id}`, json: indicatorFields({ code: made.code, reason: '改' }), version: made.version };
  },
  'POST /api/v1/indicators/{id}/reports/{period}': async () => ({ target: `/api/v1/indicators/${(await newIndicator()).id}/reports/2026-Q1`, json: { act: 'report', value: 26 } }),
  'PUT /api/v1/steering-units': () => ({ json: { name: '市科技局', steers: false } }),
  'GET /api/v1/steering-units/{name}': () => ({ target: `/api/v1/steering-units/${encodeURIComponent('市科技局')}` }),
  'POST /api/v1/attachments': () => ({ body: proofForm, type: 'multipart/form-data; boundary=proof', direct: true }),
  'GET /api/v1/attachments/{id}': () => ({ target: `/api/v1/attachments/${fixed.attachment.id}` }),
  'GET /api/v1/attachments/{id}/content': () => ({ target: `/api/v1/attachments/${fixed.attachment.id}/content`, direct: true }),
  'POST /api/v1/plans/drafts': () => ({ json: draftFields() }),
  'GET /api/v1/plans/drafts/{id}': () => ({ target: `/api/v1/plans/drafts/${fixed.planDraft.id}` }),
  'PUT /api/v1/plans/drafts/{id}': async () => {
    const { id, version } = await spareDraft();
    return { target: `/api/v1/plans/drafts/${id}`, json: draftFields(), version };
  },
  'DELETE /api/v1/plans/drafts/{id}': async () => {
    const { id, version } = await spareDraft();
    return { target: `/api/v1/plans/drafts/${id}`, version };
  },
  'POST /api/v1/tasks': () => ({ json: taskFields() }),
  'GET /api/v1/tasks/changes': () => ({ target: '/api/v1/tasks/changes?from=2026-01-01&to=2026-12-31' }),
  'GET /api/v1/tasks/{id}': () => ({ target: `/api/v1/tasks/${fixed.task.id}` }),
  'PUT /api/v1/tasks/{id}': async () => {
    const made = (await administrator.post('/api/v1/tasks', taskFields())).is(201).json;
    return { target: `/api/v1/tasks/${made.id}`, json: { ...taskFields(), title: made.title }, version: made.version };
  },
  'POST /api/v1/plans': () => ({ json: planFields() }),
  'POST /api/v1/plans/readings': () => ({ body: '一、总则\n（一）打造平台。每年举办路演活动不少于30场。（责任单位：市科技局）\n', type: 'text/plain' }),
  'GET /api/v1/plans/{id}': () => ({ target: `/api/v1/plans/${fixed.plan.id}` }),
  'POST /api/v1/reviews': () => ({ json: reviewFields() }),
  'GET /api/v1/reviews/{id}': () => ({ target: `/api/v1/reviews/${fixed.review.id}` }),
  'GET /api/v1/reviews/{id}/report.docx': () => ({ target: `/api/v1/reviews/${fixed.review.id}/report.docx` }),
  'GET /api/v1/reviews/{id}/report.xlsx': () => ({ target: `/api/v1/reviews/${fixed.review.id}/report.xlsx` }),
  'PUT /api/v1/reviews/{id}': async () => {
    const made = (await administrator.post('/api/v1/reviews', reviewFields())).is(201).json;
    return { target: `/api/v1/reviews/${made.id}`, json: { period: made.period, held_on: made.held_on, notes: [], decisions: [] }, version: made.version };
  },
  'GET /api/v1/needs/{id}/problems': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/problems` }),
    invited: () => ({ target: `/api/v1/needs/${fixed.invited.id}/problems` }),
  },
  'PUT /api/v1/needs/{id}/problems': {
    published: async () => splitting(await newNeed()),
    draft: async () => splitting(await newDraft()),
  },
  'GET /api/v1/needs/{id}/split-advice': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/split-advice` }),
    draft: () => ({ target: `/api/v1/needs/${fixed.draft.id}/split-advice` }),
  },
  'DELETE /api/v1/needs/{id}/split-advice': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/split-advice` }),
    draft: () => ({ target: `/api/v1/needs/${fixed.draft.id}/split-advice` }),
  },
  'GET /api/v1/needs/{id}/matches': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/matches` }),
    draft: () => ({ target: `/api/v1/needs/${fixed.draft.id}/matches` }),
  },
  'GET /api/v1/needs/{id}/plans': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/plans` }),
    draft: () => ({ target: `/api/v1/needs/${fixed.draft.id}/plans` }),
    invited: () => ({ target: `/api/v1/needs/${fixed.invited.id}/plans` }),
  },
  'POST /api/v1/matches/preview': () => ({ json: { title: needFields.title, text: needFields.text } }),
  'GET /api/v1/needs/{id}/feedback': {
    published: () => ({ target: `/api/v1/needs/${fixed.need.id}/feedback` }),
    invited: () => ({ target: `/api/v1/needs/${fixed.invited.id}/feedback` }),
  },
  'PUT /api/v1/needs/{id}/feedback/{supply}': {
    published: async () => marking(await newNeed()),
    draft: async () => marking(await newDraft()),
  },
  'POST /api/v1/analytics/queries': () => ({ json: { sql: 'SELECT 1' } }),
  'POST /api/v1/analytics/queries.csv': () => ({ json: { sql: 'SELECT 1' } }),
  'POST /api/v1/analytics/queries.xlsx': () => ({ json: { sql: 'SELECT 1' } }),
  'POST /api/v1/analytics/saved-queries': () => ({ json: { title: '需求数', sql: 'SELECT count(*) FROM needs' } }),
  'GET /api/v1/analytics/saved-queries/{id}': async () => ({ target: `/api/v1/analytics/saved-queries/${(await newQuery()).id}` }),
  'PUT /api/v1/analytics/saved-queries/{id}': async () => ({ target: `/api/v1/analytics/saved-queries/${(await newQuery()).id}`, json: { title: '需求', sql: 'SELECT 1' }, version: 1 }),
  'DELETE /api/v1/analytics/saved-queries/{id}': async () => ({ target: `/api/v1/analytics/saved-queries/${(await newQuery()).id}`, version: 1 }),
  'GET /api/v1/digests/{id}': () => ({ target: `/api/v1/digests/${fixed.digest.id}` }),
  'PUT /api/v1/digests/{id}/read': () => ({ target: `/api/v1/digests/${fixed.digest.id}/read`, json: { read: true } }),
  'GET /api/v1/rounds/{id}': () => ({ target: `/api/v1/rounds/${fixed.round.id}` }),
  'GET /api/v1/rounds/{id}/events': () => ({ target: `/api/v1/rounds/${fixed.round.id}/events` }),
  'GET /api/v1/rounds/{id}/mail': () => ({ target: `/api/v1/rounds/${fixed.round.id}/mail` }),
  'POST /api/v1/deals': async () => ({ json: proposal(await newNeed(), fixed.supply) }),
  'GET /api/v1/deals/{id}': () => ({ target: `/api/v1/deals/${fixed.deal.id}` }),
  'POST /api/v1/deals/{id}/acts': {
    agree: async () => acting(await newDeal(), { act: 'agree' }),
    terminate: async () => {
      const deal = await newDeal();
      const agreed = (await provider.post(`/api/v1/deals/${deal.id}/acts`, { act: 'agree' }, { version: deal.version })).is(200).json;
      return acting(agreed, { act: 'terminate', note: '停产' });
    },
  },
  'GET /api/v1/statements/{id}': () => ({ target: `/api/v1/statements/${fixed.supply.statements[0].id}` }),
  'GET /api/v1/statements/{id}/receipt': () => ({ target: `/api/v1/statements/${fixed.supply.statements[0].id}/receipt` }),
  'POST /api/v1/receipts/verify': () => ({ body: fixed.receipt, type: 'text/plain' }),
};
const fundFields = { title: '基金', text: '投早投小', kind: 'angel', region: '330402' };
function changing(entry) {
  return { target: entryAt(entry), json: { fields: { ...entry.fields, ...(entry.register === 'needs' ? { text: '改过' } : { summary: unique('改过') }) } }, version: entry.version };
}
function marking(need) {
  return { target: `/api/v1/needs/${need.id}/feedback/${fixed.supply.id}`, json: { mark: 'shortlisted' } };
}
function splitting(need) {
  return { target: `/api/v1/needs/${need.id}/problems`, json: { problems: [{ text: '一个问题' }] }, version: 0 };
}
function acting(deal, json) {
  return { target: `/api/v1/deals/${deal.id}/acts`, json, version: deal.version };
}
async function newToken(client) {
  return (await client.post('/api/v1/me/tokens', { name: 'extra', scopes: ['read'], expires_on: tokenEnd })).is(201).json.id;
}

// ---- the table ----

async function readTable() {
  const lines = (await readFile(new URL('access.table', import.meta.url), 'utf8')).split('\n').filter((line) => line.trim() && !line.startsWith('#'));
  const columns = lines.shift().trim().split(/\s+/).slice(1);
  return {
    columns,
    rows: lines.map((line) => {
      const words = line.trim().split(/\s+/);
      const statuses = words.splice(-columns.length).map(Number);
      assert.ok(statuses.every(Number.isInteger) && words.length >= 2 && words.length <= 3, `access.table: ${line}`);
      return { route: `${words[0]} ${words[1]}`, path: words[1], method: words[0], name: words[2], statuses };
    }),
  };
}
const { columns, rows } = await readTable();

test('the table has every route of api/openapi.json and no other', async () => {
  const { paths } = JSON.parse(await readFile(openapiFile, 'utf8'));
  const known = Object.entries(paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`));
  assert.deepEqual([...new Set(rows.map((row) => row.route))].sort(), known.sort());
  assert.deepEqual(columns, Object.keys(askers));
});

for (const row of rows) {
  test(`${row.route}${row.name ? ` (${row.name})` : ''}`, async () => {
    const entry = requests[row.route] ?? (() => ({}));
    const make = row.name ? entry[row.name] : entry;
    assert.equal(typeof make, 'function', `access.test.mjs sends nothing for ${row.route} ${row.name ?? ''}`);
    const wrong = [];
    for (const [at, column] of columns.entries()) {
      const { target = row.path, as, ...options } = await make(column, askers[column]);
      // Prism answers for the node when credentials are missing, so that the anonymous reader asks the node itself.
      const answer = await (as ?? askers[column]).send(row.method, target, { ...options, direct: options.direct || column === 'anonymous' });
      if (answer.status !== row.statuses[at]) wrong.push(`${column}: ${answer.status} instead of ${row.statuses[at]}: ${answer.text.slice(0, 300)}`);
      else if (answer.status >= 400) answer.isProblem(answer.status);
    }
    assert.equal(wrong.length, 0, wrong.join('\n'));
  });
}
