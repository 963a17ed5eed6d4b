// A customer's noon: tests that run by the clock of the machine find the same at any hour of the day.

const NOON = 12;

/** The zone whose clocks show a time between 12:00 and 13:00 at `ms`: far from quiet hours, and from where a day begins. */
export function noonZone(ms = Date.now()) {
  const ahead = NOON - new Date(ms).getUTCHours();
  // East of Greenwich is minus in these names.
  if (ahead === 0) return "UTC";
  return `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
