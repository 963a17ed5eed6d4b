/* A ledger as a caller meets it: events as they come, scored at any instant, merged, and turned into bytes and back. */
import { atDesk, FAULTY, faultOf, layBytes, refresh, textOf } from "./desk.js";
import { errorAt, quoted } from "./error.js";
import { takeEvents } from "./history.js";
import { packProfile } from "./input.js";
import { MAX_HISTORY } from "./limits.js";
import { insideOf } from "./model.js";
import { namesOf } from "./names.js";
import {
  layInstant, layLedgerOptions, layOptions, layRange, layRestoreOptions, LEDGER_NUDGE_OPTIONS, LEDGER_OPTIONS, LEDGER_PROGRESS_OPTIONS,
} from "./options.js";
import { resultOf, settledOf } from "./result.js";
import { timelineOf, transitionsOf } from "./time.js";
import { checkZone, layZone, spanOf } from "./zone.js";

/** Any instant; where a call needs the options of a desk to be plain ones. */
const ANY_INSTANT = 1e11;

/** Stands for the model where an object of this class is made from what is there already. */
const MADE = Symbol("made");

export class Ledger {
  #core;
  /** The model, which may be freed outside. */
  #model;
  #plan;
  #timeZone;
  /** The first and the last time whose offsets from UTC the core knows. */
  #covered = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(model, options) {
    if (model === MADE) return this.#become(options);
    partsOf(model);
    atDesk((desk) => {
      const timeZone = layLedgerOptions(desk, options, randomName());
      // Asked for again, because a getter of the caller's may have freed it.
      const { core, plan } = partsOf(model);
      const made = desk.ledger(core);
      if (!made) throw faultOf(desk);
      this.#become({ core: made, plan, timeZone });
    });
  }

  static fromBytes(model, bytes, options) {
    partsOf(model);
    return atDesk((desk) => {
      layRestoreOptions(desk, options, randomName());
      const length = layBytes(desk, bytesOf(bytes));
      if (!desk.snapshot_zone(length)) throw faultOf(desk);
      const timeZone = textOf(desk);
      if (timeZone !== "UTC") checkZone(timeZone);
      const { core, plan } = partsOf(model);
      const made = desk.restore(core, length);
      if (!made) throw faultOf(desk);
      return ledgerOf({ core: made, plan, timeZone });
    });
  }

  add(events) {
    atDesk((desk) => {
      this.#take(desk, events);
      if (desk.add(this.#living()) === FAULTY) throw faultOf(desk);
    });
  }

  score(options) {
    return atDesk((desk) => {
      const settings = layOptions(desk, options, Date.now(), LEDGER_OPTIONS);
      this.#cover(desk, [desk.instant()]);
      if (desk.score_ledger(this.#living()) === FAULTY) throw faultOf(desk);
      return this.#result(desk, settings);
    });
  }

  whatIf(extra, options) {
    return atDesk((desk) => {
      // First the events: a desk has but one set of options.
      this.#take(desk, extra, "extra");
      const settings = layOptions(desk, options, Date.now(), LEDGER_OPTIONS);
      this.#cover(desk, [desk.instant(), desk.first_time(), desk.last_time()]);
      if (desk.what_if(this.#living()) === FAULTY) throw faultOf(desk);
      return this.#result(desk, settings);
    });
  }

  progress(options) {
    return atDesk((desk) => {
      layOptions(desk, options, Date.now(), LEDGER_PROGRESS_OPTIONS);
      this.#cover(desk, spanOf(this.#plan, Number.NaN, desk.instant()));
      if (desk.progress_of(this.#living()) === FAULTY) throw faultOf(desk);
      return JSON.parse(textOf(desk));
    });
  }

  nudge(options) {
    return atDesk((desk) => {
      layOptions(desk, options, Date.now(), LEDGER_NUDGE_OPTIONS);
      this.#cover(desk, spanOf(this.#plan, Number.NaN, desk.instant()));
      if (desk.nudge_of(this.#living()) === FAULTY) throw faultOf(desk);
      return JSON.parse(textOf(desk));
    });
  }

  timeline(options) {
    return this.#ask(options, true, timelineOf);
  }

  transitions(options) {
    return this.#ask(options, false, transitionsOf);
  }

  merge(other) {
    if (other === this) return;
    atDesk((desk) => {
      const isLedger = typeof other === "object" && other !== null && #core in other;
      const answer = isLedger
        ? desk.merge(this.#living(), other.#living())
        : desk.merge_bytes(this.#living(), layBytes(desk, bytesOf(other)));
      if (answer === FAULTY) throw faultOf(desk);
    });
  }

  compact(before) {
    atDesk((desk) => {
      const instant = layInstant(desk, before, "before");
      this.#cover(desk);
      this.#living().compact(instant);
    });
  }

  toBytes() {
    return atDesk((desk) => {
      desk.snapshot(this.#living());
      const start = desk.bytes();
      const bytes = refresh().u8.slice(start, start + desk.bytes_length());
      desk.drop_bytes();
      return bytes;
    });
  }

  get profile() {
    return atDesk((desk) => {
      desk.profile_of(this.#living());
      return JSON.parse(textOf(desk));
    });
  }

  set profile(profile) {
    atDesk((desk) => {
      const length = layProfile(desk, profile);
      if (desk.set_profile(this.#living(), length) === FAULTY) throw faultOf(desk);
    });
  }

  get timeZone() {
    this.#living();
    return this.#timeZone;
  }

  get dayStartHour() {
    return this.#living().day_start_hour();
  }

  get size() {
    return this.#living().size();
  }

  get completeFrom() {
    return this.#living().complete_from();
  }

  get compactedTo() {
    const instant = this.#living().compacted_to();
    return Number.isNaN(instant) ? null : instant;
  }

  free() {
    this.#core?.free();
    this.#model?.free();
    this.#core = undefined;
    this.#model = undefined;
  }

  #become({ core, plan, timeZone }) {
    this.#core = core;
    this.#model = core.model();
    this.#plan = plan;
    this.#timeZone = timeZone;
  }

  #living() {
    if (this.#core) return this.#core;
    throw errorAt("ledger-freed", "ledger", "must not be used after `free()`");
  }

  #take(desk, events, name) {
    this.#living();
    desk.at(ANY_INSTANT);
    const isList = name !== undefined || isMany(events);
    takeEvents(desk, () => this.#model ?? this.#living(), this.#plan, isList ? events : [events], name ?? (isList ? "events" : "event"));
  }

  /** Tells the core the offsets from UTC of all times that it may count by civil days. */
  #cover(desk, more = []) {
    const core = this.#living();
    if (this.#timeZone === "UTC" || !(this.#plan.civilDays || this.#plan.daysAhead > 0)) return;
    const times = [core.first_time(), core.last_time(), ...more].filter((time) => !Number.isNaN(time));
    const first = Math.min(this.#covered[0], ...times);
    const last = Math.max(this.#covered[1], ...times);
    if (times.length === 0 || (first === this.#covered[0] && last === this.#covered[1])) return;
    layZone(desk, this.#timeZone, first, last);
    core.set_zone(desk);
    this.#covered = [first, last];
  }

  #result(desk, settings) {
    const result = resultOf(desk, namesOf(desk, this.#model, this.#plan, settings.locale));
    result.ignored.settled = settledOf(desk);
    return result;
  }

  #ask(options, hasSteps, answerOf) {
    return atDesk((desk) => {
      const range = layRange(desk, options, hasSteps, true);
      this.#cover(desk);
      const count = desk.ask_ledger(this.#living());
      if (count < 0) throw faultOf(desk);
      return answerOf(desk, count, range, this.#plan);
    });
  }
}

// Where the host has it; elsewhere `free()` is the way.
if (Symbol.dispose) {
  Object.defineProperty(Ledger.prototype, Symbol.dispose, {
    value: Ledger.prototype.free,
    configurable: true,
    writable: true,
  });
}

/** Outside of the class: a bundler renames a class that names itself, and every log would show that. */
function ledgerOf(inside) {
  return new Ledger(MADE, inside);
}

function partsOf(model) {
  const inside = insideOf(model);
  if (inside) return inside;
  throw errorAt("model-wrong-type", "model", "must be a `Model`");
}

function layProfile(desk, profile) {
  const packed = packProfile(profile);
  const length = layBytes(desk, packed.bytes);
  packed.release();
  return length;
}

/** The bytes of a snapshot, however they are held. */
function bytesOf(bytes) {
  const found = viewOf(bytes);
  if (found && found.length <= MAX_HISTORY) return found;
  const what = found ? `${found.length} bytes` : typeof bytes === "string" ? quoted(bytes) : `a value of type ${typeof bytes}`;
  throw errorAt("snapshot-damaged", "bytes", `must be the bytes of a snapshot, found ${what}`);
}

function viewOf(bytes) {
  try {
    if (ArrayBuffer.isView(bytes)) return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const isBuffer = /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(bytes));
    return isBuffer ? new Uint8Array(bytes) : undefined;
  } catch {
    // A proxy that refuses, or one that only says that it is a buffer.
    return undefined;
  }
}

/** Whether these are several events; what cannot be told is left to the way in, which says why. */
function isMany(events) {
  try {
    return Array.isArray(events);
  } catch {
    return true;
  }
}

/** A name that no other ledger has. */
function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
