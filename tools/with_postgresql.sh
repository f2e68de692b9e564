#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own on a free port of 127.0.0.1, in a temporary folder, and stops it afterwards.
# The command finds its URL in JINGWEI_TEST_POSTGRESQL.
set -u
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed (postgresql-15)" >&2; exit 1; }
folder=$(mktemp -d)
as_owner=()
if [ "$(id -u)" = 0 ]; then
  # PostgreSQL refuses to run as root.
  chown postgres "$folder"
  as_owner=(runuser -u postgres --)
fi
port=$(node -e 'const s=require("net").createServer();s.listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
stop() {
  (cd "$folder" && "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/db" -m immediate stop >/dev/null 2>&1)
  rm -rf "$folder"
}
trap stop EXIT
cd "$folder" || exit 1
"${as_owner[@]}" "$bin/initdb" -D "$folder/db" -A trust -U jingwei -E UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"${as_owner[@]}" "$bin/pg_ctl" -D "$folder/db" -w -l "$folder/server.log" -o "-h 127.0.0.1 -p $port -k $folder -c fsync=on -c max_connections=200" start >/dev/null || { cat "$folder/server.log" >&2; exit 1; }
cd "$OLDPWD" || exit 1
export JINGWEI_TEST_POSTGRESQL="postgresql://jingwei@127.0.0.1:$port/postgres"
"$@"
