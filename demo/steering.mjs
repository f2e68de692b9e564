// The steering part of the demo region: two published plans, confirmed; their indicators with invented values in between; living tables.
// What is published is in the texts beside src/reading and in the drafts of steering.json; values, tasks' progress and registers are invented and say so.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const startOf = (period) => {
  const [year, part] = period.split('-');
  return `${year}-${part ? String((Number(part.slice(1)) - 1) * 3 + 1).padStart(2, '0') : '01'}-01`;
};

/** An account of the steering office: it approves what departments report. */
async function steeringOffice({ call, signIn, asAdministrator }) {
  const { json: created } = await call('POST', '/api/v1/accounts', { body: { login: 'demo-steering', name: '统筹办', roles: ['department'] }, headers: asAdministrator });
  return signIn(created.link.split('link=')[1]);
}

async function loadPlans({ call, folder, asAdministrator }, plans) {
  for (const { code, file, frequency, draft } of plans) {
    const text = await readFile(path.join(folder, '../src/reading/testdata/documents', file), 'utf8');
    await call('POST', '/api/v1/plans', { body: { code, text, draft, frequency, fictional: true }, headers: asAdministrator });
  }
}

/** Marks what is invented, and gives two units their organizations where the plan writes another name than the register. */
async function settle({ call, entryOf, asAdministrator }) {
  const office = await entryOf('organizations', '嘉兴市人民政府办公室');
  await call('PUT', '/api/v1/steering-units', { body: { name: '市政府办公室', organization_id: office.id, steers: false }, headers: asAdministrator });
}

async function loadValues({ call, asPersonOf, asAdministrator }, values, office, today) {
  const { json: all } = await call('GET', '/api/v1/indicators', { headers: asAdministrator });
  const { json: units } = await call('GET', '/api/v1/steering-units', { headers: asAdministrator });
  const organizations = new Map(units.items.map((unit) => [unit.name, unit.organization_id]));
  const indicators = new Map(all.items.map((one) => [one.code, one]));
  let count = 0;
  for (const [code, period, value] of values) {
    if (startOf(period) > today) continue; // a node whose clock stands earlier knows fewer quarters
    const indicator = indicators.get(code);
    const unit = indicator.duties.find((duty) => duty.role !== 'everywhere' && organizations.get(duty.unit))?.unit;
    const reporter = unit ? await asPersonOf({ id: organizations.get(unit), name: unit }, 'department') : asAdministrator;
    const address = `/api/v1/indicators/${indicator.id}/reports/${period}`;
    const { json: reported } = await call('POST', address, { body: { act: 'report', value, remark: '虚构示例：两端以外的数值为演示编写' }, headers: reporter });
    await call('POST', address, { body: { act: 'approve' }, headers: { ...office, 'If-Match': `"${reported.version}"` } });
    count += 1;
  }
  return count;
}

async function loadTasks({ call, asAdministrator }, tasks) {
  for (const { unit, ...task } of tasks) {
    const duties = [{ unit, role: 'lead', from: '2026-01-01' }];
    await call('POST', '/api/v1/tasks', { body: { year: 2026, milestones: [], evidence: [], fictional: true, ...task, duties }, headers: asAdministrator });
  }
}

/** Indicators that are SQL over the demo's own entries and deals. The node tries each before it takes it, once its read model is there. */
async function loadComputed({ call, folder, asAdministrator }) {
  const indicators = JSON.parse(await readFile(path.join(folder, 'indicators.json'), 'utf8'));
  const pauseMs = 200;
  for (;;) {
    const { json } = await call('GET', '/api/v1/analytics/tables', { headers: asAdministrator });
    if (json.state === 'ready') break;
    await new Promise((resume) => { setTimeout(resume, pauseMs); });
  }
  for (const body of indicators) await call('POST', '/api/v1/indicators', { body, headers: asAdministrator });
}

export async function loadSteering(node) {
  const { plans, values, tasks } = JSON.parse(await readFile(path.join(node.folder, 'steering.json'), 'utf8'));
  await loadPlans(node, plans);
  await settle(node);
  const office = await steeringOffice(node);
  const { json: due } = await node.call('GET', '/api/v1/reports/due', { headers: node.asAdministrator });
  const count = await loadValues(node, values, office, due.today);
  await loadTasks(node, tasks);
  await loadComputed(node);
  const held = { period: `${due.today.slice(0, 4)}-Q${Math.max(1, Math.floor((Number(due.today.slice(5, 7)) - 1) / 3))}`, held_on: due.today, notes: [], decisions: [] };
  await node.call('POST', '/api/v1/reviews', { body: held, headers: office });
  return count;
}
