/*
 * The time machine of one customer: the past and the forecast as a picture, a slider through both, the next change and the
 * next star in words, and actions to try. The instant it is moved to is handed on, so that all that is shown of the customer
 * moves along.
 */
import { h, put, reveal, write } from "../element.js";
import { milliseconds, number, plural } from "../words.js";
import { changeTable } from "./change-table.js";
import { instantSlider } from "./instant-slider.js";
import { journey } from "./journey.js";
import { timePlot } from "./plot.js";
import { audienceLabel, changeWords, distance, longInstant, shortInstant, standingWords, summary, timeElement, ZONE } from "./sentences.js";
import { triesPanel } from "./tries.js";

/** How long the slider has to rest before what takes more than a frame's share is made up for. */
const REST_MS = 120;
/** And how long the form of the model, whose moves leave nothing of a frame. */
const MODEL_REST_MS = 250;
/** What the line of "if nothing more had been done" may take of a frame; where it takes more, it waits for a rest. */
const AHEAD_BUDGET_MS = 4;
/** Of how many scores the time that is told is the middle one. */
const TIMES_KEPT = 24;

/**
 * `{ element, show(json, at), focus(), remove() }`. `now` is where what is known ends, `home` the instant of everybody's
 * scores; `onMove(result)` gets the customer's result at each instant moved to, `onEverybody(at)` asks for everybody's.
 */
