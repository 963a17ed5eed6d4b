// Columns: what they may be, what comes out, and what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model } from "../../../pkg/index.node.js";
import { AT, ONE, TIME, close, refused, simple } from "./agree.mjs";

const ABSENT = 0xffffffff;

test("what comes out: arrays of these kinds, subjects in this order", () => {
  const result = simple.scoreMany({ ...ONE, subjects: Uint32Array.of(0xfffffffe, 4, 0), profiles: Object.assign([], { 4: { seats: 3 } }) }, { at: AT });
  assert.deepEqual(result.subjects, Uint32Array.of(0, 4, 0xfffffffe));
  assert.deepEqual(result.points, Float64Array.of(100, 30_001, 1));
  assert.deepEqual(result.score, Float64Array.of(100, 30_001, 1));
  assert.deepEqual(result.stars, Uint8Array.of(5, 5, 1));
  assert.deepEqual(result.segment, Uint8Array.of(2, 3, 0));
  assert.deepEqual(result.segmentNames, ["very-disengaged", "engaged", "highly-engaged", "power-user"]);
  assert.deepEqual(result.ignored, { invalid: 0, duplicate: 0, future: 0, noValue: 1 });
  assert.deepEqual(Object.keys(result).sort(), ["ignored", "points", "score", "segment", "segmentNames", "stars", "subjects"]);
  const lines = '{"subject":"z","type":"a","time":1711756800000}\n\n{"subject":"é","profile":{"seats":1}}\r\n{"subject":"a","type":"a","time":1711756800000}\n{"type":"a","subject":"z","time":"2024-03-29T00:00:00Z"}';
  const named = simple.scoreMany(lines, { at: AT });
  assert.deepEqual([named.subjects, [...named.points]], [["z", "é", "a"], [2, 10_000, 1]]);
});

test("nothing at all: no customers", () => {
  const none = { points: new Float64Array(0), score: new Float64Array(0), stars: new Uint8Array(0), segment: new Uint8Array(0), segmentNames: ["very-disengaged", "engaged", "highly-engaged", "power-user"], ignored: { invalid: 0, duplicate: 0, future: 0, noValue: 0 } };
  const empty = { subjects: new Uint32Array(0), types: new Uint8Array(0), typeNames: [], times: new Float64Array(0) };
  assert.deepEqual(simple.scoreMany(empty, { at: AT }), { subjects: new Uint32Array(0), ...none });
  for (const lines of ["", "\n", "\r\n \n\t\n", new Uint8Array(0)]) assert.deepEqual(simple.scoreMany(lines, { at: AT }), { subjects: [], ...none });
  assert.equal(simple.batch({ at: AT }).finish().points.length, 0);
  const batch = simple.batch({ at: AT });
  for (const piece of ["", "\n", "", new Uint8Array(0)]) batch.push(piece);
  assert.deepEqual(batch.finish(), { subjects: [], ...none });
});

test("times: fractions, before 1970, 64-bit integers, the ends of a Date", () => {
  const times = [TIME, TIME + 0.9, -TIME, -TIME - 0.5, 1e11, -1e11, 8.64e15, -8.64e15];
  const columns = { subjects: Uint32Array.from(times, (_, index) => index), types: new Uint8Array(times.length), typeNames: ["a"], times: Float64Array.from(times) };
  const model = new Model({ period: null, criteria: [{ id: "f", kind: "filter", per: "tenureDays", points: 1 }, { id: "a", kind: "event", event: "a", points: 1, decay: { curve: "exponential", halfLife: "9999d" } }] });
  const expected = times.map((time) => model.score({ events: [{ type: "a", time }] }, { at: AT }).points);
  close([...model.scoreMany(columns, { at: AT }).points], expected, "as numbers");
  const big = { ...columns, times: BigInt64Array.from(times, (time) => BigInt(Math.floor(time))) };
  close([...model.scoreMany(big, { at: AT }).points], expected, "as 64-bit integers");
});

test("ids in NDJSON: duplicates are of one customer, and the first in canonical order is kept", () => {
  const line = (subject, id, time, value) => JSON.stringify({ subject, type: "b", time, id, data: { value } });
  const lines = [line("x", "i", TIME, 5), line("y", "i", TIME, 3), line("x", "i", TIME - 1, 2), line("x", "i", TIME, 4), line("y", "j", TIME, 1), line("y", undefined, TIME, 1), line("y", null, TIME, 1)];
  for (const order of [lines, [...lines].reverse()]) {
    const { subjects, points, ignored } = simple.scoreMany(order.join("\n"), { at: AT });
    const by = Object.fromEntries(Array.from(subjects, (subject, place) => [subject, points[place]]));
    assert.deepEqual([by, ignored.duplicate], [{ x: 120, y: 160 }, 2]);
  }
});

test("of several profiles of a customer the last counts, wherever its lines stand", () => {
  const lines = ['{"subject":"a","profile":{"seats":1}}', '{"subject":"b","profile":null}', '{"subject":"a","type":"a","time":1711756800000}', '{"subject":"a","profile":{"seats":2}}', '{"subject":"c","profile":{"seats":7},"type":"a","time":1711756800000}'];
  assert.deepEqual([...simple.scoreMany(lines.join("\n"), { at: AT }).points], [20_001, 0, 70_001]);
});

