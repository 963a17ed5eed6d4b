// A score through time, and a ledger: asked again and again, against scoring again and again.
import { assertAgree } from "./agree.mjs";
import { ExpertLedger } from "./expert-ledger.mjs";
import * as expert from "./expert.mjs";
import { interleave } from "./interleave.mjs";
import { isolate } from "./isolate.mjs";
import { conclude } from "./report.mjs";
import { rounds } from "./rounds.mjs";
import { folder, starwise } from "./starwise.mjs";
import { AT, DAY, makeHistory, makeRandom, TYPES } from "./workload.mjs";

const { Ledger } = await import(new URL("index.node.js", folder));

const HOUR = DAY / 24;
const YEAR = 365;
/** Calls a round: a ledger of 1,000 events is one of about 1,000 all the time. */
const CALLS = 50;
/** Before all events of the histories. */
const ORIGIN = AT - 130 * DAY;
const SPAN = { from: AT - 300 * DAY, to: AT + 64 * DAY, step: "1d" };

const results = await isolate(import.meta.url, {
  timeline,
  "adding, 1,000 events": () => adding(1_000),
  "adding, 10,000 events": () => adding(10_000),
  "adding late, 1,000 events": () => adding(1_000, true),
  "adding late, 10,000 events": () => adding(10_000, true),
  "ahead, 1,000 events": () => ahead(1_000),
  "ahead, 10,000 events": () => ahead(10_000),
  sizes,
});

console.log("`expert`: JavaScript written out for this model, a loop over all events. `ledger in JS`: running sums written out for it.");
console.log("Both check nothing and give no receipt; starwise does both.");
console.log("\nA timeline of 365 days over 10,000 events, the history as objects:");
table(results.timeline, ["starwise, 365 scores", "expert, 365 scores"]);

for (const count of ["1,000", "10,000"]) {
  console.log(`\nAn event is added, and all are scored: ${count} events.`);
  spread(results[`adding, ${count} events`], ["expert, afresh", "ledger in JS"]);
  console.log("The same, the event being one of the last ten days: it has to be put in its place.");
  spread(results[`adding late, ${count} events`], ["expert, afresh", "ledger in JS"]);
}
for (const count of ["1,000", "10,000"]) {
  console.log(`\nLooking ahead, ${count} events:`);
  table(results[`ahead, ${count} events`], ["model, score", "ledger, score"]);
}
console.log("\nSnapshots:");
console.table(results.sizes);
// No ratio of these has a goal yet.
conclude({});

async function timeline() {
  const history = makeHistory(10_000);
  const ledger = ledgerOf(history);
  const byHand = expertOf(history);
  const times = Array.from({ length: YEAR }, (_, day) => SPAN.from + day * DAY);
  const { points, stars } = starwise.timeline(history, SPAN);
  times.forEach((at, day) => assertAgree(`day ${day}`, { points: points[day], stars: stars[day] }, expert.score(history, at)));
  times.forEach((at, day) => assertAgree(`day ${day}, ledger in JS`, byHand.score(at), { points: points[day], stars: stars[day] }));
  return interleave({
    "starwise, timeline": () => starwise.timeline(history, SPAN),
    "ledger, timeline": () => ledger.timeline(SPAN),
    "ledger, 365 scores": () => times.forEach((at) => ledger.score({ at })),
    "ledger in JS, 365 scores": () => times.forEach((at) => byHand.score(at)),
    "expert, 365 scores": () => times.forEach((at) => expert.score(history, at)),
    "starwise, 365 scores": () => times.forEach((at) => starwise.score(history, { at })),
  });
}

/** One event a call, the latest of all or a late one, and the score at its time. */
function adding(count, isLate = false) {
  const history = makeHistory(count);
  const random = makeRandom(7);
  const events = Array.from({ length: CALLS }, (_, call) => {
    const now = AT + DAY + call * HOUR;
    const type = TYPES[Math.floor(random() * TYPES.length)];
    const time = isLate ? now - Math.floor(random() * 10 * DAY) : now;
    return { now, event: { type, time, ...(type === "purchase" ? { data: { quantity: 2, plan: "pro" } } : {}) } };
  });
  const bytes = ledgerOf(history).toBytes();
  const contenders = {
    "starwise, ledger": () => {
      const ledger = Ledger.fromBytes(starwise, bytes);
      ledger.score({ at: AT });
      const call = (index) => {
        ledger.add(events[index].event);
        return ledger.score({ at: events[index].now });
      };
      return Object.assign(call, { end: () => ledger.free() });
    },
    "ledger in JS": () => {
      const ledger = expertOf(history);
      return (index) => {
        ledger.add(events[index].event);
        return ledger.score(events[index].now);
      };
    },
    "expert, afresh": () => {
      const grown = { profile: history.profile, events: history.events.slice() };
      return (index) => {
        grown.events.push(events[index].event);
        return expert.score(grown, events[index].now);
      };
    },
  };
  const calls = Object.entries(contenders).map(([name, make]) => [name, make()]);
  for (let index = 0; index < CALLS; index += 1) {
    const [first, ...rest] = calls.map(([name, call]) => [name, call(index)]);
    for (const [name, found] of rest) assertAgree(`${name}, event ${index}`, found, first[1]);
  }
  return rounds(contenders, CALLS);
}

