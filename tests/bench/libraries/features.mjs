// What rule engines cannot work out themselves, made in plain JavaScript and part of what is timed: the age of an event,
// the share of its points that is left, and the how-many-eth of its type it is on its day.

const DAY = 86_400_000;

/** @returns {{ events: { type: string, age: number, left: number, nth: number, data?: object }[], idle: number }} */
export function makeFeatures({ events, profile }, at, halfLife) {
  const seen = new Map();
  const known = events.filter(({ time }) => time <= at).sort((a, b) => a.time - b.time);
  const features = known.map(({ type, time, data }) => {
    const key = `${type} ${Math.floor(time / DAY)}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return { type, age: at - time, left: 2 ** ((time - at) / halfLife), nth, data };
  });
  return { events: features, idle: Math.min(at - profile.createdAt, features.at(-1)?.age ?? Infinity) };
}

/** The rules of a model by kind, its durations in milliseconds. */
export function rulesOf(model) {
  const [frequency] = model.criteria.filter(({ kind }) => kind === "frequency");
  const [inactivity] = model.criteria.filter(({ kind }) => kind === "inactivity");
  return {
    rules: model.criteria.filter(({ kind }) => kind === "event"),
    frequency: { ...frequency, within: milliseconds(frequency.within) },
    inactivity: { ...inactivity, for: milliseconds(inactivity.for) },
    period: milliseconds(model.period),
    halfLife: milliseconds(model.decay.halfLife),
  };
}

/** Points on the scale of 0 to 100, and the default stars. */
export function scale(points, target) {
  const score = Math.round((1e11 * points) / target) / 1e9;
  return { points, score, stars: score <= 0 ? 0 : Math.min(5, 1 + Math.floor(score / 20)) };
}

function milliseconds(duration) {
  return Number.parseFloat(duration) * DAY;
}
