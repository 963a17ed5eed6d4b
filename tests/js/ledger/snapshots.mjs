// Snapshots of random ledgers, and what is done to them.
import { Ledger, Model } from "../../../pkg/index.node.js";
import { generateTimeCase } from "../../oracle/generate-time.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { parseTime } from "../../oracle/time.mjs";
import { ledgerOptions } from "./fleet.mjs";

const HOUR = 3_600_000;
/** What every snapshot ends with. */
const CHECKSUM_BYTES = 8;

/** `{ model, bytes, options }` of a ledger that has lived: several replicas, ids, some folded. */
export function makeSnapshot(seed) {
  const random = new Random(seed);
  const { model: json, history, options } = generateTimeCase(seed);
  const model = new Model(json);
  const ledgers = random.times(random.integer(1, 4), () => new Ledger(model, ledgerOptions({ history, options })));
  for (const event of history.events) random.pick(ledgers).add(event);
  const [first] = ledgers;
  if (random.chance(50)) first.compact(parseTime(options.at) - random.integer(-24, 240) * HOUR);
  for (const ledger of ledgers) first.merge(ledger);
  const bytes = first.toBytes();
  for (const ledger of ledgers) ledger.free();
  return { json, model, bytes, options };
}

/** Every snapshot with one bit the other way. */
export function* flipped(bytes) {
  for (let bit = 0; bit < bytes.length * 8; bit += 1) yield bytes.with(bit >> 3, bytes[bit >> 3] ^ (1 << (bit & 7)));
}

/** Every beginning of it. */
export function* cutOff(bytes) {
  for (let length = 0; length < bytes.length; length += 1) yield bytes.subarray(0, length);
}

/** The bytes with a checksum that is right: FNV-1a. */
export function sealed(bytes) {
  let sum = 0xcbf29ce484222325n;
  const end = bytes.length - CHECKSUM_BYTES;
  for (const byte of bytes.subarray(0, end)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  const copy = bytes.slice();
  new DataView(copy.buffer).setBigUint64(end, sum, true);
  return copy;
}
