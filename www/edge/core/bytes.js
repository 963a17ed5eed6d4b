/* Bytes put together, and as text. */

/** Parts one after the other. */
export function joined(parts) {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

/** Bytes in base64. */
export function base64Of(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** The bytes of base64; throws where it is none. */
export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Bytes in base64 as it can stand in an address or a token. */
export function base64UrlOf(bytes) {
  return base64Of(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of that. */
export function bytesOfUrl(text) {
  return bytesOf(text.replaceAll("-", "+").replaceAll("_", "/"));
}
