/// <reference lib="esnext.disposable" />

/**
 * Scores how engaged a customer is, from the history of what they did.
 *
 * @example
 * ```ts
 * import { Model } from "starwise";
 * const model = new Model({ criteria: [{ id: "login", kind: "event", event: "login", points: 10 }] });
 * const { stars } = model.score({ events: [{ type: "login", time: Date.now() }] });
 * ```
 * @packageDocumentation
 */

import type {
  Badge,
  Checklist,
  LedgerNudgeOptions,
  LedgerProgressOptions,
  Levels,
  Nudge,
  NudgeDecision,
  NudgeOptions,
  NudgePolicy,
  Progress,
  ProgressOptions,
  Streak,
} from "./progress.js";

export * from "./progress.js";

// ---- In: times, events, histories -------------------------------------------------------------------------------

/**
 * An instant: epoch milliseconds UTC, an RFC 3339 text with `Z` or an offset, or a `Date`.
 *
 * Fractions of a millisecond are floored. Numbers nearer to 1970 than 10^11 are refused: they look like seconds.
 */
export type Time = number | string | Date;

/**
 * A fixed length of time: numbers with the units `w d h m s ms`, largest first, or ISO 8601 without years and months.
 *
 * A day is 24 hours: `"90s"`, `"30d"`, `"1d12h"`, `"P30D"`, `"PT1H30M"`.
 */
export type Duration = string;

/** What JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One thing a customer did at one instant; the names are those of CloudEvents. Other keys are ignored. */
export interface Event {
  /** What was done: a non-empty text. Types beginning with `nudge.` are starwise's own and no activity. */
  type: string;
  /** When. */
  time: Time;
  /** Its identity, at most 256 bytes: the same id twice is one event. Events without one are never duplicates. */
  id?: string | null;
  /** What `where`, `per` and `uniqueBy` of a criterion read: a plain object. */
  data?: object | null;
  // Not `unknown`: interfaces of callers have no index signature, and are to be taken as they are.
  [key: string]: any;
}

/** What is known of one customer. */
export interface History {
  /** At most 1,000,000, in any order: the order never changes a result. */
  events: readonly Event[];
  /** Attributes of the customer, a plain object; `createdAt` is where the customer's time begins. */
  profile?: object | null;
}

/** JSON text as UTF-8. */
export type Bytes = ArrayBufferView | ArrayBufferLike;

/** What is worked out only when it is asked for. */
export type Include = "trend" | "nextStar" | "nextChange";

/** How a score is to be worked out. Keys that are not here are ignored; `null` is absence. */
export interface ScoreOptions {
  /** The instant of evaluation; now by default. */
  at?: Time | null;
  /** The IANA name of the zone whose civil days `perDay` and streaks count by, as the host's `Intl` knows it; UTC by default. */
  timeZone?: string | null;
  /** The hour at which a civil day begins, 0 to 23; 0 by default. */
  dayStartHour?: number | null;
  /** The p95 of a population's points, for a model whose `target` is `"baseline"`: at least 0.000001. */
  baseline?: number | null;
  /** What becomes of an event that cannot be read: an error (by default), or it is left out and counted. */
  onInvalid?: "error" | "skip" | null;
  /** What is worked out besides; nothing by default, so that a bare score stays cheap. */
  include?: "all" | readonly Include[] | null;
  /** How far `nextChange` looks: milliseconds, or a duration; at least 1 ms, and `"365d"` by default. */
  horizon?: number | Duration | null;
  /** The BCP 47 tag of the language in which labels come: the exact tag, else its language, else the model's first. */
  locale?: string | null;
}

/** From when to when, past or future, and how. Keys that are not here are ignored; `null` is absence. */
export interface TransitionsOptions extends Pick<ScoreOptions, "timeZone" | "dayStartHour" | "baseline" | "onInvalid"> {
  /** The beginning: what differs after it is a change. */
  from: Time;
  /** The end, which belongs to it; not before `from`. */
  to: Time;
}

/** From when to when, past or future, and in which steps. */
export interface TimelineOptions extends TransitionsOptions {
  /** What lies between two instants: milliseconds, or a duration; at least 1 ms, and at most 100,000 of them up to `to`. */
  step: number | Duration;
}

// ---- In: many customers -----------------------------------------------------------------------------------------

/**
 * What stands at one path of the events' `data`, row by row: numbers (NaN where there is none), or texts by their place
 * in a dictionary (0xFFFFFFFF, which is -1 in an `Int32Array`, where there is none).
 */
export type DataColumn =
  | Float64Array
  | {
      /** For each row the place of its text in `dictionary`. */
      codes: Uint32Array | Int32Array;
      /** The texts; they need not be distinct. */
      dictionary: readonly string[];
    };

/**
 * Events of many customers, one a row, in any order: at most 20,000,000 at once.
 *
 * All columns have as many rows as `subjects`. Events in columns have no ids, and so there are no duplicates.
 */
export interface Columns {
  /** Whose event it is, by a number of the caller's. */
  subjects: Uint32Array;
  /** What was done: the place of its type in `typeNames`. */
  types: Uint8Array | Uint16Array;
  /** The types: non-empty texts; they need not be distinct. */
  typeNames: readonly string[];
  /** When, in epoch milliseconds; fractions are floored. */
  times: Float64Array | BigInt64Array;
  /** What `where`, `per` and `uniqueBy` of the model read, by path; columns of other paths are not copied. */
  data?: { readonly [path: string]: DataColumn } | null;
  /** Attributes of the customers, each at the place of its subject; those of subjects without a row are not read. */
  profiles?: readonly (object | null | undefined)[] | null;
}

