// Simulates the bind API of `docs/bind-api` instead of the network: it checks the page's requests, answers with the
// example files of the scenario's `bind` list, and keeps the API's promise about idempotency. The sandbox's simulation
// is stricter: it verifies signatures (`tests/sandbox/src/bind`).
import { answer, statusOf } from "./answer.mjs";
import { deviations } from "./contract.js";
import { readIdToken, serverClock } from "./id-token.js";
import { LIFF_ID, memory, remember, scenario } from "./opening.js";

const API = new URL(document.querySelector('meta[name="bind-api"]').content, location.href).href;

const network = globalThis.fetch.bind(globalThis);
globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : new URL(input, location.href).href;
  return url === API ? post(new Request(input, init)) : network(input, init);
};

async function post(request) {
  const text = await request.clone().text();
  await Promise.race([new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 300)), aborted(request.signal)]);
  const wrong = deviations(request, text);
  for (const deviation of wrong) console.error(`[dev] bind API: ${deviation}`);

  const planned = scenario.bind ?? [];
  const name = planned[Math.min(memory.posts, planned.length - 1)] ?? "bound";
  memory.posts += 1;
  const duty = () => example(wrong.length > 0 ? "invalid-request-body" : bind(request, JSON.parse(text)));
  const response = await (ANSWERS[name] ?? (() => example(name)))(duty, request);
  remember();
  return response;
}

/** Names of the `bind` list with a special answer. Every other name is an example file. */
const ANSWERS = {
  bound: (duty) => duty(),
  "already-bound": (duty) => duty(),
  "consent-required": (duty) => duty(),
  "no-answer": async (duty) => {
    await duty();
    throw new TypeError("Failed to fetch");
  },
  refuse: () => {
    throw new TypeError("Failed to fetch");
  },
  hang: (_, request) => aborted(request.signal),
  html: () => new Response("<h1>502 Bad Gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } }),
  empty: () => new Response("", { status: 200 }),
  // As close to an unfollowed redirect as a script can get: status 0, no body.
  redirect: () => Response.error(),
  "cut-off": async (duty) => {
    const whole = await (await duty()).text();
    const half = new TextEncoder().encode(whole.slice(0, whole.length / 2));
    const pull = (stream) => stream.error(new TypeError("network error"));
    return new Response(new ReadableStream({ start: (stream) => stream.enqueue(half), pull }, { highWaterMark: 0 }));
  },
};

/** Rejects when the page gives up. */
function aborted(signal) {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}

/** An example file as an answer. */
async function example(name) {
  const { default: body } = await import(`../../docs/bind-api/examples/${name}.json`);
  if (scenario.message && body.content?.message) body.content.message = scenario.message;
  if (name === "checked") body.content.endpointUrl = `${location.origin}/liff-bind.html?liffId=${LIFF_ID}`;
  const headers = {
    "Content-Type": body.status ? "application/problem+json" : "application/json",
    "Cache-Control": "no-store",
    Date: new Date(serverClock(scenario.clock) * 1000).toUTCString(),
  };
  if (["rate-limited", "idempotency-in-progress"].includes(name)) headers["Retry-After"] = "1";
  return new Response(JSON.stringify(body), { status: statusOf(name, body), headers });
}

/** Names the answer to a request that keeps to the contract. */
function bind(request, body) {
  if (body.liffId !== LIFF_ID) return "liff-id-unknown";
  if (body.check && !body.idToken) return "checked";
  const claims = readIdToken(body.idToken);
  if (!claims) return "id-token-invalid";
  if (claims.exp < serverClock(scenario.clock)) return "id-token-expired";
  if (body.check) return "checked";
  const asksConsent = scenario.bind?.includes("consent-required");
  return answer(body, { key: request.headers.get("Idempotency-Key"), sub: claims.sub, memory, asksConsent });
}
