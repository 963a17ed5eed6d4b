// The proof: a flood of events from many clients at once, while objects are thrown out of memory and the power is cut. Clients send again
// what was not acknowledged. In the end every customer's score must be that of their whole history, and every event must be there, once.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startEdge } from "./edge.mjs";
import { floodOf, keptOf, randomOf } from "./flood.mjs";

const { Ledger, Model } = await import(pathToFileURL(fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url))));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
/** Longer than any way back up takes; who still fails then will not get through. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 20;
const DOWN_MS = 200;
const NEAR = 1e-9;

/** The next version of the model: other points, another period, and a criterion about what was never read before. */
function nextModel() {
  const next = structuredClone(json);
  next.version = 2;
  next.period = "60d";
  next.parts[0].criteria[0].points = 4;
  next.parts[1].criteria.push({ id: "page-viewed", kind: "event", event: "page.viewed", points: 1, perDay: 3, limit: 15, label: "Look around" });
  return next;
}

/** @param {{ seed: number, events: number, customers: number, clients: number, kills: number, evictions: number, log?: Function }} size */
export async function prove({ seed, events, customers, clients, kills, evictions, log = () => {} }) {
  const begunMs = Date.now();
  const nowMs = begunMs;
  const { names, bodies, chores, duplicates } = floodOf({ seed, events, customers, nowMs });
  const random = randomOf(seed + 1);
  const edge = await startEdge({
    model: json,
    variables: { REQUESTS_PER_MINUTE: "100000000" },
    parts: { worker: "frail-worker.mjs", object: "frail-object.mjs" },
    isQuiet: true,
  });
  const counts = { events: events + duplicates, duplicates, bodies: bodies.length, kills: 0, evictions: 0, retries: 0, refusedAgain: 0, lost: 0 };
  let sent = 0;
  let isOver = false;
  const progress = () => sent / bodies.length;
  const clock = () => performance.now();

  /** Asks until there is an answer; a worker that is down comes back. `attempts` notes when each try began and ended. */
  async function persist(method, path, { attempts = [], ...options }, isDone = ({ status }) => status !== 503) {
    for (const from = clock(); ; ) {
      const attempt = { from: clock() };
      attempts.push(attempt);
      const found = await edge.ask(method, path, options).catch(() => ({ status: 0 }));
      attempt.to = clock();
      if (found.status === 0) {
        counts.lost += 1;
        await sleep(DOWN_MS);
      } else if (isDone(found)) return Object.assign(found, { attempt });
      if (clock() - from > PATIENCE_MS) throw new Error(`${method} ${path} is never answered: ${found.status} ${JSON.stringify(found.body)}`);
      counts.retries += 1;
      await sleep(AGAIN_MS + random() * AGAIN_MS);
    }
  }

  /** Sends a body; what it may not have taken in goes again, and nothing else. */
  async function send({ events: list, form }) {
    for (const event of list) event.attempts = [];
    const strip = ({ attempts: _attempts, ...event }) => event;
    for (let left = list; left.length; ) {
      const plain = left.map(strip);
      const body = form === "lines" ? plain.map((event) => JSON.stringify(event)).join("\n") : JSON.stringify(form === "one" ? plain[0] : form === "object" ? { events: plain } : plain);
      const headers = { "Content-Type": form === "lines" ? "application/x-ndjson" : "application/json" };
      const attempts = [];
      const { status, body: answer, attempt } = await persist("POST", "events", { claims: INGEST, body, headers, attempts }, ({ status: code, body: found }) => code !== 503 || Array.isArray(found?.refused));
      assert.ok([200, 207, 422, 503].includes(status), `${status}: ${JSON.stringify(answer)}`);
      const again = new Set();
      for (const { index, again: isAgain, ...fault } of answer.refused) {
        assert.ok(isAgain, `refused for good: ${JSON.stringify(fault)} ${JSON.stringify(plain[index])}`);
        again.add(index);
      }
      assert.equal(answer.taken, left.length - again.size);
      for (const [index, event] of left.entries()) {
        for (const tried of attempts) event.attempts.push(tried === attempt ? { ...tried, isTaken: !again.has(index) } : tried);
      }
      left = left.filter((_event, index) => again.has(index));
      counts.refusedAgain += left.length;
      if (left.length) await sleep(AGAIN_MS);
    }
    sent += 1;
  }

  let next = 0;
  async function client() {
    while (next < bodies.length) {
      next += 1;
      await send(bodies[next - 1]);
    }
  }

  /** What concerns a whole customer, one after the other, each when its time has come. */
  async function caretaker(list) {
    for (const { name, step } of list) {
      while (progress() < step.at && sent < bodies.length) await sleep(AGAIN_MS);
      const path = encodeURIComponent(name);
      const attempts = [];
      const { status, body } = step.what === "describe"
        ? await persist("PUT", `profile/${path}`, { claims: INGEST, body: step.body, attempts })
        : await persist("DELETE", `customer/${path}`, { claims: ADMIN, attempts });
      assert.equal(status, 200, JSON.stringify(body));
      Object.assign(step, { from: attempts[0].from, to: attempts.at(-1).to });
    }
  }

  async function evictor() {
    while (!isOver) {
      while (!isOver && counts.evictions >= evictions * Math.max(progress(), 0.01)) await sleep(AGAIN_MS);
      const name = names[Math.floor(names.length * random() ** 3)];
      const { status } = await edge.ask("POST", `evict/${encodeURIComponent(name)}`).catch(() => ({ status: 0 }));
      if (status === 204) counts.evictions += 1;
      else await sleep(AGAIN_MS);
    }
  }

  /** Cuts the power at random moments; once, what comes up again has another model. */
  async function killer() {
    const moments = Array.from({ length: kills }, (_, number) => (number + 0.2 + random() * 0.6) / kills).map((share) => share * 0.95);
    for (const [number, moment] of moments.entries()) {
      edge.prepare();
      while (progress() < moment) await sleep(1 + random() * 10);
      await edge.kill();
      counts.kills += 1;
      const downMs = clock();
      const isDeploy = number === kills >> 1;
      await edge.start(isDeploy ? { model: nextModel() } : {});
      log(`${(100 * progress()).toFixed(0)} %: killed and started again in ${((clock() - downMs) / 1000).toFixed(1)} s${isDeploy ? ", with the next model" : ""}`);
    }
  }

  // Two lists of chores, so that each customer's stay in order while some go on at once.
  const lists = [0, 1].map((part) => chores.flatMap(({ name, steps }, number) => (number % 2 === part ? steps.map((step) => ({ name, step })) : [])).sort((one, other) => one.step.at - other.step.at));
  const evicting = Promise.all([evictor(), evictor(), evictor()]);
  try {
    await Promise.all([...Array.from({ length: clients }, client), ...lists.map(caretaker), killer()]);
  } finally {
    isOver = true;
    await evicting;
  }
  const sentSeconds = (Date.now() - begunMs) / 1000;
  log(`all is acknowledged after ${sentSeconds.toFixed(1)} s: ${JSON.stringify(counts)}`);

  const histories = new Map(names.map((name) => [name, []]));
  for (const body of bodies) for (const event of body.events) histories.get(event.customer).push(event);
  const model = new Model(kills ? nextModel() : json);
  const at = Date.now();
  const check = async () => {
    let held = 0;
    for (const [number, name] of names.entries()) held += await checked(name, histories.get(name), chores[number].steps, { model, at, persist });
    return held;
  };
  edge.prepare();
  counts.held = await check();
  log(`every score is that of the whole history, of ${names.length} customers with ${counts.held} events`);
  await edge.kill();
  await edge.start();
  assert.equal(await check(), counts.held);
  await edge.remove();
  const seconds = (Date.now() - begunMs) / 1000;
  log(`and after one more cut, from what is on disk, once more: ${seconds.toFixed(1)} s in all`);
  return { seed, ...counts, customers: names.length, sentSeconds, seconds };
}

