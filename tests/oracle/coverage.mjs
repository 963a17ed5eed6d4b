// Which keys, values and operators of a model, and which forms of histories and options, a set of
// cases uses. The list below is what generated cases must use between them.

const CRITERION_KINDS = ["event", "frequency", "inactivity", "filter"];
const TESTS = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "notIn", "exists", "contains", "startsWith", "olderThan", "within", "dueWithin"];
const PATH_OPERAND_TESTS = ["eq", "ne", "gt", "gte", "lt", "lte"];
const CURVES = ["none", "exponential", "step", "linear", "cosine"];
const COMMON_KEYS = ["id", "points", "label", "icon", "href", "effort", "enabled"];
const KEYS_BY_KIND = {
  event: ["event", "where", "award", "uniqueBy", "cooldown", "perDay", "per", "curve", "period", "decay", "limit"],
  frequency: ["event", "where", "uniqueBy", "perDay", "atLeast", "atMost", "within"],
  inactivity: ["event", "where", "for", "repeat"],
  filter: ["where", "per", "curve"],
};
const NAMED_EVENTS = ["star", "one", "many", "nudge"];

/** Everything that generated cases must use between them. */
export const KEYS_TO_COVER = [
  ...named("model", [
    "$schema", "version", "id", "name", "icon", "description", "startedAt", "period", "period=null", "decay", "criteria",
    "parts", "combine", "combine=sum", "combine=weighted", "stages", "target", "target=baseline", "min", "max", "stars",
    "segments", "trend", "audiences", "examples", "name:string", "name:object", "deepest-condition",
  ]),
  ...named("part", [
    "id", "label", "label:string", "label:object", "weight", "weight=0", "target", "min", "max", "missing", "missing=zero",
    "missing=skip", "period", "period=null", "decay", "criteria", "in-sum", "in-weighted",
  ]),
  ...named("stage", ["id", "when", "weights", "targets", "target", "points"]),
  ...named("stars", ["at", ...Array.from({ length: 10 }, (_, index) => `at:${index + 1}`)]),
  ...named("segment", ["id", "label", "label:string", "label:object", "upTo", "only-one"]),
  ...named("audience", ["id", "label", "label:string", "label:object", "when"]),
  ...named("trend", ["over", "deadBand", "deadBand=0", "empty"]),
  ...CRITERION_KINDS.flatMap((kind) => named(kind, [...COMMON_KEYS, ...KEYS_BY_KIND[kind]])),
  ...CRITERION_KINDS.flatMap((kind) => named(kind, ["enabled=true", "enabled=false", "label:string", "label:object", "points<0"])),
  ...["event", "frequency", "inactivity"].flatMap((kind) => named(kind, NAMED_EVENTS.map((form) => `event:${form}`))),
  ...named("event", ["award=first", "award=last", "award=every", "period=null", "curve:one-knot", "cooldown=0"]),
  ...named("filter", ["curve:one-knot"]),
  ...named("inactivity", ["repeat=true", "repeat=false", "event:default"]),
  ...named("decay", ["null", ...CURVES.flatMap((curve) => [curve, `${curve}+from`])]),
  ...named("inherited", ["period-from-part", "period-from-model", "period-default", "decay-from-part", "decay-from-model", "decay-none"]),
  ...named("condition", ["all", "any", "not", "{}", "any-empty", "several-paths", "mixed", "scalar", "null", "empty-test", "several-tests"]),
  ...named("condition", [...TESTS, ...PATH_OPERAND_TESTS.map((test) => `${test}:path`), "exists=true", "exists=false"]),
  ...named("duration", ["w", "d", "h", "m", "s", "ms", "several-units", "decimal", "iso-weeks", "iso-date", "iso-time", "iso-both"]),
  ...named("history", ["no-events", "no-profile", "null-profile", "profile", "same-id-twice", "same-time-twice"]),
  ...named("history", ["invalid", "nudge", "later-than-at", "at-at", "non-ascii-id", "id-none", "data-none", "data-nested"]),
  ...named("history", ["time:number", "time:text", "createdAt:number", "createdAt:text", "createdAt:other"]),
  ...named("options", ["at:number", "at:text", "timeZone", "dayStartHour", "baseline", "locale", "include=all", "include=", "include=trend"]),
  ...named("options", ["include=nextStar", "include=nextChange", "horizon"]),
  ...named("options", ["onInvalid=skip", "onInvalid=error"]),
];

