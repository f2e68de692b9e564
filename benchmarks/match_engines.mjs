// The engines that `./bench match` and `./bench match-quality` put through the same queries: what they are called, how they run.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { home } from '../tests/fault/node.mjs';
import { build, jsonLines, output } from './programs.mjs';

const peers = path.join(home, 'build/peers');

function lucene(analyzer) {
  const classes = path.join(peers, 'lucene');
  const jars = () => readFileSync(path.join(peers, 'classpath'), 'utf8').trim();
  return { command: 'java', args: () => ['-Xms1g', '-Xmx6g', '-cp', `${classes}:${jars()}`, 'LucenePeer', '--analyzer', analyzer] };
}
const native = (name) => ({ command: path.join(peers, name), args: () => [] });

export const engines = {
  jingwei: { command: path.join(build, 'src/match/match_bench'), args: () => [] },
  'lucene-cjk': lucene('cjk'),
  'lucene-smartcn': lucene('smartcn'),
  'lucene-standard': lucene('standard'),
  xapian: native('xapian_peer'),
  'sqlite-fts5': native('fts5_peer'),
  groonga: native('groonga_peer'),
};

/** Runs an engine over the files and returns its lines; its index is gone afterwards. */
export async function ask(name, { supplies, queries, work, run, seconds, least }) {
  const { command, args } = engines[name];
  const folder = path.join(work, `index-${name}`);
  mkdirSync(folder, { recursive: true });
  try {
    const asked = [...args(), '--supplies', supplies, '--queries', queries, '--folder', folder];
    if (run) asked.push('--run', run);
    if (least) asked.push('--least', String(least));
    if (seconds) asked.push('--seconds', String(seconds));
    return jsonLines(await output(command, asked));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
