// Trunk's pre-build hook: bundles the scripts that come from npm into target/js.
// `trunk serve` gets LINE's mock in the place of LINE's SDK; a release gets the SDK.
import { readFile } from "node:fs/promises";
import { resolve as resolvePath } from "node:path";
import commonjs from "@rollup/plugin-commonjs";
import resolve from "@rollup/plugin-node-resolve";
import { build } from "esbuild";
import { rollup } from "rollup";
import { minify } from "terser";

const release = process.env.TRUNK_PROFILE === "release";

/**
 * Lets Rollup drop what is not used of LINE's packages. They are compiled to ES5, whose classes are calls, and a call may do
 * anything: so here is promised that to define a class, or to make an instance of one, changes nothing but the variable it
 * is kept in. 6 KB of the page's critical path (brotli).
 */
const dropUnusedClasses = {
  name: "drop-unused-classes",
  transform(code, id) {
    if (!id.includes("/node_modules/@liff/")) return null;
    const values = this.parse(code).body.flatMap(({ type, declarations }) =>
      type === "VariableDeclaration" ? declarations.map(({ init }) => init) : [],
    );
    const isClass = (value) => value?.type === "CallExpression" && value.callee.type === "FunctionExpression";
    const starts = values.filter((value) => isClass(value) || value?.type === "NewExpression").map(({ start }) => start);
    const pieces = [0, ...starts].map((start, index) => code.slice(start, starts[index]));
    return { code: pieces.join("/*#__PURE__*/"), map: null };
  },
};

/** Leaves out parts of the SDK: `src/liff-left-out.js` says which and why. */
const leftOut = (names) => ({
  name: "left-out",
  resolveId: (id) => (names.some((name) => id === `@liff/${name}`) ? resolvePath("src/liff-left-out.js") : null),
});
const UNUSED = ["sub-window", "message-bus", "is-sub-window", "extensions", "permanent-link"];

/** esbuild, which minifies the rest (`scripts/page.mjs`), leaves LINE's ES5 1 KB larger (brotli). */
const shrunk = {
  name: "shrunk",
  renderChunk: (code) => minify(code, { ecma: 2020, compress: { passes: 4, keep_fargs: false } }),
};

await Promise.all([
  bundle(release ? "src/liff-sdk.js" : "tests/dev/liff-sdk.js", "liff-sdk.js", "iife"),
  bundle("src/liff-later.js", "liff-later.js", "es"),
  bundle("src/qr.js", "qr.js", "es"),
  bundle(release ? "crates/doctor/src/check.js" : "crates/doctor/src/files.js", "check.js", "es"),
]);

async function bundle(input, name, format) {
  // What `trunk serve` is given reads JSON files, and weighs what it may.
  if (!release) {
    const options = { bundle: true, target: "es2022", legalComments: "none", logLevel: "warning" };
    await build({ ...options, entryPoints: [input], outfile: `target/js/${name}`, format: format === "es" ? "esm" : format });
    return;
  }
  const onwarn = (warning) => {
    // The packages are written so.
    if (warning.code !== "CIRCULAR_DEPENDENCY" && warning.code !== "THIS_IS_UNDEFINED") throw new Error(warning.message);
  };
  const bundled = await rollup({ input, plugins: [leftOut(format === "iife" ? [...UNUSED, "login"] : UNUSED), resolve({ browser: true }), commonjs(), dropUnusedClasses], onwarn });
  await bundled.write({ file: `target/js/${name}`, format, plugins: format === "iife" ? [shrunk] : [] });
  // What made LINE deprecate LIFF 2.20.0 to 2.31.0, should it come back by a new import.
  const flaw = /\beval\(|\bnew Function\(|liff-subwindow\.line\.me/.exec(await readFile(`target/js/${name}`, "utf8"));
  if (flaw) throw new Error(`${name} has ${flaw[0]}, which no part of the page needs: see src/liff-left-out.js`);
}
