// The customer's object under sabotage, with a look inside.
import { customerObject as sound } from "../../www/edge/durable/customer-object.js";
import { delivered, step, storageOf, stubsOf } from "./sabotage.mjs";

let current;
globalThis.fetch = async (...given) => {
  const request = new Request(...given);
  const text = await request.text();
  return step(current, "fetch", () => {
    delivered.push({ id: request.headers.get("webhook-id"), text });
    return new Response(null, { status: 204 });
  });
};

export function customerObject(json) {
  return class SabotagedObject extends sound(json) {
    #storage;

    constructor(context, environment) {
      const { storage } = context;
      Object.defineProperty(context, "storage", { value: storageOf(context) });
      super(context, { ...environment, REGISTERS: stubsOf(context, environment.REGISTERS) });
      this.#storage = storage;
    }

    evict() {
      this.ctx.abort("evicted by a test");
    }

    async ring() {
      current = this.ctx;
      await this.alarm();
    }

    /** What is on disk. */
    async look() {
      const { sql, kv } = this.#storage;
      const rows = (text) => sql.exec(text).toArray();
      const tables = rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'").map(({ name }) => name).sort();
      const alarmMs = await this.#storage.getAlarm();
      if (!tables.includes("journal")) return { tables, alarmMs, forgottenMs: kv.get("forgotten") };
      const kept = rows("SELECT key, CASE WHEN key LIKE 'snapshot/%' THEN length(value) ELSE value END AS value FROM kept ORDER BY key");
      const { last, count } = rows("SELECT max(number) AS last, count(*) AS count FROM journal")[0];
      return { tables, alarmMs, last, rows: count, kept: Object.fromEntries(kept.map(({ key, value }) => [key, key.includes("/") ? value : JSON.parse(value)])) };
    }

    /** Changes a byte of the snapshot. */
    spoilSnapshot() {
      const [{ value }] = this.#storage.sql.exec("SELECT value FROM kept WHERE key = 'snapshot/000000'").toArray();
      const bytes = new Uint8Array(value);
      bytes[bytes.length >> 1] ^= 1;
      this.#storage.sql.exec("UPDATE kept SET value = ? WHERE key = 'snapshot/000000'", bytes);
    }

    /** Forgets the snapshot: all must be as it is without it. */
    dropSnapshot() {
      this.#storage.sql.exec("DELETE FROM kept WHERE key LIKE 'snapshot%'");
    }
  };
}
