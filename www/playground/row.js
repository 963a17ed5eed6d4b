/* One customer's line in the list. It is made once and then kept up to date, so that re-scoring does not rebuild the list. */
import { h } from "./element.js";
import { starsPicture } from "./stars.js";
import { trendMark } from "./trend.js";
import { ago, instant, number } from "./words.js";

/** `{ element, link, update(entry, view), mark(isOpen) }`; a view is `{ at, href, segmentLabel }`. */
export function customerRow(id, of) {
  const link = h("a", { class: "row-link", tabindex: "-1" }, id);
  const note = h("span", { class: "row-note" });
  const stars = starsPicture(of);
  const score = h("td", { class: "is-number column-score" });
  const segment = h("td", { class: "column-segment" });
  const trend = trendMark();
  const seen = h("time", {});
  const element = h(
    "tr",
    { onclick: (event) => event.target.closest("a") ?? link.click() },
    h("th", { scope: "row" }, link, note),
    h("td", { class: "column-stars" }, stars.element),
    score,
    segment,
    h("td", { class: "is-number column-trend" }, trend.element),
    h("td", { class: "column-seen" }, seen),
  );
  return {
    element,
    link,
    update({ result, lastSeen }, { at, href, segmentLabel }) {
      link.href = href;
      const seenWords = lastSeen === null ? "never" : ago(lastSeen, at);
      note.textContent = `${segmentLabel} · ${seenWords}`;
      stars.set(result.starsExact, result.stars);
      score.textContent = number(result.score);
      segment.textContent = segmentLabel;
      trend.set(result.trend);
      seen.textContent = seenWords;
      if (lastSeen === null) seen.removeAttribute("datetime");
      else {
        seen.dateTime = new Date(lastSeen).toISOString();
        seen.title = `${instant(lastSeen)} UTC`;
      }
    },
    mark(isOpen) {
      element.classList.toggle("is-open", isOpen);
      if (isOpen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    },
  };
}
