/* What can be set for a deployment: variables and secrets, checked once. */

import { completed, faultOfWebhooks, keysOf } from "./webhooks.js";

/** A fault of the deployment, in words for whoever deploys: its variable first, and never a value, for everybody can read them. */
export class SettingsError extends Error {
  get path() {
    return /^[A-Z_]*/.exec(this.message)[0];
  }
}

const SECRET_LENGTH = 32;
/** The least target there is, as the model has it. */
export const MIN_BASELINE = 0.000001;

/**
 * Reads the variables of an environment.
 *
 * | variable | default | what it is |
 * |---|---|---|
 * | `TOKEN_SECRET` | required | signs tokens; at least 32 characters |
 * | `TOKEN_SECRET_BEFORE` | none | the one before it, still accepted while tokens are exchanged |
 * | `TOKEN_AUDIENCE` | none | what tokens must name in `aud`, where several deployments or services share a secret |
 * | `ALLOW_ORIGIN` | none | the pages that may ask from a browser, separated by spaces |
 * | `BODY_BYTES` | 1 MiB | the largest body that is read |
 * | `BODY_EVENTS` | 10,000 | how many events one body may have |
 * | `BODY_CUSTOMERS` | 500 | of how many customers one body may have events |
 * | `AHEAD_MS` | 1 day | how far ahead of the clock an event may be |
 * | `TRACK_PAST_MS` | 1 day | how old an event may be that a customer's own page sends |
 * | `CACHE_SECONDS` | 300 | for how long an answer may be kept at most |
 * | `REQUESTS_PER_MINUTE` | 600 | of one customer's tokens, on one machine; does nothing where there is the binding `LIMITER`, which has its own number |
 * | `BACKEND_REQUESTS_PER_MINUTE` | 60,000 | of one token with `ingest` or `admin`; likewise with `BACKEND_LIMITER` |
 * | `FORGERIES_PER_MINUTE` | 60 | tokens of one address that are not ours, until it has to wait |
 * | `SHARDS` | 8 | over how many registers the customers are spread |
 * | `CENSUS_PAGE` | 200 | of how many customers a census asks at a time, in each register |
 * | `BASELINE` | none | the target of a model that takes the baseline, until the first census has found it |
 * | `WEBHOOKS` | none | who is told of changes: see `webhooks.js` |
 * | `WEBHOOK_SECRET` | required with `WEBHOOKS` of the form `json` | signs what they are told; several, separated by spaces, sign it together |
 * | `WEBHOOK_TIMEOUT_MS` | 10 s | the time that a listener has to take a message |
 * | `WEBHOOK_RETRY_MS` | 5 s | the wait before the second try; the next are four times as long each |
 * | `ORIGIN` | none | the site whose pages are personalised: `https://` and a host |
 * | `COOKIE` | `__Host-starwise` | the cookie with a customer's token, for pages |
 */
export function settingsOf(environment) {
  const secrets = [environment.TOKEN_SECRET, environment.TOKEN_SECRET_BEFORE].filter(Boolean);
  if (!environment.TOKEN_SECRET) throw new SettingsError("TOKEN_SECRET is missing: set it with `npx wrangler secret put TOKEN_SECRET`");
  for (const name of ["TOKEN_SECRET", "TOKEN_SECRET_BEFORE"]) {
    if (environment[name] && environment[name].length < SECRET_LENGTH) throw new SettingsError(`${name} must have at least ${SECRET_LENGTH} characters`);
  }
  return {
    secrets,
    audience: environment.TOKEN_AUDIENCE ?? "",
    allowOrigins: originsOf(environment.ALLOW_ORIGIN ?? ""),
    bodyBytes: numberOf(environment, "BODY_BYTES", 1024 * 1024),
    bodyEvents: numberOf(environment, "BODY_EVENTS", 10_000),
    bodyCustomers: numberOf(environment, "BODY_CUSTOMERS", 500),
    aheadMs: numberOf(environment, "AHEAD_MS", 86_400_000),
    trackPastMs: numberOf(environment, "TRACK_PAST_MS", 86_400_000),
    cacheSeconds: numberOf(environment, "CACHE_SECONDS", 300),
    requestsPerMinute: numberOf(environment, "REQUESTS_PER_MINUTE", 600),
    backendRequestsPerMinute: numberOf(environment, "BACKEND_REQUESTS_PER_MINUTE", 60_000),
    forgeriesPerMinute: numberOf(environment, "FORGERIES_PER_MINUTE", 60),
    shards: numberOf(environment, "SHARDS", 8),
    censusPage: numberOf(environment, "CENSUS_PAGE", 200),
    baseline: baselineOf(environment),
    ...webhooksOf(environment),
    origin: originOf(environment),
    cookie: environment.COOKIE || "__Host-starwise",
  };
}

/** Who is told of changes, and how: `{ webhooks, keys, timeoutMs, firstMs }` of `telling`. */
function webhooksOf(environment) {
  const list = listOf(environment, "WEBHOOKS");
  const fault = faultOfWebhooks(list);
  if (fault) throw new SettingsError(`WEBHOOKS${fault.startsWith("[") ? "" : " "}${fault}`);
  const webhooks = list.map(completed);
  const keys = keysOf(environment.WEBHOOK_SECRET);
  if (!keys) throw new SettingsError("WEBHOOK_SECRET must be `whsec_` and at least 24 bytes in base64, or a text of at least 24 bytes without spaces; several are separated by spaces");
  if (!keys.length && webhooks.some(({ form }) => form === "json")) throw new SettingsError("WEBHOOK_SECRET is missing: set it with `npx wrangler secret put WEBHOOK_SECRET`, for WEBHOOKS of the form `json` are signed");
  return { telling: { webhooks, keys, timeoutMs: numberOf(environment, "WEBHOOK_TIMEOUT_MS", 10_000), firstMs: numberOf(environment, "WEBHOOK_RETRY_MS", 5_000) } };
}

/** Pages by their origin: scheme, host and port. */
function originsOf(text) {
  const origins = text.split(/\s+/).filter(Boolean);
  for (const origin of origins) {
    if (origin !== "*" && !(URL.canParse(origin) && new URL(origin).origin === origin)) throw new SettingsError("ALLOW_ORIGIN must have origins such as `https://example.com`, without a path, separated by spaces, or `*`");
  }
  return origins;
}

function originOf({ ORIGIN: text }) {
  if (!text) return "";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!/^https?:$/.test(url?.protocol) || url.href !== `${url.origin}/`) throw new SettingsError("ORIGIN must be the address of a site, without a path");
  return url.origin;
}

function numberOf(environment, name, fallback) {
  const text = environment[name];
  if (text === undefined || text === "") return fallback;
  const number = Number(text);
  if (!(Number.isSafeInteger(number) && number > 0)) throw new SettingsError(`${name} must be a whole number above 0`);
  return number;
}

function baselineOf({ BASELINE }) {
  if (BASELINE === undefined || BASELINE === "") return undefined;
  const baseline = Number(BASELINE);
  if (!(baseline >= MIN_BASELINE && baseline < Infinity)) throw new SettingsError(`BASELINE must be a number of at least ${MIN_BASELINE}, found \`${BASELINE}\``);
  return baseline;
}

function listOf(environment, name) {
  const text = environment[name];
  if (text === undefined || text === "") return [];
  const list = typeof text === "string" ? parsed(name, text) : text;
  if (!Array.isArray(list)) throw new SettingsError(`${name} must be a JSON list`);
  return list;
}

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says would repeat the text, and addresses of webhooks are secrets.
    throw new SettingsError(`${name} is no JSON`);
  }
}
