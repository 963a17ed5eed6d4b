// Many customers' events as NDJSON: `JSON.parse`, then the expert's one pass over columns. `split` takes the whole text
// apart and parses it line by line; `chunked` parses 16 KB at a time as one array, so that what it makes dies young.
// `JSON.parse` takes nearly all of the time.
import { onePass } from "./expert-columns.mjs";
import { AT, TYPES } from "./workload.mjs";

const CHUNK = 16_384;
const NEWLINE = 10;
/** `{"subject":"","type":"","time":1700000000000}` and a newline. */
const SHORTEST_LINE = 46;
const decoder = new TextDecoder();

/** Split, `JSON.parse`, expert. */
export function split(bytes, at = AT) {
  const table = new Table(bytes.length);
  for (const line of decoder.decode(bytes).split("\n")) if (line !== "") table.add(JSON.parse(line));
  return table.score(at);
}

/** The same in chunks that end with a line. */
export function chunked(bytes, at = AT) {
  const table = new Table(bytes.length);
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + CHUNK, bytes.length);
    if (end < bytes.length) end = bytes.lastIndexOf(NEWLINE, end - 1) + 1;
    const lines = decoder.decode(bytes.subarray(start, end)).trimEnd().replaceAll("\n", ",");
    const events = JSON.parse(`[${lines}]`);
    for (let index = 0; index < events.length; index += 1) table.add(events[index]);
    start = end;
  }
  return table.score(at);
}

/** Events as columns, the customers numbered as they first appear. */
class Table {
  rows = 0;
  numbers = new Map();
  names = [];

  constructor(bytes) {
    const capacity = Math.ceil(bytes / SHORTEST_LINE) + 1;
    this.subjects = new Uint32Array(capacity);
    this.types = new Uint8Array(capacity);
    this.times = new Float64Array(capacity);
    this.quantity = new Float64Array(capacity);
  }

  add(event) {
    const { subject } = event;
    let number = this.numbers.get(subject);
    if (number === undefined) {
      number = this.names.push(subject) - 1;
      this.numbers.set(subject, number);
    }
    const code = codeOf(event.type);
    const row = this.rows++;
    this.subjects[row] = number;
    this.types[row] = code;
    this.times[row] = event.time;
    if (code === 7) this.quantity[row] = event.data?.quantity ?? NaN;
  }

  score(at) {
    const [subjects, types, times, quantity] = [this.subjects, this.types, this.times, this.quantity].map((column) => {
      return column.subarray(0, this.rows);
    });
    const result = onePass({ subjects, types, times, typeNames: TYPES, data: { quantity } }, at);
    return { ...result, subjects: this.names };
  }
}

function codeOf(type) {
  switch (type) {
    case "login":
      return 0;
    case "view":
      return 1;
    case "search":
      return 2;
    case "comment":
      return 3;
    case "share":
      return 4;
    case "invite":
      return 5;
    case "export":
      return 6;
    case "purchase":
      return 7;
    case "ticket":
      return 8;
    case "error":
      return 9;
    default:
      return 255;
  }
}
