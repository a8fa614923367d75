// Adds to a page what Trunk doesn't: its texts, and a policy that allows its own inline code and no other.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "esbuild";
import { fillIn } from "./words.mjs";

/** The page's version, which the app has too. */
const [, VERSION] = /^version = "(.*)"$/m.exec(readFileSync("Cargo.toml", "utf8"));

const INLINE = /<(script|style)>([^]*?)<\/\1>/g;

/**
 * Minifies a script or stylesheet for a release. The default target includes engines that are too old for the module,
 * so that the page can say so there.
 */
export function minify(code, loader, target = "es2020") {
  return transformSync(code, { loader, minify: true, legalComments: "none", ...(loader === "js" && { target }) }).code.trim();
}

/** Reads a page that Trunk does not build, and inlines the files that Trunk would inline. */
export function readPage(path) {
  const element = { css: "style", js: "script" };
  return readFileSync(path, "utf8").replace(/<link data-trunk rel="inline" href="(.*\.(\w+))" \/>/g, (_, file, kind) => {
    return `<${element[kind]}>${readFileSync(join(dirname(path), file), "utf8")}</${element[kind]}>`;
  });
}

/** The page with its texts and its policy; in a release also without comments, and with minified code. */
export function finishPage(html, words, release) {
  const inline = [];
  const bare = html.replace(INLINE, (_, tag, code) => `<!${inline.push({ tag, code: connected(code).replace("{{page-version}}", VERSION) }) - 1}>`);
  if (release) {
    const foreign = /<(?:script|style)(?![^>]*\ssrc=)[^>]*>|\sstyle=|\son\w+=/i.exec(bare);
    if (foreign) throw new Error(`the page has inline code that its policy refuses, move it to a file: ${foreign[0]}`);
    for (const element of inline) element.code = minify(element.code, element.tag === "style" ? "css" : "js");
  }
  const head = inline.find(({ code }) => code.includes("{{script-hashes}}"));
  const hashes = (tag) => inline.filter((element) => element.tag === tag && element !== head).map(({ code }) => hashSource(code));
  head.code = head.code.replace("{{script-hashes}}", hashes("script").join(" ")).replace("{{style-hashes}}", hashes("style").join(" "));

  const filled = fillIn(bare, words);
  const text = release ? filled.replace(/<!--[^]*?-->/g, "").replace(/\n\s+/g, "\n") : filled;
  return text.replace(/<!(\d+)>/g, (_, index) => {
    const { tag, code } = inline[index];
    if (code.includes(`</${tag}`)) throw new Error(`an inline ${tag} contains "</${tag}", which would end its element: write it in another way`);
    return `<${tag}>${code}</${tag}>`;
  });
}

/** The policy source that allows exactly this code (CSP Level 3, 2.3.1 `hash-source`). */
function hashSource(code) {
  return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
}

/**
 * Fills in the script by which `trunk serve` reloads the page. Trunk does so at each request, but by then the hash has
 * been taken.
 */
function connected(code) {
  return code.replace("'{{__TRUNK_ADDRESS__}}'", "location.host").replace("{{__TRUNK_WS_BASE__}}", "/");
}
