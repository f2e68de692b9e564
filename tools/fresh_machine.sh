#!/usr/bin/env bash
# Proves that a fresh Debian 12 is enough: a debootstrap tree with no more than the base system and git, a clone of this
# repository, and ./run in it, as a newcomer would. Needs root and debootstrap. Prints how long each part took.
#
#   tools/fresh_machine.sh [--tree DIR] [--test]     DIR is kept between runs; --test runs ./test there as well
set -eu
cd "$(dirname "$0")/.."
tree=${TMPDIR:-/tmp}/jingwei-fresh
with_test=no
while [ $# -gt 0 ]; do
  case "$1" in
    --tree) tree=$2; shift 2 ;;
    --test) with_test=yes; shift ;;
    *) echo "usage: tools/fresh_machine.sh [--tree DIR] [--test]" >&2; exit 2 ;;
  esac
done
[ "$(id -u)" = 0 ] || { echo "run as root: a chroot is made" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -y -qq debootstrap

begun=$SECONDS
if [ ! -x "$tree/bin/bash" ]; then
  debootstrap --variant=minbase --include=ca-certificates,git bookworm "$tree" >"$tree.log" 2>&1 || { tail "$tree.log"; exit 1; }
fi
echo "base system: $((SECONDS - begun)) s"
# What this machine's own package clients are told about the network, the tree's are told too.
cp /etc/resolv.conf /etc/hosts "$tree/etc/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/. "$tree/etc/apt/apt.conf.d/" 2>/dev/null || true
[ ! -f "$HOME/.npmrc" ] || cp "$HOME/.npmrc" "$tree/root/.npmrc"
cp -r /etc/ssl/certs/. "$tree/etc/ssl/certs/" 2>/dev/null || true
cat >"$tree/etc/apt/sources.list" <<'LIST'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
LIST

unmount() { for m in dev/shm dev proc sys; do umount -l "$tree/$m" 2>/dev/null || true; done; }
trap unmount EXIT
mount --bind /dev "$tree/dev"
mount -t proc proc "$tree/proc"
mount -t sysfs sys "$tree/sys"
# A first build: nothing that an earlier one kept may help.
rm -rf "$tree/root/jingwei" "$tree/root/.cache/ccache" "$tree/root/.ccache"
git clone -q . "$tree/root/jingwei"

inside() { env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${http_proxy:+http_proxy=$http_proxy} ${https_proxy:+https_proxy=$https_proxy} chroot "$tree" /bin/bash -c "$1"; }

# Downloads are counted apart: packages and npm first, then everything that ./run does with them.
begun=$SECONDS
inside 'cd /root/jingwei && mkdir -p build && . tools/prepare.sh && prepare_packages run && prepare_npm . web'
echo "downloads: $((SECONDS - begun)) s"
inside 'node --version; npm --version; gcc --version | head -1'

serves() {
  local limit_s=$1 begun_ms now_ms
  begun_ms=$(date +%s%3N)
  inside 'cd /root/jingwei && exec ./run --port 18990' >"$tree.run.log" 2>&1 &
  run_pid=$!
  until grep -q 'signin#link=' "$tree.run.log" && node_answers; do
    kill -0 $run_pid 2>/dev/null || { tail -30 "$tree.run.log"; echo "./run ended"; exit 1; }
    now_ms=$(date +%s%3N)
    [ $((now_ms - begun_ms)) -lt $((limit_s * 1000)) ] || { tail -30 "$tree.run.log"; echo "./run did not serve within $limit_s s"; exit 1; }
    sleep 0.1
  done
  echo "$2: $(($(date +%s%3N) - begun_ms)) ms"
  pkill -TERM -P "$run_pid" 2>/dev/null || kill -TERM "$run_pid" 2>/dev/null || true
  wait "$run_pid" 2>/dev/null || true
}
node_answers() { (exec 3<>/dev/tcp/127.0.0.1/18990) 2>/dev/null; }

serves 2400 "first ./run, build and demo included, downloads excluded"
serves 60 "second ./run"
if [ $with_test = yes ]; then inside 'cd /root/jingwei && ./test'; fi
