/*
 * The quick way in for objects: types, times, ids and the few values that the model reads, straight into the rows of
 * a desk, while everything else is only looked at. It takes what is plain and sound, and gives up on anything else
 * (`false`), which the careful way (wire.js) then reads from the beginning: that one knows the words for every fault.
 */
import { refresh } from "./desk.js";
import { MAX_EVENTS } from "./limits.js";
import { isTorn } from "./text.js";
import { packProfile } from "./input.js";

/** Numbers nearer to 1970 than this look like seconds. */
const LOOKS_LIKE_SECONDS = 1e11;
const MAX_ID_LENGTH = 256;
/** Data with more text than this in one event, with more values in all of them, or deeper, is for the careful way. */
const MAX_TEXT = 1_048_576;
const MAX_WALKED = 10_000_000;
const MAX_WALK = 50;
const FIRST_TEXTS = 4096;

const KEYS = ["events", "profile", "type", "time", "id", "data", "toJSON"];
const KIND = { null: 0, false: 1, true: 2, number: 3, text: 4, time: 5 };
/** Numbers of one cell: row, column, kind and two more. */
const CELL = 5;

const utf8 = new TextEncoder();
const plain = Object.prototype;
const { getPrototypeOf } = Object;
const { propertyIsEnumerable: isEnumerable } = plain;
const { getTime } = Date.prototype;

/** Lays a history down and has it taken: the core's answer, or false where it is not for the quick way. `core` gives the living model. */
export function layHistory(desk, core, plan, history) {
  if (isPolluted() || !isPlain(history) || !hasOwn(history, "events") || !Array.isArray(history.events)) return false;
  const { events } = history;
  const profile = hasOwn(history, "profile") ? history.profile : undefined;
  const count = events.length;
  const isCount = Number.isInteger(count) && count >= 0 && count <= MAX_EVENTS;
  if (!isCount || events.toJSON !== undefined || plan.hasReplacement) return false;
  const work = new Laying(desk, plan);
  desk.lay(core(), count);
  // What was read may have changed what all objects have.
  if (!work.events(events, count) || isPolluted()) return false;
  if (profile === undefined || profile === null) return work.take(core());
  const packed = packProfile(profile);
  try {
    return work.take(core(), packed.bytes);
  } finally {
    packed.release();
  }
}

/** Whether every object has keys that are not its own. */
function isPolluted() {
  for (const _ in plain) return true;
  return KEYS.some((key) => key in plain);
}

function isPlain(value) {
  if (typeof value !== "object" || value === null) return false;
  const prototype = getPrototypeOf(value);
  return (prototype === plain || prototype === null) && value.toJSON === undefined;
}

/** Whether a key is the object's own and to be seen. */
function hasOwn(object, key) {
  return isEnumerable.call(object, key);
}

class Laying {
  desk;
  plan;
  /** Types that the model does not name, by number. */
  others;
  /** Spans of their names. */
  names = [];
  cells = [];
  /** Where the texts are, how many bytes there is room for, and how many are written. */
  texts = 0;
  room = 0;
  length = 0;
  /** Where the ids are; 0 as long as there is none. */
  ids = 0;
  row = 0;
  /** Values that were looked at, and the text in the data of the event at hand. */
  walked = 0;
  seen = 0;
  /** Views of the memory. To ask whether they still hold is dear, so that is done only after it may have grown. */
  u8;
  u32;
  f64;

  constructor(desk, plan) {
    this.desk = desk;
    this.plan = plan;
  }

  /** Whether the memory grew by the caller's own doing: what was written since went nowhere. */
  isLost = false;

  /** Asked before every call that may itself make the memory grow: what has grown leaves views of nothing behind. */
  check() {
    if (this.f64.length === 0) this.isLost = true;
  }

  look() {
    ({ u8: this.u8, u32: this.u32, f64: this.f64 } = refresh());
  }

  events(events, count) {
    const { types, reads } = this.plan;
    const last = reads.length - 1;
    const firstTime = this.desk.times() >>> 3;
    const firstType = this.desk.types() >>> 2;
    this.look();
    let { f64, u32 } = this;
    for (let row = 0; row < count; row += 1) {
      const event = events[row];
      if (typeof event !== "object" || event === null) return false;
      // Read at one place, where all events look alike, these are a handful of instructions.
      const { type, time, id, data, toJSON } = event;
      const prototype = getPrototypeOf(event);
      if ((prototype !== plain && prototype !== null) || toJSON !== undefined) return false;
      let number = types.get(type);
      const isOther = number === undefined;
      if (isOther || (typeof time !== "number") | (id !== undefined) | (data !== undefined)) {
        // What is less common, and may ask for memory.
        this.row = row;
        if (isOther) number = this.other(type);
        if (number < 0) return false;
        if (id !== undefined && id !== null && !this.id(id)) return false;
        if (data !== undefined && data !== null && !this.data(data, reads[isOther ? last : number])) return false;
        const millis = typeof time === "number" ? time : this.time(time);
        ({ f64, u32 } = this);
        f64[firstTime + row] = millis;
      } else {
        f64[firstTime + row] = time;
      }
      u32[firstType + row] = number;
    }
    this.check();
    return !this.isLost;
  }