/** How many customers are to be scored. Points, score, stars and segment come out: nothing else is to be asked for. */
export interface ManyOptions extends Omit<ScoreOptions, "include" | "horizon" | "locale"> {
  /**
   * Stops the call, which then throws the signal's reason. It is looked at before the work, after each 4 MiB of NDJSON,
   * and with every `push` of a batch: within a call, only `onProgress` can set it off.
   */
  signal?: AbortSignal | null;
  /**
   * Is told how far the call is: bytes of NDJSON or rows of columns, and how many there are, which a batch does not know.
   * What it throws ends the call.
   */
  onProgress?: ((done: number, total: number | undefined) => void) | null;
}

// ---- Out: results -----------------------------------------------------------------------------------------------

/** A customer's score at one instant, and how it came about. No number in it is NaN, infinite or -0. */
export interface ScoreResult {
  /** The instant of evaluation, in epoch milliseconds. */
  at: number;
  /** The sum of the contributions' effects. */
  points: number;
  /** Points on the model's 0-100 scale, rounded to 9 decimals; over 100 is a power user. */
  score: number;
  /** 0 to 5, or to the number of the model's own thresholds. */
  stars: number;
  /** The real number behind the picture of the stars. */
  starsExact: number;
  /** The id of the score's band. */
  segment: string;
  /** The id of the stage the customer is in; null when none holds. */
  stage: string | null;
  /** Days of 24 hours since the customer's start; null when there is none. */
  tenureDays: number | null;
  /** The parts of a composite model, in order; empty for a model without. */
  parts: PartResult[];
  /** The receipt: a line for each enabled criterion and each clamp that took something; effects add up to `points`. */
  contributions: Contribution[];
  /** Events that did not count, and why. */
  ignored: Ignored;
  /** The ids of the audiences that the customer belongs to, in the order of the model. */
  audiences: string[];
  /** Where the score is heading; with `include: "all"` or `["trend"]`. */
  trend?: Trend;
  /** What it takes to reach the next star, null at the last one; with `include: "all"` or `["nextStar"]`. */
  nextStar?: NextStar | null;
  /**
   * When stars or segment change first if nothing more happens, null where they do not within the `horizon`; with
   * `include: "all"` or `["nextChange"]`.
   */
  nextChange?: NextChange | null;
}

/** What it takes to reach the next star. */
export interface NextStar {
  /** The stars it would be. */
  stars: number;
  /** The points missing, rounded to 9 decimals; 0 where any more than none would do. */
  points: number;
  /** What the customer could do right now: the least effort × count first. Empty where nothing would reach it. */
  actions: Action[];
}

/** One thing to do, so many times. */
export interface Action {
  /** The id of the criterion whose event it is. */
  criterion: string;
  /** The criterion's label, in the language asked for. */
  label?: string;
  /** How many further events of its type, all at `at`, reach the star: 1 to 1,000, the smallest number that does. */
  count: number;
}

/** Where stars or segment go first, if nothing more happens. */
export interface NextChange {
  /** The first millisecond at which they differ, in epoch milliseconds: a timer, or the expiry of a cache. */
  at: number;
  /** The stars from then on. */
  stars: number;
  /** The id of the segment from then on. */
  segment: string;
}

/** One part of a composite model. */
export interface PartResult {
  /** The part's id. */
  id: string;
  /** Its label, in the language asked for. */
  label?: string;
  /** Its points: clamped in a sum, before its own scale in a weighted composite. */
  points: number;
  /** Its own 0-100 score in a weighted composite, else null. */
  score: number | null;
  /** Its weight in a weighted composite, as the stage has it, else null. */
  weight: number | null;
  /** What it adds to the model's points, before the model's own clamp. */
  effect: number;
  /** Whether none of its criteria counted anything. */
  missing: boolean;
}

/** A line of the receipt: what one criterion, or one clamp, gave. */
export interface Contribution {
  /** The criterion's id; null for the clamp of a part or of the model. */
  criterion: string | null;
  /** The id of the part it belongs to. */
  part?: string;
  /** The criterion's label, in the language asked for. */
  label?: string;
  /** Counted events in the period; 1 or 0 for criteria that hold or do not. */
  count: number;
  /** What it gives, in the unit of its part's points. */
  points: number;
  /** Its share of the model's points. */
  effect: number;
  /** What it would have given besides. */
  lost: Lost;
}

/** Points that were counted and yet not given; signed as the points are. */
export interface Lost {
  /** What age took of the events in the period. */
  decay: number;
  /** What the criterion's limit took. */
  limit: number;
  /** The points of counted events older than the period. */
  expired: number;
}

/** Events that did not count. */
export interface Ignored {
  /** Left out because they could not be read, with `onInvalid: "skip"`. */
  invalid: number;
  /** Beyond the first with an id. */
  duplicate: number;
  /** Later than the instant of evaluation. */
  future: number;
  /** Named by a criterion with `per`, and without a number there. */
  noValue: number;
}

/** Where a score is heading. */
export interface Trend {
  /** The score now minus the score then. */
  delta: number;
  /** Beyond the dead band `rising` or `falling`, else `steady`; `new` for a customer who started since then. */
  direction: "rising" | "falling" | "steady" | "new";
}

/**
 * A score through time: what stands at one place of each list is of one instant.
 *
 * Instants stand at `from`, `from` + `step` and so on up to `to`: at most 100,001.
 */
export interface Timeline {
  /** The instants, in epoch milliseconds. */
  times: Float64Array;
  /** As `points` of a `ScoreResult`. */
  points: Float64Array;
  /** As `score` of a `ScoreResult`. */
  score: Float64Array;
  /** As `stars` of a `ScoreResult`. */
  stars: Uint8Array;
}

/**
 * A change at an instant. Of one instant stars come first, then the segment, then audiences in the order of the model.
 *
 * @example
 * ```ts
 * if (transition.what === "audience" && transition.to) console.log(transition.id, new Date(transition.at));
 * ```
 */
