/* Functions of the caller's: checked before they are needed, and what they throw is told without ending anything. */
import { errorAt, quoted } from "../error.js";

/** Refuses an argument. */
export function refuse(code, path, expected, found) {
  throw errorAt(`options-invalid-${code}`, path, `must be ${expected}, found ${quoted(String(found))}`);
}

/** Refuses what is no function: it would only be missed when it is needed. */
export function checkFunction(value, path) {
  if (typeof value !== "function") refuse("listener", path, "a function", value);
}

/** Tells the host of what nobody catches. */
export function report(error) {
  (globalThis.reportError ?? console.error)(error);
}

/** Calls a listener of the caller's. */
export function tell(listener, news) {
  try {
    listener(news);
  } catch (error) {
    report(error);
  }
}
