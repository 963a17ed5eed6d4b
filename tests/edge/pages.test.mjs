// Pages of a site behind the worker, as they come out: filled for a customer who is known, and otherwise as they were.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, beforeEach, describe, test } from "node:test";
import { request as ask } from "node:http";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { settingsOf } from "../../www/edge/core/settings.js";
import { tokenOf } from "../../www/edge/serve.mjs";
import { SECRET, startEdge } from "./edge.mjs";
import { noonZone } from "./noon.mjs";
import { serveSite } from "./site.mjs";

const pkg = (file) => import(pathToFileURL(fileURLToPath(new URL(`../../pkg/${file}`, import.meta.url))));
const { fillElement } = await pkg("elements.node.js");
const cookieOf = (claims, secret = SECRET) => `__Host-starwise=${tokenOf(secret, { seconds: 600, ...claims })}`;
const ANA = { scope: "read", sub: "ana" };
const TAGS = '<starwise-stars size="32">some stars</starwise-stars><starwise-checklist name="first-steps"><b>steps</b></starwise-checklist><starwise-nudge></starwise-nudge>'
  + "<starwise-level>level</starwise-level><starwise-streak>streak</starwise-streak><starwise-badges>badges</starwise-badges><starwise-sparkline>line</starwise-sparkline>";
const pageOf = (body, html = "") => `<!doctype html><html lang="en"${html}><head><title>Ñandú</title></head><body>${body}</body></html>`;

const starsIn = (body) => Number(/<starwise-stars [^>]*value="(0[^"]*)"/.exec(body)[1]);

test("the site is an address without a path", () => {
  const originOf = (ORIGIN) => settingsOf({ TOKEN_SECRET: SECRET, ORIGIN }).origin;
  assert.deepEqual(["", undefined, "https://example.com", "http://127.0.0.1:8080/"].map(originOf), ["", "", "https://example.com", "http://127.0.0.1:8080"]);
  for (const wrong of ["example.com", "https://example.com/a", "https://example.com?a", "ftp://example.com", "https://a:b@example.com", "nonsense"]) {
    assert.throws(() => originOf(wrong), /^SettingsError|ORIGIN must be the address/, wrong);
  }
});

