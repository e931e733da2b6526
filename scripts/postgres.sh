#!/usr/bin/env bash
# A throw-away PostgreSQL on a free port of this machine, as fast as it goes and gone at exit.
#
#   scripts/postgres.sh COMMAND...   run a command with SHIRUBE_TEST_POSTGRES set
#   scripts/postgres.sh              print the address and stay until Ctrl-C
#
# Other scripts source it for postgres_start and postgres_stop.

# postgres_as runs a command as the server's owner: PostgreSQL refuses to run as root.
postgres_as() {
  if [ "$(id -u)" != 0 ]; then
    "$@"
  else
    setpriv --reuid="$postgres_user" --regid="$(id -g "$postgres_user")" --init-groups "$@"
  fi
}

postgres_data=""
postgres_pid=""

# postgres_start exports SHIRUBE_TEST_POSTGRES; call it in the script's own shell, not in a subshell.
postgres_start() {
  setup_postgres
  postgres_user=$(id -un)
  if [ "$(id -u)" = 0 ]; then
    postgres_user=nobody
    if id -u postgres >/dev/null 2>&1; then postgres_user=postgres; fi
  fi
  # /tmp and not TMPDIR: the owner must be able to walk there.
  postgres_data=$(mktemp -d /tmp/shirube-postgres.XXXXXX)
  [ "$(id -u)" != 0 ] || chown "$postgres_user" "$postgres_data"
  local log=$postgres_data/log
  if ! (cd /tmp && postgres_as "$POSTGRES_BIN/initdb" -D "$postgres_data/db" -U shirube -A trust \
    --encoding=UTF8 --locale=C --no-sync) >"$log" 2>&1; then
    cat "$log" >&2
    postgres_stop
    return 1
  fi
  local try port
  for try in 1 2 3 4 5 6 7 8; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 40000))
    # Nothing here outlives the test, so nothing needs to reach the disk.
    (cd /tmp && postgres_exec "$POSTGRES_BIN/postgres" -D "$postgres_data/db" -p "$port" \
      -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
      -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 \
      -c shared_buffers=64MB -c log_min_messages=warning) >"$log" 2>&1 </dev/null &
    postgres_pid=$!
    if postgres_wait "$port"; then
      export SHIRUBE_TEST_POSTGRES="postgres://shirube@127.0.0.1:$port/postgres?sslmode=disable"
      return 0
    fi
    wait "$postgres_pid" 2>/dev/null || true
    # A port that somebody else holds is worth another try; anything else is not.
    grep -q 'Address already in use' "$log" || break
  done
  cat "$log" >&2
  say "The throw-away PostgreSQL did not start (attempt $try); its log is above."
  postgres_pid=""
  postgres_stop
  return 1
}

# postgres_exec replaces its subshell, so that $! is the server itself; should the
# script be killed outright, the kernel stops the server too.
postgres_exec() {
  local change=()
  if [ "$(id -u)" = 0 ]; then
    change=(--reuid="$postgres_user" --regid="$(id -g "$postgres_user")" --init-groups)
  fi
  if command -v setpriv >/dev/null; then
    exec setpriv --pdeathsig INT "${change[@]}" "$@"
  fi
  exec "$@"
}

postgres_wait() {
  local _
  for _ in $(seq 300); do
    kill -0 "$postgres_pid" 2>/dev/null || return 1
    if "$POSTGRES_BIN/pg_isready" -q -h 127.0.0.1 -p "$1" -U shirube; then return 0; fi
    sleep 0.1
  done
  kill -INT "$postgres_pid" 2>/dev/null || true
  return 1
}

# postgres_stop ends the server by its own process id and removes its folder; harmless when nothing runs.
postgres_stop() {
  if [ -n "$postgres_pid" ]; then
    kill -INT "$postgres_pid" 2>/dev/null || true
    wait "$postgres_pid" 2>/dev/null || true
    postgres_pid=""
  fi
  if [ -n "$postgres_data" ]; then
    rm -rf "$postgres_data"
    postgres_data=""
  fi
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  set -euo pipefail
  cd "$(dirname "$0")/.."
  # shellcheck source=scripts/setup.sh
  . scripts/setup.sh
  trap postgres_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  postgres_start
  if [ $# -gt 0 ]; then
    "$@"
  else
    echo "$SHIRUBE_TEST_POSTGRES"
    wait "$postgres_pid"
  fi
fi
