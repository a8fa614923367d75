// nginx: a site of its own.
import { API, BIND_API, CACHE, EXAMPLE, HASHED, HEADERS, PAGE, REQUEST_LINE, TLS_RECORD, VISITS, VISITS_A_MINUTE } from "./site.mjs";

export const nginx = () => ({ "nginx/liff-bind.conf": SITE });

const SITE = `# The bind page under nginx, for the http context: /etc/nginx/conf.d/liff-bind.conf. Written by the build of liff-bind.
# Put your own in the place of ${EXAMPLE.host}, ${EXAMPLE.bindApi}, ${EXAMPLE.root} and the certificate.

# Without queries: they hold bind tokens and authorization codes.
log_format liff_bind '$remote_addr [$time_iso8601] "$request_method $uri" $status $body_bytes_sent $request_time';

# Visits (docs/visits.md): the time and what the page tells of them, no address, no browser.
log_format liff_visits '$time_iso8601 $args';
map "$request_method $status" $liff_visit {
    "POST 204"  1;
    default  0;
}
limit_req_zone $binary_remote_addr zone=liff_visits:4m rate=${VISITS_A_MINUTE}r/m;

map $uri $liff_bind_cache {
    "~${HASHED}"  "${CACHE.hashed}";
    ${BIND_API}  "";
    ${VISITS}  "no-store";
    default  "${CACHE.other}";
}

# nginx asks for the API's addresses only when it loads this. nginx 1.27.3 and later follow them with "resolver ADDRESS;",
# "zone liff_bind_api 64k;" and "server ... resolve;".
upstream liff_bind_api {
    server ${EXAMPLE.bindApi}:443;
    keepalive 16;
}

server {
    # nginx 1.25.1 and later: "ssl" alone here, and "http2 on;".
    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    server_name ${EXAMPLE.host};
    ssl_certificate /etc/ssl/${EXAMPLE.host}.pem;
    ssl_certificate_key /etc/ssl/${EXAMPLE.host}.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_session_cache shared:liff_bind:1m;
    # A TLS record is no use before its last byte: none is longer than a TCP segment. By default the whole page is one.
    ssl_buffer_size ${TLS_RECORD};

    root ${EXAMPLE.root};
    access_log /var/log/nginx/liff-bind.log liff_bind;
    # No errors: nginx writes them with the query. What failed is in the access log; while you look for the cause, leave this out.
    error_log /var/log/nginx/liff-bind-error.log emerg;
    large_client_header_buffers 4 ${REQUEST_LINE}k;
    charset utf-8;

    # The files beside the files. The first line needs ngx_brotli (Debian: libnginx-mod-http-brotli-static): else leave it out.
    brotli_static on;
    gzip_static on;
    # For a page that was changed by hand, and lost its own.
    gzip on;
    gzip_vary on;

    # An add_header inside a location would switch all of these off there.
    add_header Cache-Control $liff_bind_cache;
${Object.entries(HEADERS).map(([name, value]) => `    add_header ${name} "${value}" always;`).join("\n")}

    location / {
        try_files $uri =404;
    }
    location = / {
        try_files /${PAGE} =404;
    }
    location /${PAGE}/ {
        try_files /${PAGE} =404;
    }
    # Files for other hosts.
    location /_ {
        return 404;
    }
    location = ${VISITS} {
        access_log /var/log/nginx/liff-visits.log liff_visits if=$liff_visit;
        limit_req zone=liff_visits burst=${VISITS_A_MINUTE} nodelay;
        limit_req_status 429;
        client_max_body_size 1k;
        # Not "return", which nginx obeys before it counts the requests.
        try_files /none/such =204;
    }
    location = ${BIND_API} {
        proxy_pass https://liff_bind_api;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host ${EXAMPLE.bindApi};
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_pass_header Date;
        # The browser sends along what cookies the shop's domain has. They are none of the API's business.
        proxy_set_header Cookie "";
        proxy_hide_header Set-Cookie;
        charset off;
        proxy_ssl_server_name on;
        proxy_ssl_name ${EXAMPLE.bindApi};
        proxy_ssl_verify on;
        proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
        # The API's own trouble: the page's requests to it have no query.
        error_log /var/log/nginx/liff-bind-error.log;
        proxy_connect_timeout ${API.connect}s;
        proxy_read_timeout ${API.answer}s;
        proxy_next_upstream off;
        client_max_body_size ${API.body}k;
    }
}
`;
