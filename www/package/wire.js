/*
 * Plain values as the bytes that the core reads.
 *
 * A value is a tag byte and its body, little endian; texts and lists carry their length first. It stands in for
 * `JSON.stringify`, which it follows (own enumerable keys, `toJSON`, undefined as absence), with three differences:
 * a BigInt, symbol or function is written down as what it is, so that the core can refuse it by its place, NaN and
 * Infinity stay numbers, and a lone surrogate marks its text as torn.
 *
 * Everything it reads may be hostile: a getter may throw, change what is being read, or call starwise again.
 * So each call packs with a Packer of its own, and no state is shared but buffers that lie idle.
 */
import { errorAt, quoted, stepOf } from "./error.js";
import { MAX_DEPTH, MAX_VALUES } from "./limits.js";
import { isTorn } from "./text.js";

export const TAG = {
  null: 0,
  false: 1,
  true: 2,
  number: 3,
  text: 4,
  tornText: 5,
  list: 6,
  map: 7,
  alien: 8,
  absent: 9,
  history: 10,
  events: 11,
  event: 12,
  otherEvents: 13,
};
const ALIEN = { bigint: 0, symbol: 1, function: 2 };

/** A number nearer to 1970 than this is taken for seconds; a `Date` never is, so there it crosses as a text. */
const LOOKS_LIKE_SECONDS = 1e11;

/** Texts up to this length are copied by a loop; longer ones are quicker through the encoder. Measured. */
const SHORT_TEXT = 40;
const FIRST_BUFFER = 65_536;
/** Buffers that grew beyond this are left to the garbage collector. */
const LARGEST_KEPT = 4_194_304;
const idleBuffers = [];

const utf8 = new TextEncoder();
const hasOwn = Object.prototype.hasOwnProperty;

export class Packer {
  subject;
  limit;
  root;
  buffer = idleBuffers.pop() ?? new Uint8Array(FIRST_BUFFER);
  view = new DataView(this.buffer.buffer);
  length = 0;
  values = 0;
  /** The key or position being read in each open container: the path, should something fail. */
  trail = [];
  depth = 0;
  failure;

  /**
   * @param {"model" | "history" | "options" | "picture" | "style"} subject what the codes of its errors begin with
   * @param {number} limit the largest encoding, in bytes
   * @param {string} [root] what the paths of its errors begin with
   */
  constructor(subject, limit, root = subject) {
    this.subject = subject;
    this.limit = limit;
    this.root = root;
  }

  /** From here on something else is packed. */
  turnTo(subject) {
    this.subject = subject;
    this.root = subject;
  }

  /** Runs what packs; whatever the caller's own code throws meanwhile becomes an error with its place. */
  run(pack) {
    try {
      pack(this);
      if (this.length > this.limit) throw this.tooLarge();
      return this;
    } catch (cause) {
      if (this.failure && cause === this.failure) throw cause;
      throw this.fail("unreadable", `must be readable, found ${reasonOf(cause)}`, { cause });
    }
  }

  /** What was packed; to be used before `release`. */
  get bytes() {
    return this.buffer.subarray(0, this.length);
  }

  /** Hands the buffer back for the next call. */
  release() {
    if (this.buffer.length <= LARGEST_KEPT && idleBuffers.length < 2) idleBuffers.push(this.buffer);
    this.buffer = undefined;
  }

  /** The error to throw: what is wrong with the place being read. */
  fail(fault, detail, options) {
    const code = `${this.subject}-${["options", "picture", "style"].includes(this.subject) ? "unreadable" : fault}`;
    this.failure = errorAt(code, this.path(), detail, options);
    return this.failure;
  }

  /** Opens a container: from here on `at` names the place within it. */
  enter() {
    if (this.depth === MAX_DEPTH) {
      // Named as the core names it, which reads text and has no use for a path of 64 steps either.
      this.depth = 0;
      throw this.fail("too-deep", `must nest at most ${MAX_DEPTH} deep`);
    }
    this.trail[this.depth] = undefined;
    this.depth += 1;
  }

  leave() {
    this.depth -= 1;
  }

  at(key) {
    this.trail[this.depth - 1] = key;
  }

  /** A `Date` as its milliseconds (NaN where it is invalid), anything else as it is. */
  time(value, key) {
    const date = typeof value === "object" && value !== null ? millisecondsOf(value) : undefined;
    if (date === undefined) this.value(settled(value, key));
    else if (Math.abs(date) < LOOKS_LIKE_SECONDS) this.text(new Date(date).toISOString());
    else this.number(date);
  }

  tag(tag) {
    this.reserve(1);
    this.buffer[this.length++] = tag;
  }

  count(count) {
    this.reserve(4);
    this.view.setUint32(this.length, count, true);
    this.length += 4;
  }

  number(number) {
    this.reserve(9);
    this.buffer[this.length] = TAG.number;
    this.view.setFloat64(this.length + 1, number, true);
    this.length += 9;
  }

