// `./bench match`: the matching engine and its peers over one made-up corpus, each beside the other, and what was promised of it.
//
//   --documents N   1,000,000 when not given; the limits are for that many
//   --large         10,000,000
//   --engines A,B   only these; jingwei lucene-cjk xapian sqlite-fts5 groonga when not given
//   --seconds S     that one line of an engine may take, 20 when not given; slow engines answer fewer queries
// Every line of every engine also goes to build/bench/match.jsonl.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home } from '../tests/fault/node.mjs';
import { ask, engines } from './match_engines.mjs';
import { build, output } from './programs.mjs';
import { aligned, shown } from './table.mjs';

const documentsOfLimits = 1_000_000;
const documentsLarge = 10_000_000;
const usual = ['jingwei', 'lucene-cjk', 'xapian', 'sqlite-fts5', 'groonga'];
const secondsUsual = 20;
// The peers that ndcg10 is held against answer enough queries for it to mean something, however long it takes.
const queriesLeast = { jingwei: 150, 'lucene-cjk': 150, xapian: 150 };

const columns = ['class', 'k', 'filter', 'engine', 'queries', 'p50_ms', 'p99_ms', 'per_second', 'ndcg10', 'index_mb', 'build_s', 'memory_mb'];

/** Mean over known items; slow engines answer only the first queries, and engines are compared over those that all of them answered. */
const ndcgOfOne = (rank) => (rank > 0 ? 1 / Math.log2(rank + 1) : 0);
const ndcgOfFirst = (ranks, count) => ranks.slice(0, count).reduce((sum, rank) => sum + ndcgOfOne(rank), 0) / count;

/** Standard error of the difference of two means over the same queries. */
function standardError(a, b, count) {
  const differences = a.slice(0, count).map((rank, at) => ndcgOfOne(rank) - ndcgOfOne(b[at]));
  const mean = differences.reduce((sum, one) => sum + one, 0) / count;
  return Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / count / count);
}

function withCommonNdcg(lines) {
  const alike = (a, b) => a.class === b.class && a.k === b.k && a.filter === b.filter;
  return lines.map((line) => {
    const count = Math.min(...lines.filter((other) => alike(line, other)).map((other) => other.ranks.length));
    return { ...line, ndcg10: `${ndcgOfFirst(line.ranks, count).toFixed(3)} of ${count}` };
  });
}

function comparison(lines) {
  const order = ['words', 'title', 'need'];
  const rows = withCommonNdcg(lines.filter((line) => line.class)).sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class) || a.k - b.k || a.filter - b.filter);
  const cell = (value) => (typeof value === 'number' ? shown(value) : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value);
  return aligned([columns, ...rows.map((row) => columns.map((column) => cell(row[column])))], [1, 4, 5, 6, 7, 8, 9, 10, 11]);
}

function besideWrites(lines) {
  const names = ['engine', 'written', 'findable_p50_ms', 'findable_p99_ms', 'words_quiet_p99_ms', 'words_p99_ms', 'need_quiet_p99_ms', 'need_p99_ms'];
  const cell = (value) => (typeof value === 'number' ? shown(value) : value);
  return aligned([names, ...lines.filter((line) => line.writing).map((line) => names.map((name) => cell(line[name])))], [1, 2, 3, 4, 5, 6, 7]);
}

class Figures {
  constructor(documents, command) {
    this.judged = documents === documentsOfLimits;
    this.command = command;
    this.detail = this.judged ? '' : `${documents} entries; the limit is for ${documentsOfLimits}. `;
    this.all = [];
  }
  add(figure, value, unit, limit, better, { peer, detail = '' } = {}) {
    const passed = limit === null || !this.judged ? null : better === 'less' ? value <= limit : value >= limit;
    this.all.push({ figure, value, unit, limit, passed, peer, command: this.command, detail: (this.detail + detail).trim() });
  }
}

