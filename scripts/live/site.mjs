// The page's host, as docs/deployment.md requires it.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { BIND_API, HEADERS, PAGE, VISITS, cacheOf } from "../hosting/site.mjs";

/** `Content-Type` of the served files, by ending. */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

// Not for localhost: a browser would use https for all other servers on this machine, for a year.
const { "Strict-Transport-Security": _, ...headers } = HEADERS;

/** A request handler of `node:http`. `log` gets a line for each request: without the query, which holds bind tokens. */
export function site(dist, bindApi, log) {
  const names = new Set(readdirSync(dist).filter((name) => TYPES[extname(name)]));
  const answer = async (path, query, request) => {
    if (path === BIND_API) return bindApi({ method: request.method, headers: request.headers, body: await buffer(request) });
    // The log may have this query: a visit identifies no person.
    if (path === VISITS) return { status: 204, headers: { "cache-control": "no-store" }, said: query };
    const name = path === "/" || path.startsWith(`/${PAGE}/`) ? PAGE : path.slice(1);
    if (!names.has(name)) return { status: 404, headers: {} };
    return { status: 200, ...file(dist, name, request.headers["accept-encoding"] ?? "") };
  };
  return async (request, response) => {
    const [path, query] = request.url.split("?");
    const failed = ({ message }) => ({ status: 500, headers: {}, said: message });
    const { status, body, said = "", headers: own } = await answer(path, query, request).catch(failed);
    response.writeHead(status, { ...headers, ...own }).end(request.method === "HEAD" ? undefined : body);
    log(`${new Date().toISOString().slice(11, 19)} ${request.method} ${path} ${status} ${said}`.trimEnd());
  };
}

/** A file, compressed by the build where the browser accepts brotli. */
function file(dist, name, accepted) {
  const own = { "content-type": TYPES[extname(name)], "cache-control": cacheOf(name), vary: "accept-encoding" };
  const path = join(dist, name);
  if (!/\bbr\b/.test(accepted) || !existsSync(`${path}.br`)) return { headers: own, body: readFileSync(path) };
  return { headers: { ...own, "content-encoding": "br" }, body: readFileSync(`${path}.br`) };
}
