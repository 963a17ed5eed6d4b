/* What a model is called and what it reads, as the core describes it: asked once, and once for each language. */
import { textOf } from "./desk.js";

/** Languages whose labels are kept. */
const MOST_LOCALES = 50;

/** What the quick way in and the results need to know of a model. */
export function planOf(desk, core) {
  const names = describe(desk, core);
  return {
    types: new Map(names.types.map((type, number) => [type, number])),
    reads: names.reads.map((flag) => flag === 1),
    paths: names.paths,
    tree: treeOf(names.paths),
    segments: names.segments,
    audiences: names.audiences,
    // What stands for a lone surrogate in a path may stand for any: only the careful way tells them apart.
    hasReplacement: names.paths.some((path) => path.includes("\ufffd")),
    civilDays: names.civilDays,
    // What streaks ask of a zone around an instant, in days of 24 hours.
    daysBack: names.daysBack,
    daysAhead: names.daysAhead,
    names: new Map(),
  };
}

/** The names in the language that the options of the call at a desk ask for. */
export function namesOf(desk, core, plan, locale = "") {
  let names = plan.names.get(locale);
  if (!names) {
    names = describe(desk, core);
    // Locales come from callers: what is kept stays within bounds.
    if (plan.names.size >= MOST_LOCALES) plan.names.clear();
    plan.names.set(locale, names);
  }
  return names;
}

function describe(desk, core) {
  desk.describe(core);
  return JSON.parse(textOf(desk));
}

/** The paths as maps of maps; where one ends, its `column`. */
function treeOf(paths) {
  const tree = new Map();
  for (const [column, path] of paths.entries()) {
    let node = tree;
    for (const step of path.split(".")) {
      if (!node.has(step)) node.set(step, new Map());
      node = node.get(step);
    }
    node.column = column;
  }
  return tree;
}
