// Prints what a cold visit downloads, file by file, and fails above the budget.
import { readdir, stat } from "node:fs/promises";

/** The most that the critical path may weigh, and of it the app's module with its glue, in bytes, brotli 11. */
const BUDGET = { total: 52_000, app: 28_000 };
const APP = /^liff-bind-/;
/** Fetched after the page has painted: on desktops, and by those who are bound. */
const LATER = /^(qr|liff-friendship)-/;
/** The merchant's doctor and guide, which no customer fetches. */
const MERCHANT = /^(liff-)?(check|setup)/;
/** One of these is fetched, the person's: the heaviest counts. */
const WORDS = /^words-/;

const rows = [];
const size = async (name) => (await stat(`dist/${name}`)).size;
for (const name of (await readdir("dist")).filter((name) => /\.(html|css|js|json|wasm)$/.test(name)).sort()) {
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
const app = rows.filter(({ name }) => APP.test(name)).reduce((sum, { brotli }) => sum + brotli, 0);
line("module and glue", "", app, `of ${BUDGET.app}`);
line("critical path", "", total, `of ${BUDGET.total}`);
if (total > BUDGET.total || app > BUDGET.app) {
  console.error("That is over its budget.");
  process.exit(1);
}
