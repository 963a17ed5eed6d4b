// Snapshots of ledgers with progress and nudges that are none, or no longer: refused, or taken with answers that are sound.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../pkg/index.node.js";
import { generateProgressCase } from "../oracle/generate-progress.mjs";
import { Random } from "../oracle/generator/random.mjs";
import { parseTime } from "../oracle/time.mjs";
import { ledgerOptions } from "./ledger/fleet.mjs";
import { cutOff, flipped, sealed } from "./ledger/snapshots.mjs";
import { settle } from "./sound.mjs";

const SNAPSHOTS = 14;
const FORGERIES = Number(process.env.STARWISE_FORGERIES ?? 250);
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
const HOUR = 3_600_000;
const CHECKSUM_BYTES = 8;
const VERSION_AT = 4;
/** Errors by the hundred thousand: where each came from is not asked. */
Error.stackTraceLimit = 0;

const snapshots = Array.from({ length: SNAPSHOTS }, (_, index) => makeSnapshot(FIRST_SEED + index, index % 3 > 0));

// After any error the module goes on working.
afterEach(() => {
  for (const { model, bytes, answers, options } of snapshots) {
    const ledger = Ledger.fromBytes(model, bytes);
    assert.deepEqual(ledger.toBytes(), bytes);
    assert.deepEqual(askAll(ledger, options), answers);
    ledger.free();
  }
});

test("some are of the second format, some of the first", () => {
  const versions = new Set(snapshots.map(({ bytes }) => bytes[VERSION_AT]));
  assert.deepEqual([...versions].sort(), [1, 2]);
});

test("every single bit that is flipped is noticed", (context) => {
  let count = 0;
  for (const snapshot of snapshots) count += refuseAll(snapshot, flipped(snapshot.bytes));
  context.diagnostic(`${count} flips, of snapshots of ${snapshots.map(({ bytes }) => bytes.length).join(", ")} bytes`);
});

test("every beginning is noticed to be no more, and what follows the end", () => {
  for (const snapshot of snapshots) {
    refuseAll(snapshot, cutOff(snapshot.bytes));
    refuseAll(snapshot, [[0], [255], snapshot.bytes].map((tail) => Uint8Array.from([...snapshot.bytes, ...tail])));
  }
});

test("the head of one with the tail of another is noticed", () => {
  const random = new Random(FIRST_SEED);
  for (const snapshot of snapshots) refuseAll(snapshot, random.times(60, () => splice(random, snapshot, random.pick(snapshots))));
});

test("the same with the checksum put right is refused, or taken and sound", (context) => {
  const random = new Random(FIRST_SEED);
  const seen = { refused: 0, taken: 0 };
  for (const snapshot of snapshots) {
    const forgeries = random.times(FORGERIES, () => forge(random, snapshot));
    for (let cut = 13; cut < snapshot.bytes.length; cut += 7) forgeries.push(sealed(snapshot.bytes.slice(0, cut)));
    for (const forged of forgeries) seen[take(snapshot, forged)] += 1;
  }
  context.diagnostic(`${seen.refused} refused, ${seen.taken} taken`);
  assert.ok(seen.refused > 100 && seen.taken > 100);
});

test("a number of things that there are not is refused before there is room for them", () => {
  const counts = [[0x80, 0x89, 0x7a], [0xff, 0xff, 0xff, 0x03], [0xff, 0xff, 0xff, 0xff, 0x0f], new Array(9).fill(255).concat(1)];
  const before = process.memoryUsage().rss;
  for (const snapshot of snapshots.filter(({ bytes }) => bytes.length < 3_000).slice(0, 4)) {
    for (let at = VERSION_AT + 9; at < snapshot.bytes.length - CHECKSUM_BYTES; at += 5) {
      const { bytes } = snapshot;
      for (const count of counts) take(snapshot, sealed(Uint8Array.from([...bytes.subarray(0, at), ...count, ...bytes.subarray(at + 1)])));
    }
  }
  assert.ok(process.memoryUsage().rss - before < 1.5e9);
});

test("columns that are all the same take no more room than a ledger has", () => {
  const time = Date.UTC(2024, 0, 1);
  const criteria = Array.from({ length: 120 }, (_, index) => ({ id: `c${index}`, kind: "frequency", event: "a", atLeast: index + 2, within: "30d", points: 1 }));
  const model = new Model({ criteria });
  const ledger = new Ledger(model);
  ledger.add({ type: "a", time });
  ledger.compact(time + HOUR);
  // One time: how many, the first, its unit, and the head and the number of a column that is all the same.
  const one = [1, ...signed(time), 1, 4, 0];
  const many = [...varint(8_000_000n), ...signed(time), 1, 4, 0];
  const hex = Buffer.from(ledger.toBytes()).toString("hex");
  const [found, forged] = [one, many].map((numbers) => Buffer.from(numbers).toString("hex"));
  assert.ok(hex.split(found).length > 100);
  const bytes = sealed(Uint8Array.from(Buffer.from(hex.replaceAll(found, forged), "hex")));
  assert.throws(() => Ledger.fromBytes(model, bytes), { code: "snapshot-damaged" });
  assert.equal(Ledger.fromBytes(model, ledger.toBytes()).score({ at: time + HOUR }).score, 0);
});

