/* The custom elements: the classes, and what makes elements of them. Importing this does nothing. */
import { StarwiseBadges } from "./elements/badges.js";
import { StarwiseChecklist } from "./elements/checklist.js";
import { StarwiseLeaderboard } from "./elements/leaderboard.js";
import { StarwiseLevel } from "./elements/level.js";
import { StarwiseNudge } from "./elements/nudge.js";
import { fill, serve } from "./elements/served.js";
import { StarwiseSparkline } from "./elements/sparkline.js";
import { StarwiseStars } from "./elements/stars.js";
import { StarwiseStreak } from "./elements/streak.js";
import { errorAt, quoted } from "./error.js";

export { StarwiseBadges, StarwiseChecklist, StarwiseLeaderboard, StarwiseLevel, StarwiseNudge, StarwiseSparkline, StarwiseStars, StarwiseStreak };

/** The end of an element's name -> its class. */
const CLASSES = {
  stars: StarwiseStars,
  level: StarwiseLevel,
  streak: StarwiseStreak,
  badges: StarwiseBadges,
  checklist: StarwiseChecklist,
  nudge: StarwiseNudge,
  leaderboard: StarwiseLeaderboard,
  sparkline: StarwiseSparkline,
};

/** Defines all elements as `<prefix>-stars` and so on; names that are taken stay as they are. Without a DOM, nothing. */
export function define(prefix = "starwise") {
  const registry = globalThis.customElements;
  for (const [kind, Class] of registry ? Object.entries(CLASSES) : []) {
    const name = `${prefix}-${kind}`;
    if (registry.get(name)) continue;
    try {
      registry.define(name, Class);
    } catch (error) {
      // A class goes by one name only; a second one gets a class of its own.
      if (error.name !== "NotSupportedError") throw error;
      registry.define(name, class extends Class {});
    }
  }
}

/** An element as HTML, with its picture in a declarative shadow root. */
export function renderElement(name, properties, options) {
  return serve(classOf(name), name, properties, options);
}

/** What to put into a tag that stands in a page: attributes with the data, and a declarative shadow root. */
export function fillElement(name, attributes, data, options) {
  return fill(classOf(name), name, attributes, data, options);
}

function classOf(name) {
  const [, kind] = /^[a-z][a-z0-9-]*-([a-z]+)$/.exec(name) ?? [];
  if (!Object.hasOwn(CLASSES, kind ?? "")) {
    const known = Object.keys(CLASSES).map((end) => `starwise-${end}`).join(", ");
    throw errorAt("element-unknown", "name", `must be one of ${known}, found ${quoted(String(name))}`);
  }
  return CLASSES[kind];
}
