/* What was found in the user's file, which of its columns is which, and how the first model came about. */
import { h } from "../element.js";
import { typeCounts } from "../population.js";
import { count, day, plural } from "../words.js";
import { ROLES } from "./column-guess.js";
import { delimiterName } from "./csv.js";

/** How many types are listed before the rest is a number. */
const MOST_TYPES = 12;
const ROLE_NAMES = { customer: "Customer", type: "Type of event", time: "Time", value: "Value" };

/** The card; `onColumns(columns)` is called when the user says that a column is another. */
export function fileCard({ name, population, report, words }, { onColumns, onBack }) {
  const types = typeCounts(population);
  const rest = types.length - MOST_TYPES;
  return h(
    "section",
    { class: "file-card", "aria-labelledby": "file-name" },
    h("h3", { id: "file-name", tabindex: "-1" }, name),
    h(
      "dl",
      { class: "file-facts" },
      fact("Customers", count(population.names.length)),
      fact("Events", count(population.count)),
      fact("Span", spanWords(population)),
      fact("Format", formatWords(report)),
    ),
    notes(population, report),
    h(
      "ul",
      { class: "types", "aria-label": "Types of events, commonest first" },
      types.slice(0, MOST_TYPES).map(({ type, count: number }) => h("li", {}, h("span", { class: "type-name" }, type), " ", h("span", { class: "note" }, count(number)))),
      rest > 0 ? h("li", { class: "note" }, `and ${plural(rest, "type")} more`) : null,
    ),
    report.form === "csv" ? columnChoices(report, onColumns) : null,
    h("details", { class: "suggestion" }, h("summary", {}, "How this model was suggested"), h("ul", {}, words.map((sentence) => h("li", {}, sentence)))),
    h("button", { type: "button", class: "button", onclick: onBack }, "Back to the shop"),
  );
}

function columnChoices({ names, columns, fitting }, onColumns) {
  return h(
    "div",
    { class: "columns", role: "group", "aria-label": "Which column is which" },
    ROLES.map((role) => {
      const choices = role === "value" ? [null, ...fitting[role]] : fitting[role];
      const id = `column-${role}`;
      if (choices.length < 2) return h("p", { class: "column-choice" }, h("span", {}, ROLE_NAMES[role]), h("strong", {}, columns[role] === null ? "none" : names[columns[role]]));
      const options = choices.map((position) => h("option", { value: position ?? "", selected: position === columns[role] }, position === null ? "none" : names[position]));
      const onchange = ({ target }) => onColumns({ ...columns, [role]: target.value === "" ? null : Number(target.value) });
      return h("p", { class: "column-choice" }, h("label", { for: id }, ROLE_NAMES[role]), h("select", { id, onchange }, options));
    }),
  );
}

/** What was done to the file's values, as far as something was. */
function notes({ columns }, { times, duplicates }) {
  const words = [
    times.unit !== null && times.unit !== "milliseconds" ? `Its times are epoch ${times.unit}; they were converted to milliseconds.` : null,
    times.unzoned > 0 ? `${times.unzoned === 1 ? "1 time has" : `${count(times.unzoned)} times have`} no zone, and ${times.unzoned === 1 ? "was" : "were"} taken as UTC.` : null,
    duplicates > 0 ? `${plural(duplicates, "event")} came twice with the same id, and ${duplicates === 1 ? "counts" : "count"} once.` : null,
    columns.profiles ? "It has profiles, which filters can read." : null,
  ].filter(Boolean);
  return words.map((sentence) => h("p", { class: "note" }, sentence));
}

function formatWords({ form, delimiter, hasHeader, subjectKey }) {
  if (form === "ndjson") return `NDJSON, the customer is in ${subjectKey}`;
  return `CSV with ${delimiterName(delimiter)}, ${hasHeader ? "with a header" : "without a header"}`;
}

function spanWords({ from, to }) {
  const [first, last] = [day(from), day(to)];
  return first === last ? first : `${first} to ${last}`;
}

function fact(name, value) {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
