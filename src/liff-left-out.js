// Stand-ins for parts of LINE's SDK that the bind page doesn't need, or only later (`scripts/bundle.mjs`).
import { isInClient } from "@liff/is-in-client";
import { getContext } from "@liff/store";

// `@liff/sub-window`, `@liff/message-bus`, `@liff/is-sub-window`: outside LINE, a URL with `liff.subwindow.*` made the
// SDK open an iframe, evaluate a text that contains part of the URL, and post to another host. LINE has deprecated LIFF
// 2.20.0 to 2.31.0 for a flaw there (release notes, 2.31.1).
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

// `@liff/extensions` loads nothing without its LegacyExtensionsModule, which `@line/liff/core` leaves out.
export const load = async () => {};

// `@liff/permanent-link`: `init` uses it to warn on the console, with a URL that may contain LINE's tokens.
export const validatePermalinkGeneratability = () => {};

// `@liff/is-api-available`: conditions for all of LINE's APIs. `init` asks for `multipleLiffTransition` alone.
export const isApiAvailable = (name) => isInClient() && Boolean(getContext()?.availability?.[name]?.permission);

// `@liff/check-availability`: the same for `liff.scanCode` and two more, which the page doesn't call.
export class CheckAvailability {
  invoke = () => false;
}

// `@liff/login`: loaded with `src/liff-later.js`. `init` also calls it if LINE's tokens are missing or wrong. Some
// engines remember that a module failed to load, so the next try uses another URL.
let failures = 0;
export const later = () =>
  import(document.querySelector("meta[name=liff-later]").content + (failures ? `?${failures}` : "")).catch((error) => {
    failures += 1;
    throw error;
  });
export const login = async (options) => {
  // For `src/boot/visit.js`: the visit continues after the sign-in.
  login.begun = true;
  const parts = await later().catch((error) => {
    login.begun = false;
    throw error;
  });
  parts.login(options);
};
