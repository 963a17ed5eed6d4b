// The census: counts, percentiles and the baseline are those that the package gives over the same histories.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { countsAfter, narrowed, percentilesOf, prefixesOf, searchFor } from "../../www/edge/core/percentile.js";
import { SECRET, startEdge } from "./edge.mjs";

const pkg = fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url));
const { Model } = await import(pathToFileURL(pkg));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
const TYPES = ["task.added", "task.completed", "comment.written", "member.invited", "review.written", "nudge.answered"];
const HOUR_MS = 3_600_000;
const NOW_MS = Date.now();
const MANY = 1000;
const SOME = 120;

/** The same numbers in each run. */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Percentiles of type 7, from a sorted list. */
function percentileOf(sorted, share) {
  const place = (sorted.length - 1) * share;
  const [lower, upper] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return lower + (place % 1) * (upper - lower);
}

const near = (one, other) => assert(Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other)), `${one} is not ${other}`);

/** Names of all kinds, and some with little to do with letters. */
const nameOf = (number) => (number % 10 ? `c${number}` : `ü/${number} ☆`);

/** Customers with histories, and what the package makes of them. */
class Population {
  histories = new Map();

  constructor(size, seed) {
    const random = randomOf(seed);
    for (let number = 0; number < size; number += 1) {
      const events = Array.from({ length: 1 + Math.floor(random() * random() * 40) }, (_, place) => {
        const type = TYPES[Math.floor(random() * TYPES.length)];
        const data = type === "nudge.answered" ? { nudge: "nps", answer: Math.floor(random() * 11) } : { email: `${place}@example.com` };
        return { id: `e${place}`, type, time: NOW_MS - Math.floor(random() * 40 * 24) * HOUR_MS - place, data };
      });
      this.histories.set(nameOf(number), events);
    }
  }

  async send(edge) {
    const entries = [...this.histories];
    for (let from = 0; from < entries.length; from += 250) {
      const body = entries.slice(from, from + 250).flatMap(([customer, events]) => events.map((event) => ({ customer, ...event })));
      const { status, body: { taken } } = await edge.ask("POST", "events", { claims: INGEST, body });
      assert.deepEqual([status, taken], [200, body.length]);
    }
  }

  /** What a census at an instant has to say. */
  expected(model, at, baseline) {
    const results = [...this.histories].map(([name, events]) => ({ name, ...model.score({ events }, { at, baseline: baseline ?? 1 }) }));
    const points = Float64Array.from(results, (result) => result.points).sort();
    const found = baseline === undefined ? percentileOf(points, 0.95) : baseline;
    const counts = { stars: {}, segments: {}, audiences: {} };
    const members = {};
    for (const { name, stars, segment, audiences } of results) {
      counts.stars[stars] = (counts.stars[stars] ?? 0) + 1;
      counts.segments[segment] = (counts.segments[segment] ?? 0) + 1;
      for (const id of audiences) {
        counts.audiences[id] = (counts.audiences[id] ?? 0) + 1;
        (members[id] ??= []).push(name);
      }
    }
    return { points, p95: found, members, ...counts };
  }
}

