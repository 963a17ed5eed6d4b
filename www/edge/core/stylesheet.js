/* The look of what is drawn into pages: a file of their own site, so that `style-src 'self'` lets it through. */
import { stylesheet } from "starwise";
import { hashOf } from "./hash.js";

export const STYLESHEET_PATH = "/starwise.css";
const SHORT_SECONDS = 300;
const LONG_SECONDS = 31_536_000;

let address;

/** Where it is, with a hash by which it may be kept for ever. */
export async function stylesheetAddress() {
  address ??= `${STYLESHEET_PATH}?${await hashOf(stylesheet())}`;
  return address;
}

export async function stylesheetResponse(request) {
  const known = await stylesheetAddress();
  const tag = `"${known.split("?")[1]}"`;
  const isThisOne = new URL(request.url).search === `?${known.split("?")[1]}`;
  const headers = {
    "Content-Type": "text/css; charset=utf-8",
    "Cache-Control": isThisOne ? `public, max-age=${LONG_SECONDS}, immutable` : `public, max-age=${SHORT_SECONDS}`,
    ETag: tag,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
  };
  const isKnown = request.headers.get("if-none-match") === tag;
  return new Response(isKnown ? null : stylesheet(), { status: isKnown ? 304 : 200, headers });
}
