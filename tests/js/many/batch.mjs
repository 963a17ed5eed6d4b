// Lines and batches: what is left out, where chunks may end, what is refused; progress and signals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model, StarwiseError } from "../../../pkg/index.node.js";
import { Random } from "../../oracle/generator/random.mjs";
import { AT, ONE, TIME, refused, simple } from "./agree.mjs";
import { piecesOf } from "./populations.mjs";

test("with onInvalid skip, rows and lines that are invalid are left out and counted", () => {
  const columns = { subjects: Uint32Array.of(1, 1, 1, 2, 2, 1), types: Uint8Array.of(0, 7, 1, 0, 1, 0), typeNames: ["a", "b"], times: Float64Array.of(TIME, TIME, TIME, NaN, TIME, 5), data: { value: Float64Array.of(NaN, NaN, 3, NaN, 2, NaN), "item.plan": { codes: Uint32Array.of(0, 0, 1, 0, 0, 0), dictionary: ["x", "y"] } } };
  const found = simple.scoreMany(columns, { at: AT, onInvalid: "skip" });
  assert.deepEqual([[...found.subjects], [...found.points], found.ignored.invalid], [[1, 2], [131, 120], 3]);
  refused(() => simple.scoreMany(columns, { at: AT }), "columns-unknown-code", "columns.types[1]");
  const lines = ["x", "5", "null", "[]", '{"type":"a"}', '{"subject":"s","type":"a","time":1711756800000}', '{"subject":7,"type":"a","time":1711756800000}', '{"subject":"","type":"a","time":1711756800000}', '{"subject":"s","type":"","time":1711756800000}', '{"subject":"s","profile":5}', '{"subject":"\\ud800","profile":{}}', '{"subject":"s"}', '{"subject":"s","type":"a","time":1711756800000,"type":"a"}', `${"[".repeat(70)}`];
  const skipped = simple.scoreMany(lines.join("\n"), { at: AT, onInvalid: "skip" });
  assert.deepEqual([skipped.subjects, [...skipped.points], skipped.ignored.invalid], [["s"], [1], lines.length - 1]);
  for (const [place, line] of lines.entries()) {
    if (place === 5) continue;
    const error = refused(() => simple.scoreMany(`\n${lines[5]}\n${line}\n`, { at: AT }));
    assert.match(error.path, /^lines\[2\]/, line);
    assert.match(error.code, /^(line|event|profile|history)-/, line);
  }
});

test("lines that are refused are named by their number, wherever chunks end", () => {
  const good = (subject, escaped) => `{"subject":"${subject}","${escaped ? "ty\\u0070e" : "type"}":"a","time":1711756800000}`;
  const random = new Random(41);
  for (let round = 0; round < 300; round += 1) {
    const lines = random.times(random.integer(1, 12), (index) => (random.chance(15) ? "" : random.chance(20) ? `{"subject":"s${Math.floor(index / 3)}","profile":{}}` : good(`s${Math.floor(index / 3)}`, random.chance(40))));
    lines.push('{"subject":"bad","type":"a"}', good("z"));
    const text = lines.join("\n");
    const path = `lines[${lines.length - 2}].time`;
    refused(() => simple.scoreMany(text, { at: AT }), "event-missing-time", path);
    const batch = simple.batch({ at: AT });
    refused(() => {
      for (const piece of piecesOf(random, text)) batch.push(piece);
      batch.finish();
    }, "event-missing-time", path);
  }
});

test("a batch: a customer that comes again later is an error, in columns and in lines", () => {
  const again = simple.batch({ at: AT });
  again.push(ONE);
  assert.match(refused(() => again.push({ ...ONE, subjects: Uint32Array.of(5, 6, 4) })).message, /`4`/);
  const line = (subject) => `{"subject":"${subject}","type":"a","time":1711756800000}\n`;
  for (const size of [1, 50, 100, 1_000]) {
    const batch = simple.batch({ at: AT });
    const text = [..."aabbccadd"].map(line).join("");
    const error = refused(() => {
      for (let from = 0; from < text.length; from += size) batch.push(text.slice(from, from + size));
      // Lines of one chunk may stand in any order: then it is no error.
      batch.finish();
      if (size === 1_000) refuse();
    });
    if (size < 1_000) assert.match(error.message, /`a`/);
  }
  function refuse() {
    throw new StarwiseError([{ code: "x", path: "x", message: "x" }]);
  }
});

