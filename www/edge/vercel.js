/*
 * Vercel's part: an edge function, customers in Redis over HTTP (the store that Vercel offers, by Upstash). It belongs at
 * `api/[...route].js` of a project, which passes everything to it: `export { default, config } from "…/vercel.js"`.
 */
import { appOf } from "./core/app.js";
import { base64Of, bytesOf } from "./core/bytes.js";
import { keptCustomers } from "./core/kept-customers.js";
import { rulesOf } from "./core/rules.js";
import { settingsOf } from "./core/settings.js";
import model from "./model.json" with { type: "json" };

export const config = { runtime: "edge" };

/** Writes a record if its stamp is still the one that was read; Redis runs a script as one step. */
const WRITE = `if (redis.call('HGET', KEYS[1], 'stamp') or '') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'stamp', ARGV[2], 'bytes', ARGV[3])
return 1`;

const environment = process.env;
const settings = settingsOf(environment);
const rules = rulesOf(model);
const { app } = appOf({ settings, rules, customers: keptCustomers({ store: storeOver(redis), rules, settings }), addressOf: (request) => request.headers.get("x-real-ip") });

/** The routes are the same below `/api`. */
export default function handler(request) {
  const address = new URL(request.url);
  address.pathname = address.pathname.replace(/^\/api(?=\/)/, "");
  return app.fetch(new Request(address, request));
}

function storeOver(command) {
  const keyOf = (name) => `starwise:${name}`;
  return {
    async read(name) {
      const [stamp, text] = await command(["HMGET", keyOf(name), "stamp", "bytes"]);
      return stamp === null ? undefined : { stamp, bytes: bytesOf(text) };
    },
    async write(name, bytes, stamp = "") {
      return (await command(["EVAL", WRITE, "1", keyOf(name), stamp, crypto.randomUUID(), base64Of(bytes)])) === 1;
    },
    async remove(name) {
      await command(["DEL", keyOf(name)]);
    },
  };
}

/** One command to Redis over HTTP. */
async function redis(command) {
  const response = await fetch(environment.KV_REST_API_URL, {
    method: "POST",
    headers: { Authorization: `Bearer ${environment.KV_REST_API_TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(command),
  });
  const { result, error } = await response.json();
  if (error !== undefined) throw new Error(`Redis refused \`${command[0]}\`: ${error}`);
  return result;
}
