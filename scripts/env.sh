# Sourced by the other scripts: where the tools are, which versions, and how to talk.
# shellcheck shell=bash
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"
# shellcheck source=versions.env
source scripts/versions.env
WASM_BINDGEN_VERSION="$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/version = |"/, ""); print }' Cargo.lock)"
BINARYEN_VERSION="$(sed -n 's/^ *"binaryen": "\(.*\)"$/\1/p' scripts/tools/package.json)"

CACHE="${TRUNKLINE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/trunkline}"

# $1 a tool's name, $2 its version, $3 where a common folder would keep it: that folder if it holds this version or
# none yet, else one of its own, so that clones at different versions don't take turns at replacing each other's tool.
tool_folder() {
  local common="$CACHE/tools"
  if [[ ! -e "$common/$3" ]] || [[ "$(tool_version "$1" "$common")" == "$2" ]]; then
    echo "$common"
  else
    echo "$CACHE/tools-$1-$2"
  fi
}

# The version of tool $1 in folder $2; nothing if it isn't there or doesn't run.
tool_version() {
  case "$1" in
    trunk | wasm-bindgen | cargo-deny) "$2/bin/$1" --version 2>/dev/null | awk '{ print $2 }' ;;
    binaryen) sed -n 's/^ *"version": "\(.*\)",*$/\1/p' "$2/npm/node_modules/binaryen/package.json" 2>/dev/null ;;
  esac || true
}

TRUNK_HOME="$(tool_folder trunk "$TRUNK_VERSION" bin/trunk)"
WASM_BINDGEN_HOME="$(tool_folder wasm-bindgen "$WASM_BINDGEN_VERSION" bin/wasm-bindgen)"
CARGO_DENY_HOME="$(tool_folder cargo-deny "$CARGO_DENY_VERSION" bin/cargo-deny)"
BINARYEN_HOME="$(tool_folder binaryen "$BINARYEN_VERSION" npm/node_modules/binaryen/package.json)"
export PATH="$TRUNK_HOME/bin:$WASM_BINDGEN_HOME/bin:$CARGO_DENY_HOME/bin:$BINARYEN_HOME/npm/node_modules/.bin:$PATH"
# Trunk's hook takes the typefaces from there.
FONTS_HOME="$CACHE/fonts-$(cksum <scripts/fonts/package-lock.json | cut -d ' ' -f 1)"
export FONTS_HOME
export TRUNK_SKIP_VERSION_CHECK=true
# Each clone builds into its own folder, whatever the user has set.
export CARGO_TARGET_DIR="$ROOT/target"

# The compiler flags that the user's environment asks for, of which the app keeps only the mangling of names. Any other
# would silently replace those in .cargo/config.toml; these are added to them, and the last one counts.
APP_FLAGS=""
wanted="$(tr '\037' ' ' <<<"${CARGO_ENCODED_RUSTFLAGS:-${RUSTFLAGS:-}}")"
mangling="$(grep -oE 'symbol-mangling-version=(legacy|v0)' <<<"$wanted" | tail -1 || true)"
if [[ -n "$mangling" ]]; then
  APP_FLAGS="-C $mangling"
  # The mangling that is not the compiler's own is unstable.
  [[ "$wanted" =~ -Z\ *unstable-options ]] && APP_FLAGS+=" -Z unstable-options"
fi

# Runs what compiles the app, with its own flags: `for_app cargo build …`.
for_app() {
  local flags=()
  [[ -z "$APP_FLAGS" ]] ||
    flags=("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=${CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS:-} $APP_FLAGS")
  env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS ${flags[@]+"${flags[@]}"} "$@"
}

say() { echo "▸ $*"; }
die() { echo "✗ $*" >&2; exit 1; }

# One installer at a time, over all clones that share the cache: `locked command …`.
locked() {
  mkdir -p "$CACHE"
  if command -v flock >/dev/null; then
    exec 9>"$CACHE/lock"
    flock -n 9 || { say "Another clone is installing tools; waiting for it."; flock 9; }
    "$@" 9>&-
    exec 9>&-
  else
    "$@"
  fi
}
