/*
 * One customer: a ledger with what is asked of it. It knows no storage and no clock; whoever keeps it says what time it is
 * and writes down what it took.
 */
import { Ledger, starsSvg } from "starwise";
import { nextInstant } from "./changes.js";
import { Fault } from "./fault.js";

/** Of a list with more faults than this, every event is tried on its own. */
const TRIES = 8;
/** How far a page looks back. */
const PAST_DAYS = 30;
const DAY_MS = 86_400_000;

export class Customer {
  #rules;
  #ledger;
  /** The target of a model that takes the baseline, once it is known. */
  baseline;

  /** @param {{ model, version, needsBaseline }} rules @param {Ledger} ledger of that model @param {number} [baseline] */
  constructor(rules, ledger, baseline) {
    this.#rules = rules;
    this.#ledger = ledger;
    this.baseline = baseline;
  }

  /** A customer of whom nothing is known, or what a snapshot says. */
  static of(rules, { bytes, profile, timeZone, dayStartHour, rebase, baseline } = {}) {
    if (!bytes) return new Customer(rules, new Ledger(rules.model, { profile, timeZone, dayStartHour }), baseline);
    const ledger = Ledger.fromBytes(rules.model, bytes, { rebase });
    ledger.profile = profile ?? ledger.profile;
    return new Customer(rules, ledger, baseline);
  }

  get ledger() {
    return this.#ledger;
  }

  /**
   * Takes in events, each on its own merits.
   *
   * @param {{ index: number, event: object }[]} parcel
   * @param {{ nowMs: number, aheadMs: number, pastMs?: number }} limits how far from the clock an event may be
   * @returns {{ taken: object[], refused: object[] }} the events that were added, and what was wrong with the others
   */
  add(parcel, limits) {
    const refused = [];
    let left = parcel.filter(({ index, event }) => {
      const fault = faultOfTime(event.time, limits);
      if (fault) refused.push(refusal(index, fault.code, ".time", fault.message));
      return !fault;
    });
    for (let tries = 0; left.length && tries < TRIES; tries += 1) {
      const error = this.#tryToAdd(left);
      if (!error) return { taken: left.map(({ event }) => event), refused };
      const fault = refusalOf(error, left);
      refused.push(fault);
      left = left.filter(({ index }) => index !== fault.index);
    }
    return this.#addEach(left, refused);
  }

  /** One by one. */
  #addEach(left, refused) {
    const taken = [];
    for (const item of left) {
      const error = this.#tryToAdd([item]);
      if (error) refused.push(refusalOf(error, [item]));
      else taken.push(item.event);
    }
    return { taken, refused };
  }

  #tryToAdd(lot) {
    try {
      this.#ledger.add(lot.map(({ event }) => event));
      return undefined;
    } catch (error) {
      if (error?.code === undefined) throw error;
      if (!/^event-/.test(error.code)) throw new Fault(507, "customer-full", error.message);
      return error;
    }
  }

  /**
   * Answers a question at an instant.
   *
   * @param {string} what `score`, `progress`, `nudge`, `timeline`, `stars` or `page`
   * @param {object} options those of the ledger; of `stars` the style
   * @returns {{ body: unknown, until: number }} the answer, and the instant until which stars and segment stay if nothing happens
   */
  answer(what, { at, style, ...options }) {
    const baseline = this.#demandBaseline();
    const body = questions[what](this.#ledger, { at, baseline, style: { count: this.#rules.stars, ...style }, ...options });
    // A page is asked for anew each time.
    if (what === "page") return { body, until: at };
    const { nextChange } = what === "score" ? body : this.#ledger.score({ at, baseline, include: ["nextChange"] });
    return { body, until: nextChange?.at ?? Infinity };
  }

  /** What others are told of: stars, segment and audiences at an instant. */
  standing(at) {
    const { stars, score, points, segment, audiences } = this.#ledger.score({ at, baseline: this.#demandBaseline() });
    return { stars, score, points, segment, audiences };
  }

  /** Points at an instant, which no baseline plays a part in. */
  points(at) {
    return this.#ledger.score({ at, baseline: this.baseline ?? 1 }).points;
  }

  /** Whether all is known that it takes to have stars. */
  get isScored() {
    return !this.#rules.needsBaseline || this.baseline !== undefined;
  }

  /** The first instant after one at which stars, segment or audiences change if nothing happens. */
  nextInstant(atMs) {
    return nextInstant(this.#ledger, atMs, this.#demandBaseline());
  }

  /** Where one stands of whom nothing is known but the profile. */
  blank(at) {
    const { profile, timeZone, dayStartHour } = this.#ledger;
    const nobody = Customer.of(this.#rules, { profile, timeZone, dayStartHour, baseline: this.baseline });
    const standing = nobody.standing(at);
    nobody.free();
    return standing;
  }

  free() {
    this.#ledger.free();
  }

  get version() {
    return this.#rules.version;
  }

  #demandBaseline() {
    if (!this.isScored) throw new Fault(409, "baseline-unknown", "the model's target is the baseline, and there was no census yet to find it: `POST /census`, or set BASELINE");
    return this.baseline;
  }
}

const questions = {
  score: (ledger, { at, baseline, include }) => ledger.score({ at, baseline, include: include ?? ["nextChange"] }),
  progress: (ledger, { at, baseline }) => ledger.progress({ at, baseline }),
  nudge: (ledger, { at, baseline, locale, showing }) => ledger.nudge({ at, baseline, locale, showing }),
  timeline: (ledger, { from, to, step, baseline }) => plain(ledger.timeline({ from, to, step, baseline })),
  page: pageOf,
  // With its styles: a picture by itself has no page to bring them.
  stars: (ledger, { at, baseline, style }) => starsSvg(ledger.score({ at, baseline }), { ...style, styles: true }),
};

/** All that a page may show, at once. */
function pageOf(ledger, { at, baseline, locale }) {
  const { stars, starsExact } = ledger.score({ at, baseline });
  const { level, streaks, badges, checklists } = ledger.progress({ at, baseline, locale });
  const { nudge } = ledger.nudge({ at, baseline, locale });
  const timeline = plain(ledger.timeline({ from: at - PAST_DAYS * DAY_MS, to: at, step: "1d", baseline }));
  return { stars: starsExact ?? stars, level, streaks, badges, checklists, nudge, timeline };
}

/** Typed arrays as lists: JSON has no others. */
function plain({ times, points, score, stars }) {
  return { times: Array.from(times), points: Array.from(points), score: Array.from(score), stars: Array.from(stars) };
}

/** Events of the future are somebody's wrong clock; what is no time at all, the ledger words better. */
function faultOfTime(time, { nowMs, aheadMs, pastMs = Infinity }) {
  const timeMs = typeof time === "string" ? Date.parse(time) : time;
  if (timeMs > nowMs + aheadMs) return { code: "event-ahead-of-clock", message: `is ${timeMs - nowMs} ms ahead of the clock here: is the sender's clock right?` };
  if (timeMs < nowMs - pastMs) return { code: "event-too-old", message: `is ${nowMs - timeMs} ms behind the clock here: this token may send events of now` };
  return undefined;
}

/** What the ledger says of one of these events, said of the body. */
function refusalOf({ code, path, message }, lot) {
  const [, place = "0", at = ""] = /^events\[(\d+)\](.*)$/.exec(path) ?? [];
  return refusal(lot[Number(place)].index, code, at, message.replace(/^`[^`]*` /, ""));
}

function refusal(index, code, at, detail) {
  return { index, code, path: `events[${index}]${at}`, message: `\`events[${index}]${at}\` ${detail}` };
}
