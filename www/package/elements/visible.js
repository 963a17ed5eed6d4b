/* When an element comes into view. */

/** Half of it, or as much of it as fills half of the window. */
const ENOUGH = 0.5;
const THRESHOLDS = [0, 0.1, 0.2, 0.3, 0.4, ENOUGH];

/** Calls a listener once, as soon as enough of an element is in view; gives what ends the wait. */
export function whenVisible(element, listener) {
  const Observer = globalThis.IntersectionObserver;
  if (!Observer) {
    queueMicrotask(listener);
    return () => {};
  }
  const observer = new Observer((entries) => {
    if (!entries.some(isEnough)) return;
    observer.disconnect();
    listener();
  }, { threshold: THRESHOLDS });
  observer.observe(element);
  return () => observer.disconnect();
}

function isEnough({ intersectionRatio, intersectionRect, rootBounds }) {
  return intersectionRatio >= ENOUGH || (rootBounds !== null && intersectionRect.height >= rootBounds.height * ENOUGH);
}
