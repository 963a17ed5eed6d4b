/* A message on its way: one try, what its answer means, and when to try again. */
import { signedHeaders } from "./signature.js";

const DAY_MS = 86_400_000;
/** A message that nobody took for so long is given up. */
const GIVEN_UP_MS = 3 * DAY_MS;
/** Each wait is so many times the one before. */
const FACTOR = 4;
const LONGEST_MS = DAY_MS / 2;
/** Of each wait, so much more at most: listeners that come back are not met by all customers at once. */
const JITTER = 0.2;

/**
 * Tries once. Redirects are not followed: whoever answers one is not who was to be told.
 *
 * @returns {Promise<{ is: "taken" } | { is: "gone" } | { is: "missed", fault: string, waitMs?: number }>} `waitMs` is what the listener asks for
 */
export async function deliver({ webhook: { url, form }, id, body }, { keys, timeoutMs }) {
  try {
    const nowMs = Date.now();
    const signed = form === "json" ? await signedHeaders({ id, body, keys, nowMs }) : {};
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "User-Agent": "starwise-edge", ...signed },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    // Nobody reads it, and it may be without end.
    response.body?.cancel().catch(() => {});
    return verdictOf(response.status, response.headers.get("retry-after"), nowMs);
  } catch (error) {
    return { is: "missed", fault: error?.name === "TimeoutError" ? `no answer in ${timeoutMs} ms` : "no connection" };
  }
}

/** What an answer means. */
export function verdictOf(status, retryAfter, nowMs) {
  if (status >= 200 && status < 300) return { is: "taken" };
  if (status === 410) return { is: "gone" };
  const asks = status === 429 || status === 503;
  return { is: "missed", fault: `status ${status}`, ...(asks && { waitMs: waitOf(retryAfter, nowMs) }) };
}

/** Milliseconds of a header `Retry-After`: seconds, or a date; undefined of anything else. */
function waitOf(text, nowMs) {
  if (!text) return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(waitMs) ? Math.min(Math.max(waitMs, 0), DAY_MS) : undefined;
}

/**
 * When to try again; undefined where it is given up.
 *
 * @param {{ attempts: number, sinceMs: number, waitMs?: number }} message how often it was tried before this time, and when it was written
 * @param {{ nowMs: number, firstMs: number, random?: number }} settings the first wait; a number below 1
 */
export function againAt({ attempts, sinceMs, waitMs }, { nowMs, firstMs, random = Math.random() }) {
  const own = Math.min(firstMs * FACTOR ** Math.min(attempts, 20), LONGEST_MS);
  const atMs = Math.ceil(nowMs + (waitMs ?? own) + own * JITTER * random);
  return atMs - sinceMs > GIVEN_UP_MS ? undefined : atMs;
}
