/*
 * Who is told of changes: the setting `WEBHOOKS`, a JSON list, checked once.
 *
 * | key | default | what it is |
 * |---|---|---|
 * | `id` | required | 1 to 64 letters, digits, `-` and `_`; part of each message's id, so it stays when the address changes |
 * | `url` | required | where messages go: https, and plain http to this machine |
 * | `form` | `"json"` | `"json"`, signed, or `"slack"` |
 * | `on` | all | what is told of: of `"stars"`, `"segment"`, `"audience"` |
 * | `audiences` | all | which audiences are told of, by id |
 */
import { bytesOf } from "./bytes.js";

const FORMS = ["json", "slack"];
const KINDS = ["stars", "segment", "audience"];
const KEYS = ["id", "url", "form", "on", "audiences"];
const LOCAL = ["localhost", "127.0.0.1", "[::1]"];
/** A Worker holds so many connections open at a time: with more listeners, slow ones would hold the others back. */
const LISTENERS = 6;
/** As the specification of Standard Webhooks says. */
const KEY_BYTES = 24;

/** What is wrong with the list, in words; undefined where nothing is. An address may be a secret, so none is repeated. */
export function faultOfWebhooks(list) {
  if (list.length > LISTENERS) return `must have at most ${LISTENERS} listeners, found ${list.length}`;
  const ids = new Set();
  for (const [index, webhook] of list.entries()) {
    const fault = faultOfWebhook(webhook);
    if (fault) return `[${index}]${fault}`;
    if (ids.has(webhook.id)) return `[${index}].id must be another than those before it`;
    ids.add(webhook.id);
  }
  return undefined;
}

function faultOfWebhook(webhook) {
  if (webhook === null || typeof webhook !== "object" || Array.isArray(webhook)) return " must be an object";
  const { id, url, form = "json", on = KINDS, audiences = [] } = webhook;
  const unknown = Object.keys(webhook).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return ` must have no other keys than ${KEYS.join(", ")}, found \`${unknown}\``;
  if (!(typeof id === "string" && /^[\w-]{1,64}$/.test(id))) return ".id must be 1 to 64 letters, digits, `-` and `_`";
  if (!isSafe(url)) return ".url must be an address by https, or by http on localhost, without a user and a password";
  if (!FORMS.includes(form)) return `.form must be one of ${FORMS.join(", ")}`;
  if (!(Array.isArray(on) && on.length && on.every((kind) => KINDS.includes(kind)))) return `.on must be a list of ${KINDS.join(", ")}`;
  if (!(Array.isArray(audiences) && audiences.every((audience) => typeof audience === "string"))) return ".audiences must be a list of ids";
  return undefined;
}

function isSafe(text) {
  if (!(typeof text === "string" && URL.canParse(text))) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && LOCAL.includes(hostname));
}

/** A listener with all that it left out. */
export function completed({ id, url, form = "json", on = KINDS, audiences }) {
  return { id, url, form, on, audiences };
}

/** Whether a listener is to be told of a change. */
export function wants({ on, audiences }, { what, id }) {
  return on.includes(what) && (what !== "audience" || !audiences || audiences.includes(id));
}

/**
 * The keys that messages are signed with: of each secret, separated by spaces, the bytes behind `whsec_`, or its own.
 * Undefined where one of them is none.
 */
export function keysOf(text = "") {
  const keys = text.split(/\s+/).filter(Boolean).map(keyOf);
  return keys.every((key) => key?.length >= KEY_BYTES) ? keys : undefined;
}

function keyOf(secret) {
  if (!secret.startsWith("whsec_")) return new TextEncoder().encode(secret);
  try {
    return bytesOf(secret.slice("whsec_".length));
  } catch {
    return undefined;
  }
}
