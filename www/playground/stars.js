/* A row of stars: the reached ones have an outline, and are filled as far as `starsExact` goes. */
import { svg } from "./element.js";
import { plural, setting } from "./words.js";

/** A star's box and the distance from one to the next, in the picture's own units. */
const SIZE = 24;
const PITCH = 27;
/** Where the ink of a star begins and ends in its box. */
const INK = [1, 23];

/** `{ element, set(exact, reached) }`, a picture of `of` stars. */
export function starsPicture(of, className = "stars") {
  const width = of * PITCH - (PITCH - SIZE);
  const path = Array.from({ length: of }, (_, position) => star(position * PITCH)).join("");
  const reached = svg("svg", { height: SIZE }, svg("path", { d: path, class: "stars-reached" }));
  const filled = svg("svg", { height: SIZE }, svg("path", { d: path, class: "stars-filled" }));
  let shown = {};
  const element = svg(
    "svg",
    { class: className, viewBox: `0 0 ${width} ${SIZE}`, role: "img" },
    svg("path", { d: path, class: "stars-empty" }),
    reached,
    filled,
  );
  return {
    element,
    set(exact, stars) {
      if (exact === shown.exact && stars === shown.stars) return;
      shown = { exact, stars };
      reached.setAttribute("width", Math.max(0, stars * PITCH - 1));
      filled.setAttribute("width", fillWidth(exact));
      element.setAttribute("aria-label", `${plural(stars, "star")} of ${of}`);
    },
  };
}

/** "3.7 of 5" */
export function exactWords(exact, of) {
  return `${setting(exact)} of ${of}`;
}

/**
 * The real number behind the picture of a score, as the model reference has it: a star for every 20, or linear between the
 * model's own thresholds.
 */
export function exactStars(score, { at } = {}) {
  if (!at) return clamped(score / 20, 0, 5);
  const [last, before] = [at.at(-1), at.at(-2)];
  const end = at.length === 1 ? Math.max(100, last + 1) : Math.max(100, 2 * last - before);
  const knots = [...at, end];
  if (score <= knots[0]) return 0;
  const above = knots.findIndex((knot) => score < knot);
  if (above === -1) return at.length;
  return above - 1 + (score - knots[above - 1]) / (knots[above] - knots[above - 1]);
}

function clamped(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

function fillWidth(exact) {
  const [from, to] = INK;
  const whole = Math.floor(exact);
  const rest = exact - whole;
  return whole * PITCH + (rest > 0 ? from + rest * (to - from) : 0);
}

function star(left) {
  const points = Array.from({ length: 10 }, (_, corner) => {
    const radius = corner % 2 === 0 ? 11 : 5.1;
    const angle = (Math.PI * corner) / 5 - Math.PI / 2;
    return `${(left + 12 + radius * Math.cos(angle)).toFixed(2)} ${(12.6 + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}Z`;
}