function named(subject, names) {
  return names.map((name) => `${subject}.${name}`);
}

/** The set of names, spelled as in `KEYS_TO_COVER`, that the cases use between them. */
export function coverage(cases) {
  const used = new Set();
  for (const { model, history, options } of cases) {
    noteModel(used, model);
    noteHistory(used, history, options);
    noteOptions(used, options);
  }
  return used;
}

function noteModel(used, model) {
  noteKeys(used, "model", model);
  if (model.target === "baseline") used.add("model.target=baseline");
  noteDecay(used, model);
  noteDuration(used, model.period);
  for (const criterion of model.criteria ?? []) noteCriterion(used, criterion, undefined, model);
  for (const part of model.parts ?? []) {
    noteKeys(used, "part", part);
    used.add(`part.in-${model.combine ?? "sum"}`);
    noteDecay(used, part);
    noteDuration(used, part.period);
    for (const criterion of part.criteria) noteCriterion(used, criterion, part, model);
  }
  for (const stage of model.stages ?? []) {
    noteKeys(used, "stage", stage);
    noteCondition(used, stage.when, 1);
  }
  if (model.stars) noteKeys(used, "stars", model.stars);
  if (model.stars) used.add(`stars.at:${model.stars.at.length}`);
  for (const segment of model.segments ?? []) noteKeys(used, "segment", segment);
  if (model.segments?.length === 1) used.add("segment.only-one");
  for (const audience of model.audiences ?? []) {
    noteKeys(used, "audience", audience);
    noteCondition(used, audience.when, 1);
  }
  if (model.trend) noteKeys(used, "trend", model.trend);
  if (model.trend && Object.keys(model.trend).length === 0) used.add("trend.empty");
  noteDuration(used, model.trend?.over);
}

/** Notes every key, the form of texts, and values that mean something of their own. */
function noteKeys(used, subject, object) {
  for (const [key, value] of Object.entries(object)) {
    if (key === "kind") continue;
    used.add(`${subject}.${key}`);
    if (key === "label" || key === "name") used.add(`${subject}.${key}:${typeof value}`);
    if (["award", "combine", "enabled", "missing", "repeat"].includes(key)) used.add(`${subject}.${key}=${value}`);
    if (key === "period" && value === null) used.add(`${subject}.period=null`);
    if (["weight", "deadBand"].includes(key) && value === 0) used.add(`${subject}.${key}=0`);
  }
}

function noteCriterion(used, criterion, part, model) {
  const kind = criterion.kind;
  noteKeys(used, kind, criterion);
  if (criterion.points < 0) used.add(`${kind}.points<0`);
  if (kind !== "filter") {
    for (const form of formsOfEvent(criterion.event)) used.add(`${kind}.event:${form}`);
  }
  if (criterion.where) noteCondition(used, criterion.where, 1);
  if (criterion.curve?.length === 1) used.add(`${kind}.curve:one-knot`);
  if (criterion.cooldown === "0s") used.add(`${kind}.cooldown=0`);
  for (const key of ["period", "cooldown", "within", "for"]) noteDuration(used, criterion[key]);
  noteDecay(used, criterion);
  if (kind === "event") noteInheritance(used, criterion, part, model);
}

function formsOfEvent(event) {
  if (event === undefined) return ["default"];
  if (event === "*") return ["star"];
  const types = [event].flat();
  return [Array.isArray(event) ? "many" : "one", ...(types.some((type) => type.startsWith("nudge.")) ? ["nudge"] : [])];
}

function noteInheritance(used, criterion, part, model) {
  for (const [key, otherwise] of [["period", "default"], ["decay", "none"]]) {
    if (criterion[key] !== undefined) continue;
    const source = part?.[key] !== undefined ? "from-part" : model[key] !== undefined ? "from-model" : otherwise;
    used.add(`inherited.${key}-${source}`);
  }
}