test("a dictionary may say a word twice, one that is empty, one that is torn, or more than are used", () => {
  const dictionary = ["x", "x", "", "\ud800", "\ufffd", "unused", "é"];
  const codes = [0, 1, 2, 3, 4, 6, ABSENT, ABSENT];
  const rows = { subjects: new Uint32Array(8), types: new Uint8Array(8), typeNames: ["b", "b", "unused"], times: new Float64Array(8).fill(TIME) };
  for (const Kind of [Uint32Array, Int32Array]) {
    const found = simple.scoreMany({ ...rows, data: { "item.plan": { codes: Kind.from(codes, (code) => (Kind === Int32Array ? code | 0 : code)), dictionary } } }, { at: AT });
    // x, the empty one, the torn one, é, none.
    assert.equal(found.points[0], 500);
  }
});

test("columns that the model does not read are left alone, but checked for their length", () => {
  const extra = { ...ONE, data: { other: new Float64Array(3), "a.b.c": { codes: new Uint32Array(3), dictionary: ["x"] } } };
  assert.deepEqual([...simple.scoreMany(extra, { at: AT }).points], [1, 101]);
});

test("views into larger buffers are read where they stand", () => {
  const shift = (column) => new column.constructor(Array.from({ length: 5 }, (_, index) => column[index - 1] ?? column[0])).subarray(1, 4);
  const shifted = { ...ONE, subjects: shift(ONE.subjects), types: shift(ONE.types), times: shift(ONE.times), data: { value: shift(Float64Array.of(NaN, NaN, 7)) } };
  assert.deepEqual([...simple.scoreMany(shifted, { at: AT }).points], [1, 171]);
});

test("more than 256 types, in a Uint16Array", () => {
  const typeNames = Array.from({ length: 300 }, (_, index) => (index === 299 ? "a" : `t${index}`));
  const found = simple.scoreMany({ ...ONE, types: Uint16Array.of(299, 0, 299), typeNames }, { at: AT });
  assert.deepEqual([...found.points], [0, 2]);
});