export type Transition =
  | {
      /** The first millisecond at which it is so, in epoch milliseconds. */
      at: number;
      what: "stars";
      /** The stars until then. */
      from: number;
      /** The stars from then on. */
      to: number;
    }
  | {
      /** The first millisecond at which it is so, in epoch milliseconds. */
      at: number;
      what: "segment";
      /** The id of the segment until then. */
      from: string;
      /** The id of the segment from then on. */
      to: string;
    }
  | {
      /** The first millisecond at which it is so, in epoch milliseconds. */
      at: number;
      what: "audience";
      /** The id of the audience. */
      id: string;
      /** Whether the customer belonged to it until then. */
      from: boolean;
      /** Whether the customer belongs to it from then on. */
      to: boolean;
    };

/**
 * The scores of many customers: what stands at one place of each list is one customer's.
 *
 * Within 1e-9, relative, they are what `score` gives for each of them alone.
 */
export interface Scores<Subjects extends Uint32Array | string[] = Uint32Array | string[]> {
  /** Who they are: the numbers of columns, rising, or the texts of NDJSON in the order in which they first came. */
  subjects: Subjects;
  /** As `points` of a `ScoreResult`. */
  points: Float64Array;
  /** As `score` of a `ScoreResult`. */
  score: Float64Array;
  /** As `stars` of a `ScoreResult`. */
  stars: Uint8Array;
  /** The place of the segment in `segmentNames`; 255 also stands for all that follow. */
  segment: Uint8Array;
  /** The ids of all segments of the model, in its order. */
  segmentNames: string[];
  /** Events that did not count, of all customers together. */
  ignored: Ignored;
}

/**
 * Many customers in chunks, for more rows or text than fit at once: `push` each chunk, then `finish`.
 *
 * All are scored at one instant: `at`, or the moment at which the batch was made. After an error, begin another one.
 */
export interface Batch {
  /**
   * Takes a chunk and scores the customers in it.
   *
   * @param input columns that hold all rows of each customer in them; or a piece of NDJSON, which may end anywhere, even
   *   within a character, as long as the lines of each customer follow one another
   * @throws {StarwiseError} as `scoreMany`; `batch-split-subject` where a customer comes again, and `batch-finished`
   */
  push(input: Columns | string | Bytes): void;

  /**
   * Gives the scores of all customers, in the order of the chunks. Asked again, it gives them again.
   *
   * @throws {StarwiseError} as `push`, for the last lines
   */
  finish(): Scores;
}

// ---- The rules --------------------------------------------------------------------------------------------------

/** A text, or one for each language by BCP 47 tag; the first is the one for everybody else. */
export type Text = string | { [languageTag: string]: string };

/** What equals and lists in a condition compare with: no coercion, `1` is not `"1"`. */
export type Scalar = string | number | boolean | null;

/** A value to compare with: itself, or what stands at another path. */
export type Operand = Scalar | { path: string };

/** Tests of the value at a path; several: all of them. A missing value fails all but `ne`, `notIn` and `exists: false`. */
export interface Test {
  /** Equal, and of one type. */
  eq?: Operand;
  /** Not equal. */
  ne?: Operand;
  /** Greater: numbers with numbers, texts with texts by code point. */
  gt?: Operand;
  /** Greater or equal. */
  gte?: Operand;
  /** Less. */
  lt?: Operand;
  /** Less or equal. */
  lte?: Operand;
  /** Equal to one of these. */
  in?: readonly Scalar[];
  /** Equal to none of these. */
  notIn?: readonly Scalar[];
  /** Whether something is there at all; `null` is. */
  exists?: boolean;
  /** A part of a text, or a member of a list. */
  contains?: Scalar;
  /** The beginning of a text. */
  startsWith?: string;
  /** A time at least this long ago. */
  olderThan?: Duration;
  /** A time less than this long ago, and not to come. */
  within?: Duration;
  /** A time to come, at most this far off. */
  dueWithin?: Duration;
}

/**
 * Which events or profiles are meant: paths with what has to stand there, and combinations. Side by side: all of them.
 *
 * @example { "plan": "pro", "seats": { "gte": 5 }, "any": [{ "country": "PT" }, { "country": "ES" }] }
 */
export interface Condition {
  /** Every one of these holds; so does an empty list. */
  all?: readonly Condition[];
  /** At least one of these holds; an empty list does not. */
  any?: readonly Condition[];
  /** This does not hold. */
  not?: Condition;
  /** A dot-separated path over an object's own properties, and a value or tests. */
  [path: string]: Scalar | Test | Condition | readonly Condition[] | undefined;
}

/** Where age counts from: each event's own time, or the customer's latest activity of any type. */
interface FromLastActivity {
  /** `"last-activity"`: the age is that of the customer's latest event, instead of each event's own. */
  from?: "last-activity";
}

/** How points fade with the age `a` of an event. */
export type Decay = FromLastActivity &
  (
    | {
        /** No fading: 1. */
        curve: "none";
      }
    | {
        /** Half after every half-life: 2^(-a / halfLife). */
        curve: "exponential";
        /** How long until half is left. */
        halfLife: Duration;
      }
    | {
        /** All in the first half of the period, half of it after; needs a period. */
        curve: "step";
      }
    | {
        /** Evenly down to nothing: 1 - a / over. */
        curve: "linear";
        /** How long until nothing is left. */
        over: Duration;
      }
    | {
        /** S-shaped: half after one business cycle, nothing after two. */
        curve: "cosine";
        /** The business cycle. */
        cycle: Duration;
      }
  );

/** Knots `[x, y]` of rising x: linear between, flat outside. */
export type Curve = readonly (readonly [x: number, y: number])[];

