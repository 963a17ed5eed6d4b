// The routes of the edge worker, as a backend and a page use them.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { pathToFileURL, fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { startEdge } from "./edge.mjs";

const pkg = fileURLToPath(new URL("../../pkg/index.node.js", import.meta.url));
const { Model, starsSvg } = await import(pathToFileURL(pkg));
const json = JSON.parse(readFileSync(new URL("../../www/edge/model.json", import.meta.url)));
const model = new Model(json);
const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
const readOf = (sub) => ({ scope: "read", sub });

describe("the routes", () => {
  let edge;
  before(async () => {
    edge = await startEdge();
  });

  test("events come in one by one, as a list, as an object and as lines, and score as the whole history does", async () => {
    const now = Date.now();
    const events = Array.from({ length: 12 }, (_, number) => ({ id: `e${number}`, type: ["task.added", "task.completed", "comment.written"][number % 3], time: now - number * 3_600_000, data: { task: number } }));
    const withName = events.map((event) => ({ customer: "ana", ...event }));
    const post = (body, headers) => edge.ask("POST", "events", { claims: INGEST, body, headers });
    assert.deepEqual((await post(withName[0])).body, { taken: 1, refused: [] });
    assert.deepEqual((await post(withName.slice(1, 4))).body, { taken: 3, refused: [] });
    assert.deepEqual((await post({ events: withName.slice(4, 8) })).body, { taken: 4, refused: [] });
    const lines = withName.slice(8).map((event) => JSON.stringify(event)).join("\n");
    assert.deepEqual((await post(lines, { "Content-Type": "application/x-ndjson" })).body, { taken: 4, refused: [] });
    const { status, body } = await edge.ask("GET", "score/ana", { claims: readOf("ana") });
    assert.equal(status, 200);
    const { ignored: _ignored, ...expected } = model.score({ events }, { at: body.at, include: ["nextChange"] });
    const { ignored: _own, ...found } = body;
    assert.deepEqual(found, JSON.parse(JSON.stringify(expected)));
  });

  test("good events of a body are taken, bad ones come back by index", async () => {
    const now = Date.now();
    const { status, body } = await edge.ask("POST", "events", {
      claims: INGEST,
      body: [
        { customer: "bo", type: "task.added", time: now },
        { customer: "bo", type: "task.added", time: "yesterday" },
        { type: "task.added", time: now },
        "no event",
        { customer: "bo", time: now },
        { customer: "bo", type: "task.completed", time: now - 5 },
      ],
    });
    assert.equal(status, 207);
    assert.equal(body.taken, 2);
    assert.deepEqual(body.refused.map(({ index, code, path }) => [index, code, path]), [
      [1, "event-invalid-time", "events[1].time"],
      [2, "event-missing-customer", "events[2].customer"],
      [3, "event-wrong-type", "events[3]"],
      [4, "event-missing-type", "events[4].type"],
    ]);
  });

  test("answers are kept until something changes, by time or by an event", async () => {
    const first = await edge.ask("GET", "score/bo", { claims: readOf("bo") });
    const tag = first.headers.get("etag");
    const again = () => edge.ask("GET", "score/bo", { claims: readOf("bo"), headers: { "If-None-Match": tag } });
    assert.equal((await again()).status, 304);
    assert.match(first.headers.get("cache-control"), /^private, max-age=\d+$/);
    await edge.ask("POST", "events", { claims: INGEST, body: { customer: "bo", type: "task.added", time: Date.now() } });
    assert.equal((await again()).status, 200);
  });

  test("a picture has its styles, and headers that let nothing run", async () => {
    const { status, headers, body } = await edge.ask("GET", "stars/bo.svg", { claims: readOf("bo") });
    assert.equal(status, 200);
    assert.equal(headers.get("content-type"), "image/svg+xml; charset=utf-8");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.match(headers.get("content-security-policy"), /^default-src 'none'; style-src 'unsafe-inline'; sandbox$/);
    const at = Date.now();
    const { body: result } = await edge.ask("GET", `score/bo?at=${at}`, { claims: readOf("bo") });
    const picture = await edge.ask("GET", `stars/bo.svg?at=${at}`, { claims: readOf("bo") });
    assert.equal(picture.body, starsSvg(result, { styles: true }));
    assert.match(body, /^<svg /);
  });

  test("an export hands over everything; a customer who is forgotten is unknown", async () => {
    const { body } = await edge.ask("GET", "export/bo", { claims: ADMIN });
    assert.equal(body.customer, "bo");
    assert.equal(body.events.length, 3);
    assert.equal((await edge.ask("DELETE", "customer/bo", { claims: ADMIN })).status, 200);
    for (const [path, claims] of [["score/bo", readOf("bo")], ["export/bo", ADMIN]]) {
      const { status, body: { error } } = await edge.ask("GET", path, { claims });
      assert.deepEqual([status, error.code], [404, "customer-unknown"]);
    }
  });
});
