// One opening of the page: its scenario, and what the simulated world remembers until the next opening. `?run=` tells
// a reload and a return from LINE's sign-in from a new opening: the page keeps parameters it doesn't know.
import scenarios from "../scenarios.json";
import { nobody } from "./answer.mjs";
import { issueIdToken } from "./id-token.js";

/** The LIFF app of the examples in `docs/bind-api`. */
export const LIFF_ID = "1656451635-z3yqZNO3";

const MEMORY = "dev:memory";
const url = new URL(location.href);
const name = url.searchParams.get("scenario") ?? "bound";

/** The scenario of this opening. */
export const scenario = scenarios.find((scenario) => scenario.name === name) ?? scenarios[0];
if (scenario.name !== name) console.error(`[dev] no scenario is named ${name}; playing ${scenario.name}`);

/** Whether the page runs in LINE's LIFF browser. */
export const inClient = ["line-ios", "line-android"].includes(scenario.device);

const kept = JSON.parse(sessionStorage.getItem(MEMORY));
const run = url.searchParams.get("run");

/** What LINE, the shop's server and the phone remember during this opening. */
export const memory = run && kept?.run === run ? kept : open();

/** Keeps `memory` for the next page of this opening. */
export function remember() {
  sessionStorage.setItem(MEMORY, JSON.stringify(memory));
}

function open() {
  // A LIFF browser forgets everything when it is closed.
  sessionStorage.clear();
  const signedIn = inClient || (scenario.signed_in ?? false);
  const memory = {
    run: Math.random().toString(36).slice(2, 8),
    inits: 0,
    posts: 0,
    signIns: 0,
    signedIn,
    // Whether LINE's own page still knows the customer, and asks nothing.
    knownToLine: signedIn,
    friend: scenario.friend ?? true,
    idToken: signedIn ? firstIdToken() : null,
    // Whether the SDK has accepted that token.
    verified: false,
    ...nobody(),
    bound: scenario.bind?.includes("already-bound") ?? false,
  };
  showUrl(memory);
  return memory;
}

function firstIdToken() {
  const lacking = ["no-openid", "open-chat"].includes(scenario.liff);
  const age = scenario.liff === "expired-token" ? 7200 : 0;
  return lacking ? null : issueIdToken(scenario.clock, age);
}

/** Completes the URL to the one that LINE (or a link on the website) would have opened. */
function showUrl({ run, idToken }) {
  const query = { run, liffId: LIFF_ID, bindToken: `dev-${run}` };
  for (const [name, value] of Object.entries(query)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value);
  }
  for (const [name, value] of Object.entries(scenario.query ?? {})) {
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  }
  url.searchParams.set("run", run);
  if (scenario.liff === "malformed-url") url.search += "&broken=%";
  if (inClient) url.hash = `access_token=dev${idToken ? `&id_token=${idToken}` : ""}`;
  const checks = new URLSearchParams(location.search).get("check");
  history.replaceState(history.state, "", url);
  // boot.js may have read the URL before.
  if (url.searchParams.get("check") !== checks) location.reload();
}
addEventListener("pagehide", remember);
remember();
