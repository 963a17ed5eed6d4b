/* What the charts of a receipt are made of: bars from one number of points to another, on a scale that all of them share. */
import { put, svg } from "./element.js";
import { setting } from "./words.js";

const PATTERNED = ["decay", "limit", "expired", "clamp"];
/** About how many steps a scale has. */
const STEPS = 4;
/** Room at both ends as a share of the extent, so that the outer labels have their place. */
const ROOM = 0.04;

/**
 * Round steps within an extent, and where a value lies between its ends, in percent. It reaches from one half step to
 * another, and so mostly stays as it was `before` when points move a little: it is the bars that are to move.
 */
export function scaleOf({ from, to }, before = null) {
  const rough = (to - from) / STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const [low, high] = [Math.floor((2 * from) / step), Math.ceil((2 * to) / step)].map((halves) => (halves * step) / 2);
  if (before?.low === low && before.high === high && before.step === step) return before;
  const room = (high - low) * ROOM;
  const wide = (value) => `${((100 * value) / (high - low + 2 * room)).toFixed(3)}%`;
  const at = (value) => wide(value - low + room);
  const [first, last] = [Math.ceil(low / step), Math.floor(high / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, position) => (first + position) * step);
  return { low, high, step, at, wide, ticks: ticks.map((value) => ({ value, at: at(value) })) };
}

/** `{ element, show(bars, scale) }`; a bar is `{ kind, from, to }`, and is left out where it has no length. */
export function receiptChart() {
  const ground = svg("g");
  const front = svg("g");
  const element = svg("svg", { class: "receipt-chart", "aria-hidden": "true" }, ground, front);
  const grid = series(ground, () => svg("line", { y1: 0, y2: "100%" }));
  const rects = series(front, () => svg("rect", { y: "22%", height: "56%" }));
  let scale = null;

  function show(bars, next) {
    if (next !== scale) {
      grid(next.ticks, (line, { value, at }) => {
        put(line, "class", value === 0 ? "zero" : "grid");
        put(line, "x1", at);
        put(line, "x2", at);
      });
    }
    scale = next;
    rects(bars.filter(({ from, to }) => from !== to), (rect, { kind, from, to }) => {
      put(rect, "class", `bar-${kind}`);
      put(rect, "fill", fillOf(kind));
      put(rect, "x", scale.at(Math.min(from, to)));
      put(rect, "width", scale.wide(Math.abs(to - from)));
    });
  }

  return { element, show };
}

/** The numbers below the charts: `{ element, show(scale) }`. */
export function receiptAxis() {
  const element = svg("svg", { class: "receipt-chart" });
  const numbers = series(element, () => svg("text", { y: "70%" }));
  let scale = null;

  function show(next) {
    if (next === scale) return;
    scale = next;
    numbers(scale.ticks, (text, { value, at }) => {
      put(text, "x", at);
      text.textContent = setting(value);
    });
  }

  return { element, show };
}

/** Patterns are named on the element: in a stylesheet, the fragment would be one of the stylesheet's own. */
export function fillOf(kind) {
  return PATTERNED.includes(kind) ? `url(#pattern-${kind})` : null;
}

/** As many elements in a parent as there are things; those that are there already are drawn anew, and not made anew. */
function series(parent, make) {
  return (things, draw) => {
    while (parent.childElementCount > things.length) parent.lastElementChild.remove();
    while (parent.childElementCount < things.length) parent.append(make());
    things.forEach((thing, position) => draw(parent.children[position], thing));
  };
}
