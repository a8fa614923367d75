// Checks the files for hosts that no test can start: they must say, in the hosts' syntax, what
// `scripts/hosting/site.mjs` says. Needs the release build. nginx and Caddy are tested for real: tests/e2e/tests/hosts.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { createContext, runInContext } from "node:vm";
import { readVisit } from "../../scripts/visits/read.mjs";
import { CACHE, HEADERS as wanted, VISITS } from "../../scripts/hosting/site.mjs";

const names = (await readdir("dist")).filter((name) => !/^_|\.(br|gz)$/.test(name));
const others = names.filter((name) => name !== "liff-bind.html");
const cacheOf = (name) => (/-[0-9a-f]{16}(_bg)?\./.test(name) ? CACHE.hashed : CACHE.other);

test("each file that gains from it has its compressed ones", async () => {
  assert.ok(names.length > 8);
  for (const name of names) {
    const raw = await readFile(`dist/${name}`);
    const [br, gz] = await Promise.all([readFile(`dist/${name}.br`), readFile(`dist/${name}.gz`)]);
    assert.ok(brotliDecompressSync(br).equals(raw), name);
    assert.ok(gunzipSync(gz).equals(raw), name);
    assert.ok(br.length < gz.length && gz.length < raw.length, name);
  }
});

test("what tells a server how to serve is not in the folder that is served", () => {
  assert.deepEqual(names.filter((name) => /conf|Caddy|functions/.test(name)), []);
});

