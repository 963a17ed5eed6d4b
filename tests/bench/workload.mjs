// What is measured: one model of 12 criteria over 10 types, and histories of one customer that use all of it: a daily
// cap, a limit, an amount, a frequency, inactivity, events older than the period, events later than `at`.

export const DAY = 86_400_000;
export const AT = Date.UTC(2024, 5, 30);
export const TYPES = ["login", "view", "search", "comment", "share", "invite", "export", "purchase", "ticket", "error"];
const POINTS = [2, 0.5, 1, 4, 6, 15, 5, 40, -5, -8];

/** Events lie between these, so that some are too old and a few too young. */
const FROM = AT - 120 * DAY;
const TO = AT + DAY / 2;

export const model = {
  period: "90d",
  decay: { curve: "exponential", halfLife: "14d" },
  target: 400,
  criteria: [
    ...TYPES.map((type, index) => ({
      id: type,
      kind: "event",
      event: type,
      points: POINTS[index],
      ...(type === "login" ? { perDay: 1 } : {}),
      ...(type === "view" ? { limit: 60 } : {}),
      ...(type === "purchase" ? { per: "quantity" } : {}),
    })),
    { id: "habit", kind: "frequency", event: "login", atLeast: 5, within: "7d", points: 25 },
    { id: "silence", kind: "inactivity", for: "14d", points: -30 },
  ],
};

/**
 * A history of `count` events in the order of their times; the same every time.
 * @param {{ ids?: boolean, shuffled?: boolean }} [form] with `ids`, one event of a hundred comes twice
 */
export function makeHistory(count, { ids = false, shuffled = false } = {}) {
  const random = makeRandom(42);
  const events = [];
  for (let index = 0; events.length < count; index += 1) {
    const event = makeEvent(random, index, count);
    if (ids) event.id = `e-${index}`;
    if (event.type === "purchase") event.data = makeData(random);
    events.push(event);
    if (ids && index % 100 === 99 && events.length < count) events.push({ ...event });
  }
  if (shuffled) shuffle(events, random);
  return { profile: { createdAt: AT - 200 * DAY }, events };
}

/** The type and time of the event at `index` of `count`. */
export function makeEvent(random, index, count) {
  const type = TYPES[Math.floor(random() * TYPES.length)];
  return { type, time: Math.floor(FROM + ((TO - FROM) * (index + random())) / count) };
}

/** What a purchase carries; one in fifty came without its quantity. */
export function makeData(random) {
  return random() < 0.02 ? { plan: "pro" } : { quantity: 1 + Math.floor(random() * 3), plan: "pro" };
}

/** Numbers from 0 to 1, the same for the same seed. */
export function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(list, random) {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [list[last], list[other]] = [list[other], list[last]];
  }
}
