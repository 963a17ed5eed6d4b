// What is measured: one model of 12 criteria over 10 types, and histories of any length that it fits.

const DAY = 86_400_000;
export const AT = Date.UTC(2024, 5, 30);
const TYPES = ["login", "view", "search", "comment", "share", "invite", "export", "purchase", "ticket", "error"];
const POINTS = [2, 0.5, 1, 4, 6, 15, 5, 40, -5, -8];

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

/** A history of `count` events over 120 days, in order; the same every time. */
export function makeHistory(count) {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const events = Array.from({ length: count }, (_, index) => {
    const type = TYPES[Math.floor(random() * TYPES.length)];
    const time = Math.floor(AT - 120 * DAY + (120 * DAY * (index + random())) / count);
    const event = { type, time, id: `e${index}` };
    return type === "purchase" ? { ...event, data: { quantity: 1 + Math.floor(random() * 3), plan: "pro" } } : event;
  });
  return { events, profile: { createdAt: AT - 200 * DAY } };
}
