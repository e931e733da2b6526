#!/usr/bin/env bash
# Runs every test of the house and closes with one line: N passed, N failed, N skipped.
# A stage without tests of its own (formatting, types, generated files) counts as one.
# Two lanes side by side, Go and screens; each stage keeps its whole output in build/test/.
#
#   scripts/test.sh            everything
#   scripts/test.sh go|ui      one lane
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/postgres.sh
. scripts/postgres.sh
# shellcheck source=scripts/stage.sh
. scripts/stage.sh
# shellcheck source=scripts/stages.sh
. scripts/stages.sh

lane=${1:-all}
case $lane in all | go | ui) ;; *) die "Usage: scripts/test.sh [go|ui]" ;; esac

children=()
finish() {
  local child
  for child in ${children[@]+"${children[@]}"}; do kill -TERM -- "-$child" 2>/dev/null || true; done
  postgres_stop
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

go_lane() {
  stage gofmt check_gofmt
  stage vet go vet ./...
  stage staticcheck go tool staticcheck ./...
  stage "go test" check_go_tests plain
  stage "go test -race" check_go_tests race
}

ui_lane() {
  stage biome check_biome
  stage types check_types
  stage vitest check_vitest
  stage "first load" check_first_load
  stage "build" check_build
  stage "api in step" check_openapi
  stage "notices in step" check_notices
  stage "browser tests" check_browser
}

stage_begin
setup_go
setup_gcc
setup_node_modules
[ "$lane" = go ] || setup_browser
[ "$lane" = ui ] || postgres_start

# Before the lanes: the Go packages embed what this builds.
stage screens check_screens

# Job control gives each lane its own process group, so that an interrupt can end it whole.
set -m
if [ "$lane" != ui ]; then
  go_lane &
  children+=($!)
fi
if [ "$lane" != go ]; then
  ui_lane &
  children+=($!)
fi
for child in "${children[@]}"; do wait "$child" || true; done
children=()
set +m

stage_summary
