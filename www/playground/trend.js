/* Where a customer is heading: an arrow that differs in shape, not only in colour, and a number. */
import { h, svg, write } from "./element.js";
import { signed } from "./words.js";

const ARROWS = {
  rising: "M3 13 L8 8 L13 3 M6 3 H13 V10",
  falling: "M3 3 L8 8 L13 13 M13 6 V13 H6",
  steady: "M2 8 H14 M10 4 L14 8 L10 12",
  new: "M8 2 V14 M2 8 H14",
};

/** `{ element, set(trend) }` */
export function trendMark() {
  const path = svg("path", {});
  const word = h("span", { class: "visually-hidden" });
  const delta = h("span", { class: "trend-delta" });
  const arrow = svg("svg", { class: "trend-arrow", viewBox: "0 0 16 16", "aria-hidden": "true" }, path);
  const element = h("span", { class: "trend" }, arrow, word, delta);
  let shown = {};
  return {
    element,
    set(trend) {
      if (trend.delta === shown.delta && trend.direction === shown.direction) return;
      if (trend.direction !== shown.direction) {
        element.dataset.direction = trend.direction;
        path.setAttribute("d", ARROWS[trend.direction]);
      }
      write(word, `${trend.direction} `);
      write(delta, signed(trend.delta));
      shown = trend;
    },
  };
}
