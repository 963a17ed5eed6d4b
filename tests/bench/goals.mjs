// What starwise is to reach beside JavaScript, as a multiple of its speed, and how a run is held against that.

export const GOALS = [
  { id: "objects-1000", work: "objects, 1,000 events of one customer", beside: "expert", least: 0.9, goal: 1 },
  { id: "objects-1000-idiomatic", work: "objects, 1,000 events of one customer", beside: "idiomatic", least: 1.4 },
  { id: "objects-100", work: "objects, 100 events of one customer", beside: "expert", least: 0.5, goal: 1 },
  { id: "text-1000", work: "JSON text, 1,000 events of one customer", beside: "JSON.parse + expert", least: 4, goal: 6 },
  { id: "lines", work: "NDJSON bytes, 1,000,000 events", beside: "split + JSON.parse + expert", least: 5, goal: 8 },
  { id: "resident", work: "columns, 1,000,000 events, in wasm memory", beside: "the stronger expert", least: 2.5, goal: 3 },
  { id: "copied", work: "columns, 1,000,000 events, copied in", beside: "the stronger expert", least: 2, goal: 2.3 },
];

/** A line of the summary for each goal of which the ratio is known; null is one that could not be measured. */
export function judge(ratios) {
  return GOALS.filter(({ id }) => ratios[id] !== undefined).map(({ id, work, beside, least, goal }) => ({
    work,
    beside,
    "at least": times(least),
    goal: goal === undefined ? "" : times(goal),
    found: ratios[id] === null ? "" : times(ratios[id]),
    verdict: verdictOf(ratios[id], least, goal),
  }));
}

/** What is asked of one kind of work, in words. */
export function asked(work) {
  return GOALS.filter((goal) => goal.work.startsWith(work))
    .map(({ beside, least, goal }) => `at least ${times(least)}${goal ? `, goal ${times(goal)},` : ""} beside ${beside}`)
    .join("; ");
}

/** Shows a ratio. */
export function times(ratio) {
  return `${ratio >= 100 ? Math.round(ratio).toLocaleString("en") : ratio.toFixed(2)}x`;
}

function verdictOf(ratio, least, goal = Infinity) {
  if (ratio === null) return "not there yet";
  if (ratio >= goal) return "goal met";
  return ratio >= least ? "met" : "missed";
}
