/*
 * How often: requests of each token, and forged tokens of each address, by the minute.
 *
 * A platform that counts for all its machines of a place does so (`limit`); where it does not, each machine counts for itself.
 */
import { Fault } from "./fault.js";

const MINUTE_MS = 60_000;
/** So many keys are counted at a time: above that the oldest are forgotten, and their owners begin anew. */
const KEYS = 10_000;

/**
 * @param {{ settings, limit?: (kind: "customer" | "backend", key: string) => Promise<boolean | undefined>, addressOf?: (request: Request) => string | null, now: () => number }} platform
 */
export function limitsOf({ settings, limit, addressOf, now }) {
  const counters = {
    customer: counterOf(settings.requestsPerMinute),
    backend: counterOf(settings.backendRequestsPerMinute),
    stranger: counterOf(settings.forgeriesPerMinute),
  };

  return {
    /** Refuses what comes from an address that has just tried too many forged tokens, before it is looked at. */
    refuseStranger(request) {
      const address = placeOf(addressOf?.(request));
      if (address && counters.stranger.isOver(address, now())) throw tooMany("too many tokens from this address were not ours", now());
    },

    /** Notes a token that is nobody's. */
    noteForgery(request) {
      const address = placeOf(addressOf?.(request));
      if (address) counters.stranger.take(address, now());
    },

    /** Counts a request of a token that is ours. */
    async take({ isBackend, key }) {
      const kind = isBackend ? "backend" : "customer";
      const isWithin = (await limit?.(kind, key)) ?? counters[kind].take(key, now());
      if (!isWithin) throw tooMany("this token has asked too often", now());
    },
  };
}

/** Counts by the minute of the clock. */
function counterOf(most) {
  const counts = new Map();
  let minute;

  function countOf(key, nowMs) {
    const current = Math.floor(nowMs / MINUTE_MS);
    if (current !== minute) counts.clear();
    minute = current;
    return counts.get(key) ?? 0;
  }

  return {
    isOver: (key, nowMs) => countOf(key, nowMs) >= most,
    take(key, nowMs) {
      const count = countOf(key, nowMs) + 1;
      if (count === 1 && counts.size >= KEYS) counts.delete(counts.keys().next().value);
      counts.set(key, count);
      return count <= most;
    },
  };
}

/** Of an address of IPv6 the first half: the rest is its owner's to choose. */
function placeOf(address) {
  if (!address?.includes(":")) return address;
  const [head, tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  const rest = tail?.split(":").filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => "0");
  return [...groups, ...zeros, ...rest].slice(0, 4).join(":");
}

function tooMany(what, nowMs) {
  const seconds = Math.ceil((MINUTE_MS - (nowMs % MINUTE_MS)) / 1000);
  return new Fault(429, "too-many-requests", `${what}: wait ${seconds} s`, { headers: { "Retry-After": String(seconds) } });
}
