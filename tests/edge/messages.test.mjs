// What the messages of webhooks are made of: settings, signature, words, and when they are tried again.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { changesBetween } from "../../www/edge/core/changes.js";
import { againAt, verdictOf } from "../../www/edge/core/delivery.js";
import { labelsOf, messagesOf } from "../../www/edge/core/message.js";
import { settingsOf } from "../../www/edge/core/settings.js";
import { signedHeaders } from "../../www/edge/core/signature.js";
import { completed, keysOf } from "../../www/edge/core/webhooks.js";
import { SECRET } from "./edge.mjs";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const DAY_MS = 86_400_000;

describe("the settings of webhooks", () => {
  const read = (webhooks, secret = KEY) => settingsOf({ TOKEN_SECRET: SECRET, WEBHOOKS: typeof webhooks === "string" ? webhooks : JSON.stringify(webhooks), WEBHOOK_SECRET: secret });
  const crm = { id: "crm", url: "https://crm.example/hook" };

  test("what is left out is filled in", () => {
    const { telling } = read([crm, { id: "team", url: "http://localhost:8080/", form: "slack", on: ["audience"], audiences: ["churn-risk"] }]);
    assert.deepEqual(telling.webhooks, [
      { id: "crm", url: crm.url, form: "json", on: ["stars", "segment", "audience"], audiences: undefined },
      { id: "team", url: "http://localhost:8080/", form: "slack", on: ["audience"], audiences: ["churn-risk"] },
    ]);
    assert.deepEqual([telling.keys.length, telling.keys[0].length, telling.timeoutMs, telling.firstMs], [1, 24, 10_000, 5_000]);
    assert.deepEqual(settingsOf({ TOKEN_SECRET: SECRET }).telling.webhooks, []);
  });

  const faults = [
    ["no JSON", "[{", /^WEBHOOKS is no JSON/],
    ["no list", {}, /^WEBHOOKS must be a JSON list$/],
    ["too many", Array.from({ length: 7 }, (_, number) => ({ ...crm, id: `l${number}` })), /^WEBHOOKS must have at most 6 listeners, found 7$/],
    ["no object", [null], /^WEBHOOKS\[0\] must be an object$/],
    ["an unknown key", [{ ...crm, secret: "x" }], /^WEBHOOKS\[0\] must have no other keys than .*, found `secret`$/],
    ["no id", [{ url: crm.url }], /^WEBHOOKS\[0\]\.id must be/],
    ["an id that would end the id in a signature", [{ ...crm, id: "a.b" }], /^WEBHOOKS\[0\]\.id must be/],
    ["the same id twice", [crm, crm], /^WEBHOOKS\[1\]\.id must be another than those before it$/],
    ["http", [{ ...crm, url: "http://crm.example/hook" }], /^WEBHOOKS\[0\]\.url must be an address by https/],
    ["no address", [{ ...crm, url: "crm" }], /^WEBHOOKS\[0\]\.url/],
    ["a password", [{ ...crm, url: "https://me:secret@crm.example" }], /^WEBHOOKS\[0\]\.url[^@]*$/],
    ["an unknown form", [{ ...crm, form: "xml" }], /^WEBHOOKS\[0\]\.form must be one of json, slack$/],
    ["an unknown kind", [{ ...crm, on: ["points"] }], /^WEBHOOKS\[0\]\.on must be a list of stars, segment, audience$/],
    ["audiences of another type", [{ ...crm, audiences: "all" }], /^WEBHOOKS\[0\]\.audiences must be a list of ids$/],
  ];
  for (const [name, webhooks, message] of faults) test(`${name} is refused`, () => assert.throws(() => read(webhooks), { message }));

  test("a secret is asked for where something is signed, and must be one", () => {
    assert.throws(() => read([crm], ""), { message: /^WEBHOOK_SECRET is missing/ });
    for (const secret of ["short", "whsec_", "whsec_c2hvcnQ=", "whsec_no base64 at all", `${KEY} short`]) assert.throws(() => read([crm], secret), { message: /^WEBHOOK_SECRET must be/ }, secret);
    assert.equal(read([{ ...crm, form: "slack" }], "").telling.keys.length, 0);
    assert.equal(read([crm], `${KEY} a plain-text-of-24-letters-or-more`.replace(" a ", " ")).telling.keys.length, 2);
  });
});

