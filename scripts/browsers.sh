# shellcheck shell=bash
# The browsers that the tests need. Sourced by check.sh, after scripts/setup.sh.

BROWSER_PACKAGES="chromium chromium-driver webkit2gtk-driver xvfb xauth fontconfig fonts-noto-cjk fonts-noto-core"
# Chromium without windows. Journeys take less time with it, and do without it.
HEADLESS_SHELL="chromium-headless-shell"

# Installs Chromium, WebKit, their drivers, a display for WebKit, and fonts for the page's languages.
install_browsers() {
  local missing
  missing=$(missing_browser_tools)
  if [ -n "$missing" ] && has apt-get; then
    say "Installing $BROWSER_PACKAGES (missing: $missing)"
    as_root apt-get update -q || true
    # Twice: dpkg has been seen to fail on chromium at first and to succeed at the second try.
    apt_install $BROWSER_PACKAGES || apt_install $BROWSER_PACKAGES || true
    missing=$(missing_browser_tools)
  fi
  [ -z "$missing" ] || die "The tests in browsers need $missing: install what Debian calls $BROWSER_PACKAGES."
  if ! has "$HEADLESS_SHELL" && [ "$(id -u)" -eq 0 ] && apt-cache show "$HEADLESS_SHELL" >/dev/null 2>&1; then
    say "Installing $HEADLESS_SHELL"
    apt_install "$HEADLESS_SHELL" || true
  fi
}

missing_browser_tools() {
  local tool missing=""
  for tool in chromium chromedriver WebKitWebDriver xvfb-run xauth; do
    has "$tool" || missing+="${missing:+, }$tool"
  done
  if ! has fc-list || [ -z "$(fc-list :lang=zh-tw)" ] || [ -z "$(fc-list :lang=th)" ]; then
    missing+="${missing:+, }fonts with Chinese and Thai"
  fi
  printf '%s' "$missing"
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    has sudo || die "'$*' needs root or sudo."
    sudo "$@"
  fi
}
