#!/usr/bin/env bash
# Builds the screens into ui/dist, from where the Go program embeds them; does nothing
# when neither the sources nor the packages changed since the last build.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

setup_node_modules

fingerprint() {
  {
    find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -path ui/e2e -prune -o \
      -type f ! -name '*.test.ts' ! -name '*.test.tsx' -print0 | sort -z | xargs -0 sha256sum
    node --version
  } | sha256sum
}

now=$(fingerprint)
if [ -f ui/dist/index.html ] && [ "$(cat build/ui.stamp 2>/dev/null)" = "$now" ]; then
  echo "The screens are up to date."
  exit 0
fi
mkdir -p build
rm -f build/ui.stamp
(cd ui && npm run --silent build)
printf '%s\n' "$now" >build/ui.stamp
