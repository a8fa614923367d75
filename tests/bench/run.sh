#!/usr/bin/env bash
# How fast the page is, beside others: builds all pages, visits them ROUNDS times (15), and writes docs/benchmark.md.
# A round takes three minutes on two cores; nothing else should run meanwhile.
#
#   tests/bench/run.sh [ROUNDS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

source scripts/setup.sh
source scripts/build.sh
source scripts/browsers.sh

rounds=${1:-15}
bench=target/fuzz/bench

set_up
install_browsers
npm ci --prefix tests/bench --no-audit --no-fund --loglevel=error
build_release
node tests/bench/build.mjs
cargo build --profile fuzz -p bench

for ((round = 0; round < rounds; round++)); do
  $bench run --first-round "$round" --conditions slow4g/link,fast4g/link --visits cold,warm,liff-state
  $bench run --first-round "$round" --conditions slow4g/link --visits sign-in
  $bench run --first-round "$round" --conditions slow4g/cdp,fast4g/cdp --visits cold,warm
  $bench run --first-round "$round" --conditions none/cdp --visits tasks
done

version() {
  node -p "require('./$1/package.json').version"
}
cpu=$(sed -n 's/^model name\s*: //p' /proc/cpuinfo 2>/dev/null | head -1)
$bench report --about "$(date -u +%F), $(git describe --always), $(chromium --version 2>/dev/null | cut -d' ' -f1,2), \
headless, on $(nproc) cores (${cpu:-$(uname -m)}); LIFF SDK $(version node_modules/@line/liff), \
React $(version tests/bench/node_modules/react)."
