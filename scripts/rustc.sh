#!/usr/bin/env bash
# cargo's RUSTC_WRAPPER in a release build: compiles the profile `release` for the target that `describe_target`
# (scripts/build.sh) has described, wherever cargo asks for the one of the same name.
# cargo does not see a change of this file: it takes `rm -r target/wasm32-unknown-unknown/release`.
# The profile `merchant` stays as it is: LLVM would have `i128`s multiplied in the new way by a function that is compiled in
# the old one, and the doctor reads and writes decimals, which takes such numbers.
args=("$@")
if [[ " $* " == *"/wasm32-unknown-unknown/release/deps "* ]]; then
  for at in "${!args[@]}"; do
    [[ "${args[at]}" == wasm32-unknown-unknown ]] && args[at]="${BASH_SOURCE[0]%/*}/../target/wasm32-unknown-unknown.json"
  done
fi
exec "${args[@]}"
