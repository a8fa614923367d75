#!/usr/bin/env bash
# Runs the checks that a change must pass. `./check.sh help` says more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# In this order, cheap ones first. A + marks a slow step, which only --all runs.
STEPS=(
  set_up browsers servers +audit format lint lint_wasm core +random_courses +random_inputs doctor visits sandbox components binding
  binding_in_a_browser release sizes scenarios hosting journeys +gallery faults +soak +benchmark
)

usage() {
  cat <<'END'
./check.sh         every check that a change must pass before it is handed in
./check.sh --all   and those that take long: random inputs by the million, the gallery, a soak, the benchmark once, the audit; CI runs this
./check.sh NAME    one step by its name. Those that need the release page take what `./check.sh release` has built
./check.sh help    show this

It installs what is missing, stops at the first step that fails, and keeps what each step printed in target/check/.
END
  printf 'Steps: %s\n' "${STEPS[*]/+/}"
}

source scripts/setup.sh
source scripts/browsers.sh
source scripts/servers.sh
source scripts/audit.sh
source tests/bench/bench.sh

browsers() { install_browsers; }
servers() { unpack_servers; }
format() { cargo fmt --all --check; }
lint() { cargo clippy --workspace --all-targets -- -D warnings; }
lint_wasm() {
  cargo clippy -p liff-bind -p line-liff -p liff-doctor --target wasm32-unknown-unknown --all-targets -- -D warnings
}
# `flow` walks to every state, so it is optimised.
core() {
  cargo test --lib --bins
  cargo test --profile fuzz --test flow
}
# Runs the core on random sequences of events and on random links.
random_courses() {
  PROPTEST_CASES=1000000 cargo test --profile fuzz --test flow -- \
    properties::nothing_breaks_the_rules properties::others_in_the_link_decide_nothing
}
random_inputs() { cargo test --profile fuzz -p fuzz; }
doctor() { cargo test -p liff-doctor; }
# Tests the script that counts visits.
visits() { node --test --test-reporter=spec tests/visits/*.test.mjs; }
sandbox() { cargo test -p sandbox; }
components() { cargo test --target wasm32-unknown-unknown --test web; }
binding() { cargo test -p line-liff; }
binding_in_a_browser() { crates/liff/tests/run.sh; }
release() { trunk build --release --offline; }
sizes() { node scripts/sizes.mjs; }
# Opens every scenario as `trunk serve` shows it.
scenarios() {
  trunk build --offline
  node --test --test-reporter=spec tests/dev/*.test.mjs
}
# Checks the configurations that the build wrote for hosts: against the hosts' rules, and in real web servers.
hosting() {
  node --test --test-reporter=spec tests/hosting/*.test.mjs
  xvfb-run -a cargo test -p e2e --test hosts -- --test-threads=4
}
# WebKit has no headless mode.
journeys() { xvfb-run -a cargo test -p e2e --lib --test all -- --test-threads=5; }
# Faults of LINE, the network, the phone and people: docs/faults.md. Many of them only wait.
faults() { xvfb-run -a cargo test -p e2e --test faults -- --test-threads=8; }
# Compares every screen, in every language, theme and size, with docs/gallery.
gallery() { cargo test -p e2e --test gallery -- --nocapture; }
# A thousand binds in a row, one in five with a fault.
soak() { xvfb-run -a cargo test -p e2e --test soak -- --nocapture; }
benchmark() { bench_smoke; }

# Prints the steps to run for an argument, one a line.
plan() {
  local step
  for step in "${STEPS[@]}"; do
    case "${1-}" in
      --all) printf '%s\n' "${step#+}" ;;
      "") case "$step" in +*) ;; *) printf '%s\n' "$step" ;; esac ;;
      "${step#+}") printf '%s\n' "$1" ;;
    esac
  done
}

# Prints how many seconds a step took when it last passed, or nothing if it never has.
last_time() {
  cat "$times/$1" 2>/dev/null || true
}

# run STEP: runs a step, shows what it prints, and says how long it took.
run() {
  name=$1
  started=$SECONDS
  printf '\n==> %s\n' "$name"
  "$name" 2>&1 | tee "$logs/$name"
  printf '%d\n' $((SECONDS - started)) >"$times/$name"
  ended ok
  name=""
}

ended() {
  local line
  line=$(printf '  %-22s %5d s   %s' "$name" $((SECONDS - started)) "$1")
  printf '%s\n' "$line"
  summary+=$line$'\n'
}

# Counts test cases as cargo's and node's test runners report them: prints "PASSED FAILED".
count_tests() {
  cat /dev/null "${planned[@]/#/$logs/}" 2>/dev/null | awk '
    /^test result: / { passed += $4; failed += $6 }
    /^ℹ pass /       { passed += $3 }
    /^ℹ fail /       { failed += $3 }
    END              { print passed + 0, failed + 0 }'
}

finish() {
  local status=$? passed failed
  if [ -n "$name" ]; then
    ended FAILED
  fi
  read -r passed failed < <(count_tests)
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
  fi
  printf '\n%s\n%d passed, %d failed, in %d s\n' "$summary" "$passed" "$failed" "$SECONDS"
}

case "${1-}" in
  help | -h | --help)
    usage
    exit
    ;;
esac
# The same tree gets the same random inputs on every machine, and each other tree gets others.
PROPTEST_RNG_SEED=$((16#$(git rev-parse HEAD^{tree} | cut -c1-15)))
export PROPTEST_RNG_SEED

planned=()
while IFS= read -r step; do
  planned+=("$step")
done < <(plan "${1-}")
if [ "$#" -gt 1 ] || [ "${#planned[@]}" -eq 0 ]; then
  printf 'error: there is no ./check.sh %s\n\n' "$*" >&2
  usage >&2
  exit 2
fi

logs=target/check
times=target/check-times
name=""
summary=""
mkdir -p "$logs" "$times"
rm -f "${planned[@]/#/$logs/}"

total=0
printf 'To do, and how long it took last time:\n'
for step in "${planned[@]}"; do
  last=$(last_time "$step")
  printf '  %-22s %5s\n' "$step" "${last:+$last s}"
  total=$((total + ${last:-0}))
done
printf '  %-22s %5d s\n' "together" "$total"

trap finish EXIT
for step in "${planned[@]}"; do
  run "$step"
done
