/* What stands at the time axis: days, months or hours, as far apart as they are; in the viewer's time zone. */
import { DATES } from "../words.js";

const DAY_MS = 86_400_000;
const MONTH_MS = 28 * DAY_MS;

const hours = new Intl.DateTimeFormat(DATES, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = new Intl.DateTimeFormat(DATES, { day: "numeric", month: "short" });
const months = new Intl.DateTimeFormat(DATES, { month: "short" });
const years = new Intl.DateTimeFormat(DATES, { month: "short", year: "numeric" });

/** One text for each instant of an axis, as uPlot asks for them; the first one has the year. */
export function timeTicks(_, instants, axis, space, increment) {
  return instants.map((ms, place) => {
    if (increment < DAY_MS) return new Date(ms).getHours() === 0 ? days.format(ms) : hours.format(ms);
    if (increment < MONTH_MS) return days.format(ms);
    return place === 0 || new Date(ms).getMonth() === 0 ? years.format(ms) : months.format(ms);
  });
}