/** What every criterion has. */
interface CriterionBase {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once in the model. */
  id: string;
  /** What it gives; may be negative. At most 10^12 either way. */
  points: number;
  /** What people read. */
  label?: Text;
  /** A text to show beside it, an emoji as a rule; starwise only hands it on. */
  icon?: string;
  /** Where a customer can do this: http:, https:, mailto:, or relative; starwise only hands it on. */
  href?: string;
  /** How hard this is for the customer, 0 to 10^12, 1 by default: `nextStar` orders its actions by effort × count. */
  effort?: number;
  /** Whether it takes part; true by default. */
  enabled?: boolean;
}

/** Which events are meant: a type, any of several, or `"*"`, every activity. */
export type EventTypes = "*" | (string & {}) | readonly string[];

/** Points for each event, fading with age. */
export interface EventCriterion extends CriterionBase {
  kind: "event";
  /** Which events. */
  event: EventTypes;
  /** Only events whose `data` is like this. */
  where?: Condition;
  /** Every event (by default), only the first of the whole history, or only the latest. */
  award?: "every" | "first" | "last";
  /** Only the first event with each value at this path of `data`. */
  uniqueBy?: string;
  /** Only events at least this long after the one counted before. */
  cooldown?: Duration;
  /** Only so many events of each civil day. */
  perDay?: number;
  /** The path in `data` of a number to multiply the points by. */
  per?: string;
  /** What the amount passes through. */
  curve?: Curve;
  /** The engagement period: older events do not count; `null` is all time. By default the part's, the model's, 30 days. */
  period?: Duration | null;
  /** How points fade; by default the part's, the model's, not at all. */
  decay?: Decay | null;
  /** The most it gives, either way. */
  limit?: number;
}

/** Points when the number of events within a while lies within bounds. */
export interface FrequencyCriterion extends CriterionBase {
  kind: "frequency";
  /** Which events. */
  event: EventTypes;
  /** Only events whose `data` is like this. */
  where?: Condition;
  /** Only the first event with each value at this path of `data`. */
  uniqueBy?: string;
  /** Only so many events of each civil day. */
  perDay?: number;
  /** At least so many: "more than 5 times" is 6. */
  atLeast: number;
  /** At most so many; any number by default. */
  atMost?: number;
  /** Within how long before the instant of evaluation. */
  within: Duration;
}

/** Points, usually negative ones, when nothing has happened for a while. */
export interface InactivityCriterion extends CriterionBase {
  kind: "inactivity";
  /** Which events were missed; every activity by default. */
  event?: EventTypes;
  /** Only events whose `data` is like this. */
  where?: Condition;
  /** For how long, since the latest of them or the customer's start. */
  for: Duration;
  /** Whether the points are given for every such while that has passed; false by default. */
  repeat?: boolean;
}

/** Points for what the profile says, and for `tenureDays`. */
export interface FilterCriterion extends CriterionBase {
  kind: "filter";
  /** What the profile has to be like; anything by default. */
  where?: Condition;
  /** The path in the profile of a number to multiply the points by; `tenureDays` is one. */
  per?: string;
  /** What the amount passes through. */
  curve?: Curve;
}

/** One rule that gives points. */
export type Criterion = EventCriterion | FrequencyCriterion | InactivityCriterion | FilterCriterion;

/** A weighted component of a composite model: a product, support, satisfaction. */
export interface Part {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the parts. */
  id: string;
  /** What people read. */
  label?: Text;
  /** Its share in a weighted composite, beside the others'; 1 by default. Weights need not add up to 100. */
  weight?: number;
  /** Points that make its own score 100; 100 by default. */
  target?: number;
  /** The least it comes to: points in a sum, its own score (0 by default) in a weighted composite. */
  min?: number;
  /** The most it comes to: points in a sum, its own score (100 by default) in a weighted composite. */
  max?: number;
  /** What becomes of it when nothing counted: it gives 0 (by default), or is left out with its weight. */
  missing?: "zero" | "skip";
  /** The engagement period of its criteria; `null` is all time. By default the model's, 30 days. */
  period?: Duration | null;
  /** How the points of its criteria fade; by default as the model says, not at all. */
  decay?: Decay | null;
  /** Its rules. */
  criteria: readonly Criterion[];
}

/** A phase of the customer's life in which other weights, targets or points hold: the first whose `when` holds. */
export interface Stage {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the stages. */
  id: string;
  /** When: over `profile.…` and `tenureDays`. */
  when: Condition;
  /** Other weights, by part. */
  weights?: { [part: string]: number };
  /** Other targets, by part. */
  targets?: { [part: string]: number };
  /** Another target of the model. */
  target?: number | "baseline";
  /** Other points, by criterion. */
  points?: { [criterion: string]: number };
}

/** A named band of the score, from above the one before up to and with its own end. */
export interface Segment {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the segments. */
  id: string;
  /** What people read. */
  label?: Text;
  /** The highest score in it; only the last segment has none. */
  upTo?: number;
}

/**
 * Those of whom a condition holds: churn risk, likely upsell, potential advocate. Membership is in every result.
 *
 * @example { "id": "churn-risk", "when": { "stars": { "lte": 1 }, "daysSinceLast": { "gte": 14 } } }
 */
export interface Audience {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the audiences. */
  id: string;
  /** What people read. */
  label?: Text;
  /**
   * When: over the facts `profile.…`, `tenureDays`, `points`, `score`, `stars`, `starsExact`, `segment`, `stage`,
   * `parts.<id>`, `counts.<criterion>` and `daysSinceLast`. Others are a fault of the model.
   */
  when: Condition;
}

/** An example kept with the model. */
export interface Example {
  /** What it shows. */
  name?: string;
  /** The history to score. */
  history: History;
  /** How. */
  options?: ScoreOptions;
  /** What should come out. */
  expect?: object;
}

