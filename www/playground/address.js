/*
 * What is open, and at which instant, is in the address, so that it can be sent to somebody:
 * `#customer=user_0539&at=2024-05-01T12:00:00Z` or `#model`; with both, the model is in front where there is no room for two.
 */

/** The address as `{ customer, model, at }`; `at` is NaN where it is there and cannot be read. */
export function read(hash = location.hash) {
  const parameters = new URLSearchParams(hash.slice(1));
  const at = parameters.get("at");
  return {
    customer: parameters.get("customer"),
    model: parameters.has("model"),
    at: at === null ? null : Date.parse(at),
  };
}

/** The fragment of an address; `at` null is the page's own default. */
export function write({ customer = null, model = false, at = null }) {
  const parts = [];
  if (model) parts.push("model");
  if (customer !== null) parts.push(`customer=${encodeURIComponent(customer)}`);
  if (at !== null) parts.push(`at=${new Date(at).toISOString().replace(".000Z", "Z")}`);
  return `#${parts.join("&")}`;
}
