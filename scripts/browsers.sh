# shellcheck shell=bash
# The browsers that the tests need. Sourced by check.sh, after scripts/setup.sh.

BROWSER_PACKAGES="chromium chromium-driver chromium-headless-shell webkit2gtk-driver xvfb xauth fontconfig fonts-noto-cjk fonts-noto-core"

# Installs Chromium, WebKit, their drivers, a display for WebKit, and fonts for the page's languages.
install_browsers() {
  local missing
  missing=$(missing_browser_tools)
  # Without the headless shell the tests only take longer.
  if { [ -n "$missing" ] || ! has chromium-headless-shell; } && has apt-get; then
    say "Installing $BROWSER_PACKAGES"
    # Twice: dpkg has been seen to fail on chromium at first and to succeed at the second try.
    apt_install || apt_install || true
    missing=$(missing_browser_tools)
  fi
  [ -z "$missing" ] || die "The tests in browsers need $missing: install what Debian calls $BROWSER_PACKAGES."
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
  as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $BROWSER_PACKAGES
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    has sudo || die "'$*' needs root or sudo."
    sudo "$@"
  fi
}
