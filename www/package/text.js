/* JSON text and bytes, as the core reads them: UTF-8. */
import { faultAt, StarwiseError } from "./error.js";

const utf8 = new TextEncoder();
const LONE_SURROGATE = /\p{Surrogate}/u;
const BACKSLASHES_AND_LONE_SURROGATE = /(\\*)(\p{Surrogate})/gu;

/** The bytes of a text or of any view of bytes; none of anything else. Refused where there are more than `limit`. */
export function bytesOf(subject, input, limit) {
  if (typeof input === "string") {
    // A UTF-16 unit takes at least one byte: what is surely too long is not even encoded.
    if (input.length > limit) throw tooLarge(subject, limit);
    return within(subject, limit, utf8.encode(isTorn(input) ? withEscapedSurrogates(input) : input));
  }
  if (ArrayBuffer.isView(input)) {
    return within(subject, limit, new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  }
  return isBuffer(input) ? within(subject, limit, new Uint8Array(input)) : undefined;
}

/** Whether a text has lone surrogates. */
export function isTorn(text) {
  return text.isWellFormed ? !text.isWellFormed() : LONE_SURROGATE.test(text);
}

/**
 * Lone surrogates in JSON text as their `\udXXX` escapes: UTF-8 cannot carry them, and the core has to see that they
 * are there. After an odd number of backslashes one stays, to be U+FFFD: that text is no JSON and must not become any.
 */
function withEscapedSurrogates(text) {
  return text.replace(BACKSLASHES_AND_LONE_SURROGATE, (whole, backslashes, surrogate) =>
    backslashes.length % 2 === 1 ? whole : `${backslashes}\\u${surrogate.charCodeAt(0).toString(16)}`,
  );
}

/** An ArrayBuffer or SharedArrayBuffer, of this realm or another. */
function isBuffer(input) {
  if (typeof input !== "object" || input === null) return false;
  try {
    if (input instanceof ArrayBuffer) return true;
    return /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input));
  } catch {
    // A proxy that refuses: no buffer, and the packer will say where it refused.
    return false;
  }
}

function within(subject, limit, bytes) {
  if (bytes.byteLength > limit) throw tooLarge(subject, limit);
  return bytes;
}

function tooLarge(subject, limit) {
  return new StarwiseError([faultAt(`${subject}-too-large`, subject, `must be at most ${limit} bytes, found more`)]);
}
