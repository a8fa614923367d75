// The first script, inline in <head>: adds the page's security policy, and sends the requests that everything waits for:
// for the app's files, and two of LINE's. It decides nothing.
(() => {
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content.trim() ?? "";
  // No build knows the engine and the deployment's bind API. iOS 15 has no 'wasm-unsafe-eval' (nor `AbortSignal.timeout`)
  // and allows WebAssembly only with `eval`. `scripts/page.mjs` replaces the braces with hashes.
  const { userAgent } = navigator;
  const ios15 = /(iPhone|iPad).* OS 15_/.test(userAgent) || (/AppleWebKit\/605/.test(userAgent) && !AbortSignal.timeout);
  let bindApi = "";
  // As `fetch` will read it. An origin has no blank and no semicolon, so that nothing else gets into the policy.
  try {
    const { protocol, origin } = new URL(meta("bind-api"), location);
    if (protocol === "https:" && origin !== location.origin) bindApi = origin;
  } catch {}
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = `default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' data: https:;
    script-src 'self' ${ios15 ? "'unsafe-eval'" : "'wasm-unsafe-eval'"} {{script-hashes}}; style-src 'self' {{style-hashes}};
    connect-src 'self' https://api.line.me ${bindApi}`;
  document.head.prepend(policy);

  // The app's files. A slow phone paints before it runs boot.js, and its connection would be idle meanwhile.
  globalThis.liffModule = fetch(meta("app-wasm"));
  for (const early of [liffModule, import(meta("app-glue"))]) early.catch(() => {});

  // In LINE, the fragment has the tokens for two requests that `liff.init` makes one after the other (LIFF SDK 2.31.0).
  // Send both now, exactly as the SDK does. The SDK's own calls get the answers, once; all other calls pass untouched.
  const send = fetch;
  const answers = new Map();
  const ask = (path, headers) => {
    const url = `https://api.line.me/oauth2/v2.1/${path}`;
    const answer = send(url, { headers }).then(async (response) => {
      await response.clone().blob(); // An incomplete answer counts as a failure.
      return response.ok ? response : Promise.reject(response);
    });
    answer.catch(() => {});
    answers.set(url, answer);
  };
  try {
    const given = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
    const token = given.get("access_token");
    const context = JSON.parse(atob(given.get("context_token").split(".")[1].replace(/-/g, "+").replace(/_/g, "/")));
    const liffId = new URLSearchParams(location.search).get("liffId") || meta("liff-id");
    if (meta("shortcuts") !== "on" || !/ Line\/\S+ LIFF/.test(userAgent) || !token || context.liffId !== liffId) return;
    const json = { "Content-Type": "application/json", Accept: "application/json" };
    ask(`verify?access_token=${encodeURIComponent(token)}`, json);
    if (given.has("id_token")) ask("certs", { ...json, Authorization: `Bearer ${token}` });
    globalThis.fetch = (url, options) => {
      const early = (options?.method ?? "GET") === "GET" && answers.get(url);
      if (!early) return send(url, options);
      answers.delete(url);
      // If the early request fails, the SDK's own one is sent. If it hangs, it is sent again, and the first answer
      // wins. `no-store`, because Chromium otherwise makes a request wait for another one to the same URL.
      const late = new Promise((_, reject) => setTimeout(reject, 4_000));
      const unlessItFails = early.catch(() => new Promise(() => {}));
      return Promise.race([early, late]).catch(() => Promise.race([unlessItFails, send(url, { ...options, cache: "no-store" })]));
    };
  } catch {} // The URL has no LINE tokens.
})();
