// The core's own reader of JSON text against the host's: what one accepts the other accepts, with the same values.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Model, StarwiseError } from "../../pkg/index.node.js";
import { generateCase } from "../oracle/generate.mjs";
import { Random } from "../oracle/generator/random.mjs";

const AT = Date.UTC(2024, 2, 31);
const TIME = Date.UTC(2024, 2, 30);
const reader = new Model({ criteria: [{ id: "x", kind: "filter", points: 1, per: "x" }] });
/** It reads all that an event can say, at paths within paths too. */
const prying = new Model({ period: null, criteria: [
  { id: "any", kind: "event", event: "*", points: 1, decay: { curve: "exponential", halfLife: "7d" } },
  { id: "login", kind: "event", event: ["login", "übung", "a\"b\\"], points: 10, award: "last", per: "n" },
  { id: "sum", kind: "event", event: "*", points: 100, per: "n" },
  { id: "deep", kind: "event", event: "*", points: 1_000, per: "item.spec.size" },
  { id: "items", kind: "event", event: "*", points: 1e4, uniqueBy: "item" },
  { id: "names", kind: "event", event: "*", points: 1e5, uniqueBy: "item.name" },
  { id: "first", kind: "event", event: "*", points: 1e6, uniqueBy: "é.\ufffd", award: "first" },
  { id: "free", kind: "event", event: "*", points: 1e7, where: { any: [{ "item.name": "free" }, { tags: { contains: "x" } }, { n: { gt: 5 } }] } },
  { id: "nudges", kind: "event", event: "nudge.shown", points: 1e8 },
] });

/** Texts near the grammar's edges, to be joined, cut and spoilt. */
const SEEDS = [
  '{"a":[1,2.5,-0,1e5,1E-7,-1.5e+300],"b":{"c":null,"d":true,"e":false}}',
  '["\\u0000\\ud83d\\ude00\\ud800x\\udc00\\"\\\\\\/\\b\\f\\n\\r\\t","é漢😀"]',
  ' \t\r\n{ "" : [ ] , "k" : { } } \n',
  "0", "-0", "-0.0", "1e400", "-1e400", "123456789012345678901234567890", "5e-324", "2.2250738585072011e-308", '""', "null", "true",
];
const SPOILERS = ["{", "}", "[", "]", ",", ":", '"', "\\", "\\u", "\\ud800", "-", "+", ".", "e", "0", "01", "1", " ", "\u0001", "\u00a0", "\ufeff", "tru", "NaN", "'", "/", "\ud800", "é"];

test("texts are accepted exactly where JSON.parse accepts them", () => {
  const random = new Random(7);
  let accepted = 0;
  let refused = 0;
  for (let round = 0; round < 40_000; round += 1) {
    const text = `{"events":[],"x":${spoilt(random)}}`;
    const isJson = parses(text);
    const found = readBy(() => reader.score(text, { at: AT }));
    if (isJson) accepted += 1;
    else refused += 1;
    assert.equal(found, isJson ? "accepted" : "history-invalid-json", JSON.stringify(text));
  }
  assert.ok(accepted > 2_000 && refused > 2_000, `${accepted} accepted, ${refused} refused`);
});

test("numbers are read to the same bits", () => {
  const random = new Random(11);
  const inData = new Model({ period: null, criteria: [{ id: "x", kind: "event", event: "a", points: 1, per: "x" }] });
  for (let round = 0; round < 20_000; round += 1) {
    const number = numberText(random);
    const { points, contributions } = reader.score(`{"events":[],"profile":{"x":${number}}}`, { at: AT });
    const expected = Math.abs(Number(number)) <= 1e12 ? Number(number) : 0;
    assert.equal(contributions[0].points, expected + 0, number);
    assert.equal(points, expected + 0, number);
    assert.equal(inData.score(`{"events":[{"type":"a","time":${TIME},"data":{"x":${number}}}]}`, { at: AT }).points, expected + 0, number);
  }
});

