#!/usr/bin/env bash
# Runs named stages, times them, and adds up what they counted. Sourced by scripts/test.sh.

stage_folder=build/test
stage_skipped=77 # what a check returns when the thing it checks does not exist

stage_begin() {
  rm -rf "$stage_folder"
  mkdir -p "$stage_folder"
  stage_started=$SECONDS
}

# skip REASON leaves a stage: the reason stands in the summary.
skip() {
  echo "$*"
  exit "$stage_skipped"
}

# stage NAME COMMAND... runs one stage; failure is noted, not fatal, so that one run tells all.
stage() {
  local name=$1 file before=$SECONDS code=0
  shift
  file=$stage_folder/${name//[^a-z]/-}
  # No `if` or `||` around the subshell: they would switch off its `set -e`.
  set +e
  (
    set -euo pipefail
    "$@"
  ) >"$file.log" 2>&1 </dev/null
  code=$?
  set -e

  local counts passed=0 failed=0 skipped=0 verdict=ok
  counts=$(grep -E '^[0-9]+ passed, [0-9]+ failed(, [0-9]+ skipped)?$' "$file.log" | tail -n 1) || true
  if [ "$code" = "$stage_skipped" ]; then
    verdict=SKIPPED skipped=1
  elif [ -n "$counts" ]; then
    read -r passed _ failed _ skipped _ <<<"${counts//,/} 0 skipped"
  elif [ "$code" = 0 ]; then
    passed=1
  fi
  if [ "$code" != 0 ] && [ "$code" != "$stage_skipped" ]; then
    verdict=FAILED
    [ "$failed" != 0 ] || failed=1
  fi
  local result
  result=$(printf '%s\t' "$name" "$verdict" "$((SECONDS - before))" "$passed" "$failed" "$skipped" "$file.log")
  printf '%s\n' "$result" >>"$stage_folder/results"
  stage_line "$result"
  if [ "$verdict" = FAILED ]; then
    sed 's/^/    /' "$file.log" | stage_shorten "$file.log"
  fi
}

# stage_shorten keeps the end of a long log: there stands what went wrong.
stage_shorten() {
  local text lines
  text=$(cat)
  lines=$(wc -l <<<"$text")
  if [ "$lines" -gt 200 ]; then
    echo "    … the last 200 of $lines lines; all of them are in $1"
    text=$(tail -n 200 <<<"$text")
  fi
  printf '%s\n' "$text"
}

stage_line() {
  local name verdict seconds passed failed skipped log
  IFS=$'\t' read -r name verdict seconds passed failed skipped log <<<"$1"
  case $verdict in
  SKIPPED) printf '%-8s %-16s %4s s  %s\n' "$verdict" "$name" "$seconds" "$(tail -n 1 "$log")" ;;
  *) printf '%-8s %-16s %4s s  %5s passed %3s failed %3s skipped\n' "$verdict" "$name" "$seconds" "$passed" "$failed" "$skipped" ;;
  esac
}

# stage_summary prints the table and the closing line; its status is that of the whole run.
stage_summary() {
  local passed=0 failed=0 skipped=0 result p f s log
  printf '\nSummary after %s s\n' "$((SECONDS - stage_started))"
  while read -r result; do
    stage_line "$result"
    IFS=$'\t' read -r _ _ _ p f s log <<<"$result"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    # The tests that skipped themselves, each with its reason, and those that passed only alone.
    sed -n 's/^  skipped /           skipped /p; s/^unsteady /           unsteady /p' "$log"
  done <"$stage_folder/results"
  printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
  [ "$failed" = 0 ]
}