  text(text) {
    const start = this.length;
    this.reserve(5 + text.length, 5 + text.length * 3);
    this.length += 1;
    const isTornText = !this.characters(text) && isTorn(text);
    this.buffer[start] = isTornText ? TAG.tornText : TAG.text;
  }

  /** Any settled value. */
  value(value) {
    switch (typeof value) {
      case "string":
        return this.text(value);
      case "number":
        return this.number(value);
      case "boolean":
        return this.tag(value ? TAG.true : TAG.false);
      case "undefined":
        return this.tag(TAG.absent);
      case "object":
        if (value === null) return this.tag(TAG.null);
        return Array.isArray(value) ? this.list(value) : this.map(value);
      default:
        this.tag(TAG.alien);
        return this.tag(ALIEN[typeof value]);
    }
  }

  list(list) {
    const count = list.length >>> 0;
    if (count > this.limit - this.length) throw this.tooLarge();
    this.expect(count);
    this.enter();
    this.tag(TAG.list);
    this.count(count);
    for (let position = 0; position < count; position += 1) {
      this.at(position);
      this.value(settled(list[position], position));
    }
    this.leave();
  }

  /** Numbers of a typed array; anything else as it is. */
  column(given, key) {
    if (!ArrayBuffer.isView(given) || given.length === undefined) return this.value(settled(given, key));
    const count = given.length >>> 0;
    this.expect(count);
    this.tag(TAG.list);
    this.count(count);
    for (let position = 0; position < count; position += 1) this.value(given[position]);
  }

  map(map) {
    this.enter();
    this.tag(TAG.map);
    const countAt = this.length;
    let count = 0;
    this.count(0);
    for (const key in map) {
      this.at(key);
      if (!hasOwn.call(map, key)) continue;
      const value = settled(map[key], key);
      if (value === undefined) continue;
      count += 1;
      this.expect(1);
      if (!this.characters(key) && this.subject === "model" && isTorn(key)) throw this.tornKey();
      this.value(value);
    }
    this.view.setUint32(countAt, count, true);
    this.leave();
  }

  /** A length and the text as UTF-8, lone surrogates as U+FFFD. True when it was seen to be ASCII. */
  characters(text) {
    const { length } = text;
    this.reserve(4 + length, 4 + length * 3);
    const start = this.length + 4;
    const { buffer } = this;
    let written = 0;
    if (length <= SHORT_TEXT) {
      for (; written < length; written += 1) {
        const unit = text.charCodeAt(written);
        if (unit > 127) break;
        buffer[start + written] = unit;
      }
    }
    const isAscii = written === length;
    if (!isAscii) ({ written } = utf8.encodeInto(text, buffer.subarray(start)));
    this.view.setUint32(start - 4, written, true);
    this.length = start + written;
    return isAscii;
  }

  /** Makes room for what takes at least `least` bytes and at most `most`. */
  reserve(least, most = least) {
    const needed = this.length + most;
    if (needed <= this.buffer.length) return;
    if (this.length + least > this.limit) throw this.tooLarge();
    const larger = new Uint8Array(Math.max(needed, this.buffer.length * 2));
    larger.set(this.buffer.subarray(0, this.length));
    this.buffer = larger;
    this.view = new DataView(larger.buffer);
  }

  /** A key with lone surrogates would be one with another such key: as in text, a model may not have it. */
  tornKey() {
    this.depth = 0;
    return this.fail("invalid-text", "must be well-formed Unicode, found a key with a lone surrogate");
  }

  /** Counts values that are about to be written: each takes more room in the core than here. */
  expect(count) {
    this.values += count;
    if (this.values <= MAX_VALUES) return;
    this.depth = 0;
    throw this.fail("too-large", `must hold at most ${MAX_VALUES} values, found more`);
  }

  tooLarge() {
    this.depth = 0;
    return this.fail("too-large", `must be at most ${this.limit} bytes when encoded, found more`);
  }

  path() {
    const steps = this.trail.slice(0, this.depth).filter((step) => step !== undefined);
    const path = steps.map(stepOf).join("");
    if (this.subject !== "history") return this.root + path;
    // A history's own keys stand for themselves: `events[3].time`.
    return path.startsWith(".") ? path.slice(1) : `history${path}`;
  }
}

/** What `JSON.stringify` would see in the place of a value: the result of its `toJSON`, the inside of a boxed one. */
export function settled(value, key) {
  if (typeof value !== "object" || value === null) return value;
  if (typeof value.toJSON === "function") return unboxed(value.toJSON(String(key)));
  return unboxed(value);
}

function unboxed(value) {
  const isBox =
    value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof BigInt;
  return isBox ? value.valueOf() : value;
}

/** The time of a `Date`, of this realm or another; none of anything else. */
function millisecondsOf(value) {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** What was thrown, in a few words; it may be anything, and hostile too. */
function reasonOf(thrown) {
  try {
    const text = String(thrown instanceof Error ? thrown.message : thrown);
    return `an error thrown while reading it: ${quoted(text)}`;
  } catch {
    return "an error thrown while reading it";
  }
}
