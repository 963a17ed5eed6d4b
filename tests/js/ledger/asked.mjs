// Everything that can be asked of a ledger, against the same of the model over the united history.
import { test } from "node:test";
import { Model } from "../../../pkg/index.node.js";
import { describeDifference } from "../../oracle/compare.mjs";
import { generateTimeCase } from "../../oracle/generate-time.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { Fleet, ledgerOptions, withLikeTies } from "./fleet.mjs";
import { differenceOf, differenceOfLines, holds } from "./likeness.mjs";

asks("timelines", 300, ({ ledger, model, history, options, span, step }) => {
  const asked = { ...options, ...span, step };
  return differenceOfLines(ledger.timeline(asked), model.timeline(history, asked));
});

asks("transitions", 250, ({ ledger, model, history, options, span }) => {
  const asked = { ...options, ...span };
  return describeDifference(ledger.transitions(asked), model.transitions(history, asked));
});

asks("next star, next change and trend", 250, ({ ledger, model, history, options, horizon }) => {
  const asked = { ...options, horizon, include: "all" };
  return differenceOf(ledger.score(asked), model.score(history, asked));
});

test("a what-if of a ledger is that of the united history, and leaves the ledger as it is", () =>
  holds(300, generate, (one, seed) => {
    const { history, options } = one;
    const half = Math.floor(history.events.length / 2);
    const [known, extra] = [history.events.slice(0, half), history.events.slice(half)];
    return faultOf({ ...one, history: { ...history, events: known } }, seed, ({ ledger, model, history }) => {
      const bytes = ledger.toBytes();
      const difference = differenceOf(ledger.whatIf(extra, options), model.whatIf(history, extra, options));
      return difference ?? describeDifference([...ledger.toBytes()], [...bytes]);
    });
  }));

function asks(what, cases, ask) {
  test(`of a ledger ${what} are those of the united history`, () => holds(cases, generate, (one, seed) => faultOf(one, seed, ask)));
}

function generate(seed) {
  const one = generateTimeCase(seed);
  return { ...one, history: { ...one.history, events: withLikeTies(one.history.events) } };
}

function faultOf({ model: json, ...one }, seed, ask) {
  const random = new Random(seed);
  const model = new Model(json);
  const fleet = new Fleet(model, ledgerOptions(one), random);
  try {
    fleet.liveThrough(one.history.events);
    return ask({ ...one, model, ledger: fleet.united().ledger });
  } finally {
    fleet.free();
    model.free();
  }
}
