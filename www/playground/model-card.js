/* What counts: the model in words. The place where it will be a form. */
import { h, icon } from "./element.js";
import { duration, setting, text, titled } from "./words.js";

/** The page of a model; `closeHref` leads back to the list where there is no room for both. */
export function modelPage(model, { closeHref }) {
  const parts = model.parts ?? [{ id: "criteria", label: "Criteria", criteria: model.criteria }];
  return [
    h(
      "div",
      { class: "pane-header" },
      h("h2", { tabindex: "-1", id: "model-name" }, text(model.name) ?? "The model"),
      h("a", { class: "button back only-narrow", href: closeHref }, "Back to the list"),
    ),
    model.description ? h("p", { class: "lead" }, text(model.description)) : null,
    h("p", { class: "hint" }, "Choose a customer to see the receipt behind the stars."),
    h("dl", { class: "facts" }, settingsOf(model).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
    parts.map((part) => [
      h("h3", {}, text(part.label) ?? titled(part.id), bounds(part)),
      h("ul", { class: "rules" }, part.criteria.filter(({ enabled }) => enabled !== false).map(rule)),
    ]),
    h("p", { class: "note source" }, "The history is synthetic: the shop clickstream that comes with retentioneering 5.2.4, Apache-2.0."),
  ];
}

function settingsOf(model) {
  const { halfLife } = model.decay ?? {};
  return [
    ["Engagement period", model.period === null ? "all time" : duration(model.period ?? "30d")],
    halfLife ? ["Half-life", duration(halfLife)] : null,
    typeof model.target === "number" ? ["Target", `${setting(model.target)} points`] : null,
    model.stars?.at ? ["Stars from a score of", model.stars.at.map(setting).join(", ")] : null,
    model.stages ? ["Stages", model.stages.map(({ id, target }) => (target ? `${titled(id)} (target ${setting(target)})` : titled(id))).join(", ")] : null,
  ].filter(Boolean);
}

function bounds({ min, max }) {
  const words = [min === undefined ? null : `at least ${setting(min)}`, max === undefined ? null : `at most ${setting(max)}`].filter(Boolean);
  return words.length === 0 ? null : h("small", { class: "note" }, words.join(", "));
}

function rule(criterion) {
  const sign = criterion.points < 0 ? "is-taken" : "is-given";
  const points = `${criterion.points > 0 ? "+" : ""}${setting(criterion.points)}`;
  const limits = limitsOf(criterion);
  return h(
    "li",
    {},
    h("span", { class: "receipt-label" }, icon(criterion.icon), h("span", {}, text(criterion.label) ?? titled(criterion.id), limits && h("small", { class: "receipt-details" }, limits))),
    h("span", { class: `rule-points ${sign}` }, points),
  );
}

function limitsOf(criterion) {
  const words = [];
  if (criterion.perDay) words.push(criterion.kind === "frequency" ? "one a day" : `${setting(criterion.perDay)} a day at most`);
  if (criterion.limit) words.push(`up to ${setting(criterion.limit)} points`);
  if (criterion.repeat) words.push(`again after every ${duration(criterion.for)}`);
  if (criterion.curve) words.push(`growing from ${setting(criterion.curve[0][0])} to ${setting(criterion.curve.at(-1)[0])} days`);
  return words.length === 0 ? null : words.join(" · ");
}
