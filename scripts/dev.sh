#!/usr/bin/env bash
# Edit and reload: `trunk serve` for the app, with its proxy to a server that runs beside it. Ctrl-C ends both.
# shellcheck source=env.sh
source "$(dirname "$0")/env.sh"

scripts/setup.sh build
say "Compiling the server, then the app in its debug form (2 to 4 minutes the first time)."
cargo build --quiet --locked -p trunkline-server --bin trunkline-server
target/debug/trunkline-server --listen 127.0.0.1:8080 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
say "The app will be at http://127.0.0.1:8081/ and reload on each change; its components at /gallery."
for_app trunk --log warn serve --features gallery
