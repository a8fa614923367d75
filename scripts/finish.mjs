// Trunk's post-build hook.
// For `trunk serve` it adds the page that lists the scenarios. For a release it minifies the scripts, names every file by
// what it contains in the end (Trunk hashes before all that), and makes it ready to serve.
import { createHash } from "node:crypto";
import { copyFile, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { transform } from "esbuild";
import { minify as terser } from "terser";
import { finishCheck, isOfCheck } from "./finish-check.mjs";
import { makeReadyToServe } from "./hosting/hosting.mjs";
import { shorten } from "./shorten.mjs";

const dist = process.env.TRUNK_STAGING_DIR;
const page = join(dist, "liff-bind.html");
/** What a release has in the page itself, allowed by its hash in the CSP: the first paint needs nothing else. */
const INLINED = /^(main|boot)-/;

const words = await readWords();
for (const name of ["qr.js", "liff-friendship.js"]) await copyFile(`target/js/${name}`, join(dist, name));
if (process.env.TRUNK_PROFILE === "release") await finishRelease();
else await Promise.all([writeWords("words-*.json"), addScenarioPages(), finishCheck(dist, false)]);

/** The texts of each language, in the order in which `src/i18n/language.rs` counts them. */
async function readWords() {
  const files = (await readdir("src/i18n")).filter((name) => name.endsWith(".json"));
  const read = async (name) => [basename(name, ".json"), Object.values(JSON.parse(await readFile(`src/i18n/${name}`, "utf8")))];
  return Promise.all(files.map(read));
}

async function writeWords(pattern) {
  for (const [language, texts] of words) await writeFile(join(dist, pattern.replace("*", language)), JSON.stringify(texts));
}

async function addScenarioPages() {
  const pages = ["index.html", "list.css", "list.js", "gallery.html", "gallery.css", "gallery.js", "line-sign-in.html", "line-sign-in.js"].map((name) => `tests/dev/${name}`);
  for (const file of [...pages, "tests/scenarios.json"]) await copyFile(file, join(dist, basename(file)));
}

async function finishRelease() {
  const names = (await readdir(dist)).filter((name) => /\.(js|css|wasm)$/.test(name) && !isOfCheck(name));
  const find = (pattern) => join(dist, names.find((name) => pattern.test(name)));
  await shorten(find(/_bg\.wasm$/), find(/^liff-bind-\w+\.js$/));
  let html = (await readFile(page, "utf8")).replace(/<!--[^]*?-->/g, "").replace(/\n\s+/g, "\n");
  const inline = /<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i.exec(html);
  if (inline) throw new Error(`the page has inline code of its own: ${inline[0]}`);
  for (const name of names) {
    const path = join(dist, name);
    if (!name.endsWith(".wasm")) await minify(path);
    if (INLINED.test(name)) {
      html = await putInto(html, path);
      continue;
    }
    const hash = hashOf(await readFile(path));
    const named = name.replace(/^([a-z-]+?)(?:-[0-9a-f]{8,16})?((?:_bg)?\.\w+)$/, `$1-${hash}$2`);
    if (!html.includes(name)) throw new Error(`${name} is not used by the page`);
    await rename(path, join(dist, named));
    html = html.replaceAll(name, named);
  }
  const pattern = `words-*-${hashOf(JSON.stringify(words))}.json`;
  await writeWords(pattern);
  html = html.replace("words-*.json", pattern);
  await writeFile(page, html);
  await finishCheck(dist, true);
  await makeReadyToServe(dist, join(process.env.TRUNK_DIST_DIR, "../hosting"));
}

/** Puts a script or a stylesheet into the page, in the place of the element that names it, and removes the file. */
async function putInto(html, path) {
  const name = basename(path);
  const [element] = new RegExp(`<[^<>]*${name}[^<>]*>(</script>)?`).exec(html) ?? [];
  if (!element) throw new Error(`${name} is not used by the page`);
  const tag = name.endsWith(".css") ? "style" : "script";
  const code = await readFile(path, "utf8");
  if (code.includes(`</${tag}`)) throw new Error(`${name} would end its own element`);
  await rm(path);
  return html.replace(element, () => `<${tag}>${code}</${tag}>`);
}

function hashOf(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

async function minify(path) {
  const source = await readFile(path, "utf8");
  const { code } = extname(path) === ".css" ? await transform(source, { loader: "css", minify: true }) : await minifyScript(source);
  await writeFile(path, code);
}

function minifyScript(source) {
  return terser(source, {
    module: /^export /m.test(source),
    // The oldest engines that compile the module know these.
    ecma: 2020,
    compress: { passes: 4, keep_fargs: false },
    mangle: { toplevel: true },
    format: { comments: false },
  });
}