/** What every model may have. */
interface ModelBase {
  /** The address of the JSON Schema, for editors: `starwise/model.schema.json` ships it. */
  $schema?: string;
  /** The model's own version; starwise does not read it. */
  version?: string | number;
  /** 1 to 64 of `A-Z a-z 0-9 _ -`. */
  id?: string;
  /** What people call it. */
  name?: Text;
  /** A text to show beside the name, an emoji as a rule; starwise does not read it. */
  icon?: string;
  /** What it is for. */
  description?: Text;
  /** Where in the profile the customer's start stands; `createdAt` by default. */
  startedAt?: string;
  /** The engagement period: older events do not count; `null` is all time. `"30d"` by default. */
  period?: Duration | null;
  /** How points fade; not at all by default. */
  decay?: Decay | null;
  /** Phases of the customer's life. */
  stages?: readonly Stage[];
  /** Points that make a score of 100 (100 by default), or `"baseline"`: those given with each call. */
  target?: number | "baseline";
  /** The least the points come to. */
  min?: number;
  /** The most the points come to. */
  max?: number;
  /** Scores at which each star is reached, 1 to 10 of them, rising; by default above 0, then 20, 40, 60, 80. */
  stars?: { at: readonly number[] };
  /** Bands of the score, rising; by default very-disengaged to 40, engaged to 70, highly-engaged to 100, power-user. */
  segments?: readonly Segment[];
  /** How far back a trend looks (`"7d"` by default) and how large a change it calls steady (1 by default). */
  trend?: { over?: Duration; deadBand?: number };
  /** Those of whom a condition over the result holds. */
  audiences?: readonly Audience[];
  /** Days, weeks or months in a row in which something was done. */
  streaks?: readonly Streak[];
  /** Levels over lifetime points. */
  levels?: Levels;
  /** Awards that are earned once and never lost. */
  badges?: readonly Badge[];
  /** Steps to take, with what makes each of them done. */
  checklists?: readonly Checklist[];
  /** What a customer may be told, and when. */
  nudges?: readonly Nudge[];
  /** What holds for all nudges together. */
  nudgePolicy?: NudgePolicy;
  /** Examples kept with the model. */
  examples?: readonly Example[];
}

/**
 * The rules by which customers are scored.
 *
 * A model imported from a .json file has wider types than these: write `model as unknown as ModelJson`.
 */
export type ModelJson = ModelBase &
  (
    | {
        /** The rules, at most 500. */
        criteria: readonly Criterion[];
        parts?: never;
        combine?: never;
      }
    | {
        /** The components of a composite, at most 500 criteria together. */
        parts: readonly Part[];
        /** How they make the model's points: added up (by default), or as the weighted mean of their own scores. */
        combine?: "sum" | "weighted";
        criteria?: never;
      }
  );

// ---- Model ------------------------------------------------------------------------------------------------------

/**
 * The rules, checked once; then any number of histories can be scored.
 *
 * It holds a little WebAssembly memory, given back by `free()`, at the end of a `using` block, or with the garbage.
 *
 * @example
 * ```ts
 * const model = new Model({
 *   decay: { curve: "exponential", halfLife: "30d" },
 *   criteria: [
 *     { id: "order", kind: "event", event: "order", points: 10, per: "amount", limit: 60 },
 *     { id: "silent", kind: "inactivity", for: "60d", points: -20 },
 *   ],
 * });
 * ```
 */
export class Model {
  /**
   * Checks a model and keeps it.
   *
   * @param json the model as an object (1 MiB encoded at most), JSON text or that text as UTF-8 (256 KB at most)
   * @throws {StarwiseError} any `model-…` code: the first fault, with all of them in `faults`
   */
  constructor(json: ModelJson | string | Bytes);

  /**
   * Lists every fault of a model: empty when it is sound. Never throws for what a model may be.
   *
   * @param json as for the constructor; anything may be handed over
   * @example
   * ```ts
   * for (const { path, message } of Model.check(text)) console.error(path, message);
   * ```
   */
  static check(json: unknown): Fault[];

  /**
   * Lists what is allowed in a model and yet looks wrong: a segment out of reach, an event counted twice.
   *
   * @param json as for the constructor
   * @throws {StarwiseError} any `model-…` code, when the model has faults
   */
  static lint(json: ModelJson | string | Bytes): Warning[];

  /**
   * Scores one customer's history.
   *
   * @param history as an object, as JSON text or as that text in UTF-8 (256 MiB at most)
   * @param options how; `at` is now by default
   * @returns a plain object
   * @throws {StarwiseError} any `history-…`, `profile-…`, `event-…` or `options-…` code, and `model-freed`
   * @example
   * ```ts
   * const { stars, score, contributions } = model.score({ events, profile }, { timeZone: "Europe/Lisbon" });
   * ```
   */
  score(history: History | string | Bytes, options?: ScoreOptions | null): ScoreResult;

  /**
   * Scores a history as if some more had happened.
   *
   * It is what `score` gives for the history with the events in it; those later than `at` do not count.
   *
   * @param history as for `score`
   * @param extra the events that would be added
   * @param options as for `score`
   * @throws {StarwiseError} as `score`; the paths of the further events begin with `extra`: `extra[0].time`
   * @example
   * ```ts
   * const { stars } = model.whatIf(history, [{ type: "order", time: Date.now(), data: { amount: 40 } }]);
   * ```
   */
  whatIf(history: History | string | Bytes, extra: readonly Event[], options?: ScoreOptions | null): ScoreResult;

  /**
   * Points, score and stars at many instants, past and future alike.
   *
   * Each is worked out as if only the events up to it were known: `score` at that instant gives the same score and stars,
   * and points within 1e-9. Instants after the last event are an idle forecast.
   *
   * @param history as for `score`
   * @param options from when to when, and in which steps, at most 100,000 of them
   * @throws {StarwiseError} as `score`, and `options-invalid-from`, `options-invalid-to`, `options-invalid-step`,
   *   `options-too-many-steps`
   * @example
   * ```ts
   * const { times, score } = model.timeline(history, { from: "2024-06-01T00:00:00Z", to: Date.now(), step: "1d" });
   * ```
   */
  timeline(history: History | string | Bytes, options: TimelineOptions): Timeline;

