// Netlify and Cloudflare Pages. Both read two files in the folder that is served; Cloudflare needs a function for the bind API.
import { API, BIND_API, CACHE, EXAMPLE, HEADERS, PAGE, VISITS, cacheOf } from "./site.mjs";

/**
 * Rules that match the same path add up and also apply to 404s. So each file has its own `Cache-Control`: otherwise a
 * 404 would be cached for a year.
 */
export const pages = (names) => ({
  _headers: [
    rule("/*", HEADERS),
    ...["/", `/${PAGE}*`].map((path) => rule(path, { "Cache-Control": CACHE.other })),
    ...names.filter((name) => name !== PAGE).map((name) => rule(`/${name}`, { "Cache-Control": cacheOf(name) })),
  ].join("\n"),
  _redirects: REDIRECTS,
});

const rule = (path, headers) => `${path}\n${Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`).join("")}`;

// Cloudflare redirects a path that ends in .html to the name without it, unless a rule for that path comes first.
const BARE = PAGE.replace(".html", "");
const REDIRECTS = `# 200 is no redirect: the address stays as LINE opened it.
/ /${BARE} 200
/${PAGE} /${BARE} 200
/${PAGE}/* /${BARE} 200
# For Netlify: put your own in the place of ${EXAMPLE.bindApi}, and take away the #.
# ${BIND_API} https://${EXAMPLE.bindApi}${BIND_API} 200
`;

/** Wrangler looks for `functions` in the folder from which `wrangler pages deploy` is called. */
export const cloudflare = () => ({
  [`cloudflare/functions${BIND_API}.js`]: `// The bind API on the page's own host, for Cloudflare Pages. Written by the build of liff-bind.
// Put your own in the place of ${EXAMPLE.bindApi}.
const API = "https://${EXAMPLE.bindApi}${BIND_API}";

export async function onRequest({ request }) {
  const passed = new Request(API, request);
  // The page's request carries the cookies of the whole domain. They are none of the API's business.
  passed.headers.delete("Cookie");
  try {
    const answer = await fetch(passed, { redirect: "manual", signal: AbortSignal.timeout(${API.answer}_000) });
    const back = new Response(answer.body, answer);
    back.headers.delete("Set-Cookie");
    return back;
  } catch {
    return new Response(null, { status: 504 });
  }
}
`,
  [`cloudflare/functions${VISITS}.js`]: `// Visits (docs/visits.md) for Cloudflare Pages, written to the function's log without addresses. Written by the build of liff-bind.
export function onRequestPost({ request }) {
  console.log(\`\${new Date().toISOString()} \${new URL(request.url).search.slice(1)}\`);
  return new Response(null, { status: 204 });
}
`,
});
