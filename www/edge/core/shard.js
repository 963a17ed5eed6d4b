/* Which register a customer belongs to. */
import { hashOf } from "./hash.js";

/** The number of it, from 0. */
export async function shardOf(name, shards) {
  return Number.parseInt((await hashOf(name)).slice(0, 8), 16) % shards;
}
