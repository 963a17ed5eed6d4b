// The scorer written out for this one model by somebody who counts nanoseconds: a switch over the types with their
// points in it, a table for the decay, no Map, no sorting, nothing allocated. It checks nothing and gives no receipt.
//
// Tried, and slower: a Map or a hash of characters from the type to a table of points; a switch over the type's length
// first; one multiplication after the switch; a larger or smaller table with other polynomials, three tables without
// one, `Math.exp`; looking for the order first and keeping the day last seen, where events are in order.
import { makeDecay } from "./decay.mjs";

const DAY = 86_400_000;
const PERIOD = 90 * DAY;
const WITHIN = 7 * DAY;
const SILENCE = 14 * DAY;
const decay = makeDecay(PERIOD, 14 * DAY);
/** The earliest login of each day that reaches into the period: the one that counts. */
const firstLogins = new Float64Array(91);

export function score({ events, profile }, at) {
  const start = Math.floor((at - PERIOD) / DAY) * DAY;
  const count = events.length;
  let rest = 0;
  let views = 0;
  let recent = 0;
  let last = profile.createdAt;
  firstLogins.fill(Infinity);
  for (let index = 0; index < count; index += 1) {
    const event = events[index];
    const { time } = event;
    const age = at - time;
    if (age < 0) continue;
    if (time > last) last = time;
    if (age >= PERIOD) {
      if (time >= start && event.type === "login" && time < firstLogins[0]) firstLogins[0] = time;
      continue;
    }
    switch (event.type) {
      case "login": {
        if (age < WITHIN) recent += 1;
        const day = ((time - start) / DAY) | 0;
        if (time < firstLogins[day]) firstLogins[day] = time;
        break;
      }
      case "view":
        views += decay(age);
        break;
      case "search":
        rest += decay(age);
        break;
      case "comment":
        rest += 4 * decay(age);
        break;
      case "share":
        rest += 6 * decay(age);
        break;
      case "invite":
        rest += 15 * decay(age);
        break;
      case "export":
        rest += 5 * decay(age);
        break;
      case "purchase": {
        const quantity = event.data?.quantity;
        if (typeof quantity === "number" && Math.abs(quantity) <= 1e12) rest += 40 * quantity * decay(age);
        break;
      }
      case "ticket":
        rest -= 5 * decay(age);
        break;
      case "error":
        rest -= 8 * decay(age);
        break;
    }
  }
  for (let day = 0; day < firstLogins.length; day += 1) {
    const age = at - firstLogins[day];
    if (age >= 0 && age < PERIOD) rest += 2 * decay(age);
  }
  return finish(rest, 0.5 * views, recent, at - last);
}

/** From the sums and counts to the result. */
export function finish(rest, views, recent, silent) {
  let points = rest + (views > 60 ? 60 : views < -60 ? -60 : views);
  if (recent >= 5) points += 25;
  if (silent >= SILENCE) points -= 30;
  const score = Math.round(points * 2.5e8) / 1e9;
  return { points, score, stars: score <= 0 ? 0 : score >= 80 ? 5 : 1 + Math.floor(score / 20) };
}
