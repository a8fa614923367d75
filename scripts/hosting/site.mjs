// What the page asks of its host, in one place: every configuration in this folder is written from this, and the sandbox of the
// tests keeps to it. docs/deployment.md has the reasons.
import { createHash } from "node:crypto";

/** The LIFF endpoint. What LINE glues behind it, and `/`, get the same file. */
export const PAGE = "liff-bind.html";
export const BIND_API = "/v1/liff-bindings";

/** What a deployment puts its own in the place of. */
export const EXAMPLE = { host: "bind.shop.example", bindApi: "bind-api.internal.example", root: "/srv/liff-bind" };

/** `Cache-Control`: of names that change with what they contain, and of all others. */
export const CACHE = { hashed: "public, max-age=31536000, immutable", other: "no-cache" };
/** The end of a hashed name, as a regular expression (`scripts/finish.mjs` gives the names). */
export const HASHED = "-[0-9a-f]{16}(_bg)?\\.[a-z]+$";

/** `Cache-Control` of a file by its name. */
export const cacheOf = (name) => (new RegExp(HASHED).test(name) ? CACHE.hashed : CACHE.other);

/** The most payload of a TLS record in bytes, for records no longer than a TCP segment: 1500, less 40 for IPv6, 32 for TCP with time
 * stamps, 29 for AES-GCM in TLS 1.2, and 29 to spare for tunnels on the way. */
export const TLS_RECORD = 1370;
/** The longest request line in KB. The page itself refuses URLs above 16 KB, with words. */
export const REQUEST_LINE = 32;
/** The page gives a try 10 s. Seconds to connect to the bind API and to wait for its answer; the longest request in KB. */
export const API = { connect: 2, answer: 7, body: 64 };

/** The headers of every file, given the page as it was built, and others that may still be served. `Cache-Control` comes on top. */
export const headers = (pages) => ({
  "Content-Security-Policy": policy(pages.join("")),
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "X-Robots-Tag": "noindex",
});

function policy(html) {
  const directives = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'wasm-unsafe-eval'", ...inlineHashes(html, "script")],
    "style-src": ["'self'", ...inlineHashes(html, "style")],
    "img-src": ["'self'", "data:", "https:"],
    "connect-src": ["'self'", "https://api.line.me"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives).map(([name, sources]) => `${name} ${sources.join(" ")}`).join("; ");
}

/** What allows just the inline code that the page has (CSP Level 3, 2.3.1 `hash-source`). */
function inlineHashes(html, tag) {
  const elements = html.matchAll(new RegExp(`<${tag}\\b(?![^>]*\\ssrc=)[^>]*>([^]*?)</${tag}>`, "gi"));
  const hashes = [...elements].map(([, code]) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`);
  return new Set(hashes);
}
