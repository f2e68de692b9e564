// What people see of language models: an administrator how far they are and what is wrong, the owner of a need a proposed split that is
// taken or left, and a match that says it was found by meaning. A real node, a real browser, and an endpoint that speaks the protocol.
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { after } from 'node:test';

import { audit, fits, narrow, nothingWrong, openBrowser, person, settled, shot, wide } from '../../web/tests/browser.mjs';
import { cookieName } from '../e2e/lib/client.mjs';
import { dimensions, ModelServer } from '../e2e/lib/model_server.mjs';
import { waitFor } from '../e2e/lib/node.mjs';
import { achievementFields, needFields, publish, startRegion, steps } from '../e2e/lib/world.mjs';

const test = steps();
const { administrator, enterprise, provider, node } = await startRegion({ proxy: false });
const server = await ModelServer.start();
const browser = await openBrowser(process.env.CHROMIUM ?? '/usr/bin/chromium');
after(async () => {
  await browser.close();
  await server.stop();
});

/** A browser in which somebody is signed in. */
async function browserOf(client, options) {
  const who = await person(browser, node.address, options);
  await who.context.addCookies([{ name: cookieName, value: client.headers.Cookie.slice(cookieName.length + 1), url: node.address.replace('http:', 'https:'), secure: true, httpOnly: true }]);
  await who.context.addInitScript(() => localStorage.setItem('jingwei.signed-in', '1'));
  return who;
}

const both = ['阀体盐雾 240 小时就起泡', '去毛刺全靠人工，一班只能做 300 件'];
server.reply = () => ({ problems: both.map((text) => ({ text })) });
const near = await publish(provider, 'achievements', { ...achievementFields, title: '等离子电解沉积陶瓷膜', text: '轻金属构件原位生成致密氧化物层。', segment: 'ai.software' });
for (const [title, text] of [['货架标签识别小车', '自动盘点仓库。'], ['羊毛衫防缩整理', '洗涤五次不变形。'], ['污泥低温干化', '含水率降到三成。']]) await publish(provider, 'achievements', { ...achievementFields, title, text, segment: 'ai.software' });
const needOf = (title) => publish(enterprise, 'needs', { ...needFields, title, text: `${both.join('，')}。` });
const taken = await needOf('阀体盐雾试验过不了');
const left = await needOf('阀体盐雾试验和去毛刺');

await node.stop();
await appendFile(path.join(node.data, 'node.toml'), `
[embeddings]
url = "${server.url}"
model = "bigrams"
dimensions = ${dimensions}
timeout_ms = 1000
[chat]
url = "${server.url}"
model = "talker"
timeout_ms = 1000
`);
await node.start();
await waitFor('both models to be done', async () => (await administrator.get('/api/v1/admin/models')).is(200).json.items.every((one) => !one.reading && one.waiting === 0));

test('an administrator sees which models are asked, how far they are, and what is wrong', async () => {
  for (const [id, viewport, language] of [['zh-1366', wide], ['zh-390', narrow], ['en-1366', wide, 'en'], ['en-390', narrow, 'en']]) {
    const who = await browserOf(administrator, { viewport, language });
    await who.page.goto('/admin/node');
    await settled(who.page);
    for (const model of ['bigrams', 'talker']) await who.page.getByRole('definition').getByText(model, { exact: true }).waitFor();
    await shot(who.page, `models-${id}`);
    await fits(who.page, 'the state of models');
    await audit(who.page, 'the state of models');
    nothingWrong(who);
    await who.context.close();
  }
  server.misdeed = 'refuses_key';
  await publish(provider, 'achievements', { ...achievementFields, title: '来得不巧的氧化物膜' });
  const who = await browserOf(administrator);
  await waitFor('the refusal to be told', async () => (await administrator.get('/api/v1/admin/models')).json.items.some((one) => one.last_error));
  await who.page.goto('/admin/node');
  await who.page.getByText('不接受密钥（401）').waitFor();
  server.misdeed = null;
  await who.context.close();
});

test('a match that was found by meaning says so', async () => {
  const who = await browserOf(enterprise);
  await who.page.goto(`/needs/${taken.id}`);
  await settled(who.page);
  const match = who.page.locator('.match-list > li', { hasText: near.title });
  await match.getByText(/意思相近（语义模型的判断/).waitFor();
  nothingWrong(who);
  await who.context.close();
});

test('the owner takes a proposed split', async () => {
  const who = await browserOf(enterprise);
  await who.page.goto(`/needs/${taken.id}`);
  const advice = who.page.getByRole('region', { name: '模型建议的拆分' });
  await advice.getByText('由语言模型 talker 从您的原文中摘出').waitFor();
  assert.deepEqual(await advice.getByRole('listitem').allInnerTexts(), both);
  await audit(who.page, 'a proposed split');
  await shot(who.page, 'split-advice');
  await who.page.setViewportSize(narrow);
  await fits(who.page, 'a proposed split on a phone');
  await shot(who.page, 'split-advice-390');
  await who.page.setViewportSize(wide);
  await advice.getByRole('button', { name: '采用', exact: true }).click();
  await who.page.getByText('已由需求方调整').waitFor();
  await advice.waitFor({ state: 'detached' });
  assert.deepEqual((await enterprise.get(`/api/v1/needs/${taken.id}/problems`)).json.problems.map((one) => one.text), both);
  nothingWrong(who);
  await who.context.close();
});

test('another proposal is left, and does not come back', async () => {
  const who = await browserOf(enterprise);
  await who.page.goto(`/needs/${left.id}`);
  const advice = who.page.getByRole('region', { name: '模型建议的拆分' });
  await advice.getByRole('button', { name: '不采用' }).click();
  await advice.waitFor({ state: 'detached' });
  await who.page.reload();
  await settled(who.page);
  assert.equal(await advice.count(), 0);
  nothingWrong(who);
  await who.context.close();
});
