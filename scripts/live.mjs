// `./dev.sh live`: serves the release page on this machine, for LINE itself to open. docs/live.md says how.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { parseArgs } from "node:util";
import { PAGE, REQUEST_LINE } from "./hosting/site.mjs";
import { bindApiAt, simulatedBindApi } from "./live/bind-api.mjs";
import { ownCertificate } from "./live/certificate.mjs";
import { site } from "./live/site.mjs";

/** In bytes: a request line, and as much again for the other headers. */
const MAX_HEADER_SIZE = 2 * REQUEST_LINE * 1024;

const string = { type: "string" };
const OPTIONS = {
  "liff-id": { ...string, default: "LIFF_ID" },
  "bind-api": string,
  url: string,
  port: { ...string, default: "8443" },
  "http-port": { ...string, default: "8444" },
  cert: string,
  key: string,
  dist: string,
  // For tests.
  line: { ...string, default: "https://api.line.me" },
};

async function main() {
  const { "liff-id": given, "bind-api": bindApi, port, "http-port": httpPort, dist, line, ...values } = parseArgs({ options: OPTIONS }).values;
  if (Boolean(values.cert) !== Boolean(values.key)) throw new Error("--cert and --key belong together: name both files");
  for (const url of [bindApi, values.url]) {
    if (url && !(/^https?:[/]{2}/i.test(url) && URL.canParse(url))) throw new Error(`${url} is no URL: begin it with https://`);
  }
  const [liffId] = /\d+-[A-Za-z\d]+$|^LIFF_ID$/.exec(given) ?? [];
  if (!liffId) throw new Error(`${given} is no LIFF ID: it looks like 1234567890-AbcdEfgh`);
  const base = new URL(values.url ?? `https://localhost:${port}`).origin;
  const api = bindApi ? bindApiAt(new URL(bindApi)) : simulatedBindApi({ line, base });
  const pair = values.cert ? { cert: readFileSync(values.cert), key: readFileSync(values.key) } : ownCertificate("target/live");
  if (!dist) execFileSync("trunk", ["build", "--release", "--offline"], { stdio: "inherit" });
  const answer = site(dist ?? "dist", api, console.log);
  await listen(https.createServer({ ...pair, maxHeaderSize: MAX_HEADER_SIZE }, answer), port);
  await listen(http.createServer({ maxHeaderSize: MAX_HEADER_SIZE }, answer), httpPort);
  console.log(`${liffId === "LIFF_ID" ? "\nPut your LIFF ID in the place of LIFF_ID below, or name it with --liff-id.\n" : ""}
The release page is at https://localhost:${port}, and for a tunnel or LINE's LIFF CLI at http://localhost:${httpPort}.
Bind API: ${bindApi ?? "simulated. It asks LINE whether an ID token is good, and forgets its binds when it ends"}

1. Enter this endpoint URL in the LINE Developers Console, at your LIFF app:
   ${base}/${PAGE}?liffId=${liffId}
2. Open this link, ${values.url ? "in LINE" : "in a browser on this computer (LINE on a phone needs a tunnel: docs/live.md)"}:
   https://liff.line.me/${liffId}?bindToken=live-1
`);
}

/** Only this machine is served. */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    const failed = ({ code, message }) =>
      reject(new Error(code === "EADDRINUSE" ? `port ${port} is taken: choose others with --port and --http-port` : message));
    server.once("error", failed).listen(Number(port), "127.0.0.1", resolve);
  });
}

main().catch((error) => {
  console.error(`error: ${error.message}\ndocs/live.md has the options.`);
  process.exit(1);
});
