// A node with people: an administrator, a department, two enterprises, a provider, a financier, an auditor.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Client } from './client.mjs';
import { linkToken, Node, temporaryFolder } from './node.mjs';
import { Proxy } from './proxy.mjs';

/** A day on which new API tokens may end: they live for a year at most. */
export const tokenEnd = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
export const password = 'seven lanterns over the south lake';

/** 统一社会信用代码 with its check digit (GB 32100-2015) from 17 characters. */
export function uscc(first17) {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return first17 + alphabet[(31 - (sum % 31)) % 31];
}
export const usccNumber = (number) => uscc(`91330402MA${String(number).padStart(7, '0')}`);

/** A started node with its proxy, and an anonymous client; all of it goes away after the tests of the file. */
export async function startNode({ init = [], proxy: wantsProxy = true } = {}) {
  const place = await temporaryFolder();
  const cleanups = [place.remove];
  after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });
  const node = await Node.make(place.folder, { init });
  cleanups.push(() => node.stop());
  await node.start();
  let proxy;
  if (wantsProxy) {
    proxy = await Proxy.start(node.address);
    cleanups.push(() => proxy.stop());
  }
  return { folder: place.folder, node, proxy, anyone: new Client(node, proxy) };
}

/** Signs in by a one-time link and sets the password. */
export async function enter(anyone, token, secret = password) {
  const client = anyone.signedIn(await anyone.post('/api/v1/session/link', { token }, { headers: { 'X-Jingwei-Request': '1' } }));
  (await client.put('/api/v1/me/password', { new_password: secret })).is(204);
  return client;
}

export async function makeOrganization(administrator, number, name, kind, region = '330402') {
  const fields = { name, uscc: usccNumber(number), kind, region };
  return (await administrator.post('/api/v1/registers/organizations/entries', { fields, publish: true })).is(201).json;
}

export async function makePerson(administrator, anyone, login, name, roles, organization) {
  const body = { login, name, roles, ...(organization ? { organization_id: organization.id } : {}) };
  const made = (await administrator.post('/api/v1/accounts', body)).is(201).json;
  const client = await enter(anyone, linkToken(made.link));
  client.account = made.account;
  client.organization = organization;
  return client;
}

/** startNode() with one person of each role. */
export async function startRegion(options) {
  const started = await startNode(options);
  const { anyone, node } = started;
  const administrator = await enter(anyone, node.firstLink);
  const organizations = {
    enterprise: await makeOrganization(administrator, 1, '嘉兴示例精密机械有限公司', 'enterprise'),
    rival: await makeOrganization(administrator, 2, '海宁示例纺织有限公司', 'enterprise', '330481'),
    provider: await makeOrganization(administrator, 3, '示例表面工程研究院', 'institute', '330411'),
    bank: await makeOrganization(administrator, 4, '示例科创银行', 'bank'),
    department: await makeOrganization(administrator, 5, '示例市科学技术局', 'department', '330400'),
  };
  const person = (login, name, role, organization) => makePerson(administrator, anyone, login, name, [role], organization);
  return {
    ...started,
    organizations,
    administrator,
    department: await person('dept', '钱科长', 'department', organizations.department),
    enterprise: await person('enterprise', '赵厂长', 'enterprise', organizations.enterprise),
    rival: await person('rival', '孙经理', 'enterprise', organizations.rival),
    provider: await person('provider', '李教授', 'provider', organizations.provider),
    financier: await person('financier', '周经理', 'financier', organizations.bank),
    auditor: await person('auditor', '吴审计', 'auditor'),
  };
}

export const achievementFields = {
  title: '铝合金微弧氧化耐磨涂层技术',
  text: '针对铝合金零件表面硬度低、盐雾腐蚀快的问题，用微弧氧化在表面原位生长陶瓷层，硬度达 1200HV，中性盐雾 1000 小时不起泡，适用于气缸、导轨和阀体。',
  segment: 'chem.surface',
  region: '330411',
  trl: 8,
  price_fen: 50_000_000,
};
export const lookalikeFields = {
  title: '铝合金门窗型材色彩搭配方法',
  text: '面向建筑装饰的铝合金门窗型材颜色与纹理搭配软件，提供效果图渲染，不涉及表面处理和耐磨。',
  segment: 'ai.software',
  region: '330411',
  trl: 6,
};
export const needFields = {
  title: '铝合金阀体表面磨损快、盐雾试验过不了',
  text: '我们做气动阀，阀体是铝合金压铸件，用半年表面就磨花漏气，盐雾试验 240 小时就起泡。试过普通阳极氧化，膜太薄。想找一种表面处理，硬度到 800HV 以上，盐雾 720 小时不起泡。另外，去毛刺现在全靠人工，一班只能做 300 件，想换成自动去毛刺。',
  segment: 'chem.surface',
  region: '330402',
  budget_fen: 80_000_000,
  deadline: '2099-12-31',
  confidentiality: 'public',
};

export async function publish(client, register, fields) {
  return (await client.post(`/api/v1/registers/${register}/entries`, { fields, publish: true })).is(201).json;
}

export function proposal(need, supply, more = {}) {
  return {
    need_id: need.id,
    supply_id: supply.id,
    kind: 'development',
    title: '阀体微弧氧化工艺开发',
    scope: '在甲方阀体上开发微弧氧化工艺，硬度不低于 800HV，中性盐雾 720 小时不起泡。',
    contract_total_fen: 60_000_000,
    technology_amount_fen: 50_000_000,
    starts_on: '2099-01-01',
    ends_on: '2099-12-31',
    milestones: [
      { title: '小样合格', due_on: '2099-06-30', amount_fen: 20_000_000 },
      { title: '产线验证', due_on: '2099-12-31', amount_fen: 40_000_000 },
    ],
    ...more,
  };
}

/** An act on a deal as it stands; answers the deal afterwards. */
export async function act(client, deal, name, more = {}) {
  const answer = await client.post(`/api/v1/deals/${deal.id}/acts`, { act: name, ...more }, { version: deal.version });
  return answer.is(200).json;
}

/** A `test` for files whose tests go on from each other: after a failure the later ones say so and stop at once. */
export function steps() {
  let broken;
  return (name, body) =>
    test(name, async (context) => {
      if (broken) assert.fail(`an earlier step failed: ${broken}`);
      try {
        await body(context);
      } catch (failed) {
        broken = name;
        throw failed;
      }
    });
}