test("strings are read alike, escapes and all", () => {
  const random = new Random(13);
  for (let round = 0; round < 5_000; round += 1) {
    const text = `"${Array.from({ length: random.integer(0, 8) }, () => character(random)).join("")}"`;
    const value = JSON.parse(text).toWellFormed?.() ?? JSON.parse(text).replace(/\p{Surrogate}/gu, "\ufffd");
    const model = new Model({ criteria: [{ id: "x", kind: "filter", points: 1, where: { x: value } }] });
    assert.equal(model.score(`{"events":[],"profile":{"x":${text}}}`, { at: AT }).points, 1, text);
    model.free();
  }
});

test("real histories, in every spelling, score as what JSON.parse makes of them", () => {
  for (let seed = 1; seed <= 2_500; seed += 1) {
    const { model: rules, history, options } = generateCase(7_000_000 + seed);
    const random = new Random(seed);
    const text = spelled(random, history);
    const one = new Model(rules);
    for (const model of [one, prying]) sameAsParsed(model, text, options, `seed ${seed}`);
    one.free();
  }
});

test("lines in every spelling score as what JSON.parse makes of them", () => {
  for (let seed = 1; seed <= 1_000; seed += 1) {
    const { history, options } = generateCase(7_100_000 + seed);
    const random = new Random(seed);
    const events = history.events.filter((event) => typeof event === "object" && event !== null && !Array.isArray(event)).map((event) => ({ ...event, subject: random.pick(["a", "é", "\u0001"]) }));
    const lines = events.map((event) => spelled(random, shuffledKeys(random, event), " \t\r"));
    sameLinesAsParsed(lines, { ...options, onInvalid: "skip" }, `seed ${seed}`);
  }
});

test("an event by itself: keys, types, times, ids and data as they may be written", () => {
  const random = new Random(29);
  const keys = ['"type"', '"ty\\u0070e"', '"\\u0074\\u0079\\u0070\\u0065"', '"time"', '"t\\u0069me"', '"id"', '"\\u0069d"', '"data"', '"dat\\u0061"', '"Type"', '"type "', '"type\\u0000"', '""', '"more"', '"\\ud800"', '"d\\/ata"'];
  const types = ['"login"', '"lo\\u0067in"', '"übung"', '"\\u00fcbung"', '"u\\u0308bung"', '"a\\"b\\\\"', '"a\\u0022b\\u005c"', '"nudge.shown"', '"nudge\\u002eshown"', '"nudge.x"', '"😀"', '"\\ud83d\\ude00"', '"\\ud83d"', '""', '"\\u0000"', "null", "5", "[]", '{"type":"x"}'];
  const times = [`${TIME}`, `${TIME}.0`, `${TIME}.999`, `${TIME}e0`, `${TIME}E+00`, `${TIME}0e-1`, `1.71e12`, `-${TIME}`, "17117568e5", "1e11", "99999999999.9", "-0", "0", "0.5", "1e3", "1e400", "-1e400", "8640000000000000", "8640000000000001", "8.64e15", "00", "12345678901234567890", "1711756800000000000000e-9", "100000000000", "000000000001", '"2024-03-30T00:00:00Z"', '"2024-03-30T00:00:00\\u005a"', '"\\u0032024-03-30t00:00:00.5+01:00"', '"2024-02-30T00:00:00Z"', '""', "null", "true", "[1]"];
  const ids = ['"a"', '"\\u0061"', '"é"', '"\\u00e9"', "null", '""', '"\\ud83d\\ude00"', '"😀"', '"\\udc00"', `"${"x".repeat(256)}"`, `"${"x".repeat(257)}"`, `"${"\\u0078".repeat(256)}"`, `"${"é".repeat(128)}"`, "5", "{}"];
  const datas = ['{"n":1}', '{"n":1,"n":2}', '{"n":2,"\\u006e":1}', '{"item":{"name":"free"}}', '{"item":{"name":"free"},"item":5}', '{"item":{"name":"a","spec":{"size":3}},"item":{"spec":{"size":4}}}', '{"item":{"spec":{"size":3},"spec":[]}}', '{"item":{"spec":{"size":3}},"item":{}}', '{"it\\u0065m":{"n\\u0061me":"fr\\u0065e"}}', '{"é":{"\\ufffd":1}}', '{"\\u00e9":{"\\ud800":2}}', '{"é":{"\\ud800":1,"\\udfff":2}}', '{"item":[{"name":"free"}]}', '{"item":"free","tags":["y","x"],"n":6e0}', '{"tags":"\\u0078"}', '{"item":null}', "{}", "null", "[]", "5", '{"n":', '{"n":01}', '{"more":[[[{"n":[]}]]],"n":-0}', '{"n":1e13}', '{"n":"1"}', '{"item":{"name":{"n":[1,{"b":2,"a":1}]}}}', '{"item":{"name":{"n":[1,{"a":1,"b":2.0}]}}}', '{ "n" : 3 , "z" : "\\uD83D\\uDE00" }'];
  const spaces = ["", "", "", " ", "\n", "\r\n\t ", "\u00a0", "\ufeff"];
  const counts = { accepted: 0, refused: 0 };
  for (let round = 0; round < 20_000; round += 1) {
    const space = () => (random.chance(97) ? random.pick(spaces.slice(0, 6)) : random.pick(spaces));
    const plainly = (list, plain) => (random.chance(60) ? plain : random.pick(list));
    const entries = random.shuffle([["type", types, '"login"'], ["time", times, `${TIME}`], ["id", ids, undefined], ["data", datas, '{"n":1}']]).flatMap(([name, values, plain]) => {
      const value = plainly(values, plain);
      if (value === undefined || random.chance(2)) return [];
      const key = random.chance(85) ? `"${name}"` : random.pick(keys.filter((key) => parses(key) && JSON.parse(key) === name));
      return [`${space()}${key}${space()}:${space()}${value}${space()}`];
    });
    if (random.chance(15)) entries.splice(random.integer(0, entries.length), 0, `${random.pick(keys)}:${random.pick([...types, ...datas])}`);
    const event = `${space()}{${entries.join(",")}}${space()}`;
    const other = `{"type":"login","time":${TIME},"data":{"n":2}}`;
    const history = `{"events":[${random.shuffle([event, other]).join(",")}]${random.chance(10) ? ',"more":[{}]' : ""}}`;
    const accepted = sameAsParsed(prying, history, { at: AT, onInvalid: random.pick(["skip", "error"]) }, "an event");
    counts[accepted ? "accepted" : "refused"] += 1;
    const line = event.replace(/[\n\ufeff]/g, " ").replace("{", '{"subject":"s",').replace(/,(\s*)\}/, "$1}");
    sameLinesAsParsed([line, `{"subject":"s",${other.slice(1)}`], { at: AT, onInvalid: "skip" }, "a line");
  }
  assert.ok(counts.accepted > 5_000 && counts.refused > 5_000, JSON.stringify(counts));
});

