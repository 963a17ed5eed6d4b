/* The options of a call: each read once, and laid down for the core. */
import { FAULTY, faultOf, layBytes } from "./desk.js";
import { reworded } from "./error.js";
import { MAX_HISTORY, MAX_OPTIONS } from "./limits.js";
import { Packer, settled, TAG } from "./wire.js";
import { checkZone } from "./zone.js";

/** Those that a ledger has settled once and for all. */
const SETTLED = ["timeZone", "dayStartHour", "onInvalid"];
/** The options that each call uses. All others are ignored, unread. */
export const MANY_OPTIONS = ["at", "baseline", ...SETTLED];
const SCORE_OPTIONS = [...MANY_OPTIONS, "include", "horizon", "locale"];
export const PROGRESS_OPTIONS = [...MANY_OPTIONS, "locale"];
export const NUDGE_OPTIONS = [...PROGRESS_OPTIONS, "showing"];
export const LEDGER_OPTIONS = ofLedger(SCORE_OPTIONS);
export const LEDGER_PROGRESS_OPTIONS = ofLedger(PROGRESS_OPTIONS);
export const LEDGER_NUDGE_OPTIONS = ofLedger(NUDGE_OPTIONS);
/** Those of a timeline and of transitions: they have no instant of their own. */
const RANGE = ["baseline", "from", "to"];
/** Those that are instants. */
const TIMES = ["at", "from", "to"];
/** An instant within these, in ms from 1970, is one for sure. */
const LEAST = 1e11;
const MOST = 8.64e15;
const PLAIN = { timeZone: undefined, locale: undefined };

/** Lays the options down: `at` is `now` where it is not given. Gives those that the face has to look after itself. */
export function layOptions(desk, options, now, names = SCORE_OPTIONS) {
  const given = {};
  if (saysOnlyAt(options, given, now, names)) {
    desk.at(given.at);
    return PLAIN;
  }
  const settings = { ...PLAIN };
  take(desk, (packer) => pack(packer, options, names, { given, settings, defaults: { at: now } }), names.includes("profile") ? MAX_HISTORY : MAX_OPTIONS);
  // A name is checked even where no civil day is needed.
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return settings;
}

/** Lays down from when to when, in which steps, and the options beside; a ledger's, or those of any history. */
export function layRange(desk, options, hasSteps, isLedger) {
  const settings = { ...PLAIN };
  const names = ["at", ...(isLedger ? [] : SETTLED), ...RANGE, ...(hasSteps ? ["step"] : [])];
  // The core asks for an instant; none is used.
  take(desk, (packer) => pack(packer, options ?? {}, names, { given: { at: LEAST }, settings, defaults: {} }));
  const end = desk.range(hasSteps);
  if (Number.isNaN(end)) throw faultOf(desk);
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return { timeZone: settings.timeZone, from: desk.range_from(), step: desk.range_step() };
}

/** Lays down what a new ledger is told beside its model; gives the name of its time zone. */
export function layLedgerOptions(desk, options, replica) {
  return layNamed(desk, options, ["timeZone", "dayStartHour", "profile", "replica"], { replica }).timeZone ?? "UTC";
}

/** Lays down how a snapshot is to be taken over. */
export function layRestoreOptions(desk, options, replica) {
  layNamed(desk, options, ["rebase", "replica"], { replica });
}

function ofLedger(names) {
  return [...names.filter((name) => !SETTLED.includes(name)), "profile"];
}

function layNamed(desk, options, names, defaults) {
  const settings = { ...PLAIN };
  take(desk, (packer) => pack(packer, options ?? {}, ["at", ...names], { given: { at: LEAST }, settings, defaults }), MAX_HISTORY);
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return settings;
}

/** Lays an instant down that a caller gives by another name than `at`; gives it in epoch ms. */
export function layInstant(desk, instant, name) {
  try {
    layOptions(desk, { at: instant ?? null }, Number.NaN);
  } catch (error) {
    throw reworded(error, (text) => text.replace("options.at", name));
  }
  return desk.instant();
}

function take(desk, work, limit = MAX_OPTIONS) {
  const packer = new Packer("options", limit).run(work);
  const length = layBytes(desk, packer.bytes);
  packer.release();
  if (desk.options(length) === FAULTY) throw faultOf(desk);
}

/** Whether options say nothing but an instant, if that, and are as plain as can be; what was read of them is `given`. */
function saysOnlyAt(options, given, now, names) {
  if (options === undefined || options === null) {
    given.at = now;
    return true;
  }
  try {
    if (typeof options !== "object" || Object.getPrototypeOf(options) !== Object.prototype) return false;
    for (const key in options) if (names.includes(key) && key !== "at") return false;
    given.at = options.at;
    const isPlain = typeof given.at === "number" && Math.abs(given.at) >= LEAST && Math.abs(given.at) <= MOST;
    return isPlain;
  } catch {
    // What throws here throws again on the careful way, and is given its place.
    return false;
  }
}

function pack(packer, options, names, { given, settings, defaults }) {
  if (typeof options !== "object" || Array.isArray(options)) return packer.value(options);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(names.length);
  for (const name of names) {
    packer.at(name);
    const value = (name in given ? given[name] : options?.[name]) ?? defaults[name] ?? null;
    if (name === "timeZone" && value !== null && value !== "UTC") settings.timeZone = value;
    if (name === "locale" && typeof value === "string") settings.locale = value;
    packer.characters(name);
    if (TIMES.includes(name)) packer.time(value, name);
    else packer.value(settled(value, name));
  }
  packer.leave();
}
