# shellcheck shell=bash
# What the page's module is made of, crate by crate. Sourced by check.sh, after scripts/setup.sh and a release build.

TWIGGY_VERSION=0.8.0

# By the names that the release drops in the end, so the sum is a little more than what is shipped.
weigh_module() {
  twiggy_is_there || cargo install --locked twiggy --version "$TWIGGY_VERSION"
  local named=target/weigh/named.wasm
  mkdir -p target/weigh
  # The module itself says which features it has, until the release drops that.
  wasm-opt -Oz -g target/wasm-bindgen/release/liff-bind_bg.wasm -o "$named"
  twiggy top -n 100000 -f csv "$named" | node scripts/weigh.mjs
}

twiggy_is_there() {
  [[ "$(twiggy --version 2>/dev/null)" == *" $TWIGGY_VERSION" ]]
}
