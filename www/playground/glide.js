/*
 * Things on their way to where they belong: each frame a share of what is left, so that a new aim while they are under way
 * bends the path and never breaks it. Who asks for less motion gets none.
 */

/** After this long, about two thirds of a way are behind. */
const EASE_MS = 55;
/** Nearer than this is there, in pixels. */
const NEAR = 0.5;
const wantsLess = matchMedia("(prefers-reduced-motion: reduce)");

/** `{ put, send, at, drop, forget }` for things known by a key; `draw(key, y)` is called when one has moved. */
export function glide(draw) {
  const things = new Map();
  let frame = 0;
  let before = 0;

  /** There at once. */
  function put(key, y) {
    things.set(key, { y, aim: y });
  }

  /** On its way, from where it is or, if that is given, from elsewhere. */
  function send(key, from, y) {
    if (wantsLess.matches) return put(key, y);
    const now = from ?? things.get(key)?.y ?? y;
    things.set(key, { y: now, aim: y });
    if (now === y || frame !== 0) return;
    before = performance.now();
    frame = requestAnimationFrame(step);
  }

  function step(now) {
    const share = 1 - Math.exp(-Math.max(0, now - before) / EASE_MS);
    before = now;
    let isMoving = false;
    for (const [key, thing] of things) {
      if (thing.y === thing.aim) continue;
      const left = (thing.aim - thing.y) * (1 - share);
      thing.y = Math.abs(left) < NEAR ? thing.aim : thing.aim - left;
      isMoving ||= thing.y !== thing.aim;
      draw(key, thing.y);
    }
    frame = isMoving ? requestAnimationFrame(step) : 0;
  }

  return {
    put,
    send,
    at: (key) => things.get(key).y,
    drop: (key) => void things.delete(key),
    forget() {
      cancelAnimationFrame(frame);
      frame = 0;
      things.clear();
    },
  };
}
