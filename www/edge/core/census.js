/* Everybody together, as it is asked for: the census, and the customers of an audience. */
import { json } from "./answer.js";
import { base64UrlOf, bytesOfUrl } from "./bytes.js";
import { Fault } from "./fault.js";
import { soundOf } from "./rules.js";

const LIMIT = 100;
const LONGEST = 1000;

/**
 * The routes. A platform's `census` brings:
 *
 *   start(rules, atMs)             begins to ask everybody where they stand: `{ run, at }`
 *   read()                         what came of it, and how far the next one is
 *   members(id, after, limit)      `{ customers, next }` of an audience; `after` is where the page before ended
 */
export function censusRoutes(app, { census, rules, now, admitted }) {
  app.post("/census", async ({ req: { raw } }) => {
    await admitted(raw);
    return json(await census.start(await soundOf(rules), now()), { status: 202 });
  });

  app.get("/census", async ({ req: { raw } }) => {
    await admitted(raw);
    return json(filled(await census.read(), await soundOf(rules)));
  });

  app.get("/audience/:id", async ({ req }) => {
    await admitted(req.raw);
    const { audiences } = await soundOf(rules);
    const id = req.param("id");
    if (!audiences.includes(id)) throw new Fault(404, "audience-unknown", "the model has no such audience");
    const query = new URL(req.url).searchParams;
    const { customers, next } = await census.members(id, placeOf(query.get("cursor")), limitOf(query.get("limit")));
    return json({ id, customers, cursor: next && cursorOf(next) });
  });
}

/** Whatever the model has, and nobody is in, is counted too: 0. */
function filled(census, { stars, segments, audiences }) {
  if (!census.stars) return census;
  const zeros = (ids) => Object.fromEntries(ids.map((id) => [id, 0]));
  return {
    ...census,
    stars: { ...zeros(Array.from({ length: stars + 1 }, (_, number) => number)), ...census.stars },
    segments: { ...zeros(segments), ...census.segments },
    audiences: { ...zeros(audiences), ...census.audiences },
  };
}

function limitOf(text) {
  if (text === null) return LIMIT;
  const limit = Number(text);
  if (!(Number.isInteger(limit) && limit >= 1 && limit <= LONGEST)) throw new Fault(400, "query-invalid-limit", `\`limit\` must be a whole number from 1 to ${LONGEST}`, { path: "limit" });
  return limit;
}

/** Where a page ended, as a text that can stand in an address. */
function cursorOf({ shard, name }) {
  return base64UrlOf(new TextEncoder().encode(JSON.stringify([shard, name])));
}

function placeOf(cursor) {
  if (cursor === null) return { shard: 0, name: "" };
  try {
    const [shard, name] = JSON.parse(new TextDecoder().decode(bytesOfUrl(cursor)));
    if (Number.isSafeInteger(shard) && shard >= 0 && typeof name === "string") return { shard, name };
  } catch {
    // Said below.
  }
  throw new Fault(400, "query-invalid-cursor", "`cursor` must be one of an answer of ours", { path: "cursor" });
}
