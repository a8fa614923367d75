// What the page asks of its host, in one place: every configuration in this folder is written from this, and the sandbox of the
// tests keeps to it. docs/deployment.md has the reasons.

/** The LIFF endpoint. What LINE glues behind it, and `/`, get the same file. */
export const PAGE = "liff-bind.html";
export const BIND_API = "/v1/liff-bindings";
/** Where the page tells its visits, if `<meta name="events">` says so (docs/visits.md). */
export const VISITS = "/v1/liff-visits";
/** The most beacons from one address in a minute. Whole mobile networks share a few. */
export const VISITS_A_MINUTE = 300;

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

/** The headers of every file; `Cache-Control` comes on top. The page's policy is in the page (`src/head.js`): here is what only a
 * header can say. */
export const HEADERS = {
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Strict-Transport-Security": "max-age=31536000",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "X-Robots-Tag": "noindex",
};