export function timeMachine({ Model, Ledger, history, segments, now, home, onMove, onEverybody }) {
  const readout = readoutLine();
  const slider = instantSlider({ id: "time-slider", label: "Instant", onMove: moveTo });
  const [before, after] = [toolButton("Change before", "is-before", () => jump(-1)), toolButton("Change after", "is-after", () => jump(1))];
  const back = toolButton("Back", "is-back", () => moveTo(home), { title: `Back to ${shortInstant(home)}` });
  const everybody = toolButton("Everybody then", "", () => onEverybody(at), { title: "Score everybody at this instant" });
  const caption = h("figcaption", { class: "visually-hidden", id: "time-summary" });
  const frameOfPlot = h("div", { class: "time-frame" });
  const legend = legendLine();
  const facts = outlook({ segments });
  const table = changeTable({ onGo: (instant) => moveTo(Math.ceil(instant)) });
  const tries = triesPanel({ onTry: attempt, onUndo: () => retried(() => trip.undo()), onReset: () => retried(() => trip.reset()) });
  const figure = h("figure", { class: "time-figure", "aria-labelledby": "time-summary" }, frameOfPlot, slider.element, caption);
  const element = h(
    "section",
    { class: "time-machine", "aria-labelledby": "time-name" },
    h("h3", { id: "time-name" }, "Time machine"),
    readout.element,
    figure,
    h("div", { class: "time-tools" }, before, after, back, everybody),
    legend.element,
    facts.element,
    tries.element,
    table.element,
    ZONE === "UTC" ? null : h("p", { class: "note" }, `Times here are those of ${ZONE}.`),
  );
  let [trip, model, at, plot, changes] = [null, null, home, null, []];
  let [frame, resting, isGone] = [0, 0, false];
  let aheadCost = 0;
  const took = [];

  loadPlot();

  async function loadPlot() {
    let uPlot;
    try {
      ({ default: uPlot } = await import("uplot"));
    } catch {
      frameOfPlot.replaceChildren(h("p", { class: "note" }, "The picture could not be drawn: uPlot is not installed. The table below says the same."));
      return;
    }
    if (isGone) return;
    plot = timePlot(uPlot, { onPick: moveTo, onLayout: alignSlider });
    frameOfPlot.replaceChildren(plot.element);
    if (trip !== null) redraw();
  }

  /** The slider's thumb stands below the instant in the picture. */
  function alignSlider({ start, length }) {
    figure.style.setProperty("--plot-start", `${start}px`);
    figure.style.setProperty("--plot-length", `${length}px`);
  }

  /** Under a model, which may be another one than before, at the instant that is chosen. */
  function show(json) {
    if (json === model && trip !== null) return tell();
    model = json;
    clearTimeout(resting);
    if (trip === null) rebuild();
    else resting = setTimeout(rebuild, MODEL_REST_MS);
  }

  function rebuild() {
    const tried = trip?.tries ?? [];
    trip?.free();
    trip = null;
    // At the ends of time there is no room for a past or a future.
    try {
      trip = journey({ Model, Ledger, json: model, history, now, home });
    } catch {
      return reveal(element, false);
    }
    reveal(element, true);
    for (const { type, count, label, at: instant } of tried) trip.attempt({ type, count, label, at: instant });
    slider.reach(trip.range);
    redraw();
  }

  /** All of it: after the model or what is tried has changed. */
  function redraw() {
    changes = trip.changes();
    table.show(changes, { now, segments, json: model });
    write(caption, summary({ line: trip.tried?.line() ?? trip.line(), now, count: history.events.length }));
    plot?.show({ line: trip.line(), tried: trip.tried?.line() ?? null, changes, events: history.events, tries: trip.tries, now, json: model });
    legend.show({ isTrying: trip.tries.length > 0 });
    tell();
    rest();
  }

  function moveTo(instant) {
    at = Math.min(trip.range.to, Math.max(trip.range.from, Math.round(instant)));
    frame ||= requestAnimationFrame(follow);
  }

  /** The frame after a move. */
  function follow() {
    frame = 0;
    const { result } = tell();
    onMove(result);
    clearTimeout(resting);
    resting = setTimeout(rest, REST_MS);
  }

  /** The chosen instant, in figures and in words. */
  function tell() {
    const asked = trip.at(at);
    const tried = trip.tried?.at(at).result ?? null;
    if (took.push(asked.took) > TIMES_KEPT) took.shift();
    const shown = tried ?? asked.result;
    readout.show({ ...asked, tried, segments, took: middle(took) });
    slider.set(at, `${longInstant(at)}: ${standingWords(shown, segments)}`);
    facts.show(shown, { now, json: model });
    tries.show({ json: model, before: asked.result, after: shown, tries: trip.tries, nextStar: shown.nextStar, segments });
    for (const button of [back, everybody]) put(button, "aria-disabled", String(at === home));
    put(before, "aria-disabled", String(neighbour(-1) === undefined));
    put(after, "aria-disabled", String(neighbour(1) === undefined));
    drawInstant(shown.points);
    return asked;
  }

  function drawInstant(points, isAtRest = false) {
    if (plot === null) return;
    // Of the future nothing else is known than the line says already.
    const isBehind = at < Math.max(history.events.at(-1)?.time ?? at, ...trip.tries.map((one) => one.at));
    const isDue = isAtRest || aheadCost <= AHEAD_BUDGET_MS;
    const began = performance.now();
    const ahead = isBehind && isDue ? trip.ahead(at) : null;
    if (ahead !== null) aheadCost = performance.now() - began;
    plot.move(at, points, ahead);
    legend.show({ isTrying: trip.tries.length > 0, isBehind });
  }

  /** What takes longer than a frame's share, once the slider rests. */
  function rest() {
    const { points } = (trip.tried ?? trip).at(at).result;
    tries.preview((type, count) => trip.outlook(type, count, at), points);
    if (aheadCost > AHEAD_BUDGET_MS) drawInstant(points, true);
  }

  function attempt({ type, count, label }) {
    retried(() => trip.attempt({ type, count, label, at }));
  }

  function retried(change) {
    change();
    redraw();
  }

  function neighbour(way) {
    const instants = changes.filter(({ what }) => what !== "audience").map((change) => Math.ceil(change.at));
    return way < 0 ? instants.findLast((instant) => instant < at) : instants.find((instant) => instant > at);
  }

  function jump(way) {
    const instant = neighbour(way);
    if (instant !== undefined) moveTo(instant);
  }

  return {
    element,
    show,
    focus: () => slider.element.focus(),
    remove() {
      isGone = true;
      clearTimeout(resting);
      cancelAnimationFrame(frame);
      plot?.remove();
      trip?.free();
    },
  };
}

