// Caddy: a Caddyfile.
import { API, BIND_API, CACHE, EXAMPLE, HASHED, HEADERS, PAGE, VISITS } from "./site.mjs";

export const caddy = () => ({ "caddy/Caddyfile": SITE });

const SITE = `# The bind page under Caddy 2.6 or later. Written by the build of liff-bind.
# Put your own in the place of ${EXAMPLE.host}, ${EXAMPLE.bindApi} and ${EXAMPLE.root}. Caddy gets the certificate by itself.
# The access log has visits only (docs/visits.md), without addresses: other queries hold bind tokens and authorization codes.
${EXAMPLE.host} {
	root * ${EXAMPLE.root}

	log {
		output file /var/log/caddy/liff-visits.log
		format filter {
			wrap json {
				time_format iso8601
			}
			fields {
				request>remote_ip delete
				request>remote_port delete
				request>client_ip delete
				request>headers delete
				request>tls delete
				resp_headers delete
				user_id delete
			}
		}
	}
	@no_visit not {
		path ${VISITS}
		method POST
	}
	skip_log @no_visit

	handle ${VISITS} {
		header Cache-Control no-store
		respond 204
	}

	handle ${BIND_API} {
		request_body {
			max_size ${API.body}KB
		}
		reverse_proxy https://${EXAMPLE.bindApi} {
			header_up Host ${EXAMPLE.bindApi}
			# The browser sends along what cookies the shop's domain has. They are none of the API's business.
			header_up -Cookie
			header_down -Set-Cookie
			lb_retries 0
			transport http {
				dial_timeout ${API.connect}s
				response_header_timeout ${API.answer}s
			}
		}
	}

	handle {
		header {
${Object.entries(HEADERS).map(([name, value]) => `\t\t\t${name} "${value}"`).join("\n")}
		}
		@hashed path_regexp ${HASHED}
		header @hashed Cache-Control "${CACHE.hashed}"
		header ?Cache-Control ${CACHE.other}
		header ?Vary Accept-Encoding
		rewrite / /${PAGE}
		rewrite /${PAGE}/* /${PAGE}
		# Files for other hosts.
		error /_* 404
		# For a page that was changed by hand, and lost its own.
		encode gzip
		file_server {
			precompressed br gzip
			disable_canonical_uris
		}
	}

	handle_errors {
		header Cache-Control no-store
		respond {http.error.status_code}
	}
}
`;
