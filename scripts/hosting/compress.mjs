// Compresses files once, at the build and at the best level. Hosts would do it for each visitor, and less well.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Writes `.br` and `.gz` beside each file of the folder where they are smaller. */
export async function compress(dist) {
  for (const name of await readdir(dist)) {
    const path = join(dist, name);
    const raw = await readFile(path);
    for (const [ending, small] of [[".br", brotli(raw)], [".gz", gzipSync(raw, { level: 9 })]]) {
      if (small.length < raw.length) await writeFile(path + ending, small);
    }
  }
}

/** Brotli at its best level. */
function brotli(raw) {
  const { BROTLI_PARAM_QUALITY, BROTLI_MAX_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  return brotliCompressSync(raw, { params: { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_SIZE_HINT]: raw.length } });
}
