// What the merchant's doctor and guide are made of: files of their own, which only `src/check.js` and `liff-setup.html` name.
import { createHash } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { transform } from "esbuild";

/** Whether Trunk made this file of `dist/` for them. */
export const isOfCheck = (name) => name.startsWith("liff-check");

/** Writes them to `dist`, whose other files have their final names; in a release each is named by what it contains. */
export async function finishCheck(dist, release) {
  const { module, glue } = await compiled(dist);
  const minify = async (text, loader, target) => (release ? (await transform(text, { loader, minify: true, target, legalComments: "none" })).code : text);
  const put = async (name, content) => {
    const hashed = release ? name.replace(/(_bg)?\.\w+$/, (end) => `-${hashOf(content)}${end}`) : name;
    await writeFile(join(dist, hashed), content);
    return hashed;
  };

  const names = {
    "liff-check_bg.wasm": await put("liff-check_bg.wasm", module),
    "liff-check.js": await put("liff-check.js", await minify(glue, "js", "es2020")),
    "check-words-*.json": await putWords(dist, release),
    "check.css": await put("check.css", await minify(await readFile("style/check.css", "utf8"), "css", "es2020")),
    // As it is: without its comment it would be too short to be compressed, and hosts would do it once more.
    "setup.js": await put("setup.js", await readFile("src/setup.js", "utf8")),
  };
  const replace = (text) => Object.entries(names).reduce((text, [name, own]) => text.replaceAll(name, own), text);

  // Its name stays: boot.js knows it, and a host serves it with `no-cache`.
  await writeFile(join(dist, "check.js"), replace(await minify(await readFile("target/js/check.js", "utf8"), "js", "es2022")));
  await writeFile(join(dist, "liff-setup.html"), await withPartsOfPage(dist, replace(await readFile("setup.html", "utf8"))));
}

/** What Trunk and wasm-bindgen made, taken out of `dist`. */
async function compiled(dist) {
  const names = (await readdir(dist)).filter(isOfCheck);
  const wasm = names.find((name) => name.endsWith("_bg.wasm"));
  const js = names.find((name) => name.endsWith(".js"));
  // The glue asks for the module by name only where it is given none, and boot.js gives it one.
  const files = { module: await readFile(join(dist, wasm)), glue: await readFile(join(dist, js), "utf8") };
  for (const name of names) await rm(join(dist, name));
  return files;
}

/** A line for each text: its name, a tab and its words, as `src/i18n/check/mod.rs` reads them. */
async function putWords(dist, release) {
  const files = (await readdir("src/i18n/check")).filter((name) => name.endsWith(".json"));
  const read = async (name) => Object.entries(JSON.parse(await readFile(`src/i18n/check/${name}`, "utf8"))).map((text) => text.join("\t"));
  const words = await Promise.all(files.map(async (name) => [basename(name, ".json"), await read(name)]));
  const pattern = release ? `check-words-*-${hashOf(JSON.stringify(words))}.json` : "check-words-*.json";
  for (const [language, lines] of words) await writeFile(join(dist, pattern.replace("*", language)), JSON.stringify(lines));
  return pattern;
}

/** The guide with what it shares with the page: style and boot script, in a release in the page itself, and the QR encoder. */
async function withPartsOfPage(dist, html) {
  const page = await readFile(join(dist, "liff-bind.html"), "utf8");
  const part = (pattern) => pattern.exec(page)[0];
  const style = part(/<style>[^]*?<\/style>|<link[^>]*\/main[^>]*>/);
  const boot = part(/<script>[^]*?<\/script>|<script[^>]*\/boot[^>]*><\/script>/);
  return html
    .replace(/<!--[^]*?-->/g, "")
    .replace(/\n\s+/g, "\n")
    .replace('<link rel="stylesheet" href="/main.css" />', () => style)
    .replace('<script src="/boot.js" async></script>', () => boot)
    .replace("/qr.js", part(/\/qr[\w-]*\.js/));
}

function hashOf(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
