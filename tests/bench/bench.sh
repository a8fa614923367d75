# shellcheck shell=bash
# Sourced in the repository's root after scripts/setup.sh and the release build, by tests/bench/run.sh and check.sh.

# Builds all pages in target/bench. React has a package.json of its own, as only the benchmark needs it.
build_bench_pages() {
  npm ci --prefix tests/bench --include=dev --no-audit --no-fund --loglevel=error
  node tests/bench/build.mjs
}

# Visits each page once in each way, on this machine's own network, to see that each still binds. Ignores the times.
bench_smoke() {
  build_bench_pages
  cargo test -p bench
  cargo run -p bench -- run --visits cold,warm,liff-state,sign-in,tasks --samples target/bench/smoke.jsonl
}