const IPHONE = (version) => `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)`;
const MAC = (version) => `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Safari/605.1.15`;
const sha = (code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

/** The inline code of a page: the content of its `script` and `style` elements. The first script is head.js. */
async function inlineCode(name) {
  const html = await readFile(`dist/${name}`, "utf8");
  const of = (tag) => [...html.matchAll(new RegExp(`<${tag}\\b(?![^>]*\\ssrc=)[^>]*>([^]*?)</${tag}>`, "gi"))].map(([, code]) => code);
  const [head, ...scripts] = of("script");
  return { html, head, scripts, styles: of("style") };
}

/** The policy that head.js puts into a page, by directive, for these `<meta>` tags and this user agent. */
function policyOf(head, userAgent, metas = {}, AbortSignal = { timeout() {} }) {
  const put = [];
  const document = {
    querySelector: (selector) => ({ content: metas[/name="([\w-]+)"/.exec(selector)[1]] ?? "" }),
    createElement: () => ({}),
    head: { prepend: (element) => put.push(element) },
  };
  const location = new URL("https://bind.shop.example/liff-bind.html");
  runInContext(head, createContext({ document, location, navigator: { userAgent }, AbortSignal, fetch, URL, URLSearchParams, atob }));
  assert.deepEqual(put.map(({ httpEquiv }) => httpEquiv), ["Content-Security-Policy"]);
  const directives = put[0].content.split(";").map((directive) => directive.trim().split(/\s+/));
  return Object.fromEntries(directives.map(([name, ...sources]) => [name, sources]));
}

for (const name of ["liff-bind.html", "liff-setup.html"]) {
  test(`the policy in ${name} allows the page's own inline code, and nothing else`, async () => {
    const { html, head, scripts, styles } = await inlineCode(name);
    assert.deepEqual([scripts.length, styles.length], [1, 1]);
    assert.deepEqual(policyOf(head, IPHONE("18_7")), {
      "default-src": ["'none'"],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "img-src": ["'self'", "data:", "https:"],
      "script-src": ["'self'", "'wasm-unsafe-eval'", ...scripts.map(sha)],
      "style-src": ["'self'", ...styles.map(sha)],
      "connect-src": ["'self'", "https://api.line.me"],
    });
    assert.doesNotMatch(html.replace(/<(script|style)>[^]*?<\/\1>/g, ""), /\son\w+=|\sstyle=|javascript:/i);
    // Nothing is fetched or run before the policy is there.
    assert.doesNotMatch(html.slice(0, html.indexOf(head)), /\ssrc=|\shref=|<style/);
  });
}

test("eval is allowed on iOS 15 alone, which has no 'wasm-unsafe-eval'", async () => {
  const { head } = await inlineCode("liff-bind.html");
  const evaluating = (userAgent, engine) => policyOf(head, userAgent, {}, engine)["script-src"].filter((source) => /eval/.test(source));
  for (const old of [IPHONE("15_8"), IPHONE("15_0_1").replaceAll("iPhone", "iPad")]) assert.deepEqual(evaluating(old), ["'unsafe-eval'"], old);
  // An iPad that calls itself a Mac is recognised by the features of Safari 16.
  assert.deepEqual(evaluating(MAC("15.6.1"), {}), ["'unsafe-eval'"]);
  assert.deepEqual(evaluating(MAC("15.6.1").replace(/ Version.*/, ""), {}), ["'unsafe-eval'"]);
  for (const other of [IPHONE("16_0"), IPHONE("26_1"), MAC("16.0"), MAC("18.15."), "Mozilla/5.0 (Linux; Android 15_; wv) Version/15.0"]) {
    assert.deepEqual(evaluating(other), ["'wasm-unsafe-eval'"], other);
  }
  assert.deepEqual(evaluating("Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/98.0.0.0 Safari/537.36", {}), ["'wasm-unsafe-eval'"]);
});

test("a bind API on an origin of its own may be asked, and what else its <meta> says changes no policy", async () => {
  const { head } = await inlineCode("liff-bind.html");
  const asked = (bindApi) => policyOf(head, MAC("18.5"), { "bind-api": bindApi })["connect-src"].slice(2);
  assert.deepEqual(asked("https://api.shop.example:8443/v1/liff-bindings"), ["https://api.shop.example:8443"]);
  // As `fetch` reads it.
  for (const written of [" https://api.shop.example/v1", "\n  https://api.shop.example/v1\n", "HTTPS://API.shop.example:443", "//api.shop.example/v1"]) {
    assert.deepEqual(asked(written), ["https://api.shop.example"], written);
  }
  assert.deepEqual(asked("https://綁定.example/v1"), ["https://xn--mbtv20f.example"]);
  for (const own of ["/v1/liff-bindings", "", "https://bind.shop.example/v1", "http://api.shop.example/", "data:,"]) assert.deepEqual(asked(own), [], own);
  for (const hostile of ["https://;script-src *", "https://api.shop.example; script-src *"]) assert.deepEqual(asked(hostile), [], hostile);
});

test("no header speaks of scripts: that is the page's, which is of one build with its code", async () => {
  assert.equal(wanted["Content-Security-Policy"], "frame-ancestors 'none'");
  for (const file of ["dist/_headers", "hosting/nginx/liff-bind.conf", "hosting/caddy/Caddyfile"]) {
    assert.doesNotMatch(await readFile(file, "utf8"), /-src|eval|sha256-/, file);
  }
});

/** Netlify's and Cloudflare's syntax: paths at the margin, headers indented below. */
async function rules() {
  const found = {};
  let path;
  for (const line of (await readFile("dist/_headers", "utf8")).split("\n").filter(Boolean)) {
    if (line.startsWith("  ")) {
      const [, name, value] = /^ {2}([\w-]+): (.+)$/.exec(line) ?? assert.fail(line);
      found[path][name] = value;
    } else {
      path = line;
      assert.match(path, /^\/[^\s*]*\*?$/, "a path, with one * at the end at most");
      assert.ok(!found[path], `${path} comes twice`);
      found[path] = {};
    }
    assert.ok(line.length <= 2000, "Cloudflare's longest line");
  }
  return found;
}

test("_headers has every header once for every file", async () => {
  const all = await rules();
  assert.deepEqual(all["/*"], wanted);
  assert.ok(Object.keys(all).length <= 100, "Cloudflare's most rules");
  for (const [path, cache] of [["/", CACHE.other], ["/liff-bind.html", CACHE.other], ["/liff-bind.html/x", CACHE.other], ...others.map((name) => [`/${name}`, cacheOf(name)])]) {
    const covering = Object.keys(all).filter((rule) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : rule === path));
    const sent = covering.flatMap((rule) => Object.entries(all[rule]));
    assert.deepEqual(Object.fromEntries(sent), { ...wanted, "Cache-Control": cache }, path);
    assert.equal(sent.length, Object.keys(wanted).length + 1, `${path} has a header twice`);
  }
  // A missing file has no `Cache-Control`.
  const covering = Object.keys(all).filter((rule) => rule.endsWith("*") && "/liff-bind-0123456789abcdef.js".startsWith(rule.slice(0, -1)));
  assert.deepEqual(covering, ["/*"]);
});

