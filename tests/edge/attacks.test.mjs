// No customer reads or writes another's data: tried with the lists of `tests/edge/attacks`, and with what follows them.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { names } from "./attacks/names.mjs";
import { scopes } from "./attacks/scopes.mjs";
import { tokens } from "./attacks/tokens.mjs";
import { bearer, SECRET, startEdge } from "./edge.mjs";
import { rawly } from "./forged.mjs";

/** Stands in Ana's profile and events, and in no answer to anybody else. */
const MARK = "of-ana-alone";
const PAGE = "https://app.example";
const ADMIN = { scope: "admin" };
const INGEST = { scope: "ingest" };
const OF_ANA = { scope: "read", sub: "ana" };
const OF_MALLORY = { scope: "read track", sub: "mallory" };
const KINDS = { tokens, names, scopes };

describe("attacks", () => {
  let edge;
  let held;
  const exported = async (name) => {
    const { body: { profile, events } } = await edge.ask("GET", `export/${name}`, { claims: ADMIN });
    return JSON.stringify({ profile, events });
  };
  const raw = (request) => rawly(edge.address, request);

  before(async () => {
    edge = await startEdge({ variables: { ALLOW_ORIGIN: PAGE } });
    const time = Date.now() - 60_000;
    const event = { type: "task.completed", time, data: { note: MARK } };
    await edge.ask("PUT", "profile/ana", { claims: INGEST, body: { profile: { plan: MARK } } });
    await edge.ask("POST", "events", { claims: INGEST, body: ["ana", "zo\u00eb"].map((customer) => ({ customer, ...event })) });
    await edge.ask("POST", "events", { claims: INGEST, body: { customer: "mallory", type: "task.added", time } });
    held = await exported("ana");
    assert.match(held, new RegExp(MARK));
  });

  for (const [kind, attacks] of Object.entries(KINDS)) {
    test(`${kind}: ${attacks.length} attacks, none of which succeeds`, async () => {
      const mallory = await exported("mallory");
      for (const [what, request, statuses, code] of attacks) {
        const { status, headers, text } = await raw(request);
        assert.ok([statuses].flat().includes(status), `${what}: ${status} ${text}`);
        if (code) assert.equal(JSON.parse(text).error.code, code, `${what}: ${text}`);
        assert.doesNotMatch(text, new RegExp(`${MARK}|${SECRET}|\\.js:\\d|at async`), what);
        assert.equal(headers.get("cache-control"), "no-store", what);
        if (status === 401) assert.equal(headers.get("www-authenticate"), "Bearer", what);
      }
      assert.equal(await exported("mallory"), mallory);
      assert.equal(await exported("ana"), held);
    });
  }

  test("whether a customer is known, only who may read them hears", async () => {
    const seen = [];
    for (const name of ["ana", "nobody"]) {
      for (const path of [`score/${name}`, `stars/${name}.svg`, `export/${name}`]) {
        const { status, headers, body } = await edge.ask("GET", path, { claims: OF_MALLORY, headers: { "If-None-Match": 'W/"x.1"' } });
        seen.push(JSON.stringify([status, [...headers].filter(([header]) => header !== "date"), body]));
      }
    }
    assert.deepEqual(seen.slice(0, 3), seen.slice(3));
  });

  test("another's tag gets nothing: neither at their address nor at one's own", async () => {
    const { headers } = await edge.ask("GET", "score/ana", { claims: OF_ANA });
    const known = { "If-None-Match": headers.get("etag") };
    assert.equal((await edge.ask("GET", "score/ana", { claims: OF_MALLORY, headers: known })).status, 403);
    assert.equal((await edge.ask("GET", "score/mallory", { claims: OF_MALLORY, headers: known })).status, 200);
    for (const tag of ["*", "W/\"", `${headers.get("etag")}, x`, 'W/"__proto__.1"']) assert.equal((await edge.ask("GET", "score/ana", { claims: OF_ANA, headers: { "If-None-Match": tag } })).status, 200, tag);
  });

  test("a tag of before somebody was forgotten is not one of after", async () => {
    const event = { customer: "eve", type: "task.completed", time: Date.now() - 1000 };
    const claims = { scope: "read", sub: "eve" };
    await edge.ask("POST", "events", { claims: INGEST, body: event });
    const { headers } = await edge.ask("GET", "score/eve", { claims });
    assert.equal((await edge.ask("DELETE", "customer/eve", { claims: ADMIN })).status, 200);
    await edge.ask("POST", "events", { claims: INGEST, body: { ...event, type: "task.added" } });
    assert.equal((await edge.ask("GET", "score/eve", { claims, headers: { "If-None-Match": headers.get("etag") } })).status, 200);
  });

  test("what is known of a customer is for no shared cache, and leaves no trace in referrers", async () => {
    const paths = ["score/ana", "progress/ana", "nudge/ana", "timeline/ana?from=2026-01-01&to=2026-01-02T00:00:00+01:00&step=3600000", "stars/ana.svg"];
    for (const path of paths) {
      const { status, headers, body } = await edge.ask("GET", path, { claims: OF_ANA, headers: { "X-Forwarded-Host": "mallory.example", "X-Forwarded-Proto": "http" } });
      assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`);
      assert.match(headers.get("cache-control"), /^private, (max-age=\d+|no-cache)$/, path);
      assert.match(headers.get("vary"), /Authorization/, path);
      assert.equal(headers.get("referrer-policy"), "no-referrer");
      assert.equal(headers.get("x-content-type-options"), "nosniff");
      assert.doesNotMatch(JSON.stringify([...headers]), /mallory/);
    }
    const { headers } = await edge.ask("GET", "export/ana", { claims: ADMIN });
    assert.equal(headers.get("cache-control"), "no-store");
    const url = `${edge.address}stars/ana.svg?token=${bearer(OF_ANA).Authorization.slice(7)}`;
    for (const method of ["GET", "HEAD"]) assert.equal((await fetch(url, { method })).status, 200, method);
  });

  test("pages of other origins read nothing, and nobody's cookies are wanted", async () => {
    for (const origin of ["https://mallory.example", "null", "https://app.example.mallory.example", "http://app.example", "https://APP.example.", "https://app.example:444", "*"]) {
      const { headers } = await raw({ path: "/score/ana", headers: ["Origin", origin, "Authorization", bearer(OF_ANA).Authorization] });
      for (const [name] of headers) assert.doesNotMatch(name, /^access-control/, origin);
      const asked = await raw({ method: "OPTIONS", path: "/score/ana", headers: ["Origin", origin, "Access-Control-Request-Method", "GET"] });
      assert.equal(asked.status, 403, origin);
      assert.equal(JSON.parse(asked.text).error.code, "origin-not-allowed");
    }
    for (const [method, status] of [["GET", 200], ["OPTIONS", 204]]) {
      const { status: found, headers } = await raw({ method, path: "/score/ana", headers: ["Origin", PAGE, "Authorization", bearer(OF_ANA).Authorization] });
      assert.equal(found, status);
      assert.equal(headers.get("access-control-allow-origin"), PAGE);
      assert.equal(headers.has("access-control-allow-credentials"), false);
      assert.match(headers.get("vary"), /Origin/);
    }
    const { headers } = await edge.ask("GET", "score/ana", { claims: OF_MALLORY, headers: { Origin: PAGE } });
    assert.equal(headers.get("access-control-allow-origin"), PAGE, "a page may read why it was refused");
  });

  test("bodies that reach for the prototypes of objects reach nothing", async () => {
    const event = '{"type":"task.added","time":1700000000000,"__proto__":{"customer":"ana","admin":true},"constructor":{"prototype":{"scope":"admin"}}}';
    await edge.ask("POST", "events", { claims: INGEST, body: event });
    assert.equal((await edge.ask("POST", "events", { claims: INGEST, body: event })).body.refused[0].code, "event-missing-customer");
    const profile = { claims: INGEST, body: '{"profile":{"__proto__":{"plan":"x"},"constructor":"x"}}' };
    assert.ok((await edge.ask("PUT", "profile/oskar", profile)).status < 500);
    for (const body of ['{"__proto__":{"scope":"admin","seconds":60}}', '{"constructor":{"prototype":{"scope":"admin"}}}']) {
      const { status, body: { error } } = await edge.ask("POST", "tokens", { claims: ADMIN, body });
      assert.deepEqual([status, error.code], [400, "body-unknown-key"]);
    }
    assert.equal((await edge.ask("GET", "export/ana", { claims: OF_MALLORY })).status, 403);
    assert.equal(await exported("ana"), held);
  });

  test("names that objects have by themselves are customers like others", async () => {
    for (const name of ["__proto__", "constructor", "hasOwnProperty", "x\r\nSet-Cookie: a=b", "<script>", "a/../b", "\0"]) {
      const path = encodeURIComponent(name);
      const claims = { scope: "read track", sub: name };
      assert.equal((await edge.ask("GET", `score/${path}`, { claims })).status, 404, name);
      assert.deepEqual((await edge.ask("POST", "events", { claims, body: { type: "task.added", time: Date.now() } })).body, { taken: 1, refused: [] });
      assert.equal((await edge.ask("GET", `score/${path}`, { claims })).status, 200, name);
      const { headers, body } = await edge.ask("GET", `export/${path}`, { claims: ADMIN });
      assert.equal(body.customer, name);
      assert.equal(body.events.length, 1);
      assert.equal(headers.has("set-cookie"), false);
      assert.equal(headers.get("content-disposition"), 'attachment; filename="customer.json"');
    }
  });

  test("nothing that is asked of a picture runs in it", async () => {
    for (const text of ["<script>alert(1)</script>", '" onload="alert(1)', "]]><script/>", "javascript:alert(1)", "&lt;script&gt;"]) {
      for (const key of ["label", "color", "id", "theme", "locale", "dir", "trackColor"]) {
        const { headers, status, body } = await edge.ask("GET", `stars/ana.svg?${key}=${encodeURIComponent(text)}`, { claims: OF_ANA });
        if (status !== 200) assert.deepEqual([status, /^style-/.test(body.error.code)], [400, true], `${key}: ${text}`);
        else {
          assert.doesNotMatch(body, /<script|\sonload="/, key);
          assert.equal(headers.get("content-security-policy"), "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        }
      }
    }
  });

  test("an admin's tokens are of whom they say, and of nobody whom no address can name", async () => {
    const ask = (body) => edge.ask("POST", "tokens", { claims: ADMIN, body });
    const { body: { token } } = await ask({ scope: "read", customer: "ana", seconds: 60 });
    const by = { Authorization: `Bearer ${token}` };
    assert.equal((await edge.ask("GET", "score/ana", { headers: by })).status, 200);
    assert.equal((await edge.ask("GET", "score/mallory", { headers: by })).status, 403);
    for (const [body, code] of [
      [{ scope: "read", seconds: 60 }, "customer-missing"],
      [{ scope: "read", customer: "\ud800", seconds: 60 }, "customer-invalid"],
      [{ scope: "read", customer: ["ana"], seconds: 60 }, "customer-invalid"],
      [{ scope: ["read"], customer: "ana", seconds: 60 }, "scope-invalid"],
      [{ scope: "read root", customer: "ana", seconds: 60 }, "scope-invalid"],
      [{ scope: "read", customer: "ana", seconds: 1e9 }, "seconds-invalid"],
      [{ scope: "read", customer: "ana", seconds: "60" }, "seconds-invalid"],
      [{ scope: "read", customer: "ana", seconds: 60, admin: true }, "body-unknown-key"],
    ]) assert.equal((await ask(body)).body.error?.code, code);
  });
});
