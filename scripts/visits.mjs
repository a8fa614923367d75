// Counts the visits in logs: node scripts/visits.mjs [--svg FILE] [--json] LOG..., or with a log as standard input.
// Unpacks gzip. docs/operations.md explains the output.
import { once } from "node:events";
import { createReadStream, writeFileSync } from "node:fs";
import { pipeline } from "node:stream";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { figures, report } from "./visits/report.mjs";
import { linesOf, readVisit } from "./visits/read.mjs";
import { picture } from "./visits/picture.mjs";
import { Tally } from "./visits/tally.mjs";

/** A log as a stream, unpacked if it begins as gzip does (RFC 1952). */
async function open(log) {
  const stream = log === "-" ? process.stdin : createReadStream(log, { highWaterMark: 1 << 20 });
  if (!stream.readableEnded) await once(stream, "readable");
  const start = stream.read();
  if (start) stream.unshift(start);
  return start?.[0] === 0x1f && start[1] === 0x8b ? pipeline(stream, createGunzip(), () => {}) : stream;
}

async function count(logs) {
  const tally = new Tally();
  for (const log of logs) {
    const name = log === "-" ? "the input" : log;
    try {
      await countOne(tally, name, await open(log));
    } catch ({ code, message }) {
      throw new Error(code === "ENOENT" ? `error: there is no file ${log}` : `error: ${name}: ${message}`);
    }
  }
  return tally;
}

async function countOne(tally, name, stream) {
  let number = 0;
  for await (const lines of linesOf(stream)) {
    for (const line of lines) {
      number += 1;
      if (line.trim() === "") continue;
      const visit = readVisit(line);
      if (typeof visit === "string") tally.damage(visit, `line ${number} of ${name}`);
      else tally.add(visit);
    }
  }
}

try {
  const options = { json: { type: "boolean" }, svg: { type: "string" } };
  const { values: { json, svg }, positionals: logs } = parseArgs({ args: process.argv.slice(2), options, allowPositionals: true });
  const tally = await count(logs.length ? logs : ["-"]);
  process.stdout.write(json ? `${JSON.stringify(figures(tally), null, 2)}\n` : report(tally));
  if (svg) writeFileSync(svg, picture(tally));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
