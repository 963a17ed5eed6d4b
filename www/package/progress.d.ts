/**
 * What customers can get to, and what they are told: the rules in a model, and what comes out of them.
 *
 * Part of `starwise` and `starwise/manual`; not to be imported by itself.
 */

import type { Condition, Duration, EventTypes, Json, ScoreOptions, Scores, Text } from "./index.js";

// ---- The rules: streaks, levels, badges, checklists ---------------------------------------------------------------

/**
 * Days, weeks or months in a row in which something was done often enough.
 *
 * @example { "id": "weeks", "event": "lesson.finished", "every": "week", "atLeast": 2, "freezes": 1 }
 */
export interface Streak {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the streaks. */
  id: string;
  /** What people read. */
  label?: Text;
  /** A text to show beside it, an emoji as a rule; never an address of a picture. */
  icon?: string;
  /** Which events. */
  event: EventTypes;
  /** Only events whose `data` is like this. */
  where?: Condition;
  /** The interval: civil days, ISO weeks (from Monday on), or calendar months, of the zone and day start of the options. */
  every: "day" | "week" | "month";
  /** So many matching events make an interval done; 1 by default. */
  atLeast?: number;
  /** So many missed intervals does a streak survive; 0 by default. A new streak has all of them again. */
  freezes?: number;
}

/**
 * Levels over lifetime points.
 *
 * Lifetime points are those of all enabled `event` criteria with positive points over what they counted: without period,
 * decay, limit and weights.
 */
export interface Levels {
  /**
   * How many points a level takes. `"triangular"`: 25·L·(L-1) in total for level L. `"habitica"`: from level to level what
   * Habitica asks for. `thresholds`: where level 1, 2, … begin, 1 to 1,000 rising numbers of at least 0.
   */
  curve: "triangular" | "habitica" | { thresholds: readonly number[] };
  /** What the points of the curve are multiplied by, 0.001 to 1,000,000; 1 by default. */
  base?: number;
  /** The names of level 1, 2, …; levels beyond have none. */
  names?: readonly Text[];
}

/** What earns a badge: so many events, a streak that gets so long, a level, or so many stars. */
export type BadgeAward =
  | {
      /** Which events. */
      event: EventTypes;
      /** Only events whose `data` is like this. */
      where?: Condition;
      /** How many; 1 by default. */
      count?: number;
      /** Only the first event with each value at this path of `data`. */
      uniqueBy?: string;
    }
  | {
      /** The id of a streak. */
      streak: string;
      /** How long it has to get, in its intervals. */
      length: number;
    }
  | {
      /** The level to reach; the model needs `levels`. */
      level: number;
    }
  | {
      /** How many stars, at any instant since the customer's start. */
      stars: number;
    };

/** An award that is earned once and never lost. */
export interface Badge {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the badges. */
  id: string;
  /** What people read. */
  label: Text;
  /** What it is for. */
  description?: Text;
  /** A text to show on it, an emoji as a rule; never an address of a picture. */
  icon?: string;
  /** What earns it. */
  award: BadgeAward;
}

/** What makes a step done: so many events, what the profile says now, or a criterion that counts, or holds. */
export type StepDone =
  | {
      /** Which events. */
      event: EventTypes;
      /** Only events whose `data` is like this. */
      where?: Condition;
      /** How many; 1 by default. */
      count?: number;
    }
  | {
      /** What the profile has to be like. */
      profile: Condition;
    }
  | {
      /** The id of an enabled criterion of the kind `event`, `frequency` or `filter`. */
      criterion: string;
    };

/** One thing to do. */
export interface ChecklistStep {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once in its checklist. */
  id: string;
  /** What people read. */
  label: Text;
  /** Where it can be done: http:, https:, mailto:, or relative. */
  href?: string;
  /** Whether the checklist can be done without it; false by default. */
  optional?: boolean;
  /** What makes it done. */
  done: StepDone;
}

