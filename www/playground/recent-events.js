/* What the customer did last, and which criteria it counts under. */
import { h } from "./element.js";
import { ago, instant, plural, text, titled } from "./words.js";

/** How many are shown at first, and how many more each time. */
const STEP = 12;

/** A list of the events up to `at`, latest first. */
export function recentEvents(events, at, model) {
  const known = events.filter((event) => event.time <= at).reverse();
  if (known.length === 0) return h("p", { class: "note" }, "Nothing yet at this instant.");
  const labels = labelsByType(model);
  const list = h("ol", { class: "events" });
  const more = h("button", { type: "button", class: "button", onclick: extend });

  function extend() {
    const from = list.childElementCount;
    const added = known.slice(from, from + STEP).map((event) => line(event, at, labels));
    list.append(...added);
    const left = known.length - list.childElementCount;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(STEP, left)} of ${plural(left, "earlier event")}`;
    if (from > 0) {
      added[0].tabIndex = -1;
      added[0].focus();
    }
  }

  extend();
  return h("div", {}, list, more);
}

function line(event, at, labels) {
  const counted = labels.get(event.type);
  return h(
    "li",
    { class: counted ? "event" : "event is-idle" },
    h("span", { class: "event-type" }, titled(event.type)),
    h("span", { class: "event-criteria" }, counted ? counted.join(", ") : "gives nothing by itself"),
    h("time", { class: "event-time", datetime: new Date(event.time).toISOString() }, `${instant(event.time)} · ${ago(event.time, at)}`),
  );
}

/** The labels of the event criteria that name a type. */
export function labelsByType(model) {
  const labels = new Map();
  for (const criterion of model.parts?.flatMap(({ criteria }) => criteria) ?? model.criteria) {
    if (criterion.kind !== "event" || criterion.enabled === false) continue;
    for (const type of [criterion.event].flat()) {
      labels.set(type, [...(labels.get(type) ?? []), text(criterion.label) ?? titled(criterion.id)]);
    }
  }
  return labels;
}
