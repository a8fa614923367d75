// The files that start the app. Their names are in <meta> tags (`Trunk.toml`, `scripts/finish.mjs`).
import { language } from "./language.js";
import { find, meta } from "./page.js";

const wordsUrl = () => meta("words").replace("*", language);
const sdkScript = () => find("script[fetchpriority]");

export const filesToLoad = () => [sdkScript().src, meta("app-glue"), meta("app-wasm"), wordsUrl()];

/** Tries once more. Safari takes a file that broke off for the whole one, and may keep it. */
const load = (url, read, asked = fetch(url)) => {
  const use = (response) => (response.ok ? read(response) : Promise.reject(response));
  return asked.then(use).catch((reason) => {
    if (!globalThis.WebAssembly) throw reason;
    return fetch(url, { cache: "reload" }).then(use);
  });
};

export const loadWords = () => load(wordsUrl(), (response) => response.json());
export const loadModule = () => load(meta("app-wasm"), async (response) => WebAssembly.compile(await response.arrayBuffer()), liffModule);
/** An engine may remember that a script failed to load, so the second try uses another URL. */
export const loadGlue = () => import(meta("app-glue")).catch(() => import(`${meta("app-glue")}?1`));

/** The merchant's doctor, which puts its own files into the <meta> tags. A constant, as esbuild would bundle a literal. */
const DOCTOR = "/check.js";
export const loadDoctor = () => import(DOCTOR);

/** LINE's SDK. The `load` event comes after its script has run or failed. */
export const sdk = new Promise((resolve, reject) => {
  const settle = () => (globalThis.liffSdk ? resolve() : reject());
  if (globalThis.liffSdk || document.readyState === "complete") return settle();
  for (const target of [sdkScript(), window]) target.addEventListener("load", settle);
});
