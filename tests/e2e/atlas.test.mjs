// The industry atlas: from imported files to measures, lists, leads and a node's page.
import assert from 'node:assert/strict';

import { waitFor } from './lib/node.mjs';
import { achievementFields, makeOrganization, needFields, publish, startRegion, steps, usccNumber } from './lib/world.mjs';

const { administrator, anyone, department, enterprise } = await startRegion();
const step = steps();
const hydrogen = `/api/v1/atlas/${encodeURIComponent('氢能')}`;

async function importAll(register, ...lines) {
  const checked = (await department.post(`/api/v1/registers/${register}/imports?publish=true`, undefined, { body: lines.join('\r\n'), type: 'text/csv' })).is(201).json;
  assert.equal(checked.wrong, 0, JSON.stringify(checked.problems));
  (await department.post(`/api/v1/imports/${checked.id}/commit`)).is(202);
  await waitFor('the import', async () => (await department.get(`/api/v1/imports/${checked.id}`)).is(200).json.state === 'done');
}
const nodeOf = (chain, code) => chain.nodes.find((node) => node.code === code);

step('an atlas without entries is empty, and says from where it is seen', async () => {
  assert.deepEqual((await anyone.get('/api/v1/atlas')).is(200).json, { region: { code: '330400', name: '嘉兴市', full_name: '浙江省嘉兴市', parent: '330000' }, items: [] });
  (await anyone.get(hydrogen)).isProblem(404, 'not_found');
  (await anyone.get('/api/v1/atlas/nodes/hyd.stack')).isProblem(404, 'not_found');
  (await anyone.get('/api/v1/atlas?region=999999')).isProblem(422, 'invalid');
});

step('three files make a chain', async () => {
  await makeOrganization(administrator, 11, '上海示例膜材料有限公司', 'enterprise', '310112');
  await makeOrganization(administrator, 12, '嘉兴示例电堆有限公司', 'enterprise', '330402');
  await importAll('chain-segments', '节点名称,所属产业链,节点代码,节点类型,上下游位置,产业链环节,维护单位,出处,虚构示例',
    '质子交换膜,氢能,hyd.membrane,产品,上游,hydrogen.cell,,,是', '电堆,氢能,hyd.stack,产品,中游,hydrogen.cell,,,是', '重卡,氢能,hyd.truck,产品,下游,,,,是');
  await importAll('chain-edges', '关系名称,所属产业链,起点代码,终点代码,关系类型,维护单位,出处,虚构示例',
    '膜到电堆,氢能,hyd.membrane,hyd.stack,上游供给,,,是', '电堆到重卡,氢能,hyd.stack,hyd.truck,上游供给,,,是', '重卡回电堆,氢能,hyd.truck,hyd.stack,上游供给,,,是');
  await importAll('chain-positions', '上链名称,上链单位,节点代码,区域采购占比,所在地,维护单位,出处,虚构示例',
    `膜,${usccNumber(11)},hyd.membrane,70,闵行区,,年报第 3 页,是`, `电堆一,${usccNumber(12)},hyd.stack,,南湖区,,,是`, `电堆二,${usccNumber(1)},hyd.stack,,南湖区,,,是`);
  const { items } = (await anyone.get('/api/v1/atlas')).is(200).json;
  assert.deepEqual(items, [{ chain: '氢能', nodes: 3, edges: 3, organizations: 3, covered: 1, single_source: 1, missing: 2 }]);
});

step('the chain has measures, lists with reasons, leads with evidence, and names the cycle', async () => {
  const chain = (await anyone.get(hydrogen)).is(200).json;
  assert.equal(chain.thresholds.hhi, 1800);
  assert.deepEqual(chain.nodes.map((node) => [node.code, node.risk]), [['hyd.membrane', 'missing'], ['hyd.stack', 'concentrated'], ['hyd.truck', 'missing']]);
  const stack = nodeOf(chain, 'hyd.stack');
  assert.deepEqual([stack.local_suppliers, stack.suppliers, stack.hhi, stack.hhi_basis, stack.betweenness, stack.dominator, stack.dominates, stack.paths_lost_share],
    [2, 2, 5000, 'equal', 1, 'hyd.membrane', 1, 1]);
  assert.deepEqual(chain.edges.filter((edge) => edge.left_out), [{ from: 'hyd.truck', to: 'hyd.stack', relation: 'upstream', left_out: true }]);
  assert.deepEqual(chain.faults.map((fault) => fault.kind), ['cycle']);
  assert.deepEqual(chain.strengthen.map((one) => one.code), ['hyd.stack']);
  // The truck leads back to the stack by the edge of the cycle, so the region needs it: a gap, not an extension.
  assert.deepEqual(chain.fill.map((one) => one.code), ['hyd.membrane', 'hyd.truck']);
  assert.equal(chain.leads_total, 1);
  const [lead] = chain.leads;
  assert.deepEqual([lead.code, lead.organization_name, lead.region, lead.share_percent, lead.source], ['hyd.membrane', '上海示例膜材料有限公司', '310112', 70, '年报第 3 页']);
  assert.ok(lead.reason.zh.includes('质子交换膜') && lead.reason.en.length > 0);
  (await anyone.get(`/api/v1/registers/chain-positions/entries/${lead.position}`)).is(200);
});

