/*
 * One criterion: whether it takes part, and its points from 0 to 500. What takes points away has the size on its slider and
 * keeps its sign; the number takes any value, and with it either sign.
 */
import { h, icon, write } from "../element.js";
import { duration, plural, setting, text, titled } from "../words.js";
import { lengthField } from "./length-field.js";

const MOST_ON_SLIDER = 500;
/** The most points that a model may name, either way. */
const MOST = 1e12;

/** `{ element, set(criterion) }`; `onChange(change)` gets `{ points }` or `{ enabled }`, `onEnd` the end of a step. */
export function criterionField(criterion, { onChange, onEnd }) {
  const label = text(criterion.label) ?? titled(criterion.id);
  let sign = criterion.points < 0 ? -1 : 1;
  const checkbox = h("input", { type: "checkbox", id: `enabled-${criterion.id}`, "aria-label": `${label} counts` });
  const details = detailsOf(criterion);
  const points = lengthField({
    id: `points-${criterion.id}`,
    label: `Points of ${label}`,
    min: 0,
    max: MOST_ON_SLIDER,
    isInside: (value) => Math.abs(value) <= MOST,
    show: Math.abs,
    read: (size) => sign * size + 0,
    words: (value) => `${plural(Math.abs(value), "point")} ${sign < 0 ? "taken" : "given"}`,
    onInput: (value) => {
      turn(value);
      onChange({ points: value });
    },
    onEnd,
  });
  const side = h("small", { class: "criterion-side", "aria-hidden": "true" });
  points.element.querySelector(".length-name").replaceWith(
    h(
      "label",
      { class: "criterion-name", for: checkbox.id },
      checkbox,
      icon(criterion.icon),
      h("span", {}, label, h("small", { class: "receipt-details" }, side, details && ` · ${details}`)),
    ),
  );
  points.number.setAttribute("aria-label", `Points of ${label}`);
  const element = h("li", { class: "criterion", "data-criterion": criterion.id }, points.element);
  checkbox.addEventListener("change", () => {
    element.classList.toggle("is-off", !checkbox.checked);
    onChange({ enabled: checkbox.checked });
    onEnd();
  });

  /** Which side of zero it is on; at zero it stays on the one it came from. */
  function turn(value) {
    if (value !== 0) sign = Math.sign(value);
    element.classList.toggle("is-taking", sign < 0);
    write(side, sign < 0 ? "taken" : "given");
  }

  function set({ points: value, enabled = true }) {
    turn(value);
    points.set(value);
    checkbox.checked = enabled;
    element.classList.toggle("is-off", !enabled);
  }

  return { element, set };
}

/** What else holds for it, in words: "5 a day at most · up to 6 points". */
function detailsOf(criterion) {
  const words = [];
  if (criterion.perDay) words.push(criterion.kind === "frequency" ? "one a day" : `${setting(criterion.perDay)} a day at most`);
  if (criterion.limit) words.push(`up to ${setting(criterion.limit)} points`);
  if (criterion.repeat) words.push(`again after every ${duration(criterion.for)}`);
  if (criterion.curve) words.push(`growing from ${setting(criterion.curve[0][0])} to ${setting(criterion.curve.at(-1)[0])} days`);
  if (criterion.period) words.push(`within ${duration(criterion.period)}`);
  return words.length === 0 ? null : words.join(" · ");
}
