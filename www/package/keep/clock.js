/* Waiting for an instant: longer than a timer can, through sleep, and on a clock that is set anew meanwhile. */
import { checkFunction, refuse } from "./listener.js";

/** The longest time without a look at the clock, in ms. Chosen; a timer takes 24.8 days at most. */
const LONGEST_TIMER = 3_600_000;
/** What a page hears when it may have slept. */
const WAKINGS = ["visibilitychange", "resume", "pageshow", "focus"];

/** Numbers nearer to 1970 than this look like seconds, as everywhere in starwise. */
const LEAST = 1e11;
/** What a `Date` can hold, in ms (ECMAScript, "Time Values"). */
const MOST = 8.64e15;
/** RFC 3339, section 5.6; that it is an instant of the calendar is checked besides. */
const RFC_3339 = /^(\d{4}-\d\d-\d\d)T(?!24)\d\d(:\d\d){2}(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Calls the listener once, when the clock has reached `at`; gives what calls it off. */
export function wakeAt(at, listener, options) {
  const { now = Date.now, keepAlive = false } = options ?? {};
  const due = instantOf(at);
  checkFunction(listener, "listener");
  checkFunction(now, "options.now");
  const left = () => due - now();
  const { look, wait, stop } = alarmOf(left, () => {
    stop();
    listener();
  }, keepAlive);
  if (left() > 0) wait();
  // Not before the caller has gone on; and no timer, which a program of Node might not live to see.
  else queueMicrotask(look);
  return stop;
}

/**
 * Calls `ring` whenever `left()`, in ms, is down to 0: never before, and again and again until it is stopped.
 * `look()` looks at the clock now and from then on, `wait()` from then on only.
 */
export function alarmOf(left, ring, keepAlive) {
  let timer;
  let isStopped = false;
  const look = () => {
    if (isStopped) return;
    try {
      if (left() <= 0) ring();
    } finally {
      wait();
    }
  };
  const wait = () => {
    clearTimeout(timer);
    if (isStopped) return;
    timer = setTimeout(look, Math.max(1, Math.min(left(), LONGEST_TIMER)));
    if (!keepAlive) letGo(timer);
  };
  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
    for (const name of WAKINGS) globalThis.removeEventListener?.(name, look, true);
  };
  // At the window and on the way down, where no handler of the page's own is before it.
  for (const name of WAKINGS) globalThis.addEventListener?.(name, look, true);
  return { look, wait, stop };
}

/** Lets a program end that waits for nothing else. Timers of browsers and of Deno are numbers. */
function letGo(timer) {
  if (timer.unref) timer.unref();
  else globalThis.Deno?.unrefTimer(timer);
}

/** Epoch milliseconds of an instant in any of its forms. */
function instantOf(at) {
  let time = at instanceof Date ? at.getTime() : at;
  if (typeof at === "string") {
    const text = at.toUpperCase();
    const day = RFC_3339.exec(text)?.[1];
    time = day && new Date(day).toJSON()?.startsWith(day) ? Date.parse(text) : NaN;
  }
  const isInstant = typeof time === "number" && Math.abs(time) <= MOST && (at !== time || Math.abs(at) >= LEAST);
  if (!isInstant) refuse("at", "at", "epoch milliseconds, a `Date` or an RFC 3339 text", at);
  return Math.floor(time);
}