function toolButton(label, className, onClick, attributes = {}) {
  const onclick = ({ currentTarget }) => currentTarget.getAttribute("aria-disabled") === "true" || onClick();
  const arrow = /before|after/.test(className) ? h("span", { class: "arrow", "aria-hidden": "true" }) : null;
  return h("button", { type: "button", class: `button tool ${className}`, onclick, ...attributes }, arrow, label);
}

/** When, how many points and stars, which segment; and how long it took to know. */
function readoutLine() {
  const when = h("time", { class: "time-when" });
  const [points, stars, segment] = [h("strong", {}), h("strong", {}), h("strong", {})];
  const note = h("span", { class: "note" });
  const element = h("div", { class: "time-readout" }, when, h("p", { class: "time-figures" }, points, stars, segment), note);

  function show({ result, tried, took, segments }) {
    const shown = tried ?? result;
    write(when, longInstant(result.at));
    when.dateTime = new Date(result.at).toISOString();
    write(points, `${number(shown.points)} points`);
    write(stars, plural(shown.stars, "star"));
    write(segment, segments.find(({ id }) => id === shown.segment).label);
    write(note, `${tried ? "With what you try. " : ""}Scored, with what comes next, in ${tookWords(took)}.`);
  }

  return { element, show };
}

function middle(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1];
}

function tookWords(ms) {
  return ms < 0.95 ? `${Math.round(ms * 100) * 10} µs` : `${milliseconds(ms)} ms`;
}

/** What the kinds of line mean, as far as they occur; for the eye only, because the words say it too. */
function legendLine() {
  const entry = (kind, words) => h("li", {}, h("i", { class: `time-key is-${kind}` }), words);
  const entries = { known: entry("known", "points so far"), forecast: entry("forecast", "if nothing more happens"), ahead: entry("ahead", "as it looked at this instant"), tried: entry("tried", "with what you try") };
  const element = h("ul", { class: "legend", "aria-hidden": "true" }, Object.values(entries));
  return {
    element,
    show({ isTrying, isBehind = false }) {
      reveal(entries.ahead, isBehind);
      reveal(entries.tried, isTrying);
    },
  };
}

/** The next change, the next star, and the audiences, in words. */
function outlook({ segments }) {
  const [change, star, audiences] = [h("dd", {}), h("dd", {}), h("dd", {})];
  const circle = h("div", {}, h("dt", {}, "Audiences"), audiences);
  const element = h("dl", { class: "time-facts" }, h("div", {}, h("dt", {}, "Next change"), change), h("div", {}, h("dt", {}, "To the next star"), star), circle);
  let told = null;

  function show(result, { now, json }) {
    const { nextChange, nextStar, at } = result;
    const key = JSON.stringify([at, nextChange, nextStar, result.stars, result.segment, result.audiences]);
    if (key === told) return;
    told = key;
    const condition = h("small", { class: "note" }, at < now ? "If nothing more had been done from there on." : "If nothing more happens.");
    if (nextChange) change.replaceChildren(`${changeWords(nextChange, result, segments)} on `, timeElement(nextChange.at), " ", h("span", { class: "is-whole" }, `(${distance(nextChange.at, at)})`), condition);
    else change.replaceChildren("none within a year", condition);
    if (!nextStar) write(star, "all stars are reached");
    else if (nextStar.actions.length === 0) write(star, `${number(nextStar.points)} points, which no single kind of action reaches`);
    else star.replaceChildren(nextStar.actions.map(({ count, label, criterion }) => `${count}\u00a0×\u00a0${label ?? criterion}`).join(" or "), h("small", { class: "note" }, `${number(nextStar.points)} points are missing.`));
    const names = result.audiences ?? [];
    reveal(circle, names.length > 0);
    write(audiences, names.map((id) => audienceLabel(json, id)).join(", "));
  }

  return { element, show };
}
