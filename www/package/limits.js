/*
 * The sizes that are checked before anything is copied into WebAssembly memory, which never shrinks.
 * The core checks them again for those who call it without this face.
 */

/** Events of one history. */
export const MAX_EVENTS = 1_000_000;

/** Containers within containers; the outermost is 1. */
export const MAX_DEPTH = 64;

/** A model's JSON text, in UTF-8 bytes: 256 KB. */
export const MAX_MODEL_TEXT = 262_144;

/** A model handed over as an object, in bytes of its encoding: 1 MiB. Chosen: four times the text. */
export const MAX_MODEL_WIRE = 1_048_576;

/** A history's JSON text or encoding, in bytes: 256 MiB. Chosen. */
export const MAX_HISTORY = 268_435_456;

/** Values in a history handed over as an object, as many as the core takes in a text. Chosen. */
export const MAX_VALUES = 20_000_000;

/** The options of one call, in bytes of their encoding. Chosen: they are seven short values. */
export const MAX_OPTIONS = 65_536;

/** Rows of columns at once, as many as the core takes. Chosen. */
export const MAX_ROWS = 20_000_000;

/** What is to be drawn, and how, in bytes of their encoding: 16 MiB. Chosen: four columns of the longest timeline take 4 MB. */
export const MAX_PICTURE = 16_777_216;
