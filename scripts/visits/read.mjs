// The lines of a log, as visits (docs/visits.md): nginx's own log of visits, Caddy's JSON, or any access log that has the URL.
import { readFileSync } from "node:fs";

/** Each failure's meaning and remedy: the one list. */
export const FAILURES = JSON.parse(readFileSync(new URL("failures.json", import.meta.url), "utf8"));

/** How far a visit has come, in order. */
export const STAGES = ["page", "sdk", "app", "init", "token", "bind", "friend"];
export const BOUND = ["bound", "already-bound"];
/** A visit for unlinking is another purpose, as far as its outcome or its code tells. */
const UNLINKING = ["unlink", "unlinked", "not-linked"];
const CODES_OF_UNLINKING = ["UNLINK_DISABLED", "ACCESS_TOKEN_INVALID"];
export const isForUnlinking = ({ outcome, code }) => UNLINKING.includes(outcome) || CODES_OF_UNLINKING.includes(code);
export const OUTCOMES = [...BOUND, "confirm", "cancelled", "account", "open-in-line", "failed", "left", ...UNLINKING];

/** A line above this length is no beacon's: the longest URL has 400 bytes, and a log line little more. */
const LONGEST_LINE = 8_192;
const LONGEST_QUERY = 600;

const FIELDS = {
  __proto__: null,
  outcome: new RegExp(`^(${OUTCOMES.join("|")})$`),
  failure: new RegExp(`^(${Object.keys(FAILURES).join("|")})$`),
  stage: new RegExp(`^(${STAGES.join("|")})$`),
  code: /^\w{1,32}$/,
  liffId: /^\d{1,12}-[A-Za-z\d]{1,11}$/,
  os: /^(ios|android|web)$/,
  line: /^[\d.]{1,12}$/,
  client: /^(liff|line|app|browser)$/,
  page: /^[\d.]{1,12}$/,
};

/** The most kinds of visits that are remembered: but for their times there are few different ones. */
const MOST_KINDS = 20_000;
const kinds = new Map();

/**
 * A line's visit: its kind, which visits share that differ in their times only, `ms`, and the hour. Or the reason why it has none: a
 * value that is not of its set is dropped, but without an outcome, a stage and a time there is no visit.
 */
export function readVisit(line) {
  if (line.length > LONGEST_LINE) return "the line is too long";
  const start = line.indexOf("outcome=");
  if (start < 0 || (start > 0 && !"? ".includes(line[start - 1]))) return "no visit in it";
  const [query] = /[^\s"]*/.exec(line.slice(start, start + LONGEST_QUERY));
  const [, before, ms, behind] = /^(.*?)(?:&|\\u0026)ms=(\d{1,9})(?![^&\\])(.*)$/.exec(query) ?? [];
  if (!ms) return "no time in it";
  const fields = before + behind;
  let kind = kinds.get(fields);
  if (!kind) {
    kind = readKind(fields.replaceAll("\\u0026", "&"));
    if (kinds.size < MOST_KINDS) kinds.set(fields, kind);
  }
  return typeof kind === "string" ? kind : { kind, ms: Number(ms), hour: hourOf(line.slice(0, start)) };
}

function readKind(fields) {
  const kind = {};
  for (const pair of fields.split("&")) {
    const [name, value] = pair.split("=", 2);
    if (name === "ms" || Object.hasOwn(kind, name)) return `${name} is there twice`;
    if (FIELDS[name]?.test(value)) kind[name] = value;
  }
  if (!kind.outcome) return "an unknown outcome";
  if (!kind.stage) return "an unknown stage";
  if ((kind.outcome === "failed") !== Boolean(kind.failure)) return kind.failure ? "a failure that is none" : "an unknown failure";
  return Object.freeze(kind);
}

/** The hour as the log has it; of seconds since 1970, which Caddy writes by default, in this machine's time zone. */
function hourOf(head) {
  const [, iso, common, unix] = /\d{4}-\d\d-\d\dT(\d\d):|\[\d\d\/\w{3}\/\d{4}:(\d\d):|"ts":(\d{9,10})\b/.exec(head) ?? [];
  const hour = iso ?? common ?? (unix && `${new Date(unix * 1000).getHours()}`.padStart(2, "0"));
  return hour < "24" ? hour : undefined;
}

/** The lines of a stream. A line without an end is cut where no beacon would be as long. */
export async function* linesOf(stream) {
  let rest = "";
  stream.setEncoding("latin1");
  for await (const chunk of stream) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop().slice(0, LONGEST_LINE + 1);
    yield lines;
  }
  if (rest) yield [rest];
}
