// The page's only script of its own: starts the app once LINE's SDK and the wasm module are both there, and says so on the
// static page when they cannot be. `scripts/finish.mjs` puts the hashed names of glue and wasm into the two <meta> tags.
(() => {
  const LANGUAGES = ["zh-Hant", "en"];
  // How long the static page waits for scripts and wasm before it says that it could not start, in milliseconds.
  const PATIENCE = 10_000;

  const root = document.documentElement;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

  const wished = [new URLSearchParams(location.search).get("lang"), ...navigator.languages].filter(Boolean);
  const primary = (tag) => tag.split(/[-_]/)[0].toLowerCase();
  const known = (tag) => LANGUAGES.find((language) => primary(language) === primary(tag));
  root.lang = wished.map(known).find(Boolean) ?? LANGUAGES[0];
  root.dataset.boot = "";

  const isWorking = () => root.dataset.screen === "working";

  // What a phone's browser lacks, LINE may have: the LIFF URL with the page's own parameters, as the app makes it.
  const liffUrl = () => {
    const query = new URLSearchParams(location.search);
    const id = query.get("liffId");
    const outside = /Android|iPhone|iPad/.test(navigator.userAgent) && !/ LIFF/.test(navigator.userAgent);
    if (!outside || !/^\d+-[a-z\d]+$/i.test(id)) return null;
    for (const name of [...query.keys()]) if (!/^(bindToken|lang)$/.test(name)) query.delete(name);
    return `https://liff.line.me/${id}?${query}`;
  };

  const fail = () => {
    root.dataset.screen = "failed";
    root.dataset.failure = "page-load";
    const section = document.getElementById("page-load");
    section.hidden = false;
    document.title = section.querySelector(`h1 [lang="${root.lang}"]`).textContent;
    section.querySelector("h1").focus();
    const url = liffUrl();
    if (url) {
      const link = section.querySelector("a");
      link.href = url;
      link.dataset.action = "open-line";
      section.querySelector("[data-action=retry]").classList.remove("primary");
    }
    // Not the link's own `href`: that would drop the fragment with LINE's tokens.
    section.querySelector("[data-action=retry]").onclick = (event) => {
      event.preventDefault();
      location.reload();
    };
  };

  const ready = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });

  // `load` comes after the SDK's script has arrived, thrown or failed to arrive.
  const sdk = new Promise((resolve, reject) => {
    const settle = () => (globalThis.liffSdk ? resolve() : reject(new Error("LIFF SDK is missing")));
    if (globalThis.liffSdk || document.readyState === "complete") settle();
    else {
      document.querySelector("script[fetchpriority]")?.addEventListener("load", settle);
      addEventListener("load", settle);
    }
  });

  const compile = async () => {
    const response = await fetch(meta("app-wasm"));
    if (!response.ok) throw new Error(`wasm: ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  };

  const start = async () => {
    const [glue, module] = await Promise.all([import(meta("app-glue")), compile(), sdk, ready]);
    await glue.default({ module_or_path: module });
  };

  globalThis.liffBind = {
    // Safari has `randomUUID` from 15.4 on only.
    uuid: () =>
      crypto.randomUUID?.() ??
      "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
        (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
      ),
    drawQr: async (text) => (await import(meta("qr-module"))).draw(text),
    copy: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        // Android's WebView has no such permission; the old way needs no more than the tap.
        getSelection().selectAllChildren(document.querySelector("#app output"));
        if (!document.execCommand("copy")) throw new Error("copying is not allowed");
      }
    },
  };

  ready.then(() => {
    for (const element of document.querySelectorAll("#app [data-en]")) {
      if (root.lang === "en" && isWorking()) element.textContent = element.dataset.en;
    }
  });
  const watchdog = setTimeout(() => ready.then(fail), PATIENCE);
  const onError = ({ error, target }) => {
    // A logo that cannot be had is no logo.
    if (target instanceof HTMLImageElement) target.hidden = true;
    // A module that traps leaves nobody to answer the buttons.
    if (globalThis.WebAssembly && error instanceof WebAssembly.RuntimeError && !/bound/.test(root.dataset.screen)) fail();
  };
  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", ({ reason }) => onError({ error: reason }));
  start()
    .catch(() => ready.then(fail))
    .finally(() => clearTimeout(watchdog));
})();
