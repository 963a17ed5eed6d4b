/* A score that is worked out anew whenever its stars or its segment change by themselves. */
import { alarmOf } from "./clock.js";
import { checkFunction, refuse, report } from "./listener.js";

/** As far as `nextChange` looks ahead where nothing else is said: 365 days, in ms. */
const HORIZON = 31_536_000_000;
/** Changes that follow one another faster are told together, in ms. Chosen: nobody sees more, and a page breathes. */
const REST = 100;
/** How long after a score that failed another is tried, in ms. Chosen. */
const RETRY = 60_000;

/** Tells the listener the score of now, and again at each `nextChange`. Options that are not named here go to `score`. */
export function followChanges(source, listener, options) {
  const { horizon = HORIZON, onError = report, now = Date.now, keepAlive = false, include, ...scoring } = options ?? {};
  if (typeof source !== "function" && typeof source?.score !== "function") refuse("source", "source", "a ledger or a function", source);
  checkFunction(listener, "listener");
  checkFunction(onError, "options.onError");
  checkFunction(now, "options.now");
  if (!(horizon >= REST)) refuse("horizon", "options.horizon", `a number of milliseconds, at least ${REST}`, horizon);

  const asked = include === "all" ? include : [...(include ?? []), "nextChange"];
  const score = typeof source === "function" ? source : (at) => source.score({ ...scoring, at, include: asked });
  let scored = Infinity;
  let due;
  // A clock that was put back has made a result of the future out of it.
  const left = () => (now() < scored ? 0 : due - now());
  const ring = () => {
    scored = now();
    due = scored + RETRY;
    try {
      const result = score(scored);
      const next = result.nextChange?.at;
      due = Math.min(scored + horizon, Math.max(Number.isFinite(next) ? next : Infinity, now() + REST));
      listener(result);
    } catch (error) {
      onError(error);
    }
  };
  const alarm = alarmOf(left, ring, keepAlive);
  const update = () => {
    scored = Infinity;
    alarm.look();
  };
  update();
  // A kept ledger says itself when events came.
  const off = source.onChange?.(update);
  const stop = () => {
    off?.();
    alarm.stop();
  };
  return { update, stop };
}