/** Steps under one heading. */
export interface Checklist {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the checklists. */
  id: string;
  /** What people read. */
  label: Text;
  /** A text to show beside it, an emoji as a rule; never an address of a picture. */
  icon?: string;
  /** What is to be done, in order: at least one. */
  steps: readonly ChecklistStep[];
}

// ---- The rules: nudges --------------------------------------------------------------------------------------------

/** What a nudge looks like. */
export type NudgeKind = "checklist" | "tooltip" | "banner" | "survey" | "upgrade" | "reward" | "message";

/** The scale of a survey's answers. */
export interface Survey {
  /** The lowest, -100 to 100, a whole number; 0 by default. */
  from?: number;
  /** The highest, 1 to 10 above the lowest; 10 by default. */
  to?: number;
  /** What the lowest means. */
  low?: Text;
  /** What the highest means. */
  high?: Text;
}

/**
 * What all nudges have.
 *
 * `{fact}` and `{fact|otherwise}` in `title`, `body` and `cta.label` place facts; `{{` and `}}` are braces.
 */
export interface NudgeBase {
  /** 1 to 64 of `A-Z a-z 0-9 _ -`, once among the nudges. */
  id: string;
  /**
   * When: over the facts of an audience, and `trend.delta`, `trend.direction`, `level`, `streaks.<id>.current`,
   * `streaks.<id>.longest`, `streaks.<id>.freezesLeft`, `streaks.<id>.atRisk`, `badges.<id>`, `checklists.<id>.done`,
   * `checklists.<id>.share`, `nextStar.points` and `audiences.<id>`. `{}` always holds.
   */
  when: Condition;
  /** The highest is chosen, and of equal ones the first in the model; 0 by default. */
  priority?: number;
  /** At least so long from one showing of it to the next. */
  cooldown?: Duration;
  /** It is shown at most so many times. */
  maxShown?: number;
  /** How long after it was dismissed or answered it may be shown again; without it, never. */
  again?: Duration;
  /** What it says. */
  title: Text;
  /** What it says below its title. */
  body?: Text;
  /** What the customer is asked to do; `href` is http:, https:, mailto:, or relative. */
  cta?: { label: Text; href?: string };
}

/** A nudge that shows a checklist. */
export interface ChecklistNudge extends NudgeBase {
  kind: "checklist";
  /** The id of the checklist that it shows; the first of the model by default. */
  checklist?: string;
  survey?: never;
}

/** A nudge that asks for a number. */
export interface SurveyNudge extends NudgeBase {
  kind: "survey";
  /** The scale of its answers, 0 to 10 by default. */
  survey?: Survey;
  checklist?: never;
}

/** A nudge of any other kind. */
export interface PlainNudge extends NudgeBase {
  kind: Exclude<NudgeKind, "checklist" | "survey">;
  checklist?: never;
  survey?: never;
}

/**
 * Something a customer may be told.
 *
 * @example
 * { "id": "help", "kind": "message", "when": { "stars": { "lt": 2 } }, "title": "Can we help, {profile.name|friend}?" }
 */
export type Nudge = ChecklistNudge | SurveyNudge | PlainNudge;

/** What holds for all nudges together. */
export interface NudgePolicy {
  /** At most so many showings, of any nudges, in a civil day. */
  maxPerDay?: number;
  /** At least so long from one showing of any nudge to the next. */
  minGap?: Duration;
  /** From when to when nothing is shown, `["22:00", "07:00"]`, by the clock of the options' zone; the end does not belong to it. */
  quietHours?: readonly [from: string, to: string];
}

// ---- In: options --------------------------------------------------------------------------------------------------

/** How progress is to be worked out. Keys that are not here are ignored; `null` is absence. */
export interface ProgressOptions extends Pick<ScoreOptions, "at" | "timeZone" | "dayStartHour" | "baseline" | "onInvalid" | "locale"> {}

