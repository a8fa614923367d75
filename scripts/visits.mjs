// Counts the visits in logs: node scripts/visits.mjs [--svg FILE] [--json] LOG..., or with a log as standard input.
// Unpacks a log whose name ends in .gz. docs/operations.md explains the output.
import { createReadStream, writeFileSync } from "node:fs";
import { createGunzip } from "node:zlib";
import { figures, report } from "./visits/report.mjs";
import { linesOf, readVisit } from "./visits/read.mjs";
import { picture } from "./visits/picture.mjs";
import { Tally } from "./visits/tally.mjs";

const usage = "usage: node scripts/visits.mjs [--svg FILE] [--json] [LOG...]";

function readArguments(given) {
  const options = { logs: [], json: false, svg: undefined };
  while (given.length) {
    const argument = given.shift();
    if (argument === "--json") options.json = true;
    else if (argument === "--svg" && given.length) options.svg = given.shift();
    else if (argument.startsWith("--")) throw new Error(`error: unknown or incomplete option ${argument}\n${usage}`);
    else options.logs.push(argument);
  }
  return options;
}

function open(log) {
  if (log === "-") return process.stdin;
  const file = createReadStream(log, { highWaterMark: 1 << 20 });
  if (!log.endsWith(".gz")) return file;
  const unpacked = createGunzip();
  file.on("error", (error) => unpacked.destroy(error));
  return file.pipe(unpacked);
}

async function count(logs) {
  const tally = new Tally();
  for (const log of logs) {
    let number = 0;
    for await (const lines of linesOf(open(log))) {
      for (const line of lines) {
        number += 1;
        if (line.trim() === "") continue;
        const visit = readVisit(line);
        if (typeof visit === "string") tally.damage(visit, `line ${number} of ${log === "-" ? "the input" : log}`);
        else tally.add(visit);
      }
    }
  }
  return tally;
}

try {
  const { logs, json, svg } = readArguments(process.argv.slice(2));
  const tally = await count(logs.length ? logs : ["-"]);
  process.stdout.write(json ? `${JSON.stringify(figures(tally), null, 2)}\n` : report(tally));
  if (svg) writeFileSync(svg, picture(tally));
} catch (error) {
  console.error(error.code === "ENOENT" ? `error: there is no file ${error.path}` : error.message);
  process.exitCode = 1;
}
