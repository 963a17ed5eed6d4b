/* The options of a call: each read once, and laid down for the core. */
import { FAULTY, faultOf, layBytes } from "./desk.js";
import { MAX_OPTIONS } from "./limits.js";
import { Packer, settled, TAG } from "./wire.js";
import { checkZone } from "./zone.js";

/** The options the core knows. All others are ignored, unread. */
const OPTIONS = ["at", "timeZone", "dayStartHour", "baseline", "onInvalid", "include", "locale"];
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
  const packer = new Packer("options", MAX_OPTIONS).run((packer) => pack(packer, options, given, now, settings));
  const length = layBytes(desk, packer.bytes);
  packer.release();
  if (desk.options(length) === FAULTY) throw faultOf(desk);
  // A name is checked even where no civil day is needed.
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return settings;
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

function pack(packer, options, given, now, settings) {
  if (typeof options !== "object" || Array.isArray(options)) return packer.value(options);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(OPTIONS.length);
  for (const name of OPTIONS) {
    packer.at(name);
    let value = (name in given ? given[name] : options?.[name]) ?? null;
    if (name === "timeZone" && value !== null && value !== "UTC") settings.timeZone = value;
    if (name === "locale" && typeof value === "string") settings.locale = value;
    if (name === "at") value ??= now;
    packer.characters(name);
    if (name === "at") packer.time(value, name);
    else packer.value(settled(value, name));
  }
  packer.leave();
}