test("a real history broken off at any byte is refused; with any byte another it is what JSON.parse makes of it", () => {
  const random = new Random(31);
  let texts = 0;
  for (const seed of [3, 8, 21]) {
    const { history } = generateCase(7_200_000 + seed);
    history.events = history.events.slice(0, 12).map((event) => ({ ...event, time: event.time ?? TIME }));
    const bytes = Buffer.from(spelled(random, history, " \n").trim());
    for (let end = 0; end < bytes.length; end += 1) {
      assert.match(readBy(() => prying.score(bytes.subarray(0, end), { at: AT, onInvalid: "skip" })), /^history-(invalid-json|duplicate-key)$/, `${end} of ${bytes}`);
    }
    for (let place = 0; place < bytes.length; place += 1) {
      for (const byte of [random.integer(0, 255), ...Buffer.from(random.sample([..."\"\\{}[]:,0e-. ntx\u0001"], 3).join(""))]) {
        const changed = Buffer.from(bytes);
        changed[place] = byte;
        sameAsParsed(prying, changed, { at: AT, onInvalid: "skip" }, `byte ${place}`);
        texts += 1;
      }
    }
  }
  assert.ok(texts > 5_000, `${texts}`);
});

test("lines broken off at any byte, or with any byte another", () => {
  const random = new Random(37);
  const lines = [`{"subject":"é","type":"login","time":${TIME},"id":"a","data":{"n":2,"item":{"name":"free"}}}`, `{"type":"üb\\u0075ng","subject":"b","time":"2024-03-30T00:00:00Z","data":{"n":1}}`, `{ "subject": "é", "time": 1.7e12, "more": [1, {}], "type": "x" }`];
  const bytes = Buffer.from(lines.join("\n"));
  for (let end = 0; end <= bytes.length; end += 1) sameLinesAsParsed(bytes.subarray(0, end), { at: AT, onInvalid: "skip" }, `cut at ${end}`);
  for (let place = 0; place < bytes.length; place += 1) {
    for (const byte of [...Buffer.from("\"\\{}[]:,0e-. nt\n\r\u0001"), 0x80, 0xc3, 0xff, random.integer(0, 255)]) {
      const changed = Buffer.from(bytes);
      changed[place] = byte;
      sameLinesAsParsed(changed, { at: AT, onInvalid: "skip" }, `byte ${place}, ${byte}`);
    }
  }
});

