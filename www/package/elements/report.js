/* Telling the page what went wrong with an element. */

/** What the console has been told: each once in the life of a page, however many elements have the fault. */
const told = new Set();

/** Dispatches `starwise-error`; what no listener prevents goes to the console. */
export function report(element, error) {
  const event = new CustomEvent("starwise-error", { bubbles: true, composed: true, cancelable: true, detail: { element, error } });
  if (!element.dispatchEvent(event)) return;
  const line = `<${element.localName}>: ${error?.message ?? error}`;
  if (told.has(line)) return;
  told.add(line);
  console.error(line);
}
