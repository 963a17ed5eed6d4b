/* What can be set for a deployment: variables and secrets, checked once. */

/** A fault of the deployment, in words for whoever deploys. */
export class SettingsError extends Error {}

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
 * | `ALLOW_ORIGIN` | none | the pages that may ask from a browser, separated by spaces |
 * | `BODY_BYTES` | 1 MiB | the largest body that is read |
 * | `BODY_CUSTOMERS` | 500 | of how many customers one body may have events |
 * | `AHEAD_MS` | 1 day | how far ahead of the clock an event may be |
 * | `TRACK_PAST_MS` | 1 day | how old an event may be that a customer's own page sends |
 * | `CACHE_SECONDS` | 300 | for how long an answer may be kept at most |
 * | `REQUESTS_PER_MINUTE` | 600 | of one token, in one place |
 * | `SHARDS` | 8 | over how many registers the customers are spread |
 * | `CENSUS_PAGE` | 200 | of how many customers a census asks at a time, in each register |
 * | `BASELINE` | none | the target of a model that takes the baseline, until the first census has found it |
 * | `WEBHOOKS` | none | who is told of changes: see `webhooks.js` |
 * | `WEBHOOK_SECRET` | required with `WEBHOOKS` | signs what they are told |
 * | `ORIGIN` | none | the site whose pages are personalised |
 */
export function settingsOf(environment) {
  const secrets = [environment.TOKEN_SECRET, environment.TOKEN_SECRET_BEFORE].filter(Boolean);
  if (!environment.TOKEN_SECRET) throw new SettingsError("TOKEN_SECRET is missing: set it with `npx wrangler secret put TOKEN_SECRET`");
  if (secrets.some((secret) => secret.length < SECRET_LENGTH)) throw new SettingsError(`TOKEN_SECRET must have at least ${SECRET_LENGTH} characters`);
  return {
    secrets,
    allowOrigins: (environment.ALLOW_ORIGIN ?? "").split(/\s+/).filter(Boolean),
    bodyBytes: numberOf(environment, "BODY_BYTES", 1024 * 1024),
    bodyCustomers: numberOf(environment, "BODY_CUSTOMERS", 500),
    aheadMs: numberOf(environment, "AHEAD_MS", 86_400_000),
    trackPastMs: numberOf(environment, "TRACK_PAST_MS", 86_400_000),
    cacheSeconds: numberOf(environment, "CACHE_SECONDS", 300),
    requestsPerMinute: numberOf(environment, "REQUESTS_PER_MINUTE", 600),
    shards: numberOf(environment, "SHARDS", 8),
    censusPage: numberOf(environment, "CENSUS_PAGE", 200),
    baseline: baselineOf(environment),
    webhooks: listOf(environment, "WEBHOOKS"),
    webhookSecret: environment.WEBHOOK_SECRET ?? "",
    origin: environment.ORIGIN ?? "",
  };
}

function numberOf(environment, name, fallback) {
  const text = environment[name];
  if (text === undefined || text === "") return fallback;
  const number = Number(text);
  if (!(Number.isSafeInteger(number) && number > 0)) throw new SettingsError(`${name} must be a whole number above 0, found \`${text}\``);
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
  } catch ({ message }) {
    throw new SettingsError(`${name} is no JSON: ${message}`);
  }
}