function noteDecay(used, { decay }) {
  if (decay === undefined) return;
  used.add(decay === null ? "decay.null" : `decay.${decay.curve}${decay.from ? "+from" : ""}`);
  for (const key of ["halfLife", "over", "cycle"]) noteDuration(used, decay?.[key]);
}

function noteCondition(used, condition, depth) {
  const entries = Object.entries(condition);
  const paths = entries.filter(([key]) => !["all", "any", "not"].includes(key));
  if (depth === 16) used.add("model.deepest-condition");
  if (entries.length === 0) used.add("condition.{}");
  if (paths.length > 1) used.add("condition.several-paths");
  if (paths.length > 0 && entries.length > paths.length) used.add("condition.mixed");
  if (condition.any?.length === 0) used.add("condition.any-empty");
  for (const key of ["all", "any", "not"]) {
    if (condition[key] === undefined) continue;
    used.add(`condition.${key}`);
    for (const inner of [condition[key]].flat()) noteCondition(used, inner, depth + 1);
  }
  for (const [, test] of paths) noteTest(used, test);
}

function noteTest(used, test) {
  if (typeof test !== "object" || test === null) {
    used.add(test === null ? "condition.null" : "condition.scalar");
    return;
  }
  const operators = Object.entries(test);
  if (operators.length === 0) used.add("condition.empty-test");
  if (operators.length > 1) used.add("condition.several-tests");
  for (const [operator, operand] of operators) {
    used.add(`condition.${operator}`);
    if (operator === "exists") used.add(`condition.exists=${operand}`);
    if (typeof operand === "object" && operand?.path !== undefined) used.add(`condition.${operator}:path`);
    if (["olderThan", "within", "dueWithin"].includes(operator)) noteDuration(used, operand);
  }
}

function noteDuration(used, text) {
  if (typeof text !== "string") return;
  if (text.includes(".")) used.add("duration.decimal");
  if (text.startsWith("P")) {
    const form = /W/.test(text) ? "weeks" : !/T/.test(text) ? "date" : /^PT/.test(text) ? "time" : "both";
    used.add(`duration.iso-${form}`);
    return;
  }
  const units = text.match(/[a-z]+/g);
  if (units.length > 1) used.add("duration.several-units");
  for (const unit of units) used.add(`duration.${unit}`);
}

function noteHistory(used, { events, profile }, options) {
  const note = (name, noted) => noted && used.add(`history.${name}`);
  const objects = events.filter((event) => typeof event === "object" && event !== null && !Array.isArray(event));
  const at = new Date(options.at).getTime();
  const hasTwice = (values) => new Set(values).size < values.length;
  note("no-events", events.length === 0);
  note("no-profile", profile === undefined);
  note("null-profile", profile === null);
  note("profile", typeof profile === "object" && profile !== null);
  note("same-id-twice", hasTwice(objects.map(({ id }) => id).filter((id) => typeof id === "string")));
  note("same-time-twice", hasTwice(objects.map(({ time }) => time)));
  note("invalid", objects.length < events.length || objects.some(({ type, data }) => typeof type !== "string" || Array.isArray(data)));
  for (const { type, time, id, data } of objects) {
    note("nudge", typeof type === "string" && type.startsWith("nudge."));
    note("later-than-at", new Date(time).getTime() > at);
    note("at-at", new Date(time).getTime() === at);
    note("non-ascii-id", typeof id === "string" && /[^\x00-\x7f]/.test(id));
    note("id-none", id === undefined);
    note("data-none", data === undefined);
    note("data-nested", typeof data?.item === "object");
    note("time:number", typeof time === "number");
    note("time:text", typeof time === "string");
  }
  const created = profile?.createdAt;
  if (created !== undefined) note(`createdAt:${{ number: "number", string: "text" }[typeof created] ?? "other"}`, true);
}

function noteOptions(used, options) {
  for (const key of ["timeZone", "dayStartHour", "baseline", "locale", "horizon"]) {
    if (options[key] !== undefined) used.add(`options.${key}`);
  }
  used.add(`options.at:${typeof options.at === "string" ? "text" : "number"}`);
  if (options.include !== undefined) used.add(`options.include=${options.include}`);
  if (options.onInvalid !== undefined) used.add(`options.onInvalid=${options.onInvalid}`);
}
