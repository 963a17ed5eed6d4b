/* Instants and changes as sentences. Times are the viewer's own: this card is about when something happens. */
import { h } from "../element.js";
import { DATES, LOCALE, number, plural, text, titled } from "../words.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** From here on the next larger unit says it better. */
const MOST = { minutes: 90, hours: 36, days: 90 };
/** The mean Gregorian month. */
const MONTH_MS = 30.436875 * DAY_MS;

const dates = new Intl.DateTimeFormat(DATES, { day: "numeric", month: "long", year: "numeric" });
const weekdays = new Intl.DateTimeFormat(DATES, { weekday: "long" });
const days = new Intl.DateTimeFormat(DATES, { day: "numeric", month: "short", year: "numeric" });
const times = new Intl.DateTimeFormat(DATES, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: "always" });

/** The viewer's time zone: "Europe/Lisbon". */
export const ZONE = dates.resolvedOptions().timeZone;

/** Tuesday 5 March 2024, 14:03 */
export function longInstant(ms) {
  return `${weekdays.format(ms)} ${dates.format(ms)}, ${times.format(ms)}`;
}

/** 5 Mar 2024, 14:03 */
export function shortInstant(ms) {
  return `${days.format(ms)}, ${times.format(ms)}`;
}

/** 5 Mar 2024 */
export function shortDay(ms) {
  return days.format(ms);
}

/** in 6 days, 3 hours ago */
export function distance(ms, from) {
  const way = ms - from;
  const size = Math.abs(way);
  if (size < MOST.minutes * MINUTE_MS) return relative.format(Math.round(way / MINUTE_MS), "minute");
  if (size < MOST.hours * HOUR_MS) return relative.format(Math.round(way / HOUR_MS), "hour");
  if (size < MOST.days * DAY_MS) return relative.format(Math.round(way / DAY_MS), "day");
  return relative.format(Math.round(way / MONTH_MS), "month");
}

/** An instant as an element, so that machines can read it too. */
export function timeElement(ms, words = longInstant(ms)) {
  return h("time", { datetime: new Date(ms).toISOString() }, words);
}

/** "falls to 2 stars and to Warm", "rises to Loyal"; `segments` are `[{ id, label }]`, lowest first. */
export function changeWords(change, { stars, segment }, segments) {
  const place = (id) => segments.findIndex((one) => one.id === id);
  const label = segments[place(change.segment)]?.label ?? change.segment;
  const isOther = change.segment !== segment;
  if (change.stars === stars) return `${place(change.segment) > place(segment) ? "rises" : "falls"} to ${label}`;
  return `${change.stars > stars ? "rises" : "falls"} to ${plural(change.stars, "star")}${isOther ? ` and to ${label}` : ""}`;
}

/** "4 stars, 73.5 points, Loyal" */
export function standingWords({ stars, points, segment }, segments) {
  return `${plural(stars, "star")}, ${number(points)} points, ${segments.find(({ id }) => id === segment).label}`;
}

/** What an audience of a model is called. */
export function audienceLabel(json, id) {
  return text(json.audiences?.find((audience) => audience.id === id)?.label) ?? titled(id);
}

/** What a picture of a line shows, for who does not see it. */
export function summary({ line: { times: samples, points, stars }, now, count }) {
  const known = samples.findLastIndex((time) => time <= now);
  const highest = points.slice(0, known + 1).reduce((best, value, place) => (value > points[best] ? place : best), 0);
  const end = samples.length - 1;
  const rest = stars.slice(known).every((value) => value === stars[known])
    ? `stays at ${plural(stars[end], "star")}`
    : `goes from ${plural(stars[known], "star")} to ${plural(stars[end], "star")}`;
  return `${plural(count, "event")} since ${shortDay(samples[0])}. The points were highest on ${shortDay(samples[highest])}: ${number(points[highest])} and ${plural(stars[highest], "star")}. If nothing more happens after ${shortDay(now)}, the customer ${rest} by ${shortDay(samples[end])}.`;
}
