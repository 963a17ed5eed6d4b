/* How a nudge goes: it fades, unless the user wants no motion. */

const DURATION_MS = 150;

/**
 * Lets what a root shows fade and calls `then`; at once where there is to be no motion, or nothing that can move. Gives what
 * lets it stay after all.
 */
export function leave(root, then) {
  const isStill = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? true;
  const node = root.lastElementChild;
  if (isStill || !node?.animate) {
    then();
    return () => {};
  }
  const motion = node.animate({ opacity: [1, 0], transform: ["none", "translateY(-0.25rem)"] }, { duration: DURATION_MS, easing: "ease-in", fill: "forwards" });
  // By a timer, because a hidden page does not move.
  const timer = setTimeout(then, DURATION_MS);
  return () => {
    clearTimeout(timer);
    motion.cancel();
  };
}
