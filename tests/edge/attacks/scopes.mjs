// Good tokens that reach for more than they allow: other routes, other methods, other people's events.
import { tokenOf } from "../../../www/edge/token.mjs";
import { SECRET } from "../edge.mjs";

const time = Date.now() - 1000;
const ofAna = { customer: "ana", type: "task.completed", time };
const ofMallory = { customer: "mallory", type: "task.completed", time };
const token = (claims) => ["Authorization", `Bearer ${tokenOf(SECRET, { sub: "mallory", ...claims })}`];
const by = (scope, request) => ({ ...request, headers: [...token(typeof scope === "string" ? { scope } : scope), ...(request.headers ?? [])] });
const posting = (body, more = {}) => ({ method: "POST", path: "/events", body: typeof body === "string" ? body : JSON.stringify(body), ...more });
const asking = (body) => ({ method: "POST", path: "/tokens", body: JSON.stringify(body) });
const ADMIN_TOKEN = { scope: "admin", seconds: 60 };
const LINES = { headers: ["Content-Type", "application/x-ndjson"] };
const inAddress = (claims, path) => `${path}?token=${tokenOf(SECRET, { sub: "mallory", ...claims })}`;

export const scopes = [
  ...["track", "ingest", "ingest track"].map((scope) => [`\`${scope}\` reads`, by({ scope, sub: "ana" }, { path: "/score/ana" }), 403, "token-not-allowed"]),
  ...["read", "read track", "track", "ingest"].flatMap((scope) => [
    [`\`${scope}\` forgets`, by({ scope, sub: "ana" }, { method: "DELETE", path: "/customer/ana" }), 403, "token-not-allowed"],
    [`\`${scope}\` exports`, by({ scope, sub: "ana" }, { path: "/export/ana" }), 403, "token-not-allowed"],
    [`\`${scope}\` issues a token`, by(scope, asking(ADMIN_TOKEN)), 403, "token-not-allowed"],
  ]),
  ...["read", "track"].map((scope) => [`\`${scope}\` sets a profile`, by({ scope, sub: "ana" }, { method: "PUT", path: "/profile/ana", body: '{"profile":{}}' }), 403, "token-not-allowed"]),
  ["`read` sends events", by("read", posting(ofMallory)), 403, "token-not-allowed"],
  ["nobody issues a token", asking(ADMIN_TOKEN), 401, "token-missing"],

  ...["ADMIN", "Admin", "read\tadmin", "read,admin", "read;admin", "read+admin", "read%20admin", "read\u00a0admin", "readadmin", "*", "admin\n", "admin\0", "__proto__", ""].map((scope) => [`a scope that is no scope: ${JSON.stringify(scope)}`, by(scope, { path: "/export/ana" }), 403, "token-not-allowed"]),
  ["a list of scopes", by({ scope: ["admin"] }, { path: "/export/ana" }), 401, "token-wrong-claim"],
  ["scopes as an object", by({ scope: { admin: true } }, { path: "/export/ana" }), 401, "token-wrong-claim"],
  ["claims with other names", by({ scopes: "admin", scp: "admin", role: "admin", admin: true }, { path: "/export/ana" }), 403, "token-not-allowed"],
  ["a customer who is called admin", by({ scope: "read", sub: "admin" }, { path: "/export/ana" }), 403, "token-not-allowed"],
  ["`admin` in the address exports", { path: inAddress({ scope: "admin" }, "/export/ana") }, 401, "token-missing"],
  ["`admin` in the address reads", { path: inAddress({ scope: "admin" }, "/stars/ana.svg") }, 403, "token-not-allowed"],
  ["`read` in the address reads another", { path: inAddress({ scope: "read" }, "/stars/ana.svg") }, 403, "token-not-allowed"],
  ["a token in the address forgets", { method: "DELETE", path: inAddress({ scope: "admin" }, "/customer/ana") }, 401, "token-missing"],
  ["a token in the address sends events", posting(ofAna, { path: inAddress({ scope: "ingest" }, "/events") }), 401, "token-missing"],
  ["a token in the address issues a token", { ...asking(ADMIN_TOKEN), path: inAddress({ scope: "admin" }, "/tokens") }, 401, "token-missing"],
  ["a token in the address sets a profile", { method: "PUT", path: inAddress({ scope: "ingest" }, "/profile/ana"), body: "{}" }, 401, "token-missing"],

  ["another method by a header", by("read", { path: "/score/ana", headers: ["X-HTTP-Method-Override", "DELETE", "X-Method-Override", "DELETE"] }), 403, "token-not-allowed"],
  ["another method by the address", by("track", posting(ofAna, { path: "/events?_method=DELETE&customer=ana" })), 403, "token-not-allowed"],
  ["another path by a header", by("read", { path: "/health/", headers: ["X-Original-URL", "/score/ana", "X-Rewrite-URL", "/score/ana"] }), 404, "not-found"],
  ["HEAD", by("read", { method: "HEAD", path: "/score/ana" }), 403],
  ["PUT where there is POST", by("track", { method: "PUT", path: "/events", body: "{}" }), 405, "method-not-allowed"],
  ["POST where there is GET", by("read", { method: "POST", path: "/score/ana", body: "{}" }), 405, "method-not-allowed"],
  ["PATCH", by("read", { method: "PATCH", path: "/profile/ana", body: "{}" }), 405, "method-not-allowed"],
  ["GET where there is DELETE", by("read", { path: "/customer/ana" }), 405, "method-not-allowed"],

  ["an event of Ana", by("track", posting(ofAna)), 403, "token-not-allowed"],
  ["an event of Ana as the second", by("track", posting([ofMallory, ofAna])), 403, "token-not-allowed"],
  ["an event of Ana in `events`", by("track", posting({ customer: "mallory", events: [ofMallory, ofAna] })), 403, "token-not-allowed"],
  ["an event of Ana in a line", by("track", posting(`${JSON.stringify(ofMallory)}\n${JSON.stringify(ofAna)}`, LINES)), 403, "token-not-allowed"],
  ["an event of Ana behind a broken line", by("track", posting(`{\n${JSON.stringify(ofAna)}`, LINES)), 403, "token-not-allowed"],
  ["an event of Ana behind Mallory's name", by("track", posting(JSON.stringify(ofMallory).replace("}", ',"customer":"ana"}'))), 403, "token-not-allowed"],
  ["an event of Ana by an escaped key", by("track", posting(JSON.stringify(ofAna).replace("customer", "c\\u0075stomer"))), 403, "token-not-allowed"],
  ["an event of Ana by a customer with an accent", by("track", posting({ ...ofAna, customer: "mallory\u0301" })), 403, "token-not-allowed"],
  ["an event of Ana by a query", by("track", posting({ ...ofAna, customer: undefined, time: "?" }, { path: "/events?customer=ana" })), 422],
  ["an event of a list of customers", by("track", posting({ ...ofAna, customer: ["ana"] })), 422],
  ["an event of no customer", by("track", posting({ ...ofAna, customer: null })), 422],
  ["an event of yesteryear", by("track", posting({ ...ofMallory, time: time - 366 * 86_400_000 })), 422],
  ["an event of next year", by("track", posting({ ...ofMallory, time: time + 366 * 86_400_000 })), 422],
  ["an event as a form", by("track", posting("customer=ana&type=task.completed", { headers: ["Content-Type", "application/x-www-form-urlencoded"] })), 400, "body-not-json"],
  ["everybody's events by a token of nobody", by({ scope: "track", sub: undefined }, posting(ofAna)), 403, "token-not-allowed"],
  ["everybody's events by a token of a number", by({ scope: "track", sub: 7 }, posting(ofAna)), 401, "token-wrong-claim"],
  ["everybody's scores by a token of nobody", by({ scope: "read", sub: undefined }, { path: "/score/undefined" }), 403, "token-not-allowed"],
];