test("byte order marks, and what is no white space", () => {
  const event = `{"subject":"s","type":"login","time":${TIME}}`;
  for (const mark of ["\ufeff", "\u00a0", "\u2028", "\u000b", "\u000c", "\u0000"]) {
    for (const text of [`${mark}{"events":[]}`, `{"events":[]}${mark}`, `{${mark}"events":[]}`, `{"events":[${mark}]}`, `{"events":[${mark}${event}]}`]) {
      for (const input of [text, Buffer.from(text)]) assert.equal(readBy(() => prying.score(input, { at: AT })), "history-invalid-json", JSON.stringify(text));
    }
    for (const line of [mark + event, event + mark]) assert.equal(readBy(() => prying.scoreMany(line, { at: AT })), "line-invalid-json", JSON.stringify(line));
  }
  const utf16 = Buffer.from(`\ufeff{"events":[]}`, "utf16le");
  assert.equal(readBy(() => prying.score(utf16, { at: AT })), "history-invalid-json");
});

test("bytes that are no UTF-8 are refused, wherever they stand", () => {
  const bad = [[0x80], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0xff], [0xf8, 0x88, 0x80, 0x80, 0x80]];
  const around = [['{"events":[{"type":"a', `","time":${TIME}}]}`], [`{"events":[{"type":"a","time":${TIME},"id":"`, '"}]}'], [`{"events":[{"type":"a","time":${TIME},"data":{"more":"`, '"}}]}'], [`{"events":[{"type":"a","time":${TIME},"data":{"`, '":1}}]}'], ['{"events":[],"', '":1}'], ['{"events":[],"profile":{"a":"', '"}}']];
  for (const bytes of bad) {
    for (const [before, after] of around) {
      for (const padding of ["", "x", "xxxxxxx", "x".repeat(64)]) {
        const text = Buffer.concat([Buffer.from(before + padding), Buffer.from(bytes), Buffer.from(padding + after)]);
        assert.equal(readBy(() => prying.score(text, { at: AT })), "history-invalid-json", text.toString("latin1"));
      }
    }
    const line = Buffer.concat([Buffer.from('{"subject":"s'), Buffer.from(bytes), Buffer.from(`","type":"a","time":${TIME}}`)]);
    assert.equal(readBy(() => prying.scoreMany(line, { at: AT })), "line-invalid-json");
  }
});

test("nesting at the limit: in data, read or not, in other keys, in lines", () => {
  const nest = (depth, open, close) => `${open.repeat(depth)}1${close.repeat(depth)}`;
  const shapes = [["[", "]"], ['{"a":', "}"], ['{"item":', "}"], ['[{"n":', "}]"]];
  const places = [
    [3, (deep) => `{"events":[{"type":"login","time":${TIME},"data":{"more":${deep}}}]}`, 1], [3, (deep) => `{"events":[{"type":"login","time":${TIME},"data":{"item":${deep}}}]}`, 1],
    [3, (deep) => `{"events":[{"type":"login","time":${TIME},"more":${deep}}]}`, 0], [1, (deep) => `{"more":${deep},"events":[]}`, 0], [1, (deep) => `{"events":[],"profile":{"x":${deep}}}`, 1],
  ];
  for (const [open, close] of shapes) {
    const step = open.startsWith("[{") ? 2 : 1;
    for (const [before, place, own] of places) {
      for (let depth = 1; depth <= 66; depth += 1) {
        const total = before + own + depth * step;
        const found = readBy(() => prying.score(place(nest(depth, open, close)), { at: AT }));
        assert.equal(found, total <= 64 ? "accepted" : "history-too-deep", `${total}: ${place(open)}`);
      }
    }
    for (let depth = 1; depth <= 66; depth += 1) {
      const line = `{"subject":"s","type":"login","time":${TIME},"data":{"more":${nest(depth, open, close)}}}`;
      const found = readBy(() => prying.scoreMany(line, { at: AT }));
      // A line stands by itself, or counts as an event of a history: either bound will do, but there is one.
      if (2 + depth * step <= 61) assert.equal(found, "accepted", line);
      if (2 + depth * step > 64) assert.match(found, /^(line|history|event)-/, line);
    }
  }
});

