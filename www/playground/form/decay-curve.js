/* What is left of a point as it ages, drawn over the engagement period, with the age at which it is half. */
import { h, svg, write } from "../element.js";
import { setting } from "../words.js";
import { decayAt, halfDays, periodDays, reachDays } from "./edit.js";

/** The plot's own units: it is stretched to the room there is. */
const SIDE = 100;
/** So many pieces make a smooth curve. */
const PIECES = 64;
/** Room at the top and at both sides, in percent, so that the ends of lines and labels have their place. */
const SHARES = [1, 0.5, 0];
const SHARE_WORDS = { 1: "all", 0.5: "half", 0: "0" };

/** `{ element, set(model) }` */
export function decayCurve() {
  const area = svg("path", { class: "curve-area" });
  const line = svg("path", { class: "curve-line" });
  const half = svg("line", { class: "curve-half", y1: "50%", y2: "100%" });
  const level = svg("line", { class: "curve-half", x1: 0, y1: "50%", y2: "50%" });
  const dot = svg("circle", { class: "curve-dot", r: 4.5, cy: "50%" });
  const ticks = svg("g", {});
  const plot = svg(
    "svg",
    { class: "curve-plot" },
    SHARES.map((share) => svg("line", { class: share === 0 ? "zero" : "grid", x1: 0, x2: "100%", y1: percent(1 - share), y2: percent(1 - share) })),
    svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, preserveAspectRatio: "none", width: "100%", height: "100%", class: "curve-stretched" }, area, line),
    half,
    level,
    dot,
  );
  const axis = svg("svg", { class: "curve-axis" }, ticks);
  const words = h("figcaption", { class: "note" });
  const element = h(
    "figure",
    { class: "curve" },
    h("div", { class: "curve-picture", "aria-hidden": "true" }, h("div", { class: "curve-shares" }, SHARES.map((share) => h("span", {}, SHARE_WORDS[share]))), plot, axis),
    words,
  );

  function set(model) {
    const key = JSON.stringify([model.period, model.decay]);
    if (key === element.dataset.shows) return;
    element.dataset.shows = key;
    const reach = reachDays(model);
    const age = halfDays(model);
    const points = pointsOf(model, reach);
    line.setAttribute("d", `M${points.join("L")}`);
    area.setAttribute("d", `M0 ${SIDE}L${points.join("L")}L${SIDE} ${SIDE}Z`);
    const isMarked = age !== null && age <= reach;
    for (const mark of [half, level, dot]) mark.toggleAttribute("hidden", !isMarked);
    if (isMarked) {
      const x = percent(age / reach);
      half.setAttribute("x1", x);
      half.setAttribute("x2", x);
      level.setAttribute("x2", x);
      dot.setAttribute("cx", x);
    }
    drawTicks(reach);
    write(words, wordsOf(model, age, reach));
  }

  function drawTicks(reach) {
    const key = String(reach);
    if (ticks.dataset.reach === key) return;
    ticks.dataset.reach = key;
    ticks.replaceChildren(...tickDays(reach).map((day) => svg("text", { x: percent(day / reach), y: "70%", class: day === 0 ? "is-first" : day > 0.95 * reach ? "is-last" : null }, day === 0 ? "now" : `${setting(day)} d`)));
  }

  return { element, set };
}

/** Where the curve goes through, as texts; a step has both ends of its jump. */
function pointsOf(model, reach) {
  const at = (age, share) => `${((SIDE * age) / reach).toFixed(2)} ${(SIDE * (1 - share)).toFixed(2)}`;
  if (model.decay?.curve === "step") return [at(0, 1), at(reach / 2, 1), at(reach / 2, 0.5), at(reach, 0.5)];
  return Array.from({ length: PIECES + 1 }, (_, piece) => at((piece / PIECES) * reach, decayAt(model, (piece / PIECES) * reach)));
}

function wordsOf(model, half, reach) {
  const left = decayAt(model, reach);
  const end = periodDays(model) === null ? `After ${days(reach)}, ${share(left)} of a point is left, and it counts for ever.` : `After ${days(reach)}, ${left === 0 ? "nothing" : share(left)} is left, and the period ends.`;
  if (half === null) return "A point stays whole as long as it counts.";
  return `Half of a point is left after ${days(half)}. ${end}`;
}

function days(value) {
  return `${setting(value)} ${value === 1 ? "day" : "days"}`;
}

function share(value) {
  return value > 0 && value < 0.01 ? "less than 1 %" : `${Math.round(100 * value)} %`;
}

/** Round numbers of days, three to six of them. */
function tickDays(reach) {
  const rough = reach / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  return Array.from({ length: Math.floor(reach / step + 1e-9) + 1 }, (_, position) => position * step);
}

function percent(share) {
  return `${(100 * share).toFixed(3)}%`;
}