/** `{ model, bytes, options, answers }` of a ledger that has lived: two replicas, most with a past that is folded. */
function makeSnapshot(seed, isFolded) {
  const random = new Random(seed);
  const { model: json, history, options } = generateProgressCase(seed);
  const { showing: _, ...asked } = options;
  const at = parseTime(options.at);
  const model = new Model(json);
  const ledgers = ["one", "two"].map((replica) => new Ledger(model, { ...ledgerOptions({ history, options }), replica }));
  for (const event of history.events) settle(() => (random.pick(ledgers).add(event), null));
  const [first, second] = ledgers;
  first.merge(second);
  if (isFolded) first.compact(at - random.integer(0, 240) * HOUR);
  const bytes = first.toBytes();
  for (const ledger of ledgers) ledger.free();
  const snapshot = { model, bytes, options: { ...asked, at: at + 8 * 24 * HOUR } };
  const again = Ledger.fromBytes(model, bytes);
  snapshot.answers = askAll(again, snapshot.options);
  again.free();
  return snapshot;
}

/** Everything that can be asked: answers, and the codes of errors. */
function askAll(ledger, options) {
  const asked = { ...options, at: Math.min(Math.max(options.at, ledger.compactedTo ?? 1e11), 8.64e15) };
  return ["progress", "nudge", "score"].map((what) => {
    if (what === "score") return ledger.score(asked).score;
    const { answer, error } = settle(() => ledger[what](asked));
    return error ? error.code : answer;
  });
}

/** A ledger is made of a forgery, and another one merges it: whoever refuses stays what it was. */
function take({ model, bytes, options }, forged) {
  let fate = "refused";
  try {
    const ledger = Ledger.fromBytes(model, forged);
    askAll(ledger, options);
    assert.deepEqual(Ledger.fromBytes(model, ledger.toBytes()).toBytes(), ledger.toBytes());
    ledger.free();
    fate = "taken";
  } catch (error) {
    isRefusal(error, forged);
  }
  const own = Ledger.fromBytes(model, bytes);
  try {
    own.merge(forged);
    askAll(own, options);
  } catch (error) {
    isRefusal(error, forged);
    assert.ok(same(own.toBytes(), bytes), "the ledger has changed");
  }
  own.free();
  return fate;
}

/** Most changes where the past is: behind the rows. */
function forge(random, { bytes }) {
  if (random.chance(10)) return sealed(splice(random, { bytes }, random.pick(snapshots)));
  const end = bytes.length - CHECKSUM_BYTES;
  const forged = bytes.slice();
  for (let changes = random.integer(1, 3); changes > 0; changes -= 1) {
    const at = random.chance(70) ? random.integer(end >> 1, end - 1) : random.integer(VERSION_AT + 1, end - 1);
    forged[at] = random.pick([0, 1, 127, 128, 255, forged[at] ^ (1 << random.integer(0, 7)), random.integer(0, 255)]);
  }
  if (random.chance(15)) forged.copyWithin(random.integer(end >> 1, end), random.integer(end >> 1, end), end);
  return sealed(forged);
}

function splice(random, { bytes }, other) {
  const cut = random.integer(1, bytes.length - 1);
  const from = random.chance(50) ? Math.min(cut, other.bytes.length - 1) : random.integer(1, other.bytes.length - 1);
  const spliced = Uint8Array.from([...bytes.subarray(0, cut), ...other.bytes.subarray(from)]);
  return same(spliced, bytes) || same(spliced, other.bytes) ? spliced.subarray(1) : spliced;
}

function refuseAll({ model, bytes }, bad) {
  const ledger = Ledger.fromBytes(model, bytes);
  let count = 0;
  for (const damaged of bad) {
    for (const call of [() => ledger.merge(damaged), ...(count % 8 === 0 ? [() => Ledger.fromBytes(model, damaged, { rebase: true })] : [])]) {
      assert.throws(call, (error) => isRefusal(error, damaged) && error.code === "snapshot-damaged");
    }
    if (count % 16 === 0) assert.ok(same(ledger.toBytes(), bytes), "the ledger has changed");
    count += 1;
  }
  assert.ok(same(ledger.toBytes(), bytes), "the ledger has changed");
  ledger.free();
  return count;
}

function isRefusal(error, forged) {
  const isOurs = error instanceof StarwiseError && (/^snapshot-/.test(error.code) || ["ledger-too-large", "options-invalid-time-zone"].includes(error.code));
  assert.ok(isOurs, `${error?.code} ${error?.stack}\n${Buffer.from(forged).toString("base64")}`);
  return true;
}

function same(one, other) {
  return Buffer.compare(one, other) === 0;
}

function signed(number) {
  return varint(BigInt(number) << 1n);
}

function varint(number) {
  return number < 128n ? [Number(number)] : [Number(number & 127n) | 128, ...varint(number >> 7n)];
}
