// Who an anonymous need belongs to, and that an invited need exists, is nobody else's to learn: not from lists, entries,
// matches, search, exports, histories, statements, receipts, deals, imports or error texts.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { act, achievementFields, lookalikeFields, makePerson, needFields, proposal, publish, startRegion, steps, usccNumber } from './lib/world.mjs';

const region = await startRegion();
const { administrator, anyone, auditor, department, enterprise, financier, organizations, provider, rival } = region;
const step = steps();
const needs = '/api/v1/registers/needs/entries';
const secrets = [organizations.enterprise.id, organizations.enterprise.title, usccNumber(1), '13800001111', '赵厂长'];

const confidential = { ...needFields, contact_phone: '13800001111', tried: '试过喷塑和电镀锌' };
const anonymous = await publish(enterprise, 'needs', { ...confidential, title: '匿名的需求', confidentiality: 'anonymous' });
const invited = await publish(enterprise, 'needs', { ...confidential, title: '受邀的需求', confidentiality: 'invited' });
const supply = await publish(provider, 'achievements', achievementFields);
const otherSupply = await publish(provider, 'achievements', lookalikeFields);

/** Everything that somebody can read about needs, as one text each. */
async function everythingSeenBy(client) {
  const signedIn = client !== anyone;
  const paths = [
    needs, `${needs}?q=${encodeURIComponent('需求')}&sort=title`, `${needs}/${anonymous.id}`, `${needs}/${invited.id}`, '/api/v1/registers/needs/export.csv', '/api/v1/overview',
    `/api/v1/search?q=${encodeURIComponent('阀体 需求')}`, `/api/v1/needs/${anonymous.id}/problems`, `/api/v1/needs/${invited.id}/problems`,
    `/api/v1/statements?subject=${anonymous.id}`, `/api/v1/statements?subject=${invited.id}`,
    ...(signedIn ? [`${needs}/${anonymous.id}/versions`, `${needs}/${invited.id}/versions`, `/api/v1/needs/${anonymous.id}/matches`, `/api/v1/needs/${invited.id}/matches`, '/api/v1/deals', '/api/v1/inbox'] : []),
  ];
  const seen = {};
  for (const path of paths) seen[path] = (await client.get(path)).text;
  for (const statement of [...anonymous.statements, ...invited.statements]) {
    const receipt = (await client.get(`/api/v1/statements/${statement.id}/receipt`)).is(200).text;
    const extra = /^extra (\S+)$/m.exec(receipt);
    const inside = JSON.parse(Buffer.from(extra[1], 'base64').toString());
    seen[`receipt ${statement.kind} ${statement.id}`] = inside.public + Buffer.from(inside.statement, 'base64').toString('latin1');
  }
  return seen;
}
function holdsNone(seen, words, who) {
  for (const [path, text] of Object.entries(seen)) for (const word of words) assert.ok(!text.includes(word), `${who} learns ${word} from ${path}:\n${text.slice(0, 1500)}`);
}
const strangers = { anyone, rival, provider, financier };

test('strangers see an anonymous need, but not whose it is', async () => {
  for (const [who, client] of Object.entries(strangers)) {
    const entry = (await client.get(`${needs}/${anonymous.id}`)).is(200).json;
    assert.deepEqual([entry.title, entry.owner_hidden, entry.owner, entry.fields.owner, entry.fields.contact_phone, entry.fields.tried], ['匿名的需求', true, undefined, undefined, undefined, undefined], who);
    holdsNone(await everythingSeenBy(client), secrets, who);
  }
});

test('strangers see nothing at all of an invited need', async () => {
  for (const [who, client] of Object.entries(strangers)) {
    (await client.get(`${needs}/${invited.id}`)).isProblem(404, 'not_found');
    holdsNone(await everythingSeenBy(client), ['受邀的需求', '试过喷塑和电镀锌'], who);
    const listed = (await client.get(needs)).json;
    assert.deepEqual([listed.total, listed.items.map((entry) => entry.id)], [1, [anonymous.id]], who);
  }
});

