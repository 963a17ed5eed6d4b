// Random histories around the edges of a scene: ties, bursts, repeats, and what is not valid
// (section 2 of the specification). Pure JSON: no -0, no undefined, no Date.

import { spellRfc3339, spellTime } from "./spelling.mjs";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

const LONE_SURROGATE = "\ud83d";
const WRONG_VALUES = ["5", "pro", null, true, 3, [1, 2], { deep: { er: 1 } }, `torn ${LONE_SURROGATE}`];

/** `{ events, profile? }`; with `skipping` some events are invalid. */
export function makeHistory(random, scene, skipping) {
  const count = random.weighted([
    [2, 0],
    [5, random.integer(1, 3)],
    [81, random.integer(4, 40)],
    [12, random.integer(40, 120)],
  ]);
  const made = []; // { event, time }
  for (let i = 0; i < count; i++) made.push(makeEvent(random, scene, made));
  const events = made.map(({ event, time }) => (skipping && random.chance(12) ? breakEvent(random, event, time) : event));

  const history = { events };
  if (random.chance(92)) history.profile = makeProfile(random, scene);
  else if (random.chance(30)) history.profile = null;
  return history;
}

function makeEvent(random, scene, made) {
  if (made.length > 0 && random.chance(14)) return repeatEvent(random, scene, random.pick(made));
  const time = drawTime(random, scene, made);
  const event = { type: random.pick(scene.types), time: spellTime(random, time) };
  const id = drawId(random, made.length);
  if (id !== undefined) event.id = id;
  if (random.chance(85)) event.data = random.chance(4) ? null : makeData(random, scene, time);
  if (random.chance(2)) Object.assign(event, { source: "/made", specversion: "1.0", subject: 7 });
  return { event, time };
}

/** Handed over again as it was, or with another type, time or data under the same id. */
function repeatEvent(random, scene, { event, time }) {
  const copy = structuredClone(event);
  if (random.chance(40)) return { event: copy, time };
  if (random.chance(40)) copy.type = random.pick(scene.types);
  if (random.chance(40)) copy.data = makeData(random, scene, time);
  if (random.chance(40)) {
    time += random.pick([-DAY, -HOUR, -1, 1, HOUR, DAY]);
    copy.time = spellTime(random, time);
  }
  return { event: copy, time };
}

function drawId(random, number) {
  return random.weighted([
    [50, undefined],
    [2, null],
    [30, `e${number}`],
    [12, random.pick(["a", "b", "\u00e9", "\u{1F600}", "\uFF5E", "e1"])],
    [1, ""],
    [1, "\u{1F600}".repeat(64)], // 256 bytes
  ]);
}

function drawTime(random, scene, made) {
  const before = () => (made.length === 0 ? scene.at : random.pick(made).time);
  const edge = random.pick(scene.edges);
  const nudge = random.weighted([[70, 0], [15, -1], [15, 1]]);
  const time = random.weighted([
    [28, () => scene.at - random.integer(0, random.pick([1, 3, 10, 30, 60, 400]) * 24 * 60) * MINUTE],
    [20, () => scene.at - Math.floor(edge * random.pick([0.5, 0.5, 1, 1, 2])) + nudge],
    [12, () => before() + random.pick([0, 1, 1_000, MINUTE, HOUR, 5 * HOUR, -HOUR])],
    [12, before],
    [12, () => before() + random.pick([edge, -edge]) + nudge],
    [14, () => random.pick(scene.changes) + random.integer(-30 * 4, 30 * 4) * 15 * MINUTE + nudge],
    [2, () => scene.at],
  ])();
  // most of what fell beyond `at` is turned back, and some put there on purpose
  if (random.chance(3)) return scene.at + random.pick([1, HOUR, 40 * DAY]);
  return time > scene.at && random.chance(80) ? 2 * scene.at - time : time;
}

function makeData(random, scene, now) {
  const fields = scene.eventFields.filter(() => random.chance(60));
  return makeObject(random, scene, random.shuffle(fields), now);
}

