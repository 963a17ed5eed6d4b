/*
 * What is kept of a customer, in the SQLite of their object:
 *
 *   journal   every event that was taken, a row for each call, in the order of arrival: the truth
 *   kept      a snapshot of the ledger with the number of the last row in it, which spares reading them all; the profile; …
 *
 * A row of the journal is written in the same transaction as whatever goes with it, and answered for only after that.
 */
import { joined } from "../core/bytes.js";

/** Values of SQLite have at most 2 MB here, and a character of a text at most three bytes. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_LENGTH = 640 * 1024;
const CHUNK_EVENTS = 2000;
/** What goes from object to worker at a time has at most 32 MiB. */
const PAGE_LENGTH = 4 * 1024 * 1024;

export class Journal {
  #sql;

  constructor(storage) {
    this.#sql = storage.sql;
  }

  /** Whether anything is kept; asking makes no tables. */
  get exists() {
    return this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'journal'").toArray().length > 0;
  }

  /** Makes the tables. */
  open() {
    this.#sql.exec("CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY, events TEXT NOT NULL, taken INTEGER NOT NULL)");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID");
  }

  /** Writes events down, with when they were taken in. */
  append(events, nowMs) {
    for (const text of chunksOf(events)) this.#sql.exec("INSERT INTO journal (events, taken) VALUES (?, ?)", text, nowMs);
  }

  #rowsAfter(number) {
    return this.#sql.exec("SELECT number, events FROM journal WHERE number > ? ORDER BY number", number);
  }

  /** The events of the rows after one, a list for each row. */
  *after(number) {
    for (const { events } of this.#rowsAfter(number)) yield JSON.parse(events);
  }

  /** Events of the rows after one, as many as a message can carry; `next` is the row to go on after, where there are more. */
  page(after) {
    const events = [];
    let [last, length] = [after, 0];
    for (const row of this.#rowsAfter(after)) {
      if (length && length + row.events.length > PAGE_LENGTH) return { events, next: last };
      for (const event of JSON.parse(row.events)) events.push(event);
      last = row.number;
      length += row.events.length;
    }
    return { events };
  }

  /** How many characters all rows have. */
  get length() {
    return this.#sql.exec("SELECT sum(length(events)) AS length FROM journal").one().length ?? 0;
  }

  /**
   * Writes all rows anew, long ones, without events that are in them twice; in a transaction of the caller's. Gives how many
   * events are left. Only what is the same in every character is the same here: which of two with one id counts is up to the ledger.
   */
  tidy() {
    const { last } = this;
    const texts = new Set();
    for (const events of this.after(0)) for (const event of events) texts.add(JSON.stringify(event));
    this.append([...texts].map((text) => JSON.parse(text)), this.lastTaken);
    this.#sql.exec("DELETE FROM journal WHERE number <= ?", last);
    return texts.size;
  }

  get last() {
    return this.#sql.exec("SELECT max(number) AS number FROM journal").one().number ?? 0;
  }

  /** When events were last taken in. */
  get lastTaken() {
    return this.#sql.exec("SELECT taken FROM journal ORDER BY number DESC LIMIT 1").toArray()[0]?.taken ?? -Infinity;
  }

  /** Something kept under a key: JSON; undefined where there is none. */
  read(key) {
    const [row] = this.#sql.exec("SELECT value FROM kept WHERE key = ?", key).toArray();
    return row && JSON.parse(row.value);
  }

  write(key, value) {
    this.#sql.exec("INSERT INTO kept (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", key, JSON.stringify(value));
  }

  /** The snapshot: bytes in parts, of the model of a version, with all rows up to a number in it. */
  readSnapshot() {
    const head = this.read("snapshot");
    if (!head) return undefined;
    const rows = this.#sql.exec("SELECT key, value FROM kept WHERE key >= 'snapshot/' AND key < 'snapshot0' ORDER BY key").toArray();
    return { ...head, bytes: joined(rows.map(({ value }) => new Uint8Array(value))) };
  }

  dropSnapshot() {
    this.#sql.exec("DELETE FROM kept WHERE key = 'snapshot' OR (key >= 'snapshot/' AND key < 'snapshot0')");
  }

  /** Over the one before, in a transaction of the caller's: head and parts belong together. */
  writeSnapshot({ bytes, ...head }) {
    const keyOf = (part) => `snapshot/${String(part).padStart(6, "0")}`;
    const parts = Math.ceil(bytes.length / CHUNK_BYTES);
    for (let part = 0; part < parts; part += 1) {
      const slice = bytes.slice(part * CHUNK_BYTES, (part + 1) * CHUNK_BYTES);
      this.#sql.exec("INSERT INTO kept (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2", keyOf(part), slice);
    }
    this.#sql.exec("DELETE FROM kept WHERE key >= ? AND key < 'snapshot0'", keyOf(parts));
    this.write("snapshot", head);
  }
}

/** Lists as JSON, each short enough for a value. */
function* chunksOf(events) {
  for (let from = 0; from < events.length; from += CHUNK_EVENTS) yield* halved(events.slice(from, from + CHUNK_EVENTS));
}

function* halved(events) {
  const text = JSON.stringify(events);
  if (text.length <= CHUNK_LENGTH || events.length === 1) {
    yield text;
    return;
  }
  const middle = events.length >> 1;
  yield* halved(events.slice(0, middle));
  yield* halved(events.slice(middle));
}
