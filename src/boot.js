// The last inline script: chooses the language, and starts the app once LINE's SDK, glue, module and words have loaded.
// If that fails, it shows the static failure. The file names are in <meta> tags (`Trunk.toml`, `scripts/finish.mjs`).
(() => {
  const root = document.documentElement;
  const { userAgent } = navigator;
  const find = (selector) => document.querySelector(selector);
  const meta = (name) => find(`meta[name="${name}"]`)?.content.trim() ?? "";
  const languages = [...document.querySelectorAll("#page-load h1 [lang]")].map(({ lang }) => lang);
  // LINE puts the parameters of the LIFF URL into `liff.state`.
  const state = new URLSearchParams(location.search).get("liff.state")?.match(/\?([^#]*)/)?.[1] ?? "";
  const query = new URLSearchParams(`${location.search}&${state}`.replace(/&(amp;)+/g, "&"));
  const attempt = (read) => { try { return read(); } catch {} }; // Undefined where a browser or the SDK throws.
  // `known` finds our language for the first of these tags that matches one. Android's old tag for Indonesian is `in`.
  const primary = (tag) => /[a-z]+/i.exec(tag)?.[0].toLowerCase().replace(/^in$/, "id");
  const known = (...tags) => tags.map((tag) => languages.find((own) => primary(own) === primary(tag))).find(Boolean);
  const asked = known(...query.getAll("lang"));
  let language; // Never read back from the page: a browser's translator rewrites <html lang>.
  const choose = (texts) => { for (const text of texts) text.hidden = text.lang !== language; };
  const speak = (tag) => {
    root.lang = language = tag;
    choose(document.querySelectorAll("body [lang]"));
  };
  // Tries once more if the connection fails. Safari takes a file that broke off for the whole one, and may keep it.
  const load = (url, read, asked = fetch(url)) => {
    const use = (response) => (response.ok ? read(response) : Promise.reject(response));
    return asked.then(use).catch((reason) => {
      if (reason instanceof Response || !globalThis.WebAssembly) throw reason;
      return fetch(url, { cache: "reload" }).then(use);
    });
  };
  const wordsUrl = () => meta("words").replace("*", language);
  const loadWords = () => load(wordsUrl(), (response) => response.json());
  // The `load` event comes after the SDK's script has run or failed.
  const sdk = new Promise((resolve, reject) => {
    const settle = () => (globalThis.liffSdk ? resolve() : reject());
    if (globalThis.liffSdk || document.readyState === "complete") return settle();
    for (const target of [find("script[fetchpriority]"), window]) target.addEventListener("load", settle);
  });
  const start = async () => {
    // The merchant's doctor puts its own files into the <meta> tags.
    if (query.get("check") === "1") await sdk.then(() => import("/check.js"));
    let words = loadWords();
    words.catch(() => {});
    const compiled = load(meta("app-wasm"), async (response) => WebAssembly.compile(await response.arrayBuffer()), liffModule);
    // An engine may remember that a script failed to load, so the second try uses another URL.
    const script = import(meta("app-glue")).catch(() => import(`${meta("app-glue")}?1`));
    const [glue, module] = await Promise.all([script, compiled, sdk]);
    // LINE's own language takes precedence over the browser's; they seldom differ.
    const line = asked ?? attempt(() => liffSdk.isInClient() && known(liffSdk.getAppLanguage()));
    if (line && line !== language) {
      speak(line);
      words = loadWords();
    }
    globalThis.liffBind = { language, words: await words, since, load: (name) => import(meta(name)) };
    await glue.default({ module_or_path: module });
    onpagehide = null; // The app handles this now.
  };
  const fail = (reason) => {
    Object.assign(root.dataset, { screen: "failed", failure: "page-load" });
    const section = find("#page-load");
    const [link, retry] = section.querySelectorAll("a");
    // Says "not linked yet" or "not unlinked yet"; neither if the app has noted a request whose answer is unknown.
    const said = attempt(() => sessionStorage["liff-bind:unsure"]) ? 2 : Number(/unlink(=|%3D)1/i.test(`${location.search}&${state}`));
    section.querySelectorAll(".body span span").forEach((claim, place) => (claim.hidden = place % 2 !== said));
    // An engine that is too old is updated with these, not with LINE.
    const engine = /Android/.test(userAgent) ? "Android System WebView / Chrome" : /iPhone|iPad/.test(userAgent) ? "iOS" : "Chrome / Safari";
    for (const name of section.querySelectorAll("b")) name.textContent = engine;
    document.title = section.querySelector(`h1 [lang="${language}"]`).textContent;
    section.querySelector("h1").focus();
    globalThis.liffVisit?.fail(reason);
    // LINE's own browser may be able to start the app.
    const liffId = query.get("liffId") || meta("liff-id");
    if (liffId && /Android|iPhone|iPad/.test(userAgent) && !/ LIFF/.test(userAgent)) {
      const kept = `${location.search.slice(1)}&${state}`.split("&").filter((pair) => /^(amp;)*(bindToken|lang|unlink)=/.test(pair));
      const href = `https://liff.line.me/${encodeURIComponent(liffId)}?${kept.join("&")}`;
      Object.assign(link, { href, hidden: false }).dataset.action = "open-line";
      retry.classList.remove("primary");
    }
    // Reloads by script: the link's own `href` would drop the fragment with LINE's tokens.
    retry.onclick = async (event) => {
      event.preventDefault();
      // A broken file may stay in the browser's cache for a year.
      const files = [find("script[fetchpriority]").src, meta("app-glue"), meta("app-wasm"), wordsUrl()];
      const fresh = Promise.allSettled(files.map((file) => fetch(file, { cache: "reload" })));
      await Promise.race([fresh, new Promise((resolve) => setTimeout(resolve, 3_000))]);
      location.reload();
    };
  };
  root.dataset.boot = "";
  speak(asked ?? known(...(navigator.languages ?? [])) ?? languages[0]);
  const tellSlow = () => {
    const { content } = find("#slow");
    choose(content.children);
    find("#app .note")?.append(content);
  };
  // The start of the wait. Time behind another app doesn't count; a page hidden from the start may only claim to be.
  let since, timers = [];
  const wait = ({ timeStamp, type }) => {
    since = timeStamp;
    timers.forEach(clearTimeout);
    const at = (moment, act) => setTimeout(act, since + moment - performance.now());
    timers = type && document.hidden ? [] : [at(3_000, tellSlow), at(10_000, fail)];
  };
  document.onvisibilitychange = wait;
  wait({ timeStamp: 0 });
  // After a trap in the module, nothing answers the buttons.
  const onError = ({ error, reason = error }) => {
    if (globalThis.WebAssembly && reason instanceof WebAssembly.RuntimeError && !/bound|linked/.test(root.dataset.screen)) fail(reason);
  };
  for (const event of ["error", "unhandledrejection"]) addEventListener(event, onError);
  // Shows a logo once it is there, in the capture phase: an image's event doesn't bubble, and `load` never reaches the window.
  document.addEventListener("load", ({ target }) => { if (target instanceof HTMLImageElement) target.hidden = false; }, true);
  start().catch(fail).finally(() => { document.onvisibilitychange = null; timers.forEach(clearTimeout); });
})();