/** How a nudge is to be chosen. */
export interface NudgeOptions extends ProgressOptions {
  /** The id of the nudge that is on the screen: it stays while its condition holds and it was neither dismissed nor answered. */
  showing?: string | null;
}

/** How progress of a ledger is to be worked out: zone and beginning of days are its own. */
export interface LedgerProgressOptions extends Omit<ProgressOptions, "timeZone" | "dayStartHour" | "onInvalid"> {
  /** Another profile, for this call only; the ledger's own by default. */
  profile?: object | null;
}

/** How a nudge of a ledger is to be chosen: zone and beginning of days are its own. */
export interface LedgerNudgeOptions extends LedgerProgressOptions, Pick<NudgeOptions, "showing"> {}

// ---- Out: progress ------------------------------------------------------------------------------------------------

/** What a customer has got to at an instant. Texts are in the language of the options. */
export interface Progress {
  /** The instant it is about, in epoch milliseconds. */
  at: number;
  /** In the order of the model. */
  streaks: StreakProgress[];
  /** Null where the model has no levels. */
  level: LevelProgress | null;
  /** In the order of the model. */
  badges: BadgeProgress[];
  /** In the order of the model. */
  checklists: ChecklistProgress[];
}

/** Days, weeks or months in a row. */
export interface StreakProgress {
  /** Its id in the model. */
  id: string;
  /** Its label, in the language asked for. */
  label?: string;
  /** As the model has it. */
  icon?: string;
  /** The interval. */
  every: "day" | "week" | "month";
  /** Intervals done in a row, up to the current one or, at risk, to one before; 0 when it has ended. */
  current: number;
  /** The greatest length that it ever had, the current one included. */
  longest: number;
  /** So many events make an interval done. */
  atLeast: number;
  /** Events in the current interval so far. */
  count: number;
  /** Whether the current interval is done. */
  done: boolean;
  /** Whether the streak goes on only if the current interval gets done, or a freeze is spent on it. */
  atRisk: boolean;
  /** Missed intervals that a streak survives. */
  freezes: number;
  /** How many of them are left. */
  freezesLeft: number;
  /** When `current` falls to 0 if nothing more happens, in epoch milliseconds; null when it is 0. */
  until: number | null;
  /** The last seven intervals, oldest first; the last is the current one. */
  recent: StreakInterval[];
}

/** One day, week or month of a streak. */
export interface StreakInterval {
  /** Its first instant, in epoch milliseconds. */
  start: number;
  /**
   * Done; missed, with a freeze that keeps the streak; missed; before the first one with a matching event, when there was
   * nothing to miss yet; or the current one, not done yet.
   */
  state: "done" | "frozen" | "missed" | "before" | "open";
}

/** A level and the way to the next. */
export interface LevelProgress {
  /** The level: from 1 on, or from 0 where the first threshold is above 0. */
  level: number;
  /** Its name, in the language asked for. */
  name?: string;
  /** Lifetime points, rounded to 9 decimals. */
  points: number;
  /** The points at which this level begins; 0 for level 0. */
  from: number;
  /** The points at which the next one begins; null at the last. */
  next: number | null;
  /** The share of the way from this level to the next, 0 to 1; 1 at the last. */
  share: number;
}

/** A badge, earned or on the way. */
export interface BadgeProgress {
  /** Its id in the model. */
  id: string;
  /** Its label, in the language asked for. */
  label: string;
  /** What it is for, in the language asked for. */
  description?: string;
  /** As the model has it. */
  icon?: string;
  /** Whether it is earned; it is never lost. */
  earned: boolean;
  /** When it was earned, in epoch milliseconds; null when it is not. */
  earnedAt: number | null;
  /** What there is of what it needs, no more than that: events, the longest streak, the level or the stars of now. */
  have: number;
  /** What it needs. */
  need: number;
  /** The share of the way, 0 to 1; 1 exactly when it is earned. */
  share: number;
}

