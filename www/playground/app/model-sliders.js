/* What counts, and how long, as sliders: the fields of the shop's model form, for any model. */
import { h } from "../element.js";
import { criterionField } from "../form/criterion-field.js";
import { criteriaOf, withCriterion } from "../form/edit.js";
import { timeFields } from "../form/time-fields.js";
import { text, titled } from "../words.js";

/** `{ element, set(rules) }`; `onChange(rules)` gets a changed model, whatever the text of the one before looked like. */
export function modelSliders({ onChange }) {
  const form = h("form", { class: "model-form", "aria-label": "The model as sliders", onsubmit: (event) => event.preventDefault() });
  const element = h("details", { class: "sliders", ontoggle: show }, h("summary", {}, "As sliders"), form);
  let [rules, shape, fields, time] = [null, null, new Map(), null];
  const change = (edit) => {
    rules = edit(rules);
    onChange(rules);
  };
  const onEnd = () => {};

  function set(next) {
    rules = next;
    show();
  }

  /** What nobody looks at is not written. */
  function show() {
    if (!element.open || rules === null) return;
    const next = JSON.stringify(criteriaOf(rules).map(({ points, enabled, ...rest }) => rest));
    if (next !== shape) build();
    shape = next;
    time.set(rules);
    for (const criterion of criteriaOf(rules)) fields.get(criterion.id).set(criterion);
  }

  function build() {
    time = timeFields({ onChange: change, onEnd });
    // The icons of these models are texts, not names of pictures.
    fields = new Map(criteriaOf(rules).map(({ icon, ...criterion }) => [criterion.id, criterionField(criterion, { onChange: (one) => change((old) => withCriterion(old, criterion.id, one)), onEnd })]));
    const parts = rules.parts ?? [{ id: "criteria", label: "Criteria", criteria: rules.criteria }];
    form.replaceChildren(
      ...time.elements,
      ...parts.flatMap((part) => [h("h3", {}, text(part.label) ?? titled(part.id)), h("ul", { class: "criteria" }, part.criteria.map(({ id }) => fields.get(id).element))]),
    );
  }

  return { element, set };
}
