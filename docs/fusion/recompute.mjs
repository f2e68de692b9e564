// Computes every figure of the fusion index again from its exported table, and says where the table and the formulas differ.
//
//   node docs/fusion/recompute.mjs fusion.csv        (the table that the page 融合度 exports; "-" reads standard input)
//
// Nothing of Jingwei's own program is used. Formulas and conventions are those of src/fusion/fusion.h, written down a second time.
import { readFileSync } from 'node:fs';

const systems = ['innovation', 'industry', 'capital', 'talent'];
const tolerance = 1e-9;
const runs = 500;
const shake = 0.25;
const seed = 20260121n;
const weightKnownMin = 0.5;
const raise = 0.1;
const grades = [[0.1, '极度失调'], [0.2, '严重失调'], [0.3, '中度失调'], [0.4, '轻度失调'], [0.5, '濒临失调'], [0.6, '勉强协调'], [0.7, '初级协调'], [0.8, '中级协调'], [0.9, '良好协调'], [1, '优质协调']];
const couplings = [[0.3, '低水平耦合'], [0.5, '拮抗'], [0.8, '磨合'], [1, '高水平耦合']];

/** RFC 4180 without quotes inside quotes, which the table does not have. */
function parse(text) {
  const lines = text.replace(/^\uFEFF/, '').split('\r\n').filter(Boolean);
  const cells = (line) => [...line.matchAll(/("([^"]*)"|[^,]*)(,|$)/g)].map((match) => match[2] ?? match[1]).slice(0, line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).length);
  const head = cells(lines[0]);
  return lines.slice(1).map((line) => Object.fromEntries(cells(line).map((cell, at) => [head[at], cell])));
}
const numberOf = (text) => (text === '' ? undefined : Number(text));
const sum = (list) => list.reduce((total, each) => total + each, 0);
const gradeOf = (all, value) => (all.find(([to]) => value <= to + tolerance) ?? all.at(-1))[1];

const rows = parse(readFileSync(process.argv[2] === '-' || !process.argv[2] ? 0 : process.argv[2], 'utf8'));
if (rows.length === 0) throw new Error('the table is empty');
const { normalisation, weighting } = rows[0];
const indicators = [];
const alpha = {};
for (const row of rows) {
  alpha[row.system] = Number(row.alpha);
  if (!indicators.some((one) => one.id === row.indicator))
    indicators.push({ id: row.indicator, system: row.system, up: row.direction === 'up', given: Number(row.given_weight), reference: [Number(row.reference_low), Number(row.reference_high)] });
}
const places = new Map();
for (const row of rows) {
  const key = `${row.year} ${row.county}`;
  if (!places.has(key)) places.set(key, { county: row.county, year: Number(row.year), values: {}, rows: {} });
  places.get(key).values[row.indicator] = numberOf(row.value);
  places.get(key).rows[row.indicator] = row;
}
const panel = [...places.values()];

function bounds(way) {
  return indicators.map((one) => {
    if (way === 'reference') return one.reference;
    const values = panel.map((place) => place.values[one.id]).filter((value) => value !== undefined);
    return values.length ? [Math.min(...values), Math.max(...values)] : [0, 0];
  });
}
function normalised(way) {
  const all = bounds(way);
  return panel.map((place) =>
    indicators.map((one, i) => {
      const value = place.values[one.id];
      const [low, high] = all[i];
      if (value === undefined) return undefined;
      if (high <= low) return 0.5;
      const z = Math.min(1, Math.max(0, (value - low) / (high - low)));
      return one.up ? z : 1 - z;
    }),
  );
}
function withinSystems(weights) {
  return weights.map((weight, i) => {
    const same = weights.filter((_, j) => indicators[j].system === indicators[i].system);
    return sum(same) > 0 ? weight / sum(same) : 1 / same.length;
  });
}
function weightsOf(z) {
  if (weighting === 'given') return withinSystems(indicators.map((one) => one.given));
  return withinSystems(
    indicators.map((_, i) => {
      const column = z.map((row) => row[i]).filter((value) => value !== undefined);
      const total = sum(column);
      if (column.length < 2 || total <= 0) return 0;
      const entropy = -sum(column.map((value) => (value > 0 ? (value / total) * Math.log(value / total) : 0))) / Math.log(column.length);
      return Math.max(0, 1 - entropy);
    }),
  );
}
function levels(z, weights) {
  return systems.map((system) => {
    const known = indicators.map((one, i) => (one.system === system && z[i] !== undefined ? weights[i] : 0));
    return sum(known) >= weightKnownMin ? sum(known.map((weight, i) => weight * (z[i] ?? 0))) / sum(known) : undefined;
  });
}
function degrees(u, shares) {
  if (u.some((each) => each === undefined)) return undefined;
  const c = sum(u) > 0 ? (4 * u.reduce((product, each) => product * each, 1) ** 0.25) / sum(u) : 0;
  const t = sum(u.map((each, s) => shares[s] * each));
  return { c, t, d: Math.sqrt(c * t) };
}

// ---- every figure again ----

let wrong = 0;
let compared = 0;
function same(place, what, told, computed) {
  compared += 1;
  const equal = typeof computed === 'string' || computed === undefined ? (told || undefined) === computed : told !== '' && Math.abs(Number(told) - computed) <= tolerance;
  if (equal) return;
  wrong += 1;
  if (wrong <= 20) console.log(`${place}: ${what} is ${told || 'empty'} in the table, ${computed} by the formulas`);
}
const shares = systems.map((system) => alpha[system]);
const z = normalised(normalisation);
const used = bounds(normalisation);
const weights = weightsOf(z);
const results = panel.map((_, r) => degrees(levels(z[r], weights), shares));
for (const [r, place] of panel.entries()) {
  const u = levels(z[r], weights);
  const all = results[r];
  const rank = all && 1 + panel.filter((other, o) => other.year === place.year && results[o] && results[o].d > all.d).length;
  for (const [i, one] of indicators.entries()) {
    const row = place.rows[one.id];
    const name = `${place.year} ${place.county} ${one.id}`;
    const known = sum(indicators.map((other, j) => (other.system === one.system && z[r][j] !== undefined ? weights[j] : 0)));
    const weight = z[r][i] !== undefined && known > 0 ? weights[i] / known : 0;
    const s = systems.indexOf(one.system);
    same(name, 'low', row.low, used[i][0]);
    same(name, 'high', row.high, used[i][1]);
    same(name, 'z', row.z, z[r][i]);
    same(name, 'panel_weight', row.panel_weight, weights[i]);
    same(name, 'weight', row.weight, weight);
    same(name, 'u', row.u, u[s]);
    same(name, 'c', row.c, all?.c);
    same(name, 't', row.t, all?.t);
    same(name, 'd', row.d, all?.d);
    same(name, 'grade', row.grade, all && gradeOf(grades, all.d));
    same(name, 'coupling', row.coupling, all && gradeOf(couplings, all.c));
    same(name, 'rank', row.rank, rank);
    if (!all || z[r][i] === undefined) continue;
    same(name, 'share', row.share, all.t > 0 ? (shares[s] * weight * z[r][i]) / all.t : undefined);
    const raised = z[r].map((value, j) => (j === i ? Math.min(1, value + raise) : value));
    same(name, 'gain', row.gain, degrees(levels(raised, weights), shares).d - all.d);
  }
}

// ---- steadiness: the same draws ----

let state = seed;
const mask = (1n << 64n) - 1n;
function unit() {
  state = (state + 0x9e3779b97f4a7c15n) & mask;
  let mixed = state;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
  return Number((mixed ^ (mixed >> 31n)) >> 11n) * 2 ** -53;
}
const factor = () => 1 - shake + 2 * shake * unit();
const lastYear = Math.max(...panel.map((place) => place.year));
const last = [...panel.keys()].filter((r) => panel[r].year === lastYear && results[r]).sort((a, b) => (panel[a].county < panel[b].county ? -1 : 1));
const steady = new Map(last.map((r) => {
  const rank = 1 + last.filter((other) => results[other].d > results[r].d).length;
  return [r, { rank, best: rank, worst: rank, changes: 0, low: results[r].d, high: results[r].d }];
}));
const both = [normalised('min_max'), normalised('reference')];
for (let run = 0; run < runs; run += 1) {
  const chosen = both[unit() < 0.5 ? 0 : 1];
  const shaken = withinSystems(weights.map((weight) => weight * factor()));
  const drawn = shares.map((share) => share * factor());
  const total = sum(drawn);
  const d = new Map(last.map((r) => [r, degrees(levels(chosen[r], shaken), drawn.map((each) => each / total))?.d ?? 0]));
  for (const r of last) {
    const rank = 1 + last.filter((other) => d.get(other) > d.get(r)).length;
    const one = steady.get(r);
    if (rank !== one.rank) one.changes += 1 / runs;
    one.best = Math.min(one.best, rank);
    one.worst = Math.max(one.worst, rank);
    one.low = Math.min(one.low, d.get(r));
    one.high = Math.max(one.high, d.get(r));
  }
}
for (const [r, one] of steady) {
  const row = Object.values(panel[r].rows)[0];
  const name = `${panel[r].county} steadiness`;
  for (const [what, told, computed] of [['rank_best', row.rank_best, one.best], ['rank_worst', row.rank_worst, one.worst], ['rank_changes', row.rank_changes, one.changes], ['d_low', row.d_low, one.low], ['d_high', row.d_high, one.high]])
    same(name, what, told, computed);
}

console.log(`${compared} figures of ${panel.length} counties and years compared, ${wrong} differ`);
process.exit(wrong === 0 ? 0 : 1);
