#!/usr/bin/env bash
# What the stages of scripts/test.sh do. Each check runs in its own shell with `set -euo pipefail`
# and ends with status 0, another on failure, or through `skip REASON`.

# Rooms where several goroutines share state; the race detector costs too much for the others.
race_rooms='/internal/(server|store)(/|$)'

# Tests of the race rooms that run without the detector instead.
unraced='^(TestEveryTemplateIsAMap|TestNumbersThatDoNotExistAreNull)$'

check_gofmt() {
  local unformatted
  unformatted=$(find . -path ./ui/node_modules -prune -o -path ./build -prune -o -name '*.go' -print0 | xargs -0 gofmt -l)
  if [ -n "$unformatted" ]; then
    printf 'Not formatted; please run gofmt -w on:\n%s\n' "$unformatted"
    return 1
  fi
}

# check_go_tests plain|race: the race rooms run once, with the detector. Vet has its own stage.
check_go_tests() {
  local packages flags=()
  if [ "$1" = race ]; then
    # Far above what it takes: on two busy cores the server alone needs its ten minutes.
    flags=(-race -timeout 30m)
    packages=$(go list ./... | grep -E "$race_rooms")
  else
    packages=$(go list ./... | grep -vE "$race_rooms")
  fi
  {
    local code=0
    # shellcheck disable=SC2086 # one word per package
    go test -json -vet=off "${flags[@]}" $packages 2>&1 || code=1
    # What is slow under the detector and has nothing to do with goroutines skips there.
    [ "$1" = race ] || go test -json -vet=off -run "$unraced" ./internal/server 2>&1 || code=1
    exit "$code"
  } | node scripts/gotest.mjs
}

check_screens() {
  scripts/ui.sh
}

check_biome() {
  (cd ui && node_modules/.bin/biome check --error-on-warnings .)
}

check_types() {
  (cd ui && npm run --silent typecheck)
}

check_vitest() {
  local report=$PWD/build/test/vitest.json code=0
  (cd ui && NO_COLOR=1 node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json="$report") || code=$?
  # shellcheck disable=SC2016 # the dollars are JavaScript's
  node -e '
    const r = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    // A file that cannot be loaded has no tests to fail: the file itself counts.
    const broken = r.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0).length;
    console.log(`${r.numPassedTests} passed, ${r.numFailedTests + broken} failed, ${r.numPendingTests + r.numTodoTests} skipped`);
  ' "$report"
  return "$code"
}

check_first_load() {
  node scripts/firstload.mjs
}

check_build() {
  go build -buildvcs=auto -o build/shirube ./cmd/shirube
}

# check_openapi: the description of the API and the typed client in ui/ come from the code.
check_openapi() {
  scripts/openapi.sh build/test/api ./build/shirube
  local status=0
  diff -u ui/openapi.json build/test/api/openapi.json || status=1
  diff -u ui/src/api/schema.d.ts build/test/api/schema.d.ts || status=1
  [ "$status" = 0 ] || echo "The API changed; please run: make openapi"
  return "$status"
}

check_notices() {
  go run ./scripts/licenses >build/test/notices.md
  diff -u THIRD_PARTY_NOTICES.md build/test/notices.md || {
    echo "The dependencies changed; please run: make licenses"
    return 1
  }
}

# check_browser: the runner starts ./build/shirube demo on a free port by itself.
check_browser() {
  mkdir -p build/screens
  node ui/e2e/run.mjs
}