test("_redirects redirects nothing", async () => {
  const lines = (await readFile("dist/_redirects", "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));
  const parsed = lines.map((line) => line.split(" "));
  assert.deepEqual(parsed.map(([from]) => from), ["/", "/liff-bind.html", "/liff-bind.html/*"]);
  // Cloudflare answers /liff-bind.html with a redirect to /liff-bind, but /liff-bind with the file.
  for (const [, to, status] of parsed) assert.deepEqual([to, status], ["/liff-bind", "200"]);
});

test("Cloudflare's function passes on the bind API, and gives up in time", async (context) => {
  const { onRequest } = await import("../../hosting/cloudflare/functions/v1/liff-bindings.js");
  const request = () => new Request("https://bind.shop.example/v1/liff-bindings", { method: "POST", body: "{}", headers: { "Idempotency-Key": "k", Cookie: "session=1" } });
  const asked = context.mock.method(globalThis, "fetch", async (passed, { signal, redirect }) => {
    assert.equal(passed.url, "https://bind-api.internal.example/v1/liff-bindings");
    assert.deepEqual([passed.method, passed.headers.get("idempotency-key"), await passed.text()], ["POST", "k", "{}"]);
    assert.ok(signal instanceof AbortSignal);
    assert.equal(redirect, "manual");
    assert.equal(passed.headers.get("cookie"), null);
    return new Response("busy", { status: 429, headers: { "Retry-After": "7", "Set-Cookie": "a=b" } });
  });
  const answer = await onRequest({ request: request() });
  assert.deepEqual([answer.status, answer.headers.get("retry-after"), await answer.text()], [429, "7", "busy"]);
  assert.deepEqual(answer.headers.getSetCookie(), []);
  asked.mock.mockImplementation(async () => assert.fail("timeout"));
  assert.equal((await onRequest({ request: request() })).status, 504);
});

/** A visit as the page reports it. */
const TOLD = "outcome=bound&failure=&stage=friend&code=&os=ios&client=liff&liffId=1656451635-z3yqZNO3&line=26.4.0&ms=812&page=0.1.0";

test("Cloudflare's function writes visits that can be counted, and no address", async (context) => {
  const { onRequestPost } = await import("../../hosting/cloudflare/functions/v1/liff-visits.js");
  const written = context.mock.method(console, "log", () => {});
  const headers = { "CF-Connecting-IP": "192.0.2.7" };
  const answer = onRequestPost({ request: new Request(`https://bind.shop.example${VISITS}?${TOLD}`, { method: "POST", headers }) });
  assert.deepEqual([answer.status, await answer.text()], [204, ""]);
  const [line, ...others] = written.mock.calls.map(({ arguments: [line] }) => line);
  assert.deepEqual(others, []);
  assert.deepEqual([readVisit(line).kind?.outcome, readVisit(line).ms], ["bound", 812], line);
  assert.doesNotMatch(line, /192\.0/);
});

test("the example for CloudFront has every header", async () => {
  const example = await readFile("docs/cloudfront.md", "utf8");
  for (const value of Object.values(wanted)) assert.ok(example.includes(value.replace("max-age=", "")), value);
});
