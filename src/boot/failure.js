// The static failure: the page can't start.
import { filesToLoad } from "./files.js";
import { language } from "./language.js";
import { attempt, find, liffId, os, parameters, root, userAgent } from "./page.js";
import { failed } from "./visit.js";

export function fail(reason) {
  Object.assign(root.dataset, { screen: "failed", failure: "page-load" });
  const section = find("#page-load");
  const [link, retry] = section.querySelectorAll("a");
  // Says "not linked yet" or "not unlinked yet"; neither if the app has noted a request whose answer is unknown.
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
  // Reloads by script: the link's own `href` would drop the fragment with LINE's tokens.
  retry.onclick = async (event) => {
    event.preventDefault();
    // A broken file may stay in the browser's cache for a year.
    const fresh = Promise.allSettled(filesToLoad().map((file) => fetch(file, { cache: "reload" })));
    await Promise.race([fresh, new Promise((resolve) => setTimeout(resolve, 3_000))]);
    location.reload();
  };
}
