#!/usr/bin/env bash
# The long tests: full simulations, hundreds of kills. Their names begin with TestGate, and
# they skip themselves unless SHIRUBE_GATES is set.
#
#   scripts/gates.sh             all of them
#   scripts/gates.sh PATTERN     those whose names match, as in go test -run
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

setup_go
setup_node
mapfile -t folders < <(grep -rlE --include='*_test.go' '^func TestGate' cmd internal ./*.go 2>/dev/null | xargs -r -n 1 dirname | sort -u)
if [ ${#folders[@]} -eq 0 ]; then
  echo "There are no gates yet."
  echo "0 passed, 0 failed, 0 skipped"
  exit 0
fi
trap postgres_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
postgres_start
# -count=1: a gate is asked for on purpose, so a remembered answer would not do.
SHIRUBE_GATES=1 go test -json -count=1 -timeout 60m -run "${1:-^TestGate}" "${folders[@]/#/./}" 2>&1 |
  node scripts/gotest.mjs --logs