test('the owner, the department, the administrator and the auditor see both', async () => {
  for (const client of [enterprise, department, administrator, auditor])
    for (const need of [anonymous, invited]) assert.equal((await client.get(`${needs}/${need.id}`)).is(200).json.owner.id, organizations.enterprise.id);
});

test('asking for one owner’s needs does not give an anonymous one away', async () => {
  for (const client of Object.values(strangers)) {
    for (const path of [`${needs}?owner=${organizations.enterprise.id}`, `/api/v1/registers/needs/export.csv?owner=${organizations.enterprise.id}`])
      assert.ok(!(await client.get(path)).is(200).text.includes('匿名的需求'), path);
  }
  assert.equal((await enterprise.get(`${needs}?owner=${organizations.enterprise.id}`)).json.total, 2);
});

test('an import or a new entry in the enterprise’s name is refused alike, whether it hits a need or not', async () => {
  const csv = (title) => `标题,提出单位,问题描述,所在地,公开方式\n${title},${usccNumber(1)},文字,南湖区,公开\n`;
  const verdict = async (title) => {
    const { new: fresh, changed, same, wrong, problems } = (await rival.post('/api/v1/registers/needs/imports', undefined, { body: csv(title), type: 'text/csv' })).is(201).json;
    return { fresh, changed, same, wrong, problems };
  };
  assert.deepEqual(await verdict('匿名的需求'), await verdict('没有的需求'));
  const create = (title) => rival.post(needs, { fields: { ...needFields, title, owner: organizations.enterprise.id } });
  assert.equal((await create('匿名的需求')).isProblem(403).text, (await create('没有的需求')).isProblem(403).text);
});

test('no stranger can propose a deal about a need that is not his to see', async () => {
  const unseen = await provider.post('/api/v1/deals', proposal(invited, supply));
  const none = await provider.post('/api/v1/deals', proposal({ id: 'need_01ARZ3NDEKTSV4RRFFQ69G5FAV' }, supply));
  assert.equal(unseen.isProblem(404).text, none.isProblem(404).text);
});

let deal;
step('the provider proposes for an anonymous need without learning whose it is', async () => {
  deal = (await provider.post('/api/v1/deals', proposal(anonymous, supply))).is(201).json;
  assert.deepEqual(deal.buyer, { hidden: true });
  for (const path of [`/api/v1/deals/${deal.id}`, '/api/v1/deals', '/api/v1/inbox']) holdsNone({ [path]: (await provider.get(path)).is(200).text }, secrets, 'the provider');
  holdsNone(await everythingSeenBy(provider), secrets, 'the provider');
  (await rival.get(`/api/v1/deals/${deal.id}`)).isProblem(404);
});

step('new terms of the enterprise do not disclose it either', async () => {
  const { need_id, supply_id, ...terms } = proposal(anonymous, supply);
  deal = await act(enterprise, deal, 'revise', { terms, note: '改了期限' });
  holdsNone({ deal: (await provider.get(`/api/v1/deals/${deal.id}`)).is(200).text }, secrets, 'the provider');
  deal = (await provider.get(`/api/v1/deals/${deal.id}`)).json;
  deal = await act(provider, deal, 'revise', { terms, note: '再改' });
});

step('when the enterprise agrees, the provider learns it, and nobody else', async () => {
  deal = await act(enterprise, deal, 'agree');
  const seen = (await provider.get(`/api/v1/deals/${deal.id}`)).is(200).json;
  assert.deepEqual([seen.buyer.id, seen.buyer.name], [organizations.enterprise.id, organizations.enterprise.title]);
  const entry = (await provider.get(`${needs}/${anonymous.id}`)).is(200).json;
  assert.deepEqual([entry.owner.id, entry.owner_hidden, entry.fields.tried, entry.fields.contact_phone], [organizations.enterprise.id, undefined, '试过喷塑和电镀锌', undefined]);
  for (const [who, client] of Object.entries({ anyone, rival, financier })) {
    holdsNone(await everythingSeenBy(client), secrets, who);
    for (const statement of seen.statements) holdsNone({ [`/api/v1/statements/${statement.id}`]: (await client.get(`/api/v1/statements/${statement.id}`)).is(200).text }, [...secrets, organizations.provider.id, organizations.provider.title, '60000000'], who);
  }
});

