/*
 * Points through time as a picture: what was and what will be if nothing more happens, over the stars they are enough for,
 * with a tick for each event and a mark where the stars change. uPlot draws the lines and the axes, the rest is drawn around
 * them; what belongs to the chosen instant lies above, so that a drag does not draw the picture anew.
 */
import { h, reveal } from "../element.js";
import { starMarks } from "./marks.js";
import { thresholds } from "./scale.js";
import { timeTicks } from "./ticks.js";

/** Pixels of CSS. */
const HEIGHT = { wide: 240, narrow: 200 };
const NARROW = 420;
const AXIS = { inline: 40, block: 30, end: 30 };
const RUG = 8;
/** What lies above the highest point, and below nothing, for the ticks of the events: shares of the height. */
const ROOM = { above: 0.1, below: 0.075 };
const FONT = "12px system-ui, sans-serif";
const SMALL = "600 11px system-ui, sans-serif";
const INKS = ["line", "soft", "ground", "grid", "band", "star", "edge", "tried"];

/**
 * `{ element, show(view), move(at, points, ahead), remove() }`; `onPick(at)` gets the instants that are pointed at,
 * `onLayout({ start, length })` where the lines begin and how long they are, in pixels.
 *
 * A view is `{ line, tried, changes, events, tries, now, json }`, the lines as `timeline` gives them.
 */