step('from another region the same chain has other gaps', async () => {
  const chain = (await anyone.get(`${hydrogen}?region=310000`)).is(200).json;
  assert.equal(chain.region.code, '310000');
  assert.equal(nodeOf(chain, 'hyd.membrane').risk, 'single_source');
  assert.equal(nodeOf(chain, 'hyd.stack').risk, 'missing');
});

step("a node's page shows its organizations, its neighbours and what the registers hold of its segment", async () => {
  await publish(enterprise, 'needs', { ...needFields, title: '电堆低温启动慢', segment: 'hydrogen.cell' });
  await publish(enterprise, 'needs', { ...needFields, title: '只请人看的需求', segment: 'hydrogen.cell', confidentiality: 'invited' });
  const node = (await anyone.get('/api/v1/atlas/nodes/hyd.stack')).is(200).json;
  assert.deepEqual([node.title, node.suppliers, node.local_suppliers, node.chains], ['电堆', 2, 2, ['氢能']]);
  assert.deepEqual(node.neighbours.map((one) => [one.code, one.outgoing]), [['hyd.membrane', false], ['hyd.truck', true], ['hyd.truck', false]]);
  assert.deepEqual(node.entries.map((list) => list.register), ['needs', 'achievements', 'persons', 'instruments', 'platforms']);
  assert.deepEqual([node.entries[0].total, node.entries[0].items.map((entry) => entry.title)], [1, ['电堆低温启动慢']]);
});

step('matches know how far segments are from each other, as soon as the atlas does', async () => {
  const supply = await publish(enterprise, 'achievements', { ...achievementFields, title: '全氟磺酸树脂', text: '全氟磺酸树脂，成膜均匀，三家膜厂试用过。', segment: 'chem.polymer' });
  const need = { title: '树脂成膜不匀', text: '买来的树脂成膜不匀，厚的厚、薄的薄。', segment: 'hydrogen.cell', limit: 5 };
  const find = async () => (await enterprise.post('/api/v1/matches/preview', need)).is(200).json.items.find((item) => item.supply.id === supply.id);
  const before = await waitFor('the supply to be found', find);
  assert.equal(before.reasons.some((reason) => reason.kind === 'segment'), false);
  await importAll('chain-segments', '节点名称,所属产业链,节点代码,节点类型,上下游位置,产业链环节,维护单位,出处,虚构示例', '膜树脂,氢能,hyd.resin,产品,上游,chem.polymer,,,是');
  await importAll('chain-edges', '关系名称,所属产业链,起点代码,终点代码,关系类型,维护单位,出处,虚构示例', '树脂到膜,氢能,hyd.resin,hyd.membrane,上游供给,,,是');
  const after = await waitFor('the way to be known', async () => {
    const item = await find();
    return item.parts.segment > before.parts.segment && item;
  });
  const reason = after.reasons.find((one) => one.kind === 'segment');
  assert.match(reason.text.zh, /上游一步/);
  assert.match(reason.text.en, /1 step upstream/);
});

step('a change of a register is seen at once', async () => {
  const { items } = (await anyone.get('/api/v1/registers/chain-positions/entries')).is(200).json;
  const second = items.find((entry) => entry.title === '电堆二');
  (await department.post(`/api/v1/registers/chain-positions/entries/${second.id}/withdraw`, { reason: '停产' })).is(200);
  assert.equal(nodeOf((await anyone.get(hydrogen)).is(200).json, 'hyd.stack').risk, 'single_source');
});

step('only departments and administrators change it, and a chain position needs an organization that there is', async () => {
  const fields = { title: '新节点', chain: '氢能', code: 'hyd.new', kind: 'product', position: 'midstream' };
  (await enterprise.post('/api/v1/registers/chain-segments/entries', { fields })).isProblem(403, 'forbidden');
  const position = { title: '谁', organization: '没有这家', node_code: 'hyd.stack', region: '330402' };
  (await department.post('/api/v1/registers/chain-positions/entries', { fields: position })).isProblem(422, 'invalid');
});
