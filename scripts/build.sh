# shellcheck shell=bash
# How a release is built. Sourced by dev.sh and check.sh, in the repository's root, after scripts/setup.sh.

# The release page in dist/.
build_release() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} sources flags module
  # A panic ends the module at once and says nothing: no formatting of messages, no names of source files.
  flags=(-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none)
  # What rustc makes of functions before LLVM does, it does to make them fast, at the price of bytes.
  flags+=(-Zmir-opt-level=1)
  # An eighth of the usual stack, which is 1 MiB of memory from the start, is many times what the page needs.
  flags+=(-Clink-arg=-zstack-size=131072)
  # Where a name of a source file stays all the same, it is the same on every machine.
  for sources in "$cargo_home"/registry/src/*; do
    flags+=("--remap-path-prefix=$sources=/deps")
  done
  # Set for this build alone: what `trunk serve` has compiled stays as it is. The separator is cargo's own.
  describe_target || return
  with_small_std env RUSTC_WRAPPER="$PWD/scripts/rustc.sh" CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f' && printf '%s' "${flags[*]}")" trunk build --release --offline "$@" || return
  module=${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/release/liff-bind.wasm
  if [ ! -f "$module" ] || grep -aq signature_mismatch "$module"; then
    echo "The linker found a function that is called in one way and compiled in another, and put a trap in its place." >&2
    return 1
  fi
}

# Rust's wasm32-unknown-unknown but for one thing: functions return two values as two values (WebAssembly's multi-value) and
# not by way of memory. 1.1 KB of the critical path (brotli), as every text is a pointer and a length. Only Rust's own calls
# are concerned; what wasm-bindgen sees is as ever. LLVM calls it experimental, and rustc knows it by a target's description
# alone, which `scripts/rustc.sh` gives it: Trunk and cargo know the target by its usual name. Where a later rustc refuses it,
# do without: no wrapper, and 1.1 KB more in the budget (`scripts/sizes.mjs`).
describe_target() {
  mkdir -p target
  RUSTC_BOOTSTRAP=1 rustc -Zunstable-options --print target-spec-json --target wasm32-unknown-unknown |
    sed 's/^{/{ "llvm-abiname": "experimental-mv",/' >target/wasm32-unknown-unknown.json
  [ "$(grep -c '"llvm-abiname"' target/wasm32-unknown-unknown.json)" = 1 ]
}

# Runs a command for which the standard library is part of the build, compiled for size. To cargo that is unstable;
# RUSTC_BOOTSTRAP lets the pinned stable release do it.
with_small_std() {
  RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size "$@"
}

# What a cold visit downloads, and whether that is within the budget.
report_sizes() {
  node scripts/sizes.mjs
}
