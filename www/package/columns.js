/* Columns of many customers: checked for their shape, and laid down whole. Their values are the core's to check. */
import { FAULTY, faultOf, refresh } from "./desk.js";
import { errorAt, quoted, StarwiseError, stepOf } from "./error.js";
import { MAX_HISTORY, MAX_ROWS } from "./limits.js";
import { isTorn } from "./text.js";
import { Packer, settled, TAG } from "./wire.js";

const ABSENT = 0xffffffff;
const FIRST_TEXTS = 4096;
const utf8 = new TextEncoder();
/** The kind of a typed array by its own account, of this realm or another; none of anything else. */
const kindOf = Function.prototype.call.bind(
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get,
);

/** Lays columns down and has them taken; gives the customers' numbers. */
export function takeColumns(desk, core, plan, columns) {
  const { subjects, types, typeNames, times, data, profiles } = readable(columns);
  const count = subjects.length;
  desk.lay_columns(core(), count);
  const texts = new Texts(desk);
  for (const [path, column] of data) {
    const place = plan.paths.indexOf(path);
    if (place >= 0) layColumn(desk, place, column, texts);
  }
  layWords(desk, typeNames.flatMap((name) => texts.span(name)));
  const { u32, f64 } = refresh();
  u32.set(subjects, desk.subjects() >>> 2);
  u32.set(types, desk.types() >>> 2);
  const at = desk.times() >>> 3;
  const isBig = kindOf(times) === "BigInt64Array";
  if (isBig) new BigInt64Array(f64.buffer).set(times, at);
  else f64.set(times, at);
  if (desk.take_columns(core(), typeNames.length, isBig) === FAULTY) throw faultOf(desk);
  const known = refresh().u32.slice(desk.known_subjects() >>> 2, (desk.known_subjects() >>> 2) + desk.customers());
  if (profiles) takeProfiles(desk, known, profiles);
  return known;
}

function readable(columns) {
  try {
    return checked(columns);
  } catch (cause) {
    if (cause instanceof StarwiseError) throw cause;
    const detail = "must be readable, found an error thrown while reading them";
    throw errorAt("columns-unreadable", "columns", detail, { cause });
  }
}

/** The columns, each read once; an error names the first that is not what it must be. */
function checked(columns) {
  if (typeof columns !== "object" || columns === null) throw wrongType("columns", "an object of columns, or NDJSON", columns);
  const subjects = column(columns, "subjects", ["Uint32Array"]);
  if (subjects.length > MAX_ROWS) {
    throw fault("columns-too-large", "columns", `must have at most ${MAX_ROWS} rows at once, found ${subjects.length}: hand them over in chunks`);
  }
  const types = column(columns, "types", ["Uint8Array", "Uint16Array"]);
  const times = column(columns, "times", ["Float64Array", "BigInt64Array"]);
  const names = columns.typeNames;
  if (!Array.isArray(names)) throw wrongType("columns.typeNames", "a list of texts", names);
  const typeNames = Array.from(names, (name, place) => nameAt(`columns.typeNames[${place}]`, name));
  for (const [name, { length }] of Object.entries({ types, times })) sameLength(`columns.${name}`, length, subjects.length);
  return { subjects, types, typeNames, times, data: dataOf(columns.data, subjects.length), profiles: profilesOf(columns.profiles) };
}

