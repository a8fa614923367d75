// `./dev.sh live`: tests its simulated bind API by the contract, with a LINE that answers as told.
// tests/e2e/tests/hosts tests that pages are bound through it.
import assert from "node:assert/strict";
import http from "node:http";
import test from "node:test";
import { bindApiAt, simulatedBindApi } from "../../scripts/live/bind-api.mjs";

/** A server on this machine for as long as a test runs. */
async function serve(t, handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${server.address().port}`;
}

const json = (status, body) => (_, response) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

async function ask(api, body, key = "1") {
  const answer = await api({ method: "POST", headers: { "idempotency-key": key }, body: JSON.stringify(body) });
  return [answer.status, answer.said];
}

const BIND = { liffId: "1656451635-z3yqZNO3", idToken: "token", bindToken: "live-1" };
const UNLINK = { liffId: BIND.liffId, idToken: "token", unlink: true, accessToken: "token" };

test("a person is bound, found bound, and unlinked after consent", async (t) => {
  const api = simulatedBindApi({ line: await serve(t, json(200, { sub: "U1" })), base: "https://localhost:8443" });
  assert.deepEqual(await ask(api, UNLINK, "0"), [200, "not-linked"]);
  assert.deepEqual(await ask(api, BIND, "1"), [201, "bound"]);
  assert.deepEqual(await ask(api, BIND, "1"), [200, "bound-again"]);
  assert.deepEqual(await ask(api, BIND, "2"), [200, "already-bound"]);
  assert.deepEqual(await ask(api, UNLINK, "2"), [422, "idempotency-key-reused"]);
  assert.deepEqual(await ask(api, UNLINK, "3"), [428, "consent-required-to-unlink"]);
  const agreed = { ...UNLINK, consent: { version: "2026-01", accepted: true } };
  assert.deepEqual(await ask(api, agreed, "4"), [200, "unlinked-line-down"]);
  assert.deepEqual(await ask(api, { ...BIND, bindToken: null }, "5"), [400, "bind-token-missing"]);
});

test("LINE is asked about the token and the channel of the LIFF ID, and its word counts", async (t) => {
  let told = json(200, { sub: "U1" });
  let asked = "";
  const line = await serve(t, async (request, response) => {
    asked = "";
    for await (const part of request) asked += part;
    told(request, response);
  });
  const api = simulatedBindApi({ line, base: "https://localhost:8443" });
  for (const [status, body, name] of [
    [200, { sub: "U1" }, "bound"],
    [200, {}, "line-unavailable"],
    [400, { error_description: "IdToken expired." }, "id-token-expired"],
    [400, { error_description: "Invalid IdToken Audience." }, "id-token-audience-mismatch"],
    [400, { error_description: "JWS verification failed" }, "id-token-invalid"],
    [429, {}, "line-unavailable"],
    [500, {}, "line-unavailable"],
  ]) {
    told = json(status, body);
    assert.equal((await ask(api, BIND))[1], name, `${status} ${JSON.stringify(body)}`);
    assert.equal(asked, "id_token=token&client_id=1656451635");
  }
  told = (_, response) => response.end("<h1>Sorry</h1>");
  assert.deepEqual(await ask(api, BIND), [503, "line-unavailable"]);
});

test("a check binds nobody, and a request that is none is refused", async (t) => {
  const api = simulatedBindApi({ line: await serve(t, json(200, { sub: "U1" })), base: "https://tunnel.example" });
  const check = await api({ method: "POST", headers: {}, body: JSON.stringify({ ...BIND, check: true }) });
  assert.equal(JSON.parse(check.body).content.endpointUrl, `https://tunnel.example/liff-bind.html?liffId=${BIND.liffId}`);
  assert.deepEqual(await ask(api, UNLINK), [200, "not-linked"]);
  for (const body of ["", "{", "null", "[]", "7", '{"liffId":7}']) {
    assert.equal((await api({ method: "POST", headers: {}, body })).status, 400, body);
  }
  assert.equal((await api({ method: "GET", headers: {}, body: "" })).status, 405);
});

test("a bind API elsewhere gets the request without cookies, and its answer comes through", async (t) => {
  let seen;
  const url = await serve(t, async (request, response) => {
    seen = { ...request.headers, method: request.method };
    response.writeHead(429, { "retry-after": "7", "set-cookie": "a=b", location: "https://elsewhere.example" }).end("later");
  });
  const headers = { cookie: "session=1", "idempotency-key": "k", "content-type": "application/json", host: "localhost" };
  const answer = await bindApiAt(url)({ method: "POST", headers, body: "{}" });
  assert.equal(answer.status, 429);
  assert.equal(answer.headers["retry-after"], "7");
  assert.equal(answer.headers["set-cookie"] ?? answer.headers.location, undefined);
  assert.equal(answer.body.toString(), "later");
  assert.deepEqual([seen.method, seen["idempotency-key"], seen.cookie], ["POST", "k", undefined]);
  assert.equal((await bindApiAt("http://127.0.0.1:9/")({ method: "POST", headers: {}, body: "" })).status, 502);
});
