/* Many customers at once: columns or NDJSON in, columns out, whole or in chunks. */
import { takeColumns } from "./columns.js";
import { atDesk, FAULTY, faultOf, refresh, textOf } from "./desk.js";
import { errorAt } from "./error.js";
import { MAX_HISTORY } from "./limits.js";
import { layOptions, MANY_OPTIONS } from "./options.js";
import { bytesOf, layText } from "./text.js";
import { layZone } from "./zone.js";

/** Bytes between two reports of progress, and looks at the signal. */
const SLICE = 4_194_304;
const LINE_FEED = 10;

/** Scores all customers of columns or NDJSON. */
export function scoreMany(core, plan, input, options) {
  const watch = watchOf(options);
  return atDesk((desk) => {
    const settings = layOptions(desk, options, Date.now(), MANY_OPTIONS);
    return scoreAt(desk, core, plan, input, { settings, watch });
  });
}

/** Chunk by chunk: `push` as often as there is more, then `finish`. */
export class Batch {
  #core;
  #plan;
  #options;
  #watch;
  #parts = [];
  #seen = new Set();
  #held = new Uint8Array(0);
  /** Bytes that were held when nothing could be taken of them: not looked at again before there are twice as many. */
  #patience = 0;
  #line = 0;
  /** Bytes or rows that were handed over. */
  #done = 0;
  #isOver = false;

  constructor(core, plan, options) {
    this.#core = core;
    this.#plan = plan;
    // What is wrong with them is told before anything is pushed.
    atDesk((desk) => layOptions(desk, options, Date.now(), MANY_OPTIONS));
    // Every chunk is scored at the same instant.
    this.#options = { ...options, at: options?.at ?? Date.now() };
    this.#watch = watchOf(options);
  }

  /** Takes columns with all rows of their customers, or any piece of NDJSON in which the lines of a customer stand together. */
  push(input) {
    if (this.#isOver) throw errorAt("batch-finished", "batch", "must not be used after `finish()`");
    const bytes = bytesOf("lines", input, MAX_HISTORY);
    if (bytes) this.#pushLines(bytes);
    else this.#take(input, {});
    this.#done += bytes ? bytes.length : input.subjects.length;
    this.#watch.tell(this.#done, undefined);
  }

  /** The scores of all customers. */
  finish() {
    if (!this.#isOver && this.#held.length > 0) this.#take(this.#held, { first: this.#line });
    this.#isOver = true;
    this.#held = new Uint8Array(0);
    return joined(this.#parts, this.#plan);
  }

  #pushLines(bytes) {
    const all = new Uint8Array(this.#held.length + bytes.length);
    all.set(this.#held);
    all.set(bytes, this.#held.length);
    this.#held = all;
    const end = all.lastIndexOf(LINE_FEED) + 1;
    if (end === 0 || all.length < this.#patience) return;
    const { offset, line } = this.#take(all.subarray(0, end), { first: this.#line, mayGoOn: true });
    this.#line = line;
    this.#held = all.slice(offset);
    this.#patience = offset === 0 ? 2 * all.length : 0;
  }

  #take(input, range) {
    return atDesk((desk) => {
      const settings = layOptions(desk, this.#options, 0, MANY_OPTIONS);
      const watch = { ...this.#watch, tell() {} };
      const scores = scoreAt(desk, this.#core, this.#plan, input, { settings, watch, ...range });
      for (const subject of scores.subjects) {
        if (this.#seen.has(subject)) throw splitSubject(subject);
        this.#seen.add(subject);
      }
      this.#parts.push(scores);
      return scores.taken;
    });
  }
}

function splitSubject(subject) {
  const detail = `must have all rows of a subject together, found more of \`${subject}\``;
  return errorAt("batch-split-subject", "batch", detail);
}

function scoreAt(desk, core, plan, input, { settings, watch, first = 0, mayGoOn = false }) {
  watch.look();
  // What the call before left is given up before there is need for as much again.
  desk.forget(core());
  const length = layText(desk, "lines", input, MAX_HISTORY);
  const subjects = length === undefined ? takeColumns(desk, core, plan, input) : takeLines(desk, core, length, { first, mayGoOn, watch });
  const taken = subjects ? undefined : takenOf(desk);
  if (settings.timeZone && plan.civilDays) layZone(desk, settings.timeZone, desk.least_time(), desk.instant());
  if (desk.score_many(core()) === FAULTY) throw faultOf(desk);
  const scores = scoresOf(desk, subjects ?? namesOf(desk), plan);
  if (length === undefined) watch.tell(input.subjects.length, input.subjects.length);
  // Not a part of the scores: where a batch goes on.
  Object.defineProperty(scores, "taken", { value: taken, enumerable: false });
  return scores;
}

function takeLines(desk, core, length, { first, mayGoOn, watch }) {
  desk.start_lines(core(), first, length);
  for (let from = 0; from < length; ) {
    from = desk.scan_lines(core(), from, Math.min(from + SLICE, length));
    if (from < 0) throw faultOf(desk);
    watch.tell(from, length);
    watch.look();
  }
  desk.take_lines(core(), mayGoOn);
}

/** The offset and the number of the first line that was left for the next chunk. */
function takenOf(desk) {
  const { f64 } = refresh();
  const at = desk.numbers() >>> 3;
  return { offset: f64[at], line: f64[at + 1] };
}

function namesOf(desk) {
  desk.name_subjects();
  return JSON.parse(textOf(desk));
}

function scoresOf(desk, subjects, plan) {
  const count = desk.customers();
  const { f64, u8 } = refresh();
  const numbers = desk.numbers() >>> 3;
  const bytes = desk.bytes();
  const [invalid, duplicate, future, noValue] = f64.subarray(numbers + 2 * count, numbers + 2 * count + 4);
  return {
    subjects,
    points: f64.slice(numbers, numbers + count),
    score: f64.slice(numbers + count, numbers + 2 * count),
    stars: u8.slice(bytes, bytes + count),
    segment: u8.slice(bytes + count, bytes + 2 * count),
    segmentNames: [...plan.segments],
    ignored: { invalid, duplicate, future, noValue },
  };
}

/** The scores of all chunks, one behind the other. */
function joined(parts, plan) {
  const ignored = { invalid: 0, duplicate: 0, future: 0, noValue: 0 };
  for (const part of parts) for (const key in ignored) ignored[key] += part.ignored[key];
  const all = (key, Kind) => {
    const column = new Kind(parts.reduce((sum, part) => sum + part[key].length, 0));
    let at = 0;
    for (const part of parts) {
      column.set(part[key], at);
      at += part[key].length;
    }
    return column;
  };
  const isNumbered = parts.every(({ subjects }) => subjects instanceof Uint32Array) && parts.length > 0;
  return {
    subjects: isNumbered ? all("subjects", Uint32Array) : parts.flatMap(({ subjects }) => Array.from(subjects)),
    points: all("points", Float64Array),
    score: all("score", Float64Array),
    stars: all("stars", Uint8Array),
    segment: all("segment", Uint8Array),
    segmentNames: [...plan.segments],
    ignored,
  };
}

/** The caller's wish to be told of progress, and to stop. */
function watchOf(options) {
  const { signal, onProgress } = options ?? {};
  return {
    look: () => signal?.throwIfAborted(),
    tell: (done, total) => onProgress?.(done, total),
  };
}