/** A checklist and its steps. */
export interface ChecklistProgress {
  /** Its id in the model. */
  id: string;
  /** Its label, in the language asked for. */
  label: string;
  /** As the model has it. */
  icon?: string;
  /** Whether all that is required is done. */
  done: boolean;
  /** When the last required step was done, in epoch milliseconds; null when it is not, or where a step has no time. */
  doneAt: number | null;
  /** The share of the required steps that are done, 0 to 1; of all steps where none is required. */
  share: number;
  /** Required steps that are done; of all steps where none is required. */
  doneSteps: number;
  /** Required steps; all of them where none is. */
  requiredSteps: number;
  /** The id of the step to take next: the first required one that is not done, else the first optional one; else null. */
  next: string | null;
  /** In the order of the model. */
  steps: StepProgress[];
}

/** One step of a checklist. */
export interface StepProgress {
  /** Its id in the checklist. */
  id: string;
  /** Its label, in the language asked for. */
  label: string;
  /** Where it can be done. */
  href?: string;
  /** Whether the checklist can be done without it. */
  optional: boolean;
  /** Whether it is done. */
  done: boolean;
  /** When it was done, in epoch milliseconds; null when it is not, and where only the profile says so. */
  doneAt: number | null;
  /** Events so far, up to those needed; only of steps that are done by events. */
  count?: number;
  /** Events needed; only of steps that are done by events. */
  need?: number;
}

// ---- Out: nudges --------------------------------------------------------------------------------------------------

/** What is to be shown, and why, and why nothing else. */
export interface NudgeDecision {
  /** The instant it is about, in epoch milliseconds. */
  at: number;
  /** What is to be shown; null for nothing. */
  nudge: ChosenNudge | null;
  /** Every nudge of the model, in its order. */
  candidates: NudgeCandidate[];
}

/** A nudge with its texts, in the language asked for and with facts in their places. */
export interface ChosenNudge {
  /** Its id in the model: what `data.nudge` of the events about it has to be. */
  id: string;
  /** What it looks like. */
  kind: NudgeKind;
  /** Its priority. */
  priority: number;
  /** What it says. */
  title: string;
  /** What it says below its title. */
  body?: string;
  /** What the customer is asked to do. */
  cta?: { label: string; href?: string };
  /** The checklist that it shows: of the kind `checklist`, in a model that has one. */
  checklist?: ChecklistProgress;
  /** The scale of its answers: of the kind `survey`. */
  survey?: { from: number; to: number; low?: string; high?: string };
}

/** A nudge of the model, and why it was chosen or not. */
export interface NudgeCandidate {
  /** Its id in the model. */
  id: string;
  /** Whether it is the one. */
  chosen: boolean;
  /** Every reason that stands, in a fixed order; `chosen` or `outranked` alone where nothing is against it. */
  reasons: NudgeReason[];
}

/** Why a nudge was chosen, or not. `message` says it in words; `until` is when it no longer stands, in epoch milliseconds. */
export type NudgeReason =
  | {
      /** Its `when` does not hold, for one fact. */
      reason: "condition";
      message: string;
      /** The path of the fact. */
      fact?: string;
      /** What was found there; null where there was nothing, or more than about 4,000 characters: `message` tells which. */
      found?: Json;
    }
  | {
      /** The customer dismissed or answered it; forever, where there is no `until`. */
      reason: "dismissed" | "answered";
      message: string;
      until?: number;
    }
  | {
      /** It was shown as often as it may be. */
      reason: "max-shown";
      message: string;
      /** How often it was shown. */
      count: number;
    }
  | {
      /** It, or any nudge, was shown a short while ago. */
      reason: "cooldown" | "min-gap";
      message: string;
      until: number;
    }
  | {
      /** The day has had its share. */
      reason: "max-per-day";
      message: string;
      /** The next day; none where nothing is ever to be shown. */
      until?: number;
    }
  | {
      /** It is late; forever, where quiet is all day long. */
      reason: "quiet-hours";
      message: string;
      until?: number;
    }
  | {
      /** Another one comes before it. */
      reason: "outranked";
      message: string;
      /** The id of that one. */
      by: string;
    }
  | {
      /** It is the one. */
      reason: "chosen";
      message: string;
    };