async function ahead(count) {
  const history = makeHistory(count);
  const ledger = ledgerOf(history);
  const include = (name) => ({ at: AT, include: [name] });
  const year = { from: AT - 182 * DAY, to: AT + 183 * DAY };
  return interleave({
    "model, score": () => starwise.score(history, { at: AT }),
    "model, next change": () => starwise.score(history, include("nextChange")),
    "model, next star": () => starwise.score(history, include("nextStar")),
    "model, transitions of a year": () => starwise.transitions(history, year),
    "ledger, score": () => ledger.score({ at: AT }),
    "ledger, next change": () => ledger.score(include("nextChange")),
    "ledger, next star": () => ledger.score(include("nextStar")),
    "ledger, transitions of a year": () => ledger.transitions(year),
  });
}

async function sizes() {
  const rows = {};
  for (const count of [100, 1_000, 10_000]) rows[`${count.toLocaleString("en")} events`] = await sizeOf(makeHistory(count));
  rows["1,000 events with ids"] = await sizeOf(makeHistory(1_000, { ids: true }));
  rows["a year, an event a day"] = await sizeOf(makeYear(1));
  rows["a year, five events a day"] = await sizeOf(makeYear(5));
  rows["the same, saved and loaded every day"] = await sizeOf(makeYear(5), ledgerOfVisits(makeYear(5)));
  return rows;
}

async function sizeOf(history, ledger = ledgerOf(history)) {
  const bytes = ledger.toBytes();
  const took = await interleave({
    out: () => ledger.toBytes(),
    in: () => Ledger.fromBytes(starwise, bytes).free(),
  });
  const compacted = Ledger.fromBytes(starwise, bytes);
  compacted.compact(AT);
  const { size } = compacted;
  return {
    bytes: bytes.length,
    "bytes an event": Number((bytes.length / history.events.length).toFixed(2)),
    "JSON, bytes": JSON.stringify(history).length,
    "toBytes, µs": Number((took.out / 1e3).toPrecision(3)),
    "fromBytes, µs": Number((took.in / 1e3).toPrecision(3)),
    "compacted, bytes": compacted.toBytes().length,
    "left one by one": size,
  };
}

/** A year before the instant: so many events a day, at waking hours, a purchase every month. */
function makeYear(daily) {
  const random = makeRandom(3);
  const events = [];
  for (let day = YEAR; day > 0; day -= 1) {
    for (let number = 0; number < daily; number += 1) {
      const time = AT - day * DAY + Math.floor((8 + 14 * random()) * HOUR);
      const type = number === 0 ? (day % 30 === 0 ? "purchase" : "login") : TYPES[1 + Math.floor(random() * 4)];
      events.push({ type, time, ...(type === "purchase" ? { data: { quantity: 1 } } : {}) });
    }
  }
  return { profile: { createdAt: AT - 400 * DAY }, events };
}

/** One that has been scored: what it prepares is there. */
function ledgerOf({ profile, events }) {
  const ledger = new Ledger(starwise, { profile });
  ledger.add(events);
  ledger.score({ at: AT });
  return ledger;
}

/** One that a page loads every day: each time under another name, by which it is told who recorded what. */
function ledgerOfVisits({ profile, events }) {
  let ledger = new Ledger(starwise, { profile });
  let today = 0;
  for (const event of events) {
    const day = Math.floor(event.time / DAY);
    if (day > today) {
      const loaded = Ledger.fromBytes(starwise, ledger.toBytes());
      ledger.free();
      ledger = loaded;
    }
    today = day;
    ledger.add(event);
  }
  return ledger;
}

function expertOf({ profile, events }) {
  const ledger = new ExpertLedger(profile, ORIGIN);
  for (const event of events) ledger.add(event);
  return ledger;
}

/** Contenders by their medians, beside some of them. */
function table(took, rivals) {
  const rows = Object.entries(took).map(([name, time]) => [name, row(time, Object.fromEntries(rivals.map((rival) => [rival, took[rival]])))]);
  console.table(Object.fromEntries(rows));
}

/** The same, with the quarters of all rounds. */
function spread(took, rivals) {
  const medians = Object.fromEntries(rivals.map((rival) => [rival, took[rival].median]));
  const rows = Object.entries(took).map(([name, { median, quarters }]) => [
    name,
    { ...row(median, medians), "half of all rounds": quarters.map(lasting).join(" to ") },
  ]);
  console.table(Object.fromEntries(rows));
}

function row(time, rivals) {
  const ratios = Object.entries(rivals).map(([rival, other]) => [`beside ${rival}`, `${(other / time).toPrecision(3)}x`]);
  return { median: lasting(time), ...Object.fromEntries(ratios) };
}

function lasting(nanoseconds) {
  if (nanoseconds < 1e6) return `${Number((nanoseconds / 1e3).toPrecision(3))} µs`;
  return `${Number((nanoseconds / 1e6).toPrecision(3))} ms`;
}
