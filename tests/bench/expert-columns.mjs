// Many customers over typed arrays, written out for this one model in the two ways that compete: `onePass` adds each row
// to its customer's sums where it stands, `bucketed` brings the rows of a customer together first. Both take customers
// to be numbered densely, as 0, 1, 2 ….
//
// Tried, and slower or no quicker: finding the order and the largest number in a pass of their own; a switch over the
// kind of type; no branches at all (amount and cap through tables); blocks of rows parted by type, then a loop a type;
// buckets of row numbers in place of copies.
import { makeDecay } from "./decay.mjs";
import { AT, DAY, model } from "./workload.mjs";

const PERIOD = 90 * DAY;
const WITHIN = 7 * DAY;
const SILENCE = 14 * DAY;
const SEEN = 1;
const ACTIVE = 2;
const FRESH = 4;
const decay = makeDecay(PERIOD, 14 * DAY);

/** One pass over rows in the order of their times; other rows are brought into it first. */
export function onePass(columns, at = AT, capacity = 16_384) {
  const { subjects, types, times, typeNames } = columns;
  const { quantity } = columns.data;
  const { login, purchase, points, slots } = codesOf(typeNames);
  const sums = new Float64Array(capacity * 2);
  const flags = new Uint8Array(capacity);
  const recent = new Int32Array(capacity);
  const days = new Int32Array(capacity).fill(-1);
  const rows = times.length;
  const oldest = at - PERIOD;
  const firstDay = Math.floor(oldest / DAY) * DAY;
  let previous = -Infinity;
  let row = 0;

  for (; row < rows && times[row] <= oldest; row += 1) {
    const time = times[row];
    const subject = subjects[row];
    if (time < previous) return onePass(inOrder(columns), at, capacity);
    if (subject >= capacity) return onePass(columns, at, powerAbove(subject));
    previous = time;
    flags[subject] = SEEN | ACTIVE;
    // It gives nothing, and yet the day it falls on has had its login.
    if (time >= firstDay && types[row] === login) days[subject] = Math.floor(time / DAY);
  }
  let day = 0;
  let flag = 0;
  let bound = -Infinity;
  for (; row < rows; row += 1) {
    const time = times[row];
    const subject = subjects[row];
    const code = types[row];
    if (time >= bound) {
      // What is the same for all rows until the next midnight, the beginning of silence, or `at`.
      if (time > at) break;
      day = Math.floor(time / DAY);
      flag = time > at - SILENCE ? SEEN | ACTIVE | FRESH : SEEN | ACTIVE;
      bound = Math.min((day + 1) * DAY, at + 1);
      if (time <= at - SILENCE) bound = Math.min(bound, at - SILENCE + 1);
    }
    if (time < previous) return onePass(inOrder(columns), at, capacity);
    if (subject >= capacity) return onePass(columns, at, powerAbove(subject));
    previous = time;
    flags[subject] = flag;
    let gain = points[code] * decay(at - time);
    if (code === login) {
      if (time > at - WITHIN) recent[subject] += 1;
      if (days[subject] === day) continue;
      days[subject] = day;
    } else if (code === purchase) {
      const amount = quantity[row];
      if (!(Math.abs(amount) <= 1e12)) continue;
      gain *= amount;
    }
    sums[subject * 2 + slots[code]] += gain;
  }
  for (; row < rows; row += 1) {
    const subject = subjects[row];
    if (times[row] < previous) return onePass(inOrder(columns), at, capacity);
    if (subject >= capacity) return onePass(columns, at, powerAbove(subject));
    previous = times[row];
    flags[subject] |= SEEN;
  }
  return finishAll(sums, flags, recent);
}