function dataOf(data, count) {
  if (data === undefined || data === null) return [];
  if (typeof data !== "object") throw wrongType("columns.data", "an object of columns by path", data);
  return Object.entries(data).map(([path, found]) => {
    const place = `columns.data${stepOf(path)}`;
    if (kindOf(found) === "Float64Array") {
      sameLength(place, found.length, count);
      return [path, { numbers: found }];
    }
    const codes = found?.codes;
    if (!["Uint32Array", "Int32Array"].includes(kindOf(codes))) {
      throw wrongType(place, "a Float64Array, or `{ codes, dictionary }` with a Uint32Array or Int32Array", found);
    }
    if (!Array.isArray(found.dictionary)) throw wrongType(`${place}.dictionary`, "a list of texts", found.dictionary);
    sameLength(`${place}.codes`, codes.length, count);
    const dictionary = Array.from(found.dictionary, (text, at) => {
      if (typeof text !== "string") throw wrongType(`${place}.dictionary[${at}]`, "a text", text);
      return text;
    });
    const wrong = codes.findIndex((code) => code >>> 0 !== ABSENT && code >>> 0 >= dictionary.length);
    if (wrong >= 0) {
      const detail = `must be the place of a text in its dictionary (${dictionary.length} of them), or 0xFFFFFFFF, found ${codes[wrong]}`;
      throw fault("columns-unknown-code", `${place}.codes[${wrong}]`, detail);
    }
    return [path, { codes, dictionary }];
  });
}

function profilesOf(profiles) {
  if (profiles === undefined || profiles === null) return undefined;
  if (!Array.isArray(profiles)) throw wrongType("columns.profiles", "a list of profiles by subject", profiles);
  return profiles;
}

function column(columns, name, kinds) {
  const found = columns[name];
  if (!kinds.includes(kindOf(found))) throw wrongType(`columns.${name}`, `a ${kinds.join(" or ")}`, found);
  return found;
}

function nameAt(path, name) {
  if (typeof name === "string" && name !== "" && !isTorn(name)) return name;
  const found = typeof name === "string" ? quoted(name) : `a value of type ${typeof name}`;
  throw fault("columns-invalid-name", path, `must be a non-empty text of well-formed Unicode, found ${found}`);
}

function sameLength(path, found, count) {
  if (found === count) return;
  throw fault("columns-length-mismatch", path, `must have as many rows as \`columns.subjects\` (${count}), found ${found}`);
}

function wrongType(path, expected, found) {
  const kind = found === null ? "null" : (found?.constructor?.name ?? typeof found);
  return fault("columns-wrong-type", path, `must be ${expected}, found ${quoted(kind)}`);
}

function fault(code, path, detail) {
  return errorAt(code, path, detail);
}

function layColumn(desk, place, { numbers, codes, dictionary }, texts) {
  if (numbers) {
    const at = desk.number_column(place) >>> 3;
    refresh().f64.set(numbers, at);
    return;
  }
  layWords(desk, dictionary.flatMap((text) => texts.span(text)));
  const at = desk.code_column(place, dictionary.length) >>> 2;
  refresh().u32.set(codes, at);
}

function layWords(desk, words) {
  const at = desk.room(words.length * 4);
  refresh().u32.set(words, at >>> 2);
}

/** Texts one behind the other, where spans are pieces of. */
class Texts {
  desk;
  room = 0;
  length = 0;

  constructor(desk) {
    this.desk = desk;
  }

  /** Writes a text; gives where it stands. */
  span(text) {
    const needed = 3 * text.length;
    if (this.length + needed > this.room) this.room = Math.max(2 * this.room, this.length + needed, FIRST_TEXTS);
    const at = this.desk.texts(this.room) + this.length;
    const { written } = utf8.encodeInto(text, refresh().u8.subarray(at, at + needed));
    const start = this.length;
    this.length += written;
    return [start, written];
  }
}

function takeProfiles(desk, subjects, profiles) {
  const packer = new Packer("columns", MAX_HISTORY).run((packer) => {
    packer.enter();
    packer.at("profiles");
    packer.enter();
    packer.tag(TAG.list);
    packer.count(subjects.length);
    for (const subject of subjects) {
      packer.at(subject);
      packer.value(settled(profiles[subject] ?? {}, subject));
    }
    packer.leave();
    packer.leave();
  });
  try {
    const at = desk.room(packer.length);
    refresh().u8.set(packer.bytes, at);
    if (desk.take_profiles(packer.length) === FAULTY) throw faultOf(desk);
  } finally {
    packer.release();
  }
}