function againstPeers(figures, find) {
  const own = find('jingwei', 'need', 100);
  const peers = ['lucene-cjk', 'xapian'].map((name) => find(name, 'need', 100)).filter(Boolean);
  if (peers.length > 0) {
    const fastest = peers.reduce((a, b) => (a.p50_ms < b.p50_ms ? a : b));
    figures.add('match_need_retrieval_against_peers', fastest.p50_ms / own.p50_ms, 'x', 5, 'more', {
      peer: 1,
      detail: `search() p50 ${shown(own.p50_ms)} ms; ${peers.map((peer) => `${peer.engine} ${shown(peer.p50_ms)} ms`).join(', ')}; queries a second: ${shown(own.per_second)}; ${peers.map((peer) => shown(peer.per_second)).join(', ')}`,
    });
    for (const peer of peers) {
      const both = Math.min(own.ranks.length, peer.ranks.length);
      const theirs = ndcgOfFirst(peer.ranks, both);
      figures.add(`match_need_ndcg10_against_${peer.engine}`, ndcgOfFirst(own.ranks, both), 'ndcg10', theirs, 'more', { peer: theirs, detail: `known items, the first ${both} needs, top 100 without filters; standard error of the difference ${standardError(own.ranks, peer.ranks, both).toFixed(3)}` });
    }
  }
  const words = find('jingwei', 'words', 10);
  figures.add('match_words_top10_p50', words.p50_ms, 'ms', 0.25, 'less', { detail: `p99 ${shown(words.p99_ms)} ms` });
  const luceneWords = find('lucene-cjk', 'words', 10);
  if (luceneWords) figures.add('match_words_against_lucene', luceneWords.p50_ms / words.p50_ms, 'x', 1, 'more', { peer: 1, detail: `Lucene p50 ${shown(luceneWords.p50_ms)} ms` });
}

function promised(lines, documents, command) {
  const figures = new Figures(documents, command);
  const find = (engine, queryClass, k) => lines.find((line) => line.engine === engine && line.class === queryClass && line.k === k && !line.filter);
  const need = find('jingwei-match', 'need', 100);
  if (!need) return figures.all;
  figures.add('match_need_top100_p50', need.p50_ms, 'ms', 3, 'less', { detail: `all features and reasons, ${need.queries} needs` });
  figures.add('match_need_top100_p99', need.p99_ms, 'ms', 12, 'less');
  againstPeers(figures, find);
  const writing = lines.find((line) => line.engine === 'jingwei' && line.writing);
  const lucene = lines.find((line) => line.engine === 'lucene-cjk' && line.writing);
  figures.add('match_findable_p99', writing.findable_p99_ms / 1000, 's', 1, 'less', { peer: lucene && lucene.findable_p99_ms / 1000, detail: `1,000 entries a second, ${writing.written} written; the time runs from when an entry was due` });
  for (const name of ['words', 'need']) {
    const ratio = (line) => line[`${name}_p99_ms`] / line[`${name}_quiet_p99_ms`];
    figures.add(`match_${name}_p99_beside_writes`, ratio(writing), 'x', 2, 'less', { peer: lucene && ratio(lucene), detail: `p99 ${shown(writing[`${name}_quiet_p99_ms`])} ms quiet, ${shown(writing[`${name}_p99_ms`])} ms beside 1,000 writes a second` });
  }
  const index = lines.find((line) => line.start_s !== undefined);
  const perMillion = (megabytes) => (megabytes * 1e6) / index.documents;
  figures.add('match_index_memory', perMillion(index.state_mb), 'MB/M', 900, 'less', { detail: `resident memory ${shown(perMillion(index.rss_mb))} MB per million, built in ${shown(index.build_s)} s` });
  figures.add('match_start_from_snapshot', index.start_s, 's', 5, 'less', { detail: `${shown(index.snapshot_mb)} MB, saved in ${shown(index.save_s)} s; with the dictionary and the lexicon` });
  return figures.all;
}

export async function match({ work, options }) {
  const documents = options.large ? documentsLarge : Number(options.documents ?? documentsOfLimits);
  const chosen = options.engines?.split(',') ?? usual;
  const unknown = chosen.filter((name) => !(name in engines));
  if (!(documents >= 1) || unknown.length > 0) throw new Error(`--documents is a number, --engines some of ${Object.keys(engines).join(',')}`);
  const folder = path.join(work, 'match');
  mkdirSync(folder, { recursive: true });
  await output(path.join(build, 'src/match/corpus_bench'), ['--documents', String(documents), '--folder', folder]);
  const lines = [];
  try {
    for (const name of chosen) {
      console.log(`${name}: ${documents} entries`);
      lines.push(...(await ask(name, { supplies: path.join(folder, 'supplies.jsonl'), queries: path.join(folder, 'queries.jsonl'), work: folder, seconds: options.seconds ?? secondsUsual, least: queriesLeast[name] })));
    }
  } finally {
    rmSync(folder, { recursive: true });
    const results = path.join(home, 'build/bench');
    mkdirSync(results, { recursive: true });
    writeFileSync(path.join(results, 'match.jsonl'), lines.map((line) => `${JSON.stringify({ documents, ...line })}\n`).join(''));
  }
  console.log(`\n${comparison(lines)}\n`);
  if (lines.some((line) => line.writing)) console.log(`${besideWrites(lines)}\n`);
  return promised(lines, documents, `./bench match --documents ${documents}`);
}
