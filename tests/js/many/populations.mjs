// Customers at random, as columns and as lines, and in pieces.
import { generateCase } from "../../oracle/generate.mjs";
import { makeHistory } from "../../oracle/generator/histories.mjs";
import { makeModel } from "../../oracle/generator/models.mjs";
import { Random } from "../../oracle/generator/random.mjs";
import { setScene } from "../../oracle/generator/scene.mjs";
import { parseTime } from "../../oracle/time.mjs";

const ABSENT = 0xffffffff;

/** Model and options as the oracle's cases have them, and histories of many customers in the same scene. */
export function populate(seed, random, hasInvalid) {
  const own = new Random(seed);
  const scene = setScene(own);
  const rules = makeModel(own, scene);
  const { options } = generateCase(seed);
  delete options.include;
  const skipping = hasInvalid && options.onInvalid === "skip";
  const histories = random.times(random.integer(1, 12), () => makeHistory(random, scene, skipping || (hasInvalid && random.chance(0.3))));
  return { rules, options, histories };
}

/** Columns of the histories in shuffled rows, and the customers as the columns tell of them. */
export function columnsOf(random, rules, histories) {
  const paths = random.shuffle(columnPaths(rules));
  const kinds = new Map(paths.map((path) => [path, /value|most|price|size|extreme/.test(path) || (path === "due" && random.chance(50)) ? "number" : "word"]));
  const numbers = random.shuffle([0, 1, 2, 3, 5, 8, 13, 21, 34, 70_000, 0xfffffffe, 0xffffffff]);
  const rows = random.shuffle(histories.flatMap(({ events }, index) => events.map((event) => rowOf(event, numbers[index], kinds))));
  const names = random.shuffle([...new Set(rows.map(({ type }) => type)), "never seen"]);
  // Some names stand twice.
  const typeNames = [...names, ...random.sample(names, random.integer(0, 2))];
  const codeOf = (list, value) => random.pick(list.flatMap((one, place) => (one === value ? [place] : [])));
  const columns = {
    subjects: Uint32Array.from(rows, ({ subject }) => subject),
    types: (random.chance(50) ? Uint8Array : Uint16Array).from(rows, ({ type }) => codeOf(typeNames, type)),
    typeNames,
    times: random.chance(50) ? BigInt64Array.from(rows, ({ time }) => BigInt(time)) : Float64Array.from(rows, ({ time }) => time + (random.chance(5) ? 0.25 : 0)),
  };
  if (paths.length > 0 || random.chance(50)) columns.data = {};
  for (const path of paths) {
    const values = rows.map(({ data }) => data.get(path));
    if (kinds.get(path) === "number") {
      columns.data[path] = Float64Array.from(values, (value) => value ?? Number.NaN);
      continue;
    }
    const words = random.shuffle([...new Set(values.filter((value) => value !== undefined)), "unused"]);
    const dictionary = [...words, ...random.sample(words, random.integer(0, 2))];
    const codes = values.map((value) => (value === undefined ? ABSENT : codeOf(dictionary, value)));
    columns.data[path] = { codes: random.chance(50) ? Uint32Array.from(codes) : Int32Array.from(codes, (code) => code | 0), dictionary };
  }
  const customers = new Map();
  if (histories.some(({ profile }) => profile) || random.chance(50)) columns.profiles = [];
  for (const [index, { events, profile }] of histories.entries()) {
    if (columns.profiles && profile !== undefined) columns.profiles[numbers[index]] = profile;
    if (events.length > 0) customers.set(numbers[index], { events: [], profile });
  }
  for (const { subject, type, time, data } of rows) customers.get(subject).events.push({ type, time, data: objectOf(data) });
  return { columns, customers: new Map([...customers].sort(([a], [b]) => a - b)) };
}

