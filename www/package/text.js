/* JSON text and bytes, as the core reads them: UTF-8. */
import { layBytes, refresh } from "./desk.js";
import { errorAt } from "./error.js";

const utf8 = new TextEncoder();
const LONE_SURROGATE = /\p{Surrogate}/u;
const BACKSLASH = 92;
const ROOM_FOR_A_CHARACTER = 4;
/** The buffers there are, by their own account of their length: no other object can give it. */
const lengthsOf = [globalThis.ArrayBuffer, globalThis.SharedArrayBuffer]
  .filter(Boolean)
  .map((buffer) => Object.getOwnPropertyDescriptor(buffer.prototype, "byteLength").get);

/** The bytes of a text or of any view of bytes; none of anything else. Refused where there are more than `limit`. */
export function bytesOf(subject, input, limit) {
  if (typeof input === "string") {
    // A UTF-16 unit takes at least one byte: what is surely too long is not even encoded.
    if (input.length > limit) throw tooLarge(subject, limit);
    return within(subject, limit, utf8.encode(isTorn(input) ? withEscapedSurrogates(input) : input));
  }
  if (typeof input !== "object" || input === null) return undefined;
  const bytes = viewOf(subject, input);
  return bytes && within(subject, limit, bytes);
}

/**
 * Lays a text, or any view of bytes, down as the input of the next call: its length in bytes, none of anything else.
 * A text is encoded right where it is read from, in as many pieces as the room there takes.
 */
export function layText(desk, subject, input, limit) {
  if (typeof input !== "string") {
    const bytes = bytesOf(subject, input, limit);
    return bytes && layBytes(desk, bytes);
  }
  if (input.length > limit) throw tooLarge(subject, limit);
  let rest = isTorn(input) ? withEscapedSurrogates(input) : input;
  let length = 0;
  // Most text is ASCII; what is not asks for more room later.
  let room = rest.length + ROOM_FOR_A_CHARACTER;
  while (rest) {
    const at = desk.room(room);
    const { read, written } = utf8.encodeInto(rest, refresh().u8.subarray(at + length, at + room));
    length += written;
    if (read === rest.length) break;
    rest = rest.slice(read);
    room = length + 3 * rest.length;
    if (length > limit) throw tooLarge(subject, limit);
  }
  if (length > limit) throw tooLarge(subject, limit);
  return length;
}

/** A view of the bytes of a buffer or of another view, of this realm or another; none of anything else. */
function viewOf(subject, input) {
  try {
    if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    return isBuffer(input) ? new Uint8Array(input) : undefined;
  } catch (cause) {
    const detail = "must be readable bytes, found a buffer that is detached or refuses";
    throw errorAt(`${subject}-unreadable`, subject, detail, { cause });
  }
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
  let escaped = "";
  let copied = 0;
  let backslashes = 0;
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.codePointAt(position);
    if (unit === BACKSLASH) {
      backslashes += 1;
      continue;
    }
    if (unit > 0xffff) position += 1;
    else if (unit >= 0xd800 && unit <= 0xdfff && backslashes % 2 === 0) {
      escaped += `${text.slice(copied, position)}\\u${unit.toString(16)}`;
      copied = position + 1;
    }
    backslashes = 0;
  }
  return escaped + text.slice(copied);
}

/** An ArrayBuffer or SharedArrayBuffer: what says that it is one is asked for its length. */
function isBuffer(input) {
  return saysBuffer(input) && lengthsOf.some((lengthOf) => answers(lengthOf, input));
}

function saysBuffer(input) {
  try {
    return input instanceof ArrayBuffer || /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(input));
  } catch {
    // A proxy that refuses: no buffer, and the packer will say where it refused.
    return false;
  }
}

function answers(lengthOf, input) {
  try {
    lengthOf.call(input);
    return true;
  } catch {
    return false;
  }
}

function within(subject, limit, bytes) {
  if (bytes.byteLength > limit) throw tooLarge(subject, limit);
  return bytes;
}

function tooLarge(subject, limit) {
  return errorAt(`${subject}-too-large`, subject, `must be at most ${limit} bytes, found more`);
}
