// Stand-ins for the page's surroundings in a browser: LINE's SDK, the network, the clipboard, and src/boot.js.

/** Sets `liffSdk` to an SDK whose functions give, resolve to or reject with what `plan` has for them at the call. */
export function fakeSdk(plan) {
  const calls = [];
  const fake = (name) => (...args) => {
    calls.push([name, ...args]);
    const how = plan[name] ?? {};
    if ("rejects" in how) return Promise.reject(how.rejects);
    return "resolves" in how ? Promise.resolve(how.resolves) : how.gives;
  };
  globalThis.liffSdk = new Proxy({}, { get: (_, name) => fake(name) });
  return calls;
}

/** The object that `src/boot.js` provides. The app reads this very object, so it is changed and never replaced. */
globalThis.liffBind = {
  language: "",
  words: {},
  since: 0,
  load: async (name) => {
    if (name !== "qr-module") throw new TypeError(`no module ${name}`);
    return { draw: async (text, side) => `data:image/svg+xml,${text.length} in ${side}` };
  },
};

export function speak(language, words) {
  Object.assign(globalThis.liffBind, { language, words: JSON.parse(words) });
}

/**
 * Answers one `fetch` after the other, and keeps the requests; a request without an answer fails. An answer that is
 * `never` given ends only when the request is aborted.
 */
export function fakeFetch(answers) {
  const asked = [];
  globalThis.fetch = async (request) => {
    asked.push(request.clone());
    const { status, headers, body, never } = answers[asked.length - 1] ?? {};
    if (never) {
      await new Promise((_, reject) => request.signal.addEventListener("abort", () => reject(request.signal.reason)));
    }
    // A network answers later.
    await new Promise((resolve) => setTimeout(resolve));
    if (!status) throw new TypeError("Failed to fetch");
    return new Response(body === "" ? null : body, { status, headers });
  };
  return asked;
}

/** The phone's own report of its connection. */
let online = true;
Object.defineProperty(navigator, "onLine", { get: () => online });

export function setOnline(is) {
  online = is;
}

/** A clipboard that takes texts or refuses them. `old`: whether `execCommand` copies; undefined forbids a call. */
export function fakeClipboard(takes, old) {
  const copied = [];
  const writeText = async (text) => {
    if (!takes) throw new DOMException("Write permission denied.", "NotAllowedError");
    copied.push(text);
  };
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
  document.execCommand = (command) => {
    copied.push(`${command} ${getSelection()}`);
    return old;
  };
  return copied;
}
