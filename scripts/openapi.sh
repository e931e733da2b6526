#!/usr/bin/env bash
# Writes the API's description and the types of its client, both generated from the code.
#
#   scripts/openapi.sh                          into ui/
#   scripts/openapi.sh FOLDER PROGRAM...        into another folder, asking that program
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

setup_node_modules
folder=${1:-}
shift || true
if [ $# -eq 0 ]; then set -- go run ./cmd/shirube; fi
description=ui/openapi.json
types=ui/src/api/schema.d.ts
if [ -n "$folder" ]; then
  description=$folder/openapi.json
  types=$folder/schema.d.ts
fi
mkdir -p "$(dirname "$description")" "$(dirname "$types")"
# Through a temporary file: a program that fails must not empty the description.
"$@" openapi >"$description.new"
mv "$description.new" "$description"
ui/node_modules/.bin/openapi-typescript "$description" --output "$types"
