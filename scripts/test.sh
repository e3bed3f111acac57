#!/usr/bin/env bash
# The tests: `test.sh [static|native|wasm|e2e|e2e-dev]`, all of them without an argument. The first failure ends the run.
# shellcheck source=env.sh
source "$(dirname "$0")/env.sh"

checks() {
  say "Import laws and forbidden patterns."
  node --test --test-reporter=dot scripts/check-layers.test.mjs scripts/split.test.mjs
  node scripts/check-layers.mjs
  say "Format."
  cargo fmt --all --check
  say "Lints of api and server, then of the app for the browser (2 to 4 minutes the first time)."
  cargo clippy --quiet --locked -p trunkline-api -p trunkline-model -p trunkline-scan -p trunkline-text -p trunkline-server --all-targets -- -D warnings
  cargo clippy --quiet --locked -p trunkline --features gallery --target wasm32-unknown-unknown --all-targets -- -D warnings
}

# Dependencies: licences, sources and bans always; advisories where their database can be reached. Tests on a
# machine without a network must not fail for that, and must say so.
supply_chain() {
  say "Dependencies: licences, bans, sources."
  cargo deny --locked --all-features --log-level error check --hide-inclusion-graph licenses bans sources
  if (cargo deny --locked --all-features --log-level error check --hide-inclusion-graph advisories) 2>target/advisories.log; then
    say "Advisories: checked against the RustSec database."
  elif grep -qE '^error\[(vulnerability|unmaintained|unsound|notice|yanked)' target/advisories.log; then
    cat target/advisories.log >&2
    die "A dependency has an advisory."
  else
    say "Advisories were SKIPPED: the RustSec database can't be had here (target/advisories.log)."
  fi
  npm_audit . && npm_audit scripts/tools && npm_audit scripts/fonts
}

# Ends the run on a high or critical finding; a registry that doesn't answer is only said.
npm_audit() {
  local report
  report="$(npm audit --prefix "$1" --package-lock-only --audit-level high --json 2>/dev/null)" && {
    say "npm audit of $1: nothing high."
    return
  }
  if grep -q '"auditReportVersion"' <<<"$report"; then
    echo "$report" >&2
    die "npm audit found something high in $1."
  fi
  say "npm audit of $1 was SKIPPED: the registry does not answer it."
}

native() {
  say "Native tests (2 to 4 minutes the first time)."
  cargo test --quiet --locked -p trunkline-api -p trunkline-model -p trunkline-scan -p trunkline-text -p trunkline-server
}

wasm() {
  say "Component tests in headless Chromium (2 minutes the first time)."
  CHROMEDRIVER="$(command -v chromedriver)" WASM_BINDGEN_TEST_TIMEOUT=180 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 \
    cargo test --locked -p trunkline --features gallery --target wasm32-unknown-unknown --test '*'
}

e2e() {
  scripts/build.sh
  journeys "$@"
}

journeys() {
  say "Journeys in Chromium against the server."
  node node_modules/@playwright/test/cli.js test --config tests/e2e/playwright.config.ts "$@"
}

# The same journeys against debug builds, which take seconds after an edit. Journeys of sizes and chunks need the release.
e2e_dev() {
  say "Building the server and the app in their debug forms."
  cargo build --quiet --locked -p trunkline-server --bin trunkline-server
  for_app trunk --log error build --dist target/dist.dev
  TRUNKLINE_E2E_PROGRAM=target/debug/trunkline-server TRUNKLINE_E2E_DIST=target/dist.dev \
    node node_modules/@playwright/test/cli.js test --config tests/e2e/playwright.config.ts "$@"
}

case "${1:-all}" in
  static)
    scripts/setup.sh static
    supply_chain
    checks
    ;;
  native) native ;;
  wasm)
    scripts/setup.sh test
    wasm
    ;;
  e2e)
    scripts/setup.sh test
    e2e "${@:2}"
    ;;
  e2e-dev)
    scripts/setup.sh test
    e2e_dev "${@:2}"
    ;;
  all)
    # The release, with the tools it lacks, is built beside the tests: its long steps keep one core busy, those of the tests
    # the other, and each compiles in folders of its own.
    say "Building the release beside the tests (target/build.log)."
    mkdir -p target
    scripts/build.sh >target/build.log 2>&1 &
    build=$!
    trap 'kill "$build" 2>/dev/null || true' EXIT
    native
    scripts/setup.sh test
    scripts/setup.sh static
    supply_chain
    checks
    wasm
    say "Waiting for the release."
    wait "$build" || { cat target/build.log >&2; die "The build failed."; }
    trap - EXIT
    cat target/build.log
    journeys
    ;;
  *) die "usage: scripts/test.sh [static|native|wasm|e2e|e2e-dev]" ;;
esac