test("a batch: nothing after finish, which may be asked for again; freed models; the same instant for all", () => {
  const batch = simple.batch({ at: AT });
  batch.push(ONE);
  const first = batch.finish();
  assert.deepEqual(batch.finish(), first);
  refused(() => batch.push(ONE), "batch-finished", "batch");
  const doomed = new Model({ criteria: [] });
  const late = doomed.batch();
  doomed.free();
  refused(() => late.push(ONE), "model-freed", "model");
  refused(() => doomed.scoreMany(ONE), "model-freed", "model");
  refused(() => doomed.scoreMany("{}"), "model-freed", "model");
  const decaying = new Model({ criteria: [{ id: "a", kind: "event", event: "a", points: 1e9, decay: { curve: "linear", over: "1d" } }] });
  const now = Date.now();
  const slow = decaying.batch();
  const push = (subject) => slow.push({ subjects: Uint32Array.of(subject), types: Uint8Array.of(0), typeNames: ["a"], times: Float64Array.of(now - 1_000) });
  push(1);
  for (const until = performance.now() + 20; performance.now() < until; );
  push(2);
  const { points } = slow.finish();
  assert.equal(points[0], points[1]);
});

test("a batch: what is wrong with its options is told before anything is pushed", () => {
  for (const wrong of [5, "at", true, [], () => ({ at: AT })]) refused(() => simple.batch(wrong), "options-wrong-type", "options");
  refused(() => simple.batch({ at: "soon" }), "options-invalid-at", "options.at");
  refused(() => simple.batch({ timeZone: "Mars/Olympus" }), "options-invalid-time-zone", "options.timeZone");
});

test("a batch of texts that end within a surrogate pair, or of bytes within a character", () => {
  const text = ["é", "😀", "漢", "a\\ud83d\\ude00"].map((name) => `{"subject":"${name}","type":"a","time":1711756800000,"id":"${name}"}\n`).join("");
  const expected = simple.scoreMany(text, { at: AT });
  for (const whole of [text, Buffer.from(text)]) {
    for (let size = 1; size < 9; size += 1) {
      const batch = simple.batch({ at: AT });
      for (let from = 0; from < whole.length; from += size) batch.push(whole.slice(from, from + size));
      assert.deepEqual(batch.finish(), expected, `${typeof whole}, ${size}`);
    }
  }
});

test("options: refused as for one, and target baseline", () => {
  refused(() => simple.scoreMany(ONE, { at: "soon" }), "options-invalid-at", "options.at");
  refused(() => simple.scoreMany("", { timeZone: "Mars/Olympus" }), "options-invalid-time-zone", "options.timeZone");
  const model = new Model({ target: "baseline", period: null, criteria: [{ id: "a", kind: "event", event: "a", points: 1 }] });
  refused(() => model.scoreMany(ONE, { at: AT }), "options-missing-baseline");
  assert.deepEqual([...model.scoreMany(ONE, { at: AT, baseline: 4 }).score], [25, 25]);
});

test("progress rises to the whole, and a signal stops it", () => {
  const line = (index) => `{"subject":"s${index % 1_000}","type":"a","time":1711756800000,"more":"${"x".repeat(100)}"}\n`;
  const lines = Buffer.from(Array.from({ length: 100_000 }, (_, index) => line(index)).join(""));
  for (const [input, total] of [[lines, lines.length], [ONE, 3]]) {
    const seen = [];
    simple.scoreMany(input, { at: AT, onProgress: (...numbers) => seen.push(numbers) });
    assert.deepEqual(seen.at(-1), [total, total]);
    assert.ok(seen.every(([done, all], place) => all === total && done > (seen[place - 1]?.[0] ?? 0)), JSON.stringify(seen));
    if (input === lines) assert.ok(seen.length > 2);
    const aborted = AbortSignal.abort(new Error("stop"));
    assert.throws(() => simple.scoreMany(input, { at: AT, signal: aborted }), /stop/);
    assert.throws(() => simple.batch({ at: AT, signal: aborted }).push(input), /stop/);
  }
  const controller = new AbortController();
  let calls = 0;
  assert.throws(() => simple.scoreMany(lines, { at: AT, signal: controller.signal, onProgress: () => ((calls += 1), controller.abort()) }), { name: "AbortError" });
  assert.equal(calls, 1);
  assert.throws(() => simple.scoreMany(lines, { at: AT, onProgress() { throw new RangeError("mine"); } }), RangeError);
});

test("progress may score meanwhile, free the model, or make the memory grow", () => {
  const text = Array.from({ length: 60_000 }, (_, index) => `{"subject":"s${index % 100}","type":"a","time":1711756800000,"more":"${"x".repeat(100)}"}`).join("\n");
  const found = simple.scoreMany(text, { at: AT, onProgress() { simple.score({ events: Array(200_000).fill({ type: "a", time: TIME }) }, { at: AT }); } });
  assert.deepEqual(new Set(found.points), new Set([600]));
  const doomed = new Model({ criteria: [] });
  refused(() => doomed.scoreMany(text, { at: AT, onProgress: () => doomed.free() }), "model-freed", "model");
});
