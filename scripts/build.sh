#!/usr/bin/env bash
# Builds dist/ and target/release/trunkline-server. `build.sh server` and `build.sh app` build one of them; `build.sh profile`
# writes the list by which the app is split.
# shellcheck source=env.sh
source "$(dirname "$0")/env.sh"

# The app as the linker leaves it, with its relocations.
LINKED=target/wasm32-unknown-unknown/wasm-release/trunkline.wasm

server() {
  cargo build --quiet --locked --release -p trunkline-server --bin trunkline-server
}

# Succeeds if a source of the app is newer than its build, or the flags differ. Folders
# count too: a removed file touches its folder.
stale() {
  [[ ! -e dist/index.html || ! -e target/app.stamp || "$(<target/app.stamp)" != "$APP_FLAGS" ]] ||
    [[ -n "$(find src api/src scan/src text model routes.json style locales public index.html boot.js Trunk.toml build.rs Cargo.toml Cargo.lock rust-toolchain.toml \
      api/Cargo.toml scan/Cargo.toml .cargo scripts/versions.env scripts/tools scripts/bundle-css.mjs scripts/build-locales.mjs scripts/build-boot.mjs scripts/build-fonts.mjs scripts/fonts \
      scripts/precompress.mjs scripts/split-wasm.mjs scripts/split \
      -newer target/app.stamp -print -quit)" ]]
}

# In one move: whoever serves dist/ has the whole of the old app or the whole of the new one, and a build that failed
# leaves the old one.
replace_dist() {
  rm -rf target/dist.old
  [[ ! -e dist ]] || mv dist target/dist.old
  mv target/dist.next dist
  rm -rf target/dist.old
}

app() {
  if stale; then
    mkdir -p target
    printf %s "$APP_FLAGS" >target/app.stamp.next
    # Its one warning is that it leaves the glue unminified.
    rm -rf target/dist.next
    for_app trunk --log error build --release --dist target/dist.next
    node scripts/split-wasm.mjs target/dist.next "$LINKED"
    node scripts/precompress.mjs target/dist.next
    replace_dist
    mv target/app.stamp.next target/app.stamp
  fi
  node scripts/size-limit.mjs dist ${APP_FLAGS:+--unlimited}
}

# Notes which functions no page's first view calls, and writes scripts/split/cold.txt, after which the app is split anew.
profile() {
  rm -rf target/dist.profile
  for_app trunk --log error build --release --dist target/dist.profile
  node scripts/split-wasm.mjs target/dist.profile "$LINKED" --profile
  node scripts/profile.mjs target/dist.profile
}

# Compiles as trunk will, with the same flags and profile, so that trunk finds it done: with an empty cache the
# app compiles while trunk itself does.
compile_app() {
  for_app cargo build --quiet --locked --target wasm32-unknown-unknown --profile wasm-release --bin trunkline
}

# Tools still to install: they compile beside the server and the app, which keeps both cores busy to the end.
all_with_tools() {
  say "Building the server and the app, and the tools for it: 5 to 9 minutes on 2 cores, later seconds."
  scripts/setup.sh target
  scripts/setup.sh build &
  local setup=$!
  trap 'kill "$setup" 2>/dev/null || true' EXIT
  server
  say "The server is compiled; the app and the tools go on."
  compile_app
  say "The app is compiled; waiting for the tools that pack it, if they aren't there yet."
  wait "$setup" || exit 1
  trap - EXIT
  app
}

case "${1:-all}" in
  server) server ;;
  app)
    scripts/setup.sh build
    app
    ;;
  profile)
    scripts/setup.sh test
    server
    profile
    ;;
  all)
    if ! scripts/setup.sh ready; then
      all_with_tools
      exit
    fi
    [[ -e target/release/trunkline-server ]] || say "Compiling the server (2 to 4 minutes the first time)."
    server
    stale && say "Compiling the app (2 to 4 minutes the first time, later under a minute)."
    app
    ;;
  *) die "usage: scripts/build.sh [server|app|profile]" ;;
esac
