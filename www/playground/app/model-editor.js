/* The model as text, open to be changed: a sound one counts at once, of any other every fault is told with its path. */
import { h, reveal, write } from "../element.js";
import { plural } from "../words.js";
import { modelSliders } from "./model-sliders.js";
import { picture } from "./picture.js";

/** How long a text has to rest before it is looked at. */
const REST_MS = 250;

/** `{ element, set(text, original) }`; `onChange(text)` gets every sound model. */
export function modelEditor({ Model, onChange }) {
  let [original, current] = ["", ""];
  let timer = 0;
  const area = h("textarea", { id: "model-text", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-describedby": "model-state", "aria-label": "The model as JSON" });
  const state = h("p", { id: "model-state", class: "model-state", role: "status" });
  const faults = h("ul", { class: "model-faults", "aria-label": "Faults" });
  const since = h("p", { class: "note" });
  const undo = h("button", { type: "button", class: "button tool", onclick: restore }, picture("reset"), "As it was");
  const sliders = modelSliders({ onChange: (rules) => put(JSON.stringify(rules, null, 2)) });
  const element = h("div", { class: "panel-body editor" }, h("div", { class: "editor-line" }, state, undo), since, faults, area, sliders.element);
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, REST_MS);
  });

  /** A text of somebody else's. What the user is writing is left alone. */
  function set(text, first, completeFrom) {
    original = first;
    if (text !== current) {
      current = area.value = text;
      tell([], Model.lint(text));
      sliders.set(JSON.parse(text));
    }
    reveal(undo, current !== original || area.value !== current);
    reveal(since, completeFrom > 0);
    if (completeFrom > 0) write(since, `The model before did not read all that this one asks for: ${sinceWords(completeFrom)}.`);
  }

  function restore() {
    put(original);
    area.focus();
  }

  function put(text) {
    area.value = text;
    read();
  }

  function read() {
    const text = area.value;
    const found = Model.check(text);
    reveal(undo, text !== original);
    tell(found, found.length === 0 ? Model.lint(text) : []);
    if (found.length > 0 || text === current) return;
    current = text;
    sliders.set(JSON.parse(text));
    onChange(text);
  }

  function tell(found, warnings) {
    area.setAttribute("aria-invalid", String(found.length > 0));
    write(state, found.length > 0 ? `${plural(found.length, "fault")}: the model before still counts` : warnings.length > 0 ? `Sound, with ${plural(warnings.length, "warning")}` : "Sound, and it counts");
    state.dataset.state = found.length > 0 ? "faulty" : "sound";
    faults.replaceChildren(...[...found, ...warnings].map(({ path, message, code }) => h("li", { "data-code": code }, path && !message.includes(path) ? [h("code", {}, path), " "] : null, withCode(message))));
    reveal(faults, found.length + warnings.length > 0);
  }

  return { element, set };
}

/** From when on nothing is missing; where a rule looks back for ever, that never comes. */
function sinceWords(completeFrom) {
  if (completeFrom === Infinity) return "what was done before does not count";
  return `complete from ${new Date(completeFrom).toISOString().slice(0, 16).replace("T", " ")} UTC on`;
}

/** What stands between backticks, as code. */
function withCode(words) {
  return words.split("`").map((part, position) => (position % 2 === 1 ? h("code", {}, part) : part));
}
