/* The options of a call: each read once, and laid down for the core. */
import { FAULTY, faultOf, layBytes } from "./desk.js";
import { StarwiseError } from "./error.js";
import { MAX_OPTIONS } from "./limits.js";
import { Packer, settled, TAG } from "./wire.js";
import { checkZone } from "./zone.js";

/** The options the core knows. All others are ignored, unread. */
const OPTIONS = ["at", "timeZone", "dayStartHour", "baseline", "onInvalid", "include", "horizon", "locale"];
/** Those of a timeline and of transitions: they have no instant of their own. */
const RANGE = ["timeZone", "dayStartHour", "baseline", "onInvalid", "from", "to", "step"];
/** Those that are instants. */
const TIMES = ["at", "from", "to"];
/** An instant within these, in ms from 1970, is one for sure. */
const LEAST = 1e11;
const MOST = 8.64e15;
const PLAIN = { timeZone: undefined, locale: undefined };

/** Lays the options down: `at` is `now` where it is not given. Gives those that the face has to look after itself. */
export function layOptions(desk, options, now) {
  const given = {};
  if (saysOnlyAt(options, given, now)) {
    desk.at(given.at);
    return PLAIN;
  }
  const settings = { ...PLAIN };
  take(desk, (packer) => pack(packer, options, OPTIONS, { given, now, settings }));
  // A name is checked even where no civil day is needed.
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return settings;
}

/** Lays down from when to when, in which steps, and the options beside. */
export function layRange(desk, options, hasSteps) {
  const settings = { ...PLAIN };
  // The core asks for an instant; none is used.
  const length = take(desk, (packer) => pack(packer, options ?? {}, ["at", ...RANGE], { given: { at: LEAST }, settings }));
  const end = desk.range(length, hasSteps);
  if (Number.isNaN(end)) throw faultOf(desk);
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return { timeZone: settings.timeZone, from: desk.range_from(), step: desk.range_step() };
}

/** Lays down what a new ledger is told beside its model; gives the length. */
export function layLedgerOptions(desk, options, replica) {
  const settings = { ...PLAIN };
  const given = { at: LEAST };
  const names = ["at", "timeZone", "dayStartHour", "profile", "replica"];
  const length = take(desk, (packer) =>
    pack(packer, { ...options, replica: options?.replica ?? replica, timeZone: options?.timeZone ?? "UTC" }, names, { given, settings }),
  );
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return length;
}

/** Lays an instant down that a caller gives by another name than `at`; gives it in epoch ms. */
export function layInstant(desk, instant, name) {
  try {
    layOptions(desk, { at: instant ?? null }, Number.NaN);
  } catch (error) {
    if (!(error instanceof StarwiseError)) throw error;
    const rename = (text) => text.replace("options.at", name);
    const faults = error.faults.map(({ code, path, message }) => ({ code, path: rename(path), message: rename(message) }));
    throw new StarwiseError(faults, { cause: error.cause });
  }
  return desk.instant();
}

function take(desk, work) {
  const packer = new Packer("options", MAX_OPTIONS).run(work);
  const length = layBytes(desk, packer.bytes);
  packer.release();
  if (desk.options(length) === FAULTY) throw faultOf(desk);
  return length;
}

/** Whether options say nothing but an instant, if that, and are as plain as can be; what was read of them is `given`. */
function saysOnlyAt(options, given, now) {
  if (options === undefined || options === null) {
    given.at = now;
    return true;
  }
  try {
    if (typeof options !== "object" || Object.getPrototypeOf(options) !== Object.prototype) return false;
    for (const key in options) if (OPTIONS.includes(key) && key !== "at") return false;
    given.at = options.at;
    const isPlain = typeof given.at === "number" && Math.abs(given.at) >= LEAST && Math.abs(given.at) <= MOST;
    return isPlain;
  } catch {
    // What throws here throws again on the careful way, and is given its place.
    return false;
  }
}

function pack(packer, options, names, { given, now, settings }) {
  if (typeof options !== "object" || Array.isArray(options)) return packer.value(options);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(names.length);
  for (const name of names) {
    packer.at(name);
    let value = (name in given ? given[name] : options?.[name]) ?? null;
    if (name === "timeZone" && value !== null && value !== "UTC") settings.timeZone = value;
    if (name === "locale" && typeof value === "string") settings.locale = value;
    if (name === "at") value ??= now;
    packer.characters(name);
    if (TIMES.includes(name)) packer.time(value, name);
    else packer.value(settled(value, name));
  }
  packer.leave();
}
