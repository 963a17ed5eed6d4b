/* Cloudflare's part: requests and batches of a queue, each to the Durable Objects of the customers they concern. */
import { failure } from "./core/answer.js";
import { appOf } from "./core/app.js";
import { pagesOf } from "./core/pages.js";
import { comeAgain, sendAll, takeBatch } from "./core/queue.js";
import { rulesOf, soundOf } from "./core/rules.js";
import { settingsOf } from "./core/settings.js";
import { everybodyIn } from "./durable/everybody.js";

/** The handlers of a Worker under a model's JSON. */
export function workerOf(json) {
  let served;

  /** The app of this isolate: a deployment's variables stay the same while it runs. */
  function servedIn(environment) {
    if (served) return served;
    const settings = settingsOf(environment);
    const customers = { of: (name) => environment.CUSTOMERS.get(environment.CUSTOMERS.idFromName(name)) };
    const rules = rulesOf(json);
    const census = everybodyIn(environment, settings);
    const { app, record } = appOf({
      settings,
      rules,
      customers,
      census,
      queue: environment.EVENTS,
      limit: async (kind, key) => (await (kind === "backend" ? environment.BACKEND_LIMITER : environment.LIMITER)?.limit({ key }))?.success,
      // Cloudflare sets it, over whatever was sent.
      addressOf: (request) => request.headers.get("cf-connecting-ip"),
      pages: settings.origin && pagesOf({ settings, customers, stars: json.stars?.at?.length }),
    });
    served = { app, record, rules, census };
    return served;
  }

  return {
    async fetch(request, environment, context) {
      try {
        return await servedIn(environment).app.fetch(request, environment, context);
      } catch (error) {
        console.error(error);
        return failure(error);
      }
    },

    /** A batch of the queue. */
    async queue({ messages }, environment) {
      try {
        const { record, rules } = servedIn(environment);
        await soundOf(rules);
        await takeBatch(messages, { record, tell: (refused) => told(refused, environment) });
      } catch (error) {
        console.error(error);
        for (const message of messages) comeAgain(message);
      }
    },

    /** Once a day, or as `triggers` of wrangler.jsonc says: a census. */
    async scheduled({ scheduledTime }, environment) {
      const { rules, census } = servedIn(environment);
      await census.goOn(await soundOf(rules), scheduledTime);
    },
  };
}

/** Events that will never be taken: to the queue for them, where there is one, else a line each in the log, without what was in them. */
async function told(refused, { REFUSED }) {
  if (!REFUSED) for (const { event: _event, ...one } of refused) console.warn(JSON.stringify(one));
  else await sendAll(REFUSED, refused);
}
