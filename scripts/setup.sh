#!/usr/bin/env bash
# Functions that put missing tools in place, one spoken line per installation.
# Sourced by the other scripts; SETUP=0 forbids installing and says what is missing instead.
# Callers run from the root of the repository with `set -euo pipefail`.

say() { printf '%s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# setup_apt REASON PACKAGE... installs Debian packages as root or through a sudo that asks nothing.
setup_apt() {
  local reason=$1
  shift
  local by_hand="sudo apt-get install $*"
  if [ "${SETUP:-1}" = 0 ]; then
    die "$reason is missing and SETUP=0 forbids installing it. Please run: $by_hand"
  fi
  command -v apt-get >/dev/null || die "$reason is missing. Please install it with your package manager (on Debian: $*)."
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      die "$reason is missing and installing it needs root. Please run: $by_hand"
    fi
    as_root=(sudo -n)
  fi
  say "Installing $reason: apt-get install $*"
  mkdir -p build
  local options=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
  if ! {
    "${as_root[@]}" apt-get update -qq &&
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${options[@]}" "$@"
  } >build/setup.log 2>&1 </dev/null; then
    tail -n 20 build/setup.log >&2
    die "Installing $reason failed; the whole output is in build/setup.log. By hand: $by_hand"
  fi
}

# setup_go checks for Go 1.26: inside the repository an older one fetches the newer by itself.
setup_go() {
  command -v go >/dev/null || die "Go is missing. Please install Go 1.26 or newer: https://go.dev/dl/"
  local version
  version=$(go env GOVERSION 2>&1) || die "Go is too old or cannot run here: $version"
  local minor=${version#go1.}
  minor=${minor%%[!0-9]*}
  if [ "${minor:-0}" -lt 26 ]; then
    die "Found $version, but Go 1.26 or newer is needed: https://go.dev/dl/"
  fi
}

setup_node() {
  local needed="Node.js 20.19 or newer with npm is needed"
  command -v node >/dev/null || die "Node.js is missing; $needed: https://nodejs.org/"
  command -v npm >/dev/null || die "npm is missing; $needed."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Found Node.js $(node --version), but $needed: https://nodejs.org/"
}

# setup_gcc: the race detector links through a C compiler. A mere `go build` does without.
setup_gcc() {
  if ! command -v "${CC:-gcc}" >/dev/null; then
    setup_apt "a C compiler (for go test -race)" gcc libc6-dev
  fi
}

# setup_node_modules installs what package-lock.json says, and only when it says something new.
# .shirube remembers the lock file we installed; npm's own mark tells of an `npm ci` by hand.
setup_node_modules() {
  setup_node
  local want mark=ui/node_modules/.package-lock.json
  want="$(node --version) $(sha256sum <ui/package-lock.json)"
  if [ "$(cat ui/node_modules/.shirube 2>/dev/null)" = "$want" ] || [ "$mark" -nt ui/package-lock.json ]; then
    return 0
  fi
  if [ "${SETUP:-1}" = 0 ]; then
    die "The packages of the screens are missing or old and SETUP=0 forbids installing them. Please run: (cd ui && npm ci)"
  fi
  say "Installing the packages of the screens: npm ci in ui/"
  mkdir -p build
  if ! (cd ui && npm ci --no-audit --no-fund) >build/npm.log 2>&1 </dev/null; then
    tail -n 20 build/npm.log >&2
    die "npm ci failed; the whole output is in build/npm.log."
  fi
  printf '%s' "$want" >ui/node_modules/.shirube
}

chromium_find() {
  local name
  for name in "${SHIRUBE_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

japanese_font_find() {
  if command -v fc-list >/dev/null; then
    [ -n "$(fc-list :lang=ja file)" ]
  else
    compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' >/dev/null
  fi
}

# setup_browser leaves the browser's path in SHIRUBE_CHROMIUM.
setup_browser() {
  local packages=() what=()
  if ! chromium_find >/dev/null; then
    packages+=(chromium)
    what+=("Chromium")
  fi
  if ! japanese_font_find; then
    packages+=(fonts-noto-cjk)
    what+=("Japanese fonts")
  fi
  if [ ${#packages[@]} -gt 0 ]; then
    setup_apt "$(IFS=,; echo "${what[*]}") (for the browser tests)" "${packages[@]}"
  fi
  SHIRUBE_CHROMIUM=$(chromium_find) || die "Chromium was installed but cannot be found; set SHIRUBE_CHROMIUM to its path."
  export SHIRUBE_CHROMIUM
}

# postgres_find prints the folder of the newest server: Debian keeps it out of PATH.
postgres_find() {
  local folder
  folder=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1) || true
  if [ -n "$folder" ] && [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ]; then
    echo "$folder"
  elif command -v postgres >/dev/null && command -v initdb >/dev/null; then
    dirname "$(command -v postgres)"
  else
    return 1
  fi
}

# setup_postgres leaves the folder of the server's programs in POSTGRES_BIN.
setup_postgres() {
  if ! postgres_find >/dev/null; then
    setup_apt "PostgreSQL (for a throw-away test server)" postgresql
  fi
  POSTGRES_BIN=$(postgres_find) || die "PostgreSQL was installed but its server cannot be found under /usr/lib/postgresql."
  export POSTGRES_BIN
}
