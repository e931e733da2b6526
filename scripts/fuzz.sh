#!/usr/bin/env bash
# Runs every fuzz target for a while. What breaks one is kept by Go in testdata/fuzz of its
# package, where `make test` repeats it from then on.
#
#   FUZZTIME=20s scripts/fuzz.sh [PATTERN]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

setup_go
time_each=${FUZZTIME:-20s}
pattern=${1:-^Fuzz}
passed=0
failed=0
mapfile -t folders < <(grep -rlE --include='*_test.go' '^func Fuzz' cmd internal 2>/dev/null | xargs -r -n 1 dirname | sort -u)
for folder in ${folders[@]+"${folders[@]}"}; do
  targets=$(go test -list "$pattern" "./$folder" | grep '^Fuzz') || continue
  for target in $targets; do
    echo "$folder $target for $time_each"
    if go test -run '^$' -fuzz "^$target\$" -fuzztime "$time_each" -fuzzminimizetime 1s "./$folder" </dev/null; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
done
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" = 0 ]
