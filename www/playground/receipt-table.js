/* The receipt once more, as a table: the same lines and the same figures as the picture. */
import { h, write } from "./element.js";
import { LOSSES, shapeOf } from "./receipt-lines.js";
import { count, number, signed } from "./words.js";

const HEADINGS = ["Criterion", "Points", "Counted", "Lost to age", "Lost to limit", "Expired"];

/** `{ element, show(receipt) }`: a `<details>` with the table in it, written when somebody looks. */
export function receiptTable() {
  const body = h("tbody", {});
  const total = cell();
  const foot = h("tfoot", {}, h("tr", {}, h("th", { scope: "row" }, "Points"), total, h("td", { colspan: 4 })));
  let [receipt, shape, rows] = [null, null, []];
  const element = h(
    "details",
    { class: "receipt-table", ontoggle: () => element.open && fill() },
    h("summary", { onclick: fill }, "The same as a table"),
    h(
      "div",
      { class: "scroller", tabindex: "0", role: "region", "aria-label": "The receipt as a table" },
      h(
        "table",
        {},
        h("caption", { class: "visually-hidden" }, "What each criterion gave, and what it lost on the way; the points add up to the total"),
        h("thead", {}, h("tr", {}, HEADINGS.map((heading, position) => h("th", { scope: "col", class: position > 0 && "is-number" }, heading)))),
        body,
        foot,
      ),
    ),
  );

  function fill() {
    if (receipt === null) return;
    if (shape !== shapeOf(receipt)) {
      rows = receipt.lines.map(tableRow);
      body.replaceChildren(...rows.map((row) => row.element));
    }
    shape = shapeOf(receipt);
    rows.forEach((row, position) => row.show(receipt.lines[position]));
    write(total, number(receipt.total));
  }

  function show(next) {
    receipt = next;
    if (element.open) fill();
  }

  return { element, show };
}

function tableRow() {
  const name = h("th", { scope: "row" });
  const points = cell();
  const counted = cell();
  const losses = LOSSES.map(cell);

  function show(line) {
    write(name, line.label);
    write(points, signed(line.shown));
    write(counted, line.isClamp ? "" : count(line.count));
    losses.forEach((element, position) => write(element, line.isClamp ? "" : number(line.lost[LOSSES[position]])));
  }

  return { element: h("tr", {}, name, points, counted, losses), show };
}

function cell() {
  return h("td", { class: "is-number" });
}