const REFUSED_COLUMNS = {
  "nothing": [undefined, "columns-wrong-type", "columns"],
  "null": [null, "columns-wrong-type", "columns"],
  "a number": [5, "columns-wrong-type", "columns"],
  "a function": [() => ONE, "columns-wrong-type", "columns"],
  "no columns": [{}, "columns-wrong-type", "columns.subjects"],
  "a history": [{ events: [] }, "columns-wrong-type", "columns.subjects"],
  "subjects as a list": [{ ...ONE, subjects: [9, 4, 9] }, "columns-wrong-type", "columns.subjects"],
  "subjects that are signed": [{ ...ONE, subjects: Int32Array.of(9, 4, 9) }, "columns-wrong-type", "columns.subjects"],
  "subjects that only pretend": [{ ...ONE, subjects: Object.create(Uint32Array.prototype) }, "columns-wrong-type", "columns.subjects"],
  "types of 32 bits": [{ ...ONE, types: Uint32Array.of(0, 0, 1) }, "columns-wrong-type", "columns.types"],
  "no types": [{ ...ONE, types: undefined }, "columns-wrong-type", "columns.types"],
  "no names": [{ ...ONE, typeNames: undefined }, "columns-wrong-type", "columns.typeNames"],
  "names as an object": [{ ...ONE, typeNames: { 0: "a" } }, "columns-wrong-type", "columns.typeNames"],
  "an empty name": [{ ...ONE, typeNames: ["a", ""] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a name that is a number": [{ ...ONE, typeNames: ["a", 5] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a torn name": [{ ...ONE, typeNames: ["a", "\ud800"] }, "columns-invalid-name", "columns.typeNames[1]"],
  "a missing name": [{ ...ONE, typeNames: [, "b"] }, "columns-invalid-name", "columns.typeNames[0]"],
  "32-bit times": [{ ...ONE, times: new Float32Array(3) }, "columns-wrong-type", "columns.times"],
  "unsigned 64-bit times": [{ ...ONE, times: new BigUint64Array(3) }, "columns-wrong-type", "columns.times"],
  "too few types": [{ ...ONE, types: new Uint8Array(2) }, "columns-length-mismatch", "columns.types"],
  "too many times": [{ ...ONE, times: new Float64Array(4) }, "columns-length-mismatch", "columns.times"],
  "a type without a name": [{ ...ONE, types: Uint8Array.of(0, 2, 0) }, "columns-unknown-code", "columns.types[1]"],
  "a time in seconds": [{ ...ONE, times: Float64Array.of(TIME, TIME, 1.7e9) }, "event-time-in-seconds", "columns.times[2]"],
  "a time that is NaN": [{ ...ONE, times: Float64Array.of(TIME, NaN, 1.7e9) }, "event-invalid-time", "columns.times[1]"],
  "an infinite time": [{ ...ONE, times: Float64Array.of(-Infinity, TIME, TIME) }, "event-time-out-of-range", "columns.times[0]"],
  "a 64-bit time in seconds": [{ ...ONE, times: BigInt64Array.of(BigInt(TIME), 5n, 5n) }, "event-time-in-seconds", "columns.times[1]"],
  "a 64-bit time out of range": [{ ...ONE, times: BigInt64Array.of(BigInt(TIME), -(2n ** 63n), 5n) }, "event-time-out-of-range", "columns.times[1]"],
  "data as a text": [{ ...ONE, data: "value" }, "columns-wrong-type", "columns.data"],
  "data of lists": [{ ...ONE, data: { value: [1, 2, 3] } }, "columns-wrong-type", "columns.data.value"],
  "data that is null": [{ ...ONE, data: { value: null } }, "columns-wrong-type", "columns.data.value"],
  "data of 32-bit numbers": [{ ...ONE, data: { value: new Float32Array(3) } }, "columns-wrong-type", "columns.data.value"],
  "data that is too short": [{ ...ONE, data: { value: new Float64Array(2) } }, "columns-length-mismatch", "columns.data.value"],
  "data that is too long, and not read": [{ ...ONE, data: { "not.read": new Float64Array(4) } }, "columns-length-mismatch", undefined],
  "codes that are too short": [{ ...ONE, data: { "item.plan": { codes: new Uint32Array(2), dictionary: ["x"] } } }, "columns-length-mismatch", undefined],
  "codes beyond the dictionary": [{ ...ONE, data: { value: { codes: Uint32Array.of(0, 1, 2), dictionary: ["x", "y"] } } }, "columns-unknown-code", "columns.data.value.codes[2]"],
  "codes below the dictionary": [{ ...ONE, data: { value: { codes: Int32Array.of(0, -2, 0), dictionary: ["x"] } } }, "columns-unknown-code", "columns.data.value.codes[1]"],
  "codes without a dictionary": [{ ...ONE, data: { value: { codes: new Uint32Array(3) } } }, "columns-wrong-type", "columns.data.value.dictionary"],
  "a dictionary of numbers": [{ ...ONE, data: { value: { codes: new Uint32Array(3), dictionary: [5] } } }, "columns-wrong-type", "columns.data.value.dictionary[0]"],
  "a dictionary with a hole": [{ ...ONE, data: { value: { codes: new Uint32Array(3), dictionary: [, "x"] } } }, "columns-wrong-type", "columns.data.value.dictionary[0]"],
  "16-bit codes": [{ ...ONE, data: { value: { codes: new Uint16Array(3), dictionary: ["x"] } } }, "columns-wrong-type", "columns.data.value"],
  "profiles as an object": [{ ...ONE, profiles: { 4: {} } }, "columns-wrong-type", "columns.profiles"],
  "a profile that is a list": [{ ...ONE, profiles: Object.assign([], { 9: [] }) }, "profile-wrong-type", "columns.profiles[9]"],
  "a profile with a BigInt": [{ ...ONE, profiles: Object.assign([], { 9: { a: { b: 1n } } }) }, "profile-invalid-value", "columns.profiles[9].a.b"],
};

for (const [name, [columns, code, path]] of Object.entries(REFUSED_COLUMNS)) {
  test(`columns are refused: ${name}`, () => {
    refused(() => simple.scoreMany(columns, { at: AT }), code, path);
    refused(() => simple.batch({ at: AT }).push(columns), code, path);
  });
}

test("columns that throw when they are read: an error of starwise, with the cause", () => {
  const cause = new Error("no entry");
  const throwing = (object, key) => Object.defineProperty({ ...object }, key, { enumerable: true, get() { throw cause; } });
  const profile = throwing({}, "seats");
  const cases = [
    ...["subjects", "types", "typeNames", "times", "data", "profiles"].map((key) => throwing(ONE, key)),
    { ...ONE, data: throwing({}, "value") }, { ...ONE, data: { value: throwing({}, "codes") } }, { ...ONE, profiles: Object.assign([], { 4: profile }) },
    new Proxy(ONE, { get() { throw cause; } }), { ...ONE, typeNames: new Proxy(["a", "b"], { get() { throw cause; } }) }, { ...ONE, subjects: new Proxy(ONE.subjects, {}) },
  ];
  for (const [index, columns] of cases.entries()) {
    const error = refused(() => simple.scoreMany(columns, { at: AT }));
    assert.match(error.path, /^columns/, `case ${index}`);
  }
});

test("buffers that are detached are refused", () => {
  const make = () => ({ subjects: Uint32Array.from(ONE.subjects), types: Uint8Array.from(ONE.types), times: Float64Array.from(ONE.times) });
  for (const key of ["subjects", "types", "times"]) {
    const columns = { ...ONE, ...make() };
    structuredClone(columns[key].buffer, { transfer: [columns[key].buffer] });
    refused(() => simple.scoreMany(columns, { at: AT }), "columns-length-mismatch");
  }
});
