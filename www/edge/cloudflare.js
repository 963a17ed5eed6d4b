/* Cloudflare's part: requests and batches of a queue, each to the Durable Objects of the customers they concern. */
import { failure } from "./core/answer.js";
import { appOf } from "./core/app.js";
import { pagesOf } from "./core/pages.js";
import { rulesOf } from "./core/rules.js";
import { settingsOf } from "./core/settings.js";

/** The handlers of a Worker under a model's JSON. */
export function workerOf(json) {
  let served;

  /** The app of this isolate: a deployment's variables stay the same while it runs. */
  function servedIn(environment) {
    if (served) return served;
    const settings = settingsOf(environment);
    const customers = { of: (name) => environment.CUSTOMERS.get(environment.CUSTOMERS.idFromName(name)) };
    served = appOf({
      settings,
      rules: rulesOf(json),
      customers,
      limit: async (kind, key) => (await (kind === "backend" ? environment.BACKEND_LIMITER : environment.LIMITER)?.limit({ key }))?.success,
      // Cloudflare sets it, over whatever was sent.
      addressOf: (request) => request.headers.get("cf-connecting-ip"),
      pages: settings.origin && pagesOf({ settings, customers, stars: json.stars?.at?.length }),
    });
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
  };
}
