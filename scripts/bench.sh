#!/usr/bin/env bash
# Prints the figures: Go benchmarks of the rooms, the whole program from outside, then how fast
# the screens answer a press. build/shirube must be there, with its screens (make bench builds it).
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh

setup_go
mapfile -t folders < <(grep -rlE --include='*_test.go' '^func Benchmark' cmd internal 2>/dev/null | xargs -r -n 1 dirname | sort -u)
if [ ${#folders[@]} -gt 0 ]; then
  trap postgres_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  postgres_start
  # -p 1: benchmarks that run side by side would measure each other.
  go test -p 1 -run '^$' -bench "${1:-.}" -benchmem "${folders[@]/#/./}"
  echo
fi
go run ./scripts/bench ./build/shirube
echo
setup_browser
node ui/e2e/interaction.mjs
