#!/usr/bin/env bash
# Sets up what is missing, then serves the page on this machine or builds it. `./dev.sh help` says more.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'END'
./dev.sh         install what is missing, then serve the page at http://localhost:8080, rebuilt at every change
./dev.sh build   install what is missing, then build the release page in dist/, its host's configuration in hosting/, and report its size
./dev.sh live    build the release page and serve it here for LINE itself to open; docs/live.md has its options
./dev.sh help    show this

Once it has run, plain `trunk serve` does the same as ./dev.sh.
END
}

case "$#:${1-}" in
  0: | 1:build | *:live) ;;
  1:help | 1:-h | 1:--help)
    usage
    exit
    ;;
  *)
    printf 'error: there is no ./dev.sh %s\n\n' "$*" >&2
    usage >&2
    exit 2
    ;;
esac

source scripts/setup.sh
set_up

case "${1-}" in
  build)
    trunk build --release --offline
    node scripts/sizes.mjs
    ;;
  live) exec node scripts/live.mjs "${@:2}" ;;
  *) exec trunk serve ;;
esac
