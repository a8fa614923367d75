// Tests the figures of scripts/visits.mjs for logs: lines of nginx, Caddy and others, damaged lines, and many lines.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { readVisit } from "../../scripts/visits/read.mjs";

let folder;
before(async () => (folder = await mkdtemp(join(tmpdir(), "visits-"))));
after(() => rm(folder, { recursive: true }));

const FIELDS = { outcome: "bound", failure: "", stage: "friend", code: "", os: "ios", client: "liff", liffId: "1656451635-z3yqZNO3", line: "26.4.0", ms: "812", page: "0.1.0" };
const told = (fields = {}) => Object.entries({ ...FIELDS, ...fields }).map(([name, value]) => `${name}=${value}`).join("&");
const failed = (failure, stage, code = "") => ({ outcome: "failed", failure, stage, code });

const nginx = (fields, hour = "09") => `2026-11-28T${hour}:15:02+08:00 ${told(fields)}`;
const caddy = (fields) => JSON.stringify({ level: "info", ts: "2026-11-28T09:15:02.123Z", logger: "http.log.access.log0", msg: "handled request", request: { proto: "HTTP/2.0", method: "POST", host: "bind.shop.example", uri: `/v1/liff-visits?${told(fields)}` }, duration: 0.00002, size: 0, status: 204 });
const combined = (fields) => `- - - [28/Nov/2026:09:15:02 +0800] "POST /v1/liff-visits?${told(fields)} HTTP/2.0" 204 0 "-" "-"`;

/** Runs the script; returns its output. */
function run(args, input) {
  const { status, stdout, stderr } = spawnSync("node", ["scripts/visits.mjs", ...args], { encoding: "utf8", input });
  assert.equal(status, 0, stderr);
  return stdout;
}
const figures = (lines) => JSON.parse(run(["--json"], `${lines.join("\n")}\n`));

test("the lines of each log are read alike", () => {
  const escaped = caddy().replaceAll("&", "\\u0026");
  const tabs = `2026-11-28T09:15:02Z\tPOST\t${told()}\t204`;
  const json = JSON.stringify({ time: "2026-11-28T09:15:02Z", args: told(), status: 204 });
  const w3c = `2026-11-28 09:15:02 10.0.0.1 POST /v1/liff-visits ${told()} 443 - - 204`;
  const quoted = `[28/Nov/2026:09:15:02 +0800] '${told()}' 204`;
  for (const line of [nginx(), caddy(), combined(), escaped, told(), tabs, json, w3c, quoted]) {
    const { kind, ms, hour } = readVisit(line);
    assert.deepEqual(kind, { outcome: "bound", stage: "friend", os: "ios", client: "liff", liffId: "1656451635-z3yqZNO3", line: "26.4.0", page: "0.1.0" }, line);
    assert.equal(ms, 812);
    assert.equal(hour, line === told() ? undefined : "09", line);
  }
  const unix = caddy().replace('"2026-11-28T09:15:02.123Z"', "1795857302.12");
  assert.match(readVisit(unix).hour, /^\d\d$/);
});

test("a value that is not of its set is dropped, and without the ones that matter there is no visit", () => {
  assert.equal(readVisit(nginx({ os: "beos", liffId: "Mei", line: "x", code: "<b>" })).kind.os, undefined);
  for (const [line, reason] of [
    ["", "no visit in it"],
    ["GET /favicon.ico", "no visit in it"],
    [nginx().slice(0, 60), "no time in it"],
    [nginx({ ms: "soon" }), "no time in it"],
    [nginx({ ms: "12345678901" }), "no time in it"],
    [nginx({ outcome: "won" }), "an unknown outcome"],
    [nginx({ stage: "moon" }), "an unknown stage"],
    [nginx(failed("bad-luck", "bind")), "an unknown failure"],
    [nginx({ failure: "busy" }), "a failure that is none"],
    [`${nginx()}&outcome=left`, "outcome is there twice"],
    [`${nginx()}${"x".repeat(9_000)}`, "the line is too long"],
  ]) {
    assert.equal(readVisit(line), reason, line.slice(0, 200));
  }
  assert.equal(typeof readVisit(nginx({ __proto__: null, constructor: "x" })), "object");
});

const DAY = [
  ...Array(6).fill(nginx()),
  nginx({ outcome: "already-bound", ms: "400" }),
  nginx({ code: "CONSENT_REQUIRED" }),
  nginx({ outcome: "cancelled", stage: "bind", code: "CONSENT_REQUIRED" }),
  nginx({ outcome: "confirm", stage: "bind", code: "CONSENT_REQUIRED" }),
  nginx({ outcome: "open-in-line", stage: "init", client: "app", line: "" }),
  nginx({ outcome: "left", stage: "init", ms: "4000", os: "android" }, "21"),
  nginx({ ...failed("line-init", "init"), ms: "20100", os: "android" }, "21"),
  nginx({ ...failed("line-init", "init"), ms: "20300", os: "android" }, "21"),
  nginx(failed("setup-channel", "bind", "PROVIDER_MISMATCH")),
  nginx({ ...failed("page-load", "page", "404"), page: "" }),
];

