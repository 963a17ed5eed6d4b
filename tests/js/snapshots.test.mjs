// Snapshots that are none, or no longer: refused, and whatever was to take them in is what it was.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Ledger, Model, StarwiseError } from "../../pkg/index.node.js";
import { compare } from "../oracle/compare.mjs";
import { Random } from "../oracle/generator/random.mjs";
import { cutOff, flipped, makeSnapshot, sealed } from "./ledger/snapshots.mjs";

const SNAPSHOTS = 20;
const FORGERIES = 300;
const FIRST_SEED = Number(process.env.STARWISE_SEED ?? 1);
const VERSION_AT = 4;
/** Errors by the hundred thousand: where each came from is not asked. */
Error.stackTraceLimit = 0;

const snapshots = Array.from({ length: SNAPSHOTS }, (_, index) => makeSnapshot(FIRST_SEED + index));
const rules = { criteria: [{ id: "a", kind: "event", event: "a", points: 10 }] };
const plain = new Model(rules);

// After any error the module goes on working.
afterEach(() => {
  for (const { model, bytes } of snapshots) {
    const ledger = Ledger.fromBytes(model, bytes);
    assert.deepEqual(ledger.toBytes(), bytes);
    ledger.free();
  }
});

test(`every single bit of ${SNAPSHOTS} snapshots that is flipped is noticed`, (context) => {
  let refused = 0;
  for (const { model, bytes } of snapshots) refused += refuseAll(model, bytes, flipped(bytes), "snapshot-damaged");
  const sizes = snapshots.map(({ bytes }) => bytes.length).sort((a, b) => a - b);
  context.diagnostic(`${refused} flips, of snapshots of ${sizes[0]} to ${sizes.at(-1)} bytes`);
});

test("every beginning of a snapshot is noticed to be no more", () => {
  for (const { model, bytes } of snapshots) refuseAll(model, bytes, cutOff(bytes), "snapshot-damaged");
});

test("what follows a snapshot is noticed", () => {
  for (const { model, bytes } of snapshots) {
    const tails = [[0], [255], new Array(8).fill(0), bytes, bytes.subarray(-8)];
    refuseAll(model, bytes, tails.map((tail) => new Uint8Array([...bytes, ...tail])), "snapshot-damaged");
  }
});

test("the head of one with the tail of another is noticed", () => {
  const random = new Random(3);
  for (const [index, { model, bytes }] of snapshots.entries()) {
    const someOf = ({ length }) => random.integer(1, length - 1);
    const others = snapshots.filter((_, other) => other !== index).map((other) => other.bytes);
    const spliced = others.flatMap((other) =>
      random.times(12, () => new Uint8Array([...bytes.subarray(0, someOf(bytes)), ...other.subarray(someOf(other))])),
    );
    refuseAll(model, bytes, spliced, "snapshot-damaged");
  }
});

test("two states of one ledger make no third", () => {
  const events = Array.from({ length: 60 }, (_, index) => ({ type: "a", time: Date.UTC(2024, 0, 1) + index * 7_654_321 }));
  const ledger = new Ledger(plain);
  const states = events.map((event) => (ledger.add(event), ledger.toBytes()));
  const [early, late] = [states[40], states[41]];
  const spliced = Array.from({ length: early.length }, (_, cut) => new Uint8Array([...early.subarray(0, cut), ...late.subarray(cut)]));
  const unlike = spliced.filter((bytes) => !same(bytes, early) && !same(bytes, late));
  assert.ok(unlike.length > 10);
  refuseAll(plain, late, unlike, "snapshot-damaged");
});

test("random bytes are no snapshot, nor are other files", () => {
  const random = new Random(5);
  const [{ model, bytes }] = snapshots;
  const noise = random.times(500, () => Uint8Array.from({ length: random.integer(0, 300) }, () => random.integer(0, 255)));
  const headed = noise.map((rest) => new Uint8Array([...bytes.subarray(0, 5), ...rest]));
  const texts = ["", "{}", "swl\n", "swl\n\u0001", "null", "<!doctype html>"].map((text) => new TextEncoder().encode(text));
  const blanks = [1, 8, 12, 13, 100, 10_000].map((length) => new Uint8Array(length));
  refuseAll(model, bytes, [...noise, ...headed, ...texts, ...blanks], "snapshot-damaged");
});

