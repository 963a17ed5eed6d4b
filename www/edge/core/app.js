/*
 * The routes, the same on every platform. A platform brings:
 *
 *   customers.of(name)   one customer: record, describe, ask, export, forget; each gives `{ value }` or `{ fault }`
 *   limit(kind, key)     whether a token may go on, where the platform counts (optional)
 *   addressOf(request)   who asks, by an address that cannot be made up (optional)
 *   pages(request, limits)  the site behind, where there is one: whatever is no route here (optional)
 *   queue                where `POST /events?later=1` puts events (optional)
 *   census               all customers together: start, read, members (optional)
 *   now()                the clock
 */
import { Hono } from "hono";
import { bearerOf, demand, issue } from "./access.js";
import { exported, failure, held, json, knownOf } from "./answer.js";
import { censusRoutes } from "./census.js";
import { Fault, thrownFrom } from "./fault.js";
import { eventsOf, faultOfName, fieldsOf, sorted } from "./intake.js";
import { limitsOf } from "./limits.js";
import { optionsOf } from "./question.js";
import { putLater } from "./queue.js";
import { soundOf } from "./rules.js";
import { STYLESHEET_PATH, stylesheetResponse } from "./stylesheet.js";

const METHODS = ["GET", "POST", "PUT", "DELETE"];

