// In the place of those parts of LINE's SDK that the bind page has no use for (`scripts/bundle.mjs`).

// `@liff/sub-window`, `@liff/message-bus`, `@liff/is-sub-window`: outside LINE, a URL with `liff.subwindow.*` made the SDK open an
// iframe, evaluate a text with a part of the URL in it, and post to another host. LINE has deprecated LIFF 2.20.0 to 2.31.0 for a
// flaw there (release notes, 2.31.1).
export const isSubWindow = () => false;
export const IDENTIFIER_KEY = "liff.subwindow.identifier";
export const EVENT_NAME = {};
export const WINDOW = {};
export const getMSTByMSIT = async () => ({});
export const getAppData = async () => ({});
export const getMainWindowOrigin = () => null;
export const setMainWindowOrigin = () => {};
export const getMessageBus = () => null;
export const initMessageBus = async () => null;
export const subWindow = {};

// `@liff/extensions`: without its LegacyExtensionsModule, which `@line/liff/core` leaves out, it loads nothing.
export const load = async () => {};

// `@liff/permanent-link`: `init` asks it whether to warn on the console, with a URL that may have LINE's tokens in it.
export const validatePermalinkGeneratability = () => {};

// `@liff/login`: comes with `src/liff-later.js`. `init` calls it, too, where LINE's tokens don't do.
// Some engines remember that a module failed to arrive, so the next try is for another URL.
let failures = 0;
export const later = () =>
  import(document.querySelector("meta[name=liff-later]").content + (failures ? `?${failures}` : "")).catch((error) => {
    failures += 1;
    throw error;
  });
export const login = async (options) => {
  // `src/visit.js`: the visit goes on behind it.
  login.begun = true;
  const parts = await later().catch((error) => {
    login.begun = false;
    throw error;
  });
  parts.login(options);
};
