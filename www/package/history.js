/* The ways in for a history: the quickest that takes it, and for anything unusual the careful one. */
import { FAULTY, faultOf, layBytes, UNUSUAL } from "./desk.js";
import { errorAt, reworded } from "./error.js";
import { FORM, packHistory } from "./input.js";
import { layHistory } from "./lay.js";
import { MAX_HISTORY } from "./limits.js";
import { layText } from "./text.js";

/** A history in any of its forms. Gives the core's answer. */
export function takeHistory(desk, core, plan, history) {
  const length = layText(desk, "history", history, MAX_HISTORY);
  if (length !== undefined) return desk.take(core(), length, FORM.text);
  const answer = quickly(desk, core, plan, history);
  if (answer !== false && answer !== UNUSUAL) return answer;
  return carefully(desk, core, history);
}

/** Events on top of a history: each in its own words. Gives the core's answer. */
export function takeBoth(desk, core, plan, history, extra) {
  const answer = takeHistory(desk, core, plan, history);
  if (answer === FAULTY) return answer;
  if (putOnTop(desk, core, extra) !== UNUSUAL) return 0;
  // Two that differ only in data which was left behind: all of it is handed over.
  carefully(desk, core, history);
  return putOnTop(desk, core, extra);
}

/** Takes events alone, of which faults are told under a name: `extra[3].time`. */
export function takeEvents(desk, core, plan, events, name) {
  if (name === "extra") checkExtra(events);
  const history = { events };
  return renamed(desk, name, () => {
    const answer = quickly(desk, core, plan, history);
    return answer !== false && answer !== UNUSUAL ? answer : carefully(desk, core, history);
  });
}

function putOnTop(desk, core, extra) {
  checkExtra(extra);
  desk.put_aside();
  renamed(desk, "extra", () => carefully(desk, core, { events: extra }));
  return desk.put_on_top(core());
}

/** Nothing at all would be told as a history without events. */
function checkExtra(extra) {
  if ((extra ?? null) === null) throw errorAt("history-wrong-type", "extra", `must be a list, found ${extra}`);
}

function carefully(desk, core, history) {
  const input = packHistory(history);
  try {
    const length = layBytes(desk, input.bytes);
    return desk.take(core(), length, input.form);
  } finally {
    input.release();
  }
}

function quickly(desk, core, plan, history) {
  try {
    return layHistory(desk, core, plan, history);
  } catch (error) {
    if (error?.code === "model-freed") throw error;
    // Whatever the caller's own code threw, the careful way meets it again, and says where.
    return false;
  }
}

/** Does some work whose faults speak of `events`, and has them speak of something else. */
function renamed(desk, name, work) {
  try {
    if (work() === FAULTY) throw faultOf(desk);
    return 0;
  } catch (error) {
    // A single event has no place in a list.
    const place = name === "event" ? /^(`?)events\[0\]/ : /^(`?)events/;
    throw reworded(error, (text) => text.replace(place, `$1${name}`));
  }
}
