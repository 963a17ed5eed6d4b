// What the elements are shown with: results as `progress`, `nudge`, `leaderboard` and `timeline` give them.
const DAY = 86_400_000;
const AT = Date.UTC(2024, 2, 8, 12);
const recent = ["done", "done", "frozen", "done", "done", "done", "open"].map((state, day) => ({ start: Date.UTC(2024, 2, 2 + day), state }));
const times = Array.from({ length: 30 }, (_, day) => AT - (20 - day) * DAY);

export const checklist = {
  id: "start", label: "Getting started", icon: "🚀", done: false, doneAt: null, share: 1 / 3, doneSteps: 1, requiredSteps: 3, next: "invite",
  steps: [
    { id: "profile", label: "Fill in your profile", optional: false, done: true, doneAt: AT - DAY },
    { id: "invite", label: "Invite a colleague", href: "/invite", optional: false, done: false, doneAt: null, count: 1, need: 3 },
    { id: "project", label: "Create a project", optional: false, done: false, doneAt: null },
    { id: "tour", label: "Take the tour", href: "https://example.org/tour?a=1&b=2", optional: true, done: false, doneAt: null },
  ],
};

export const badges = [
  { id: "regular", label: "Regular", description: "Seven days in a row", icon: "🏅", earned: true, earnedAt: AT - DAY, have: 7, need: 7, share: 1 },
  { id: "buyer", label: "Big buyer", icon: "🛒", earned: false, earnedAt: null, have: 3, need: 10, share: 0.3 },
];

export const nudges = {
  banner: { id: "hello", kind: "banner", priority: 1, title: "Nice to see you", body: "Two more visits and you have a third star.", cta: { label: "Look around", href: "/shop" } },
  survey: { id: "nps", kind: "survey", priority: 0, title: "Would you recommend us?", survey: { from: 0, to: 10, low: "Never", high: "Certainly" } },
  checklist: { id: "begin", kind: "checklist", priority: 0, title: "Nearly there", checklist },
};

export const leaderboard = {
  ranking: "competition", size: 40, around: null,
  rows: [
    { id: "ana", label: "Ana", score: 93.25, rank: 1, previousRank: 2, movement: 1, isAround: false },
    { id: "bo", label: "Bo", score: 80, rank: 2, previousRank: 1, movement: -1, isAround: false },
    { id: "cy", score: 41, rank: 17, previousRank: null, movement: null, isAround: true, gap: true },
  ],
};
leaderboard.around = leaderboard.rows[2];

/** Name of an element -> its property, and data to show with it. */
export const SHOWN = {
  stars: ["value", 3.5],
  level: ["level", { level: 4, name: "Explorer", points: 375, from: 300, next: 500, share: 0.375 }],
  streak: ["streak", {
    id: "daily", label: "Daily visits", icon: "🔥", every: "day", current: 5, longest: 12, atLeast: 1, count: 0, done: false, atRisk: true, freezes: 1, freezesLeft: 0,
    until: AT + DAY / 2, recent,
  }],
  badges: ["badges", badges],
  checklist: ["checklist", checklist],
  nudge: ["nudge", nudges.banner],
  leaderboard: ["leaderboard", leaderboard],
  sparkline: ["timeline", { times, points: times.map((_, day) => day * 2), score: times.map((_, day) => 50 + 40 * Math.sin(day / 4)), stars: times.map((_, day) => day % 5) }],
};