describe("signatures", () => {
  // The example that the libraries of Standard Webhooks have in their tests.
  test("are those of the published example", async () => {
    const headers = await signedHeaders({ id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}', keys: keysOf(KEY), nowMs: 1_614_265_330_999 });
    assert.deepEqual(headers, {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  test("of several keys are verified with any of them, whatever the text", async () => {
    const plain = "a plain text, with spaces: ".replaceAll(" ", "-");
    const body = JSON.stringify({ text: "Größe ✨ \u2028" });
    const headers = await signedHeaders({ id: "msg_1", body, keys: keysOf(`${plain} ${KEY}`), nowMs: Date.now() });
    assert.equal(headers["webhook-signature"].split(" ").length, 2);
    for (const webhook of [new Webhook(KEY), new Webhook(plain, { format: "raw" })]) assert.deepEqual(webhook.verify(body, headers), JSON.parse(body));
    assert.throws(() => new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").verify(body, headers));
  });
});

describe("messages", () => {
  const labels = labelsOf({ segments: [{ id: "high", label: { en: "High & mighty", de: "Oben" } }, { id: "not-so-high" }], audiences: [{ id: "gone", label: "Gone <for good>" }] });
  const before = { stars: 1, segment: "not-so-high", audiences: ["gone"] };
  const standing = { stars: 4, score: 71.6, segment: "high", audiences: ["new"] };
  const at = Date.UTC(2024, 5, 1);
  const changes = changesBetween(before, standing).map((change) => ({ ...change, at }));
  const of = (webhook, name = "ana") => messagesOf([completed({ url: "", ...webhook })], { identity: "c_l", number: 7, name, changes, standing, labels });

  test("as JSON", () => {
    const after = { score: 71.6, stars: 4, segment: "high", audiences: ["new"], at };
    const timestamp = "2024-06-01T00:00:00.000Z";
    assert.deepEqual(of({ id: "crm" }).map(({ id, listener, body }) => [id, listener, JSON.parse(body)]), [
      ["msg_c_l_7-0_crm", "crm", { type: "stars.changed", timestamp, data: { customer: "ana", from: 1, to: 4, ...after } }],
      ["msg_c_l_7-1_crm", "crm", { type: "segment.changed", timestamp, data: { customer: "ana", from: "not-so-high", to: "high", label: "High & mighty", ...after } }],
      ["msg_c_l_7-2_crm", "crm", { type: "audience.left", timestamp, data: { customer: "ana", from: true, to: false, id: "gone", label: "Gone <for good>", ...after } }],
      ["msg_c_l_7-3_crm", "crm", { type: "audience.entered", timestamp, data: { customer: "ana", from: false, to: true, id: "new", ...after } }],
    ]);
  });

  test("in the words of Slack, where nothing of a name is anything but a name", () => {
    const texts = (name) => of({ id: "team", form: "slack" }, name).map(({ body }) => JSON.parse(body).text);
    assert.deepEqual(texts("ana"), [
      "`ana` rose from 1 to 4 stars (score 72)",
      "`ana` is now *High &amp; mighty*, was *not so high* (4 stars, score 72)",
      "`ana` left *Gone &lt;for good&gt;* (4 stars, score 72)",
      "`ana` entered *new* (4 stars, score 72)",
    ]);
    assert.match(texts("<!channel> `x`\n*now* https://evil.example")[0], /^`&lt;!channel&gt; 'x' \*now\* https:\/\/evil\.example` rose/);
  });

  test("only of what was asked for", () => {
    assert.deepEqual(of({ id: "a", on: ["segment"] }).map(({ id }) => id), ["msg_c_l_7-1_a"]);
    assert.deepEqual(of({ id: "a", on: ["audience"], audiences: ["new"] }).map(({ id }) => id), ["msg_c_l_7-3_a"]);
  });
});

describe("what becomes of a try", () => {
  const nowMs = Date.UTC(2024, 5, 1);

  test("any success is taken, 410 ends it, and only who may ask for time gets it", () => {
    for (const status of [200, 204, 299]) assert.deepEqual(verdictOf(status, null, nowMs), { is: "taken" });
    assert.deepEqual(verdictOf(410, "5", nowMs), { is: "gone" });
    for (const status of [301, 302, 400, 404, 500]) assert.deepEqual(verdictOf(status, "5", nowMs), { is: "missed", fault: `status ${status}` });
    const waits = [["5", 5000], ["0", 0], [new Date(nowMs + 90_000).toUTCString(), 90_000], [new Date(nowMs - 90_000).toUTCString(), 0], ["9999999999", DAY_MS], ["soon", undefined], [null, undefined]];
    for (const [header, waitMs] of waits) assert.equal(verdictOf(429, header, nowMs).waitMs, waitMs, header);
    assert.equal(verdictOf(503, "7", nowMs).waitMs, 7000);
  });

  test("tries come further and further apart, for three days", () => {
    for (const random of [0, 0.5, 1 - Number.EPSILON]) {
      let atMs = nowMs;
      const waits = [];
      for (let attempts = 0; ; attempts += 1) {
        const next = againAt({ attempts, sinceMs: nowMs }, { nowMs: atMs, firstMs: 5000, random });
        if (next === undefined) break;
        waits.push(next - atMs);
        atMs = next;
      }
      assert.deepEqual(waits.slice(0, 3), [5000, 20_000, 80_000].map((wait) => Math.ceil(wait * (1 + 0.2 * random))));
      assert.ok(waits.length >= 10 && waits.length <= 14, `${waits.length} tries`);
      assert.ok(atMs - nowMs > 2.2 * DAY_MS && atMs - nowMs <= 3 * DAY_MS);
    }
    assert.equal(againAt({ attempts: 0, sinceMs: nowMs, waitMs: 60_000 }, { nowMs, firstMs: 5000, random: 0 }), nowMs + 60_000);
    assert.equal(againAt({ attempts: 0, sinceMs: nowMs - 3 * DAY_MS, waitMs: 60_000 }, { nowMs, firstMs: 5000, random: 0 }), undefined);
  });
});
