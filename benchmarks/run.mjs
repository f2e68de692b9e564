// Runs the benchmarks one after another and prints a line per figure as they come, then a table with the limit beside each.
//
//   ./bench [commands] [http] [get] [import] [start] [memory] [second-start] [kill] [policy]      all of these when none is named
//   ./bench match [--documents N | --large] [--engines A,B] [--seconds S]                hours with --large: only when named
//   ./bench match-quality [--judged DIR]                                                 only when named: needs a judged set
//   ./bench analytics [--documents N]                                                    only when named: some minutes
//   ./bench cockpit                                                                      only when named: a minute or two, with Chromium
//   ./bench nightly [--documents N] [--needs N]                                          only when named: some minutes
//
// JSON lines also go to build/bench/figures.jsonl (replaced by each run). JINGWEI_BENCH_DATA names another folder, on the disk to be
// measured, for the data; JINGWEI_BUILD another build than build/test, JINGWEI another node program.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { analytics } from './analytics.mjs';
import { cockpit } from './cockpit.mjs';
import * as figures from './figures.mjs';
import { home } from '../tests/fault/node.mjs';
import { match } from './match.mjs';
import { matchQuality } from './match_quality.mjs';
import { nightly } from './nightly.mjs';
import { machine } from './programs.mjs';
import { aligned, shown } from './table.mjs';

const benchmarks = {
  commands: figures.commands, http: figures.http, get: figures.get, import: figures.imports, start: figures.start, memory: figures.memory,
  'second-start': figures.secondStart, kill: figures.kill, policy: figures.policy,
};
const onlyNamed = { analytics, cockpit, match, 'match-quality': matchQuality, nightly };
const known = { ...benchmarks, ...onlyNamed };

function wrong(sentence) {
  console.error(sentence);
  process.exit(2);
}

function parsed() {
  const text = { type: 'string' };
  try {
    return parseArgs({ allowPositionals: true, options: { documents: text, large: { type: 'boolean' }, engines: text, seconds: text, judged: text, needs: text } });
  } catch (error) {
    return wrong(error.message);
  }
}

const { values: options, positionals } = parsed();
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = names.filter((name) => !(name in known));
if (unknown.length > 0) wrong(`unknown: ${unknown.join(', ')}; there are ${Object.keys(known).join(', ')}`);

function table(rows) {
  const cells = [['figure', 'measured', 'limit', 'unit', '', 'peer'], ...rows.map((row) => [row.figure, shown(row.value), shown(row.limit), row.unit, row.passed === null ? '' : row.passed ? 'ok' : 'MISSED', shown(row.peer)])];
  return aligned(cells, [1, 2, 5]);
}

const context = { work: figures.workFolder(), options };
const where = machine(context.work);
console.log(JSON.stringify({ machine: where }));
const measured = [];
try {
  for (const name of names) {
    for (const figure of await known[name](context)) {
      measured.push(figure);
      console.log(JSON.stringify(figure));
    }
  }
} finally {
  rmSync(context.work, { recursive: true, force: true });
  const results = path.join(home, 'build/bench');
  mkdirSync(results, { recursive: true });
  writeFileSync(path.join(results, 'figures.jsonl'), [{ machine: where }, ...measured].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
console.log(`\n${table(measured)}\n`);
for (const { figure, command, detail } of measured) console.log(`${figure}: ${command}${detail ? `\n    ${detail}` : ''}`);
process.exit(measured.every((figure) => figure.passed !== false) ? 0 : 1);
