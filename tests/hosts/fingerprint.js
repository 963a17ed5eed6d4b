// What every host is asked for: one number made of the results of 10,000 histories, equal where every bit is.
const HISTORIES = 10_000;
const DAY = 86_400_000;
const BEGIN = Date.UTC(2024, 0, 1);

const MODEL = {
  period: "90d",
  decay: { curve: "exponential", halfLife: "14d" },
  combine: "weighted",
  parts: [
    {
      id: "use",
      weight: 3,
      criteria: [
        { id: "session", kind: "event", event: "session", points: 7, perDay: 2, limit: 60 },
        { id: "order", kind: "event", event: "order", points: 0.3, per: "amount", curve: [[0, 0], [50, 40], [200, 90]] },
        { id: "wave", kind: "event", event: "order", points: 5, decay: { curve: "cosine", cycle: "9d" } },
      ],
    },
    {
      id: "bond",
      criteria: [
        { id: "often", kind: "frequency", event: "*", atLeast: 4, within: "30d", points: 30 },
        { id: "silent", kind: "inactivity", for: "21d", points: -15, repeat: true },
        { id: "plan", kind: "filter", where: { plan: { in: ["team", "pro"] } }, points: 25 },
      ],
    },
  ],
};

/** A text of 8 hexadecimal digits and the score of the last. `at` is the same for all, and days are those of New York. */
export function fingerprint({ Ledger, Model }) {
  const model = new Model(MODEL);
  const random = randomNumbers(20_240_229);
  const options = { at: BEGIN + 100 * DAY, timeZone: "America/New_York" };
  let history;
  let hash = 0x811c9dc5;
  for (let number = 0; number < HISTORIES; number += 1) {
    history = historyOf(random);
    const text = JSON.stringify(model.score(history, options));
    for (let position = 0; position < text.length; position += 1) hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
  }
  const ledger = new Ledger(model, { profile: history.profile, timeZone: options.timeZone });
  ledger.add(history.events);
  return `${(hash >>> 0).toString(16).padStart(8, "0")} ${ledger.score(options).score}`;
}

function historyOf(random) {
  const events = Array.from({ length: random() % 12 }, () => {
    const type = ["session", "order", "view"][random() % 3];
    return { type, time: BEGIN + (random() % (100 * DAY)), data: { amount: (random() % 30_000) / 100 } };
  });
  return { events, profile: { plan: ["free", "team", "pro"][random() % 3] } };
}

/** Whole numbers below 2^32, by Tommy Ettinger's mulberry32: the same everywhere. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}
