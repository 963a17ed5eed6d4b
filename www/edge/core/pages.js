/*
 * Pages of the site behind the worker, personalised on the fly: each element of starwise that stands in one without data gets
 * this customer's, drawn already. Whose page it is says a cookie with a token to read. Whatever goes wrong here, the page goes
 * on as it was.
 */
import { bearerOf } from "./access.js";
import { faultOfName } from "./intake.js";
import { cookieOf, fetchOrigin } from "./origin.js";
import { PageElements } from "./page-elements.js";
import { stylesheetAddress } from "./stylesheet.js";

/** How long a page waits for what is the customer's. */
const PATIENCE_MS = 1000;
/** What is true of the page as it was only. */
const OF_BEFORE = ["etag", "last-modified", "expires", "age", "content-length", "accept-ranges", "content-md5", "digest", "content-digest", "repr-digest", "cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"];

/**
 * Answers requests by the pages of the site behind.
 *
 * @param {{ settings: object, customers: { of(name: string): object }, stars?: number, now?: () => number }} platform
 *   `stars` is how many there are in the model
 */
export function pagesOf({ settings, customers, stars, now = Date.now }) {
  const { origin, cookie } = settings;

  return async function pageOf(request, limits) {
    const bearer = await knownBy(cookieOf(request, cookie));
    const response = await fetchOrigin(request, { origin, cookie, isKnown: bearer !== undefined });
    if (!isPage(response)) return response;
    const page = new Response(response.body, response);
    if (!/(^|,)\s*(cookie|\*)\s*(,|$)/i.test(page.headers.get("vary") ?? "")) page.headers.append("vary", "Cookie");
    if (!bearer || !isRewritable(page)) return page;
    for (const name of OF_BEFORE) page.headers.delete(name);
    page.headers.set("cache-control", "private, no-store");
    if (!page.body) return page;
    try {
      return new PageElements({ ask: (locale) => asked(bearer, limits, locale), stars, stylesheet: await stylesheetAddress() }).rewritten(page);
    } catch {
      // Written in an encoding that the platform does not know.
      return page;
    }
  };

  /** Who may read their own by this token; undefined where nobody may. */
  async function knownBy(token) {
    if (!token) return undefined;
    try {
      const bearer = await bearerOf(new Request("https://starwise.invalid/", { headers: { Authorization: `Bearer ${token}` } }), settings, { nowMs: now() });
      return bearer.scopes.includes("read") && !faultOfName(bearer.customer) ? bearer : undefined;
    } catch {
      return undefined;
    }
  }

  /** All that a page may show of a customer, by one question; undefined where it cannot be had in time. */
  async function asked(bearer, limits, locale) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    try {
      return await Promise.race([answered(bearer, limits, locale), late]);
    } catch (error) {
      console.error(error);
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  async function answered(bearer, limits, locale) {
    const isWithin = await limits.take(bearer).then(() => true, () => false);
    if (!isWithin) return undefined;
    const { value } = await customers.of(bearer.customer).ask("page", { at: now(), locale });
    return value?.body;
  }
}

function isPage({ status, headers }) {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") && status !== 101 && status !== 206 && status !== 304;
}

/** The site behind may forbid it, and what nobody here can read stays as it is. */
function isRewritable({ headers }) {
  return /^(|identity|gzip|br)$/i.test(headers.get("content-encoding") ?? "") && !/\bno-transform\b/i.test(headers.get("cache-control") ?? "");
}
