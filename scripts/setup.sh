# shellcheck shell=bash
# Installs what the project needs and the machine lacks, one line for each thing; prints nothing if nothing is missing.
# Sourced by dev.sh and check.sh, in the repository's root.

TRUNK_VERSION=0.21.14
# The command-line tool must be of the same version as the crate.
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm_bindgen = "\(.*\)"/\1/p' Trunk.toml)
RUST_VERSION=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
OLDEST_NODE=20

# npm's wasm-opt comes before the system's, which may be too old for this wasm.
export PATH="$PWD/node_modules/.bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

say() {
  printf '==> %s\n' "$*"
}

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

set_up() {
  require_tools
  install_rust
  unoptimised install_tool trunk trunk "$TRUNK_VERSION" --locked --no-default-features
  # Not --locked: its lock file asks for a release that was withdrawn.
  install_tool wasm-bindgen-cli wasm-bindgen "$WASM_BINDGEN_VERSION" --no-default-features
  install_npm_packages
  # Builds run offline.
  cargo fetch --locked
}

require_tools() {
  has git || die "git is missing: install it with the system's package manager."
  has cargo || has rustup || die "Rust is missing: install rustup (https://rustup.rs)."
  has node && has npm || die "Node.js is missing: install version $OLDEST_NODE or later, with npm (https://nodejs.org)."
  local node
  node=$(node -p 'process.versions.node')
  [ "${node%%.*}" -ge "$OLDEST_NODE" ] || die "Node.js $node is too old: install version $OLDEST_NODE or later."
  # Being there is not enough: macOS has a `cc` that does nothing but ask for the developer tools.
  cc --version >/dev/null 2>&1 ||
    die "A C compiler is missing: install build-essential (Debian, Ubuntu) or run 'xcode-select --install' (macOS)."
}

# Installs the toolchain of rust-toolchain.toml. Calls rustup only for missing parts, so that a machine that has all of
# them works without downloads.
install_rust() {
  local sysroot
  if ! sysroot=$(rust_sysroot); then
    need_rustup "Rust $RUST_VERSION"
    say "Installing Rust $RUST_VERSION"
    rustup toolchain install "$RUST_VERSION" --profile minimal
    sysroot=$(rust_sysroot) || die "Rust $RUST_VERSION is installed but doesn't run: see what 'rustc +$RUST_VERSION --version' says."
  fi
  if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
    need_rustup "Rust's target wasm32-unknown-unknown"
    say "Adding Rust's target wasm32-unknown-unknown"
    rustup target add wasm32-unknown-unknown
  fi
  if [ ! -x "$sysroot/bin/cargo-clippy" ] || [ ! -x "$sysroot/bin/rustfmt" ]; then
    need_rustup "A component of Rust (clippy or rustfmt)"
    say "Adding Rust's components clippy and rustfmt"
    rustup component add clippy rustfmt
  fi
}

rust_sysroot() {
  RUSTUP_AUTO_INSTALL=0 rustc --print sysroot 2>/dev/null
}

need_rustup() {
  has rustup || die "$1 is missing and rustup isn't there to install it: install rustup (https://rustup.rs)."
}

# install_tool CRATE PROGRAM VERSION [OPTION...]: installs a program into cargo's bin, prebuilt if cargo-binstall is there
# and finds it; else it is compiled, with these options.
install_tool() {
  local crate=$1 program=$2 version=$3
  tool_is_there && return
  say "Installing $crate $version into cargo's bin (2 or 3 minutes where it has to be compiled)"
  has cargo-binstall && cargo binstall --no-confirm --disable-strategies compile "$crate@$version" && tool_is_there && return
  cargo install "$crate" --version "$version" "${@:4}"
  tool_is_there ||
    die "$program $version was installed, but another $program comes first on PATH: $(command -v "$program"). Remove it, or put cargo's bin before it."
}

tool_is_there() {
  [ "$("$program" --version 2>/dev/null)" = "$program $version" ]
}

# Without optimisation, for programs that run for seconds: they compile in a third of the time.
unoptimised() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 "$@"
}

install_npm_packages() {
  local installed=node_modules/.installed-lock.json
  cmp -s package-lock.json "$installed" && return
  say "Installing the npm packages of package-lock.json"
  npm ci --include=dev --no-audit --no-fund --loglevel=error
  cp package-lock.json "$installed"
}
