// Trunk's post-build hook, for what Trunk can't do: it fills in the pages' texts and policy, and adds the files of the
// doctor and the guide, and for `trunk serve` the list of scenarios. In a release it also minifies, names each file by
// its content, and makes `dist` ready to serve.
import { createHash } from "node:crypto";
import { copyFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { makeReadyToServe } from "./hosting/hosting.mjs";
import { VISITS } from "./hosting/site.mjs";
import { finishPage, minify, readPage } from "./page.mjs";
import { readWords, shipped } from "./words.mjs";

const staging = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === "release";

/** The files that Trunk has put into the staging folder. */
const BUILT = ["liff-sdk.js", "liff-bind.js", "liff-bind_bg.wasm", "liff-doctor.js", "liff-doctor_bg.wasm"];
/** Files to add, which only other files name. */
const ADDED = ["target/js/qr.js", "target/js/liff-later.js", "crates/doctor/style/doctor.css", "crates/doctor/src/setup.js"];
const SCENARIOS = ["index.html", "list.css", "list.js", "gallery.html", "gallery.css", "gallery.js", "line-sign-in.html", "line-sign-in.js"];

const [words, wordsOfDoctor] = await Promise.all(["src/i18n", "crates/doctor/src/i18n"].map(readWords));
const wordsOfGuide = Object.fromEntries(
  Object.entries(words).map(([language, texts]) => {
    const { static: own, ...others } = wordsOfDoctor[language];
    return [language, { ...others, static: { ...texts.static, ...own } }];
  }),
);

/** Maps a file's name in the sources to its built name. */
const names = new Map();
for (const name of BUILT) {
  const content = await readFile(join(staging, name));
  await rm(join(staging, name));
  await put(name, content);
}
for (const path of ADDED) await put(basename(path), await readFile(path));
await putWords("words-*.json", words);
await putWords("doctor-words-*.json", wordsOfDoctor);

// Keeps its name: boot.js knows it, and a host serves it with `no-cache`.
const check = named(await readFile("target/js/check.js", "utf8"));
await writeFile(join(staging, "check.js"), release ? minify(check, "js", "es2022") : check);
const page = await readFile(join(staging, "liff-bind.html"), "utf8");
// `trunk serve` shows the beacon of each visit (`tests/dev/visits.js`).
const told = release ? page : page.replace('name="events" content=""', `name="events" content="${VISITS}"`);
await writeFile(join(staging, "liff-bind.html"), finishPage(named(told), words, release));
await writeFile(join(staging, "liff-setup.html"), finishPage(named(readPage("crates/doctor/setup.html")), wordsOfGuide, release));

if (release) {
  await makeReadyToServe(staging, "hosting");
  await rm("dist", { recursive: true, force: true });
  await cp(staging, "dist", { recursive: true });
} else for (const file of [...SCENARIOS.map((name) => `dev/${name}`), "scenarios.json"]) await copyFile(`tests/${file}`, join(staging, basename(file)));

/** Writes a file to the staging folder; in a release, minified and with a hash of its content in its name. */
async function put(name, content) {
  const loader = extname(name).slice(1);
  // Keeps setup.js's comment: without it the file is too short to be compressed, and hosts would try at each request.
  const asItIs = loader === "wasm" || name === "setup.js";
  const small = release && !asItIs ? minify(content.toString(), loader) : content;
  names.set(name, release ? name.replace(/(_bg)?\.\w+$/, (end) => `-${hashOf(small)}${end}`) : name);
  await writeFile(join(staging, names.get(name)), small);
}

/** Writes the words of each language; in a release all these files share one hash. */
async function putWords(pattern, words) {
  names.set(pattern, release ? pattern.replace(".json", `-${hashOf(JSON.stringify(words))}.json`) : pattern);
  for (const [language, texts] of Object.entries(words)) {
    await writeFile(join(staging, names.get(pattern).replace("*", language)), shipped(texts));
  }
}

/** Replaces the files' names in a page or script with their names in `dist`. */
function named(text) {
  return text.replace(/(?<![\w-])[\w*-]+\.(?:js|css|wasm|json)\b/g, (name) => names.get(name) ?? name);
}

function hashOf(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
