// Sums up by crate what `twiggy top -f csv` lists on standard input, in bytes before compression: `scripts/weigh.sh`.
import { readFileSync } from "node:fs";

/** How many of the largest functions are listed besides. */
const MOST = 25;

const rows = readFileSync(0, "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => /^(".*"|[^,]*),(\d+),/.exec(line))
  .map(([, name, size]) => ({ name: name.replaceAll('"', "").replace(/\[[0-9a-f]+\]/g, ""), size: Number(size) }))
  .filter(({ name }) => !name.startsWith("function names"));

const part = ({ name }) => {
  const [kind] = /^(data segment|import|export|type|elem|code|custom section)/.exec(name) ?? [];
  return kind ?? /\b([a-z_]\w*)(?=::)/.exec(name)?.[1] ?? "others";
};

const sums = new Map();
for (const row of rows) sums.set(part(row), (sums.get(part(row)) ?? 0) + row.size);
const line = (size, name) => console.log(`  ${`${size}`.padStart(8)}  ${name.slice(0, 120)}`);
for (const [name, size] of [...sums].sort(([, one], [, other]) => other - one)) if (size >= 100) line(size, name);
console.log(`\nThe ${MOST} largest:`);
for (const { name, size } of rows.sort((one, other) => other.size - one.size).slice(0, MOST)) line(size, name);
