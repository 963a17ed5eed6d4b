/* Answers: how long they may be kept, what they are known by, and what browsers may make of them. */
import { faultOf } from "./fault.js";

const SAFE = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "cross-origin", Vary: "Authorization, Origin" };
/** What a picture that is opened by itself may load: nothing. */
const PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

export function json(body, { status = 200, headers = {} } = {}) {
  return new Response(`${JSON.stringify(body)}\n`, { status, headers: { ...SAFE, "Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8", ...headers } });
}

export function failure(error) {
  const { status, error: body } = faultOf(error);
  return json({ error: body }, { status, headers: error.headers });
}

/** The answer to a question: to be kept until stars or segment change, and no longer than `cacheSeconds`. */
export function held({ isUnchanged, body, until, revision }, { nowMs, cacheSeconds, isPicture, isFleeting }) {
  // A tag is no longer good than the answer may be kept: streaks and audiences turn too.
  const endMs = Math.min(until, isUnchanged ? Infinity : nowMs + cacheSeconds * 1000);
  const seconds = isFleeting ? 0 : Math.max(0, Math.min(cacheSeconds, Math.floor((endMs - nowMs) / 1000)));
  const headers = {
    ...SAFE,
    "Cache-Control": seconds ? `private, max-age=${seconds}` : "private, no-cache",
    ETag: tagOf({ revision, until: endMs }),
    "Content-Type": isPicture ? "image/svg+xml; charset=utf-8" : "application/json; charset=utf-8",
    ...(isPicture && { "Content-Security-Policy": PICTURE_POLICY }),
  };
  if (isUnchanged) return new Response(null, { status: 304, headers });
  return new Response(isPicture ? body : `${JSON.stringify(body)}\n`, { headers });
}

/** All that is held of a customer, as one JSON text, however many pages of events it takes: `rest` gives those after a row. */
export function exported({ events, next, ...held }, rest) {
  const encoder = new TextEncoder();
  const head = JSON.stringify(held);
  const opening = events ? `${head.slice(0, -1)},"events":[` : head;
  let page = events && { events, next };
  let isFirst = true;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(opening)),
    async pull(controller) {
      if (page) {
        const texts = page.events.map((event) => JSON.stringify(event)).join(",");
        controller.enqueue(encoder.encode(isFirst || !texts ? texts : `,${texts}`));
        isFirst &&= !texts;
        page = page.next === undefined ? undefined : await rest(page.next);
        if (page) return;
      }
      controller.enqueue(encoder.encode(events ? "]}\n" : "\n"));
      controller.close();
    },
  });
  return new Response(body, { headers: { ...SAFE, "Cache-Control": "no-store", "Content-Type": "application/json; charset=utf-8", "Content-Disposition": "attachment; filename=\"customer.json\"" } });
}

/** Weak, for a score fades while its stars stay: the revision of what is known, and until when nothing changes. */
function tagOf({ revision, until }) {
  return `W/"${revision}.${until === Infinity ? "" : until}"`;
}

/** What an asker has already: `{ revision, until }` of the header `If-None-Match`. */
export function knownOf(request) {
  const [, revision, until] = /^W\/"([\w-]{1,64})\.(\d{0,16})"$/.exec(request.headers.get("if-none-match") ?? "") ?? [];
  return revision && { revision, until: until === "" ? Infinity : Number(until) };
}
