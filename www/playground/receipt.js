/* The receipt as a picture: a bar for what each criterion gave, and beyond it what age, limit and expiry took. */
import { h, icon, svg } from "./element.js";
import { extentOf, LOSSES } from "./receipt-lines.js";
import { count, number, setting, signed } from "./words.js";

const LOSS_WORDS = { decay: "age", limit: "limit", expired: "expired" };
const LEGEND = [
  ["given", "given"],
  ["taken", "taken"],
  ["decay", "lost to age"],
  ["limit", "lost to a limit"],
  ["expired", "expired"],
  ["clamp", "kept in bounds"],
];

/** The picture of what `receiptLines` made. */
export function receiptPicture(receipt) {
  const scale = scaleOf(extentOf(receipt));
  return h(
    "div",
    { class: "receipt" },
    legend(receipt),
    receipt.groups.map((group) => [
      receipt.groups.length > 1 && group.part !== undefined ? groupHeading(group) : null,
      h("ul", { class: "receipt-lines" }, group.lines.map((line) => receiptLine(line, scale))),
    ]),
    totals(receipt, scale),
  );
}

function receiptLine(line, scale) {
  const isIdle = line.effect === 0 && LOSSES.every((loss) => line.lost[loss] === 0);
  return h(
    "li",
    { class: isIdle ? "receipt-line is-idle" : "receipt-line", "data-criterion": line.key },
    h("span", { class: "receipt-label" }, icon(line.icon), h("span", {}, line.label, details(line))),
    chart(scale, barsOf(line, scale)),
    h("span", { class: "receipt-points" }, signed(line.shown)),
  );
}

/** "2 counted · age −31.2": what the bar shows, in words. */
function details(line) {
  const words = [];
  if (line.kind === "event" && line.count > 0) words.push(`${count(line.count)}\u00a0counted`);
  for (const loss of LOSSES) {
    if (Math.abs(line.lost[loss]) >= 0.05) words.push(`${LOSS_WORDS[loss]}\u00a0${signed(-line.lost[loss])}`);
  }
  return words.length === 0 ? null : h("small", { class: "receipt-details" }, words.join(" · "));
}

/** What was given first, then each loss outwards from it, on its own side of zero. */
function barsOf(line, scale) {
  const steps = [
    [kindOf(line), line.effect],
    ...LOSSES.map((loss) => [loss, line.lost[loss]]),
  ];
  const reach = { 1: 0, [-1]: 0 };
  return steps.map(([kind, value]) => {
    const side = value < 0 ? -1 : 1;
    const from = reach[side];
    reach[side] += value;
    return bar(kind, from, reach[side], scale);
  });
}

/** Everything given, end to end; from there everything taken back; what is left are the points. */
function totals({ lines, total }, scale) {
  const gains = lines.filter(({ effect }) => effect > 0);
  const costs = lines.filter(({ effect }) => effect < 0);
  const given = endToEnd(gains, 0, scale);
  const taken = endToEnd(costs, given.end, scale);
  const shownSum = (some) => some.reduce((sum, line) => sum + line.shown, 0);
  return h(
    "div",
    { class: "receipt-totals" },
    totalLine("Given", given.bars, signed(shownSum(gains)), scale),
    costs.length > 0 ? totalLine("Taken back", taken.bars, signed(shownSum(costs)), scale) : null,
    totalLine("Points", [bar("points", 0, total, scale)], number(total), scale, "is-total"),
    axis(scale),
  );
}

function endToEnd(lines, start, scale) {
  let end = start;
  const bars = lines.map((line) => {
    const from = end;
    end += line.effect;
    return bar(kindOf(line), from, end, scale);
  });
  return { bars, end };
}

function totalLine(label, bars, points, scale, className = "") {
  return h(
    "p",
    { class: `receipt-line ${className}` },
    h("span", { class: "receipt-label" }, label),
    chart(scale, bars),
    h("span", { class: "receipt-points" }, points),
  );
}

function groupHeading({ label, shown }) {
  return h("p", { class: "receipt-group" }, h("span", {}, label), h("span", { class: "receipt-points" }, signed(shown)));
}

function chart(scale, bars) {
  const lines = scale.ticks.map((tick) =>
    svg("line", { class: tick === 0 ? "zero" : "grid", x1: scale.at(tick), x2: scale.at(tick), y1: 0, y2: "100%" }),
  );
  return svg("svg", { class: "receipt-chart", "aria-hidden": "true" }, lines, bars);
}

function kindOf({ isClamp, effect }) {
  if (isClamp) return "clamp";
  return effect < 0 ? "taken" : "given";
}

function bar(kind, from, to, scale) {
  if (from === to) return null;
  const [left, right] = from < to ? [from, to] : [to, from];
  return svg("rect", { class: `bar-${kind}`, ...fillOf(kind), x: scale.at(left), width: scale.wide(right - left), y: "22%", height: "56%" });
}

/** Patterns are named on the element: in a stylesheet, the fragment would be one of the stylesheet's own. */
function fillOf(kind) {
  return ["decay", "limit", "expired", "clamp"].includes(kind) ? { fill: `url(#pattern-${kind})` } : {};
}

/** What the patterns mean, as far as they occur; for the eye only, because the lines say it in words. */
function legend({ lines }) {
  const kinds = new Set(lines.flatMap((line) => [kindOf(line), ...LOSSES.filter((loss) => line.lost[loss] !== 0)]));
  return h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    LEGEND.filter(([kind]) => kinds.has(kind)).map(([kind, words]) =>
      h(
        "li",
        {},
        svg("svg", { class: "swatch" }, svg("rect", { class: `bar-${kind}`, ...fillOf(kind), width: "100%", height: "100%" })),
        words,
      ),
    ),
  );
}

function axis(scale) {
  return h(
    "div",
    { class: "receipt-axis receipt-line", "aria-hidden": "true" },
    h("span", { class: "receipt-label" }),
    svg(
      "svg",
      { class: "receipt-chart" },
      scale.ticks.map((tick) => svg("text", { x: scale.at(tick), y: "70%" }, setting(tick))),
    ),
    h("span", { class: "receipt-points" }),
  );
}

/** Round steps within the extent, and where a value lies between its ends, in percent. */
function scaleOf({ from, to }) {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
  const ticks = Array.from({ length: last - first + 1 }, (_, position) => (first + position) * step);
  // A little room at both ends, so that the outer labels have their place.
  const room = (to - from) * 0.04;
  const percent = (value) => `${((100 * value) / (to - from + 2 * room)).toFixed(3)}%`;
  return { ticks, at: (value) => percent(value - from + room), wide: percent };
}