function makeProfile(random, scene) {
  const fields = scene.profileFields.filter(() => random.chance(70));
  const profile = makeObject(random, scene, random.shuffle(fields), scene.at);
  const createdAt = drawCreatedAt(random, scene);
  if (createdAt !== undefined) profile.createdAt = createdAt;
  if (random.chance(25)) setAt(profile, "account.signedUpAt", drawCreatedAt(random, scene) ?? null);
  if (random.chance(15)) profile.joined = drawCreatedAt(random, scene) ?? "never";
  if (random.chance(5) && createdAt !== undefined) profile.name = `torn ${LONE_SURROGATE}`;
  return profile;
}

function drawCreatedAt(random, scene) {
  const edge = random.pick(scene.edges);
  const time = scene.at - random.pick([edge, 2 * edge, 7 * DAY, 30 * DAY, random.integer(0, 400) * DAY, 90 * DAY - HOUR]);
  return random.weighted([
    [55, () => spellTime(random, time)],
    [15, () => undefined],
    [5, () => spellTime(random, scene.at + random.pick([1, DAY, 30 * DAY]))],
    [10, () => random.pick(["yesterday", 1_700_000_000, null, true, {}, "2023-02-30T00:00:00Z", "2023-02-28", "1970-01-01T00:00:00Z"])],
  ])();
}

function makeObject(random, scene, fields, now) {
  const object = {};
  for (const field of fields) setAt(object, field.path, drawValue(random, scene, field, now));
  return object;
}

function drawValue(random, scene, field, now) {
  if (random.chance(4)) return random.pick(WRONG_VALUES);
  if (field.kind === "word" && random.chance(4)) return random.pick([`torn ${LONE_SURROGATE}`, "torn \uFFFD"]);
  if (field.kind === "time") return spellTime(random, now + random.pick([1, 1, -1, -1, 0]) * random.pick(scene.edges) + random.pick([0, 0, 0, 1, -1]));
  if (field.kind === "list") return random.sample(field.values, random.integer(0, field.values.length));
  return random.pick(field.values);
}

/** Sets the value at a dot-separated path, unless something else already stands in the way. */
function setAt(object, path, value) {
  const names = path.split(".");
  const last = names.pop();
  for (const name of names) {
    if (!Object.hasOwn(object, name)) object[name] = {};
    object = object[name];
    if (typeof object !== "object" || object === null || Array.isArray(object)) return;
  }
  object[last] = value;
}

/** The event with a fault that JSON can carry. */
function breakEvent(random, event, time) {
  const broken = structuredClone(event);
  return random.pick([
    () => random.pick([null, 7, "login", true, [], [broken]]),
    () => without(broken, "type"),
    () => without(broken, "time"),
    () => ({ ...broken, type: random.pick(["", null, 7, ["login"], `a${LONE_SURROGATE}`]) }),
    () => ({ ...broken, id: random.pick([7, true, {}, `${"x".repeat(257)}`, `${"\u{1F600}".repeat(64)}x`, LONE_SURROGATE]) }),
    () => ({ ...broken, data: random.pick([[], [1], "data", 7, true]) }),
    () => ({ ...broken, time: random.pick([null, true, [], 1_700_000_000, 0, -99_999_999_999, 8_640_000_000_000_001, -9e15, 1e300]) }),
    () => ({ ...broken, time: breakTime(random, spellRfc3339(random, time)) }),
  ])();
}

function breakTime(random, text) {
  const date = text.slice(0, 10);
  return random.pick([
    "2023-02-29T12:00:00Z",
    "2024-02-30T12:00:00Z",
    "1900-02-29T00:00:00Z",
    "2024-04-31T00:00:00Z",
    "2024-00-10T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-W05-1T00:00:00Z",
    "20240101T000000Z",
    "+002024-01-01T00:00:00Z",
    "Sat, 01 Jun 2024 00:00:00 GMT",
    date,
    `${date} 12:00:00Z`,
    `${date}T12:00Z`,
    `${date}T12:00:00`,
    `${date}T24:00:00Z`,
    `${date}T12:60:00Z`,
    `${date}T12:00:61Z`,
    `${date}T12:00:00,5Z`,
    `${date}T12:00:00.Z`,
    `${date}T12:00:00+24:00`,
    `${date}T12:00:00+05:60`,
    `${date}T12:00:00+0530`,
    `${date}T12:00:00+05`,
    ` ${date}T12:00:00Z`,
    `${date}T12:00:00Z `,
    "1717200000000",
    "",
  ]);
}

function without(event, key) {
  delete event[key];
  return event;
}