/** A counting sort by customer, then each customer's rows one after the other. */
export function bucketed(columns, at = AT) {
  const sorted = isInOrder(columns.times) ? columns : inOrder(columns);
  const { subjects, types, times, typeNames, data } = sorted;
  const { login, purchase, points, slots } = codesOf(typeNames);
  let last = 0;
  for (let row = 0; row < subjects.length; row += 1) if (subjects[row] > last) last = subjects[row];
  const ends = new Uint32Array(last + 2);
  for (let row = 0; row < subjects.length; row += 1) ends[subjects[row] + 1] += 1;
  for (let subject = 0; subject <= last; subject += 1) ends[subject + 1] += ends[subject];
  const ownTimes = new Float64Array(times.length);
  const ownTypes = new Uint8Array(times.length);
  const ownAmounts = new Float64Array(times.length);
  for (let row = 0; row < times.length; row += 1) {
    const place = ends[subjects[row]]++;
    ownTimes[place] = times[row];
    ownTypes[place] = types[row];
    ownAmounts[place] = data.quantity[row];
  }
  const sums = new Float64Array((last + 1) * 2);
  const flags = new Uint8Array(last + 1);
  const recent = new Int32Array(last + 1);
  for (let subject = 0, place = 0; subject <= last; subject += 1) {
    let lastDay = -1;
    for (; place < ends[subject]; place += 1) {
      const age = at - ownTimes[place];
      const code = ownTypes[place];
      flags[subject] |= age < 0 ? SEEN : age < SILENCE ? SEEN | ACTIVE | FRESH : SEEN | ACTIVE;
      if (age < 0 || age >= PERIOD + DAY) continue;
      let gain = age < PERIOD ? points[code] * decay(age) : 0;
      if (code === login) {
        if (age < WITHIN) recent[subject] += 1;
        const day = (ownTimes[place] / DAY) | 0;
        if (day === lastDay) continue;
        lastDay = day;
      } else if (code === purchase) {
        if (!(Math.abs(ownAmounts[place]) <= 1e12)) continue;
        gain *= ownAmounts[place];
      }
      sums[subject * 2 + slots[code]] += gain;
    }
  }
  return finishAll(sums, flags, recent);
}

/** By code of a type: its points, and the slot of the sum it goes to, 1 for the limited one. */
function codesOf(typeNames) {
  const points = new Float64Array(256);
  for (const { kind, event, points: own } of model.criteria) if (kind === "event") points[typeNames.indexOf(event)] = own;
  const slots = new Uint8Array(256);
  slots[typeNames.indexOf("view")] = 1;
  return { login: typeNames.indexOf("login"), purchase: typeNames.indexOf("purchase"), points, slots };
}

/** From sums and counts by customer to columns of results. */
export function finishAll(sums, flags, recent) {
  let count = 0;
  for (let subject = 0; subject < flags.length; subject += 1) count += flags[subject] & SEEN;
  const subjects = new Uint32Array(count);
  const points = new Float64Array(count);
  const score = new Float64Array(count);
  const stars = new Uint8Array(count);
  const segment = new Uint8Array(count);
  for (let subject = 0, at = 0; subject < flags.length; subject += 1) {
    if (flags[subject] === 0) continue;
    const views = sums[subject * 2 + 1];
    let all = sums[subject * 2] + (views > 60 ? 60 : views < -60 ? -60 : views);
    if (recent[subject] >= 5) all += 25;
    if ((flags[subject] & (ACTIVE | FRESH)) === ACTIVE) all -= 30;
    const scaled = Math.round(all * 2.5e8) / 1e9;
    subjects[at] = subject;
    points[at] = all;
    score[at] = scaled;
    stars[at] = scaled <= 0 ? 0 : scaled >= 80 ? 5 : 1 + Math.floor(scaled / 20);
    segment[at] = scaled <= 40 ? 0 : scaled <= 70 ? 1 : scaled <= 100 ? 2 : 3;
    at += 1;
  }
  return { subjects, points, score, stars, segment };
}

function isInOrder(times) {
  for (let row = 1; row < times.length; row += 1) if (times[row] < times[row - 1]) return false;
  return true;
}

/** The columns with their rows in the order of their times. */
function inOrder({ subjects, types, times, typeNames, data }) {
  const rows = Uint32Array.from(times.keys()).sort((a, b) => times[a] - times[b]);
  const pick = (column) => column.map((_, row) => column[rows[row]]);
  return { subjects: pick(subjects), types: pick(types), times: pick(times), typeNames, data: { quantity: pick(data.quantity) } };
}

function powerAbove(number) {
  return 2 ** Math.ceil(Math.log2(number + 1));
}
