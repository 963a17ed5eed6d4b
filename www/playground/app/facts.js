/* What the conditions of nudges ask for, and what the core finds of it: asked by nudges that never come. */

/** Which facts a condition asks for: `[{ fact, tests, isPlain }]`, the last where it has to hold whatever else does. */
export function asksOf(condition, isPlain = true) {
  return Object.entries(condition ?? {}).flatMap(([key, value]) => {
    if (key === "all") return value.flatMap((one) => asksOf(one, isPlain));
    if (key === "any") return value.flatMap((one) => asksOf(one, isPlain && value.length === 1));
    if (key === "not") return asksOf(value, false).map(({ fact, tests }) => ({ fact, tests: { not: tests }, isPlain: false }));
    return [{ fact: key, tests: value, isPlain }];
  });
}

/** `{ found(ledger, options), free() }` of a model's rules: every fact that its nudges and audiences ask for, with what it is. */
export function factFinder({ Model, Ledger }, text) {
  const rules = JSON.parse(text);
  const factsOf = (list) => (list ?? []).flatMap(({ when }) => asksOf(when).map(({ fact }) => fact));
  const byNudges = factsOf(rules.nudges);
  // Whether nudges ask for this one does make another model.
  const byAudiences = factsOf(rules.audiences).filter((fact) => fact !== "daysSinceLast");
  const facts = [...new Set([...byNudges, ...byAudiences])];
  // Nothing both is there and is not, so each is told with its reason. What nudges ask makes no other model.
  const never = (fact) => ({ all: [{ [fact]: { exists: true } }, { [fact]: { exists: false } }] });
  const nudges = facts.map((fact, place) => ({ id: `fact-${place}`, kind: "message", title: "-", when: never(fact) }));
  const model = new Model({ ...rules, nudges, nudgePolicy: undefined });

  function found(ledger, options) {
    const copy = Ledger.fromBytes(model, ledger.toBytes(), { rebase: true });
    const { candidates } = copy.nudge(options);
    copy.free();
    return new Map(candidates.flatMap(({ reasons }) => reasons.filter(({ reason }) => reason === "condition").map(({ fact, found: value }) => [fact, value])));
  }

  return { found, free: () => model.free() };
}
