/*
 * Deno's part: customers in Deno KV. Run it by `deno run --unstable-kv --allow-net --allow-env deno.js`, or deploy it; TOKEN_SECRET
 * is a variable, the model is the one beside it.
 */
import { appOf } from "./core/app.js";
import { joined } from "./core/bytes.js";
import { keptCustomers } from "./core/kept-customers.js";
import { rulesOf } from "./core/rules.js";
import { settingsOf } from "./core/settings.js";
import model from "./model.json" with { type: "json" };

/** Values of Deno KV have at most 64 KiB. */
const PART_BYTES = 60 * 1024;
/** A record whose parts were replaced while they were read is read anew. */
const READS = 5;

const kv = await Deno.openKv(Deno.env.get("KV_PATH"));
const settings = settingsOf(Deno.env.toObject());
const rules = rulesOf(model);
const { app } = appOf({ settings, rules, customers: keptCustomers({ store: storeOver(kv), rules, settings }) });

Deno.serve({ port: Number(Deno.env.get("PORT") ?? 8000) }, app.fetch);

/** A head names the generation of its parts, so that old and new ones are never mixed. */
function storeOver(database) {
  const headOf = (name) => ["customer", name];
  const partOf = (name, { generation }, part) => ["customer", name, generation, part];
  const partsOf = (name, head) => Array.from({ length: head.parts }, (_, part) => partOf(name, head, part));

  return {
    async read(name) {
      for (let reads = 0; reads < READS; reads += 1) {
        const { value: head, versionstamp } = await database.get(headOf(name));
        if (!head) return undefined;
        const parts = await Promise.all(partsOf(name, head).map((key) => database.get(key)));
        if (parts.every(({ value }) => value)) return { bytes: joined(parts.map(({ value }) => value)), stamp: { versionstamp, head } };
      }
      throw new Error("a record was replaced each time that it was read");
    },

    async write(name, bytes, stamp) {
      const head = { generation: crypto.randomUUID(), parts: Math.ceil(bytes.length / PART_BYTES) };
      const change = database.atomic().check({ key: headOf(name), versionstamp: stamp?.versionstamp ?? null }).set(headOf(name), head);
      partsOf(name, head).forEach((key, part) => change.set(key, bytes.slice(part * PART_BYTES, (part + 1) * PART_BYTES)));
      for (const key of stamp ? partsOf(name, stamp.head) : []) change.delete(key);
      const { ok } = await change.commit();
      return ok;
    },

    /** What is found, as one: a record that is written meanwhile is whole, and is removed by the next try. */
    async remove(name) {
      for (;;) {
        const { value: head, versionstamp } = await database.get(headOf(name));
        if (!head) return;
        const change = database.atomic().check({ key: headOf(name), versionstamp }).delete(headOf(name));
        for (const key of partsOf(name, head)) change.delete(key);
        const { ok } = await change.commit();
        if (ok) return;
      }
    },
  };
}