describe("pages", () => {
  let [site, edge] = [];

  before(async () => {
    site = await serveSite();
    edge = await startEdge({ entry: fileURLToPath(new URL("asked-worker.js", import.meta.url)), variables: { ORIGIN: site.address, ALLOW_ORIGIN: "*" } });
    const events = ["task.added", "task.completed", "comment.written", "teammate.invited"].map((type, place) => ({ customer: "ana", type, time: Date.now() - place * 3_600_000 }));
    await edge.ask("PUT", "profile/ana", { claims: { scope: "ingest" }, body: { timeZone: noonZone() } });
    await edge.ask("POST", "events", { claims: { scope: "ingest" }, body: events });
    site.pages.set("/", { body: pageOf(TAGS), headers: { ETag: '"one"', "Last-Modified": new Date(0).toUTCString(), "Cache-Control": "public, max-age=600", "Set-Cookie": ["a=1", "b=2"] } });
  });
  after(() => site?.close());
  beforeEach(async () => {
    site.seen.length = 0;
    await asked();
  });

  /** How often pages have asked since; from now on customers are like this. */
  const asked = async (customers = "") => (await edge.ask("GET", `asked?customers=${customers}`)).body;
  const get = (path, { cookie = cookieOf(ANA), ...headers } = {}) => edge.ask("GET", path, { headers: { ...(cookie && { Cookie: cookie }), ...headers } });

  test("every element is filled, by one question; what stands in it stays", async () => {
    const { status, headers, body } = await get("");
    assert.equal(status, 200);
    assert.equal(await asked(), 1);
    assert.equal(body.match(/<template shadowrootmode="open">/g).length, 7);
    for (const part of ['size="32"', ">some stars</starwise-stars>", "<b>steps</b></starwise-checklist>", "Ñandú"]) assert.ok(body.includes(part), part);
    const [, css] = /<link rel="stylesheet" href="\/(starwise\.css\?\w+)">/.exec(body);
    const stars = starsIn(body);
    const { body: { starsExact } } = await edge.ask("GET", "score/ana", { claims: ANA });
    assert.ok(stars > 0 && Math.abs(stars - starsExact) < 1e-4, `${stars} of ${starsExact}`);
    const { content } = fillElement("starwise-stars", { size: "32" }, stars, { stylesheet: `/${css}` });
    assert.ok(body.includes(`<starwise-stars size="32" value="${stars}">${content}some stars</starwise-stars>`), body);
    assert.equal(headers.get("cache-control"), "private, no-store");
    assert.match(headers.get("vary"), /Cookie/);
    assert.deepEqual([headers.get("etag"), headers.get("last-modified"), headers.get("access-control-allow-origin")], [null, null, null]);
    assert.deepEqual(headers.getSetCookie(), ["a=1", "b=2"]);
    assert.match(headers.get("content-security-policy"), /script-src/);
    const sheet = await edge.ask("GET", css);
    assert.deepEqual([sheet.status, sheet.headers.get("content-type"), sheet.headers.get("cache-control")], [200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"]);
    assert.equal((await edge.ask("GET", "starwise.css?other")).headers.get("cache-control"), "public, max-age=300");
  });

  test("the data in the tag are what the routes give", async () => {
    const { body } = await get("");
    const data = (name) => JSON.parse(new RegExp(`<starwise-${name}[^>]* data="([^"]*)"`).exec(body)[1].replaceAll("&quot;", '"'));
    const { body: progress } = await edge.ask("GET", "progress/ana", { claims: ANA });
    const { body: { nudge } } = await edge.ask("GET", "nudge/ana", { claims: ANA });
    // What fades differs by the moment between the two.
    const still = (value) => JSON.stringify(value, (key, part) => (typeof part === "number" ? Math.round(part * 100) / 100 : part));
    assert.equal(still(data("checklist")), still(progress.checklists[0]));
    assert.equal(still(data("badges")), still(progress.badges));
    assert.equal(still(data("nudge")), still(nudge));
    assert.equal(data("sparkline").times.length, 31);
  });

  const strangers = {
    "no cookie": undefined,
    "an empty one": "__Host-starwise=",
    nonsense: "__Host-starwise=x.y.z",
    "the token of another secret": cookieOf(ANA, "another secret, also of 32 or more characters"),
    "an expired one": cookieOf({ ...ANA, seconds: -10 }),
    "one without a customer": cookieOf({ scope: "read" }),
    "one that may not read": cookieOf({ scope: "track", sub: "ana" }),
    "that of an administrator": cookieOf({ scope: "admin", sub: "ana" }),
    "two that differ": `${cookieOf(ANA)}; ${cookieOf({ ...ANA, sub: "bo" })}`,
    "one under another name": cookieOf(ANA).replace("__Host-", ""),
    "that of a customer of whom nothing is known": cookieOf({ ...ANA, sub: "nobody" }),
  };
  for (const [name, cookie] of Object.entries(strangers)) {
    test(`the page goes through as it was: ${name}`, async () => {
      const { headers, body } = await get("", { cookie: cookie ?? "" });
      assert.equal(body, pageOf(TAGS));
      assert.equal(await asked(), /nobody|unknown|of whom/.test(name) ? 1 : 0);
      if (/of whom/.test(name)) return;
      assert.deepEqual([headers.get("etag"), headers.get("cache-control"), headers.get("vary")], ['"one"', "public, max-age=600", "Cookie"]);
    });
  }

  for (const mood of ["slow", "fail"]) {
    test(`the page goes through as it was where customers ${mood === "slow" ? "are slow" : "fail"}`, async () => {
      await asked(mood);
      const { status, body } = await get("");
      assert.deepEqual([status, body], [200, pageOf(TAGS)]);
      assert.equal(await asked(), 1);
    });
  }

  test("the site is not told who the customer is, and is told all else", async () => {
    await get("elsewhere?a=1&b=%2F", { cookie: `x=1; ${cookieOf(ANA)}; y="2"; __Host-starwise2=z`, Connection: "keep-alive", "X-Own": "1", "If-None-Match": '"one"', Accept: "text/html" });
    const [{ url, headers }] = site.seen;
    assert.equal(url, "/elsewhere?a=1&b=%2F");
    assert.equal(headers.cookie, 'x=1; y="2"; __Host-starwise2=z');
    assert.deepEqual([headers["x-own"], headers["x-forwarded-host"], headers["if-none-match"]], ["1", new URL(edge.address).host, undefined]);
    await get("", { cookie: cookieOf(ANA) });
    assert.equal(site.seen.at(-1).headers.cookie, undefined);
    // Of nobody's page the browser may ask whether it is still the same.
    await get("", { cookie: "x=1", "If-None-Match": '"one"', Accept: "text/html" });
    assert.equal(site.seen.at(-1).headers["if-none-match"], '"one"');
  });

  test("a path never leads to another site", async () => {
    const host = new URL(edge.address);
    for (const path of ["//example.com/a", "/\\example.com/a", "/@example.com", "/http://example.com/", "/..//example.com"]) {
      const sent = ask({ host: host.hostname, port: host.port, path, headers: { Cookie: cookieOf(ANA) } }).end();
      const [response] = await once(sent, "response");
      response.resume();
      await once(response, "end");
      assert.equal(response.statusCode, 404, path);
      assert.ok(site.seen.length > 0, path);
      site.seen.length = 0;
    }
  });

  for (const [encoding, undo] of [["gzip", gunzipSync], ["br", brotliDecompressSync]]) {
    test(`a page in ${encoding} is filled, and comes in ${encoding}`, async () => {
      site.pages.set("/squeezed", { body: pageOf(TAGS), encoding });
      const host = new URL(edge.address);
      const sent = ask({ host: host.hostname, port: host.port, path: "/squeezed", headers: { Cookie: cookieOf(ANA), "Accept-Encoding": `${encoding}, zstd` } }).end();
      const [response] = await once(sent, "response");
      const chunks = await response.toArray();
      assert.equal(response.headers["content-encoding"], encoding);
      const body = undo(Buffer.concat(chunks)).toString();
      assert.equal(body.match(/<template shadowrootmode="open">/g).length, 7);
      assert.ok(body.includes("Ñandú"));
      assert.doesNotMatch(site.seen.at(-1).headers["accept-encoding"], /zstd/);
    });
  }

  test("what nobody here can read stays as it is, and so does what is no page", async () => {
    const whole = async (path, headers) => {
      const response = await fetch(edge.address + path, { headers: { Cookie: cookieOf(ANA), ...headers } });
      return { response, body: await response.text() };
    };
    site.pages.set("/a.txt", { body: TAGS, type: "text/plain", headers: { ETag: '"t"' } });
    site.pages.set("/fixed", { body: pageOf(TAGS), headers: { "Cache-Control": "no-transform" } });
    site.pages.set("/part", { status: 206, body: TAGS });
    site.pages.set("/wide", { body: TAGS, type: "text/html; charset=utf-16" });
    for (const path of ["a.txt", "fixed", "part", "wide"]) assert.ok(!(await whole(path)).body.includes("<template"), path);
    assert.equal((await whole("a.txt")).response.headers.get("etag"), '"t"');
    assert.equal(await asked(), 0);
  });

  test("a page streams: its beginning is there before its end is written", async () => {
    let finish;
    site.pages.set("/slow", (request, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.write(pageOf("").replace("</body></html>", '<p id="first">first</p><starwise-stars></starwise-stars><p>'));
      finish = () => response.end("</p><starwise-level></starwise-level></body></html>");
    });
    // Asked for as it is: what compresses here holds back more than one chunk.
    const { hostname, port } = new URL(edge.address);
    const [response] = await once(ask({ host: hostname, port, path: "/slow", headers: { Cookie: cookieOf(ANA) }, signal: AbortSignal.timeout(20_000) }).end(), "response");
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk;
      if (finish && text.includes("</starwise-stars>")) {
        assert.ok(text.includes("<starwise-stars value="));
        assert.ok(!text.includes("starwise-level"));
        finish();
        finish = undefined;
      }
    }
    assert.match(text, /<starwise-level data=.*<\/html>$/s);
    assert.equal(await asked(), 1);
  });

  test("attributes are heeded as the element heeds them; a tag with data keeps them, and one with faults too", async () => {
    const tags = [
      '<starwise-stars id="a" label="&quot;Ana&#x22; &amp; co" theme="dark" SIZE=24></starwise-stars>',
      '<starwise-stars id="b" value="2">two</starwise-stars>',
      '<starwise-stars id="c" size="big">big</starwise-stars>',
      '<starwise-checklist id="d" name="none">none</starwise-checklist>',
      '<starwise-checklist id="e" dir="rtl"></starwise-checklist>',
      '<starwise-nope id="f"></starwise-nope>',
    ];
    site.pages.set("/tags", { body: pageOf(tags.join("\n"), ' dir="rtl"') });
    const { body } = await get("tags");
    const [, css] = /href="(\/starwise\.css\?\w+)"/.exec(body);
    const own = fillElement("starwise-stars", { label: '"Ana" & co', theme: "dark", size: "24" }, starsIn(body), { stylesheet: css, dir: "rtl" });
    assert.ok(body.includes(`${own.content}</starwise-stars>`), body);
    for (const place of [1, 2, 3, 5]) assert.ok(body.includes(tags[place]), tags[place]);
    assert.equal(body.match(/<template/g).length, 2);
  });

  test("texts of a customer are nothing but texts, in every encoding of a page", async () => {
    const name = '"><script>alert(1)</script>&lt;é🙂';
    await edge.ask("PUT", "profile/eve", { claims: { scope: "ingest" }, body: { profile: { name, plan: "free", filesUsed: 1, filesRoom: 200 }, timeZone: noonZone() } });
    for (const type of ["text/html; charset=utf-8", "text/html; charset=windows-1252", "text/html"]) {
      site.pages.set("/eve", { body: pageOf("<starwise-nudge>n</starwise-nudge>").replace("Ñ", "N").replace("ú", "u"), type });
      const response = await fetch(`${edge.address}eve`, { headers: { Cookie: cookieOf({ scope: "read", sub: "eve" }) } });
      const body = await response.text();
      assert.match(body, /<template/);
      assert.match(body, /^[\n -~]*$/);
      assert.ok(!body.includes("<script>alert"));
      const data = JSON.parse(/<starwise-nudge data="([^"]*)"/.exec(body)[1].replaceAll("&quot;", '"'));
      assert.ok(data.title.includes(name), data.title);
    }
  });

  test("other methods, moves and failures of the site pass too", async () => {
    site.pages.set("/login", (request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => response.writeHead(303, { Location: `${site.address}/home?x=1#y`, "Set-Cookie": "__Host-starwise=t; HttpOnly; Secure; SameSite=Lax; Path=/", "X-Body": body }).end());
    });
    const response = await fetch(`${edge.address}login`, { method: "POST", body: "user=ana", redirect: "manual" });
    assert.deepEqual([response.status, response.headers.get("location"), response.headers.get("x-body")], [303, `${edge.address}home?x=1#y`, "user=ana"]);
    assert.match(response.headers.get("set-cookie"), /^__Host-starwise=t/);
    site.pages.set("/lost", { status: 404, body: pageOf("<starwise-stars></starwise-stars>") });
    const lost = await get("lost");
    assert.deepEqual([lost.status, /<template/.test(lost.body)], [404, true]);
    const head = await fetch(edge.address, { method: "HEAD", headers: { Cookie: cookieOf(ANA) } });
    assert.deepEqual([head.status, head.headers.get("cache-control"), head.headers.get("etag")], [200, "private, no-store", null]);
    site.pages.set("/broken", (request, response) => response.destroy());
    const { status, body } = await get("broken");
    assert.deepEqual([status, body.error.code], [502, "origin-unreachable"]);
    // Our own routes are ours still.
    assert.equal((await edge.ask("GET", "score/ana")).status, 401);
    assert.equal((await edge.ask("GET", "health")).body.ok, true);
    site.pages.set("/events", { body: "the site's own" });
    assert.equal((await edge.ask("GET", "events")).body, "the site's own");
  });
});
