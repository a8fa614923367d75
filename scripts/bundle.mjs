// Trunk's pre-build hook: bundles the scripts that come from npm into target/js.
// `trunk serve` gets LINE's mock in the place of LINE's SDK; a release gets the SDK.
import { build } from "esbuild";

const release = process.env.TRUNK_PROFILE === "release";

const options = {
  bundle: true,
  outdir: "target/js",
  target: "es2019",
  legalComments: "none",
  minify: release,
  logLevel: "warning",
};

await Promise.all([
  build({ ...options, format: "iife", entryPoints: { "liff-sdk": release ? "src/liff-sdk.js" : "tests/dev/liff-sdk.js" } }),
  build({ ...options, format: "esm", entryPoints: { qr: "src/qr.js" } }),
]);
