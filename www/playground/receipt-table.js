/* The receipt once more, as a table: the same lines and the same figures as the picture. */
import { h } from "./element.js";
import { LOSSES } from "./receipt-lines.js";
import { count, number, signed } from "./words.js";

const HEADINGS = ["Criterion", "Points", "Counted", "Lost to age", "Lost to limit", "Expired"];

/** A `<details>` with the table in it. */
export function receiptTable({ lines, total }) {
  return h(
    "details",
    { class: "receipt-table" },
    h("summary", {}, "The same as a table"),
    h(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": "The receipt as a table" },
      h(
        "table",
        {},
        h("caption", { class: "visually-hidden" }, "What each criterion gave, and what it lost on the way; the points add up to the total"),
        h("thead", {}, h("tr", {}, HEADINGS.map((heading, position) => h("th", { scope: "col", class: position > 0 && "is-number" }, heading)))),
        h("tbody", {}, lines.map(row)),
        h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "Points"), cell(number(total)), h("td", { colspan: 4 }))),
      ),
    ),
  );
}

function row(line) {
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, line.label),
    cell(signed(line.shown)),
    cell(line.isClamp ? "" : count(line.count)),
    LOSSES.map((loss) => cell(line.isClamp ? "" : number(line.lost[loss]))),
  );
}

function cell(content) {
  return h("td", { class: "is-number" }, content);
}
