/* The model as JSON, to be read and to be copied. */
import { h, icon } from "../element.js";

/** How long it says that it was copied. */
const SAID_MS = 2000;

/** `{ element, set(model) }`; what nobody looks at is not written. */
export function jsonView() {
  const code = h("pre", { class: "json", tabindex: "0", role: "region", "aria-label": "The model as JSON" });
  const details = h("details", { class: "json-details", ontoggle: write }, h("summary", {}, "The model as JSON"), code);
  const word = h("span", {}, "Copy model as JSON");
  const said = h("span", { class: "visually-hidden", role: "status" });
  const button = h("button", { type: "button", class: "button", onclick: copy }, icon("copy"), word);
  let model = null;
  let timer = 0;

  function set(next) {
    model = next;
    write();
  }

  function write() {
    if (details.open && model) code.textContent = JSON.stringify(model, null, 2);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(JSON.stringify(model, null, 2));
      say("Copied");
    } catch {
      // Browsers may refuse the clipboard: the text is then there to be copied by hand.
      details.open = true;
      write();
      getSelection().selectAllChildren(code);
      say("Selected below");
    }
  }

  function say(words) {
    word.textContent = said.textContent = words;
    clearTimeout(timer);
    timer = setTimeout(() => {
      word.textContent = "Copy model as JSON";
      said.textContent = "";
    }, SAID_MS);
  }

  return { element: h("div", { class: "json-view" }, button, said, details), set };
}
