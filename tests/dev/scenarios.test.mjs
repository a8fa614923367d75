// Opens every scenario as `trunk serve` shows it, and compares the result with `tests/scenarios.json`.
// Needs a debug build: `trunk build`, or another folder in DEV_DIST.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { Browser, serve, startDriver } from "./browser.mjs";

/** Browsers that run in parallel: most scenarios wait more than they compute. */
const BROWSERS = 5;

const here = (path) => new URL(path, import.meta.url);
const scenarios = JSON.parse(await readFile(here("../scenarios.json")));
const words = ({ screen, failure }) => (failure ? `${screen}/${failure}` : screen);

let site, driver;
const idle = [];

before(async () => {
  site = await serve(process.env.DEV_DIST ?? "target/page");
  driver = await startDriver();
  for (let count = 0; count < BROWSERS; count += 1) idle.push(await Browser.open(driver));
});
after(async () => {
  await Promise.all(idle.map((browser) => browser.close()));
  driver?.stop();
  site?.stop();
});

/** A test with a browser. It also fails if the page breaks the bind API's contract or its own policy, or panics. */
const test = (name, run) =>
  it(name, async () => {
    const browser = idle.pop();
    try {
      await browser.console();
      await run(browser);
      const complaints = (await browser.console()).filter((text) => /\[dev\] (bind API|no scenario)|panicked|Content Security Policy/.test(text));
      assert.deepEqual(complaints, []);
    } finally {
      idle.push(browser);
    }
  });

/** Checks that the visit is reported as it ended: once, and not while the person must decide. */
async function tells(browser, { screen, failure }) {
  const ended = !["confirm", "account", "unlink", "check"].includes(screen);
  // The static page takes half a second.
  if (ended) await browser.until(() => browser.script("return globalThis.toldVisits.length > 0"), "a visit told");
  const visits = (await browser.script("return globalThis.toldVisits")).map((visit) => new URLSearchParams(visit));
  assert.deepEqual(visits.map((visit) => [visit.get("outcome"), visit.get("failure")]), ended ? [[screen, failure ?? ""]] : []);
}

describe("scenarios", { concurrency: BROWSERS }, () => {
  for (const { name, expect, then } of scenarios) {
    test(name, async (browser) => {
      await browser.goto(`${site.origin}/liff-bind.html?scenario=${name}`);
      await browser.shows(words(expect));
      await tells(browser, expect);
      if (!then) return;
      await browser.press(`[data-action=${then.press}]`);
      await browser.shows(words(then));
    });
  }

  test("signing in outside LINE", async (browser) => {
    await browser.goto(`${site.origin}/liff-bind.html?scenario=open-in-line-desktop`);
    await browser.press("[data-action=login]");
    await browser.press("#cancel");
    await browser.shows("failed/sign-in-refused");
    await browser.press("[data-action=login]");
    await browser.press("#allow");
    await browser.shows("bound");
  });

  test("adding the official account", async (browser) => {
    await browser.goto(`${site.origin}/liff-bind.html?scenario=bound-not-friend`);
    await browser.press("[data-action=add-friend]");
    await browser.until(() => browser.script("return !document.querySelector('[data-action=add-friend]')"), "no more to do");
    await browser.shows("bound");
  });

  test("the gallery shows a screen in every language and theme", async (browser) => {
    await browser.goto(`${site.origin}/gallery.html#screen=link-expired&lang=every&scheme=every`);
    const shown = `return [...document.querySelectorAll("iframe")].map((frame) => {
      frame.loading = "eager";
      const root = frame.contentDocument.documentElement;
      return [root.lang, root.dataset.failure, frame.contentWindow.getComputedStyle(root).backgroundColor];
    })`;
    const languages = ["zh-Hant", "en", "ja", "th", "id"];
    const expected = languages.flatMap((lang) => ["rgb(255, 255, 255)", "rgb(26, 29, 34)"].map((ground) => [lang, "link-expired", ground]));
    await browser.until(async () => JSON.stringify(await browser.script(shown)) === JSON.stringify(expected), "ten frames");
  });

  test("the list shows every scenario in its frame", async (browser) => {
    await browser.goto(`${site.origin}/#link-expired`);
    const links = "return document.querySelectorAll('nav li').length";
    await browser.until(async () => (await browser.script(links)) === scenarios.length, "all links");
    const shown = "return document.getElementById('shown').textContent";
    await browser.until(async () => (await browser.script(shown)) === "failed / link-expired", "the frame");
    const told = await browser.script("return document.getElementById('visit').textContent");
    assert.match(told, /^outcome=failed failure=link-expired stage=bind code=BIND_TOKEN_EXPIRED /);
  });
});

it("every failure has a scenario", async () => {
  const words = JSON.parse(await readFile(here("../../src/i18n/en.json"), "utf8"));
  const shown = new Set(scenarios.map(({ expect }) => expect.failure));
  // These have words of their own, but for tests and support they are `server` and `unsure`.
  const named = Object.keys(words).map((name) => /^failure-(.*)-title$/.exec(name)?.[1]);
  const names = named.filter((name) => name && !["gateway", "unlink-lost"].includes(name));
  assert.ok(names.length > 20);
  assert.deepEqual(names.filter((name) => !shown.has(name)), []);
});
