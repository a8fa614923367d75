// The two bind APIs of `./dev.sh live`: an existing one, and a simulated one.
import { readFile } from "node:fs/promises";
import { answer, nobody, statusOf } from "../../tests/dev/answer.mjs";
import { API, PAGE } from "../hosting/site.mjs";

/** Headers that a proxy passes on: none that belong to one connection, and no cookies of the page's host. */
const PASSED = ["accept", "accept-language", "content-type", "idempotency-key", "origin", "user-agent"];
const PASSED_BACK = ["cache-control", "content-type", "date", "retry-after"];

/** Passes requests on. The answer is `{ status, headers, body }`. */
export const bindApiAt = (url) => async ({ method, headers, body }) => {
  try {
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(PASSED.filter((name) => headers[name]).map((name) => [name, headers[name]])),
      body: ["GET", "HEAD"].includes(method) ? undefined : body,
      redirect: "manual",
      signal: AbortSignal.timeout(API.answer * 1000),
    });
    const passed = PASSED_BACK.filter((name) => response.headers.has(name)).map((name) => [name, response.headers.get(name)]);
    return { status: response.status, headers: Object.fromEntries(passed), body: Buffer.from(await response.arrayBuffer()) };
  } catch ({ name, cause }) {
    const said = `${url}: ${cause?.message ?? name}`;
    return { status: name === "TimeoutError" ? 504 : 502, headers: { "content-type": "text/plain" }, body: said, said };
  }
};

/**
 * Keeps to docs/bind-api and answers with its example files. LINE decides whether an ID token is valid. Nothing is
 * unlinked at LINE, as that takes the channel secret. `base` is the page's origin.
 */
export function simulatedBindApi({ line, base }) {
  /** The state of each person, by `sub`. */
  const people = new Map();

  const judge = async (request, key) => {
    if (request.check && !request.idToken) return "checked";
    const { sub, refusal } = await verify(line, request);
    if (refusal) return refusal;
    if (request.check) return "checked";
    if (!people.has(sub)) people.set(sub, nobody());
    const name = answer(request, { key, sub, memory: people.get(sub), asksConsent: false });
    return name === "unlinked" ? "unlinked-line-down" : name;
  };

  return async ({ method, headers, body }) => {
    if (method !== "POST") return { status: 405, headers: { allow: "POST" }, body: "" };
    const request = parse(body);
    const name = request ? await judge(request, headers["idempotency-key"]) : "invalid-request-body";
    const example = JSON.parse(await readFile(new URL(`../../docs/bind-api/examples/${name}.json`, import.meta.url), "utf8"));
    if (name === "checked") example.content.endpointUrl = `${base}/${PAGE}?liffId=${request.liffId}`;
    if (name === "bound") example.content.boundAt = new Date().toISOString();
    const type = example.status ? "application/problem+json" : "application/json";
    const answered = { "content-type": type, "cache-control": "no-store" };
    return { status: statusOf(name, example), headers: answered, body: JSON.stringify(example), said: name };
  };
}

function parse(body) {
  try {
    const request = JSON.parse(body);
    return typeof request?.liffId === "string" ? request : undefined;
  } catch {
    return undefined;
  }
}

/** Gets the ID token's owner from LINE Login's "Verify ID token"; else the name of the example that says why not. */
async function verify(line, { idToken, liffId }) {
  const [channel] = liffId.split("-");
  try {
    const form = new URLSearchParams({ id_token: idToken, client_id: channel });
    const response = await fetch(`${line}/oauth2/v2.1/verify`, { method: "POST", body: form, signal: AbortSignal.timeout(5_000) });
    const { sub, error_description: why = "" } = await response.json();
    if (response.ok && sub) return { sub };
    if (response.status !== 400) return { refusal: "line-unavailable" };
    const refusals = { "IdToken expired.": "id-token-expired", "Invalid IdToken Audience.": "id-token-audience-mismatch" };
    return { refusal: refusals[why] ?? "id-token-invalid" };
  } catch {
    return { refusal: "line-unavailable" };
  }
}