// ---- Leaderboards -------------------------------------------------------------------------------------------------

/** One of many, to be ranked. */
export interface LeaderboardEntry<Id extends string | number = string | number> {
  /** Who it is: a number, or a text that is not empty; once in a list. */
  id: Id;
  /** What it is ranked by: a finite number, the highest first. */
  score: number;
  /** What people read. */
  label?: string;
}

/** How a leaderboard is to be made. Keys that are not here are ignored; `null` is absence. */
export interface LeaderboardOptions<Id extends string | number = string | number> {
  /** Of scores of many: what they are ranked by; `"score"` by default. */
  by?: "score" | "points" | "stars" | null;
  /** What equal scores get: 1-2-2-4 (`"competition"`, the default), 1-2-2-3 (`"dense"`) or 1-2-3-4 (`"ordinal"`, by id). */
  ranking?: "competition" | "dense" | "ordinal" | null;
  /** Only the first so many rows, 0 for none; all by default. */
  top?: number | null;
  /** The id of a customer whose neighbourhood is wanted too. */
  around?: Id | null;
  /** How many neighbours on each side; 2 by default. */
  span?: number | null;
  /** A former leaderboard, or former ranks by id. */
  previous?: Leaderboard<Id> | { readonly [id: string]: number } | null;
  /** What people read, by id. */
  labels?: { readonly [id: string]: string } | null;
}

/** Customers in the order of their scores. */
export interface Leaderboard<Id extends string | number = string | number> {
  /** What equal scores got. */
  ranking: "competition" | "dense" | "ordinal";
  /** How many were ranked. */
  size: number;
  /** The rows that were asked for, highest first. */
  rows: LeaderboardRow<Id>[];
  /** The row of the one asked for; null where none was, or is not among them. */
  around: LeaderboardRow<Id> | null;
}

/** One row of a leaderboard. */
export interface LeaderboardRow<Id extends string | number = string | number> {
  /** Who it is. */
  id: Id;
  /** What people read. */
  label?: string;
  /** What it is ranked by. */
  score: number;
  /** The rank, from 1 on. */
  rank: number;
  /** The rank in the former leaderboard; null where it had none. */
  previousRank: number | null;
  /** How many ranks it has climbed since; negative when it fell, null where it had none. */
  movement: number | null;
  /** Whether it is the one asked for. */
  isAround: boolean;
  /** Whether rows are left out just before it. */
  gap: boolean;
}

/**
 * Ranks customers by their scores, the highest first.
 *
 * Ties stand in the order of their ids: numbers first, by number, then texts, by their bytes.
 *
 * @param entries customers with their scores, or the scores that `scoreMany` gives
 * @param options how; ranks of competitions, and all rows, by default
 * @throws {StarwiseError} any `entry-…` code at `entries[3].id`; `leaderboard-invalid-option`, `options-wrong-type`, `options-unreadable`
 * @example
 * ```ts
 * const { rows } = leaderboard([{ id: "ana", score: 80 }, { id: "bo", score: 95 }], { top: 10, around: "ana" });
 * for (const { rank, id, movement } of rows) console.log(rank, id, movement);
 * ```
 */
export function leaderboard(entries: Scores<Uint32Array>, options?: LeaderboardOptions<number> | null): Leaderboard<number>;
export function leaderboard(entries: Scores<string[]>, options?: LeaderboardOptions<string> | null): Leaderboard<string>;
export function leaderboard<Id extends string | number>(
  entries: readonly LeaderboardEntry<Id>[],
  options?: LeaderboardOptions<Id> | null,
): Leaderboard<Id>;
