#!/usr/bin/env bash
# Compares the page's speed with other pages: builds all, visits them ROUNDS times (15), and writes docs/benchmark.md.
# A round takes about three minutes on two cores; nothing else should run meanwhile.
#
#   tests/bench/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

source scripts/setup.sh
source scripts/browsers.sh
source tests/bench/bench.sh

rounds=${1:-15}

set_up
install_browsers
trunk build --release --offline
build_bench_pages
# Optimised, so that the server keeps out of the browser's way.
cargo build --profile fuzz -p bench

for ((round = 0; round < rounds; round++)); do
  visit() {
    target/fuzz/bench run --first-round "$round" --conditions "$1" --visits "$2"
  }
  visit slow4g/link,fast4g/link cold,warm,liff-state
  visit slow4g/link sign-in
  visit slow4g/cdp,fast4g/cdp cold,warm
  visit none/cdp tasks
done

version_of() {
  node -p "require('./$1/package.json').version"
}
cpu=$(sed -n 's/^model name\s*: //p' /proc/cpuinfo 2>/dev/null | head -1)
target/fuzz/bench report --about "$(date -u +%F), commit $(git describe --always --dirty), \
$(chromium --version 2>/dev/null | cut -d' ' -f1,2), headless, on $(nproc) cores (${cpu:-$(uname -m)}); \
LIFF SDK $(version_of node_modules/@line/liff), React $(version_of tests/bench/node_modules/react)."
