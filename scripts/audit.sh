# shellcheck shell=bash
# Audits the dependencies: advisories, licences, duplicates, sources. Sourced by check.sh, after scripts/setup.sh.
#
# Advisories come from databases on public hosts. An advisory fails the audit. An unreachable database doesn't: it only
# prints a line that begins with NOT CHECKED.

CARGO_DENY_VERSION=0.20.2
ADVISORY_DB=$(sed -n 's/^db-urls = \["\(.*\)"\]/\1/p' deny.toml)

# deny.toml covers every crate of the workspace, scripts/audit.mjs the npm packages that are shipped.
audit() {
  unoptimised install_tool cargo-deny cargo-deny "$CARGO_DENY_VERSION" --locked
  deny bans licenses sources
  audit_advisories
  node scripts/audit.mjs
}

deny() {
  cargo deny --workspace --locked check --hide-inclusion-graph "$@"
}

# Asks for the database itself first: cargo-deny fails the same way for an unreachable database and for an advisory.
audit_advisories() {
  # Neither a prompt nor a silent server may hold up the checks.
  local -x GIT_TERMINAL_PROMPT=0 GIT_HTTP_LOW_SPEED_LIMIT=1 GIT_HTTP_LOW_SPEED_TIME=20
  local reason
  [ -n "$ADVISORY_DB" ] || die "deny.toml has no line with one URL in db-urls."
  if reason=$(git ls-remote --quiet "$ADVISORY_DB" HEAD 2>&1); then
    deny advisories
  else
    printf 'NOT CHECKED: the advisories of RustSec and withdrawn releases are unreachable: %s\n' "${reason//$'\n'/ }"
  fi
}