  /** A type that the model does not name; -1 for what is none. */
  other(type) {
    if (typeof type !== "string" || type === "") return -1;
    this.others ??= new Map();
    let number = this.others.get(type);
    if (number === undefined) {
      if (isTorn(type)) return -1;
      number = this.plan.types.size + this.others.size;
      this.others.set(type, number);
      const start = this.length;
      this.names.push(start, this.text(type));
    }
    return number;
  }

  /** Epoch ms of a `Date`; a text is left to the core, and anything else is NaN, which no time is. */
  time(time) {
    if (typeof time === "string" && time.length < 64) {
      const start = this.length;
      this.cell(0, KIND.time, start, this.text(time));
      return LOOKS_LIKE_SECONDS;
    }
    if (!(time instanceof Date)) return Number.NaN;
    const millis = getTime.call(time);
    return Math.abs(millis) < LOOKS_LIKE_SECONDS ? Number.NaN : millis;
  }

  id(id) {
    if (typeof id !== "string" || id.length > MAX_ID_LENGTH) return false;
    const start = this.length;
    const length = this.text(id);
    if (length > MAX_ID_LENGTH || (length !== id.length && isTorn(id))) return false;
    if (this.ids === 0) {
      this.check();
      this.ids = this.desk.ids() >>> 2;
      this.look();
    }
    const at = this.ids + 2 * this.row;
    this.u32[at] = start;
    this.u32[at + 1] = length;
    return true;
  }

  data(data, isRead) {
    this.seen = 0;
    return isPlain(data) && this.object(data, isRead ? this.plan.tree : undefined, 0);
  }

  /** Walks an object's own values: those that paths lead to are laid, all are checked. */
  object(object, node, depth) {
    if (depth > MAX_WALK) return false;
    for (const key in object) {
      this.seen += key.length;
      if (!this.value(object[key], node?.get(key), depth)) return false;
    }
    return true;
  }

  value(value, node, depth) {
    if ((this.walked += 1) > MAX_WALKED) return false;
    switch (typeof value) {
      case "string":
        if ((this.seen += value.length) > MAX_TEXT) return false;
        if (node?.column >= 0) {
          const start = this.length;
          this.cell(node.column, KIND.text, start, this.text(value));
        }
        return true;
      case "number":
        if (node?.column >= 0) this.cell(node.column, KIND.number, value, 0);
        return true;
      case "boolean":
        if (node?.column >= 0) this.cell(node.column, value ? KIND.true : KIND.false, 0, 0);
        return true;
      case "undefined":
        return true;
      case "object":
        if (value === null) {
          if (node?.column >= 0) this.cell(node.column, KIND.null, 0, 0);
          return true;
        }
        // A list or an object that is read itself is rare enough for the careful way.
        if (node?.column >= 0) return false;
        if (Array.isArray(value)) return value.toJSON === undefined && this.list(value, depth + 1);
        return isPlain(value) && this.object(value, node, depth + 1);
      default:
        return false;
    }
  }

  list(list, depth) {
    if (depth > MAX_WALK) return false;
    for (let place = 0; place < list.length; place += 1) {
      if (!this.value(list[place], undefined, depth)) return false;
    }
    return true;
  }

  cell(column, kind, one, two) {
    this.cells.push(this.row, column, kind, one, two);
  }

  /** Writes a text behind the others; gives its length in bytes. */
  text(text) {
    const { length } = text;
    if (this.length + 3 * length > this.room) this.grow(3 * length);
    const { u8 } = this;
    const start = this.texts + this.length;
    let written = 0;
    for (; written < length; written += 1) {
      const unit = text.charCodeAt(written);
      if (unit > 127) break;
      u8[start + written] = unit;
    }
    if (written < length) ({ written } = utf8.encodeInto(text, u8.subarray(start, start + 3 * length)));
    this.length += written;
    return written;
  }

  grow(needed) {
    this.room = Math.max(2 * this.room, this.length + needed, FIRST_TEXTS);
    this.check();
    this.texts = this.desk.texts(this.room);
    this.look();
  }

  /** Hands it all over. */
  take(core, profile) {
    const { names, cells, desk } = this;
    const spans = names.length * 4;
    const laid = spans + cells.length * 8;
    const at = desk.room(laid + (profile?.length ?? 0));
    const { u8, u32, f64 } = refresh();
    for (let place = 0; place < names.length; place += 1) u32[(at >>> 2) + place] = names[place];
    const firstCell = (at + spans) >>> 3;
    for (let place = 0; place < cells.length; place += 1) f64[firstCell + place] = cells[place];
    if (profile) u8.set(profile, at + laid);
    return desk.take_laid(core, names.length / 2, cells.length / CELL, profile?.length ?? 0);
  }
}
