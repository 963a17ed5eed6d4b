/* What a customer can do, as far as a model reads it: an event for each type, with data that matches. Plain data out. */
import { text, titled } from "../words.js";

/** `[{ label, event(turn) }]`; `turn` tells one occurrence from another. */
export function deedsOf(rules) {
  const criteria = rules.parts?.flatMap((part) => part.criteria) ?? rules.criteria;
  const steps = (rules.checklists ?? []).flatMap((list) => list.steps.map((step) => ({ ...step.done, label: step.label })));
  const badges = (rules.badges ?? []).map((badge) => badge.award);
  const sources = [...criteria, ...(rules.streaks ?? []), ...steps, ...badges];
  const deeds = new Map();
  for (const source of sources.filter(({ event }) => event !== undefined && event !== "*")) {
    for (const type of [source.event].flat()) {
      if (type.startsWith("nudge.") || deeds.has(type)) continue;
      deeds.set(type, { type, label: labelOf(source, type), event: (turn) => ({ type, data: dataOf(sources, type, turn) }) });
    }
  }
  return [...deeds.values()];
}

function labelOf({ label, kind, points, event }, type) {
  return kind !== "frequency" && label !== undefined && typeof event === "string" && !(points < 0) ? text(label) : titled(type.replaceAll(".", " "));
}

/** Data that whatever reads the type can count: what its conditions ask for, a fresh value where one is, and the best of an amount. */
function dataOf(sources, type, turn) {
  const data = {};
  for (const { event, where, uniqueBy, per, curve } of sources) {
    if (![event].flat().includes(type)) continue;
    for (const [path, test] of Object.entries(where ?? {})) if (typeof test !== "object") data[path] ??= test;
    if (uniqueBy) data[uniqueBy] ??= `${uniqueBy}-${turn}`;
    if (per) data[per] ??= curve?.at(-1)[0] ?? 1;
  }
  return Object.keys(data).length === 0 ? undefined : data;
}
