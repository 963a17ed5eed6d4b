// Many customers' events, in the order of their times, so that the customers come interleaved: as columns and as NDJSON.
import { makeData, makeEvent, makeRandom, TYPES } from "./workload.mjs";

export const CUSTOMERS = 10_000;
/** Lines are made into bytes by so many at a time. */
const LINES = 10_000;

/** Columns as a reader of Arrow or Parquet hands them over; a quantity that is not there is NaN. */
export function makeColumns(count, customers = CUSTOMERS) {
  const subjects = new Uint32Array(count);
  const types = new Uint8Array(count);
  const times = new Float64Array(count);
  const quantity = new Float64Array(count).fill(NaN);
  const codes = Object.fromEntries(TYPES.map((type, code) => [type, code]));
  for (const [index, { subject, type, time, data }] of crowd(count, customers)) {
    subjects[index] = subject;
    types[index] = codes[type];
    times[index] = time;
    if (data?.quantity !== undefined) quantity[index] = data.quantity;
  }
  return { subjects, types, typeNames: TYPES, times, data: { quantity } };
}

/** The same events as UTF-8, one a line; the customers are `c-0`, `c-1` and so on. */
export function makeLines(count, customers = CUSTOMERS) {
  const parts = [];
  let lines = [];
  for (const [index, event] of crowd(count, customers)) {
    lines.push(JSON.stringify({ ...event, subject: `c-${event.subject}` }));
    if (lines.length === LINES || index === count - 1) {
      parts.push(Buffer.from(`${lines.join("\n")}\n`));
      lines = [];
    }
  }
  return new Uint8Array(Buffer.concat(parts));
}

function* crowd(count, customers) {
  const random = makeRandom(7);
  for (let index = 0; index < count; index += 1) {
    const subject = Math.floor(random() * customers);
    const event = { subject, ...makeEvent(random, index, count) };
    if (event.type === "purchase") event.data = makeData(random);
    yield [index, event];
  }
}