  /**
   * Every change of stars, segment and audiences, exact to the millisecond, in order.
   *
   * Each instant is taken as if only the events up to it were known. None is missed, however short it lasted; the one
   * exception, numbers that creep along an edge in steps below their digits, is told in docs/time.md.
   *
   * @param history as for `score`
   * @param options from when to when: changes after `from`, up to and with `to`
   * @throws {StarwiseError} as `score`, and `options-invalid-from`, `options-invalid-to`
   * @example
   * ```ts
   * const fell = model.transitions(history, { from, to }).find(({ what, to }) => what === "stars" && to < 2);
   * ```
   */
  transitions(history: History | string | Bytes, options: TransitionsOptions): Transition[];

  /**
   * What a customer has got to: streaks, level, badges, checklists.
   *
   * @param history as for `score`
   * @param options how; `at` is now by default, `timeZone` and `dayStartHour` say where days, weeks and months begin
   * @throws {StarwiseError} as `score`; among them `options-missing-baseline` for a badge of `stars`
   * @example
   * ```ts
   * const { streaks, level, badges, checklists } = model.progress(history, { timeZone: "Europe/Lisbon", locale: "pt" });
   * const earned = badges.filter(({ earned }) => earned);
   * ```
   */
  progress(history: History | string | Bytes, options?: ProgressOptions | null): Progress;

  /**
   * Chooses what to show a customer, one nudge at most, and says of each why or why not.
   *
   * What became of it is to come back as an event: `nudge.shown`, `nudge.dismissed`, `nudge.clicked`, or `nudge.answered`
   * with a number as `data.answer`, all with the id as `data.nudge`.
   *
   * @param history as for `score`
   * @param options how; `at` is now by default
   * @throws {StarwiseError} as `score`, and `options-unknown-nudge` for a `showing` that is no nudge of the model
   * @example
   * ```ts
   * const { nudge, candidates } = model.nudge(history, { timeZone: "Europe/Lisbon" });
   * if (nudge) events.push({ type: "nudge.shown", time: Date.now(), data: { nudge: nudge.id } });
   * ```
   */
  nudge(history: History | string | Bytes, options?: NudgeOptions | null): NudgeDecision;

  /**
   * Scores many customers at once, from columns or NDJSON.
   *
   * @param input columns (20,000,000 rows at most), or a text or its UTF-8 (256 MiB at most): an event a line with its
   *   `subject`, a text, and profiles as lines of their own
   * @param options how; `at` is now by default
   * @returns one place a customer in each list
   * @throws {StarwiseError} any `columns-…`, `line-…`, `lines-…`, `profile-…`, `event-…` or `options-…` code,
   *   `history-duplicate-key` for a line, and `model-freed`
   * @example
   * ```ts
   * const { subjects, stars } = model.scoreMany({ subjects, types, typeNames: ["login", "order"], times });
   * const named = model.scoreMany('{ "subject": "ana", "type": "login", "time": "2024-06-01T08:00:00Z" }');
   * ```
   */
  scoreMany(input: Columns, options?: ManyOptions | null): Scores<Uint32Array>;
  scoreMany(input: string | Bytes, options?: ManyOptions | null): Scores<string[]>;
  scoreMany(input: Columns | string | Bytes, options?: ManyOptions | null): Scores;

  /**
   * Begins a batch: many customers in chunks.
   *
   * @param options how, for all of them; `at` is now by default
   * @example
   * ```ts
   * const batch = model.batch();
   * for await (const piece of response.body) batch.push(piece);
   * const { subjects, score } = batch.finish();
   * ```
   */
  batch(options?: ManyOptions | null): Batch;

  /** Gives the model's memory back; the model cannot be used any more. Freeing twice does nothing. */
  free(): void;

  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}

// ---- Ledger -----------------------------------------------------------------------------------------------------

/** What a ledger is told beside its model. Keys that are not here are ignored; `null` is absence. */
export interface LedgerOptions {
  /** Attributes of the customer, a plain object; none by default. */
  profile?: object | null;
  /** The IANA name of the zone whose civil days `perDay` counts by, as the host's `Intl` knows it; UTC by default. */
  timeZone?: string | null;
  /** The hour at which a civil day begins, 0 to 23; 0 by default. */
  dayStartHour?: number | null;
  /**
   * Whose events these are: a name of 1 to 256 bytes that no other ledger of this customer has or ever had; a random one by
   * default. By replica and counter an event without an id is known when it comes again.
   */
  replica?: string | null;
}

/** How a snapshot is to be taken over. */
export interface RestoreOptions {
  /** Whether one of another model is carried over, as far as its events allow; false by default. */
  rebase?: boolean | null;
  /** A new name, as for a new ledger: one that the snapshot does not know. A random one by default. */
  replica?: string | null;
}

/** How a ledger is to be scored: zone and beginning of days are its own. */
export interface LedgerScoreOptions extends Omit<ScoreOptions, "timeZone" | "dayStartHour" | "onInvalid"> {
  /** Another profile, for this call only; the ledger's own by default. */
  profile?: object | null;
}

/** From when to when: zone and beginning of days are the ledger's own. */
export type LedgerTransitionsOptions = Omit<TransitionsOptions, "timeZone" | "dayStartHour" | "onInvalid">;

/** From when to when, and in which steps: zone and beginning of days are the ledger's own. */
export type LedgerTimelineOptions = Omit<TimelineOptions, "timeZone" | "dayStartHour" | "onInvalid">;

/** A result of a ledger. */
export interface LedgerResult extends ScoreResult {
  /** Events that did not count, and why. */
  ignored: LedgerIgnored;
}

/** Events that did not count, or came too late to. */
export interface LedgerIgnored extends Ignored {
  /** Came after the time they are of had been folded by `compact`. */
  settled: number;
}

