// The core's own reader of JSON text against the host's: what one accepts the other accepts, with the same values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model, StarwiseError } from "../../pkg/index.node.js";
import { Random } from "../oracle/generator/random.mjs";

const AT = Date.UTC(2024, 2, 31);
const reader = new Model({ criteria: [{ id: "x", kind: "filter", points: 1, per: "x" }] });

/** Texts near the grammar's edges, to be joined, cut and spoilt. */
const SEEDS = [
  '{"a":[1,2.5,-0,1e5,1E-7,-1.5e+300],"b":{"c":null,"d":true,"e":false}}',
  '["\\u0000\\ud83d\\ude00\\ud800x\\udc00\\"\\\\\\/\\b\\f\\n\\r\\t","é漢😀"]',
  ' \t\r\n{ "" : [ ] , "k" : { } } \n',
  "0", "-0", "-0.0", "1e400", "-1e400", "123456789012345678901234567890", "5e-324", "2.2250738585072011e-308", '""', "null", "true",
];
const SPOILERS = ["{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\ud800", "-", "+", ".", "e", "0", "01", "1", " ", "\u0001", "\u00a0", "\ufeff", "tru", "NaN", "'", "/", "\ud800", "é"];

test("texts are accepted exactly where JSON.parse accepts them", () => {
  const random = new Random(7);
  let accepted = 0;
  let refused = 0;
  for (let round = 0; round < 40_000; round += 1) {
    const text = `{"events":[],"x":${spoilt(random)}}`;
    const isJson = parses(text);
    const found = readBy(() => reader.score(text, { at: AT }));
    if (isJson) accepted += 1;
    else refused += 1;
    assert.equal(found, isJson ? "accepted" : "history-invalid-json", JSON.stringify(text));
  }
  assert.ok(accepted > 2_000 && refused > 2_000, `${accepted} accepted, ${refused} refused`);
});

test("numbers are read to the same bits", () => {
  const random = new Random(11);
  for (let round = 0; round < 20_000; round += 1) {
    const number = numberText(random);
    const { points, contributions } = reader.score(`{"events":[],"profile":{"x":${number}}}`, { at: AT });
    const expected = Math.abs(Number(number)) <= 1e12 ? Number(number) : 0;
    assert.equal(contributions[0].points, expected + 0, number);
    assert.equal(points, expected + 0, number);
  }
});

test("strings are read alike, escapes and all", () => {
  const random = new Random(13);
  for (let round = 0; round < 5_000; round += 1) {
    const text = `"${Array.from({ length: random.integer(0, 8) }, () => character(random)).join("")}"`;
    const value = JSON.parse(text).toWellFormed?.() ?? JSON.parse(text).replace(/\p{Surrogate}/gu, "\ufffd");
    const model = new Model({ criteria: [{ id: "x", kind: "filter", points: 1, where: { x: value } }] });
    assert.equal(model.score(`{"events":[],"profile":{"x":${text}}}`, { at: AT }).points, 1, text);
    model.free();
  }
});

function spoilt(random) {
  let text = random.pick(SEEDS);
  for (let times = random.integer(0, 3); times > 0; times -= 1) {
    const from = random.integer(0, text.length);
    const to = random.chance(50) ? from : Math.min(text.length, from + random.integer(1, 4));
    const insert = random.chance(60) ? random.pick(SPOILERS) : random.chance(50) ? random.pick(SEEDS) : "";
    text = text.slice(0, from) + insert + text.slice(to);
  }
  return text;
}

function numberText(random) {
  const digits = (most) => Array.from({ length: random.integer(1, most) }, () => random.integer(0, 9)).join("");
  const whole = random.chance(20) ? "0" : `${random.integer(1, 9)}${random.chance(30) ? "" : digits(20)}`;
  const fraction = random.chance(50) ? `.${digits(25)}` : "";
  const exponent = random.chance(50) ? `e${random.pick(["", "+", "-"])}${random.integer(0, 330)}` : "";
  return `${random.chance(50) ? "-" : ""}${whole}${fraction}${exponent}`;
}

function character(random) {
  return random.pick([
    "a", " ", "é", "漢", "😀", "\\n", "\\\\", '\\"', "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\uD83D\\u0041", "\\ud800\\ud83d\\ude00",
  ]);
}

function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readBy(score) {
  try {
    score();
    return "accepted";
  } catch (error) {
    if (error instanceof StarwiseError) return error.code;
    throw error;
  }
}
