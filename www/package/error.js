/**
 * The one error type: a stable code, the place in the caller's own notation, and a sentence.
 *
 * Where several things are wrong with a model, the error speaks of the first and `faults` has all of them.
 */
export class StarwiseError extends Error {
  /**
   * @param {{ code: string, path: string, message: string }[]} faults every fault, at least one
   * @param {{ cause?: unknown }} [options] what a getter, a proxy or `toJSON` of the caller's threw, or the host
   */
  constructor(faults, options) {
    const [{ code, path, message }] = faults;
    super(message, options);
    this.code = code;
    this.path = path;
    this.faults = faults;
  }
}

// On the prototype, as with the built-in errors: not an own property that every log would repeat.
Object.defineProperty(StarwiseError.prototype, "name", {
  value: "StarwiseError",
  configurable: true,
  writable: true,
});

/** The same error, its paths and messages in other words; anything else as it is. */
export function reworded(error, rename) {
  if (!(error instanceof StarwiseError)) return error;
  const faults = error.faults.map(({ code, path, message }) => ({ code, path: rename(path), message: rename(message) }));
  return new StarwiseError(faults, { cause: error.cause });
}

/**
 * An error of one fault, found by the face itself and worded as the core words its own: the path in backticks, then the sentence.
 *
 * Made here and nowhere else: Node shows the line that made an error nobody catches, and the core of the package is one long line.
 */
export function errorAt(code, path, detail, options) {
  return new StarwiseError([{ code, path, message: `\`${path}\` ${detail}` }], options);
}

/** Longer texts are cut in messages and paths, as the core cuts them. */
const SHOWN = 60;

/** A key or position as a step of a path: `.plan`, `["first name"]`, `[3]`. */
export function stepOf(key) {
  if (typeof key === "number") return `[${key}]`;
  if (/^[\w$\-\u0080-\uffff]{1,64}$/.test(key)) return `.${key}`;
  return `[${JSON.stringify(shortened(key))}]`;
}

/** A text in backticks, on one line and not too long. */
export function quoted(text) {
  return `\`${shortened(text).replace(/\p{Cc}/gu, (control) => `\\u{${control.charCodeAt(0).toString(16)}}`)}\``;
}

function shortened(text) {
  const characters = Array.from(text.slice(0, 2 * SHOWN + 2));
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : text;
}

/** What the core threw, as an error for the caller: its faults are a plain list; anything else is passed on as it is. */
export function errorOf(thrown) {
  return Array.isArray(thrown) ? new StarwiseError(thrown) : thrown;
}
