#!/usr/bin/env bash
# Installs what building (`setup.sh build`) or testing (`setup.sh test`) lacks. Tools go into a cache folder of
# Trunkline's own (TRUNKLINE_CACHE, else the user's cache directory), which all clones share; nothing replaces a tool
# of the user's. Two things are not the cache's: the toolchain's own target and components, and Debian's packages for
# the tests. `setup.sh target` adds only the wasm target, `setup.sh static` also what format, lints and `cargo deny` need;
# `setup.sh ready` tells by its exit status whether the tools are all there.
# shellcheck source=env.sh
source "$(dirname "$0")/env.sh"

need() { command -v "$1" >/dev/null || die "$1 is not installed. $2"; }

rust_target() {
  [[ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ]] && return
  need rustup "Rust needs its target wasm32-unknown-unknown; without rustup, install it with your package manager."
  say "Adding the Rust target wasm32-unknown-unknown (about 30 MB, under a minute)."
  rustup --quiet target add wasm32-unknown-unknown
}

# A toolchain of the minimal profile has neither.
rust_components() {
  local missing=()
  cargo clippy --version >/dev/null 2>&1 || missing+=(clippy)
  cargo fmt --version >/dev/null 2>&1 || missing+=(rustfmt)
  ((${#missing[@]})) || return 0
  need rustup "The tests need ${missing[*]}; without rustup, install them with your package manager."
  say "Adding the toolchain's components ${missing[*]} (under a minute)."
  rustup --quiet component add "${missing[@]}"
}

# Debug builds: these tools copy and call others, and an optimised build takes five times as long.
# The target folder is a passing one, shared by both for what they have in common.
cargo_tool() {
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$CACHE/build" \
    cargo install --quiet --debug --force --root "$@" >&2 || die "cargo install $* failed. Is the network there?"
}

trunk_tool() {
  [[ "$(tool_version trunk "$TRUNK_HOME")" == "$TRUNK_VERSION" ]] && return
  say "Installing Trunk $TRUNK_VERSION into $TRUNK_HOME (2 to 4 minutes on 2 cores)."
  cargo_tool "$TRUNK_HOME" --locked --no-default-features "trunk@$TRUNK_VERSION"
}

# Its lock file may name a version that a registry's mirror lacks: then with the newest that fits.
wasm_bindgen_tool() {
  [[ "$(tool_version wasm-bindgen "$WASM_BINDGEN_HOME")" == "$WASM_BINDGEN_VERSION" ]] && return
  say "Installing wasm-bindgen $WASM_BINDGEN_VERSION into $WASM_BINDGEN_HOME (about a minute)."
  (cargo_tool "$WASM_BINDGEN_HOME" --locked "wasm-bindgen-cli@$WASM_BINDGEN_VERSION" 2>/dev/null) ||
    cargo_tool "$WASM_BINDGEN_HOME" "wasm-bindgen-cli@$WASM_BINDGEN_VERSION"
}

wasm_opt_tool() {
  [[ "$(tool_version binaryen "$BINARYEN_HOME")" == "$BINARYEN_VERSION" ]] && return
  say "Installing wasm-opt (binaryen $BINARYEN_VERSION) into $BINARYEN_HOME/npm (100 MB, under a minute)."
  mkdir -p "$BINARYEN_HOME/npm"
  cp scripts/tools/package.json scripts/tools/package-lock.json .npmrc "$BINARYEN_HOME/npm/"
  # By the digest in the lock file; nothing of the package is run.
  npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$BINARYEN_HOME/npm" >/dev/null ||
    die "npm could not install binaryen@$BINARYEN_VERSION."
}

# The typefaces, in a folder of their own for each lock file; nothing of the packages is run.
font_packages() {
  [[ -e "$FONTS_HOME/.complete" ]] && return
  say "Installing the app's typefaces into $FONTS_HOME (4 MB, seconds)."
  mkdir -p "$FONTS_HOME"
  cp scripts/fonts/package.json scripts/fonts/package-lock.json .npmrc "$FONTS_HOME/"
  npm ci --silent --ignore-scripts --no-audit --no-fund --prefix "$FONTS_HOME" >/dev/null ||
    die "npm could not install the packages of scripts/fonts."
  touch "$FONTS_HOME/.complete"
}

# Only licences, bans and sources, and advisories of a database that is there already: without the part that fetches it.
cargo_deny_tool() {
  [[ "$(tool_version cargo-deny "$CARGO_DENY_HOME")" == "$CARGO_DENY_VERSION" ]] && return
  say "Installing cargo-deny $CARGO_DENY_VERSION into $CARGO_DENY_HOME (2 to 4 minutes on 2 cores)."
  cargo_tool "$CARGO_DENY_HOME" --locked --no-default-features "cargo-deny@$CARGO_DENY_VERSION"
  rm -rf "$CACHE/build"
}

tools() {
  trunk_tool
  wasm_bindgen_tool
  wasm_opt_tool
  font_packages
  rm -rf "$CACHE/build"
}

complete() {
  [[ "$(tool_version trunk "$TRUNK_HOME")" == "$TRUNK_VERSION" &&
    "$(tool_version wasm-bindgen "$WASM_BINDGEN_HOME")" == "$WASM_BINDGEN_VERSION" &&
    "$(tool_version binaryen "$BINARYEN_HOME")" == "$BINARYEN_VERSION" && -e "$FONTS_HOME/.complete" ]]
}

build() {
  need cargo "Install Rust from https://rustup.rs."
  need node "Install Node.js 20 or newer."
  need npm "It comes with Node.js."
  rust_target
  complete || locked tools
}

# Chromium and its driver, and fonts for the scripts that the tests write in.
debian_packages() {
  local packages=()
  command -v chromium >/dev/null || packages+=(chromium)
  command -v chromedriver >/dev/null || packages+=(chromium-driver)
  if command -v dpkg-query >/dev/null; then
    local font
    for font in fonts-dejavu-core fonts-noto-core fonts-noto-cjk; do
      dpkg-query -W -f '${Status}' "$font" 2>/dev/null | grep -q 'ok installed' || packages+=("$font")
    done
  fi
  ((${#packages[@]})) || return 0
  local root=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null && root=(sudo) ||
      die "The tests need ${packages[*]}. Install them as root: apt-get install ${packages[*]}"
  fi
  command -v apt-get >/dev/null || die "The tests need chromium and chromedriver on the PATH; here is no apt-get to install them with."
  say "Installing ${packages[*]} with apt-get (up to 200 MB, 1 to 3 minutes)."
  "${root[@]}" apt-get update -qq
  # The journeys are quicker in it; where no such package is known they run in the whole browser.
  if ! command -v chromium-headless-shell >/dev/null && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
    packages+=(chromium-headless-shell)
  fi
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" \
    >/dev/null || die "apt-get could not install ${packages[*]}."
}

# The browser tests' packages, as package-lock.json has them. npm's own record tells when they are out of date.
node_packages() {
  [[ -e node_modules/.package-lock.json && ! package-lock.json -nt node_modules/.package-lock.json ]] && return
  say "Installing the browser tests' packages into node_modules (20 MB, seconds)."
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-audit --no-fund || die "npm ci failed."
  touch node_modules/.package-lock.json
}

case "${1:-build}" in
  ready) complete && rust_target ;;
  target)
    need cargo "Install Rust from https://rustup.rs."
    rust_target
    ;;
  static)
    need cargo "Install Rust from https://rustup.rs."
    need npm "It comes with Node.js."
    rust_target
    rust_components
    locked cargo_deny_tool
    ;;
  build) build ;;
  test)
    build
    rust_components
    locked debian_packages
    node_packages
    ;;
  *) die "usage: scripts/setup.sh [build|test|static|target|ready]" ;;
esac
