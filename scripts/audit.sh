# shellcheck shell=bash
# What is known against the dependencies: advisories, licences, duplicates, sources. Sourced by check.sh, after scripts/setup.sh.
#
# Advisories come from databases on public hosts. An advisory that is found fails the audit; a database that is unreachable
# is told in a line that begins with NOT CHECKED, and fails nothing.

CARGO_DENY_VERSION=0.20.2
ADVISORY_DB=$(sed -n 's/^db-urls = \["\(.*\)"\]/\1/p' deny.toml)

# By deny.toml every crate of the workspace, by scripts/audit.mjs what is shipped of npm's packages.
audit() {
  install_cargo_deny
  deny bans licenses sources
  audit_advisories
  node scripts/audit.mjs
}

deny() {
  cargo deny --workspace --locked check --hide-inclusion-graph "$@"
}

# Asked for on its own first: cargo-deny fails alike at a database that is unreachable and at an advisory in it.
audit_advisories() {
  # Neither a question nor a silence may hold up the checks.
  local -x GIT_TERMINAL_PROMPT=0 GIT_HTTP_LOW_SPEED_LIMIT=1 GIT_HTTP_LOW_SPEED_TIME=20
  local reason
  [ -n "$ADVISORY_DB" ] || die "deny.toml has no line with one URL in db-urls."
  if reason=$(git ls-remote --quiet "$ADVISORY_DB" HEAD 2>&1); then
    deny advisories
  else
    printf 'NOT CHECKED: the advisories of RustSec and withdrawn releases are unreachable: %s\n' "${reason//$'\n'/ }"
  fi
}

install_cargo_deny() {
  cargo_deny_is_there && return
  say "Installing cargo-deny $CARGO_DENY_VERSION into cargo's bin (2 minutes or so where it has to be compiled)"
  binstall "cargo-deny@$CARGO_DENY_VERSION" && cargo_deny_is_there && return
  # Without optimisation, as trunk: it runs for seconds.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
    cargo install --locked cargo-deny --version "$CARGO_DENY_VERSION"
  cargo_deny_is_there ||
    die "cargo-deny $CARGO_DENY_VERSION was installed, but another comes first on PATH: $(command -v cargo-deny)."
}

cargo_deny_is_there() {
  [ "$(cargo-deny --version 2>/dev/null)" = "cargo-deny $CARGO_DENY_VERSION" ]
}
