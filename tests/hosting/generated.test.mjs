// What the build writes for hosts that no test can start: does it say what `scripts/hosting/site.mjs` says, by their rules?
// Needs the release build. nginx and Caddy are tested for real: tests/e2e/tests/hosts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { CACHE, headers } from "../../scripts/hosting/site.mjs";

const page = await readFile("dist/liff-bind.html", "utf8");
const wanted = headers([page]);
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
  assert.deepEqual(names.filter((name) => /conf|Caddy|cloudfront|functions/.test(name)), []);
});

test("inline code is allowed by its hash, that of the page before too, and no other", () => {
  const sha = (code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
  const html = `<style>p { color: red }</style><script type="module">\nlet ü = 1;\n</script><script src="a.js" async></script>`;
  const before = `<style>p { color: blue }</style><script type="module">\nlet ü = 1;\n</script>`;
  const policy = headers([html, before])["Content-Security-Policy"];
  assert.ok(policy.includes(`style-src 'self' ${sha("p { color: red }")} ${sha("p { color: blue }")};`));
  assert.ok(policy.includes(`script-src 'self' 'wasm-unsafe-eval' ${sha("\nlet ü = 1;\n")};`));
  assert.ok(!policy.includes("unsafe-inline"));
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
  // What is not there has no `Cache-Control`.
  const covering = Object.keys(all).filter((rule) => rule.endsWith("*") && "/liff-bind-0123456789abcdef.js".startsWith(rule.slice(0, -1)));
  assert.deepEqual(covering, ["/*"]);
});

test("_redirects redirects nothing", async () => {
  const lines = (await readFile("dist/_redirects", "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));
  const parsed = lines.map((line) => line.split(" "));
  assert.deepEqual(parsed.map(([from]) => from), ["/", "/liff-bind.html", "/liff-bind.html/*"]);
  // Cloudflare answers /liff-bind.html by a redirect to /liff-bind, but /liff-bind by the file.
  for (const [, to, status] of parsed) assert.deepEqual([to, status], ["/liff-bind", "200"]);
});

test("Cloudflare's function passes on the bind API, and gives up in time", async (context) => {
  const { onRequest } = await import("../../hosting/cloudflare/functions/v1/liff-bindings.js");
  const request = () => new Request("https://bind.shop.example/v1/liff-bindings", { method: "POST", body: "{}", headers: { "Idempotency-Key": "k" } });
  const asked = context.mock.method(globalThis, "fetch", async (passed, { signal, redirect }) => {
    assert.equal(passed.url, "https://bind-api.internal.example/v1/liff-bindings");
    assert.deepEqual([passed.method, passed.headers.get("idempotency-key"), await passed.text()], ["POST", "k", "{}"]);
    assert.ok(signal instanceof AbortSignal);
    assert.equal(redirect, "manual");
    return new Response("busy", { status: 429, headers: { "Retry-After": "7" } });
  });
  const answer = await onRequest({ request: request() });
  assert.deepEqual([answer.status, answer.headers.get("retry-after"), await answer.text()], [429, "7", "busy"]);
  asked.mock.mockImplementation(async () => assert.fail("timeout"));
  assert.equal((await onRequest({ request: request() })).status, 504);
});

test("CloudFront's template has every header, and the page where LINE looks for it", async () => {
  const template = JSON.parse(await readFile("hosting/cloudfront/template.json", "utf8"));
  const { Headers, Distribution, Rewrite, BucketPolicy } = template.Resources;
  const { SecurityHeadersConfig: own, CustomHeadersConfig: others } = Headers.Properties.ResponseHeadersPolicyConfig;
  const sent = {
    "Content-Security-Policy": own.ContentSecurityPolicy.ContentSecurityPolicy,
    "Strict-Transport-Security": `max-age=${own.StrictTransportSecurity.AccessControlMaxAgeSec}`,
    "X-Content-Type-Options": own.ContentTypeOptions && "nosniff",
    "Referrer-Policy": own.ReferrerPolicy.ReferrerPolicy,
    ...Object.fromEntries(others.Items.map(({ Header, Value }) => [Header, Value])),
  };
  assert.deepEqual(sent, wanted);
  assert.ok([...Object.values(own), ...others.Items].every(({ Override }) => Override));

  const handler = new Function(`${Rewrite.Properties.FunctionCode}; return handler`)();
  const rewritten = (uri) => handler({ request: { uri } }).uri;
  for (const uri of ["/", "/liff-bind.html", "/liff-bind.html/", "/liff-bind.html/x/y.js"]) assert.equal(rewritten(uri), "/liff-bind.html");
  for (const uri of ["/x", "/liff-bind.htm", `/${others[0]}`]) assert.equal(rewritten(uri), uri);

  const { DefaultCacheBehavior, CacheBehaviors, Origins } = Distribution.Properties.DistributionConfig;
  assert.deepEqual(DefaultCacheBehavior.ResponseHeadersPolicyId, { Ref: "Headers" });
  assert.ok(DefaultCacheBehavior.Compress);
  assert.deepEqual(CacheBehaviors.map(({ PathPattern }) => PathPattern), ["/v1/liff-bindings"]);
  const api = Origins.find(({ Id }) => Id === CacheBehaviors[0].TargetOriginId);
  assert.ok(api.ConnectionAttempts * api.ConnectionTimeout + api.CustomOriginConfig.OriginReadTimeout < 10, "before the page gives up");
  assert.ok(BucketPolicy.Properties.PolicyDocument.Statement[0].Action.includes("s3:ListBucket"), "or S3 answers 403 for 404");
  const parameters = [...JSON.stringify(template.Resources).matchAll(/"Ref":"(\w+)"/g)].map(([, name]) => name);
  for (const name of parameters) assert.ok(template.Parameters[name] || template.Resources[name], name);
});

test("the upload to CloudFront's bucket leaves the page to the end", async () => {
  const bin = await mkdtemp(join(tmpdir(), "aws-"));
  await writeFile(join(bin, "aws"), '#!/bin/sh\ntest -f "$3" && printf "%s|" "$@" && echo\n', { mode: 0o755 });
  const path = `${bin}:${process.env.PATH}`;
  const { stdout } = spawnSync("sh", ["hosting/cloudfront/upload.sh", "a-bucket"], { encoding: "utf8", env: { PATH: path } });
  await rm(bin, { recursive: true });
  const calls = stdout.trim().split("\n").map((line) => line.split("|"));
  assert.deepEqual(calls.map(([, , name]) => name).sort(), [...names].sort());
  assert.equal(calls.at(-1)[2], "liff-bind.html");
  for (const [, , name, to, , cache, , type] of calls) {
    assert.equal(to, `s3://a-bucket/${name}`);
    assert.equal(cache, cacheOf(name));
    assert.match(type, /^(text|application)\/\w+/);
  }
});
