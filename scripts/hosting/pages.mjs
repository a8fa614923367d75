// Netlify and Cloudflare Pages: both read these two files, which lie in the folder that is served.
import { CACHE, BIND_API, EXAMPLE, HASHED, PAGE } from "./site.mjs";

/** Rules that match the same path add up, so `Cache-Control` stands in none that covers others: a 404 must not be kept a year. */
export const pages = (headers, names) => ({
  _headers: [
    rule("/*", headers),
    ...["/", `/${PAGE}*`].map((path) => rule(path, { "Cache-Control": CACHE.other })),
    ...names.filter((name) => new RegExp(HASHED).test(name)).map((name) => rule(`/${name}`, { "Cache-Control": CACHE.hashed })),
  ].join("\n"),
  _redirects: REDIRECTS,
});

const rule = (path, headers) => `${path}\n${Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`).join("")}`;

// Cloudflare redirects what ends in .html to the name without it, unless a rule takes that name before.
const BARE = PAGE.replace(".html", "");
const REDIRECTS = `# 200 is no redirect: the address stays as LINE opened it.
/${PAGE} /${BARE} 200
/${PAGE}/* /${BARE} 200
/ /${BARE} 200
# Netlify alone can pass on the bind API: with your own host, and without the #.
# ${BIND_API} https://${EXAMPLE.bindApi}${BIND_API} 200
`;
