/* Where what is shown comes from: the edge worker, or this device as long as that cannot be reached. */
import { h, write } from "../element.js";
import { plural } from "../words.js";

/** Fills a line of the page: `{ show(backend, reason) }`; `reason` says why the backend is not asked; `onLeave()` is asked to do without a backend. */
export function answersFrom(element, { onLeave }) {
  const words = h("span", {});
  const button = h("button", { type: "button", class: "link", onclick: onLeave }, "Use this device");
  element.replaceChildren(words, button);

  function show(backend, reason) {
    element.hidden = backend === null;
    if (backend === null) return;
    const state = reason ?? backend.trouble;
    element.dataset.state = state ? "device" : backend.answers ? "worker" : "asking";
    const waiting = backend.waiting === 0 ? "" : `; ${plural(backend.waiting, "event")} waiting to be sent`;
    const refused = backend.refused ? ` Refused: ${backend.refused}.` : "";
    const found = state ? `Answers from this device: ${state}` : backend.answers ? `Answers from the edge worker at ${backend.host}, customer ${backend.customer}` : `Asking the edge worker at ${backend.host}`;
    write(words, `${found}${waiting}.${refused} `);
  }

  return { show };
}
