/* What counts, as a form: every move of it is a changed model, handed over at once. */
import { h, icon, reveal, write } from "../element.js";
import { setting, text, titled } from "../words.js";
import { criterionField } from "./criterion-field.js";
import { criteriaOf, withCriterion } from "./edit.js";
import { jsonView } from "./json-view.js";
import { timeFields } from "./time-fields.js";

/**
 * Fills a pane with the form of a model: `{ set(model), tell({ took, fault }), remember(draft) }`. `intro` are elements
 * that stand before the fields, `outro` after them; `onChange(change)` gets a function from the model to the changed one.
 */
export function modelForm(pane, { model, back, intro, outro, onChange, onEnd, onUndo, onRedo, onReset }) {
  const undo = tool("Undo", "undo", onUndo, "Control+Z");
  const redo = tool("Redo", "redo", onRedo, "Control+Shift+Z");
  const reset = tool("Reset", "reset", onReset);
  const took = h("p", { class: "took note" });
  const fault = h("p", { class: "fault", role: "alert", hidden: true });
  const time = timeFields({ onChange, onEnd });
  const criteria = criteriaOf(model).map((criterion) => {
    const onOwnChange = (change) => onChange((old) => withCriterion(old, criterion.id, change));
    return [criterion.id, criterionField(criterion, { onChange: onOwnChange, onEnd })];
  });
  const fields = new Map(criteria);
  const json = jsonView();
  const parts = model.parts ?? [{ id: "criteria", label: "Criteria", criteria: model.criteria }];

  pane.replaceChildren(
    ...[
      h("div", { class: "pane-header" }, h("h2", { tabindex: "-1", id: "model-name" }, text(model.name) ?? "The model"), back),
      model.description ? h("p", { class: "lead" }, text(model.description)) : null,
      h("p", { class: "hint" }, "Move a slider, and everybody is scored anew. Choose a customer to see the receipt behind the stars."),
      ...intro,
      h("div", { class: "toolbar" }, h("div", { class: "tools", role: "group", "aria-label": "Changes to the model" }, undo, redo, reset), took, fault),
      h(
        "form",
        { class: "model-form", "aria-labelledby": "model-name", onsubmit: (event) => event.preventDefault() },
        time.elements,
        parts.map((part) => [h("h3", {}, text(part.label) ?? titled(part.id), bounds(part)), h("ul", { class: "criteria" }, part.criteria.map(({ id }) => fields.get(id).element))]),
      ),
      json.element,
      ...outro,
    ].filter(Boolean),
  );

  function set(next) {
    time.set(next);
    for (const criterion of criteriaOf(next)) fields.get(criterion.id).set(criterion);
    json.set(next);
  }

  function tell({ took: words, fault: reason = "" }) {
    if (words !== undefined) write(took, words);
    write(fault, reason);
    reveal(fault, reason !== "");
  }

  /** Which ways there are, back and on again. A button that loses its use keeps the focus. */
  function remember({ canUndo, canRedo, isFirst }) {
    undo.setAttribute("aria-disabled", String(!canUndo));
    redo.setAttribute("aria-disabled", String(!canRedo));
    reset.setAttribute("aria-disabled", String(isFirst));
  }

  return { set, tell, remember };
}

function tool(label, picture, onClick, keys) {
  const onclick = ({ currentTarget }) => currentTarget.getAttribute("aria-disabled") === "true" || onClick();
  return h("button", { type: "button", class: "button tool", onclick, "aria-keyshortcuts": keys }, icon(picture), label);
}

function bounds({ min, max }) {
  const words = [min === undefined ? null : `at least ${setting(min)}`, max === undefined ? null : `at most ${setting(max)}`].filter(Boolean);
  return words.length === 0 ? null : h("small", { class: "note" }, words.join(", "));
}
