/* A streak in a line of words: what it counts, how long it is, when it is in danger, and what it allows. */
import { plural, text } from "../words.js";
import { awayWords } from "./when.js";

/** "Daily task: 3 in a row. At risk: it ends in 14 hours unless one more is done. 1 day off allowed." */
export function streakWords({ id, label, every, current, longest, atRisk, until, freezes, freezesLeft }, at) {
  const name = text(label) ?? id;
  if (current === 0) return `${name}: ${longest === 0 ? "none yet" : `none now, ${longest} at best`}.`;
  const risk = atRisk ? [`At risk: it ends ${awayWords(until, at)} unless one more is done.`] : [];
  return [`${name}: ${current === 1 ? "1 so far" : `${current} in a row`}.`, ...risk, ...allowed(every, freezes, freezesLeft)].join(" ");
}

function allowed(every, freezes, left) {
  if (freezes === 0) return [];
  return [left === 0 ? `The ${every} off is used up.` : `${plural(left, every)} off allowed.`];
}
