// What every answer is, whatever was asked: plain data without NaN, -0 and holes, whose instants a Date can be.
import assert from "node:assert/strict";
import { StarwiseError } from "../../pkg/index.node.js";

const LAST = 8.64e15;
const INSTANTS = ["at", "until", "start", "earnedAt", "doneAt"];

/** Fails where a part of an answer is none that JSON gives back. */
export function assertSound(answer, path = "answer") {
  if (typeof answer === "number") assert.ok(Number.isFinite(answer) && !Object.is(answer, -0), `${path} is ${answer}`);
  else if (typeof answer === "object" && answer !== null) {
    for (const [key, part] of Object.entries(answer)) {
      // What was found is the caller's own.
      if (key === "found") continue;
      assertSound(part, `${path}.${key}`);
      if (INSTANTS.includes(key) && part !== null) assert.ok(Number.isInteger(part) && Math.abs(part) <= LAST, `${path}.${key} is ${part}`);
    }
  } else assert.ok(answer === null || ["string", "boolean"].includes(typeof answer), `${path} is ${String(answer)}`);
}

/** The answer of a call, sound; or the error, which is ours. Anything else fails. */
export function settle(call) {
  let answer;
  try {
    answer = call();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, `${error?.stack ?? error}`);
    return { error };
  }
  assertSound(answer);
  return { answer };
}
