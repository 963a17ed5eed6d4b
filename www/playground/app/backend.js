/*
 * The edge worker as the product's backend: events are posted to it, and what is shown is asked of it. Events wait here while
 * it cannot be reached; each has an id, so that sending one twice does no harm. Where it is, and a token of one customer, come
 * in the fragment of the address, which no server and no log sees.
 */

const KEY = "starwise-backend";
const AGAIN_MS = 4000;
const DAY_MS = 86_400_000;

/** The backend that the address names, or the one of before; null without one. */
export function backendOf({ onChange }) {
  const kept = named() ?? read();
  return kept && new Backend(kept, onChange);
}

/** What the fragment names; it goes from the address at once. */
function named() {
  const given = new URLSearchParams(location.hash.slice(1));
  const [address, customer, token] = ["backend", "customer", "token"].map((name) => given.get(name));
  if (!address || !customer || !token) return null;
  history.replaceState(null, "", location.pathname + location.search);
  const before = read();
  const isSame = before?.customer === customer && before.address === address;
  return { address, customer, token, queue: isSame ? before.queue : [], profile: isSame ? before.profile : null };
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

class Backend {
  #kept;
  #onChange;
  #isAsking = false;
  #again = null;
  #timer = 0;
  /** What it said last, and what went wrong since. */
  answers = null;
  trouble = null;
  refused = null;

  constructor(kept, onChange) {
    this.#kept = kept;
    this.#onChange = onChange;
    this.#keep();
    addEventListener("online", () => this.#again && this.ask(this.#again));
  }

  get customer() {
    return this.#kept.customer;
  }

  get host() {
    return new URL(this.#kept.address).host;
  }

  get waiting() {
    return this.#kept.queue.length;
  }

  add(events) {
    this.#kept.queue.push(...events);
    this.#keep();
  }

  describe(profile) {
    this.#kept.profile = profile;
    this.#keep();
  }

  /** Nothing more goes there. */
  leave() {
    clearTimeout(this.#timer);
    localStorage.removeItem(KEY);
  }

  /** Sends what waits, then asks what there is to show; `moment()` says when that is, and which nudge is on the page. */
  async ask(moment) {
    clearTimeout(this.#timer);
    this.#again = moment;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#again) {
        this.#again = null;
        await this.#send();
        this.answers = await this.#answersAt(moment());
        this.trouble = null;
      }
    } catch (error) {
      this.#again = moment;
      this.answers = null;
      this.trouble = error.message;
      this.#timer = setTimeout(() => this.ask(moment), AGAIN_MS);
    }
    this.#isAsking = false;
    this.#onChange();
  }

  async #send() {
    // The profile is for the product's own backend to tell: a customer's token may not.
    const { profile } = this.#kept;
    if (profile) {
      await this.#fetch(new URL("/backend/profile", location.href), "PUT", { customer: this.customer, ...profile });
      if (this.#kept.profile === profile) this.#kept.profile = null;
      this.#keep();
    }
    while (this.#kept.queue.length > 0) {
      const sent = this.#kept.queue.slice(0, 500);
      const { refused } = await this.#fetch(this.#at("events"), "POST", { events: sent });
      const later = new Set(refused.filter(({ again }) => again).map(({ index }) => index));
      const [never] = refused.filter(({ again }) => !again);
      if (never) this.refused = never.message;
      this.#kept.queue = [...sent.filter((_, index) => later.has(index)), ...this.#kept.queue.slice(sent.length)];
      this.#keep();
      if (later.size > 0) throw new Error("the worker could not take everything just now");
    }
  }

  async #answersAt({ at, showing, from, to, step }) {
    const get = (what, query) => this.#fetch(this.#at(`${what}/${encodeURIComponent(this.customer)}?${new URLSearchParams(query)}`), "GET");
    const [result, progress, decision, timeline, before] = await Promise.all([
      get("score", { at, include: "all" }),
      get("progress", { at }),
      get("nudge", showing === null ? { at } : { at, showing }),
      get("timeline", { from, to, step: `${step / 3_600_000}h` }),
      get("score", { at: at - DAY_MS }),
    ]);
    return { result, progress, decision, timeline, yesterday: before.score };
  }

  #at(path) {
    return new URL(path, this.#kept.address);
  }

  async #fetch(url, method, body) {
    const isOurs = url.origin === location.origin;
    const headers = { ...(!isOurs && { Authorization: `Bearer ${this.#kept.token}` }), ...(body && { "Content-Type": "application/json" }) };
    const response = await fetch(url, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    // What is wrong with some of the events is told by index.
    if (!response.ok && ![422, 503].includes(response.status)) throw new Error(errorIn(text) ?? `it answered with ${response.status}`);
    const json = JSON.parse(text);
    if (json.error) throw new Error(json.error.message);
    return json;
  }

  #keep() {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // Then it lasts as long as the page.
    }
  }
}

function errorIn(text) {
  try {
    return JSON.parse(text).error?.message;
  } catch {
    return undefined;
  }
}