test("visits are counted by how they ended, where, and by what they have in common", () => {
  const all = figures(DAY);
  assert.deepEqual([all.visits, all.bound, all.failed, all.left], [16, 8, 4, 1]);
  assert.deepEqual(Object.values(all.consent).map(({ visits }) => visits), [1, 1, 1]);
  assert.deepEqual(all.failures.map(({ name, visits }) => [name, visits])[0], ["line-init", 2]);
  const places = Object.fromEntries(all.failures.map(({ name, places }) => [name, places.map(({ stage, code }) => `${stage} ${code}`)]));
  assert.deepEqual(places, { "line-init": ["init "], "setup-channel": ["bind PROVIDER_MISMATCH"], "page-load": ["page 404"] });
  assert.ok(all.failures.every(({ means, do: remedy }) => means && remedy));
  assert.deepEqual([all.by.os.android.visits, all.by.os.android.bound, all.by.hour["21"].visits, all.by.client.app.visits], [3, 0, 3, 1]);
  assert.equal(all.by.page["not told"].visits, 1);
  // To one part in a hundred.
  assert.ok(Math.abs(all.leftAt.init.median - 4_000) <= 40, `${all.leftAt.init.median}`);
  assert.ok(Math.abs(all.median - 812) <= 9, `${all.median}`);
  assert.deepEqual(all.damaged, {});
});

test("the report names each figure, its meaning and what to do", () => {
  const text = run([], DAY.join("\n"));
  for (const words of ["16 visits, 8 bound", "53.3 %", "1 agreed, 1 refused, 1 left the question open", "line-init: 2 (12.5 %)", "PROVIDER_MISMATCH", "opened outside LINE", "-> See LINE's status page"]) {
    assert.ok(text.includes(words), `${words} is not in\n${text}`);
  }
  assert.ok(text.split("\n").some((line) => /^ {2}bound +7 .*█/.test(line)), text);
});

test("damaged lines are counted and named, and stop nothing", async () => {
  const log = join(folder, "damaged.log");
  await writeFile(log, [nginx(), "\u0000\u0000", nginx({ outcome: "won" }), nginx(), nginx({ outcome: "won" }), nginx().slice(0, 70)].join("\n"));
  const text = run([log]);
  assert.ok(text.startsWith("2 visits, 2 bound"), text);
  for (const words of ["4 lines are not counted", `2: an unknown outcome (first in line 3 of ${log})`, "1: no visit in it", "1: no time in it"]) {
    assert.ok(text.includes(words), `${words} is not in\n${text}`);
  }
});

test("several logs, packed ones and the input are one report", async () => {
  const [plain, packed] = ["a.log", "b.log.gz"].map((name) => join(folder, name));
  await writeFile(plain, `${nginx()}\r\n${caddy()}\n`);
  await writeFile(packed, gzipSync(`${combined()}\n`));
  const rotated = join(folder, "b.log.1");
  await writeFile(rotated, gzipSync(`${combined()}\n`));
  const all = JSON.parse(run(["--json", plain, packed, rotated, "-"], gzipSync(nginx())));
  assert.equal(all.visits, 5);
});

test("the picture is a well-formed file with the figures in it", async () => {
  const file = join(folder, "visits.svg");
  run(["--svg", file], DAY.join("\n"));
  const svg = await readFile(file, "utf8");
  assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" [^>]*viewBox="0 0 760 \d+"/);
  for (const words of ["16 visits, 8 bound (53.3 % of those that could bind)", "line-init", "2, at init", "refused"]) {
    assert.ok(svg.includes(words), words);
  }
  // Each element is closed.
  const open = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)].reduce((depth, [, end, , empty]) => depth + (end ? -1 : empty ? 0 : 1), 0);
  assert.equal(open, 0);
});

test("an empty log is no error, a missing one is", () => {
  assert.ok(run([], "").startsWith("0 visits, 0 bound"));
  const { status, stderr } = spawnSync("node", ["scripts/visits.mjs", join(folder, "none.log")], { encoding: "utf8" });
  assert.deepEqual([status, /there is no file .*none\.log/.test(stderr)], [1, true]);
});

test("a log that can't be read to its end is named", async () => {
  const cut = join(folder, "cut.gz");
  await writeFile(cut, gzipSync(`${DAY.join("\n")}\n`).subarray(0, 60));
  for (const log of [cut, folder]) {
    const { status, stderr } = spawnSync("node", ["scripts/visits.mjs", log], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.ok(stderr.startsWith(`error: ${log}: `), stderr);
  }
});

test("visits for unlinking are another purpose", () => {
  const refused = failed("paused", "bind", "UNLINK_DISABLED");
  const text = run([], [nginx(), nginx({ outcome: "unlinked", stage: "bind" }), nginx(refused)].join("\n"));
  assert.ok(text.startsWith("1 visit, 1 bound") && text.includes("2 visits for unlinking"), text);
});

test("values that somebody makes up fill no memory, and a line without an end none either", () => {
  const lines = Array.from({ length: 30_000 }, (_, number) => nginx({ liffId: `${number}-x`, line: `${number}.1` }));
  const all = figures(lines);
  assert.deepEqual([Object.keys(all.by.liffId).length, Object.keys(all.by.line).length], [201, 201]);
  assert.equal(all.by.liffId.others.visits, 29_800);
  const endless = JSON.parse(run(["--json"], "x".repeat(20_000_000)));
  assert.deepEqual(endless.damaged, { "the line is too long": { lines: 1, first: "line 1 of the input" } });
});
