// The first script, inline in <head>: puts in the page's policy, and asks LINE two questions early. It decides nothing.
(() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  // No build knows the engine or a deployment's bind API. iOS 15 has no 'wasm-unsafe-eval' (nor `AbortSignal.timeout`): there
  // WebAssembly is allowed where `eval` is. `scripts/page.mjs` puts hashes where braces are.
  const { userAgent } = navigator;
  const ios15 = /(iPhone|iPad).* OS 15_/.test(userAgent) || (/AppleWebKit\/605/.test(userAgent) && !AbortSignal.timeout);
  const [bindApi] = /^https:\/\/[\w.:-]+/.exec(meta("bind-api")) ?? [""];
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data: https:;
    script-src 'self' ${ios15 ? "'unsafe-eval'" : "'wasm-unsafe-eval'"} {{script-hashes}}; style-src 'self' {{style-hashes}};
    connect-src 'self' https://api.line.me ${bindApi}`;
  document.head.prepend(policy);

  // In LINE the fragment has the tokens with which `liff.init` makes two requests, one after the other (LIFF SDK 2.31.0). Both
  // leave now, word for word as the SDK's. Its own calls get the answers, once; all other calls pass untouched.
  const send = fetch;
  const answers = new Map();
  const ask = (path, headers) => {
    const url = `https://api.line.me/oauth2/v2.1/${path}`;
    const answer = send(url, { headers }).then(async (response) => {
      await response.clone().blob(); // Half an answer is none.
      return response.ok ? response : Promise.reject(response);
    });
    answer.catch(() => {});
    answers.set(url, answer);
  };
  try {
    const given = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const token = given.get("access_token");
    const context = JSON.parse(atob(given.get("context_token").split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    const liffId = new URLSearchParams(location.search).get("liffId") ?? meta("liff-id");
    const inLine = / Line\/\S+ LIFF/.test(userAgent);
    if (meta("shortcuts") !== "on" || !inLine || !token || context.liffId !== liffId) return;
    const json = { "Content-Type": "application/json", Accept: "application/json" };
    ask(`verify?access_token=${encodeURIComponent(token)}`, json);
    if (given.has("id_token")) ask("certs", { ...json, Authorization: `Bearer ${token}` });
    globalThis.fetch = (url, options) => {
      const early = (options?.method ?? "GET") === "GET" && answers.get(url);
      if (!early) return send(url, options);
      answers.delete(url);
      // An early failure counts as never asked. A hanging request is made again, and the first answer wins. `no-store`: else Chromium
      // keeps a request waiting for another one of the same URL.
      const late = new Promise((_, reject) => setTimeout(reject, 4_000));
      const unlessItFails = early.catch(() => new Promise(() => {}));
      return Promise.race([early, late]).catch(() => Promise.race([unlessItFails, send(url, { ...options, cache: "no-store" })]));
    };
  } catch {} // No tokens of LINE's.
})();
