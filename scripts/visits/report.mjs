// The figures as a table with bars, for a terminal or a message.
import { FAILURES, STAGES } from "./read.mjs";

const WIDTH = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/** The most rows of a table; a last line counts the rest. */
const MOST_ROWS = 20;

export const number = (count) => count.toLocaleString("en");
const visits = (count) => `${number(count)} visit${count === 1 ? "" : "s"}`;
export const percent = (part, all) => (all ? `${((100 * part) / all).toFixed(1)} %` : "-");
export const seconds = (ms) => (ms === undefined ? "-" : `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`);

/** Names of the stages and outcomes in the report. */
export const CAME_TO = {
  page: "opened",
  sdk: "waited for LINE's SDK",
  app: "the page ran",
  init: "asked LINE who is here",
  token: "LINE said who",
  bind: "asked the bind API",
  friend: "bound",
};
export const ENDED = {
  bound: "bound",
  "already-bound": "bound before",
  confirm: "left the question open",
  cancelled: "refused",
  account: "left at \"whose LINE is this?\"",
  "open-in-line": "opened outside LINE",
  failed: "failed",
  left: "left while it worked",
};

/**
 * How many visits reached each stage or a later one. (The SDK and the page's own files arrive side by side: `sdk` is no
 * further than `page`.)
 */
export function funnel(tally) {
  const came = (from) => STAGES.slice(from).reduce((sum, stage) => sum + (tally.stages.get(stage)?.visits ?? 0), 0);
  return STAGES.map((stage, index) => ({ stage, visits: came(index) })).filter(({ stage }) => stage !== "sdk");
}

/** The failures by name, with their stages and codes, the most frequent first. */
export function failures(tally) {
  const byName = new Map();
  for (const [key, group] of tally.failures.sorted()) {
    const [name, stage, code] = key.split(" ");
    if (!byName.has(name)) byName.set(name, { name, visits: 0, places: [] });
    const failure = byName.get(name);
    failure.visits += group.visits;
    failure.places.push({ stage: stage ?? "", code: code ?? "", visits: group.visits, median: group.times.quantile(0.5) });
  }
  return [...byName.values()].sort((a, b) => b.visits - a.visits);
}

