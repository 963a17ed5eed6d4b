// Bad input: a clear status and error each time, and nothing lost or half-written.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { bearer, startEdge } from "./edge.mjs";
import { cutOff, rawly } from "./forged.mjs";

const INGEST = { scope: "ingest" };
const ADMIN = { scope: "admin" };
const BODY_BYTES = 200_000;
const LINES = { "Content-Type": "application/x-ndjson" };
const YEAR_MS = 366 * 86_400_000;
const nested = (levels) => `${'{"in":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("bad input", () => {
  let edge;
  const post = (body, headers) => edge.ask("POST", "events", { claims: INGEST, body, headers });
  const eventsOf = async (name) => (await edge.ask("GET", `export/${name}`, { claims: ADMIN })).body.events;
  const event = (customer, more) => ({ customer, type: "task.added", time: Date.now() - 1000, ...more });
  const codes = ({ body }) => body.refused.map(({ index, code, path }) => [index, code, path]);

  before(async () => {
    edge = await startEdge({
      variables: { BODY_BYTES: String(BODY_BYTES), BODY_EVENTS: "2000", BODY_CUSTOMERS: "20" },
      options: { ratelimits: { LIMITER: { simple: { limit: 5, period: 60 } } } },
    });
  });

  test("bodies that cannot be read are refused whole", async () => {
    const good = JSON.stringify(event("ana"));
    const cases = [
      ["nothing", "", 400, "body-empty"],
      ["blanks", " \r\n", 400, "body-empty"],
      ["no lines", "\n\n", 400, "body-empty", LINES],
      ["no JSON", "customer=ana", 400, "body-not-json"],
      ["half of it", good.slice(0, -5), 400, "body-not-json"],
      ["more than JSON", `${good}x`, 400, "body-not-json"],
      ["NaN", good.replace(/"time":\d+/, '"time":NaN'), 400, "body-not-json"],
      ["Latin-1", Buffer.from(good.replace("task", "t\u00e4sk"), "latin1"), 400, "body-not-text"],
      ["UTF-16", Buffer.from(`\ufeff${good}`, "utf16le"), 400, "body-not-text"],
      ["half a character at the end", Buffer.concat([Buffer.from(good), Buffer.from([0xe2, 0x82])]), 400, "body-not-text"],
      ["gzip", gzipSync(good), 415, "body-encoded", { "Content-Encoding": "gzip" }],
      ["gzip that is not announced", gzipSync(good), 400, "body-not-text"],
      ["too many bytes", `${good}${" ".repeat(BODY_BYTES)}`, 413, "body-too-large"],
      ["too many events", JSON.stringify(Array.from({ length: 2001 }, () => 1)), 413, "body-too-many-events"],
      ["too many lines", "1\n".repeat(2001), 413, "body-too-many-events", LINES],
      ["too many customers", JSON.stringify(Array.from({ length: 21 }, (_, number) => event(number ? `c${number}` : "ana"))), 413, "body-too-many-customers"],
    ];
    for (const [what, body, status, code, headers] of cases) {
      const response = await fetch(`${edge.address}events`, { method: "POST", headers: { ...bearer(INGEST), ...headers }, body });
      const { error } = await response.json();
      assert.deepEqual([response.status, error.code, typeof error.message, error.path], [status, code, "string", ""], what);
    }
    assert.equal((await edge.ask("GET", "export/ana", { claims: ADMIN })).body.error.code, "customer-unknown");
  });

  test("JSON that is no event is refused by index", async () => {
    for (const [body, code] of [["null", "event-wrong-type"], ["7", "event-wrong-type"], ['"ana"', "event-wrong-type"], ["[[]]", "event-wrong-type"], ["{}", "event-missing-customer"], ['{"events":7}', "event-missing-customer"]]) {
      const found = await post(body);
      assert.deepEqual([found.status, found.body.taken, found.body.refused[0].code], [422, 0, code], body);
    }
    assert.deepEqual((await post("[]")).body, { taken: 0, refused: [] });
  });

  test("a body may be one of a million tiny events: it is too large before it is taken apart", async () => {
    const body = `[${"{},".repeat(999_999)}{}]`;
    const large = await rawly(edge.address, { method: "POST", path: "/events", headers: ["Authorization", bearer(INGEST).Authorization, "Content-Length", String(body.length)] }).catch(({ code }) => ({ code }));
    // Told before the body has come; the connection may be closed on whoever goes on sending.
    if (large.code) assert.match(large.code, /ECONNRESET|EPIPE/);
    else assert.equal(large.status, 413);
    const unannounced = await fetch(`${edge.address}events`, { method: "POST", headers: bearer(INGEST), duplex: "half", body: ReadableStream.from(pieces(body)) }).then(({ status }) => status, () => 413);
    assert.equal(unannounced, 413);
    const small = await post(`[${"{},".repeat(1999)}{}]`);
    assert.deepEqual([small.status, small.body.refused.length], [422, 2000]);
  });

  test("what nests too deep, or is too large, is refused alone", async () => {
    const deep = JSON.stringify(event("deep", { data: {} })).replace('"data":{}', `"data":${nested(10_000)}`);
    const withId = deep.replace("{", '{"id":"x",');
    const fair = JSON.stringify(event("deep")).replace("{", `{"data":${nested(40)},`);
    const found = await post(`[${deep},${withId},${fair}]`);
    assert.deepEqual([found.status, found.body.taken, codes(found)], [207, 1, [[0, "event-too-deep", "events[0]"], [1, "event-too-deep", "events[1]"]]]);
    const at = (levels) => JSON.stringify(event("edges", { data: {} })).replace('"data":{}', `"data":${nested(levels)}`);
    assert.deepEqual(codes(await post(`[${at(62)},${at(61)},${at(1)}]`)), [[0, "event-too-deep", "events[0]"]]);
    assert.equal((await post(`${"[".repeat(50_000)}`)).body.error.code, "body-not-json");
    assert.equal((await post(nested(10_000))).body.refused[0].code, "event-too-deep");
    const profile = await edge.ask("PUT", "profile/deep", { claims: INGEST, body: `{"profile":${nested(10_000)}}` });
    assert.deepEqual([profile.status, profile.body.error.code], [400, "body-too-deep"]);
    assert.equal((await eventsOf("deep")).length, 1);
  });

  test("lines: a broken one is refused, whether in the middle or at the end", async () => {
    const good = (number) => JSON.stringify(event("lines", { id: `l${number}` }));
    const found = await post(`\ufeff${good(0)}\r\n{"customer":"lines"\r\n\r\n${good(1)}\r\n${good(2).slice(0, 30)}`, LINES);
    assert.deepEqual([found.status, found.body.taken, codes(found)], [207, 2, [[1, "line-not-json", "events[1]"], [3, "line-not-json", "events[3]"]]]);
    assert.deepEqual((await eventsOf("lines")).map(({ id }) => id), ["l0", "l1"]);
    assert.equal((await post(`\x1e${good(3)}\n`, { "Content-Type": "application/json-seq" })).body.taken, 1);
    assert.equal((await post(`\ufeff${good(4)}`)).body.taken, 1, "a byte order mark before JSON");
  });

  test("a connection that is cut leaves nothing half-written", async () => {
    const first = JSON.stringify(event("cut", { id: "first" }));
    const body = `${first}\n${JSON.stringify(event("cut", { id: "second" }))}\n`;
    const head = (length) => `POST /events HTTP/1.1\r\nHost: edge\r\nAuthorization: ${bearer(INGEST).Authorization}\r\nContent-Type: application/x-ndjson\r\n${length}\r\n\r\n`;
    await cutOff(edge.address, `${head(`Content-Length: ${body.length}`)}${first}\n`);
    await cutOff(edge.address, `${head("Transfer-Encoding: chunked")}${(first.length + 1).toString(16)}\r\n${first}\n\r\n`);
    await cutOff(edge.address, `${head("Transfer-Encoding: chunked")}${(first.length + 1).toString(16)}\r\n${first.slice(0, 40)}`);
    // An answer to somebody else means that the worker goes on, and has had time to do what it should not.
    assert.equal((await post(event("other"))).status, 200);
    assert.equal((await edge.ask("GET", "export/cut", { claims: ADMIN })).status, 404);
    assert.equal((await post(body, LINES)).body.taken, 2);
  });

  test("clocks: a sender's that is ahead is refused, one that is behind is believed of a backend only", async () => {
    const now = Date.now();
    const found = await post([
      event("clock", { time: now + YEAR_MS }),
      event("clock", { time: new Date(now + YEAR_MS).toISOString() }),
      event("clock", { time: now - YEAR_MS }),
      event("clock", { time: Math.floor(now / 1000) }),
      event("clock", { time: String(now) }),
      event("clock", { time: null }),
      event("clock", { time: 1e300 }),
      event("clock", { time: new Date(now).toISOString() }),
      event("clock", { time: undefined }),
    ]);
    assert.equal(found.body.taken, 2);
    assert.deepEqual(found.body.refused.map(({ index, code }) => [index, code]), [
      [0, "event-ahead-of-clock"],
      [1, "event-ahead-of-clock"],
      [3, "event-time-in-seconds"],
      [4, "event-invalid-time"],
      [5, "event-invalid-time"],
      [6, "event-ahead-of-clock"],
      [8, "event-missing-time"],
    ]);
    const track = (time) => edge.ask("POST", "events", { claims: { scope: "track", sub: "clock" }, body: { type: "task.added", time } });
    assert.equal((await track(now - YEAR_MS)).body.refused[0].code, "event-too-old");
    assert.equal((await track(now + YEAR_MS)).body.refused[0].code, "event-ahead-of-clock");
    assert.equal((await track(now)).body.taken, 1);
  });

  test("a long list of bad events costs no more than it is long", async () => {
    const found = await post(Array.from({ length: 1500 }, (_, number) => event("long", number % 2 ? {} : { time: "?" })));
    // All good ones are the same, and are taken as one is.
    assert.deepEqual([found.status, found.body.refused.length, found.body.refused.every(({ index, code }) => index % 2 === 0 && code === "event-invalid-time")], [207, 750, true]);
  });

  test("customers and profiles that cannot be", async () => {
    for (const customer of ["", ".", "..", "x".repeat(257), "\u00e9".repeat(129), 7, null, ["ana"], {}]) assert.equal((await post(event(customer))).body.refused[0].code, "event-invalid-customer", String(customer));
    assert.equal((await post('{"customer":"\\ud800","type":"task.added","time":1700000000000}')).body.refused[0].code, "event-invalid-customer");
    const put = async (body) => {
      const { status, body: found } = await edge.ask("PUT", "profile/pia", { claims: INGEST, body });
      return [status, found.error?.code, found.error?.path];
    };
    assert.deepEqual(await put("[]"), [400, "body-wrong-type", ""]);
    assert.deepEqual(await put("null"), [400, "body-wrong-type", ""]);
    assert.deepEqual(await put(""), [400, "body-empty", ""]);
    assert.deepEqual(await put({ timezone: "UTC" }), [400, "body-unknown-key", "timezone"]);
    assert.deepEqual(await put({ timeZone: "Middle/Earth" }), [400, "options-invalid-time-zone", "options.timeZone"]);
    assert.deepEqual(await put({ dayStartHour: 25 }), [400, "options-invalid-day-start-hour", "options.dayStartHour"]);
    assert.equal((await put({ profile: [] }))[0], 400);
    assert.equal((await edge.ask("GET", "export/pia", { claims: ADMIN })).status, 404, "nothing of it was kept");
  });

  test("questions that cannot be answered say what is wrong with them", async () => {
    assert.equal((await post(event("quinn"))).status, 200);
    const ask = async (path) => {
      const { status, body } = await edge.ask("GET", path, { claims: ADMIN });
      return [status, body.error?.code, body.error?.path];
    };
    for (const [path, code, at] of [
      ["score/quinn?at=yesterday", "query-invalid-instant", "at"],
      ["score/quinn?at=", "query-invalid-instant", "at"],
      ["score/quinn?at=2026-13-01", "query-invalid-instant", "at"],
      ["score/quinn?at=2026-01-01T00:00", "query-invalid-instant", "at"],
      ["score/quinn?at=1e13", "query-invalid-instant", "at"],
      [`score/quinn?at=${"9".repeat(400)}`, "query-invalid-instant", "at"],
      ["score/quinn?at=8640000000000001", "options-invalid-at", "options.at"],
      ["score/quinn?at=1700000000", "options-invalid-at", "options.at"],
      ["score/quinn?include=everything", "options-invalid-include", "options.include"],
      ["nudge/quinn?locale=!!", "options-invalid-locale", "options.locale"],
      ["nudge/quinn?showing=nothing", "options-unknown-nudge", "options.showing"],
      ["timeline/quinn", "query-missing", "from"],
      ["timeline/quinn?from=2026-01-01", "query-missing", "to"],
      ["timeline/quinn?from=2026-01-02&to=2026-01-01", "options-invalid-from", "options.from"],
      ["timeline/quinn?from=2026-01-01&to=2026-01-02&step=x", "options-invalid-step", "options.step"],
      ["timeline/quinn?from=2026-01-01&to=2026-01-02&step=0", "options-invalid-step", "options.step"],
      ["timeline/quinn?from=2016-01-01&to=2026-01-01&step=1", "options-too-many-steps", "options.step"],
      ["stars/quinn.svg?theme=plaid", "style-unknown-value", "style.theme"],
      ["stars/quinn.svg?size=x", "style-out-of-range", "style.size"],
      ["stars/quinn.svg?count=1000000", "style-out-of-range", "style.count"],
    ]) {
      const found = await ask(path);
      assert.deepEqual([found[0], found[1]], [400, code], path);
      assert.ok(found[2].startsWith(at), `${path}: ${found[2]}`);
    }
    for (const path of ["score/quinn?colour=red&at=2026-01-01&at=x", "stars/quinn.svg?onload=x&width=7", "nudge/quinn?"]) assert.equal((await ask(path))[0], 200, path);
    assert.deepEqual(await ask("score/nobody"), [404, "customer-unknown", ""]);
  });

  test("paths and methods that there are not", async () => {
    assert.deepEqual((await edge.ask("GET", "nowhere")).body.error.code, "not-found");
    for (const [method, path, allow] of [["PUT", "events", "POST, OPTIONS"], ["POST", "score/ana", "GET, HEAD, OPTIONS"], ["PATCH", "customer/ana", "DELETE, OPTIONS"], ["DELETE", "health", "GET, HEAD, OPTIONS"]]) {
      const { status, headers, body } = await edge.ask(method, path, { claims: ADMIN });
      assert.deepEqual([status, headers.get("allow"), body.error.code], [405, allow, "method-not-allowed"], path);
    }
    const { status, headers } = await edge.ask("OPTIONS", "tokens");
    assert.deepEqual([status, headers.get("allow")], [204, "POST, OPTIONS"]);
    assert.equal((await edge.ask("OPTIONS", "nowhere")).status, 404);
    const head = await edge.ask("HEAD", "health");
    assert.deepEqual([head.status, head.body, head.headers.get("content-type")], [200, "", "application/json; charset=utf-8"]);
  });

  test("the platform's own count of requests holds", async () => {
    const statuses = [];
    for (let number = 0; number < 11; number += 1) statuses.push((await edge.ask("GET", "score/often", { claims: { scope: "read", sub: "often" } })).status);
    // Of eleven in a row at least six fall into one minute.
    assert.ok(statuses.includes(429), String(statuses));
    assert.equal((await edge.ask("GET", "score/seldom", { claims: { scope: "read", sub: "seldom" } })).status, 404);
  });
});

function* pieces(text) {
  for (let from = 0; from < text.length; from += 50_000) yield Buffer.from(text.slice(from, from + 50_000));
}
