// What one generated case is about: its instant, zone, event types and the fields of its data, few
// of each so that things collide.

const HOUR = 3_600_000;
const DAY = 86_400_000;

/** Zones with instants at which their clocks change (a change of date at Apia, of rule at Kathmandu). */
const ZONES = [
  { name: "UTC", changes: ["2019-12-31T00:00:00Z", "2024-02-29T00:00:00Z", "2023-01-01T00:00:00Z"] },
  { name: "Europe/Berlin", changes: ["2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z"] },
  { name: "America/New_York", changes: ["2024-03-10T07:00:00Z", "2024-11-03T06:00:00Z"] },
  { name: "Australia/Lord_Howe", changes: ["2024-04-06T15:00:00Z", "2024-10-05T15:30:00Z"] },
  { name: "Pacific/Apia", changes: ["2011-12-30T10:00:00Z", "2011-09-24T14:00:00Z"] },
  { name: "America/St_Johns", changes: ["2010-11-07T02:31:00Z", "2010-03-14T03:31:00Z"] },
  { name: "Asia/Kathmandu", changes: ["1985-12-31T18:30:00Z", "2024-05-15T18:15:00Z"] },
  { name: "Pacific/Chatham", changes: ["2024-04-06T14:00:00Z", "2024-09-28T14:00:00Z"] },
  { name: "America/Sao_Paulo", changes: ["2018-02-18T02:00:00Z", "2018-11-04T03:00:00Z"] },
  { name: "Antarctica/Troll", changes: ["2024-03-31T01:00:00Z", "2023-10-29T01:00:00Z"] },
];

// U+FF5E sorts after U+1F600 by UTF-16 units and before it by bytes
const TYPES = ["login", "visit", "purchase", "übung", "\u{1F600}.sent", "\uFF5E", "nudgeless", "Nudge.shown", "constructor", "a.b"];
const NUDGES = ["nudge.shown", "nudge.clicked", "nudge.dismissed"];

const WORDS = ["free", "pro", "Pro", "prö", "", "\u{1F600}", "\uFF5E", "pro plus", "\u00e9", "e\u0301", "a\"b\\c\n", "torn \uFFFD"];
const NUMBERS = [0, 1, 2, 3, 4, 5, 8, 10, 12, 2.5, 0.1, -4, 100];
const EXTREME_NUMBERS = [1e12, -1e12, 1_000_000_000_001, -1_000_000_000_001, 1e21, 1.5e-7, 0.5, 7];

/** Fields of an event's data; `kind` says which tests make sense, `values` what they are drawn from. */
const EVENT_FIELDS = [
  { path: "plan", kind: "word" },
  { path: "note", kind: "word" },
  { path: "value", kind: "number" },
  { path: "most", kind: "number" },
  { path: "item.sku", kind: "word" },
  { path: "item.price", kind: "number" },
  { path: "item.spec.size", kind: "number" },
  { path: "extreme", kind: "extreme" },
  { path: "tags", kind: "list" },
  { path: "flag", kind: "flag" },
  { path: "due", kind: "time" },
];

const PROFILE_FIELDS = [
  { path: "plan", kind: "word" },
  { path: "account.owner", kind: "word" },
  { path: "seatsUsed", kind: "number" },
  { path: "seatsWarning", kind: "number" },
  { path: "company.size", kind: "number" },
  { path: "tags", kind: "list" },
  { path: "admin", kind: "flag" },
  { path: "trialEnds", kind: "time" },
  { path: "account.renewed", kind: "time" },
];

/** Paths that lead nowhere: through lists, texts and what objects inherit. */
export const GHOST_PATHS = ["tags.length", "tags.0", "tags.1", "plan.length", "constructor", "toString", "nothing.here", "item.__proto__"];

/**
 * `{ at, zone, changes, dayStartHour, types, eventFields, profileFields, edges }`; `edges` gathers
 * the durations of the model in ms, so that histories can be built around them.
 */
export function setScene(random) {
  const zone = random.chance(35) ? ZONES[0] : random.pick(ZONES);
  const changes = zone.changes.map((text) => Date.parse(text));
  const at = random.pick(changes) + random.integer(2, random.pick([5, 25]) * 24) * HOUR + random.pick([0, 0, 0, 1, random.integer(1, HOUR)]);
  const types = random.sample(TYPES, random.integer(1, 4));
  if (random.chance(35)) types.push(...random.sample(NUDGES, random.integer(1, 2)));
  return {
    at,
    zone: zone.name,
    changes,
    dayStartHour: random.chance(55) ? 0 : random.pick([1, 2, 3, 4, 6, 12, 22, 23]),
    types,
    eventFields: EVENT_FIELDS.map((field) => withValues(random, field)),
    profileFields: PROFILE_FIELDS.map((field) => withValues(random, field)),
    edges: [HOUR, DAY],
  };
}

function withValues(random, field) {
  const values = {
    word: () => random.sample(WORDS, random.integer(2, 4)),
    number: () => random.sample(NUMBERS, random.integer(2, 5)),
    extreme: () => EXTREME_NUMBERS,
    list: () => random.sample(["a", "b", "pro", 1, 2, true, null, "\u{1F600}"], 4),
    flag: () => [true, false, null],
    time: () => [],
  };
  return { ...field, values: values[field.kind]() };
}
