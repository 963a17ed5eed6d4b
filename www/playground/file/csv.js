/* Comma-separated values as RFC 4180 has them, piece by piece: quotes, doubled quotes, line breaks within quotes. */
import { FileFault } from "./fault.js";

const DELIMITERS = [",", ";", "\t"];
const DELIMITER_NAMES = { ",": "commas", ";": "semicolons", "\t": "tabs" };
/** A quote that is never closed swallows the rest of a file; no cell is as long as this many characters. */
const LONGEST = 1_000_000;

/** What stands between the cells: the one that is in the first line most often, outside of quotes. */
export function delimiterOf(line) {
  const bare = line.replaceAll(/"[^"]*"/g, "");
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

/** "semicolons" */
export function delimiterName(delimiter) {
  return DELIMITER_NAMES[delimiter];
}

/** `{ push(text), end() }`; `onRecord(cells, line)` gets every line that is not empty, `line` being where it begins. */
export function csvReader(delimiter, onRecord) {
  let rest = "";
  let line = 1;

  function push(text) {
    rest += text;
    take(false);
  }

  function end() {
    take(true);
    if (rest !== "") throw new FileFault("a quote is opened here and never closed", line);
  }

  function take(isLast) {
    let from = 0;
    while (from < rest.length) {
      let to = rest.indexOf("\n", from);
      if (to === -1 && !isLast) break;
      if (to === -1) to = rest.length;
      let record = rest.slice(from, to);
      let breaks = 1;
      // A line break within quotes belongs to the cell: as long as a quote is open, the next line is one with this.
      while (isOpen(record)) {
        const next = to >= rest.length ? -1 : rest.indexOf("\n", to + 1);
        if (record.length > LONGEST) throw new FileFault("a quote is opened here and never closed", line);
        if (next === -1 && (!isLast || to >= rest.length)) return void (rest = rest.slice(from));
        to = next === -1 ? rest.length : next;
        record = rest.slice(from, to);
        breaks += 1;
      }
      if (record.endsWith("\r")) record = record.slice(0, -1);
      if (record !== "") onRecord(record.includes('"') ? quotedCells(record, delimiter, line) : record.split(delimiter), line);
      line += breaks;
      from = to + 1;
    }
    rest = rest.slice(from);
  }

  return { push, end };
}

function isOpen(record) {
  let quotes = 0;
  for (let at = record.indexOf('"'); at !== -1; at = record.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}

function quotedCells(record, delimiter, line) {
  const cells = [];
  let at = 0;
  while (at <= record.length) {
    if (record[at] !== '"') {
      const end = record.indexOf(delimiter, at);
      cells.push(record.slice(at, end === -1 ? undefined : end));
      if (end === -1) break;
      at = end + 1;
      continue;
    }
    let end = record.indexOf('"', at + 1);
    while (end !== -1 && record[end + 1] === '"') end = record.indexOf('"', end + 2);
    cells.push(record.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 < record.length && record[end + 1] !== delimiter) throw new FileFault(`expected the end of a cell after its closing quote, found \`${record[end + 1]}\``, line);
    at = end + 2;
  }
  return cells;
}
