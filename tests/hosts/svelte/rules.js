/** A visit is worth three stars, and fades within seconds, so that somebody can watch it. */
export const rules = {
  criteria: [{ id: "visit", kind: "event", event: "visit", points: 55, decay: { curve: "exponential", halfLife: "2s" } }],
  streaks: [{ id: "daily", event: "visit", every: "day" }],
};
