# shellcheck shell=bash
# Sourced in the repository's root after scripts/setup.sh and the release build, by tests/bench/run.sh and check.sh.

# All pages, in target/bench. React comes from a package.json of its own: nothing but the benchmark needs it.
build_bench_pages() {
  npm ci --prefix tests/bench --no-audit --no-fund --loglevel=error
  node tests/bench/build.mjs
}

# Each page once in each way, on this machine's own network: every one still binds. Times are not looked at.
bench_smoke() {
  build_bench_pages
  cargo test -p bench
  cargo run -p bench -- run --visits cold,warm,liff-state,sign-in,tasks --samples target/bench/smoke.jsonl
}