/** Compares what is held of a customer with what was acknowledged; gives how many events that are. */
async function checked(name, history, steps, { model, at, persist }) {
  const path = encodeURIComponent(name);
  const forgotten = steps.find(({ what }) => what === "forget");
  const described = steps.filter(({ what, from }) => what === "describe" && !(from < forgotten?.to));
  const { must, may } = expectedOf(history, forgotten);
  const found = await persist("GET", `export/${path}`, { claims: ADMIN });
  const asked = await persist("GET", `score/${path}?at=${at}&include=all`, { claims: ADMIN });
  if (found.status === 404) {
    assert.equal(asked.status, 404);
    assert.deepEqual([must.size, described.length], [0, 0], `${name} is unknown`);
    return 0;
  }
  assert.deepEqual([found.status, asked.status], [200, 200], `${name}: ${JSON.stringify(asked.body)}`);
  const held = new Set(found.body.events.map((event) => JSON.stringify(event)));
  for (const text of must) assert.ok(held.has(text), `${name} has lost ${text}`);
  for (const text of held) assert.ok(may.has(text), `${name} has ${text}, which was forgotten or never sent`);
  const { profile = {}, timeZone = "UTC", dayStartHour = 0 } = Object.assign({}, ...described.map(({ body }) => body));
  assert.deepEqual([found.body.profile, found.body.timeZone, found.body.dayStartHour], [profile, timeZone, dayStartHour], name);
  const events = [...held].map((text) => JSON.parse(text));
  const options = { at, include: "all" };
  const ledger = new Ledger(model, { profile, timeZone, dayStartHour });
  ledger.add(events);
  assert.deepEqual(scoreOf(asked.body), scoreOf(ledger.score(options)), `the score of ${name}, to the last bit`);
  ledger.free();
  assertNear(scoreOf(asked.body), scoreOf(model.score({ profile, events }, { timeZone, dayStartHour, ...options })), `the score of ${name}`);
  return held.size;
}

/** The events that must be held, and those that may: they differ only for who was forgotten while events were under way. */
function expectedOf(history, forgotten) {
  const [must, may] = [new Set(), new Set()];
  for (const { attempts, ...event } of history) {
    const text = JSON.stringify(keptOf(event));
    assert.ok(attempts.some(({ isTaken }) => isTaken));
    if (!forgotten || attempts.some(({ isTaken, from }) => isTaken && from > forgotten.to)) must.add(text);
    if (!forgotten || attempts.some(({ to }) => to > forgotten.from)) may.add(text);
  }
  return { must, may };
}

/** A score as JSON has it, without the number of duplicates: how often something came is nobody's matter. */
function scoreOf({ ignored: _ignored, ...score }) {
  return JSON.parse(JSON.stringify(score));
}

/** Numbers may differ by what adding up in another order makes of them, a ledger's in blocks; all else must be the same. */
function assertNear(found, expected, where) {
  if (typeof found === "number" && typeof expected === "number") {
    assert.ok(Math.abs(found - expected) <= NEAR * Math.max(1, Math.abs(expected)), `${where}: ${found} instead of ${expected}`);
  } else if (found !== null && expected !== null && typeof found === "object" && typeof expected === "object") {
    assert.deepEqual(Object.keys(found).sort(), Object.keys(expected).sort(), where);
    for (const key of Object.keys(found)) assertNear(found[key], expected[key], `${where}.${key}`);
  } else {
    assert.equal(found, expected, where);
  }
}
