// `./bench match-quality`: the engine and its peers on a judged set, {supplies,needs}.jsonl as `jingwei eval match` reads them, in the
// folder that --judged or JINGWEI_MATCH_DEV names. Every figure is computed here, from the run files, in the same way for all.
//
// Peers get title and text, and in the run over all fields the words of segment and region behind the text, on both sides.
import { mkdirSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { program } from '../tests/fault/node.mjs';
import { ask } from './match_engines.mjs';
import { output } from './programs.mjs';
import { aligned } from './table.mjs';

const peers = ['xapian', 'lucene-smartcn', 'lucene-cjk', 'lucene-standard'];
const kinds = ['achievement', 'expert', 'platform', 'instrument', 'pilot', 'fund'];
const modes = {
  all: { title: 'all fields', ndcg10: 0.66, ratio: 1.3, recall20: 0.92, both: 5 },
  text: { title: 'title and text only', ndcg10: 0.55, ratio: 1.4, recall20: 0.8 },
};
const lookalikesMax = 0.2;
const depth = 10;
const useful = 2;

const readLines = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const gain = (grade, at) => (2 ** grade - 1) / Math.log2(at + 2);

function ndcg(ranking, grades) {
  const ideal = Object.values(grades).sort((a, b) => b - a).slice(0, depth).reduce((sum, grade, at) => sum + gain(grade, at), 0);
  return ranking.slice(0, depth).reduce((sum, id, at) => sum + gain(grades[id] ?? 0, at), 0) / ideal;
}

function recall(ranking, grades) {
  const wanted = Object.keys(grades).filter((id) => grades[id] >= useful);
  return wanted.filter((id) => ranking.slice(0, 20).includes(id)).length / wanted.length;
}

/** A supply that was judged not to help stands above the first that fully answers. */
function lookalikeFirst(ranking, grades) {
  const place = (grade) => ranking.findIndex((id) => grades[id] === grade);
  return place(0) >= 0 && (place(3) < 0 || place(0) < place(3));
}

/** Of a need with two problems two supplies are a full answer, one to each. */
const fullAnswers = (grades) => Object.keys(grades).filter((id) => grades[id] === 3);

function figuresOf(runFile, needs, kindOf) {
  const rankings = new Map(needs.map((need) => [need.id, []]));
  for (const line of readFileSync(runFile, 'utf8').split('\n').filter(Boolean)) rankings.get(line.split(' ')[0]).push(line.split(' ')[2]);
  const answerable = (grades) => Object.values(grades).some((grade) => grade > 0);
  const judged = needs.filter((need) => answerable(need.judgments));
  const figures = {
    ndcg10: mean(judged.map((need) => ndcg(rankings.get(need.id), need.judgments))),
    recall20: mean(judged.filter((need) => Object.values(need.judgments).some((grade) => grade >= useful)).map((need) => recall(rankings.get(need.id), need.judgments))),
    lookalikes: mean(judged.filter((need) => Object.values(need.judgments).includes(3)).map((need) => (lookalikeFirst(rankings.get(need.id), need.judgments) ? 1 : 0))),
  };
  const withTwo = judged.filter((need) => fullAnswers(need.judgments).length > 1);
  figures.withTwo = withTwo.length;
  figures.both = withTwo.filter((need) => fullAnswers(need.judgments).every((id) => rankings.get(need.id).slice(0, depth).includes(id))).length;
  for (const kind of kinds) {
    const values = [];
    for (const need of judged) {
      const grades = Object.fromEntries(Object.entries(need.judgments).filter(([id]) => kindOf.get(id) === kind));
      if (answerable(grades)) values.push(ndcg(rankings.get(need.id).filter((id) => kindOf.get(id) === kind), grades));
    }
    figures[kind] = mean(values);
  }
  return figures;
}

/** The files as a peer gets them. */
function filesForPeers(folder, mode, supplies, needs) {
  const withFields = (line) => (mode === 'all' ? [line.text, line.segment, line.region].filter(Boolean).join('\n') : line.text);
  const files = { supplies: path.join(folder, `supplies-${mode}.jsonl`), queries: path.join(folder, `queries-${mode}.jsonl`) };
  const text = (lines) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(files.supplies, text(supplies.map((line) => ({ ...line, text: withFields(line), region: line.region ?? '' }))));
  writeFileSync(files.queries, text(needs.map((line) => ({ id: line.id, class: 'need', title: line.title, text: withFields(line) }))));
  return files;
}

async function measureMode(mode, judged, folder) {
  const supplies = readLines(path.join(judged, 'supplies.jsonl'));
  const needs = readLines(path.join(judged, 'needs.jsonl'));
  const kindOf = new Map(supplies.map((line) => [line.id, line.kind]));
  const ownRun = path.join(folder, `jingwei-${mode}.run`);
  const args = ['eval', 'match', '--supplies', path.join(judged, 'supplies.jsonl'), '--needs', path.join(judged, 'needs.jsonl'), '--out', ownRun];
  await output(program, mode === 'text' ? [...args, '--text-only'] : args);
  const results = { jingwei: figuresOf(ownRun, needs, kindOf) };
  const files = filesForPeers(folder, mode, supplies, needs);
  for (const name of peers) {
    const run = path.join(folder, `${name}-${mode}.run`);
    await ask(name, { ...files, work: folder, run });
    results[name] = figuresOf(run, needs, kindOf);
  }
  return results;
}

function shownTable(results) {
  const names = ['ndcg10', 'recall20', ...kinds, 'lookalikes'];
  const best = (name) => Math.max(...peers.map((peer) => results[peer][name]));
  const rows = Object.entries(results).map(([engine, figures]) => [engine, ...names.map((name) => figures[name].toFixed(3))]);
  const ratio = ['jingwei / best peer', ...names.map((name) => (name === 'lookalikes' ? '' : `${(results.jingwei[name] / best(name)).toFixed(2)} x`))];
  return aligned([['', ...names.map((name) => (name === 'lookalikes' ? '0 above 3' : name))], ...rows, ratio], names.map((_, at) => at + 1));
}

function promised(mode, results) {
  const { title, ...limits } = modes[mode];
  const best = (name) => Math.max(...peers.map((peer) => results[peer][name]));
  const own = results.jingwei;
  const command = `./bench match-quality (${title})`;
  const figure = (name, value, unit, limit, passed, peer) => ({ figure: `match_quality_${mode}_${name}`, value, unit, limit, passed, peer, command });
  const atLeast = (name, value, unit, limit, peer) => figure(name, value, unit, limit, value >= limit, peer);
  return [
    atLeast('ndcg10', own.ndcg10, '', limits.ndcg10, best('ndcg10')),
    atLeast('ndcg10_against_best_peer', own.ndcg10 / best('ndcg10'), 'x', limits.ratio, 1),
    atLeast('recall20', own.recall20, '', limits.recall20, best('recall20')),
    figure('lookalike_above_first_answer', own.lookalikes, 'of needs', lookalikesMax, own.lookalikes < lookalikesMax, Math.min(...peers.map((peer) => results[peer].lookalikes))),
    ...(limits.both ? [{ ...atLeast('both_problems_in_first_ten', own.both, `of ${own.withTwo}`, limits.both, Math.max(...peers.map((peer) => results[peer].both))), detail: 'needs with two full answers' }] : []),
    ...kinds.map((kind) => figure(`${kind}_ndcg10`, own[kind], '', best(kind), own[kind] > best(kind), best(kind))),
  ];
}

export async function matchQuality({ work, options }) {
  const judged = options.judged ?? process.env.JINGWEI_MATCH_DEV;
  if (!judged || !existsSync(path.join(judged, 'needs.jsonl'))) {
    console.log(`match-quality is skipped: ${judged ? `${judged} holds no needs.jsonl` : 'neither --judged nor JINGWEI_MATCH_DEV names a folder with a judged set'}`);
    return [];
  }
  const folder = path.join(work, 'match-quality');
  mkdirSync(folder, { recursive: true });
  const all = [];
  for (const mode of Object.keys(modes)) {
    const results = await measureMode(mode, judged, folder);
    console.log(`\n${modes[mode].title}\n${shownTable(results)}\n`);
    all.push(...promised(mode, results));
  }
  return all;
}
