// One by one: what scores of many are held against, and a model to try things with.
import assert from "node:assert/strict";
import { afterEach } from "node:test";
import { Model, StarwiseError } from "../../../pkg/index.node.js";

export const AT = Date.UTC(2024, 2, 31);
export const TIME = Date.UTC(2024, 2, 30);
const TOLERANCE = 1e-9;
export const simple = new Model({ period: null, criteria: [
  { id: "a", kind: "event", event: "a", points: 1 },
  { id: "value", kind: "event", event: "b", points: 10, per: "value" },
  { id: "plan", kind: "event", event: "b", points: 100, uniqueBy: "item.plan" },
  { id: "seats", kind: "filter", points: 10_000, per: "seats" },
] });
export const ONE = { subjects: Uint32Array.of(9, 4, 9), types: Uint8Array.of(0, 0, 1), typeNames: ["a", "b"], times: Float64Array.of(TIME, TIME, TIME) };

// After anything that was tried the module goes on working, and nothing of it is left.
afterEach(() => {
  const { subjects, points } = simple.scoreMany(ONE, { at: AT });
  assert.deepEqual([[...subjects], [...points]], [[4, 9], [1, 101]]);
  assert.equal(simple.score({ events: [{ type: "a", time: TIME }] }, { at: AT }).points, 1);
});

export function oneByOne(model, customers, options) {
  const expected = { subjects: [], points: [], score: [], stars: [], segments: [], ignored: { invalid: 0, duplicate: 0, future: 0, noValue: 0 }, codes: new Set() };
  for (const [subject, history] of customers) {
    const found = outcome(() => model.score(history, options));
    if (found.code) {
      expected.codes.add(found.code);
      continue;
    }
    const { points, score, stars, segment, ignored } = found.value;
    for (const key in ignored) expected.ignored[key] += ignored[key];
    // Nothing is known of a customer all of whose lines were left out.
    if (history.profile === undefined && ignored.invalid === history.events.length) continue;
    expected.subjects.push(subject);
    expected.points.push(points);
    expected.score.push(score);
    expected.stars.push(stars);
    expected.segments.push(segment);
  }
  return expected;
}

/** The codes of whatever is wrong with any event alone: lines may be met in any order. */
export function faultsOfEach(model, customers, options) {
  const events = [...customers.values()].flatMap(({ events }) => events);
  return new Set(events.map((event) => outcome(() => model.score({ events: [event] }, options)).code));
}

/** Scores of many are those of each. */
export function agree(found, expected, what, order = "the same order") {
  const place = new Map(Array.from(found.subjects, (subject, at) => [subject, at]));
  assert.equal(place.size, found.subjects.length, `${what}: a subject twice`);
  if (order === "the same order") assert.deepEqual([...found.subjects], expected.subjects, what);
  else assert.deepEqual(new Set(found.subjects), new Set(expected.subjects), what);
  for (const [at, subject] of expected.subjects.entries()) {
    const here = place.get(subject);
    close(found.points[here], expected.points[at], `${what}: points of ${subject}`);
    close(found.score[here], expected.score[at], `${what}: score of ${subject}`);
    assert.equal(found.stars[here], expected.stars[at], `${what}: stars of ${subject}`);
    assert.equal(found.segmentNames[found.segment[here]], expected.segments[at], `${what}: segment of ${subject}`);
  }
  assert.deepEqual(found.ignored, expected.ignored, what);
}

export function close(found, expected, what) {
  if (Array.isArray(expected)) {
    assert.equal(found.length, expected.length, what);
    expected.forEach((number, at) => close(found[at], number, `${what} [${at}]`));
    return;
  }
  const is = Number.isFinite(found) && !Object.is(found, -0) && Math.abs(found - expected) <= TOLERANCE * 1.001 * Math.max(1, Math.abs(found), Math.abs(expected));
  assert.ok(is, `${what}: ${found} is not ${expected}`);
}

export function outcome(call) {
  try {
    return { value: call() };
  } catch (error) {
    if (!(error instanceof StarwiseError)) throw error;
    return { code: error.code, path: error.path, error };
  }
}

/** What a call throws: a StarwiseError with this code and path, where they are given. */
export function refused(call, code, path) {
  let error;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, "is refused");
  assert.ok(error instanceof StarwiseError, String(error?.stack));
  assert.ok(error.code && error.path, error.message);
  if (code !== undefined) assert.equal(error.code, code, error.message);
  if (path !== undefined) assert.equal(error.path, path);
  return error;
}