/**
 * The events of one customer as they come, on one device or on many, ready to be scored at any instant.
 *
 * Adding in any order, and merging in any order and any number of times, through bytes at any moment, gives what scoring
 * the united history gives. A call that throws changes nothing. It keeps what its model reads, and can be forged by whoever
 * holds it: where a score decides, score again over events that you recorded.
 *
 * It holds WebAssembly memory, given back by `free()`, at the end of a `using` block, or with the garbage.
 *
 * @example
 * ```ts
 * const ledger = new Ledger(model, { timeZone: "Europe/Lisbon" });
 * ledger.add({ type: "visit", time: Date.now() });
 * const { stars } = ledger.score();
 * localStorage.setItem("ledger", JSON.stringify([...ledger.toBytes()]));
 * // On the next page:
 * const kept = Ledger.fromBytes(model, Uint8Array.from(JSON.parse(localStorage.getItem("ledger"))));
 * ```
 */
export class Ledger {
  /**
   * Makes a ledger without events. The model may be freed while the ledger lives.
   *
   * @throws {StarwiseError} `model-wrong-type` for what is no `Model`, `model-freed`, any `profile-…` code, and
   *   `options-invalid-time-zone`, `options-invalid-day-start-hour`, `options-invalid-replica`
   */
  constructor(model: Model, options?: LedgerOptions | null);

  /**
   * Makes a ledger from a snapshot: with its events, profile, zone and hour, under another replica.
   *
   * Everything is decoded and checked before anything is taken over.
   *
   * @param bytes what `toBytes` gave, in this version of starwise or an earlier one
   * @throws {StarwiseError} `snapshot-damaged`; `snapshot-newer`; `snapshot-foreign`, of another model, unless
   *   `rebase` is asked for; `options-invalid-time-zone`, `options-invalid-replica`, `model-wrong-type`, `model-freed`
   * @example
   * ```ts
   * const ledger = Ledger.fromBytes(changedModel, bytes, { rebase: true });
   * if (Date.now() < ledger.completeFrom) console.log("some events of before were never kept");
   * ```
   */
  static fromBytes(model: Model, bytes: Bytes, options?: RestoreOptions | null): Ledger;

  /**
   * Adds one event, or a list of them, in any order: all of them or, where one has a fault, none.
   *
   * @throws {StarwiseError} any `event-…` code, at `event.time` or `events[3].time`; `history-too-many-events`,
   *   `history-too-large`, and `ledger-freed`
   */
  add(events: Event | readonly Event[]): void;

  /**
   * Scores what was added, as `score` of a model does.
   *
   * @param options how; `at` is now by default
   * @throws {StarwiseError} any `options-…` or `profile-…` code; among them `options-at-settled` for an instant, or a trend that
   *   looks back to one, before `compactedTo`; and `ledger-freed`
   */
  score(options?: LedgerScoreOptions | null): LedgerResult;

  /**
   * Scores as if some more had been added; the ledger stays as it is.
   *
   * @param extra the events that would be added
   * @throws {StarwiseError} as `add`, at `extra[3].time`, and as `score`
   */
  whatIf(extra: readonly Event[], options?: LedgerScoreOptions | null): LedgerResult;

  /**
   * Points, score and stars at many instants, as `timeline` of a model gives them.
   *
   * @throws {StarwiseError} as there, `options-at-settled` for a `from` before `compactedTo`, and `ledger-freed`
   */
  timeline(options: LedgerTimelineOptions): Timeline;

  /**
   * Every change of stars, segment and audiences, as `transitions` of a model gives them.
   *
   * @throws {StarwiseError} as there, `options-at-settled` for a `from` before `compactedTo`, and `ledger-freed`
   */
  transitions(options: LedgerTransitionsOptions): Transition[];

  /**
   * What the customer has got to, as `progress` of a model gives it.
   *
   * @param options how; `at` is now by default
   * @throws {StarwiseError} as `score`
   * @example
   * ```ts
   * const { current, atRisk } = ledger.progress().streaks[0];
   * ```
   */
  progress(options?: LedgerProgressOptions | null): Progress;

  /**
   * Chooses what to show, as `nudge` of a model does.
   *
   * @param options how; `at` is now by default
   * @throws {StarwiseError} as `score`, and `options-unknown-nudge`
   * @example
   * ```ts
   * const { nudge } = ledger.nudge();
   * if (nudge) ledger.add({ type: "nudge.shown", time: Date.now(), data: { nudge: nudge.id } });
   * ```
   */
  nudge(options?: LedgerNudgeOptions | null): NudgeDecision;

  /**
   * Takes in what another ledger of the same customer knows; an event that both know counts once. Profile, zone and hour stay
   * its own. Of two compacted ledgers the later compaction stands.
   *
   * @param other a ledger, or the bytes of one
   * @throws {StarwiseError} `snapshot-damaged`, `snapshot-newer`, `snapshot-foreign`; `options-invalid-replica` where another ledger
   *   records under the name of this one; `history-too-many-events`, `history-too-large`, and `ledger-freed`
   */
  merge(other: Ledger | Bytes): void;

  /**
   * Folds all events before an instant into what later instants need: sums, last and first times, values seen.
   *
   * Scores from then on stay what they were. Earlier instants can no longer be asked, and events before it that come later
   * are left out and counted in `ignored.settled`. An instant before `compactedTo` changes nothing.
   *
   * @throws {StarwiseError} `options-invalid-at`, at `before`; and `ledger-freed`
   */
  compact(before: Time): void;

  /** Gives the ledger as bytes: equal ones for equal ledgers. They may be kept, sent and merged. */
  toBytes(): Uint8Array;

  /**
   * The customer's profile: a copy. Setting it replaces the whole.
   *
   * @throws {StarwiseError} when set, any `profile-…` code; and `ledger-freed`
   */
  get profile(): { readonly [key: string]: Json };
  set profile(profile: object | null);

