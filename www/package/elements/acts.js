/* What is done in an element, as events for the page. */

/** Calls a listener with what acts, by pointer and by keyboard alike, and with the browser's event. */
export function onAct(root, listener) {
  const act = (event) => {
    const target = event.target.closest?.("[data-starwise-action]");
    if (target) listener(target, event);
  };
  root.addEventListener("click", act);
  // The middle button opens a link in another tab; the right one opens nothing.
  root.addEventListener("auxclick", (event) => event.button === 1 && event.target.closest?.("a[href]") && act(event));
}

/** Tells the page; gives whether it lets things take their course. */
export function tell(element, type, detail) {
  return element.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable: true, detail }));
}

/** A step or a call to action: a page that prevents it goes wherever it leads by itself. */
export function tellAction(element, target, event, about) {
  const { starwiseAction: action, starwiseId: id } = target.dataset;
  const href = target.getAttribute("href") ?? undefined;
  if (!tell(element, "starwise-action", { element, id, action, href, ...about })) event.preventDefault();
}
