#!/usr/bin/env bash
# Browser tests against a real node with the demo region: Chromium through Playwright, axe, screenshots.
set -u
cd "$(dirname "$0")/../.." || exit 1
jingwei=${JINGWEI:-build/test/src/node/jingwei}
data=$(mktemp -d)/node
"$jingwei" init --data "$data" --round-at off >/dev/null 2>&1 || exit 1
token=$("$jingwei" token --data "$data") || exit 1
out=$(mktemp)
"$jingwei" serve --data "$data" --port 0 --link >"$out" 2>"$out.log" &
node_pid=$!
trap 'kill -TERM $node_pid 2>/dev/null; wait $node_pid 2>/dev/null; rm -rf "$(dirname "$data")" "$out" "$out.log"' EXIT
for _ in $(seq 200); do
  grep -q signin "$out" && break
  kill -0 $node_pid 2>/dev/null || { cat "$out.log" >&2; exit 1; }
  sleep 0.1
done
base=$(grep -o 'http://127.0.0.1:[0-9]*' "$out" | head -1)
link=$(grep -o '/signin#link=[A-Za-z0-9_-]*' "$out" | head -1)
JINGWEI_TOKEN=$token node demo/load.mjs "$base" || exit 1
node web/tests/run.mjs --base "$base" --link "$base$link"
walked=$?
# Walks that need a node of their own.
JINGWEI=$(realpath "$jingwei") node --test --test-reporter=spec tests/browser/*.test.mjs && exit $walked