test('a proposal for an invited need is the invitation, and only for the one invited', async () => {
  const invitation = (await enterprise.post('/api/v1/deals', proposal(invited, otherSupply))).is(201).json;
  assert.equal((await provider.get(`${needs}/${invited.id}`)).is(200).json.owner.id, organizations.enterprise.id);
  assert.equal((await provider.get(`/api/v1/deals/${invitation.id}`)).is(200).json.buyer.name, organizations.enterprise.title);
  for (const [who, client] of Object.entries({ anyone, rival, financier })) {
    (await client.get(`${needs}/${invited.id}`)).isProblem(404);
    holdsNone(await everythingSeenBy(client), ['受邀的需求'], who);
  }
});

test('a need that becomes anonymous hides its owner also in its older versions', async () => {
  const open = await publish(enterprise, 'needs', { ...confidential, title: '后来匿名的需求' });
  (await enterprise.put(`${needs}/${open.id}`, { fields: { ...open.fields, confidentiality: 'anonymous' } }, { version: open.version })).is(200);
  for (const [who, client] of Object.entries({ rival, financier })) holdsNone({ versions: (await client.get(`${needs}/${open.id}/versions`)).is(200).text }, secrets, who);
});

test('strangers do not see drafts that came before a publication', async () => {
  const draft = (await enterprise.post(needs, { fields: { ...needFields, title: '先写草稿', text: '草稿里的秘密' } })).is(201).json;
  const edited = (await enterprise.put(`${needs}/${draft.id}`, { fields: { ...draft.fields, text: '可以公开的话' } }, { version: 1 })).is(200).json;
  (await enterprise.post(`${needs}/${draft.id}/publish`, undefined, { version: edited.version })).is(200);
  holdsNone({ versions: (await rival.get(`${needs}/${draft.id}/versions`)).is(200).text }, ['草稿里的秘密', '赵厂长'], 'the rival');
  assert.equal((await enterprise.get(`${needs}/${draft.id}/versions`)).json.items.length, 3);
});

test('a split that the owner edited is seen by whoever sees the need, without its author', async () => {
  (await enterprise.put(`/api/v1/needs/${anonymous.id}/problems`, { problems: [{ text: '只有一个问题' }] }, { version: 0 })).is(200);
  const seen = (await anyone.get(`/api/v1/needs/${anonymous.id}/problems`)).is(200);
  assert.equal(seen.json.problems[0].text, '只有一个问题');
  holdsNone({ problems: seen.text }, secrets, 'anyone');
});

test('people of an organization see what is its own and no more', async () => {
  const colleague = await makePerson(administrator, anyone, 'colleague', '同事', ['enterprise'], organizations.enterprise);
  assert.equal((await colleague.get(`${needs}/${invited.id}`)).is(200).json.owner.id, organizations.enterprise.id);
  assert.ok((await colleague.get('/api/v1/deals')).json.total >= 2);
  assert.equal((await rival.get('/api/v1/deals')).json.total, 0);
  const loner = await makePerson(administrator, anyone, 'loner', '无单位', ['enterprise']);
  assert.equal((await loner.get('/api/v1/deals')).json.total, 0);
  (await loner.get(`${needs}/${invited.id}`)).isProblem(404);
  (await loner.post(needs, { fields: needFields }, { direct: true })).isProblem(422);
});

test('what was seen would have been noticed', () => {
  assert.throws(() => holdsNone({ path: `… ${organizations.enterprise.title} …` }, secrets, 'anyone'), /learns/);
});
