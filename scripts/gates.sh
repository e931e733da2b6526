#!/usr/bin/env bash
# The long tests: full simulations, public competitions, hundreds of kills. They run their
# full length only when SHIRUBE_GATES is set. What they measure goes to docs/evidence.md.
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

# folders PATTERN lists the packages whose tests contain it.
folders() { grep -rlE --include='*_test.go' "$1" cmd internal ./*.go 2>/dev/null | xargs -r -n 1 dirname | sort -u; }
# In most a figure may come out of any test. Those that tell seconds run alone, so that
# nobody else's work is in them. In the others only the TestGates are long.
published='evidence\.(Publish|AtMost|AtLeast|Tries)\('
mapfile -t timed < <(comm -12 <(folders "$published") <(folders 'time\.Since'))
mapfile -t measured < <(comm -23 <(folders "$published") <(folders 'time\.Since'))
mapfile -t others < <(comm -13 <(folders "$published") <(folders '^func TestGate'))

trap postgres_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
postgres_start

SHIRUBE_EVIDENCE=$PWD/build/evidence
export SHIRUBE_EVIDENCE SHIRUBE_GATES=1
rm -rf "$SHIRUBE_EVIDENCE"
mkdir -p "$SHIRUBE_EVIDENCE"
# gates PACKAGES DEFAULT FOLDER... runs the tests asked for, or those that DEFAULT matches,
# so many packages at a time. -count=1: a gate is asked for on purpose, so a remembered
# answer would not do.
gates() {
  local at_once=$1 pattern=$2
  shift 2
  if [ $# -gt 0 ]; then
    go test -json -count=1 -p "$at_once" -timeout 120m -run "${only:-$pattern}" "${@/#/./}" 2>&1 || true
  fi
}
only=${1:-}
failed=0
{
  gates 1 . ${timed[@]+"${timed[@]}"}
  gates 2 . ${measured[@]+"${measured[@]}"}
  gates 2 '^TestGate' ${others[@]+"${others[@]}"}
} | node scripts/gotest.mjs --logs || failed=1
go run ./scripts/evidence -fresh "$SHIRUBE_EVIDENCE" ${only:+-part}
exit "$failed"
