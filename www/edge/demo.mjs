/*
 * `make edge`: the worker with storage on disk, and Taskwise, the product of `make demo`, in front of it. What to try is printed.
 * For this repository only: it takes the playground beside it. A copy of the folder elsewhere does without.
 */
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "../playground/serve.mjs";
import { serveEdge, tokenOf } from "./serve.mjs";

const PORT = 8787;
const BODY_BYTES = 65_536;
/** Taskwise has a clock that can be moved, so events of other days are taken in here. */
const YEAR_MS = 366 * 86_400_000;
const DAY_SECONDS = 86_400;

/** @returns {Promise<{ edge: object, site: object, folder: string, link: string, close: () => Promise<void> }>} `link` opens Taskwise for a customer */
export async function serveDemo({ port = 0, folder, customer = "robin" }) {
  const edge = await serveEdge({ port, folder, variables: { ALLOW_ORIGIN: "*", AHEAD_MS: String(YEAR_MS), TRACK_PAST_MS: String(YEAR_MS) } });
  const { origin } = new URL(edge.address);
  // Beside the worker, and so the same again: what a page remembers is by its address.
  const site = await serve({ port: port && port + 1, connect: [origin], backend: (request, response) => describe(edge, customer, request, response) });
  const token = tokenOf(edge.secret, { scope: "read track", sub: customer, seconds: 30 * DAY_SECONDS });
  // In the fragment, which browsers keep to themselves.
  const link = `${site.address}app/#${new URLSearchParams({ backend: edge.address, customer, token })}`;
  return { edge, site, folder, link, close: () => Promise.all([site.close(), edge.close()]) };
}

/** The product's own backend: what a customer is, is for it to tell. Of its own page, and its own customer, only. */
async function describe(edge, customer, request, response) {
  const answer = (status, json) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(json));
  const isOwn = request.headers["sec-fetch-site"] === "same-origin" && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? "");
  if (request.method !== "PUT" || request.url !== "/backend/profile" || !isOwn) return answer(403, { error: { message: "only Taskwise itself may do that" } });
  try {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) {
      text += chunk;
      if (text.length > BODY_BYTES) return answer(413, { error: { message: "too much" } });
    }
    const { customer: named, ...profile } = JSON.parse(text);
    if (named !== customer) return answer(403, { error: { message: "this is another customer's" } });
    const taken = await fetch(`${edge.address}profile/${encodeURIComponent(customer)}`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${tokenOf(edge.secret, { scope: "ingest", seconds: 60 })}`, "Content-Type": "application/json" },
      body: JSON.stringify(profile),
    });
    return answer(taken.status, await taken.json());
  } catch (error) {
    return answer(503, { error: { message: error.message } });
  }
}

/** What to try, to be copied as it is. */
export function triesOf({ edge: { address, secret }, folder, link }, customer) {
  const token = (scope, sub) => tokenOf(secret, { scope, sub });
  return `The edge worker is at ${address} and keeps what it is told in ${relative("", folder)} (Ctrl-C ends it).

Taskwise, with the worker as its backend:
  ${link}

Or by hand, with tokens that are good for a day:
  INGEST=${token("ingest")}
  READ=${token("read", customer)}
  curl -X POST ${address}events -H "Authorization: Bearer $INGEST" -d '{ "customer": "${customer}", "type": "task.completed", "time": '$(date +%s000)' }'
  curl ${address}score/${customer} -H "Authorization: Bearer $READ"
  curl ${address}nudge/${customer} -H "Authorization: Bearer $READ"

The stars as a picture:
  ${address}stars/${customer}.svg?token=${token("read", customer)}

To deploy: cd www/edge && npx wrangler deploy; www/docs/edge.md says what comes before.`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const customer = process.env.CUSTOMER ?? "robin";
  const folder = process.env.EDGE_FOLDER ?? fileURLToPath(new URL("../../target/edge", import.meta.url));
  console.log(triesOf(await serveDemo({ port: Number(process.env.PORT ?? PORT), folder, customer }), customer));
}
