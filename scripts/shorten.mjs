// Makes wasm module and glue as short as they can be, names by which they know each other too: 140 of them, with hashes, weigh
// 2.8 KB (brotli).
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * Besides the short names: a second look at the control flow, with functions of one caller put where they are called, and no
 * notes of the tools'. 0.8 KB (brotli). The lowest 1 KiB of memory is the far end of the stack, which never gets there.
 */
const PASSES = [
  ...["-Oz", "--flatten", "--rereloop", "-Oz", "-Oz", "--one-caller-inline-max-function-size=80", "--low-memory-unused"],
  ...["--dealign", "--strip-producers", "--strip-target-features", "--minify-imports-and-exports-and-modules"],
];

/** The glue can load a module from a URL, from bytes and at once. */
const EXPORTS = "export { initSync, __wbg_init as default };";
/** boot.js has the module compiled already: this way is left, and the others go when what is not used is dropped. */
const ONE_WAY = `export default async ({ module_or_path: module }) =>
  __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);`;

/** Renames imports and exports in the module at `wasm` and, to match, in the unminified glue at `glue`. */
export async function shorten(wasm, glue) {
  // Which of WebAssembly's features it has, the module says itself.
  const { stdout } = await promisify(execFile)("node_modules/.bin/wasm-opt", [wasm, "-o", wasm, ...PASSES]);
  const { imports, exports } = JSON.parse(stdout);

  const imported = new Map(imports.map(([, name, short]) => [name, short]));
  const exported = new Map(exports);
  const [[module]] = imports;
  let renamed = 0;
  const rename = (names, name, otherwise, write) => {
    if (!names.has(name)) return otherwise;
    renamed += names === imported;
    return write(JSON.stringify(names.get(name)));
  };
  const code = (await readFile(glue, "utf8"))
    .replace(/^(\s+)(\w+): function/gm, (all, space, name) => rename(imported, name, all, (short) => `${space}${short}: function`))
    .replace(/\bwasm\.(\w+)/g, (all, name) => rename(exported, name, all, (short) => `wasm[${short}]`))
    .replaceAll(JSON.stringify(module), JSON.stringify("a"));
  if (renamed !== imported.size) throw new Error(`the glue has ${renamed} of the module's ${imported.size} imports`);
  if (!code.includes(EXPORTS)) throw new Error("the glue has other exports than before");
  await writeFile(glue, code.replace(EXPORTS, ONE_WAY));
}
