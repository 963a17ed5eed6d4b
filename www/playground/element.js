/* Elements made in one expression: `h("p", { class: "note" }, "text", other)`; `svg` likewise, in SVG's namespace. */

const SVG = "http://www.w3.org/2000/svg";
/** Beside this file, whatever page it serves. */
const ICONS = new URL("icons.svg", import.meta.url).href;

/** An HTML element. Attributes that are null, undefined or false are left out; `onclick` and the like are listeners. */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/** A line icon from icons.svg, for the eye only; nothing where the model names none. */
export function icon(name) {
  if (!name) return null;
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `${ICONS}#${name}` }));
}

/** Makes a text the only content of an element. What is there already is not written again: it would cost the frame. */
export function write(element, text) {
  const node = element.firstChild;
  if (node === null || node.nextSibling !== null || node.nodeType !== Node.TEXT_NODE) element.textContent = text;
  else if (node.data !== text) node.data = text;
}

/** Sets an attribute, likewise; null takes it away. */
export function put(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Shows an element or hides it, likewise. */
export function reveal(element, isShown) {
  if (element.hidden === isShown) element.hidden = !isShown;
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}
