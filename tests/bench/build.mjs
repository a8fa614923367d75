// Builds the pages to compare the real page with, into target/bench/pages, and LINE's CDN, into target/bench/cdn. Run
// it in the repository's root after the release build, which supplies the real page, and its SDK for floor and vanilla.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { build, transform } from "esbuild";
import { compress } from "../../scripts/hosting/compress.mjs";
import { makeReadyToServe } from "../../scripts/hosting/hosting.mjs";

const SOURCES = "tests/bench/pages";
const OUT = "target/bench";
const PAGE = "liff-bind.html";
/** The hosts that LINE's whole SDK asks besides api.line.me. */
const CDN = "static.line-scdn.net";
const TEXTS = "liffsdk.line-scdn.net";
const SDK = `liff/edge/2/sdk.js`;

const options = {
  bundle: true,
  minify: true,
  write: false,
  outdir: OUT,
  target: "es2020",
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  logLevel: "warning",
};

await rm(OUT, { recursive: true, force: true });
await cp("dist", `${OUT}/pages/liff-bind`, { recursive: true });
const fileOf = async (pattern) => (await readdir("dist")).find((name) => pattern.test(name));
const [sdkFile, laterFile] = [await fileOf(/^liff-sdk-\w+\.js$/), await fileOf(/^liff-later-\w+\.js$/)];
const sdk = await readFile(`dist/${sdkFile}`, "utf8");
/** The page's SDK finds the sign-in script by this name. */
const LATER = `<meta name="liff-later" content="/${laterFile}">`;
const later = { [laterFile]: await readFile(`dist/${laterFile}`, "utf8") };
await Promise.all([floor(), vanilla(), react(), cdnPage(), cdn()]);

/** HTML, the SDK, and the smallest script that binds. */
async function floor() {
  const { code } = await transform(await source("floor.js"), { minify: true, target: "es2020" });
  const html = (await source("floor.html")).replace("LATER", LATER).replace("SDK", sdkFile).replace("INLINE", () => code.trim());
  await site("floor", html, { [sdkFile]: sdk, ...later });
}

async function vanilla() {
  const { js } = await bundle("vanilla.js");
  const script = named("vanilla", ".js", `${sdk}\n${js}`);
  const html = await skeleton(`${LATER}\n<script async fetchpriority="high" src="/${script.name}"></script>`, "");
  await site("vanilla", html, { [script.name]: script.content, ...later });
}

async function react() {
  const { js, css } = await bundle("react.jsx", { format: "esm" });
  const [script, style] = [named("react", ".js", js), named("react", ".css", css)];
  const html = (await source("react.html")).replace("SCRIPT", script.name).replace("STYLE", style.name);
  await site("react", html, { [script.name]: script.content, [style.name]: style.content });
}

/** The page as in LINE's guide. */
async function cdnPage() {
  const { js } = await bundle("cdn.js");
  const script = named("cdn", ".js", js);
  const tags = [`<script charset="utf-8" src="https://${CDN}/${SDK}"></script>`, `<script src="/${script.name}"></script>`];
  await site("cdn", await skeleton("", tags.join("\n")), { [script.name]: script.content });
}

/** The whole SDK, and the files that it fetches. */
async function cdn() {
  const { js } = await bundle("cdn-sdk.js");
  const extension = "window.liffClientExtension={install:function(){}}";
  const headers = "/*\n  Cache-Control: public, max-age=3600\n  Access-Control-Allow-Origin: *\n";
  await write(`${OUT}/cdn/${CDN}`, {
    [SDK]: js,
    "liff/edge/2/ios-extensions_2_22_0.js": extension,
    "liff/edge/2/non-ios-extensions_2_22_0.js": extension,
    _headers: headers,
  });
  await compress(`${OUT}/cdn/${CDN}/liff/edge/2`);
  await write(`${OUT}/cdn/${TEXTS}`, {
    "xlt/manifest.json": JSON.stringify({ languages: { en: "en.json" } }),
    "xlt/en.json": "{}",
    _headers: headers,
  });
  await compress(`${OUT}/cdn/${TEXTS}/xlt`);
}

/** Writes a page as the real one is served. The headers have no policy for scripts and hosts: the page has its own. */
async function site(name, html, files) {
  const folder = `${OUT}/pages/${name}`;
  await write(folder, { [PAGE]: html, ...files });
  await makeReadyToServe(folder, `${OUT}/hosting/${name}`);
}

/** HTML with its style inline, and its text in place before any script. */
async function skeleton(head, body) {
  const { code } = await transform(await source("style.css"), { loader: "css", minify: true });
  const html = (await source("skeleton.html")).replace("STYLE", code.trim()).replace("HEAD", head).replace("BODY", body);
  return html.replace(/\n\s*/g, "\n");
}

/** Bundles a script as a project template's bundler does. */
async function bundle(entry, own = {}) {
  const { outputFiles } = await build({ ...options, format: "iife", ...own, entryPoints: [`${SOURCES}/${entry}`] });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [extname(path).slice(1), text]));
}

/** A name with a hash of the file's content. */
function named(name, extension, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 16);
  return { name: `${name}-${hash}${extension}`, content };
}

function source(name) {
  return readFile(`${SOURCES}/${name}`, "utf8");
}

async function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    const path = `${folder}/${name}`;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
