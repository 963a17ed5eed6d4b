// Zones whose clocks do something out of the ordinary, and every instant at which they were set from 1970 to 2037.

import { Temporal } from "@js-temporal/polyfill";

const FIRST = Date.UTC(1970, 0, 1);
const LAST = Date.UTC(2038, 0, 1);

export const ZONES = [
  "Europe/Berlin", // the plain kind
  "Europe/London", // at British Standard Time all year until 1971
  "Europe/Dublin", // whose winter is the saving
  "Europe/Lisbon", // changed its zone, and back
  "Europe/Moscow", // changed its offset, three times
  "Europe/Istanbul",
  "America/New_York",
  "America/St_Johns", // clocks set at one minute past midnight; double summer time in 1988
  "America/Sao_Paulo", // clocks set at midnight
  "America/Havana",
  "America/Asuncion",
  "America/Santiago",
  "America/Caracas", // half an hour, and back
  "America/Scoresbysund",
  "America/Metlakatla", // changed its zone
  "Africa/Cairo",
  "Africa/Casablanca", // set back for Ramadan
  "Africa/Monrovia", // 44 minutes and 30 seconds until 1972
  "Asia/Beirut", // clocks set at midnight
  "Asia/Tehran",
  "Asia/Kathmandu", // 45 minutes since 1986
  "Asia/Pyongyang", // half an hour, and back
  "Asia/Gaza",
  "Asia/Manila",
  "Australia/Lord_Howe", // set by half an hour
  "Australia/Eucla", // 45 minutes
  "Antarctica/Troll", // set by two hours
  "Antarctica/Casey", // set back and forth by three hours
  "Pacific/Chatham", // 45 minutes and summer time
  "Pacific/Apia", // left out 30 December 2011
  "Pacific/Kwajalein", // left out 21 August 1993
  "Pacific/Kiritimati", // left out a day at the turn of 1995
  "Atlantic/Azores",
];

/** The instants at which the clocks of a zone were set, rising. */
export function clockChanges(timeZone) {
  const changes = [];
  for (let at = Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(timeZone); ; ) {
    at = at.getTimeZoneTransition("next");
    if (at === null || at.epochMilliseconds >= LAST) return changes;
    changes.push(at.epochMilliseconds);
  }
}
