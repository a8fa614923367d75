// Asks npm's registry for advisories about the shipped packages. Fails at moderate severity or above.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const FAILING = ["moderate", "high", "critical"];
// The packages under `dependencies`, as the lock file lists them. Optional packages stay out: they belong to a server
// library from which LINE's SDK uses only the types.
const SCOPE = ["--package-lock-only", "--omit=dev", "--omit=optional"];
const PATIENCE = ["--fetch-timeout=20000", "--fetch-retries=0"];

// LINE's own security fix has no advisory: a flaw in the sub-windows of 2.20.0 to 2.31.0, which the page leaves out
// (src/liff-left-out.js, SECURITY.md).
const MENDED = "2.31.1";
const pinned = JSON.parse(readFileSync("package.json", "utf8")).dependencies["@line/liff"];
const isBefore = (version, other) => version.localeCompare(other, "en", { numeric: true }) < 0;
if (isBefore(pinned, MENDED)) {
  const { stdout: latest } = spawnSync("npm", ["view", "@line/liff", "version", ...PATIENCE], { encoding: "utf8" });
  console.log(`WARNING: @line/liff ${pinned} is older than LINE's security fix ${MENDED}. The registry has ${latest.trim() || "not answered"}.`);
  if (latest.trim() && !isBefore(latest.trim(), MENDED)) {
    console.log(`Set "@line/liff" in package.json to ${latest.trim()}, and run npm install.`);
    process.exitCode = 1;
  }
}

const { stdout } = spawnSync("npm", ["audit", "--json", ...SCOPE, ...PATIENCE], { encoding: "utf8" });
const report = JSON.parse(stdout);

if (report.vulnerabilities) {
  const advisories = Object.values(report.vulnerabilities).flatMap(({ via }) => via);
  const failing = advisories.filter(({ severity }) => FAILING.includes(severity));
  for (const { name, range, title, severity, url } of failing) console.log(`${name} ${range}: ${title} (${severity}, ${url})`);
  console.log(failing.length === 0 ? "advisories of npm ok" : "advisories of npm FAILED");
  if (failing.length > 0) process.exitCode = 1;
} else if (report.message && !report.error?.code) {
  // npm names a code if the fault is its own, such as a bad lock file.
  console.log(`NOT CHECKED: the advisories of npm are unreachable: ${report.message}`);
} else {
  throw new Error(`npm audit: ${stdout}`);
}
