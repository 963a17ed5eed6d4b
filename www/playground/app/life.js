/*
 * The lives that can be led here, as plain records: the customer of Taskwise that the user plays, and those of the
 * playbook. A life is `{ name, shift, heldAt, timeZone, dayStartHour, locale, rules, profile, product, log, isLogWhole, isToFill,
 * showing, exposed, play }`; its events are in the ledger of that name, and in its log as they were. Its clock is the real one,
 * moved by `shift`, or stands at `heldAt`. `isToFill` says that the ledger has yet to be filled from the log.
 */
import { LOCALE } from "../words.js";
import { daysLater } from "./wall.js";

/** When the first day of a life begins, and every day that is jumped to. */
export const MORNING = "09:30:00";
/** How many events the log goes back: a ledger that has to begin anew is filled from it. */
const MOST_LOGGED = 2000;

/** The first day of somebody who has just signed up for Taskwise. */
export function ownLife(rules) {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const morning = daysLater(Date.now(), 0, timeZone, MORNING);
  return {
    ...blankLife("taskwise"),
    shift: morning - Date.now(),
    timeZone,
    rules,
    profile: { name: "Robin", plan: "free", filesUsed: 40, filesRoom: 200, reminders: false, createdAt: morning },
    product: { tasks: [], members: [], view: "tasks", nextTask: 1, review: null },
  };
}

/** The first day of a customer whom a backend keeps: its clock is the real one. */
export function backendLife(rules, customer) {
  const life = ownLife(rules);
  return { ...life, customer, shift: 0, profile: { ...life.profile, createdAt: Date.now() } };
}

/** A customer of the playbook at one of the moments that the play tells about. */
export function playLife({ play, rules, customer, moment }) {
  const { at, options } = customer.moments[moment];
  return {
    ...blankLife(`play-${play.id}`),
    timeZone: options?.timeZone ?? "UTC",
    dayStartHour: options?.dayStartHour ?? 0,
    locale: options?.locale ?? LOCALE,
    rules,
    showing: options?.showing ?? null,
    exposed: options?.showing ?? null,
    profile: customer.history.profile ?? {},
    play: { id: play.id, customer: customer.name, moment },
    heldAt: Date.parse(at),
  };
}

/** Puts some more events into the log of a life, the latest first. */
export function log(life, entries) {
  const whole = [...entries, ...life.log];
  Object.assign(life, { log: whole.slice(0, MOST_LOGGED), isLogWhole: life.isLogWhole && whole.length <= MOST_LOGGED });
}

/** Everything that ever happened in a life, as its ledger got it; null where the log does not go back so far. */
export function eventsOf(life) {
  if (!life.isLogWhole) return null;
  return life.log.filter(({ isProfile }) => !isProfile).map(({ before, after, ...event }) => event).toReversed();
}

/** A name for a ledger that nothing was ever kept under. */
export function newName(kind) {
  return `${kind}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

function blankLife(kind) {
  const clock = { shift: 0, heldAt: null, dayStartHour: 0 };
  return { ...clock, name: newName(kind), locale: LOCALE, log: [], isLogWhole: true, isToFill: false, showing: null, exposed: null, play: null };
}