  /** The IANA name of the zone by whose civil days it counts. */
  readonly timeZone: string;
  /** The hour at which its civil days begin. */
  readonly dayStartHour: number;
  /** How many events it keeps one by one: what was folded, and what nothing reads, left out. */
  readonly size: number;
  /**
   * The instant from which on its scores are those of all that was ever added, in epoch milliseconds: `-Infinity` for always,
   * and `Infinity` for never. Anything else than always only after `rebase`, or a merge with a ledger that was carried over.
   */
  readonly completeFrom: number;
  /** The instant before which everything was folded, in epoch milliseconds; null where nothing was. */
  readonly compactedTo: number | null;

  /** Gives the ledger's memory back; it cannot be used any more. Freeing twice does nothing. */
  free(): void;

  /** The same as `free()`, for `using`. */
  [Symbol.dispose](): void;
}

// ---- Pictures ---------------------------------------------------------------------------------------------------

export * from "./render.js";

// ---- Errors -----------------------------------------------------------------------------------------------------

/** Something wrong with what was handed over. */
export interface Fault {
  /** What kind of fault it is; stable across versions. */
  code: ErrorCode;
  /** Where it is, in the caller's own notation: `model.criteria[2].decay.halfLife`, `events[3].time`. */
  path: string;
  /** What was expected and what was found. */
  message: string;
}

/** Something in a model that is allowed and yet looks wrong. */
export interface Warning {
  /** What kind of warning it is; stable across versions. */
  code: WarningCode;
  /** Where it is, in the caller's own notation. */
  path: string;
  /** What looks wrong. */
  message: string;
}

/** The one error that starwise throws: the first fault, and all of them in `faults`. */
export class StarwiseError extends Error {
  private constructor();
  readonly name: "StarwiseError";
  /** What kind of fault it is; stable across versions. */
  readonly code: ErrorCode;
  /** Where it is, in the caller's own notation: `model.criteria[2].decay.halfLife`, `events[3].time`. */
  readonly path: string;
  /** Every fault, the first one included; more than one only for a model. */
  readonly faults: readonly Fault[];
  /** What a getter, a proxy or a `toJSON` of the caller's threw, for the codes ending in `-unreadable`; what the host said, for `start-…`. */
  readonly cause?: unknown;
}

/** Every kind of fault. */
export type ErrorCode =
  | `model-${
      | "invalid-json"
      | "too-large"
      | "too-deep"
      | "duplicate-key"
      | "unreadable"
      | "wrong-type"
      | "missing-key"
      | "unknown-key"
      | "unknown-value"
      | "out-of-range"
      | "invalid-id"
      | "duplicate-id"
      | "invalid-duration"
      | "invalid-path"
      | "invalid-text"
      | "invalid-link"
      | "invalid-placeholder"
      | "unknown-reference"
      | "not-rising"
      | "conflicting-keys"
      | "condition-too-deep"
      | "too-many-criteria"
      | "too-many-types"
      | "freed"}`
  | `history-${
      | "invalid-json"
      | "too-large"
      | "too-deep"
      | "duplicate-key"
      | "unreadable"
      | "wrong-type"
      | "missing-events"
      | "too-many-events"}`
  | `profile-${"wrong-type" | "invalid-value"}`
  | `event-${
      | "wrong-type"
      | "missing-type"
      | "invalid-type"
      | "missing-time"
      | "invalid-time"
      | "time-in-seconds"
      | "time-out-of-range"
      | "invalid-id"
      | "id-too-long"
      | "invalid-data"}`
  | `line-${"invalid-json" | "invalid-subject"}`
  | `lines-${"too-large" | "unreadable"}`
  | `columns-${
      | "wrong-type"
      | "too-large"
      | "too-deep"
      | "unreadable"
      | "length-mismatch"
      | "invalid-name"
      | "unknown-code"}`
  | `batch-${"split-subject" | "finished"}`
  | `entry-${"wrong-type" | "invalid-id" | "invalid-score" | "duplicate-id"}`
  | `leaderboard-${"invalid-option"}`
  | `options-${
      | "wrong-type"
      | "unreadable"
      | "invalid-at"
      | "invalid-time-zone"
      | "invalid-day-start-hour"
      | "invalid-on-invalid"
      | "invalid-include"
      | "invalid-locale"
      | "invalid-baseline"
      | "invalid-from"
      | "invalid-to"
      | "invalid-step"
      | "invalid-horizon"
      | "too-many-steps"
      | "invalid-replica"
      | "at-settled"
      | "missing-baseline"
      | "unknown-nudge"
      | "invalid-name"
      | "invalid-storage"
      | "invalid-save-after"
      | "invalid-listener"
      | "invalid-source"}`
  | `ledger-${"freed"}`
  | `picture-${"wrong-type" | "missing-key" | "out-of-range" | "unknown-value" | "invalid-link" | "unreadable"}`
  | `style-${
      | "wrong-type"
      | "unreadable"
      | "unknown-key"
      | "unknown-value"
      | "out-of-range"
      | "invalid-color"
      | "invalid-prefix"
      | "invalid-locale"
      | "invalid-nonce"
      | "invalid-words"}`
  | `element-${"unknown" | "unknown-property" | "invalid-attribute" | "invalid-json"}`
  | `snapshot-${"damaged" | "foreign" | "newer"}`
  | `start-${
      | "missing"
      | "wrong-type"
      | "not-found"
      | "unreachable"
      | "wrong-file"
      | "wrong-version"
      | "refused"}`;

/** Every kind of warning. */
export type WarningCode = `lint-${
  | "segment-unreachable"
  | "star-unreachable"
  | "condition-never-holds"
  | "criterion-never-counts"
  | "event-counted-twice"
  | "path-with-root"
  | "half-life-beyond-period"
  | "weights-sum"
  | "key-without-effect"}`;
