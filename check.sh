#!/usr/bin/env bash
# Everything that must hold before a change goes in: CI runs this and nothing else. Cheap steps first; stops at the first
# that fails. Installs what is missing. What each step prints is also kept in target/check/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

source scripts/setup.sh
source scripts/browsers.sh
source scripts/servers.sh
source scripts/audit.sh
source tests/bench/bench.sh

logs=target/check
name=""
started=0
summary=""

# step NAME COMMAND...: runs a command, shows what it prints, and notes how long it took.
step() {
  name=$1
  started=$SECONDS
  shift
  printf '\n==> %s\n' "$name"
  "$@" 2>&1 | tee "$logs/$name.log"
  note "$name" ok
  name=""
}

note() {
  summary+=$(printf '  %-24s %5d s   %s' "$1" $((SECONDS - started)) "$2")$'\n'
}

# Test cases, as cargo's and node's test runners count them: "PASSED FAILED".
count_tests() {
  cat "$logs"/*.log | awk '
    /^test result: / { passed += $4; failed += $6 }
    /^ℹ pass /       { passed += $3 }
    /^ℹ fail /       { failed += $3 }
    END              { print passed + 0, failed + 0 }'
}

finish() {
  local status=$? passed failed
  if [ -n "$name" ]; then
    note "$name" FAILED
  fi
  read -r passed failed < <(count_tests)
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
  fi
  printf '\n%s\n%d passed, %d failed\n' "$summary" "$passed" "$failed"
}

scenarios_in_trunk_serve() {
  trunk build --offline --dist target/dev-dist
  node --test --test-reporter=spec tests/dev/*.test.mjs
}

journeys() {
  # WebKit has no headless mode.
  xvfb-run -a cargo test -p e2e --lib --test all -- --test-threads=4
}

# What the build wrote for hosts: by their rules, and in real web servers.
hosting() {
  node --test --test-reporter=spec tests/hosting/*.test.mjs
  xvfb-run -a cargo test -p e2e --test hosts -- --test-threads=4
}

# The script that counts visits.
visits() {
  node --test --test-reporter=spec tests/visits/*.test.mjs
}

# LINE, the network, the phone and people do to the page what they do: docs/faults.md.
faults() {
  xvfb-run -a cargo test -p e2e --test faults -- --test-threads=4
}

# Every screen in every language, theme and size, against docs/gallery.
gallery() {
  cargo test -p e2e --test gallery -- --nocapture
}

# A thousand binds in a row, one in five with a fault.
soak() {
  xvfb-run -a cargo test -p e2e --test soak -- --nocapture
}

# The core. Optimised where every state is walked to.
core() {
  cargo test --lib --bins
  cargo test --profile fuzz --test flow
}

# The core on random courses of events, and on random links.
random_courses() {
  PROPTEST_CASES=1000000 cargo test --profile fuzz --test flow -- \
    properties::nothing_breaks_the_rules properties::others_in_the_link_decide_nothing
}

rm -rf "$logs"
mkdir -p "$logs"
touch "$logs/none.log"
trap finish EXIT

step "set-up" set_up
step "browsers" install_browsers
step "servers" unpack_servers
step "audit" audit
step "format" cargo fmt --all --check
step "clippy" cargo clippy --workspace --all-targets -- -D warnings
step "clippy, wasm" cargo clippy -p liff-bind -p line-liff -p liff-doctor --target wasm32-unknown-unknown --all-targets -- -D warnings
step "core" core
step "random courses" random_courses
step "random inputs" cargo test --profile fuzz -p fuzz
step "doctor" cargo test -p liff-doctor
step "visits" visits
step "sandbox" cargo test -p sandbox
step "in a browser" cargo test --target wasm32-unknown-unknown --test web
step "binding" cargo test -p line-liff
step "binding, in a browser" crates/liff/tests/run.sh
step "release build" trunk build --release --offline
step "size" node scripts/sizes.mjs
step "scenarios" scenarios_in_trunk_serve
step "hosting" hosting
step "journeys" journeys
step "gallery" gallery
step "faults" faults
step "soak" soak
step "benchmark, once" bench_smoke
