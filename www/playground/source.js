/* Where a population and its model come from: the shop that the page begins with, or a file of the user's own. */
import { h } from "./element.js";
import { fileCard } from "./file/file-card.js";
import { suggestModel } from "./file/suggestion.js";
import { scoreEverybody } from "./scoring.js";

const KEY = "starwise-model";

/** The shop: changes to its model last as long as the tab. */
export function shopModel(json) {
  return {
    intro: () => [],
    outro: () => [h("p", { class: "note source" }, "The history is synthetic: the shop clickstream that comes with retentioneering 5.2.4, Apache-2.0.")],
    recall: () => recall(json),
    remember,
  };
}

/** What was read from a file, under a model suggested for it. */
export function ownModel({ Model, file, population, report }) {
  const name = file.name.replace(/\.gz$/i, "").replace(/\.[^.]+$/, "") || file.name;
  const pointsOf = (json) => {
    const model = new Model(json);
    const { points } = scoreEverybody(model, population, population.to);
    model.free();
    return points;
  };
  const { model, words } = suggestModel(population, name, pointsOf);
  const source = {
    intro: (handlers) => [fileCard({ name: file.name, population, report, words }, handlers)],
    outro: () => [],
    recall: () => model,
    remember() {},
  };
  return { json: model, population, file, source };
}

/** Storage may be blocked or full; the changes then last as long as the page. */
function remember(model, isFirst) {
  try {
    if (isFirst) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(model));
  } catch {
    // As said.
  }
}

/** What was changed before, as far as it is a change of this model. */
function recall(json) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return kept !== null && shape(kept) === shape(json) ? kept : json;
  } catch {
    return json;
  }
}

/** A model without what the form changes. */
function shape(model) {
  return JSON.stringify({ ...model, period: null, decay: null, target: null }, (key, value) => (key === "points" || key === "enabled" ? undefined : value));
}