/** @param {{ settings, rules: Promise<object>, customers: { of(name: string): object }, limit?: (kind: string, key: string) => Promise<boolean | undefined>, addressOf?: (request: Request) => string | null, pages?: (request: Request, limits: object) => Promise<Response>, queue?: object, census?: object, now?: () => number }} platform */
export function appOf({ settings, rules, customers, limit, addressOf, pages, queue, census, now = Date.now }) {
  const app = new Hono();
  const limits = limitsOf({ settings, limit, addressOf, now });

  app.use(async (context, next) => {
    const origin = context.req.header("origin");
    const allowed = origin !== undefined && settings.allowOrigins.find((one) => one === origin || one === "*");
    const isOurs = !pages || methodsAt(context.req.path).length > 0;
    if (context.req.method === "OPTIONS" && isOurs) return optionsAt(context.req.path, origin, allowed);
    await next();
    // Pages have the headers that their site gave them.
    if (allowed && !context.get("isPage")) for (const [name, value] of Object.entries(shared(allowed))) context.res.headers.set(name, value);
    return undefined;
  });

  app.onError((error) => {
    const response = failure(error);
    if (response.status === 503 && !(error instanceof Fault)) console.error(error);
    return response;
  });
  app.notFound((context) => {
    if (pages) {
      context.set("isPage", true);
      return pages(context.req.raw, limits);
    }
    const methods = methodsAt(context.req.path);
    if (!methods.length) return failure(nothingHere());
    return failure(new Fault(405, "method-not-allowed", `there is ${methods.join(", ")} here`, { headers: { Allow: methods.join(", ") } }));
  });

  app.get("/health", async () => {
    const { version } = await soundOf(rules);
    return json({ ok: true, model: version });
  });

  app.get(STYLESHEET_PATH, ({ req: { raw } }) => stylesheetResponse(raw));

  app.post("/events", async ({ req: { raw } }) => {
    const bearer = await admitted(raw);
    const isOwn = !bearer.isBackend;
    demand(bearer, isOwn ? { one: "track", of: bearer.customer } : { one: "ingest" });
    const { events, refused } = await eventsOf(raw, settings);
    if (new URL(raw.url).searchParams.get("later")) return later(events, refused, isOwn);
    return taken(await record(events, refused, isOwn ? { own: bearer.customer, pastMs: settings.trackPastMs } : {}));
  });

  app.put("/profile/:customer", async ({ req }) => {
    demand(await admitted(req.raw), { one: "ingest" });
    const fields = await fieldsOf(req.raw, settings.bodyBytes, ["profile", "timeZone", "dayStartHour"]);
    valueOf(await customerOf(req).describe(nameOf(req), fields));
    return json({ ok: true });
  });

  for (const what of ["score", "progress", "nudge", "timeline"]) app.get(`/${what}/:customer`, ({ req }) => asked(req, what));
  app.get("/stars/:customer{[^/]+\\.svg}", ({ req }) => asked(req, "stars"));

  app.get("/export/:customer", async ({ req }) => {
    demand(await admitted(req.raw), { one: "admin" });
    const [customer, name] = [customerOf(req), nameOf(req)];
    return exported(valueOf(await customer.export(name)), async (after) => valueOf(await customer.export(name, after)));
  });

  app.delete("/customer/:customer", async ({ req }) => {
    demand(await admitted(req.raw), { one: "admin" });
    valueOf(await customerOf(req).forget(nameOf(req)));
    return json({ ok: true });
  });

  if (census) censusRoutes(app, { census, rules, now, admitted: async (request) => demand(await admitted(request), { one: "admin" }) });

  app.post("/tokens", async ({ req: { raw } }) => {
    demand(await admitted(raw), { one: "admin" });
    return json({ token: await issue(await fieldsOf(raw, settings.bodyBytes, ["scope", "customer", "seconds"]), settings, now()) });
  });

  /**
   * Events to their customers, side by side; what a customer could not take now is told by index, to be sent again.
   * `sentMs` is when each of them was handed in, of a queue's.
   */
  async function record(events, unread, { own, sentMs, ...limits }) {
    const { parcels, refused } = await sorted(events, own, sentMs);
    if (own !== undefined) forbidOthers(parcels, own);
    // A batch of a queue is as large as it is: nobody could send it in several.
    if (!sentMs && parcels.size > settings.bodyCustomers) throw new Fault(413, "body-too-many-customers", `the body must have events of at most ${settings.bodyCustomers} customers: send several`);
    const outcomes = await Promise.all([...parcels].map(async ([name, parcel]) => {
      const outcome = await customers.of(name).record(name, parcel, limits).catch((error) => failed(error));
      if (!outcome.fault) return outcome.value;
      const { code, message } = outcome.fault.error;
      return { taken: 0, refused: parcel.map(({ index }) => ({ index, code, path: `events[${index}]`, message, again: outcome.fault.status === 503 })) };
    }));
    const all = [...unread, ...refused, ...outcomes.flatMap((outcome) => outcome.refused)].sort((one, other) => one.index - other.index);
    return { taken: outcomes.reduce((sum, outcome) => sum + outcome.taken, 0), refused: all };
  }

  /** Onto the queue: what is wrong with an event in itself is told when it is taken from there. */
  async function later(events, unread, isOwn) {
    if (!queue) throw new Fault(501, "queue-missing", "this deployment has no queue: send without `later`", { path: "later" });
    // How old an event of a customer's own page may be is a matter of when it comes.
    if (isOwn) throw new Fault(403, "token-not-allowed", "`later` takes a token with the scope `ingest`", { path: "later" });
    const outcome = await putLater(queue, events, unread);
    return json(outcome, { status: !outcome.refused.length ? 202 : outcome.queued ? 207 : 422 });
  }

  async function asked(req, what) {
    const { cacheSeconds } = settings;
    const isPicture = what === "stars";
    const bearer = await admitted(req.raw, { isPicture });
    const name = nameOf(req, isPicture);
    demand(bearer, { one: "read", of: name });
    const nowMs = now();
    const isFleeting = what === "nudge";
    const known = isFleeting ? undefined : knownOf(req.raw);
    const found = valueOf(await customers.of(name).ask(what, optionsOf(what, new URL(req.url).searchParams, nowMs), known));
    return held(found, { nowMs, cacheSeconds, isPicture, isFleeting });
  }

  async function admitted(request, where) {
    await soundOf(rules);
    limits.refuseStranger(request);
    const bearer = await bearerOf(request, settings, { ...where, nowMs: now() }).catch((error) => {
      if (error.code === "token-invalid") limits.noteForgery(request);
      throw error;
    });
    await limits.take(bearer);
    return bearer;
  }

  function customerOf(req) {
    return customers.of(nameOf(req));
  }

  /** Which methods the routes of a path have. */
  function methodsAt(path) {
    const methods = METHODS.filter((method) => app.router.match(method, path)[0].some(([[, route]]) => route.method === method));
    return methods.length ? [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"] : [];
  }

  /** What a browser asks before it lets a page ask. */
  function optionsAt(path, origin, allowed) {
    const methods = methodsAt(path);
    if (!methods.length) return failure(nothingHere());
    if (origin !== undefined && !allowed) return failure(new Fault(403, "origin-not-allowed", "pages of this origin may not ask: see ALLOW_ORIGIN"));
    return new Response(null, { status: 204, headers: { Allow: methods.join(", "), ...(allowed && shared(allowed)) } });
  }

  return { app, record };
}

function nothingHere() {
  return new Fault(404, "not-found", "there is nothing here");
}

/** 200 where all were taken, 207 where some were, 422 where none was, 503 where some are to be sent again. */
function taken(outcome) {
  const { taken: count, refused } = outcome;
  const status = refused.some(({ again }) => again) ? 503 : !refused.length ? 200 : count ? 207 : 422;
  return json(outcome, { status });
}

function forbidOthers(parcels, own) {
  for (const [name, [{ index }]] of parcels) {
    if (name !== own) throw new Fault(403, "token-not-allowed", `the token is of another customer than \`events[${index}]\``, { path: `events[${index}].customer` });
  }
}

/** The customer of an address, as it was written there. */
function nameOf(req, isPicture = false) {
  const last = new URL(req.url).pathname.split("/").at(-1);
  let name;
  try {
    name = decodeURIComponent(isPicture ? last.replace(/\.svg$/, "") : last);
  } catch {
    throw new Fault(400, "customer-invalid", "the customer in the address must be UTF-8, percent-encoded");
  }
  const fault = faultOfName(name);
  if (fault) throw new Fault(400, "customer-invalid", `the customer in the address ${fault}`);
  return name;
}

function valueOf({ value, fault }) {
  if (fault) throw thrownFrom(fault);
  return value;
}

function failed(error) {
  console.error(error);
  return { fault: { status: 503, error: { code: "unavailable", message: "could not be taken in just now: send it again" } } };
}

/** Pages may ask, with a token in the header: cookies are nothing here, and never invited. */
function shared(allowed) {
  return {
    "Access-Control-Allow-Origin": allowed,
    "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
    Vary: "Origin, Authorization",
  };
}
