/* From markup to what a shadow root shows: through one Trusted Types policy, and only where something changes. */

/** What brings a style along in the root of an element that a server has drawn. */
const STYLES = ["LINK", "STYLE"];

/** What it lets through is written by the renderers, which escape every text. */
const RULES = { createHTML: (markup) => markup };

let policy;

/**
 * Puts a renderer's markup into a shadow root, unless that is what it holds already. What had the focus has it again.
 *
 * Gives true where the focus was inside, and nothing there can have it any more.
 */
export function place(root, markup) {
  const { content } = templateOf(root.ownerDocument, markup);
  const before = Array.from(root.childNodes).filter(({ nodeName }) => !STYLES.includes(nodeName));
  if (isSame(before, content.childNodes)) return false;
  const focus = focusOf(root);
  for (const node of before) node.remove();
  root.append(content);
  return focus !== null && !refocus(root, focus);
}

function templateOf(document, markup) {
  policy ??= globalThis.trustedTypes?.createPolicy("starwise", RULES) ?? RULES;
  const template = document.createElement("template");
  template.innerHTML = policy.createHTML(markup);
  return template;
}

function isSame(before, after) {
  return before.length === after.length && before.every((node, position) => node.isEqualNode(after[position]));
}

function focusOf(root) {
  const { activeElement } = root;
  return activeElement && { key: keyOf(activeElement), position: actingIn(root).indexOf(activeElement) };
}

/** The same thing as before; where it is gone or done, what stands in its place. */
function refocus(root, { key, position }) {
  const acting = actingIn(root);
  const next = acting.find((node) => keyOf(node) === key) ?? acting[Math.min(position, acting.length - 1)];
  next?.focus({ preventScroll: true });
  return next !== undefined;
}

/** What acts in a root, in order. */
export function actingIn(root) {
  return Array.from(root.querySelectorAll("a[href][data-starwise-action],button[data-starwise-action]"));
}

function keyOf({ dataset }) {
  return [dataset?.starwiseAction, dataset?.starwiseId, dataset?.starwiseValue].join("\n");
}
