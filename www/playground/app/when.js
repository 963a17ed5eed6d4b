/* Instants in words, in the time zone of the customer. */

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** Thu 19 Mar 2026, 09:30 */
export function momentWords(ms, timeZone) {
  const day = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  return new Intl.DateTimeFormat("en-GB", { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(ms).replace(/^(\w+), /, "$1 ");
}

/** 09:30 on the day of the clock, else 19 Mar, 09:30 */
export function briefWords(ms, now, timeZone) {
  const day = (instant) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone }).format(instant);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(ms);
  return day(ms) === day(now) ? time : `${day(ms)}, ${time}`;
}

/** in 3 hours, 2 days ago, now */
export function awayWords(ms, now) {
  const away = ms - now;
  const size = Math.abs(away);
  if (size < MINUTE_MS / 2) return "now";
  if (size < HOUR_MS) return relative.format(Math.round(away / MINUTE_MS), "minute");
  if (size < DAY_MS) return relative.format(Math.round(away / HOUR_MS), "hour");
  return relative.format(Math.round(away / DAY_MS), "day");
}
