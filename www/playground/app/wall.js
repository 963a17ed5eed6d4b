/* What the clock on the wall says in a time zone, and back. Plain data in, plain data out. */

const formats = new Map();

/** The wall clock of an instant as `"2026-03-19T09:30:00"`. */
export function wallOf(ms, timeZone) {
  const parts = Object.fromEntries(formatOf(timeZone).formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

/** The instant at which the wall clock says so, in epoch ms; of two the first, and where there is none the next one. */
export function instantOf(wall, timeZone) {
  const asUtc = Date.parse(`${wall}Z`);
  const guesses = [-1, 1].map((side) => asUtc - offsetAt(asUtc + side * 86_400_000, timeZone));
  return guesses.find((guess) => wallOf(guess, timeZone) === wallOf(asUtc, "UTC")) ?? Math.max(...guesses);
}

/** The same time of the day, so many days later; or at another time of that day. */
export function daysLater(ms, days, timeZone, time = wallOf(ms, timeZone).slice(11)) {
  const day = new Date(Date.parse(`${wallOf(ms, timeZone).slice(0, 10)}T00:00:00Z`) + days * 86_400_000);
  return instantOf(`${day.toISOString().slice(0, 10)}T${time}`, timeZone);
}

function offsetAt(ms, timeZone) {
  return Date.parse(`${wallOf(ms, timeZone)}Z`) - Math.floor(ms / 1000) * 1000;
}

function formatOf(timeZone) {
  if (!formats.has(timeZone)) {
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
    formats.set(timeZone, new Intl.DateTimeFormat("en-CA", { ...digits, hourCycle: "h23", timeZone }));
  }
  return formats.get(timeZone);
}
