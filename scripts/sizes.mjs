// Prints what a cold visit downloads, file by file, and fails above the budget.
import { readdir, stat } from "node:fs/promises";

/** The budget of the critical path, in bytes of brotli 11. Above it, something came in by accident. */
const BUDGET = 116_000;
/** Fetched later, if at all: the QR code on computers, the rest by people who are bound or sign in. */
const LATER = /^(qr|liff-later)-/;
/** The merchant's doctor and guide, which no customer fetches. */
const MERCHANT = /^(liff-)?(check|doctor|setup)/;
/** Only one of these is fetched, in the person's language: the heaviest counts. */
const WORDS = /^words-/;

const rows = [];
const size = async (name) => (await stat(`dist/${name}`)).size;
const names = await readdir("dist").catch(() => []);
if (names.length === 0) throw new Error("there is no release in dist/: run ./dev.sh build");
for (const name of names.filter((name) => /\.(html|css|js|json|wasm)$/.test(name)).sort()) {
  const raw = await size(name);
  rows.push({ name, raw, brotli: await size(`${name}.br`).catch(() => raw) });
}

const heaviest = Math.max(...rows.filter(({ name }) => WORDS.test(name)).map(({ brotli }) => brotli));
const note = ({ name, brotli }) => {
  if (LATER.test(name)) return "(later)";
  if (MERCHANT.test(name)) return "(for merchants only)";
  return WORDS.test(name) && brotli < heaviest ? "(instead of the heaviest)" : "";
};
const total = rows.filter((row) => !note(row)).reduce((sum, { brotli }) => sum + brotli, 0);
const line = (name, raw, brotli, note = "") => console.log(`  ${name.padEnd(40)} ${`${raw}`.padStart(8)} ${`${brotli}`.padStart(8)} ${note}`);
line("file", "raw", "brotli");
for (const row of rows) line(row.name, row.raw, row.brotli, note(row));
line("critical path", "", total, `of ${BUDGET}`);
if (total > BUDGET) {
  console.error(`The critical path is ${total - BUDGET} bytes over its budget: find what came in, or change BUDGET in scripts/sizes.mjs with a reason.`);
  process.exit(1);
}
