# shellcheck shell=bash
# How a release is built. Sourced by dev.sh and check.sh, in the repository's root, after scripts/setup.sh.

# The release page in dist/.
build_release() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} flags=() sources
  # Panic messages name source files: the same names, and so the same bytes, on every machine, and none of its folders.
  # Rust's own sources get the name under which the compiled standard library knows them.
  flags+=("--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=/rustc/$(rustc_commit)")
  for sources in "$cargo_home"/registry/src/*; do
    flags+=("--remap-path-prefix=$sources=/deps")
  done
  # Set for this build alone: what `trunk serve` has compiled stays as it is. The separator is cargo's own.
  CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf '%s' "${flags[*]}") trunk build --release --offline
}

rustc_commit() {
  rustc --version --verbose | sed -n 's/^commit-hash: //p'
}

# What a cold visit downloads, and whether that is within the budget.
report_sizes() {
  node scripts/sizes.mjs
}
