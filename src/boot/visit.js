// Counts this visit if the deployment names a path for that. docs/visits.md is the contract: a beacon identifies no
// person. At most one beacon a page load: the app's (`src/core/page/beacon.rs`), or one for an end that the app never saw.
import { checks, liffId, meta, os, userAgent } from "./page.js";

// A merchant's visit to the doctor isn't counted.
let [path] = (!checks && /^\/[\w.-][\w./-]*$/.exec(meta("events"))) || [];
const [, line = "", liff] = / Line\/(\d[\d.]{0,11})(?![\d.])(.* LIFF)?/.exec(userAgent) ?? [];
// How long the page was behind other apps. While it is hidden, the negated time that it was visible.
let away = 0;
const onVisibility = ({ timeStamp }) => {
  if (document.hidden !== away < 0) away += document.hidden ? -timeStamp : timeStamp;
};
const count = (outcome) => {
  // LINE's SDK has begun its own sign-in in `liff.init` (`src/liff-left-out.js`): the visit continues after it.
  if (!path || (/=init&/.test(outcome) && globalThis.liffSdk?.login?.begun)) return;
  const ms = Math.round(away < 0 ? -away : performance.now() - away);
  navigator.sendBeacon?.(`${path}?outcome=${outcome}&liffId=${liffId}&line=${line}&ms=${ms}&page={{page-version}}`);
  path = "";
};
const end = (outcome, { status, name = "" } = {}) => {
  const stage = status || name || globalThis.liffSdk ? "page" : "sdk";
  count(`${outcome}&stage=${stage}&code=${status ?? name}&os=${os}&client=${liff ? "liff" : line && "line"}`);
};

/** Safari cancels requests before it reports that the person leaves the page: that isn't a failure. */
export const failed = (reason) => setTimeout(end, 500, "failed&failure=page-load", reason);

if (path) {
  document.addEventListener("visibilitychange", onVisibility);
  globalThis.liffVisit = { count };
  // Only until the app runs.
  onpagehide = () => end("left&failure=");
}
