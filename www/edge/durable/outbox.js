/*
 * What others are to be told of a customer, in the SQLite of their object:
 *
 *   outbox        messages that wait, in the order in which they were written
 *   undelivered   the last of those that were given up, and why
 *
 * The tables are made with the first message: who tells nobody has none.
 */

/** So many of a listener wait at most; then the oldest is given up. */
const WAITING = 200;
/** So many of those that were given up are kept. */
const KEPT = 100;

export class Outbox {
  #sql;

  constructor(storage) {
    this.#sql = storage.sql;
  }

  /** Asking makes no tables. */
  get #exists() {
    return this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").toArray().length > 0;
  }

  /** Writes messages down, to be sent at once; in a transaction of the caller's. */
  add(messages, nowMs) {
    if (!messages.length) return;
    this.#sql.exec("CREATE TABLE IF NOT EXISTS outbox (number INTEGER PRIMARY KEY, id TEXT NOT NULL, listener TEXT NOT NULL, body TEXT NOT NULL, since INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL)");
    this.#sql.exec("CREATE TABLE IF NOT EXISTS undelivered (number INTEGER PRIMARY KEY, id TEXT NOT NULL, listener TEXT NOT NULL, body TEXT NOT NULL, since INTEGER NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL)");
    for (const { id, listener, body } of messages) {
      this.#sql.exec("INSERT INTO outbox (id, listener, body, since, attempts, due) VALUES (?, ?, ?, ?4, 0, ?4)", id, listener, body, nowMs);
    }
    for (const listener of new Set(messages.map((message) => message.listener))) this.#makeRoom(listener);
  }

  #makeRoom(listener) {
    const { count } = this.#sql.exec("SELECT count(*) AS count FROM outbox WHERE listener = ?", listener).one();
    for (let more = count - WAITING; more > 0; more -= 1) this.giveUp(this.head(listener), `more than ${WAITING} were waiting`);
  }

  /** The first message of each listener, which the others wait behind. */
  heads() {
    return this.#exists ? this.#sql.exec("SELECT * FROM outbox WHERE number IN (SELECT min(number) FROM outbox GROUP BY listener)").toArray() : [];
  }

  /** The first message of a listener; undefined where none waits. */
  head(listener) {
    return this.#exists ? this.#sql.exec("SELECT * FROM outbox WHERE listener = ? ORDER BY number LIMIT 1", listener).toArray()[0] : undefined;
  }

  /** A message is done with. The number may be another's by now, the id cannot. */
  remove({ number, id }) {
    if (this.#exists) this.#sql.exec("DELETE FROM outbox WHERE number = ? AND id = ?", number, id);
  }

  postpone({ number, id }, dueMs) {
    if (this.#exists) this.#sql.exec("UPDATE outbox SET attempts = attempts + 1, due = ? WHERE number = ? AND id = ?", dueMs, number, id);
  }

  /** Nobody takes it; it is kept for whoever asks what is held. */
  giveUp({ number, id }, reason) {
    if (!this.#exists) return;
    this.#sql.exec("INSERT INTO undelivered (id, listener, body, since, attempts, reason) SELECT id, listener, body, since, attempts, ? FROM outbox WHERE number = ? AND id = ?", reason, number, id);
    this.#sql.exec("DELETE FROM undelivered WHERE number <= (SELECT max(number) FROM undelivered) - ?", KEPT);
    this.remove({ number, id });
  }

  /** Everything that waits, and what was given up, for an export. */
  all() {
    const rows = (table) => (this.#exists ? this.#sql.exec(`SELECT * FROM ${table} ORDER BY number`).toArray() : []);
    const told = ({ number: _number, body, ...row }) => ({ ...row, message: JSON.parse(body) });
    return { waiting: rows("outbox").map(told), undelivered: rows("undelivered").map(told) };
  }
}
