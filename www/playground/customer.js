/* One customer, opened: the stars, what they rest on, and what was done last. */
import { h, reveal, write } from "./element.js";
import { receiptLines } from "./receipt-lines.js";
import { receiptPicture } from "./receipt.js";
import { receiptTable } from "./receipt-table.js";
import { labelsByType, recentEvents } from "./recent-events.js";
import { exactWords, starsPicture } from "./stars.js";
import { trendMark } from "./trend.js";
import { ago, count, day, duration, instant, number, plural, setting, titled } from "./words.js";

/** How long an instant has to rest before the events up to it are listed. */
const REST_MS = 150;
const IGNORED = { future: "later than this instant", duplicate: "the same event twice", invalid: "not readable", noValue: "without an amount" };

/**
 * The page of a customer: `{ elements, show(result, view) }`, to be shown again with each new result. `view` is
 * `{ model, segmentLabel }`, `time` the time machine; the links lead back to the list and to the model.
 */
export function customerPage({ name, events, time, of }, links) {
  const sum = verdict(of);
  const picture = receiptPicture();
  const scale = h("p", { class: "scale-words" });
  const table = receiptTable();
  const facts = h("div", {});
  const recent = h("div", {});
  let [counted, told, listedAt, resting] = [null, null, NaN, 0];

  function show(result, { model, segmentLabel }) {
    const receipt = receiptLines(result, model);
    sum.show(result, model, segmentLabel);
    picture.show(receipt);
    const words = scaleWords(result, model);
    write(scale, words);
    reveal(scale, words !== "");
    table.show(receipt);
    const leftOut = JSON.stringify([result.at, result.ignored]);
    if (leftOut !== told) facts.replaceChildren(historyFacts(events, result));
    told = leftOut;
    clearTimeout(resting);
    // While a slider moves through time, the list of events waits.
    if (Number.isNaN(listedAt) || listedAt === result.at) list(result.at, model);
    else resting = setTimeout(list, REST_MS, result.at, model);
  }

  function list(at, model) {
    // Which criteria an event counts under seldom changes, and the list may have been extended.
    const labels = JSON.stringify([...labelsByType(model)]);
    if (labels === counted && at === listedAt) return;
    [counted, listedAt] = [labels, at];
    recent.replaceChildren(recentEvents(events, at, model));
  }

  const elements = [
    customerHeader(name, links),
    sum.element,
    time,
    h("section", { "aria-labelledby": "receipt-name" }, h("h3", { id: "receipt-name" }, "Receipt"), picture.element, scale, table.element),
    h("section", { "aria-labelledby": "history-name" }, h("h3", { id: "history-name" }, "History"), facts, recent),
  ];
  return { elements, show };
}

/** Where the address names somebody the file does not know. */
export function strangerPage(name, links) {
  return { elements: [customerHeader(name, links), h("p", { class: "note" }, "There is no such customer in this file.")], show() {} };
}

function customerHeader(name, { close, model }) {
  return h(
    "div",
    { class: "pane-header" },
    h("h2", { tabindex: "-1", id: "customer-name" }, name),
    h("a", { class: "model-link", href: model }, "What counts"),
    h("a", { class: "button back", href: close }, h("span", { class: "only-narrow" }, "Back to the list"), h("span", { class: "only-wide" }, "Close")),
  );
}

/** The stars and the figures, kept as they are made: `{ element, show(result, model, segmentLabel) }`. */
function verdict(of) {
  const stars = starsPicture(of, "stars is-big");
  const starWords = h("strong", { "aria-hidden": "true" });
  const exact = h("span", { class: "note" });
  const [score, segment, stage] = [h("span", {}), h("span", {}), h("span", {})];
  const mark = trendMark();
  const over = h("span", { class: "note" });
  const stageFigure = figure("Stage", stage);
  const element = h(
    "div",
    { class: "verdict" },
    h("div", { class: "stars-block" }, stars.element, h("p", {}, starWords, exact)),
    h("dl", { class: "figures" }, figure("Score", score), figure("Segment", segment), figure("Trend", [mark.element, over]), stageFigure),
  );

  function show(result, model, segmentLabel) {
    stars.set(result.starsExact, result.stars);
    write(starWords, plural(result.stars, "star"));
    write(exact, `exactly ${exactWords(result.starsExact, of)}`);
    write(score, number(result.score));
    write(segment, segmentLabel);
    mark.set(result.trend);
    write(over, `${result.trend.direction} over ${duration(model.trend?.over ?? "7d")}`);
    write(stage, result.stage === null ? "" : titled(result.stage));
    reveal(stageFigure, result.stage !== null);
  }

  return { element, show };
}

function figure(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

/** From points to stars, as a sentence; none where the target is not a number of points. */
function scaleWords({ points, score, stars, stage }, model) {
  const ofStage = model.stages?.find(({ id }) => id === stage)?.target;
  const target = ofStage ?? model.target ?? 100;
  if (typeof target !== "number") return "";
  const owner = ofStage === undefined ? "" : ` for the stage ${stage}`;
  return `${number(points)} points of a target of ${setting(target)}${owner} are a score of ${number(score)}: ${plural(stars, "star")}.`;
}

function historyFacts(events, result) {
  const first = events[0]?.time;
  const last = events.findLast(({ time }) => time <= result.at)?.time;
  const ignored = Object.entries(IGNORED).filter(([kind]) => result.ignored[kind] > 0);
  return h(
    "dl",
    { class: "facts" },
    first !== undefined && first <= result.at ? figure("First seen", `${day(first)}, ${plural(Math.floor(result.tenureDays), "day")} a customer`) : null,
    figure("Last seen", last === undefined ? "not yet" : `${instant(last)} UTC, ${ago(last, result.at)}`),
    figure("Events", count(events.length - result.ignored.future)),
    figure("Left out", ignored.length === 0 ? "nothing" : ignored.map(([kind, words]) => `${count(result.ignored[kind])} ${words}`).join(", ")),
  );
}
