// Offset changes found by bisection, against what Intl says of any instant.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkZone, zoneTable } from "../../pkg/core.js";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2100, 0, 1);
const ZONES = [
  "UTC", "Europe/Lisbon", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/St_Johns",
  "America/Caracas", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "Asia/Pyongyang", "Asia/Gaza", "Africa/Casablanca",
  "Africa/Monrovia", "America/Recife", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Apia",
  "Pacific/Kiritimati", "Antarctica/Troll",
];

let seed = 42;
const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;

/** The offset by another way than the one tested: the whole text of a date, read back. */
function offsetByIntl(format, instant) {
  const second = Math.floor(instant / 1000) * 1000;
  const [month, day, year, hour, minute, rest] = format.format(second).match(/\d+/g).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, rest) - second;
}

function formatFor(timeZone) {
  const two = "2-digit";
  return new Intl.DateTimeFormat("en-US", {
    timeZone, hourCycle: "h23", year: "numeric", month: two, day: two, hour: two, minute: two, second: two,
  });
}

/** The offset a table gives. */
function offsetByTable(table, instant) {
  let offset = Number.NaN;
  for (let at = 0; at < table.length && table[at] <= instant; at += 2) offset = table[at + 1];
  return offset;
}

for (const zone of ZONES) {
  test(`${zone}: the table agrees with Intl`, () => {
    const format = formatFor(zone);
    const table = zoneTable(zone, FIRST, LAST);
    assert.equal(table[0], Number.NEGATIVE_INFINITY);
    for (let round = 0; round < 500; round += 1) {
      const instant = Math.floor(FIRST + random() * (LAST - FIRST));
      assert.equal(offsetByTable(table, instant), offsetByIntl(format, instant), new Date(instant).toISOString());
    }
    for (let at = 2; at < table.length; at += 2) {
      assert.ok(table[at] > table[at - 2], "rising");
      assert.notEqual(table[at + 1], table[at - 1], "a change changes something");
      assert.equal(offsetByIntl(format, table[at]), table[at + 1], "from the very second");
      assert.equal(offsetByIntl(format, table[at] - 1000), table[at - 1], "and not a second before");
    }
    // The same from any span, asked for in any order.
    for (let round = 0; round < 20; round += 1) {
      const from = Math.floor(FIRST + random() * (LAST - FIRST - 400 * DAY));
      const to = from + Math.floor(random() * 400 * DAY);
      const part = zoneTable(zone, from, to);
      for (const instant of [from, to, (from + to) / 2]) {
        assert.equal(offsetByTable(part, instant), offsetByTable(table, instant));
      }
    }
  });
}

test("known changes: a half-hour summer, a skipped day, a suspended summer time, a summer of a week", () => {
  const changes = (zone, from, to) => {
    const table = zoneTable(zone, Date.parse(from), Date.parse(to));
    const found = [];
    for (let at = 2; at < table.length; at += 2) {
      if (table[at] >= Date.parse(from) && table[at] < Date.parse(to)) {
        found.push([new Date(table[at]).toISOString().slice(0, 16), table[at + 1] / HOUR]);
      }
    }
    return found;
  };
  assert.deepEqual(changes("Australia/Lord_Howe", "2024-01-01", "2025-01-01"), [["2024-04-06T15:00", 10.5], ["2024-10-05T15:30", 11]]);
  assert.deepEqual(changes("Pacific/Apia", "2011-12-01", "2012-01-15"), [["2011-12-30T10:00", 14]]);
  assert.deepEqual(changes("Africa/Casablanca", "2024-01-01", "2025-01-01"), [["2024-03-10T02:00", 0], ["2024-04-14T02:00", 1]]);
  assert.deepEqual(changes("Asia/Kathmandu", "1985-01-01", "1987-01-01"), [["1985-12-31T18:30", 5.75]]);
  assert.deepEqual(changes("America/Recife", "2000-10-01", "2000-11-01"), [["2000-10-08T03:00", -2], ["2000-10-15T02:00", -3]]);
});

test("outside 1900 to 2100 the nearest known offset holds", () => {
  const table = zoneTable("Europe/Berlin", -8.64e15, 8.64e15);
  assert.equal(offsetByTable(table, -8.64e15), HOUR);
  assert.equal(offsetByTable(table, 8.64e15), HOUR);
  assert.ok(table.at(-2) < LAST);
  assert.deepEqual([...zoneTable("Europe/Berlin", 5e15, 6e15)].slice(0, 1), [Number.NEGATIVE_INFINITY]);
});

test("asking again costs nothing", () => {
  const first = zoneTable("Asia/Tokyo", 1.7e12, 1.71e12);
  assert.equal(zoneTable("Asia/Tokyo", 1.7e12, 1.71e12 + 1), first, "the very same table");
});

test("names: those of the host, in any case, and no bare offsets", () => {
  for (const name of ["Europe/Lisbon", "europe/lisbon", "UTC", "Etc/GMT+5"]) assert.doesNotThrow(() => checkZone(name));
  const wrong = ["Mars/Olympus", "", "+05:30", "-08", "Europe/Lisbon ", "local", "__proto__", 5, {}, true, Symbol("s"), 1n];
  for (const name of wrong) {
    assert.throws(() => checkZone(name), { name: "StarwiseError", code: "options-invalid-time-zone", path: "options.timeZone" });
  }
});
