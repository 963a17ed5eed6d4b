/* From the numbers of a timeline or of transitions to what a caller gets. */
import { refresh } from "./desk.js";

const TURN = 5;

/** The timeline that was just worked out at a desk. */
export function timelineOf(desk, count, range) {
  const { f64 } = refresh();
  const start = desk.numbers() >>> 3;
  const column = (place) => f64.slice(start + place * count, start + (place + 1) * count);
  const times = Float64Array.from({ length: count }, (_, place) => range.from + place * range.step);
  return { times, points: column(0), score: column(1), stars: Uint8Array.from(column(2)) };
}

/** The transitions that were just worked out at a desk. */
export function transitionsOf(desk, count, _, plan) {
  const { f64 } = refresh();
  const turns = new Array(count);
  for (let turn = 0, at = desk.numbers() >>> 3; turn < count; turn += 1, at += TURN) {
    const [time, what, which, from, to] = f64.subarray(at, at + TURN);
    if (what === 0) turns[turn] = { at: time, what: "stars", from, to };
    else if (what === 1) turns[turn] = { at: time, what: "segment", from: plan.segments[from], to: plan.segments[to] };
    else turns[turn] = { at: time, what: "audience", id: plan.audiences[which], from: from === 1, to: to === 1 };
  }
  return turns;
}
