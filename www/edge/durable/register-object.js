/* A register: where the customers of one shard stand, so that all can be counted. */
import { DurableObject } from "cloudflare:workers";
import { hashOf } from "../core/rules.js";

/** The name of the register that a customer belongs to. */
export async function shardOf(name, shards) {
  return `shard-${Number.parseInt((await hashOf(name)).slice(0, 8), 16) % shards}`;
}

export class RegisterObject extends DurableObject {
  #sql;

  constructor(context, environment) {
    super(context, environment);
    this.#sql = context.storage.sql;
    this.#sql.exec("CREATE TABLE IF NOT EXISTS customers (name TEXT PRIMARY KEY, standing TEXT NOT NULL) WITHOUT ROWID");
  }

  put(name, standing) {
    this.#sql.exec("INSERT INTO customers (name, standing) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET standing = ?2", name, JSON.stringify(standing));
  }

  remove(name) {
    this.#sql.exec("DELETE FROM customers WHERE name = ?", name);
  }
}
