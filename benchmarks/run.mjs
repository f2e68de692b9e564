// Runs the benchmarks one after another and prints a line per figure as they come, then a table with the limit beside each.
//
//   ./bench [commands] [http] [get] [import] [start] [memory] [second-start] [kill]      all when none is named
//
// JSON lines also go to build/bench/figures.jsonl (replaced by each run). JINGWEI_BENCH_DATA names another folder, on the disk to be
// measured, for the data; JINGWEI_BUILD another build than build/test, JINGWEI another node program.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as figures from './figures.mjs';
import { home } from '../tests/fault/node.mjs';
import { build, machine } from './programs.mjs';


const benchmarks = {
  commands: figures.commands, http: figures.http, get: figures.get, import: figures.imports, start: figures.start, memory: figures.memory,
  'second-start': figures.secondStart, kill: figures.kill,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(benchmarks);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`unknown: ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exit(2);
}

const shown = (value) => (value === null || value === undefined ? '' : Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(Number.isInteger(value) ? 0 : 2));

function table(rows) {
  const cells = [['figure', 'measured', 'limit', 'unit', '', 'peer'], ...rows.map((row) => [row.figure, shown(row.value), shown(row.limit), row.unit, row.passed === null ? '' : row.passed ? 'ok' : 'MISSED', shown(row.peer)])];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => row.map((cell, column) => ([1, 2, 5].includes(column) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join('  ').trimEnd();
  return cells.map(line).join('\n');
}

const context = { work: figures.workFolder() };
const where = machine(context.work);
console.log(JSON.stringify({ machine: where }));
const measured = [];
try {
  for (const name of names) {
    for (const figure of await benchmarks[name](context)) {
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
