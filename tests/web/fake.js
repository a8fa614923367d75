// What the tests put in the place of LINE's SDK and of the network.

/** Sets `liffSdk` to an SDK whose functions give, throw or reject with what `plan` says of them. */
export function playSdk(plan) {
  const calls = [];
  const play = (name) => (...args) => {
    calls.push([name, ...args]);
    const how = plan[name] ?? {};
    if ("throws" in how) throw how.throws;
    if ("rejects" in how) return Promise.reject(how.rejects);
    return "resolves" in how ? Promise.resolve(how.resolves) : how.gives;
  };
  globalThis.liffSdk = new Proxy({}, { get: (_, name) => play(name) });
  return calls;
}

export function removeSdk() {
  delete globalThis.liffSdk;
}

/** An error as the SDK throws it. */
export function liffError(code, message) {
  return Object.assign(new Error(message), { code });
}

/** What `src/boot.js` has for the HTTP client; its own is tested by the faults of tests/e2e. */
globalThis.liffBind = {
  meta: () => "",
  deadline: (millis) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), millis);
    return controller.signal;
  },
};

/** Answers the next `fetch` and keeps what was asked; `never` answers only when the request is given up. */
export function playFetch(status, headers, body, never) {
  const asked = [];
  globalThis.fetch = async (request) => {
    asked.push(request.clone());
    if (never) {
      await new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
    }
    return new Response(body === "" ? null : body, { status, headers });
  };
  return asked;
}

/** `fetch` fails as it does without a network. */
export function breakFetch() {
  globalThis.fetch = async () => {
    throw new TypeError("Failed to fetch");
  };
}