export function timePlot(uPlot, { onPick, onLayout }) {
  const inks = INKS.map((name) => h("i", { "data-ink": name }));
  const cursor = h("div", { class: "time-cursor", hidden: true }, h("i", {}));
  const aheadLine = h("canvas", { class: "time-ahead" });
  const host = h("div", { class: "time-plot" }, h("div", { hidden: true }, inks));
  const watches = [];
  const ink = {};
  let [picture, view, marks, isMirrored, chosen] = [null, null, [], false, null];

  function build() {
    picture?.destroy();
    isMirrored = getComputedStyle(host).direction === "rtl";
    readInks();
    picture = new uPlot({ ...size(), ...settings() }, columnsOf(view), host);
    picture.over.append(aheadLine, cursor);
    picture.over.addEventListener("pointerdown", drag);
  }

  function settings() {
    const stroke = () => ink.soft;
    const axis = { stroke, font: FONT, ticks: { show: false } };
    const line = { points: { show: false }, spanGaps: false };
    return {
      ms: 1,
      legend: { show: false },
      cursor: { show: false },
      padding: isMirrored ? [10, 0, 0, AXIS.end] : [10, AXIS.end, 0, 0],
      scales: {
        x: { time: true, dir: isMirrored ? -1 : 1, range: (_, from, to) => [from, to] },
        y: { range: extent },
      },
      axes: [
        { ...axis, size: AXIS.block, space: 64, gap: 8, values: timeTicks, grid: { show: false } },
        { ...axis, side: isMirrored ? 1 : 3, size: AXIS.inline, space: 36, gap: 6, filter: (_, splits) => splits.map((value) => (value < low() ? null : value)), grid: { stroke: () => ink.grid, width: 1 } },
      ],
      series: [
        {},
        { ...line, stroke: () => ink.line, width: 2 },
        { ...line, stroke: () => ink.line, width: 2, dash: [5, 4] },
        { ...line, stroke: () => ink.tried, width: 2, dash: [7, 3] },
      ],
      hooks: { ready: [tellLayout], setSize: [tellLayout], drawClear: [drawBands], draw: [drawRug, drawNow, drawMarks, drawChosen] },
    };
  }

  function low() {
    return Math.min(0, view.line.points.reduce((least, value) => Math.min(least, value), 0));
  }

  function extent() {
    const most = [view.line, view.tried].reduce((high, line) => (line ? line.points.reduce((best, value) => Math.max(best, value), high) : high), 0);
    // With little above nothing, the first stars show how far away they are.
    const high = Math.max(most, view.steps.find((step) => step.highest > most)?.highest ?? most, 1);
    const height = high - low();
    return [low() - ROOM.below * height, high + ROOM.above * height];
  }

  function show(next) {
    view = { ...next, steps: thresholds(next.line, next.json) };
    marks = starMarks(view);
    if (picture === null) return build();
    picture.setData(columnsOf(view));
  }

  /** To an instant and the points there; `ahead` is the line from there on if nothing more had been done, or null. */
  function move(at, points, ahead) {
    chosen = { at, points, ahead };
    drawChosen();
  }

  function drawChosen() {
    // Before its first picture uPlot has no scale to place anything by.
    if (chosen === null || !Number.isFinite(picture?.scales.x.min)) return;
    drawAhead();
    reveal(cursor, true);
    cursor.style.transform = `translateX(${picture.valToPos(chosen.at, "x")}px)`;
    cursor.firstElementChild.style.transform = `translateY(${picture.valToPos(chosen.points, "y")}px)`;
  }

  /** On a canvas of its own: it changes with every frame of a drag, and nothing else does. */
  function drawAhead() {
    const { width, height, left, top } = picture.bbox;
    const isEmpty = chosen.ahead === null;
    reveal(aheadLine, !isEmpty);
    if (isEmpty) return;
    // Setting a size clears it, too.
    Object.assign(aheadLine, { width, height });
    const ctx = aheadLine.getContext("2d");
    ctx.translate(-left, -top);
    ctx.strokeStyle = ink.soft;
    ctx.lineWidth = 1.5 * scale();
    ctx.setLineDash([1.5 * scale(), 3 * scale()]);
    ctx.beginPath();
    ctx.moveTo(x(chosen.at), y(chosen.points));
    chosen.ahead.points.forEach((points, place) => ctx.lineTo(x(chosen.ahead.times[place]), y(points)));
    ctx.stroke();
  }

  function drag(event) {
    if (event.button !== 0) return;
    const { over } = picture;
    const pick = ({ clientX }) => {
      const { left, width } = over.getBoundingClientRect();
      onPick(picture.posToVal(Math.min(width, Math.max(0, clientX - left)), "x"));
    };
    over.setPointerCapture(event.pointerId);
    over.addEventListener("pointermove", pick);
    over.addEventListener("lostpointercapture", () => over.removeEventListener("pointermove", pick), { once: true });
    pick(event);
  }

  // Around the lines, in pixels of the canvas

  function drawBands({ ctx, bbox }) {
    const { times } = view.line;
    clipped(ctx, bbox, () => {
      ctx.setLineDash([]);
      for (const { at } of view.steps) {
        const path = new Path2D();
        path.moveTo(x(times[0]), bbox.top);
        eachStep(at, (place, end) => {
          path.lineTo(x(times[place]), y(at[place]));
          path.lineTo(x(times[end]), y(at[place]));
        });
        path.lineTo(x(times.at(-1)), bbox.top);
        ctx.globalAlpha = 1;
        ctx.fillStyle = ink.band;
        ctx.fill(path);
        ctx.globalAlpha = 0.35;
        ctx.strokeStyle = ink.star;
        ctx.lineWidth = scale();
        ctx.beginPath();
        eachStep(at, (place, end) => {
          ctx.lineTo(x(times[place]), y(at[place]));
          ctx.lineTo(x(times[end]), y(at[place]));
        });
        ctx.stroke();
      }
      // What is only a forecast is paler.
      const [from, to] = [x(view.now), x(times.at(-1))];
      ctx.globalAlpha = 0.4;
      ctx.fillStyle = ink.ground;
      ctx.fillRect(Math.min(from, to), bbox.top, Math.abs(to - from), bbox.height);
    });
    drawStarNames(ctx, bbox);
  }

  /** How many stars each band is, at its end. */
  function drawStarNames(ctx, bbox) {
    const end = view.line.times.length - 1;
    const edge = isMirrored ? bbox.left - 6 * scale() : bbox.left + bbox.width + 6 * scale();
    let above = bbox.top;
    ctx.save();
    ctx.font = scaled(SMALL);
    ctx.textAlign = isMirrored ? "right" : "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = ink.soft;
    for (const { stars, at } of view.steps.toReversed()) {
      const base = Math.min(y(at[end]), y(0));
      if (base - above >= 12 * scale()) ctx.fillText(`${stars}\u2605`, edge, (base + above) / 2);
      above = Math.max(above, base);
    }
    ctx.restore();
  }

  function drawRug({ ctx, bbox }) {
    const bottom = bbox.top + bbox.height;
    ctx.save();
    ctx.setLineDash([]);
    ctx.strokeStyle = ink.soft;
    ctx.globalAlpha = 0.75;
    ctx.lineWidth = scale();
    ctx.beginPath();
    for (const { time } of view.events) tick(ctx, x(time), bottom, RUG);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.strokeStyle = ink.tried;
    ctx.lineWidth = 2 * scale();
    ctx.beginPath();
    for (const { at } of view.tries) tick(ctx, x(at), bottom, 2 * RUG);
    ctx.stroke();
    ctx.restore();
  }

  /** Where what is known ends. */
  function drawNow({ ctx, bbox }) {
    const place = Math.round(x(view.now));
    const bottom = bbox.top + bbox.height;
    ctx.save();
    ctx.strokeStyle = ink.soft;
    ctx.lineWidth = scale();
    ctx.globalAlpha = 0.6;
    ctx.beginPath();
    tick(ctx, place, bottom, bbox.height / scale());
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.font = scaled(SMALL);
    ctx.fillStyle = ink.soft;
    ctx.textBaseline = "top";
    ctx.textAlign = isMirrored ? "right" : "left";
    const words = "Forecast";
    const room = isMirrored ? place - bbox.left : bbox.left + bbox.width - place;
    if (ctx.measureText(words).width + 12 * scale() < room) ctx.fillText(words, place + (isMirrored ? -6 : 6) * scale(), bbox.top + 3 * scale());
    ctx.restore();
  }

  /** Where the stars change: full where they rise, hollow where they fall; with the number where there is room for it. */
  function drawMarks({ ctx, bbox }) {
    const shown = marks.map((mark) => ({ ...mark, left: x(mark.at), top: y(mark.points) })).filter(isLastOfMany);
    const taken = shown.map(({ left, top }) => around(left, top, 5 * scale()));
    ctx.save();
    ctx.setLineDash([]);
    ctx.font = scaled(SMALL);
    ctx.textAlign = "center";
    ctx.lineWidth = 1.5 * scale();
    for (const { left, top, isRise } of shown) {
      ctx.beginPath();
      ctx.arc(left, top, 3.5 * scale(), 0, 2 * Math.PI);
      ctx.fillStyle = isRise ? ink.star : ink.ground;
      ctx.strokeStyle = ink.edge;
      ctx.fill();
      ctx.stroke();
    }
    for (const { left, top, stars, isRise } of shown) {
      const words = `${stars}\u2605`;
      const half = ctx.measureText(words).width / 2;
      const line = top + (isRise ? -8 : 17) * scale();
      const box = [left - half, line - 10 * scale(), left + half, line];
      const isInside = box[0] > bbox.left && box[2] < bbox.left + bbox.width && box[1] > bbox.top && line < y(low());
      if (!isInside || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      ctx.lineJoin = "round";
      ctx.strokeStyle = ink.ground;
      ctx.lineWidth = 3 * scale();
      ctx.strokeText(words, left, line);
      ctx.lineWidth = 1.5 * scale();
      ctx.fillStyle = ink.soft;
      ctx.fillText(words, left, line);
    }
    ctx.restore();
  }

  /** Of stars that come or go all but at once, the last tells. */
  function isLastOfMany({ left, isRise }, place, all) {
    const next = all[place + 1];
    return !next || next.isRise !== isRise || Math.abs(next.left - left) > 6 * scale();
  }

  function tick(ctx, place, bottom, height) {
    ctx.moveTo(place, bottom);
    ctx.lineTo(place, bottom - height * scale());
  }

  const x = (at) => picture.valToPos(at, "x", true);
  const y = (points) => picture.valToPos(points, "y", true);
  const scale = () => devicePixelRatio;
  const scaled = (font) => font.replace(/(\d+)px/, (_, pixels) => `${pixels * scale()}px`);

  // Around the picture

  function readInks() {
    inks.forEach((probe) => (ink[probe.dataset.ink] = getComputedStyle(probe).color));
  }

  function size() {
    const width = Math.max(200, host.clientWidth);
    return { width, height: width < NARROW ? HEIGHT.narrow : HEIGHT.wide };
  }

  /** Where the lines begin, and how long they are: what belongs to them is to stand under them. */
  function tellLayout({ bbox: { left, width } }) {
    const start = left / scale();
    const length = width / scale();
    onLayout({ start: isMirrored ? host.clientWidth - start - length : start, length });
  }

  function restyle() {
    if (picture === null || !host.isConnected) return;
    if ((getComputedStyle(host).direction === "rtl") !== isMirrored) return build();
    readInks();
    picture.redraw(false, true);
  }

  const sizes = new ResizeObserver(() => {
    if (picture === null || host.clientWidth === 0) return;
    picture.setSize(size());
  });
  sizes.observe(host);
  watches.push(() => sizes.disconnect());
  const root = new MutationObserver(restyle);
  root.observe(document.documentElement, { attributeFilter: ["dir", "data-theme"] });
  watches.push(() => root.disconnect());
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", restyle);
  watches.push(() => system.removeEventListener("change", restyle));

  return {
    element: host,
    show,
    move,
    remove() {
      for (const end of watches) end();
      picture?.destroy();
      picture = null;
    },
  };
}

/** What uPlot draws: what was, what will be, what is tried. */
function columnsOf({ line: { times, points }, tried, tries, now }) {
  const turn = times.findIndex((time) => time > now);
  const last = turn === -1 ? times.length : turn;
  const first = Math.min(...tries.map(({ at }) => at));
  return [
    times,
    Array.from(points, (value, place) => (place <= last ? value : null)),
    Array.from(points, (value, place) => (place >= last ? value : null)),
    Array.from(times, (time, place) => (tried && time >= first ? tried.points[place] : null)),
  ];
}

function clipped(ctx, { left, top, width, height }, draw) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  draw();
  ctx.restore();
}

/** Each stretch of a column over which it stays the same, by its first place and the one after its last. */
function eachStep(column, draw) {
  let first = 0;
  for (let place = 1; place < column.length; place += 1) {
    if (place < column.length - 1 && column[place] === column[first]) continue;
    draw(first, place);
    first = place;
  }
}

function around(left, top, reach) {
  return [left - reach, top - reach, left + reach, top + reach];
}

function overlap(one, other) {
  return one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
}
