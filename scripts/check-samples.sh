#!/usr/bin/env bash
# The documents' sample requests against a running server: `check-samples.sh http://127.0.0.1:8080`. Without an address
# the server that was built last is started on a port and a data folder of its own, and ended afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."

if [[ $# -gt 0 ]]; then
  exec node scripts/check-samples.mjs "$1"
fi

target="${CARGO_TARGET_DIR:-target}"
server="$(ls -t "$target"/{debug,release}/trunkline-server 2>/dev/null | head -n 1 || true)"
if [[ -z "$server" ]]; then
  echo "check-samples: there is no built server; run make build, or give the address of a running one" >&2
  exit 2
fi
folder="$(mktemp -d)"
# An own configuration: variables of the user's must not lead to a real vendor.
for name in $(compgen -e TRUNKLINE_ || true); do unset "$name"; done
# Here before it is looked into: a busy machine begins the server later than the loop below.
: >"$folder/out"
"$server" --listen 127.0.0.1:0 --data "$folder/data" >"$folder/out" 2>"$folder/log" &
pid=$!
trap 'kill "$pid" 2>/dev/null || true; wait "$pid" 2>/dev/null || true; rm -rf "$folder"' EXIT

# The address is printed once the server listens.
for _ in $(seq 300); do
  url="$(sed -n 's/^Trunkline is at //p' "$folder/out")"
  [[ -z "$url" ]] || break
  if ! kill -0 "$pid" 2>/dev/null; then
    cat "$folder/log" >&2
    exit 1
  fi
  sleep 0.1
done
[[ -n "$url" ]] || { echo "check-samples: the server did not start" >&2; exit 1; }
node scripts/check-samples.mjs "$url"