test("what is no bytes is refused", () => {
  const ledger = new Ledger(plain);
  for (const none of [undefined, null, 5, "swl\n", {}, [], [1, 2], true, Symbol("x"), () => 0, plain]) {
    for (const take of [() => Ledger.fromBytes(plain, none), () => ledger.merge(none)]) refused(take, "snapshot-damaged", "bytes");
  }
});

test("a newer format is said to be newer, and 0 is none", () => {
  for (const { model, bytes } of snapshots) {
    const newer = [3, 200, 255].map((version) => sealed(bytes.with(VERSION_AT, version)));
    refuseAll(model, bytes, newer, "snapshot-newer");
    refuseAll(model, bytes, [sealed(bytes.with(VERSION_AT, 0))], "snapshot-damaged");
  }
});

test("the snapshot of another model is foreign", () => {
  for (const { model, bytes } of snapshots) refuseAll(plain, new Ledger(plain).toBytes(), [bytes], "snapshot-foreign", model);
});

test("a forged snapshot, its checksum put right, is refused or taken, and never more than that", (context) => {
  const random = new Random(FIRST_SEED);
  const seen = { refused: 0, taken: 0 };
  for (const { model, bytes, options } of snapshots) {
    for (let count = 0; count < FORGERIES; count += 1) {
      const forged = forge(random, bytes);
      const own = Ledger.fromBytes(model, bytes);
      try {
        const ledger = Ledger.fromBytes(model, forged);
        const result = ledger.score(askable(options, ledger));
        assert.equal(compare(result, result), null, "a number that is none");
        assert.deepEqual(Ledger.fromBytes(model, ledger.toBytes()).toBytes(), ledger.toBytes());
        own.merge(forged);
        own.score(askable(options, own));
        ledger.free();
        seen.taken += 1;
      } catch (error) {
        assert.ok(error instanceof StarwiseError, `${error?.stack}\n${forged.toString()}`);
        seen.refused += 1;
      }
      own.free();
    }
  }
  context.diagnostic(`${seen.refused} refused, ${seen.taken} taken`);
});

function forge(random, bytes) {
  const forged = bytes.slice();
  const end = bytes.length - 8;
  for (let changes = random.integer(1, 3); changes > 0; changes -= 1) {
    const at = random.integer(VERSION_AT + 1, end - 1);
    forged[at] = random.pick([0, 1, 127, 128, 255, forged[at] ^ (1 << random.integer(0, 7)), random.integer(0, 255)]);
  }
  if (random.chance(15)) return sealed(forged.subarray(0, random.integer(13, end)));
  return sealed(forged);
}

function askable(options, { compactedTo }) {
  return compactedTo === null ? options : { ...options, at: Math.min(Math.max(compactedTo, 1e11), 8.64e15) };
}

/** Each of them is refused by a ledger that was to merge it, and by `fromBytes`, also when it is to be rebased. */
function refuseAll(model, own, bad, code) {
  const ledger = Ledger.fromBytes(model, own);
  const before = ledger.toBytes();
  let count = 0;
  for (const bytes of bad) {
    refused(() => ledger.merge(bytes), code, "bytes");
    assert.ok(same(ledger.toBytes(), before), "the ledger has changed");
    // The same door: now and then is enough.
    if (count % 8 === 0) refused(() => Ledger.fromBytes(model, bytes), code, "bytes");
    if (count % 8 === 4 && code !== "snapshot-foreign") refused(() => Ledger.fromBytes(model, bytes, { rebase: true }), code, "bytes");
    count += 1;
  }
  ledger.free();
  return count;
}

function refused(take, code, path) {
  try {
    take();
  } catch (error) {
    assert.ok(error instanceof StarwiseError, String(error?.stack));
    assert.deepEqual([error.code, error.path], [code, path]);
    return;
  }
  assert.fail("it was taken");
}

function same(one, other) {
  return Buffer.compare(one, other) === 0;
}
