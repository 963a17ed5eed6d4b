/* What somebody could do: the types of events that a model speaks of, and events of them that would count. */
import { criteriaOf } from "../form/edit.js";
import { text, titled } from "../words.js";

/** A number for what is counted by an amount, where the customer has never had one. */
const AMOUNT = 1;

/** `[{ type, label, icon, points }]`, in the order of the model: a type once, under the first criterion that names it. */
export function doable(json) {
  const found = new Map();
  for (const criterion of criteriaOf(json)) {
    if (criterion.kind !== "event" || criterion.enabled === false) continue;
    const types = [criterion.event].flat().filter((type) => type !== "*");
    for (const type of types) {
      if (found.has(type)) continue;
      const label = types.length === 1 ? (text(criterion.label) ?? titled(type)) : titled(type);
      found.set(type, { type, label, icon: criterion.icon, points: criterion.points });
    }
  }
  return [...found.values()];
}

/** The type that a criterion of the model counts. */
export function typeOf(json, id) {
  return [criteriaOf(json).find((criterion) => criterion.id === id).event].flat()[0];
}

/**
 * So many events of a type at an instant. What is to be unique is new each time; an amount is that of the customer's latest
 * such event.
 */
export function extra({ type, count, at, json, events, from = 0 }) {
  const about = criteriaOf(json).filter((criterion) => criterion.enabled !== false && isAbout(criterion.event, type));
  const amounts = about.map(({ per }) => per).filter(Boolean);
  const unique = about.map(({ uniqueBy }) => uniqueBy).filter(Boolean);
  const latest = amounts.length > 0 ? events.findLast((event) => event.type === type && event.data) : undefined;
  return Array.from({ length: count }, (_, number) => {
    if (amounts.length + unique.length === 0) return { type, time: at };
    const data = {};
    for (const path of amounts) put(data, path, valueAt(latest?.data, path) ?? AMOUNT);
    for (const path of unique) put(data, path, `tried ${from + 1}.${number + 1}`);
    return { type, time: at, data };
  });
}

function isAbout(named, type) {
  return [named].flat().some((one) => one === "*" || one === type);
}

function valueAt(data, path) {
  return path.split(".").reduce((value, key) => value?.[key], data);
}

function put(data, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  const place = keys.reduce((object, key) => (object[key] ??= {}), data);
  place[last] = value;
}