/** What enabled criteria read, as far as columns can hold it: no path below which there is another. */
function columnPaths(rules) {
  const found = new Set();
  const addCondition = (condition) => {
    for (const [key, test] of Object.entries(condition)) {
      if (key === "all" || key === "any") test.forEach(addCondition);
      else if (key === "not") addCondition(test);
      else {
        found.add(key);
        if (typeof test === "object" && test !== null) for (const operand of Object.values(test)) if (operand?.path) found.add(operand.path);
      }
    }
  };
  const criteria = rules.criteria ?? rules.parts.flatMap((part) => part.criteria);
  for (const criterion of criteria) {
    if (criterion.enabled === false || criterion.kind === "filter") continue;
    if (criterion.where) addCondition(criterion.where);
    if (criterion.per && criterion.kind === "event") found.add(criterion.per);
    if (criterion.uniqueBy) found.add(criterion.uniqueBy);
  }
  const known = ["plan", "note", "value", "most", "item.sku", "item.price", "item.spec.size", "extreme", "due"];
  return known.filter((path) => found.has(path) && ![...found].some((other) => path.startsWith(`${other}.`)));
}

function rowOf(event, subject, kinds) {
  const data = new Map();
  for (const [path, kind] of kinds) {
    const value = path.split(".").reduce((object, key) => (typeof object === "object" && object !== null && Object.hasOwn(object, key) ? object[key] : undefined), event.data);
    if (kind === "number" ? typeof value === "number" : typeof value === "string") data.set(path, value);
  }
  return { subject, type: event.type, time: parseTime(event.time), data };
}

/** Data as the columns of a row tell of it; none where all are absent. */
function objectOf(values) {
  if (values.size === 0) return undefined;
  const data = {};
  for (const [path, value] of values) {
    const keys = path.split(".");
    const last = keys.pop();
    keys.reduce((object, key) => (object[key] ??= {}), data)[last] = value;
  }
  return data;
}

/** The same rows in some chunks, all of a customer together. */
export function chunksOf(random, columns) {
  const chunks = random.integer(1, 4);
  const home = new Map();
  for (const subject of columns.subjects) if (!home.has(subject)) home.set(subject, random.integer(1, chunks));
  return random.times(chunks, (index) => {
    const isIn = (_, row) => home.get(columns.subjects[row]) === index + 1;
    const data = columns.data && Object.fromEntries(Object.entries(columns.data).map(([path, column]) => [path, column.codes ? { ...column, codes: column.codes.filter(isIn) } : column.filter(isIn)]));
    return { ...columns, subjects: columns.subjects.filter(isIn), types: columns.types.filter(isIn), times: columns.times.filter(isIn), data };
  });
}

/** Lines of each customer, and the customers as the lines tell of them. */
export function linesOf(random, histories) {
  const names = random.shuffle(["ann", "bob", "é", "😀", "\uff5e", "a\"b\\c\n", "constructor", "__proto__", "1", "x".repeat(300), "ann ", "\u0000"]);
  const customers = new Map();
  const lines = histories.map(({ events, profile }, index) => {
    const subject = names[index];
    const objects = events.filter((event) => typeof event === "object" && event !== null && !Array.isArray(event));
    if (objects.length > 0 || profile !== undefined) customers.set(subject, { events: objects, profile });
    const own = objects.map((event) => ({ ...event, subject }));
    if (profile !== undefined) own.splice(random.integer(0, own.length), 0, { subject, profile });
    return own;
  });
  return { lines, customers };
}

/** Each line with its keys in some order; empty ones now and then, and either end of line. */
export function spelledLines(random, lines) {
  return lines.map((line) => {
    const keys = random.shuffle(Object.keys(line));
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, line[key]])));
    const spaced = random.chance(10) ? ` ${text.replaceAll(/(?<=^\{|,)(?="subject")/g, " \t")} ` : text;
    return `${random.chance(3) ? "\n" : ""}${spaced}${random.chance(10) ? "\r" : ""}`;
  }).join("\n") + (random.chance(50) ? "\n" : "");
}

/** A text in pieces that end anywhere. */
export function* piecesOf(random, text) {
  const most = random.pick(text.length < 3_000 ? [1, 3, 40] : [200, 1_000, 20_000, 1_000_000]);
  const bytes = random.chance(70) ? Buffer.from(text) : text;
  for (let from = 0; from < bytes.length; ) {
    const to = from + random.integer(most === 1 ? 1 : 0, most);
    yield bytes.slice(from, to);
    from = to;
  }
}
