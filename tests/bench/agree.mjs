// Every contender must find the same before it is timed.
import assert from "node:assert/strict";

const TOLERANCE = 1e-9;

/** One customer: `{ points, stars }`. */
export function assertAgree(name, found, expected) {
  assert.ok(isClose(found.points, expected.points), `${name}: ${found.points} points, not ${expected.points}`);
  assert.equal(found.stars, expected.stars, `${name}: stars`);
}

/** Many customers: columns of results, one entry a subject. */
export function assertAllAgree(name, found, expected) {
  assert.deepEqual(Array.from(found.subjects), Array.from(expected.subjects), `${name}: subjects`);
  for (let index = 0; index < expected.points.length; index += 1) {
    const one = { points: found.points[index], stars: found.stars[index] };
    assertAgree(`${name}, subject ${expected.subjects[index]}`, one, {
      points: expected.points[index],
      stars: expected.stars[index],
    });
  }
}

function isClose(left, right) {
  return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left), Math.abs(right));
}
