// A ledger against the oracle: fed in any order, on many devices, merged, through bytes: the united history, scored.
import { test } from "node:test";
import { Model } from "../../../pkg/index.node.js";
import { generateTimeCase } from "../../oracle/generate-time.mjs";
import { generateCase } from "../../oracle/generate.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { scoreLedger } from "../../oracle/ledger.mjs";
import { parseTime } from "../../oracle/time.mjs";
import { Fleet, ledgerOptions, withLikeTies } from "./fleet.mjs";
import { differenceOf, holds } from "./likeness.mjs";

const HOUR = 3_600_000;

test("a ledger scores the united history", () => holds(500, everyday, faultOfUnited));
test("a ledger scores the united history where much is going on", () => holds(1_500, dense, faultOfUnited));

function everyday(seed) {
  const { options, ...one } = generateCase(seed);
  // A ledger refuses what cannot be read; looking ahead is compared with the model's.
  const { onInvalid, include = [], ...rest } = options;
  const isSkipping = onInvalid === "skip";
  const events = isSkipping ? [] : withLikeTies(one.history.events);
  return { ...one, history: { ...one.history, events }, options: { ...rest, include: include.includes("trend") ? ["trend"] : [] } };
}

function dense(seed) {
  const one = generateTimeCase(seed);
  return { ...one, history: { ...one.history, events: withLikeTies(one.history.events) } };
}

function faultOfUnited({ model: json, history, options }, seed) {
  const random = new Random(seed);
  const model = new Model(json);
  const fleet = new Fleet(model, ledgerOptions({ history, options }), random);
  try {
    let fault = null;
    const look = (device) => {
      const at = parseTime(options.at) + random.pick([0, 0, -1, 1, -7 * HOUR, 30 * HOUR]);
      const asked = { ...options, at };
      fault ??= differenceOf(device.ledger.score(asked), scoreLedger(json, device.known, history.profile, asked));
    };
    fleet.liveThrough(history.events, (device) => (random.chance(25) ? look(device) : device.ledger.score(options)));
    look(fleet.united());
    return fault;
  } finally {
    fleet.free();
    model.free();
  }
}
