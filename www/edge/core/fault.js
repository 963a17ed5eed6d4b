/* What went wrong, as every answer says it: a status for programs, a code, a place, and a sentence. */
import { StarwiseError } from "starwise";
import { SettingsError } from "./settings.js";

/** A request that cannot be served as it stands. */
export class Fault extends Error {
  /** @param {number} status of the answer @param {string} code kebab-case @param {string} message what to change @param {object} [more] further fields */
  constructor(status, code, message, { path = "", headers = {}, ...more } = {}) {
    super(message);
    Object.assign(this, { status, code, path, headers, more });
  }
}

/** An error as plain data, as it goes over the wire; of an unknown one nothing is told. */
export function faultOf(error) {
  if (error instanceof Fault) return { status: error.status, error: { code: error.code, path: error.path, message: error.message, ...error.more } };
  if (error instanceof StarwiseError) return { status: 400, error: { code: error.code, path: error.path, message: error.message } };
  if (error instanceof SettingsError) return { status: 503, error: { code: "settings-invalid", path: error.path, message: error.message } };
  return { status: 503, error: { code: "unavailable", path: "", message: "something failed here; nothing was half done, so try again" } };
}

/** What work gives, or what went wrong with it, as plain data: what a class of ours knows would be lost on the way between places. */
export async function answered(work) {
  try {
    return { value: await work() };
  } catch (error) {
    const fault = faultOf(error);
    if (fault.status === 503) console.error(fault.error.code, error);
    return { fault };
  }
}

/** Plain data of another place, as a fault again. */
export function thrownFrom({ status, error: { code, path, message, ...more } }) {
  return new Fault(status, code, message, { path, ...more });
}
