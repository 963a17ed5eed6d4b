/* The site behind the worker: requests go on to it, without what is none of its business. */
import { Fault } from "./fault.js";

/** What concerns one connection only. `Upgrade` stays: the platform passes on web sockets. RFC 9110, 7.6.1. */
const HOPS = ["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding"];
/** What asks for a part of a page, or whether it is still the one that the browser has. */
const CONDITIONS = ["if-none-match", "if-modified-since", "if-range", "range"];
/** What the platform can take apart and put together again. */
const ENCODINGS = ["gzip", "br"];

/** The value of a cookie; undefined where there is none, or several that differ. */
export function cookieOf(request, name) {
  const values = new Set(pairsOf(request).filter((pair) => pair.name === name).map(({ value }) => value));
  return values.size === 1 ? [...values][0] : undefined;
}

/**
 * Asks the site.
 *
 * @param {Request} request as it came
 * @param {{ origin: string, cookie: string, isKnown: boolean }} settings the cookie that stays here, and whether it says who the customer is
 */
export async function fetchOrigin(request, { origin, cookie, isKnown }) {
  const here = new URL(request.url);
  const there = new URL(origin);
  // Each by itself: a path that begins with `//` would be another site.
  there.pathname = here.pathname;
  there.search = here.search;
  try {
    const response = await fetch(there, { method: request.method, headers: passedOn(request, here, { cookie, isKnown }), body: request.body, redirect: "manual" });
    return cameFrom(response, there, here);
  } catch (error) {
    console.error(error);
    throw new Fault(502, "origin-unreachable", "the site behind this worker could not be reached");
  }
}

function passedOn(request, here, { cookie, isKnown }) {
  const headers = new Headers(request.headers);
  const named = (headers.get("connection") ?? "").split(",").map((name) => name.trim()).filter((name) => /^[\w-]+$/.test(name) && !/^upgrade$/i.test(name));
  for (const name of ["host", ...HOPS, ...named]) headers.delete(name);
  const others = pairsOf(request).filter(({ name }) => name !== cookie).map(({ text }) => text);
  if (others.length) headers.set("cookie", others.join("; "));
  else headers.delete("cookie");
  const accepted = headers.get("accept-encoding") ?? "";
  headers.set("accept-encoding", ENCODINGS.filter((name) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`, "i").test(accepted)).join(", ") || "identity");
  headers.set("x-forwarded-host", here.host);
  headers.set("x-forwarded-proto", here.protocol.slice(0, -1));
  // A page of before the customer was known must not be taken for the one of now.
  if (isKnown && /\btext\/html\b/i.test(headers.get("accept") ?? "")) for (const name of CONDITIONS) headers.delete(name);
  return headers;
}

/** Whoever is led to an address of the site behind stays in front of it. */
function cameFrom(response, there, here) {
  const location = response.headers.get("location");
  if (!location || !URL.canParse(location)) return response;
  const target = new URL(location);
  if (target.origin !== there.origin || there.origin === here.origin) return response;
  const moved = new Response(response.body, response);
  moved.headers.set("location", here.origin + target.pathname + target.search + target.hash);
  return moved;
}

function pairsOf(request) {
  const texts = (request.headers.get("cookie") ?? "").split(";").map((text) => text.trim()).filter(Boolean);
  return texts.map((text) => {
    const [, name, value] = /^([^=]*?)\s*(?:=\s*"?([^"]*)"?)?$/.exec(text) ?? [text, text, ""];
    return { text, name, value: value ?? "" };
  });
}
