#!/bin/bash
# Go's sumdb packages check a log made here: run_log_peer.sh TLOG_MAKE
#
# Builds tests/peers/go/verify_log.go from Debian's packages (golang-go, golang-golang-x-mod-dev), makes a log of 1,000
# entries with all its checkpoints and some receipts, and expects the check to pass; then spoils one byte of each kind of
# file in turn and expects it to fail.
set -euo pipefail
tlog_make=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

go=/usr/bin/go
[ -x "$go" ] || go=$(command -v go) || { echo "Go is missing: install golang-go and golang-golang-x-mod-dev" >&2; exit 1; }
[ -d /usr/share/gocode/src/golang.org/x/mod ] || { echo "install golang-golang-x-mod-dev" >&2; exit 1; }
export GO111MODULE=off GOPATH=/usr/share/gocode GOFLAGS= GOTOOLCHAIN=local GOCACHE="${GOCACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/go-build}"
"$go" build -o "$work/verify_log" "$here/go/verify_log.go"

"$tlog_make" "$work/made" 1000 20261120
log=$work/made/log
arguments=(-vkey "$(cat "$work/made/vkey")")
for file in "$work"/made/checkpoints/*; do arguments+=(-old "$file"); done
for file in "$work"/made/receipts/*; do arguments+=(-receipt "$file"); done
"$work/verify_log" "${arguments[@]}" "$log"

noticed=0
# spoil FILE BYTE: flips the lowest bit, expects the check to fail, puts the byte back.
spoil() {
  cp "$1" "$work/kept"
  local old
  old=$(od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' ')
  printf "$(printf '\\x%02x' $((old ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
  if output=$("$work/verify_log" "${arguments[@]}" "$log"); then
    echo "a flipped byte in ${1#"$work"/made/} was not noticed: $output" >&2
    exit 1
  fi
  cp "$work/kept" "$1"
  noticed=$((noticed + 1))
  echo "noticed in ${1#"$work"/made/}: ${output#verify_log: failed: }"
}
first_receipt=$(find "$work/made/receipts" -type f | sort | head -n 1)
spoil "$log/tile/0/001" 4000
spoil "$log/tile/1/000.p/3" 40
spoil "$log/tile/entries/002" 500
spoil "$log/checkpoint" 22
spoil "$work/made/checkpoints/1000" 30
spoil "$first_receipt" 200
"$work/verify_log" "${arguments[@]}" "$log" > /dev/null
echo "$((1 + noticed)) passed, 0 failed"
