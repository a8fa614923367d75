// The page's requirements for its host, in one place: every configuration in this folder is written from them, and the
// tests' sandbox keeps to them. docs/deployment.md has the reasons.

/** The LIFF endpoint. Paths that LINE appends to it, and `/`, get the same file. */
export const PAGE = "liff-bind.html";
export const BIND_API = "/v1/liff-bindings";
/** The page sends its visit beacons here, if `<meta name="events">` says so (docs/visits.md). */
export const VISITS = "/v1/liff-visits";
/** The most beacons from one address in a minute. Whole mobile networks share a few addresses. */
export const VISITS_A_MINUTE = 300;

/** Placeholders that a deployment replaces with its own values. */
export const EXAMPLE = { host: "bind.shop.example", bindApi: "bind-api.internal.example", root: "/srv/liff-bind" };

/** `Cache-Control` for names that change with the content, and for all others. */
export const CACHE = { hashed: "public, max-age=31536000, immutable", other: "no-cache" };
/** The end of a hashed name, as a regular expression (`scripts/finish.mjs` makes the names). */
export const HASHED = "-[0-9a-f]{16}(_bg)?\\.[a-z]+$";

/** `Cache-Control` of a file by its name. */
export const cacheOf = (name) => (new RegExp(HASHED).test(name) ? CACHE.hashed : CACHE.other);

/**
 * The most payload bytes in a TLS record, so that no record is longer than a TCP segment: 1500, less 40 for IPv6, 32
 * for TCP with timestamps, 29 for AES-GCM in TLS 1.2, and 29 to spare for tunnels on the way.
 */
export const TLS_RECORD = 1370;
/** The longest request line in KB. The page itself refuses URLs above 16 KB, and explains it. */
export const REQUEST_LINE = 32;
/**
 * Seconds to connect to the bind API and to wait for its answer (the page gives up a try after 10 s); the longest
 * request in KB.
 */
export const API = { connect: 2, answer: 7, body: 64 };

/**
 * The headers of every file; `Cache-Control` comes on top. The page contains its own policy (`src/head.js`), so these
 * are the things that only a header can say.
 */
export const HEADERS = {
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "X-Robots-Tag": "noindex",
};
