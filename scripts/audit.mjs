// Asks npm's registry what is known against the packages that are shipped. Fails on an advisory of moderate severity or above.
import { spawnSync } from "node:child_process";

const FAILING = ["moderate", "high", "critical"];
// What `dependencies` needs, as the lock file has it. Optional packages stay out: they belong to a library for servers of
// which LINE's SDK takes the types alone.
const SCOPE = ["--package-lock-only", "--omit=dev", "--omit=optional"];
const PATIENCE = ["--fetch-timeout=20000", "--fetch-retries=0"];

const { stdout } = spawnSync("npm", ["audit", "--json", ...SCOPE, ...PATIENCE], { encoding: "utf8" });
const report = JSON.parse(stdout);

if (report.vulnerabilities) {
  const advisories = Object.values(report.vulnerabilities).flatMap(({ via }) => via);
  const failing = advisories.filter(({ severity }) => FAILING.includes(severity));
  for (const { name, range, title, severity, url } of failing) console.log(`${name} ${range}: ${title} (${severity}, ${url})`);
  console.log(failing.length === 0 ? "advisories of npm ok" : "advisories of npm FAILED");
  process.exitCode = Math.min(failing.length, 1);
} else if (report.message && !report.error?.code) {
  // Where npm itself is at fault, as at a bad lock file, it names a code.
  console.log(`NOT CHECKED: the advisories of npm are unreachable: ${report.message}`);
} else {
  throw new Error(`npm audit: ${stdout}`);
}
