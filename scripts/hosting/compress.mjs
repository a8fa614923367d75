// Compresses once, at the build and as well as can be, what hosts would compress for each visitor and worse.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Writes `.br` and `.gz` beside each file of the folder that becomes smaller by them. */
export async function compress(dist) {
  for (const name of await readdir(dist)) {
    const path = join(dist, name);
    const raw = await readFile(path);
    for (const [ending, small] of [[".br", brotli(raw)], [".gz", gzipSync(raw, { level: 9 })]]) {
      if (small.length < raw.length) await writeFile(path + ending, small);
    }
  }
}

/** How brotli writes distances, as [NPOSTFIX, NDIRECT]: which pays, depends on the file. */
const DISTANCES = [[0, 0], [0, 4], [2, 16]];

/** Brotli at its best level. */
function brotli(raw) {
  const tries = DISTANCES.map(([postfix, direct]) =>
    brotliCompressSync(raw, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
        [constants.BROTLI_PARAM_NPOSTFIX]: postfix,
        [constants.BROTLI_PARAM_NDIRECT]: direct,
      },
    }),
  );
  return tries.reduce((best, other) => (other.length < best.length ? other : best));
}