test("keys of starwise's own that stand twice are refused, and twice-said data is the last said", () => {
  const event = `"type":"login","time":${TIME}`;
  const twice = ['"type":"login"', '"ty\\u0070e":"login"', `"time":${TIME}`, `"t\\u0069me":"2024-03-30T00:00:00Z"`];
  for (const more of twice) {
    for (const text of [`{${event},${more}}`, `{${more},${event}}`]) {
      assert.equal(readBy(() => prying.score(`{"events":[${text}]}`, { at: AT })), "history-duplicate-key", text);
      assert.notEqual(readBy(() => prying.scoreMany(`{"subject":"s",${text.slice(1)}`, { at: AT })), "accepted", text);
    }
  }
  for (const more of ['"id":"a","id":"a"', '"id":null,"id":null', '"data":{},"data":{}', '"data":null,"d\\u0061ta":{}']) {
    assert.equal(readBy(() => prying.score(`{"events":[{${event},${more}}]}`, { at: AT })), "history-duplicate-key", more);
  }
  for (const text of ['{"events":[],"events":[]}', '{"events":[],"ev\\u0065nts":5}', '{"events":[],"profile":{},"profile":{}}', '{"profile":null,"events":[],"profile":null}']) {
    assert.equal(readBy(() => prying.score(text, { at: AT })), "history-duplicate-key", text);
  }
  assert.equal(readBy(() => prying.score('{"events":[],"more":1,"more":2}', { at: AT })), "accepted");
});

/** Scores a text and what JSON.parse makes of it, which must come to the same; tells whether it was accepted. */
function sameAsParsed(model, input, options, what) {
  const found = outcome(() => model.score(input, options));
  const parsed = parsedFrom(input);
  if (parsed === undefined) {
    assert.ok(found.code, `${what}: accepted ${input}`);
    return false;
  }
  // JSON.parse is content with keys that stand twice.
  if (found.code === "history-duplicate-key") return false;
  assert.deepEqual(found, outcome(() => model.score(parsed.value, options)), `${what}: ${input}`);
  return !found.code;
}

