/* The line icons of the app, for the eye only. */
import { h, svg } from "../element.js";

const ICONS = new URL("icons.svg", import.meta.url).href;

export function picture(name) {
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `${ICONS}#${name}` }));
}

/** A button with an icon only; its name is said. */
export function iconButton(name, label, onclick, more = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...more }, picture(name));
}
