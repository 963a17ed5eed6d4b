/*
 * A file of events becomes a population: NDJSON (an event a line) or CSV, gzipped or not, read as a stream.
 * What was found besides is the report, to be shown to the user.
 */
import { populationBuilder } from "../population.js";
import { guessColumns, isHeader } from "./column-guess.js";
import { csvReader, delimiterOf } from "./csv.js";
import { FileFault, quoted } from "./fault.js";
import { ndjsonReader } from "./ndjson.js";
import { timeReader } from "./time.js";

const GZIP = [0x1f, 0x8b];
/** How many rows are looked at before the columns are guessed. */
const SAMPLE = 200;
/** As many types as a column of 16-bit numbers can tell apart. */
const MOST_TYPES = 65_536;

/**
 * `{ population, report }` of a Blob. `columns` are those to be used instead of the guessed; `onProgress(share)` is called
 * on the way. Throws a `FileFault` where something cannot be read.
 */
export async function readFile(blob, { columns, onProgress = () => {} } = {}) {
  const builder = populationBuilder();
  const times = timeReader();
  const keep = (line, name, type, time, value, id) => {
    builder.add(name, type, timeAt(times, time, line), value, id);
    if (builder.typeCount() > MOST_TYPES) throw new FileFault(`more than ${MOST_TYPES} types of events: is this the right column?`, line);
  };
  const text = (await openText(blob, onProgress)).getReader();
  let start = "";
  let isDone = false;
  while (!isDone && !/\n/.test(start)) {
    const { value = "", done } = await text.read();
    start += value;
    isDone = done;
  }
  if (start.trim() === "") throw new FileFault("the file is empty");
  if (/^\s*\[/.test(start)) throw new FileFault("expected an event a line (NDJSON) or a table (CSV), found a JSON list", 1);
  const reader = /^\s*\{/.test(start) ? ndjsonReader(keep, builder.describe) : tableReader(start, keep, columns);
  reader.push(start);
  while (!isDone) {
    const { value = "", done } = await text.read();
    reader.push(value);
    isDone = done;
  }
  reader.end();
  if (builder.eventCount() === 0) throw new FileFault("the file holds no events");
  const { duplicates, ...population } = builder.finish();
  return { population, report: { ...reader.report(), times: times.found, duplicates } };
}

/** A table of rows: the columns are guessed as soon as there are enough rows to look at. */
function tableReader(start, keep, columns) {
  const delimiter = delimiterOf(start.slice(0, start.search(/\r?\n|$/)));
  const waiting = [];
  let report = null;
  const csv = csvReader(delimiter, (cells, line) => {
    if (report) return take(cells, line);
    waiting.push([cells, line]);
    if (waiting.length > SAMPLE) decide();
  });

  function decide() {
    const [[first]] = waiting;
    const hasHeader = isHeader(first);
    const names = hasHeader ? first.map((name) => name.trim()) : first.map((_, position) => `column ${position + 1}`);
    if (names.length < 3) throw new FileFault(`expected columns for customer, type and time, between commas, semicolons or tabs, found ${quoted(first.join(delimiter))}`, waiting[0][1]);
    if (hasHeader) waiting.shift();
    const { chosen, fitting } = guessColumns(names, waiting.map(([cells]) => cells));
    report = { form: "csv", delimiter, hasHeader, names, fitting, columns: { ...chosen, ...columns } };
    for (const role of ["customer", "type", "time"]) {
      if (report.columns[role] === undefined) throw new FileFault(`expected a column for ${role === "time" ? "the time" : `the ${role}`}, found ${names.map(quoted).join(", ")}`, waiting[0]?.[1] ?? 1);
    }
    for (const [cells, line] of waiting.splice(0)) take(cells, line);
  }

  function take(cells, line) {
    const { customer, type, time, value } = report.columns;
    const { names } = report;
    if (cells.length !== names.length) throw new FileFault(`expected ${names.length} columns, found ${cells.length}`, line);
    for (const column of [customer, type, time]) if (cells[column] === "") throw new FileFault(`expected something in the column ${quoted(names[column])}, found nothing`, line);
    keep(line, cells[customer], cells[type], cells[time], value === null ? NaN : numberAt(cells[value], names[value], line));
  }

  return {
    push: csv.push,
    end() {
      csv.end();
      if (!report) decide();
    },
    report: () => report,
  };
}

function numberAt(cell, name, line) {
  const text = cell.trim();
  if (text === "") return NaN;
  const number = Number(text);
  if (!Number.isFinite(number)) throw new FileFault(`expected a number in the column ${quoted(name)}, found ${quoted(text)}`, line);
  return number;
}

function timeAt(times, value, line) {
  try {
    return times.read(value);
  } catch (error) {
    throw error instanceof TypeError ? new FileFault(error.message, line) : error;
  }
}

/** The text of a file, unzipped where its first bytes say so; a server may have unzipped it already. */
async function openText(blob, onProgress) {
  const head = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  let done = 0;
  const counted = new TransformStream({
    transform(bytes, controller) {
      done += bytes.length;
      onProgress(done / blob.size);
      controller.enqueue(bytes);
    },
  });
  const bytes = blob.stream().pipeThrough(counted);
  const plain = GZIP.every((byte, position) => head[position] === byte) ? bytes.pipeThrough(new DecompressionStream("gzip")) : bytes;
  return plain.pipeThrough(new TextDecoderStream());
}
