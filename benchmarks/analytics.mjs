// `./bench analytics`: the DuckDB read model over a made-up store: building it, how far it is behind, all indicators computed anew and
// written back as the node does.
//
//   --documents N   1,000,000 entries when not given; the limits are for that many
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, jsonLines, output } from './programs.mjs';
import { shown } from './table.mjs';

const entriesOfLimit = 1_000_000;
const buildSecondsMost = 20;
const lagMsMost = 1000;
const indicatorsSecondsMost = 5;

export async function analytics({ work, options }) {
  const entries = Number(options.documents ?? entriesOfLimit);
  if (!(entries >= 1)) throw new Error('--documents is a number');
  const folder = path.join(work, 'analytics');
  mkdirSync(work, { recursive: true });
  try {
    const [line] = jsonLines(await output(path.join(build, 'src/analytics/analytics_bench'), ['--entries', String(entries), '--folder', folder, '--keep', 'yes']));
    const [figures] = jsonLines(await output(path.join(build, 'src/node/figures_bench'), ['--folder', folder]));
    const whole = entries === entriesOfLimit;
    const recomputed = `${figures.indicators} different counts, sums, shares and joins over ${figures.entries} entries; ${figures.written} figures and the rows behind 80 of them written back; ${shown(figures.first_cpu_s)} s of processor time`;
    const row = (figure, value, unit, limit, detail) => ({ figure, value, unit, limit, passed: whole ? value <= limit : null, command: './bench analytics', detail });
    return [
      row('analytics_build', line.build_s, 's', buildSecondsMost, `${entries} entries with versions, feed and statements; ${shown(line.build_cpu_s)} s of processor time; ${line.resident_mb} MB more in memory, ${line.file_mb} MB on disk; opened again in ${shown(line.open_s)} s`),
      row('analytics_lag_p99', line.lag_p99_ms, 'ms', lagMsMost, `at ${line.writes_per_second} writes a second over ${entries} entries; p50 ${line.lag_p50_ms} ms, longest ${line.lag_max_ms} ms`),
      row('recompute_200_indicators', figures.first_s, 's', indicatorsSecondsMost, `${recomputed}; ${shown(figures.again_s)} s when nothing has changed; the year before of each ${shown(figures.ended_s)} s`),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
