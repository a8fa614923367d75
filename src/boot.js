// The page's only script of its own: starts the app once LINE's SDK and the wasm module are both there, and says so on the
// static page when they cannot be. `scripts/finish.mjs` puts the hashed names of glue and wasm into the two <meta> tags.
(() => {
  const LANGUAGES = ["zh-Hant", "en"];
  // How long the static page waits for scripts and wasm before it says that it could not start, in milliseconds.
  const PATIENCE = 15_000;

  const root = document.documentElement;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;

  const wished = [new URLSearchParams(location.search).get("lang"), ...navigator.languages].filter(Boolean);
  const primary = (tag) => tag.split(/[-_]/)[0].toLowerCase();
  const known = (tag) => LANGUAGES.find((language) => primary(language) === primary(tag));
  root.lang = wished.map(known).find(Boolean) ?? LANGUAGES[0];
  root.dataset.boot = "";

  const isWorking = () => root.dataset.screen === "working";

  const fail = () => {
    root.dataset.screen = "failed";
    root.dataset.failure = "page-load";
    const section = document.getElementById("page-load");
    section.hidden = false;
    document.title = section.querySelector(`h1 [lang="${root.lang}"]`).textContent;
    section.querySelector("h1").focus();
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
