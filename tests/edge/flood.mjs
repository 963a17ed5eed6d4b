// A flood of events for the edge worker, all of it decided by a seed: who did what, what comes twice, in which bodies, in which order.
import { createHash } from "node:crypto";

const DAY_MS = 86_400_000;
const TYPES = ["task.added", "task.completed", "comment.written", "member.invited", "nudge.answered", "nudge.shown", "review.written", "page.viewed"];
const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
const ODD_NAMES = ["Ana Müller", "a/b?c#d", "=", "%2F", "🦊", "o'Neil \"x\""];
/** Of so many duplicates, one has the id of another event and says something else. */
const CONTRADICTIONS = 10;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The flood: `names` of customers, `bodies` to be sent, `chores` that concern a whole customer, in their order.
 *
 * @param {{ seed: number, events: number, customers: number, nowMs: number }} size
 */
export function floodOf({ seed, events: count, customers, nowMs }) {
  const random = randomOf(seed);
  const below = (limit) => Math.floor(random() * limit);
  const oneOf = (list) => list[below(list.length)];
  const names = Array.from({ length: customers }, (_, number) => ODD_NAMES[number] ?? `customer-${number}`);
  const queues = new Map(names.map((name) => [name, []]));

  function eventOf(number) {
    const type = oneOf(TYPES);
    const timeMs = nowMs - below(200 * DAY_MS);
    const event = { type, time: random() < 0.3 ? new Date(timeMs).toISOString() : timeMs };
    if (random() < 0.6) event.id = `${seed}-${number}`;
    if (type === "member.invited") event.data = { email: `${below(40)}@example.com` };
    else if (type === "nudge.answered") event.data = { nudge: "nps", answer: below(11) };
    else if (type === "nudge.shown") event.data = { nudge: oneOf(["nps", "welcome"]) };
    else if (random() < 0.7) event.data = { task: below(50), note: "what nobody reads".slice(below(18)) };
    return event;
  }

  // A few customers have most of the events.
  for (let number = 0; number < count; number += 1) queues.get(names[Math.floor(names.length * random() ** 3)]).push(eventOf(number));
  const duplicates = Math.floor(count / 10);
  for (let number = 0; number < duplicates; number += 1) {
    const queue = queues.get(names[Math.floor(names.length * random() ** 3)]);
    if (!queue.length) continue;
    const event = oneOf(queue);
    const isOther = number % CONTRADICTIONS === 0 && event.id !== undefined;
    queue.push(isOther ? { ...eventOf(0), id: event.id } : structuredClone(event));
  }
  for (const queue of queues.values()) shuffle(queue, random);

  const bodies = [];
  for (let left = names.filter((name) => queues.get(name).length); left.length; left = left.filter((name) => queues.get(name).length)) {
    const body = [];
    const kind = random();
    const size = kind < 0.3 ? 1 : kind < 0.7 ? 2 + below(19) : 20 + below(180);
    const of = size === 1 ? 1 : 1 + below(4);
    for (let turn = 0; turn < of; turn += 1) {
      const name = oneOf(left);
      for (const event of queues.get(name).splice(0, Math.ceil(size / of))) body.push({ customer: name, ...event });
    }
    if (body.length) bodies.push({ events: shuffle(body, random), form: size === 1 ? "one" : oneOf(["list", "object", "lines"]) });
  }
  return { names, bodies: shuffle(bodies, random), chores: choresOf(names, random), duplicates };
}

/** What is done with whole customers, each at a share of the way: profiles, zones, and being forgotten. */
function choresOf(names, random) {
  const chores = [];
  for (const [number, name] of names.entries()) {
    const isForgotten = number % 8 === 3;
    const steps = number % 2 ? ["describe", isForgotten && "forget", number % 16 === 3 && "describe"] : [number % 3 === 0 && "describe", "describe"];
    const at = steps.map(() => 0.05 + random() * 0.85).sort((one, other) => one - other);
    chores.push({ name, steps: steps.flatMap((what, step) => (what ? [{ what, at: at[step], ...(what === "describe" && { body: descriptionOf(random) }) }] : [])) });
  }
  return chores;
}

function descriptionOf(random) {
  const profile = { plan: random() < 0.5 ? "free" : "pro", reminders: random() < 0.5 };
  return random() < 0.5 ? { profile } : { profile, timeZone: ZONES[Math.floor(random() * ZONES.length)], dayStartHour: Math.floor(random() * 6) };
}

/** An event as it is kept: with an id, which is made of what it says where it has none. */
export function keptOf({ customer: _customer, ...event }) {
  if (event.id !== undefined) return event;
  const { type, time, data } = event;
  return { ...event, id: `=${createHash("sha256").update(JSON.stringify([type, time, data])).digest("hex").slice(0, 16)}` };
}

function shuffle(list, random) {
  for (let place = list.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    [list[place], list[other]] = [list[other], list[place]];
  }
  return list;
}
