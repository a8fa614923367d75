# shellcheck shell=bash
# How a release is built. Sourced by dev.sh and check.sh, in the repository's root, after scripts/setup.sh.

# The release page in dist/.
build_release() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} sources flags
  # A panic ends the module at once and says nothing: no formatting of messages, no names of source files.
  flags=(-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none)
  # An eighth of the usual stack, which is 1 MiB of memory from the start, is many times what the page needs.
  flags+=(-Clink-arg=-zstack-size=131072)
  # Where a name of a source file stays all the same, it is the same on every machine.
  for sources in "$cargo_home"/registry/src/*; do
    flags+=("--remap-path-prefix=$sources=/deps")
  done
  # Set for this build alone: what `trunk serve` has compiled stays as it is. The separator is cargo's own.
  with_small_std env CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f' && printf '%s' "${flags[*]}")" trunk build --release --offline "$@"
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
