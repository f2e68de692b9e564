// `./bench nightly`: the sums of a night's round over one made-up corpus: 10,000 needs, the best 50 supplies of each, both directions, capacities.
//
//   --documents N   1,000,000 when not given; the limit is for that many
//   --needs N       10,000 when not given; with fewer the seconds are scaled up and said to be
// Writing of pairs and digests is not in it: `jingwei round run` says what a whole round takes on a node's own data.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, jsonLines, output } from './programs.mjs';
import { shown } from './table.mjs';

const documentsOfLimit = 1_000_000;
const needsOfLimit = 10_000;
const secondsMost = 90;
const threads = 2;

export async function nightly({ work, options }) {
  const documents = Number(options.documents ?? documentsOfLimit);
  const needs = Number(options.needs ?? needsOfLimit);
  if (!(documents >= 1) || !(needs >= 1)) throw new Error('--documents and --needs are numbers');
  const folder = path.join(work, 'nightly');
  mkdirSync(folder, { recursive: true });
  try {
    await output(path.join(build, 'src/match/corpus_bench'), ['--documents', String(documents), '--folder', folder]);
    const files = ['--supplies', path.join(folder, 'supplies.jsonl'), '--queries', path.join(folder, 'queries.jsonl'), '--folder', folder];
    const [line] = jsonLines(await output(path.join(build, 'src/match/nightly_bench'), [...files, '--needs', String(needs), '--threads', String(threads)]));
    const seconds = (line.seconds * needsOfLimit) / needs;
    const whole = documents === documentsOfLimit && needs === needsOfLimit;
    const scaled = needs === needsOfLimit ? '' : `${needs} needs took ${shown(line.seconds)} s, scaled up. `;
    const detail = `${scaled}${shown(line.match_s)} s of it finding, ${shown(line.spread_s)} s spreading ${line.pairs} pairs; ${line.given} given, ${shown(100 * line.of_best)} % of a bound for the best; ${shown(line.cpu_s)} s of processor time; ${shown(line.more_mb)} MB beside the index`;
    return [{ figure: 'match_nightly_round', value: seconds, unit: 's', limit: secondsMost, passed: whole ? seconds <= secondsMost : null, command: './bench nightly', detail }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
