/* NDJSON: an event a line, `{ subject, type, time, id?, data? }`, and profiles as lines of their own, `{ subject, profile }`. */
import { FileFault, quoted } from "./fault.js";

/** What files call the customer. */
const SUBJECTS = ["subject", "user", "customer", "userId", "user_id", "customerId", "customer_id"];

/** `{ push(text), end(), report() }`; `keep` gets every event, `describe` every profile. */
export function ndjsonReader(keep, describe) {
  let rest = "";
  let line = 0;
  let key = null;

  function push(text) {
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const each of lines) take(each);
  }

  function take(text) {
    line += 1;
    if (text.trim() === "") return;
    const object = parsed(text, line);
    if (key === null || object[key] === undefined) key = SUBJECTS.find((name) => object[name] !== undefined) ?? null;
    const subject = key === null ? undefined : object[key];
    if ((typeof subject !== "string" && typeof subject !== "number") || subject === "") throw new FileFault(`expected a \`subject\` (or \`user\`, \`customer\`, \`userId\`), found ${quoted(subject ?? text)}`, line);
    if (object.profile !== undefined && object.type === undefined) return describe(String(subject), profileAt(object.profile, line));
    const { type, time, id, data } = object;
    if (typeof type !== "string" || type === "") throw new FileFault(`expected a \`type\`, a text that is not empty, found ${type === undefined ? "none" : quoted(type)}`, line);
    if (typeof time !== "string" && typeof time !== "number") throw new FileFault(`expected a \`time\`, found ${time === undefined ? "none" : quoted(time)}`, line);
    if (id !== undefined && id !== null && typeof id !== "string") throw new FileFault(`expected an \`id\` that is a text, found ${quoted(id)}`, line);
    keep(line, String(subject), type, time, typeof data?.value === "number" ? data.value : NaN, id ?? undefined);
  }

  return {
    push,
    end() {
      if (rest !== "") take(rest);
    },
    report: () => ({ form: "ndjson", subjectKey: key }),
  };
}

function parsed(text, line) {
  let object;
  try {
    object = JSON.parse(text);
  } catch (error) {
    throw new FileFault(`this is no JSON: ${error.message}`, line);
  }
  if (object === null || typeof object !== "object" || Array.isArray(object)) throw new FileFault(`expected an object, found ${quoted(text)}`, line);
  return object;
}

function profileAt(profile, line) {
  if (profile === null || typeof profile !== "object" || Array.isArray(profile)) throw new FileFault(`expected a \`profile\` that is an object, found ${quoted(profile)}`, line);
  return profile;
}
