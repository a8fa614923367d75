// Reads a log's lines as visits (docs/visits.md): nginx's own visit log, Caddy's JSON, or any access log with the URL.
import { readFileSync } from "node:fs";

/** The one list of failures, with the meaning and remedy of each. */
export const FAILURES = JSON.parse(readFileSync(new URL("failures.json", import.meta.url), "utf8"));

/** The stages of a visit, in order. */
export const STAGES = ["page", "sdk", "app", "init", "token", "bind", "friend"];
export const BOUND = ["bound", "already-bound"];
/** Outcomes, and below them codes, of visits for unlinking, which have another purpose. */
const UNLINKING = ["unlink", "unlinked", "not-linked"];
const CODES_OF_UNLINKING = ["UNLINK_DISABLED", "ACCESS_TOKEN_INVALID"];
export const isForUnlinking = ({ outcome, code }) => UNLINKING.includes(outcome) || CODES_OF_UNLINKING.includes(code);
export const OUTCOMES = [...BOUND, "confirm", "cancelled", "account", "open-in-line", "failed", "left", ...UNLINKING];

/** A longer line holds no beacon: the longest URL has 400 bytes, and its log line little more. */
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

/** The most kinds of visits to remember: apart from their times, few visits differ. */
const MOST_KINDS = 20_000;
const kinds = new Map();

/**
 * Reads a line's visit: its kind (shared by all visits that differ only in their times), `ms`, and the hour. Returns a
 * reason if the line has no visit: a value outside its set is dropped, but a visit needs an outcome, a stage and a
 * time.
 */
export function readVisit(line) {
  if (line.length > LONGEST_LINE) return "the line is too long";
  const start = line.indexOf("outcome=");
  if (start < 0 || (start > 0 && !/[?\s"']/.test(line[start - 1]))) return "no visit in it";
  const [query] = /[^\s"']*/.exec(line.slice(start, start + LONGEST_QUERY));
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

/** The hour as the log has it. Caddy's default is seconds since 1970, read in this machine's time zone. */
function hourOf(head) {
  const [, iso, common, unix] = /\d{4}-\d\d-\d\d[T\s](\d\d):|\[\d\d\/\w{3}\/\d{4}:(\d\d):|"ts":(\d{9,10})\b/.exec(head) ?? [];
  const hour = iso ?? common ?? (unix && `${new Date(unix * 1000).getHours()}`.padStart(2, "0"));
  return hour < "24" ? hour : undefined;
}

/** The lines of a stream. A line without an end is cut at a length that no beacon reaches. */
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
