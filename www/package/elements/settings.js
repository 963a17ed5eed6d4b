/* What can be set on elements: how each setting stands in an attribute, and what of it is a renderer's style. */
import { errorAt, quoted } from "../error.js";

const TEXT = { read: (text) => text, write: String };
const NUMBER = { read: numberOf, write: String };
const INSTANT = { read: numberOf, write: (instant) => (instant instanceof Date ? String(instant.getTime()) : String(instant)) };
const FLAG = { read: (text) => text !== "false", write: () => "" };
/** The same of what is there unless it is taken away. */
const SWITCH = { ...FLAG, off: "false" };
const JSON_TEXT = { read: (text, name) => parsed(text, name), write: json };

/** Property -> how its attribute is read and written. */
const SETTINGS = {
  actions: SWITCH,
  animated: FLAG,
  caption: TEXT,
  color: TEXT,
  count: NUMBER,
  label: TEXT,
  locale: TEXT,
  now: INSTANT,
  of: TEXT,
  size: NUMBER,
  theme: TEXT,
  thresholds: JSON_TEXT,
  trackColor: TEXT,
  width: NUMBER,
  words: JSON_TEXT,
};

/** The attribute of a property: `trackColor` is `track-color`. */
export function attributeOf(property) {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The value of a setting as an element's attribute has it; undefined without the attribute. */
export function readSetting(element, property) {
  const attribute = attributeOf(property);
  const text = element.getAttribute(attribute);
  return text === null ? undefined : SETTINGS[property].read(text, attribute);
}

/** A setting as the text of its attribute; null where there is to be none. */
export function writtenSetting(property, value) {
  const { write, off = null } = SETTINGS[property];
  if (value === false) return off;
  return value === undefined || value === null ? null : write(value);
}

/** Numbers of an attribute; a text that is none stays as it is, so that the fault names it. */
export function numberOf(text) {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}

/** The JSON of an attribute. */
export function parsed(text, attribute) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw errorAt("element-invalid-json", attribute, `must be JSON, found ${quoted(text)}`, { cause });
  }
}

/** A value as JSON, with the columns of a timeline as plain lists. */
export function json(value) {
  return JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? Array.from(part) : part));
}
