// What a page needs beside what Trunk puts into it: its texts, and a policy that allows its own inline code and no other.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { fillIn } from "./words.mjs";

/** The page's version, as the app has it too. */
const [, VERSION] = /^version = "(.*)"$/m.exec(readFileSync("Cargo.toml", "utf8"));

const INLINE = /<(script|style)>([^]*?)<\/\1>/g;

/** A script or stylesheet as a release has it: by default for engines that are too old for the module, to say so there. */
export function minify(code, loader, target = "es2020") {
  return transformSync(code, { loader, minify: true, legalComments: "none", ...(loader === "js" && { target }) }).code.trim();
}

/** A page that Trunk does not build, with the files in it that Trunk would put there. */
export function readPage(path) {
  const element = { css: "style", js: "script" };
  return readFileSync(path, "utf8").replace(/<link data-trunk rel="inline" href="(.*\.(\w+))" \/>/g, (_, file, kind) => {
    return `<${element[kind]}>${readFileSync(join(dirname(path), file), "utf8")}</${element[kind]}>`;
  });
}

/** The page with its texts and its policy; in a release without comments, and with minified code. */
export function finishPage(html, words, release) {
  const inline = [];
  const bare = html.replace(INLINE, (_, tag, code) => `<!${inline.push({ tag, code: connected(code).replace("{{page-version}}", VERSION) }) - 1}>`);
  if (release) {
    const foreign = /<(?:script|style)(?![^>]*\ssrc=)[^>]*>|\sstyle=|\son\w+=/i.exec(bare);
    if (foreign) throw new Error(`the page has inline code that no policy would allow: ${foreign[0]}`);
    for (const element of inline) element.code = minify(element.code, element.tag === "style" ? "css" : "js");
  }
  const head = inline.find(({ code }) => code.includes("{{script-hashes}}"));
  const hashes = (tag) => inline.filter((element) => element.tag === tag && element !== head).map(({ code }) => hashSource(code));
  head.code = head.code.replace("{{script-hashes}}", hashes("script").join(" ")).replace("{{style-hashes}}", hashes("style").join(" "));

  const filled = fillIn(bare, words);
  const text = release ? filled.replace(/<!--[^]*?-->/g, "").replace(/\n\s+/g, "\n") : filled;
  return text.replace(/<!(\d+)>/g, (_, index) => {
    const { tag, code } = inline[index];
    if (code.includes(`</${tag}`)) throw new Error(`a ${tag} would end its own element`);
    return `<${tag}>${code}</${tag}>`;
  });
}

/** What allows just this code (CSP Level 3, 2.3.1 `hash-source`). */
function hashSource(code) {
  return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
}

/** The script by which `trunk serve` reloads the page, filled in here: Trunk does so at each request, when its hash is taken. */
function connected(code) {
  return code.replace("'{{__TRUNK_ADDRESS__}}'", "location.host").replace("{{__TRUNK_WS_BASE__}}", "/");
}
