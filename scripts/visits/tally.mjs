// Counts visits. The number of counters is limited, so a longer log takes no more memory.
import { BOUND, isForUnlinking } from "./read.mjs";

/** The most values that are counted for a field; later ones are counted as `OTHERS`. */
const MOST_VALUES = 200;
export const OTHERS = "others";
/** Stands for a field that a visit does not have. */
export const UNKNOWN = "not told";

/** Counts times, to one part in a hundred. */
class Times {
  #counts = new Uint32Array(2_100);
  #total = 0;

  /** The index of a time's counter. */
  static place(ms) {
    return Math.round(Math.log(ms + 1) / Math.log(1.01));
  }

  add(place) {
    this.#counts[place] += 1;
    this.#total += 1;
  }

  /** The time that this part of all times does not exceed. */
  quantile(part) {
    let left = Math.ceil(this.#total * part);
    const index = this.#counts.findIndex((count) => (left -= count) <= 0);
    return index < 0 || this.#total === 0 ? undefined : Math.round(1.01 ** index - 1);
  }
}

/** Visits that have something in common. */
export class Group {
  visits = 0;
  bound = 0;
  outside = 0;
  failed = 0;
  left = 0;
  times = new Times();
  timesOfBound = new Times();

  add({ outcome }, place) {
    this.visits += 1;
    this.times.add(place);
    if (BOUND.includes(outcome)) {
      this.bound += 1;
      this.timesOfBound.add(place);
    }
    if (outcome === "open-in-line") this.outside += 1;
    if (outcome === "failed") this.failed += 1;
    if (outcome === "left") this.left += 1;
  }

  /** The bound visits as a part of those that were opened where they could bind. */
  get rate() {
    return this.visits > this.outside ? this.bound / (this.visits - this.outside) : 0;
  }
}

/** A group for each value. */
class Groups extends Map {
  of(value) {
    const key = this.has(value) || this.size < MOST_VALUES ? value : OTHERS;
    if (!this.has(key)) this.set(key, new Group());
    return this.get(key);
  }

  /** The largest first. */
  sorted() {
    return [...this].sort(([, a], [, b]) => b.visits - a.visits);
  }
}

export class Tally {
  all = new Group();
  unlinking = new Group();
  outcomes = new Groups();
  stages = new Groups();
  /** By name, stage and code. */
  failures = new Groups();
  left = new Groups();
  /** Visits of people who were asked for consent. */
  consent = { given: new Group(), refused: new Group(), open: new Group() };
  by = { os: new Groups(), client: new Groups(), line: new Groups(), liffId: new Groups(), page: new Groups(), hour: new Groups() };
  damaged = new Map();
  /** The groups that a kind of visit belongs to. */
  #groups = new WeakMap();

  add({ kind, ms, hour }) {
    if (!this.#groups.has(kind)) this.#groups.set(kind, this.#groupsOf(kind));
    const place = Times.place(ms);
    for (const group of this.#groups.get(kind)) group.add(kind, place);
    if (!isForUnlinking(kind)) this.by.hour.of(hour ?? UNKNOWN).add(kind, place);
  }

  #groupsOf(kind) {
    const { outcome, stage, failure, code = "" } = kind;
    if (isForUnlinking(kind)) return [this.unlinking];
    const groups = [this.all, this.outcomes.of(outcome), this.stages.of(stage)];
    if (outcome === "failed") groups.push(this.failures.of(`${failure} ${stage} ${code}`));
    if (outcome === "left") groups.push(this.left.of(stage));
    if (outcome === "confirm") groups.push(this.consent.open);
    if (outcome === "cancelled") groups.push(this.consent.refused);
    if (BOUND.includes(outcome) && code === "CONSENT_REQUIRED") groups.push(this.consent.given);
    for (const field of ["os", "client", "line", "liffId", "page"]) groups.push(this.by[field].of(kind[field] ?? UNKNOWN));
    return groups;
  }

  /** Notes a line without a visit, and where the first one of its kind is. */
  damage(reason, place) {
    const known = this.damaged.get(reason) ?? { lines: 0, first: place };
    known.lines += 1;
    this.damaged.set(reason, known);
  }
}
