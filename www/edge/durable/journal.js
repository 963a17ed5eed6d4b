/*
 * What is kept of a customer, in the SQLite of their object:
 *
 *   journal   every event that was taken, a row for each call, in the order of arrival: the truth
 *   kept      a snapshot of the ledger with the number of the last row in it, which spares reading them all; the profile; …
 *
 * A row of the journal is written in the same transaction as whatever goes with it, and answered for only after that.
 */

/** Values of SQLite have at most 2 MB here. */
const CHUNK_BYTES = 1024 * 1024;
const CHUNK_EVENTS = 2000;

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
    this.#sql.exec("CREATE TABLE IF NOT EXISTS journal (number INTEGER PRIMARY KEY AUTOINCREMENT, events TEXT NOT NULL, taken INTEGER NOT NULL)");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID");
  }

  /** Writes events down, with when they were taken in; gives the number of the last row. */
  append(events, nowMs) {
    let number = 0;
    for (const text of chunksOf(events)) {
      ({ number } = this.#sql.exec("INSERT INTO journal (events, taken) VALUES (?, ?) RETURNING number", text, nowMs).one());
    }
    return number;
  }

  /** The events of the rows after one, a list for each row. */
  *after(number) {
    for (const row of this.#sql.exec("SELECT number, events FROM journal WHERE number > ? ORDER BY number", number)) {
      yield { number: row.number, events: JSON.parse(row.events) };
    }
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
    const bytes = new Uint8Array(rows.reduce((size, { value }) => size + value.byteLength, 0));
    let offset = 0;
    for (const { value } of rows) {
      bytes.set(new Uint8Array(value), offset);
      offset += value.byteLength;
    }
    return { ...head, bytes };
  }

  dropSnapshot() {
    this.#sql.exec("DELETE FROM kept WHERE key = 'snapshot' OR (key >= 'snapshot/' AND key < 'snapshot0')");
  }

  writeSnapshot({ bytes, ...head }) {
    this.dropSnapshot();
    for (let part = 0; part * CHUNK_BYTES < bytes.length; part += 1) {
      const slice = bytes.slice(part * CHUNK_BYTES, (part + 1) * CHUNK_BYTES);
      this.#sql.exec("INSERT INTO kept (key, value) VALUES (?, ?)", `snapshot/${String(part).padStart(6, "0")}`, slice);
    }
    this.write("snapshot", head);
  }
}

/** Lists as JSON, each short enough for a value. */
function* chunksOf(events) {
  for (let from = 0; from < events.length; from += CHUNK_EVENTS) yield* halved(events.slice(from, from + CHUNK_EVENTS));
}

function* halved(events) {
  const text = JSON.stringify(events);
  if (text.length * 3 <= 2 * CHUNK_BYTES - 1024 || events.length === 1) {
    yield text;
    return;
  }
  const middle = events.length >> 1;
  yield* halved(events.slice(0, middle));
  yield* halved(events.slice(middle));
}
