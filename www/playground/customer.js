/* One customer, opened: the stars, what they rest on, and what was done last. */
import { h } from "./element.js";
import { receiptLines } from "./receipt-lines.js";
import { receiptPicture } from "./receipt.js";
import { receiptTable } from "./receipt-table.js";
import { recentEvents } from "./recent-events.js";
import { exactWords, starsPicture } from "./stars.js";
import { trendMark } from "./trend.js";
import { ago, count, day, duration, instant, number, plural, setting, titled } from "./words.js";

const IGNORED = { future: "later than this instant", duplicate: "the same event twice", invalid: "not readable", noValue: "without an amount" };

/** The page of a customer; `closeHref` leads back to the list. */
export function customerPage({ id, events, result, lastSeen }, { model, of, segmentLabel, closeHref }) {
  const receipt = receiptLines(result, model);
  return [
    customerHeader(id, closeHref),
    h(
      "div",
      { class: "verdict" },
      starsBlock(result, of),
      h(
        "dl",
        { class: "figures" },
        figure("Score", number(result.score)),
        figure("Segment", segmentLabel),
        figure("Trend", trendBlock(result.trend, model)),
        result.stage === null ? null : figure("Stage", titled(result.stage)),
      ),
    ),
    h("section", { "aria-labelledby": "receipt-name" }, h("h3", { id: "receipt-name" }, "Receipt"), receiptPicture(receipt), scaleWords(result, model), receiptTable(receipt)),
    h("section", { "aria-labelledby": "history-name" }, h("h3", { id: "history-name" }, "History"), historyFacts(events, result, lastSeen), recentEvents(events, result.at, model)),
  ];
}

/** Where the address names somebody the file does not know. */
export function strangerPage(id, closeHref) {
  return [customerHeader(id, closeHref), h("p", { class: "note" }, "There is no such customer in this file.")];
}

function customerHeader(id, closeHref) {
  return h(
    "div",
    { class: "pane-header" },
    h("h2", { tabindex: "-1", id: "customer-name" }, id),
    h("a", { class: "button back", href: closeHref }, h("span", { class: "only-narrow" }, "Back to the list"), h("span", { class: "only-wide" }, "Close")),
  );
}

function starsBlock({ starsExact, stars }, of) {
  const picture = starsPicture(of, "stars is-big");
  picture.set(starsExact, stars);
  return h(
    "div",
    { class: "stars-block" },
    picture.element,
    h("p", {}, h("strong", { "aria-hidden": "true" }, plural(stars, "star")), h("span", { class: "note" }, `exactly ${exactWords(starsExact, of)}`)),
  );
}

function trendBlock(trend, model) {
  const mark = trendMark();
  mark.set(trend);
  const over = duration(model.trend?.over ?? "7d");
  return [mark.element, h("span", { class: "note" }, `${trend.direction} over ${over}`)];
}

function figure(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}

/** From points to stars, as a sentence. */
function scaleWords({ points, score, stars, stage }, model) {
  const ofStage = model.stages?.find(({ id }) => id === stage)?.target;
  const target = ofStage ?? model.target ?? 100;
  if (typeof target !== "number") return null;
  const owner = ofStage === undefined ? "" : ` for the stage ${stage}`;
  const words = `${number(points)} points of a target of ${setting(target)}${owner} are a score of ${number(score)}: ${plural(stars, "star")}.`;
  return h("p", { class: "scale-words" }, words);
}

function historyFacts(events, result, lastSeen) {
  const first = events[0]?.time;
  const ignored = Object.entries(IGNORED).filter(([kind]) => result.ignored[kind] > 0);
  return h(
    "dl",
    { class: "facts" },
    first !== undefined && first <= result.at ? figure("First seen", `${day(first)}, ${plural(Math.floor(result.tenureDays), "day")} a customer`) : null,
    figure("Last seen", lastSeen === null ? "not yet" : `${instant(lastSeen)} UTC, ${ago(lastSeen, result.at)}`),
    figure("Events", count(events.length - result.ignored.future)),
    figure("Left out", ignored.length === 0 ? "nothing" : ignored.map(([kind, words]) => `${count(result.ignored[kind])} ${words}`).join(", ")),
  );
}
