// The figures as a picture (SVG) that can go into a report.
import { CAME_TO, ENDED, failures, funnel, number, percent, seconds } from "./report.mjs";

const WIDTH = 760;
const LABEL = 230;
const BAR = 360;
const ROW = 26;
const COLOURS = { bound: "#06c755", "already-bound": "#06c755", failed: "#d6453d", left: "#e29a2d" };
const MOST_FAILURES = 10;

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Draws how far the visits came, how they ended, and the failures. */
export function picture(tally) {
  const { all } = tally;
  const parts = [];
  let y = 34;
  const text = (x, y, words, more = "") => parts.push(`<text x="${x}" y="${y}" ${more}>${escape(words)}</text>`);
  const row = (label, visits, note, colour = "#4a6fa5", of = all.visits) => {
    const width = of ? Math.max((BAR * visits) / of, visits ? 1 : 0) : 0;
    text(24 + LABEL - 10, y + 17, label, 'text-anchor="end"');
    parts.push(`<rect x="${24 + LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 7}" rx="2" fill="${colour}"/>`);
    text(24 + LABEL + width + 8, y + 17, note, 'fill="#555"');
    y += ROW;
  };
  const heading = (words) => {
    y += 16;
    text(24, y + 4, words, 'font-weight="bold"');
    y += 14;
  };

  text(24, y, `${number(all.visits)} visits, ${number(all.bound)} bound (${percent(all.rate, 1)} of those that could bind)`, 'font-size="18"');
  y += 10;
  heading("How far they came");
  for (const { stage, visits } of funnel(tally)) row(CAME_TO[stage], visits, `${number(visits)}, ${percent(visits, all.visits)}`);
  heading("How they ended");
  for (const [outcome, words] of Object.entries(ENDED)) {
    const group = tally.outcomes.get(outcome);
    if (group) row(words, group.visits, `${number(group.visits)}, median ${seconds(group.times.quantile(0.5))}`, COLOURS[outcome]);
  }
  const worst = failures(tally).slice(0, MOST_FAILURES);
  if (worst.length) heading("Failures");
  for (const { name, visits, places } of worst) {
    const stages = [...new Set(places.map(({ stage }) => stage))].join(", ");
    row(name, visits, `${number(visits)}, at ${stages}`, COLOURS.failed, all.failed);
  }
  const height = y + 24;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Visits">`,
    `<g font-family="system-ui, sans-serif" font-size="13" fill="#1a1d22"><rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...parts,
    "</g></svg>\n",
  ].join("\n");
}
