/*
 * The receipt as a picture: a bar for what each criterion gave, and beyond it what age, limit and expiry took. As long as it
 * has the same lines, it is kept and only what they say is written, so that it keeps up with a slider.
 */
import { h, icon, put, reveal, svg, write } from "./element.js";
import { fillOf, receiptAxis, receiptChart, scaleOf } from "./receipt-chart.js";
import { extentOf, LOSSES, shapeOf } from "./receipt-lines.js";
import { count, number, signed } from "./words.js";

const LOSS_WORDS = { decay: "age", limit: "limit", expired: "expired" };
const LEGEND = [
  ["given", "given"],
  ["taken", "taken"],
  ["decay", "lost to age"],
  ["limit", "lost to a limit"],
  ["expired", "expired"],
  ["clamp", "kept in bounds"],
];

/** The picture of what `receiptLines` makes: `{ element, show(receipt) }`. */
export function receiptPicture() {
  const words = legend();
  const sums = totals();
  const groups = h("div", {});
  const element = h("div", { class: "receipt" }, words.element, groups, sums.element);
  let [shape, scale] = [null, null];
  let [headings, lines] = [[], []];

  function show(receipt) {
    scale = scaleOf(extentOf(receipt), scale);
    if (shape !== shapeOf(receipt)) build(receipt);
    shape = shapeOf(receipt);
    words.show(receipt);
    headings.forEach((heading, position) => heading.show(receipt.groups[position]));
    lines.forEach((line, position) => line.show(receipt.lines[position], scale));
    sums.show(receipt, scale);
  }

  function build(receipt) {
    const made = receipt.groups.map((group) => ({ heading: groupHeading(group), lines: group.lines.map(receiptLine) }));
    headings = made.map(({ heading }) => heading);
    lines = made.flatMap((group) => group.lines);
    const isNamed = ({ part }) => receipt.groups.length > 1 && part !== undefined;
    const elements = made.flatMap((group, position) => [
      isNamed(receipt.groups[position]) ? group.heading.element : null,
      h("ul", { class: "receipt-lines" }, group.lines.map((line) => line.element)),
    ]);
    groups.replaceChildren(...elements.filter(Boolean));
  }

  return { element, show };
}

function groupHeading({ label }) {
  const points = h("span", { class: "receipt-points" });
  return {
    element: h("p", { class: "receipt-group" }, h("span", {}, label), points),
    show: ({ shown }) => write(points, signed(shown)),
  };
}

function receiptLine({ key, icon: picture }) {
  const label = h("span", {});
  const details = h("small", { class: "receipt-details" });
  const chart = receiptChart();
  const points = h("span", { class: "receipt-points" });
  const name = h("span", { class: "receipt-label" }, icon(picture), h("span", {}, label, details));
  const element = h("li", { "data-criterion": key }, name, chart.element, points);

  function show(line, scale) {
    const isIdle = line.effect === 0 && LOSSES.every((loss) => line.lost[loss] === 0);
    const more = detailsOf(line);
    put(element, "class", isIdle ? "receipt-line is-idle" : "receipt-line");
    write(label, line.label);
    write(details, more);
    reveal(details, more !== "");
    chart.show(barsOf(line), scale);
    write(points, signed(line.shown));
  }

  return { element, show };
}

/** "2 counted · age −31.2": what the bar shows, in words. */
function detailsOf(line) {
  const words = [];
  if (line.kind === "event" && line.count > 0) words.push(`${count(line.count)}\u00a0counted`);
  for (const loss of LOSSES) {
    if (Math.abs(line.lost[loss]) >= 0.05) words.push(`${LOSS_WORDS[loss]}\u00a0${signed(-line.lost[loss])}`);
  }
  return words.join(" · ");
}

/** What was given first, then each loss outwards from it, on its own side of zero. */
function barsOf(line) {
  const steps = [[kindOf(line), line.effect], ...LOSSES.map((loss) => [loss, line.lost[loss]])];
  const reach = { 1: 0, [-1]: 0 };
  return steps.map(([kind, value]) => {
    const side = value < 0 ? -1 : 1;
    const from = reach[side];
    reach[side] += value;
    return { kind, from, to: reach[side] };
  });
}

/** Everything given, end to end; from there everything taken back; what is left are the points. */
function totals() {
  const given = totalLine("Given");
  const taken = totalLine("Taken back");
  const points = totalLine("Points", "is-total");
  const axis = receiptAxis();
  const foot = h("div", { class: "receipt-axis receipt-line", "aria-hidden": "true" }, h("span", { class: "receipt-label" }), axis.element, h("span", { class: "receipt-points" }));
  const element = h("div", { class: "receipt-totals" }, given.element, taken.element, points.element, foot);

  function show({ lines, total }, scale) {
    const gains = lines.filter(({ effect }) => effect > 0);
    const costs = lines.filter(({ effect }) => effect < 0);
    const shownSum = (some) => some.reduce((sum, line) => sum + line.shown, 0);
    const up = endToEnd(gains, 0);
    given.show(up.bars, signed(shownSum(gains)), scale);
    taken.show(endToEnd(costs, up.end).bars, signed(shownSum(costs)), scale);
    reveal(taken.element, costs.length > 0);
    points.show([{ kind: "points", from: 0, to: total }], number(total), scale);
    axis.show(scale);
  }

  return { element, show };
}

function endToEnd(lines, start) {
  let end = start;
  const bars = lines.map((line) => {
    const from = end;
    end += line.effect;
    return { kind: kindOf(line), from, to: end };
  });
  return { bars, end };
}

function totalLine(label, className = "") {
  const chart = receiptChart();
  const points = h("span", { class: "receipt-points" });
  return {
    element: h("p", { class: `receipt-line ${className}` }, h("span", { class: "receipt-label" }, label), chart.element, points),
    show(bars, words, scale) {
      chart.show(bars, scale);
      write(points, words);
    },
  };
}

function kindOf({ isClamp, effect }) {
  if (isClamp) return "clamp";
  return effect < 0 ? "taken" : "given";
}

/** What the patterns mean, as far as they occur; for the eye only, because the lines say it in words. */
function legend() {
  const entries = LEGEND.map(([kind, words]) => {
    const swatch = svg("svg", { class: "swatch" }, svg("rect", { class: `bar-${kind}`, fill: fillOf(kind), width: "100%", height: "100%" }));
    return { kind, element: h("li", {}, swatch, words) };
  });

  function show({ lines }) {
    const kinds = new Set(lines.flatMap((line) => [kindOf(line), ...LOSSES.filter((loss) => line.lost[loss] !== 0)]));
    for (const { kind, element } of entries) reveal(element, kinds.has(kind));
  }

  return { element: h("ul", { class: "legend", "aria-hidden": "true" }, entries.map(({ element }) => element)), show };
}
