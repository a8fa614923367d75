#!/usr/bin/env bash
# Runs the tests in a browser, or only those whose names contain the arguments.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

../../node_modules/.bin/esbuild tests/browser/sdk.js --bundle --format=esm --log-level=warning --outfile=target/sdk.js
cargo test --target wasm32-unknown-unknown --test browser -- "$@"
