// The static failure: the page can't start.
import { filesToLoad } from "./files.js";
import { language } from "./language.js";
import { attempt, find, liffId, os, parameters, root, userAgent } from "./page.js";
import { failed } from "./visit.js";

const section = find("#page-load");
const app = find("#app");
const { title } = document;

const skeleton = [...app.childNodes];

/** Shows the failure or the app. Not left to the stylesheet: the policy refuses one that a host has changed. */
export const show = (failure) => { [section.hidden, app.hidden] = [!failure, failure]; };

/** `starting`: nothing has failed yet, it only takes long. */
export function fail(reason, starting) {
  show(true);
  Object.assign(root.dataset, { screen: "failed", failure: "page-load" });
  const [link, retry] = section.querySelectorAll("a");
  // Says "not linked" or "not unlinked" this time; neither if the app has noted a request whose answer is unknown.
  const said = attempt(() => sessionStorage["liff-bind:unsure"]) ? 2 : Number(/unlink(=|%3D)(1(?!\d)|true|yes)/i.test(parameters));
  section.querySelectorAll(".body span span").forEach((claim, place) => (claim.hidden = place % 2 !== said));
  // An engine that is too old is updated with these, not with LINE.
  const engine = { android: "Android System WebView / Chrome", ios: "iOS", web: "Chrome / Safari" }[os];
  for (const name of section.querySelectorAll("b")) name.textContent = engine;
  document.title = section.querySelector(`h1 [lang="${language}"]`).textContent;
  section.querySelector("h1").focus();
  failed(reason);
  // LINE's own browser may be able to start the app.
  if (liffId && os !== "web" && !/ LIFF/.test(userAgent)) {
    const kept = parameters.split("&").filter((pair) => /^(bindToken|lang|unlink)=/.test(pair));
    const href = `https://liff.line.me/${liffId}?${kept.join("&")}`;
    Object.assign(link, { href, hidden: false }).dataset.action = "open-line";
    retry.classList.remove("primary");
  }
  const again = () => {
    const { liffBind } = globalThis;
    let reached, over;
    const end = () => {
      // The app may have started meanwhile, after all.
      if (over || globalThis.liffBind !== liffBind) return;
      over = true;
      // Without a connection, the browser's own error page would replace this one.
      if (!reached) return fail(reason);
      // The link's own `href` would drop the fragment with LINE's tokens.
      location.reload();
    };
    const whole = async (file) => {
      // A broken file may stay in the browser's cache for a year.
      const response = await fetch(file, { cache: "reload" });
      reached = true;
      await response.blob();
    };
    setTimeout(end, 20_000);
    Promise.allSettled(filesToLoad().map(whole)).then(end);
  };
  retry.onclick = (event) => {
    event.preventDefault();
    app.textContent = "";
    app.append(...skeleton);
    show(false);
    root.dataset.screen = "working";
    delete root.dataset.failure;
    document.title = title;
    app.querySelector("h1").focus();
    if (!starting) return again();
    // A reload would throw away what has arrived.
    const timer = setTimeout(again, 20_000);
    starting.finally(() => clearTimeout(timer));
  };
}
