// Whether checkpoints once seen are heads of the log that is there now: recomputed from the level-0 tiles of the log's folder
// (C2SP tlog-tiles: 256 leaf hashes of 32 bytes a tile, RFC 6962 tree), and by Go's packages where they are installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { home } from './node.mjs';

const tileWidth = 256;
const hashBytes = 32;

/** Origin, size and root of a checkpoint's text. */
export function readCheckpoint(text) {
  const [origin, size, root] = text.split('\n');
  if (!/^\d+$/.test(size ?? '') || !root) throw new Error(`not a checkpoint: ${text.slice(0, 100)}`);
  return { origin, size: Number(size), root, text };
}

/** Path of a tile, such as tile/0/x001/234. */
function tilePath(number) {
  const groups = [];
  for (let rest = number; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) groups.unshift(String(rest % 1000).padStart(3, '0'));
  return `tile/0/${groups.map((group, i) => (i + 1 < groups.length ? `x${group}` : group)).join('/')}`;
}

function* leafHashes(folder, size) {
  for (let tile = 0; tile * tileWidth < size; ++tile) {
    const wanted = Math.min(tileWidth, size - tile * tileWidth);
    const full = path.join(folder, tilePath(tile));
    // The partial tile of exactly this width, or the full one that has taken its place.
    const file = existsSync(full) ? full : path.join(`${full}.p`, String(wanted));
    const content = readFileSync(file);
    if (content.length < wanted * hashBytes) throw new Error(`${file} holds ${content.length / hashBytes} leaves, the checkpoint says ${wanted}`);
    for (let i = 0; i < wanted; ++i) yield content.subarray(i * hashBytes, (i + 1) * hashBytes);
  }
}

const node = (left, right) => createHash('sha256').update(Buffer.from([1])).update(left).update(right).digest();

/** Messages about checkpoints that are no heads of the log in `folder`; none is right. */
export function forksOf(folder, checkpoints) {
  const bySize = new Map();
  const forks = [];
  for (const seen of checkpoints) {
    const same = bySize.get(seen.size);
    if (same && same.root !== seen.root) forks.push(`two roots were published for size ${seen.size}`);
    bySize.set(seen.size, seen);
  }
  const now = readCheckpoint(readFileSync(path.join(folder, 'checkpoint'), 'utf8'));
  const beyond = [...bySize.keys()].filter((size) => size > now.size);
  if (beyond.length > 0) return [...forks, `the log stepped back to ${now.size}; size ${Math.max(...beyond)} had been published`];
  bySize.set(now.size, now);
  const peaks = []; // [hash, number of leaves] of perfect subtrees, from left to right
  let size = 0;
  const compare = () => {
    const seen = bySize.get(size);
    if (!seen) return;
    const root = size === 0 ? createHash('sha256').digest() : peaks.map(([hash]) => hash).reduceRight((right, left) => node(left, right));
    if (root.toString('base64') !== seen.root) forks.push(`the root of size ${size} is another now`);
  };
  compare();
  for (const hash of leafHashes(folder, now.size)) {
    ++size;
    let top = [hash, 1];
    while (peaks.length > 0 && peaks.at(-1)[1] === top[1]) top = [node(peaks.pop()[0], top[0]), top[1] * 2];
    peaks.push(top);
    compare();
  }
  return forks;
}

/** Go's verdict as a sentence, or null where Go or its packages are not installed. Throws when it finds the log broken. */
export function goVerdict(folder, vkey, checkpoints, workFolder) {
  const go = existsSync('/usr/bin/go') ? '/usr/bin/go' : 'go';
  if (spawnSync(go, ['version']).status !== 0 || !existsSync('/usr/share/gocode/src/golang.org/x/mod')) return null;
  const built = path.join(workFolder, 'verify_log');
  const build = spawnSync(go, ['build', '-o', built, path.join(home, 'tests/peers/go/verify_log.go')], {
    env: { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '', GOTOOLCHAIN: 'local' }, encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`go build: ${build.stderr}`);
  const seen = path.join(workFolder, 'checkpoints');
  mkdirSync(seen, { recursive: true });
  const args = ['-vkey', vkey];
  for (const checkpoint of checkpoints) {
    const file = path.join(seen, `${checkpoint.size}-${createHash('sha256').update(checkpoint.text).digest('hex').slice(0, 8)}`);
    writeFileSync(file, checkpoint.text);
    args.push('-old', file);
  }
  const verdict = spawnSync(built, [...args, folder], { encoding: 'utf8' });
  if (verdict.status !== 0) throw new Error(`Go's packages refuse the log: ${verdict.stdout}${verdict.stderr}`);
  return verdict.stdout.trim();
}
