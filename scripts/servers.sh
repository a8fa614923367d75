# shellcheck shell=bash
# The web servers that the tests start with the configurations in hosting/. Sourced by check.sh, after scripts/setup.sh.
#
# Debian's packages are unpacked into target/servers, not installed: the machine stays unchanged, and no service starts.

SERVERS=target/servers
SERVER_PACKAGES="nginx nginx-common libnginx-mod-http-brotli-static caddy"

unpack_servers() {
  servers_are_there && return
  has apt-get && has dpkg-deb || die "The tests of hosting/ need apt-get, for Debian's $SERVER_PACKAGES in $SERVERS: run them on Debian, Ubuntu or in a container."
  say "Unpacking $SERVER_PACKAGES into $SERVERS"
  # If the package lists are missing or old, fetch them and try again.
  download_servers || { as_root apt-get update -q && download_servers; }
  local package
  for package in "$SERVERS"/*.deb; do
    dpkg-deb --extract "$package" "$SERVERS"
  done
  servers_are_there || die "nginx or Caddy doesn't run from $SERVERS: delete that folder and try again; if that fails, run them there by hand to see why."
}

servers_are_there() {
  [ -e "$SERVERS/usr/lib/nginx/modules/ngx_http_brotli_static_module.so" ] && [ -e "$SERVERS/etc/nginx/mime.types" ] &&
    "$SERVERS/usr/sbin/nginx" -v 2>/dev/null && "$SERVERS/usr/bin/caddy" version >/dev/null
}

download_servers() {
  rm -rf "$SERVERS"
  mkdir -p "$SERVERS"
  # shellcheck disable=SC2086
  (cd "$SERVERS" && apt-get download -q $SERVER_PACKAGES)
}