function bar(part, all) {
  const eighths = all ? Math.round((part / all) * WIDTH * 8) : 0;
  return "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** A table with aligned columns, the first to the left and the others to the right, and a bar. */
function table(heading, columns, rows) {
  const all = [[heading, ...columns], ...rows.map(({ cells }) => cells)];
  const widths = all[0].map((_, column) => Math.max(...all.map((cells) => `${cells[column]}`.length)));
  const line = (cells, end = "") => {
    const padded = cells.map((cell, column) => (column ? `${cell}`.padStart(widths[column]) : `${cell}`.padEnd(widths[0])));
    return `  ${padded.join("  ")}  ${end}`.trimEnd();
  };
  return ["", line(all[0]), ...rows.map(({ cells, part, of }) => line(cells, bar(part, of)))];
}

function groupTable(heading, groups, { inOrder = false } = {}) {
  const sorted = inOrder ? [...groups].sort(([a], [b]) => (a < b ? -1 : 1)) : groups.sorted();
  const rows = sorted.slice(0, inOrder ? 30 : MOST_ROWS).map(([value, group]) => ({
    cells: [
      value,
      number(group.visits),
      number(group.bound),
      percent(group.rate, 1),
      number(group.failed),
      number(group.left),
      seconds(group.timesOfBound.quantile(0.5)),
      seconds(group.timesOfBound.quantile(0.95)),
    ],
    part: group.rate,
    of: 1,
  }));
  const more = sorted.length - rows.length;
  const columns = ["visits", "bound", "rate", "failed", "left", "median", "95 %"];
  return [...table(heading, columns, rows), ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** The whole report. */
export function report(tally) {
  const { all, unlinking, consent, by } = tally;
  const lines = [`${visits(all.visits)}, ${number(all.bound)} bound: ${percent(all.rate, 1)} of those that could bind where they were opened`];
  if (unlinking.visits) lines.push(`Not among them: ${visits(unlinking.visits)} for unlinking`);

  const steps = funnel(tally).map(({ stage, visits }) => ({
    cells: [CAME_TO[stage], number(visits), percent(visits, all.visits)],
    part: visits,
    of: all.visits,
  }));
  lines.push(...table("How far they came", ["visits", "of all"], steps));

  const ending = (name, { visits, times }, of) => {
    const cells = [name, number(visits), percent(visits, all.visits), seconds(times.quantile(0.5)), seconds(times.quantile(0.95))];
    return { cells, part: visits, of };
  };
  const outcomes = Object.keys(ENDED).filter((outcome) => tally.outcomes.has(outcome));
  const ends = outcomes.map((outcome) => ending(ENDED[outcome], tally.outcomes.get(outcome), all.visits));
  lines.push(...table("How they ended", ["visits", "of all", "median", "95 %"], ends));
  const [given, refused, open] = [consent.given.visits, consent.refused.visits, consent.open.visits];
  if (given + refused + open > 0) {
    lines.push("", `  Asked for consent: ${number(given)} agreed, ${number(refused)} refused, ${number(open)} left the question open`);
  }

  const left = STAGES.filter((stage) => tally.left.has(stage)).map((stage) => ending(stage, tally.left.get(stage), all.left));
  if (left.length) lines.push(...table("Left while it worked, at", ["visits", "of all", "median", "95 %"], left));

  if (all.failed) lines.push("", "  Failures");
  for (const { name, visits: failed, places } of failures(tally)) {
    lines.push("", `  ${name}: ${number(failed)} (${percent(failed, all.visits)})  ${bar(failed, all.failed)}`.trimEnd());
    for (const { stage, code, visits: here, median } of places) {
      lines.push(`    ${number(here)} at ${stage || "another stage"}${code ? `, ${code}` : ""}, after ${seconds(median)} (median)`);
    }
    const { means, do: remedy } = FAILURES[name] ?? { means: "More failures than are told apart.", do: "Look at a shorter log." };
    lines.push(`    ${means}`, `    -> ${remedy}`);
  }

  lines.push(...groupTable("By system", by.os), ...groupTable("Opened in", by.client), ...groupTable("LINE's version", by.line));
  lines.push(...groupTable("LIFF ID", by.liffId), ...groupTable("The page's version", by.page), ...groupTable("Hour", by.hour, { inOrder: true }));
  lines.push(...damage(tally));
  return `${lines.join("\n")}\n`;
}

/** The lines without a visit, by reason. */
function damage({ damaged }) {
  if (damaged.size === 0) return [];
  const all = [...damaged.values()].reduce((sum, { lines }) => sum + lines, 0);
  const reasons = [...damaged].map(([reason, { lines, first }]) => `    ${number(lines)}: ${reason} (first in ${first})`);
  return ["", `  ${number(all)} lines are not counted:`, ...reasons];
}

/** The same figures for programs. */
export function figures(tally) {
  const group = ({ visits, bound, failed, left, times, timesOfBound }) => ({
    visits,
    bound,
    failed,
    left,
    median: times.quantile(0.5),
    p95: times.quantile(0.95),
    medianOfBound: timesOfBound.quantile(0.5),
  });
  const groups = (map) => Object.fromEntries([...map].map(([value, own]) => [value, group(own)]));
  return {
    ...group(tally.all),
    outcomes: groups(tally.outcomes),
    stages: groups(tally.stages),
    consent: groups(Object.entries(tally.consent)),
    failures: failures(tally).map(({ name, visits, places }) => ({ name, visits, places, ...FAILURES[name] })),
    leftAt: groups(tally.left),
    by: Object.fromEntries(Object.entries(tally.by).map(([field, map]) => [field, groups(map)])),
    damaged: Object.fromEntries(tally.damaged),
  };
}
