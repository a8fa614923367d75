// Trunk's pre-build hook: bundles scripts that consist of several files, our own and LINE's, into target/js.
// `trunk serve` gets LINE's mock instead of LINE's SDK; a release gets the SDK.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parse } from "acorn";
import { build } from "esbuild";

const release = process.env.TRUNK_PROFILE === "release";

/**
 * Lets esbuild drop unused parts of LINE's packages. They are compiled to ES5, where a class is a call, and a call may
 * do anything. This plugin promises that defining a class, or making an instance of one, changes nothing but the
 * variable that holds it. That saves 6 KB on the page's critical path (brotli).
 */
const dropUnusedClasses = {
  name: "drop-unused-classes",
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/@liff\/.*\.js$/ }, async ({ path }) => {
      const code = await readFile(path, "utf8");
      const { body } = parse(code, { ecmaVersion: "latest", sourceType: "module" });
      const values = body.flatMap(({ type, declarations }) =>
        type === "VariableDeclaration" ? declarations.map(({ init }) => init) : [],
      );
      const isClass = (value) => value?.type === "CallExpression" && value.callee.type === "FunctionExpression";
      const starts = values.filter((value) => isClass(value) || value?.type === "NewExpression").map(({ start }) => start);
      const pieces = [0, ...starts].map((start, index) => code.slice(start, starts[index]));
      return { contents: pieces.join("/*#__PURE__*/") };
    });
  },
};

/** Leaves out parts of the SDK: `src/liff-left-out.js` says which and why. */
const leftOut = (names) => ({
  name: "left-out",
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^@liff/(${names.join("|")})$`) }, () => ({ path: resolve("src/liff-left-out.js") }));
  },
});
const UNUSED = ["sub-window", "message-bus", "is-sub-window", "extensions", "permanent-link"];
/** Left out of the SDK that every visit loads, but not of its other parts. */
const NOT_FIRST = ["login", "is-api-available", "check-availability"];

/** The code for which LINE deprecated LIFF 2.20.0 to 2.31.0, in case a new import brings it back. */
const FLAW = /\beval\(|\bnew Function\(|liff-subwindow\.line\.me/;

await Promise.all([
  bundle(release ? "src/liff-sdk.js" : "tests/dev/liff-sdk.js", "liff-sdk.js", "iife"),
  bundle("src/boot.js", "boot.js", "iife"),
  bundle("src/liff-later.js", "liff-later.js", "esm"),
  bundle("src/qr.js", "qr.js", "esm"),
  bundle(release ? "crates/doctor/src/check.js" : "crates/doctor/src/files.js", "check.js", "esm"),
]);

async function bundle(input, name, format) {
  const outfile = `target/js/${name}`;
  const plugins = release ? [leftOut(format === "iife" ? [...UNUSED, ...NOT_FIRST] : UNUSED), dropUnusedClasses] : [];
  const options = { bundle: true, target: "es2022", legalComments: "none", logLevel: "warning" };
  await build({ ...options, entryPoints: [input], outfile, format, plugins });
  const [flaw] = (release && FLAW.exec(await readFile(outfile, "utf8"))) || [];
  if (flaw) throw new Error(`${name} has ${flaw}, which the page doesn't need: leave out the part of LINE's SDK that brings it (src/liff-left-out.js)`);
}