async function until(look) {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const read = async (edge) => (await edge.ask("GET", "census", { claims: ADMIN })).body;

/** Takes a census, and waits for it. */
async function taken(edge) {
  const { status, body: { run } } = await edge.ask("POST", "census", { claims: ADMIN });
  assert.equal(status, 202);
  return finished(edge, run);
}

const finished = (edge, run) => until(async () => {
  const census = await read(edge);
  return census.done && census.run >= run && census;
});

/** Censuses until everybody has enrolled, which they do a second after their first event. */
const whole = (edge, size) => until(async () => {
  const census = await taken(edge);
  assert(census.customers <= size);
  return census.customers === size && census.points.count === size && census;
});

const withoutZeros = (counts) => Object.fromEntries(Object.entries(counts).filter(([, many]) => many));

function agree(census, expected, size) {
  assert.deepEqual([census.customers, census.unanswered, census.unscored], [size, 0, 0]);
  for (const what of ["stars", "segments", "audiences"]) assert.deepEqual(withoutZeros(census[what]), expected[what], what);
  const { points } = expected;
  const { count, min, mean, max, ...percentiles } = census.points;
  assert.equal(count, size);
  // A ledger adds up in blocks: the last bits may differ from those of a whole history.
  near(min, points[0]);
  near(max, points.at(-1));
  near(mean, points.reduce((sum, number) => sum + number, 0) / size);
  for (const percent of [50, 75, 90, 95, 99]) near(percentiles[`p${percent}`], percentileOf(points, percent / 100));
}

/** All customers of an audience, page by page. */
async function membersOf(edge, id, limit) {
  const names = [];
  let cursor = "";
  while (cursor !== null) {
    const { status, body } = await edge.ask("GET", `audience/${id}?limit=${limit}${cursor && `&cursor=${cursor}`}`, { claims: ADMIN });
    assert.equal(status, 200);
    assert(body.customers.length <= limit);
    names.push(...body.customers.map(({ customer }) => customer));
    ({ cursor } = body);
  }
  return names;
}

/** Waits until all audiences have the members that they have now: some change while the tests run. */
const listed = (edge, population, model, limit, baseline) => until(async () => {
  const found = {};
  for (const { id } of json.audiences) found[id] = (await membersOf(edge, id, limit)).toSorted();
  const { members } = population.expected(model, Date.now(), baseline);
  return json.audiences.every(({ id }) => found[id].join() === (members[id] ?? []).toSorted().join());
});

describe("percentiles, digit by digit", () => {
  test("are those of the sorted whole, wherever the numbers lie", () => {
    const random = randomOf(5);
    for (const size of [0, 1, 2, 3, 20, 21, 1000]) {
      for (const drawn of [() => Math.floor(random() * 5) - 2, () => (random() - 0.5) * 10 ** (random() * 300), () => 7, () => -random() * 1e-300]) {
        const places = Array.from({ length: 4 }, () => []);
        const all = Array.from({ length: size }, drawn);
        for (const number of all) places[Math.floor(random() * 4)].push(number);
        const sorted = places.map((numbers) => Float64Array.from(numbers).sort());
        let search = searchFor(size);
        for (let prefixes = prefixesOf(search); prefixes.length; prefixes = prefixesOf(search)) {
          const counts = prefixes.map((prefix) => sorted.map((numbers) => countsAfter(numbers, prefix)).reduce((sums, one) => sums.map((sum, digit) => sum + one[digit])));
          search = narrowed(search, prefixes, counts);
        }
        const whole = Float64Array.from(all).sort();
        for (const percent of [50, 75, 90, 95, 99]) {
          const expected = size ? percentileOf(whole, percent / 100) : null;
          assert.equal(percentilesOf(search)[`p${percent}`] + 0, expected + 0, `p${percent} of ${size}`);
        }
      }
    }
  });
});

describe("the census of 1,000 customers", () => {
  const population = new Population(MANY, 3);
  const model = new Model(json);
  let edge;
  before(async () => {
    edge = await startEdge({ model: json, variables: { SHARDS: "8", CENSUS_PAGE: "25" } });
    await population.send(edge);
  });

  test("has the counts, percentiles and audiences of their histories", async () => {
    const census = await whole(edge, MANY);
    const expected = population.expected(model, census.at);
    agree(census, expected, MANY);
    assert.equal(census.baseline, census.points.p95);
    await listed(edge, population, model, 1000);
    await until(async () => {
      const [few, many] = [await membersOf(edge, "churn-risk", 37), await membersOf(edge, "churn-risk", 1000)];
      // The order is the same for all sizes of pages, and nobody is left out or comes twice.
      return few.length > 37 && few.join() === many.join();
    });
  });

  test("goes on by itself after a power cut in the middle", async () => {
    let run;
    for (let isMiddle = false; !isMiddle;) {
      ({ body: { run } } = await edge.ask("POST", "census", { claims: ADMIN }));
      for (let census = await read(edge); !census.done && !isMiddle; census = await read(edge)) isMiddle = census.running.phase === "standing";
    }
    await edge.kill();
    await edge.start();
    const census = await finished(edge, run);
    assert.equal(census.run, run);
    agree(census, population.expected(model, census.at), MANY);
  });
});

describe("the census", () => {
  const population = new Population(SOME, 4);
  const model = new Model(json);
  const rules = { ...json, id: "relative", target: "baseline" };
  const relative = new Model(rules);
  const variables = { TOKEN_SECRET: SECRET, CENSUS_PAGE: "10" };
  let edge;
  before(async () => {
    edge = await startEdge({ model: json, variables });
    await population.send(edge);
  });

  test("before the first one there are no counts; and only `admin` may ask", async () => {
    assert.deepEqual(await read(edge), { done: false, at: null, baseline: null });
    for (const [method, path] of [["POST", "census"], ["GET", "census"], ["GET", "audience/detractor"]]) {
      assert.equal((await edge.ask(method, path, { claims: INGEST })).status, 403);
    }
    for (const [path, status, code] of [["nobody", 404, "audience-unknown"], ["detractor?cursor=x", 400, "query-invalid-cursor"], ["detractor?limit=0", 400, "query-invalid-limit"]]) {
      const { status: found, body } = await edge.ask("GET", `audience/${path}`, { claims: ADMIN });
      assert.deepEqual([found, body.error.code], [status, code]);
    }
  });

  test("the clock begins one, and goes on with one that is under way; a newer one by hand ends it", async () => {
    const { run } = await whole(edge, SOME);
    const struck = NOW_MS + 5000;
    await edge.strike(struck);
    await edge.strike(struck + 1000);
    const first = await finished(edge, run + 1);
    assert.deepEqual([first.run, first.at], [run + 1, struck]);
    await edge.strike(struck);
    assert.equal((await read(edge)).run, run + 1);
    const { body: second } = await edge.ask("POST", "census", { claims: ADMIN });
    const { body: third } = await edge.ask("POST", "census", { claims: ADMIN });
    const census = await finished(edge, third.run);
    assert.deepEqual([second.run, third.run, census.run, census.at], [run + 2, run + 3, run + 3, third.at]);
    agree(census, population.expected(model, census.at), SOME);
  });

  test("a model that takes the baseline: found, learnt by everybody, and counted by; over other shards than before", async () => {
    await edge.kill();
    await edge.start({ model: rules, variables: { ...variables, SHARDS: "3" } });
    const { body: { run } } = await edge.ask("POST", "census", { claims: ADMIN });
    const census = await finished(edge, run);
    near(census.baseline, population.expected(relative, census.at).p95);
    const expected = population.expected(relative, census.at, census.baseline);
    agree(census, expected, SOME);
    for (const name of [nameOf(0), nameOf(1), nameOf(50)]) {
      const { status, body } = await edge.ask("GET", `score/${encodeURIComponent(name)}`, { claims: { scope: "read", sub: name } });
      const { score, stars } = relative.score({ events: population.histories.get(name) }, { at: body.at, baseline: census.baseline });
      near(body.score, score);
      assert.deepEqual([status, body.stars], [200, stars]);
    }
    // Everybody was woken by the new baseline, and says where they stand now.
    await listed(edge, population, relative, 50, census.baseline);
  });

  test("who comes later learns it from their register; who is forgotten is nowhere", async () => {
    const { baseline } = await read(edge);
    const events = [{ id: "e", type: "task.completed", time: NOW_MS }];
    await edge.ask("POST", "events", { claims: INGEST, body: { customer: "newcomer", ...events[0] } });
    const { body } = await edge.ask("GET", "score/newcomer", { claims: { scope: "read", sub: "newcomer" } });
    near(body.score, relative.score({ events }, { at: body.at, baseline }).score);
    population.histories.set("newcomer", events);
    for (let number = 0; number < SOME; number += 6) {
      const name = nameOf(number);
      assert.equal((await edge.ask("DELETE", `customer/${encodeURIComponent(name)}`, { claims: ADMIN })).status, 200);
      population.histories.delete(name);
    }
    const size = population.histories.size;
    const census = await whole(edge, size);
    const expected = population.expected(relative, census.at, census.baseline);
    agree(census, expected, size);
    await listed(edge, population, relative, 50, census.baseline);
  });
});

describe("a model that takes the baseline, of which nothing is known", () => {
  let edge;
  before(async () => {
    edge = await startEdge({ model: { target: "baseline", criteria: [{ id: "buy", kind: "event", event: "buy", points: 10 }] }, options: { queueProducers: {} } });
  });

  test("without a queue there is no `later`", async () => {
    const { status, body } = await edge.ask("POST", "events?later=1", { claims: INGEST, body: { customer: "eve", type: "buy", time: NOW_MS } });
    assert.deepEqual([status, body.error.code], [501, "queue-missing"]);
  });

  test("says so, takes events all the same, and scores after the first census", async () => {
    const claims = { scope: "read", sub: "ana" };
    const body = [{ customer: "ana", id: "1", type: "buy", time: NOW_MS }];
    assert.equal((await edge.ask("POST", "events", { claims: INGEST, body })).status, 200);
    for (const path of ["score/ana", "progress/ana", "nudge/ana", "stars/ana.svg", `timeline/ana?from=${NOW_MS}&to=${NOW_MS}`]) {
      const { status, body: { error } } = await edge.ask("GET", path, { claims });
      assert.deepEqual([status, error.code], [409, "baseline-unknown"], path);
    }
    const census = await whole(edge, 1);
    assert.deepEqual([census.baseline, census.stars[5], census.unscored], [10, 1, 0]);
    assert.equal((await edge.ask("GET", "score/ana", { claims })).body.score, 100);
  });
});

describe("a register", () => {
  let edge;
  before(async () => {
    edge = await startEdge({ entry: fileURLToPath(new URL("counted-worker.js", import.meta.url)), variables: { SHARDS: "1" } });
  });

  test("asks for the baseline once while there is none, and names nobody when the census is over", async () => {
    const names = Array.from({ length: 10 }, (_, number) => `c${number}`);
    const body = names.map((customer) => ({ customer, type: "buy", time: NOW_MS }));
    assert.equal((await edge.ask("POST", "events", { claims: INGEST, body })).status, 200);
    const statuses = () => Promise.all(names.map(async (sub) => (await edge.ask("GET", `score/${sub}`, { claims: { scope: "read", sub } })).status));
    assert.deepEqual(new Set([...(await statuses()), ...(await statuses())]), new Set([409]));
    // A machine that is busy for a minute asks once more.
    const { body: asked } = await edge.ask("GET", "test/asked");
    assert.ok(asked >= 1 && asked < 5, `asked ${asked} times`);
    assert.equal((await whole(edge, names.length)).baseline, 10);
    assert.deepEqual(new Set(await statuses()), new Set([200]));
    const { body: { isDone, cursor } } = await edge.ask("GET", "test/walk");
    assert.deepEqual([isDone, cursor], [true, ""]);
  });
});
