// Makes a release ready to serve: compressed files, and the configuration of common hosts.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { caddy } from "./caddy.mjs";
import { compress } from "./compress.mjs";
import { nginx } from "./nginx.mjs";
import { cloudflare, pages } from "./pages.mjs";

/** `dist` is the folder that is served. Server configuration, which must not be served, goes into `hosting`. */
export async function makeReadyToServe(dist, hosting) {
  const names = (await readdir(dist)).sort();
  await compress(dist);
  await rm(hosting, { recursive: true, force: true });
  await write(dist, pages(names));
  await write(hosting, { ...nginx(), ...caddy(), ...cloudflare() });
}

async function write(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