/** Scores lines at once, and by subject what JSON.parse makes of them. */
function sameLinesAsParsed(input, options, what) {
  const text = Array.isArray(input) ? input.join("\n") : input;
  const { subjects, points, ignored } = prying.scoreMany(text, options);
  const lines = Array.isArray(input) ? input : splitLines(input);
  let invalid = 0;
  const known = new Map();
  for (const line of lines) {
    if (/^[ \t\r]*$/.test(line)) continue;
    const event = parsedFrom(line)?.value;
    const isObject = typeof event === "object" && event !== null && !Array.isArray(event);
    const isSubject = isObject && typeof event.subject === "string" && event.subject !== "" && event.subject.isWellFormed();
    const isEvent = isSubject && outcome(() => prying.score({ events: [event] }, { at: AT })).code === undefined;
    // A key that stands twice is for another test: here its line may count or not, but no other.
    if (/"(subject|type|time|id|data)"[^]*"\1"\s*:/.test(unescaped(line))) return;
    if (isSubject && Object.hasOwn(event, "profile")) return;
    if (!isEvent) invalid += 1;
    else known.set(event.subject, [...(known.get(event.subject) ?? []), event]);
  }
  const shown = `${what}: ${text}`;
  assert.equal(ignored.invalid, invalid, shown);
  assert.deepEqual(new Set(subjects), new Set(known.keys()), shown);
  for (const [place, subject] of subjects.entries()) {
    const expected = prying.score({ events: known.get(subject) }, { ...options, include: undefined }).points;
    const found = points[place];
    assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${shown}: ${found} is not ${expected} for ${subject}`);
  }
}

function splitLines(bytes) {
  const lines = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(10, from);
    lines.push(bytes.subarray(from, end < 0 ? bytes.length : end));
    from = end < 0 ? bytes.length + 1 : end + 1;
  }
  return lines;
}

/** What JSON.parse makes of a text or of UTF-8; nothing where it refuses. */
function parsedFrom(input) {
  try {
    const text = typeof input === "string" ? input : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(input);
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function unescaped(line) {
  return String(line).replace(/\\u00([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

function outcome(score) {
  try {
    return { result: score() };
  } catch (error) {
    if (error instanceof StarwiseError) return { code: error.code, path: error.path };
    throw error;
  }
}

/** One of the many texts of a value: white space, escapes, numbers written otherwise, keys of data said before. */
function spelled(random, value, spaces = " \t\r\n") {
  const [rate, escaping] = [random.pick([0, 0, 5, 40]), random.pick([0, 3, 3, 30])];
  const space = () => (random.chance(rate) ? random.pick([...spaces]) : "");
  const text = (plain) => {
    const written = JSON.stringify(plain);
    if (!random.chance(escaping)) return written;
    return `"${Array.from({ length: plain.length }, (_, at) => (random.chance(50) || /[^ !#-[\]-~]/.test(plain[at]) ? `\\u${plain.charCodeAt(at).toString(16).padStart(4, "0")}` : plain[at])).join("")}"`;
  };
  const number = (plain) => {
    const written = JSON.stringify(plain);
    if (!/^\d+$/.test(written) || !random.chance(escaping)) return written;
    return random.pick([`${written}.0`, `${written}e0`, `${written}0E-1`, `${written}000000000000000000000e-21`, `${written}.000000000000000000000000`, `${Number(written) / 10}e1`.includes("e1") && Number(`${Number(written) / 10}e1`) === plain ? `${Number(written) / 10}e1` : written]);
  };
  const write = (item, isData) => `${space()}${body(item, isData)}${space()}`;
  const body = (item, isData) => {
    if (typeof item === "string") return text(item);
    if (typeof item === "number") return number(item);
    if (typeof item !== "object" || item === null) return JSON.stringify(item);
    if (Array.isArray(item)) return `[${item.map((one) => write(one, isData)).join(",")}${item.length === 0 ? space() : ""}]`;
    const entries = Object.entries(item).map(([key, one]) => {
      const entry = `${space()}${text(key)}${space()}:${write(one, isData || key === "data")}`;
      const stranger = isData && random.chance(escaping / 2) ? `${text(key)}:${write(random.pick(Object.values(item)), true)},` : "";
      return stranger + entry;
    });
    return `{${entries.join(",")}${entries.length === 0 ? space() : ""}}`;
  };
  return write(value, false);
}

function shuffledKeys(random, object) {
  return Object.fromEntries(random.shuffle(Object.entries(object)));
}

function spoilt(random) {
  let text = random.pick(SEEDS);
  for (let times = random.integer(0, 3); times > 0; times -= 1) {
    const from = random.integer(0, text.length);
    const to = random.chance(50) ? from : Math.min(text.length, from + random.integer(1, 4));
    const insert = random.chance(60) ? random.pick(SPOILERS) : random.chance(50) ? random.pick(SEEDS) : "";
    text = text.slice(0, from) + insert + text.slice(to);
  }
  return text;
}

function numberText(random) {
  const digits = (most) => Array.from({ length: random.integer(1, most) }, () => random.integer(0, 9)).join("");
  const whole = random.chance(20) ? "0" : `${random.integer(1, 9)}${random.chance(30) ? "" : digits(20)}`;
  const fraction = random.chance(50) ? `.${digits(25)}` : "";
  const exponent = random.chance(50) ? `e${random.pick(["", "+", "-"])}${random.integer(0, 330)}` : "";
  return `${random.chance(50) ? "-" : ""}${whole}${fraction}${exponent}`;
}

function character(random) {
  return random.pick([
    "a", " ", "é", "漢", "😀", "\\n", "\\\\", '\\"', "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\ude00", "\\uD83D\\u0041", "\\ud800\\ud83d\\ude00",
  ]);
}

function parses(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readBy(score) {
  try {
    score();
    return "accepted";
  } catch (error) {
    if (error instanceof StarwiseError) return error.code;
    throw error;
  }
}
