// The last inline script: chooses the language, and starts the app once LINE's SDK, glue, module and words have loaded.
// If that fails, it shows the static failure.
import { fail, show } from "./boot/failure.js";
import { loadDoctor, loadGlue, loadModule, loadWords, sdk } from "./boot/files.js";
import { asked, choose, known, language, preferred, speak } from "./boot/language.js";
import { attempt, checks, find, meta, root } from "./boot/page.js";

root.dataset.boot = "";
show(false);
speak(asked ?? preferred);

const start = async () => {
  if (checks) await sdk.then(loadDoctor);
  let words = loadWords();
  words.catch(() => {});
  const compiled = loadModule();
  const [glue, module] = await Promise.all([loadGlue(), compiled, sdk]);
  // LINE's own language takes precedence over the browser's; they seldom differ.
  const line = asked ?? attempt(() => liffSdk.isInClient() && known(liffSdk.getAppLanguage()));
  if (line && line !== language) {
    const [spoken, first] = [language, words];
    speak(line);
    words = loadWords().catch(() => (speak(spoken), first));
  }
  const texts = await words;
  globalThis.liffBind = { language, words: texts, since, load: (name) => import(meta(name)) };
  show(false);
  await glue.default({ module_or_path: module });
  onpagehide = null; // The app handles this now.
};

const tellSlow = () => {
  const { content } = find("#slow");
  choose(content.children);
  find("#app .note")?.append(content);
};
// The start of the wait, and the times of `PATIENCE` and `LOADING` in `core/page/update/mod.rs`. Time behind another app
// doesn't count; a page hidden from the start may only claim to be.
let since, timers = [];
const wait = ({ timeStamp, type }) => {
  since = timeStamp;
  timers.forEach(clearTimeout);
  const at = (moment, act) => setTimeout(act, since + moment - performance.now());
  timers = type && document.hidden ? [] : [at(3_000, tellSlow), at(10_000, () => fail(undefined, starting))];
};
// After a trap in the module, nothing answers the buttons.
const onError = ({ error, reason = error }) => {
  if (globalThis.WebAssembly && reason instanceof WebAssembly.RuntimeError && !/bound|linked/.test(root.dataset.screen)) fail(reason);
};
for (const event of ["error", "unhandledrejection"]) addEventListener(event, onError);
// Shows a logo once it is there, in the capture phase: an image's event doesn't bubble, and `load` never reaches the window.
document.addEventListener("load", ({ target }) => { if (target instanceof HTMLImageElement) target.hidden = false; }, true);
// The buttons stay in view only where they leave room for a few words: half a screen with large text has none.
const pin = () => {
  const heights = [...document.querySelectorAll(".actions")].map(({ offsetHeight }) => offsetHeight);
  root.toggleAttribute("data-crowded", innerHeight - Math.max(...heights) < 150);
};
new ResizeObserver(pin).observe(document.body);
addEventListener("resize", pin);
const starting = start().catch(fail).finally(() => { document.onvisibilitychange = null; timers.forEach(clearTimeout); });
document.onvisibilitychange = wait;
wait({ timeStamp: 0 });
