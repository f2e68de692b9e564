#!/usr/bin/env bash
# End-to-end tests: every file starts a node of its own with a validating proxy in front; two files at a time.
#
#   tests/e2e/run.sh             all
#   tests/e2e/run.sh loop deals  only loop.test.mjs and deals.test.mjs
# JINGWEI names the program; build/test/src/node/jingwei otherwise.
set -u
cd "$(dirname "$0")" || exit 1
export JINGWEI=${JINGWEI:-$PWD/../../build/test/src/node/jingwei}
[ -x "$JINGWEI" ] || { echo "$JINGWEI is not there: build it first, or name a program in JINGWEI" >&2; exit 1; }
[ -d node_modules ] || npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || exit 1

files=(*.test.mjs)
if [ $# -gt 0 ]; then files=("${@/%/.test.mjs}"); fi
run=(node --test --test-concurrency=2 --test-reporter=spec "${files[@]}")
# Tests of two replicas need a PostgreSQL; they say that they were skipped where none is installed.
if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then run=(../../tools/with_postgresql.sh "${run[@]}"); fi
exec "${run[@]}"
