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
  const instant = plainInstant(options, now);
  if (instant !== undefined) {
    desk.at(instant);
    return PLAIN;
  }
  const settings = { ...PLAIN };
  const packer = new Packer("options", MAX_OPTIONS).run((packer) => pack(packer, options, now, settings));
  const length = layBytes(desk, packer.bytes);
  packer.release();
  if (desk.options(length) === FAULTY) throw faultOf(desk);
  // A name is checked even where no civil day is needed.
  if (settings.timeZone !== undefined) checkZone(settings.timeZone);
  return settings;
}

/** The instant of options that say nothing else and are as plain as can be; none of any others. */
function plainInstant(options, now) {
  if (options === undefined || options === null) return now;
  try {
    if (typeof options !== "object" || Object.getPrototypeOf(options) !== Object.prototype) return undefined;
    for (const key in options) if (OPTIONS.includes(key) && key !== "at") return undefined;
    const { at } = options;
    const isPlain = typeof at === "number" && Math.abs(at) >= LEAST && Math.abs(at) <= MOST;
    return isPlain ? at : undefined;
  } catch {
    // What throws here throws again on the careful way, and is given its place.
    return undefined;
  }
}

function pack(packer, options, now, settings) {
  if (typeof options !== "object" || Array.isArray(options)) return packer.value(options);
  packer.enter();
  packer.tag(TAG.map);
  packer.count(OPTIONS.length);
  for (const name of OPTIONS) {
    packer.at(name);
    let value = options?.[name] ?? null;
    if (name === "timeZone" && value !== null && value !== "UTC") settings.timeZone = value;
    if (name === "locale" && typeof value === "string") settings.locale = value;
    if (name === "at") value ??= now;
    packer.characters(name);
    if (name === "at") packer.time(value, name);
    else packer.value(settled(value, name));
  }
  packer.leave();
}
