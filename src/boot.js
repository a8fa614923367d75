// The page's only script of its own: chooses the language, starts the app once LINE's SDK, the wasm module and the words are
// there, and says so on the static page when they cannot be. `scripts/finish.mjs` puts their hashed names into <meta> tags.
(() => {
  // The files of `src/i18n/`.
  const LANGUAGES = ["zh-Hant", "en", "ja", "th", "id"];
  // How long the static page waits for scripts and wasm before it says that it takes long, and that it could not start, in
  // milliseconds.
  const PATIENCE = { told: 3_000, over: 10_000 };
  // The longest URL that the SDK is given, as the app has it (`src/core/update.rs`).
  const LONGEST_URL = 16 * 1024;

  const root = document.documentElement;
  const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? "";

  const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

  root.dataset.boot = "";

  // The SDK takes LINE's tokens out of the URL once it has them.
  const { hash } = location;
  // Under which the bind under way is kept for this tab: the app's record (`src/core/pending.rs`).
  const PENDING = "liff-bind:pending";
  const kept = () => {
    try {
      return sessionStorage.getItem(PENDING) ?? "";
    } catch {
      return "";
    }
  };
  const keep = (text) => {
    try {
      if (text) sessionStorage.setItem(PENDING, text);
      else sessionStorage.removeItem(PENDING);
    } catch {
      // A full store is no reason to stop.
    }
  };

  const isLiffId = (text) => /^\d{1,32}-[a-z\d]{1,32}$/i.test(text);

  // What a phone's browser lacks, LINE may have: the LIFF URL with what a bind needs.
  const liffUrl = () => {
    const query = new URLSearchParams(location.search);
    const id = query.get("liffId");
    const outside = /Android|iPhone|iPad/.test(navigator.userAgent) && !/ LIFF/.test(navigator.userAgent);
    if (!outside || !isLiffId(id)) return null;
    for (const name of [...query.keys()]) if (!/^(bindToken|lang)$/.test(name)) query.delete(name);
    return `https://liff.line.me/${id}?${query}`;
  };

  // Whether a request has left whose answer is not known: in the third line of the record.
  const mayBeBound = () => kept().split("\n")[2]?.[1] === "1";

  const fail = async () => {
    await ready;
    root.dataset.screen = "failed";
    root.dataset.failure = "page-load";
    const section = document.getElementById("page-load");
    // "Not linked yet."
    const open = mayBeBound();
    for (const claim of section.querySelectorAll(".body span span")) claim.hidden = open;
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
    section.querySelector("[data-action=retry]").onclick = async (event) => {
      event.preventDefault();
      // What is broken may be in the browser's cache, for a year.
      const files = [document.querySelector("script[fetchpriority]").src, ...["app-glue", "app-wasm"].map(meta), wordsUrl()];
      const fresh = Promise.allSettled(files.map((file) => fetch(file, { cache: "reload" })));
      await Promise.race([fresh, sleep(PATIENCE.told)]);
      location.reload();
    };
  };

  const ready = new Promise((resolve) => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
    else resolve();
  });

  // The first of these tags that stands for a language of ours. Whoever reads Simplified Chinese gets Traditional.
  // Android's old name of Indonesian is `in`.
  const primary = (tag) => tag?.split(/[-_]/)[0].toLowerCase().replace(/^in$/, "id");
  const known = (...tags) =>
    tags.map((tag) => LANGUAGES.find((language) => primary(language) === primary(tag))).find(Boolean);
  // Before the SDK's own redirect, the page's parameters are inside `liff.state`.
  const query = new URLSearchParams(location.search);
  const heldBack = new URLSearchParams(query.get("liff.state")?.match(/\?([^#]*)/)?.[1]);
  const asked = known(query.get("lang"), heldBack.get("lang"));

  // A connection that fails once is asked again.
  const load = async (url) => {
    const response = await fetch(url).catch(() => fetch(url));
    if (!response.ok) throw response;
    return response;
  };

  const wordsUrl = () => meta("words").replace("*", root.lang);
  const fetchWords = async () => (await (await load(wordsUrl())).json()).join("\n");

  const speak = (language) => {
    root.lang = language;
    ready.then(() => {
      for (const text of document.querySelectorAll("body [lang]")) text.hidden = text.lang !== root.lang;
    });
  };

  // LINE's own language counts more than the browser's. It is known only once the SDK is there; seldom it is another.
  const hearLine = () => {
    try {
      const language = !asked && liffSdk.isInClient() && known(liffSdk.getAppLanguage());
      if (language) speak(language);
    } catch {
      // Then it is the browser's.
    }
  };

  // The SDK keeps an ID token that it has in store, though the URL brings a newer one, and on the second load that it makes
  // for a LIFF URL's parameters the newer one is gone (LIFF SDK 2.31.0, `init`): the bind would go out with the token of
  // whoever opened the page before in this webview.
  const forgetOlderToken = () => {
    if (!/[#&]id_token=/.test(hash)) return;
    for (const key of Object.keys(sessionStorage)) if (/:(decoded)?IDToken$/.test(key)) delete sessionStorage[key];
  };

  // A sign-in of the SDK's own leads back without the bind token: it is kept as the app keeps it (`src/core/pending.rs`).
  const keepBindToken = (liffId) => {
    const token = (query.get("bindToken") ?? heldBack.get("bindToken") ?? "").replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, "");
    const [id, , , ...known] = kept().split("\n");
    if (!token || (id === liffId && known.join("\n") === token)) return;
    keep([liffId, liffBind.uuid(), "000", token].join("\n"));
  };

  // LINE is asked at once, while glue, module and words are on their way. The app's own call gets the answer to this one. What
  // the app looks at first is left to it: a sign-in that has led back here, a LIFF ID with something around it, a long URL.
  let asking = false;
  const askLine = () => {
    const liffId = query.get("liffId");
    if (!isLiffId(liffId) || query.has("liffClientId") || location.href.length > LONGEST_URL) return;
    keepBindToken(liffId);
    const { init } = liffSdk;
    asking = true;
    const answer = (async () => init({ liffId }))();
    // The app's to judge.
    answer.catch(() => {}).then(() => (asking = false));
    liffSdk.init = () => {
      liffSdk.init = init;
      return answer;
    };
  };

  // `load` comes after the SDK's script has arrived, thrown or failed to arrive.
  const sdk = new Promise((resolve, reject) => {
    const settle = () => (globalThis.liffSdk ? resolve() : reject());
    if (globalThis.liffSdk || document.readyState === "complete") settle();
    else {
      document.querySelector("script[fetchpriority]")?.addEventListener("load", settle);
      addEventListener("load", settle);
    }
  });

  const compile = async () => WebAssembly.compile(await (await load(meta("app-wasm"))).arrayBuffer());

  const start = async () => {
    speak(asked ?? known(...navigator.languages) ?? LANGUAGES[0]);
    await sdk;
    forgetOlderToken();
    // The merchant's doctor puts its own files into the <meta> tags, and asks LINE by itself.
    if ((query.get("check") ?? heldBack.get("check")) === "1") await import("/check.js");
    else askLine();
    hearLine();
    // After the SDK, so that it has the phone's connection for itself: all of this arrives while LINE is asked.
    const [glue, module, texts] = await Promise.all([import(meta("app-glue")), compile(), fetchWords(), ready]);
    liffBind.words = () => texts;
    await glue.default({ module_or_path: module });
  };

  globalThis.liffBind = {
    meta,
    online: () => navigator.onLine,
    fragment: () => hash.slice(1),
    // In the order in which `src/shell/page.rs` reads it. What is kept comes last, as it has lines of its own.
    opening: () => {
      const { userAgent, maxTouchPoints } = navigator;
      const lines = [Math.floor(performance.now()), document.referrer, userAgent, maxTouchPoints > 1, root.lang];
      return [...lines, kept()].join("\n");
    },
    keep,
    // Safari has `randomUUID` from 15.4 on only.
    uuid: () =>
      crypto.randomUUID?.() ??
      "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
        (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16),
      ),
    ago: (seconds) => {
      const [unit, length] = seconds < 60 ? ["second", Infinity] : seconds < 3600 ? ["minute", 60] : ["hour", 3600];
      return new Intl.RelativeTimeFormat(root.lang, { numeric: "auto" }).format(-Math.floor(seconds / length), unit);
    },
    // Without a reason: gloo-net takes nothing but an `Error` for a rejection, and an `AbortError` is one.
    deadline: (millis) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), millis);
      return controller.signal;
    },
    sleep,
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

  // Since navigation, as the app counts.
  const left = (patience) => patience - performance.now();
  const watchdog = setTimeout(fail, left(PATIENCE.over));
  setTimeout(() => {
    // The app's own is never hidden so.
    document.querySelector("#app .note")?.removeAttribute("hidden");
  }, left(PATIENCE.told));
  const onError = ({ error, target }) => {
    // A logo that cannot be had is no logo.
    if (target instanceof HTMLImageElement) target.hidden = true;
    // A module that traps leaves nobody to answer the buttons.
    if (globalThis.WebAssembly && error instanceof WebAssembly.RuntimeError && !/bound/.test(root.dataset.screen)) fail();
  };
  addEventListener("error", onError, true);
  addEventListener("unhandledrejection", ({ reason }) => onError({ error: reason }));
  start()
    // The SDK may be about to load the page anew, and iOS ends what is under way: that is no failure to tell.
    .catch(() => setTimeout(fail, asking ? PATIENCE.told : 0))
    .finally(() => clearTimeout(watchdog));
})();
