/* An element as a server sends it: its tag, and a shadow root by the same renderer. */
import { errorAt, quoted } from "../error.js";
import { stylesheet as css } from "../render.js";
import { attributesOf, escaped } from "./markup.js";
import { attributeOf, json, readSetting, writtenSetting } from "./settings.js";

/** What a page may add to the tag: names of no scripts and no styles. */
const ATTRIBUTE = /^(?!on|style$)[a-z][a-z0-9-]*$/;

/** Writes an element of a class under a name. */
export function serve(Class, name, properties = {}, { stylesheet, nonce, fallback = "", attributes = {} } = {}) {
  const { data, style } = sorted(Class, properties);
  const root = rootOf(Class, data, style, { stylesheet, nonce });
  const own = { ...placedBy(Class, name), ...writtenData(Class, data), dir: style.dir };
  for (const setting of Class.settings) own[attributeOf(setting)] = writtenSetting(setting, style[setting]);
  const tag = attributesOf({ ...checked(Class, attributes), ...own });
  return `<${name}${tag}>${root}${escaped(fallback)}</${name}>`;
}

/** What a tag of a class that stands in a page is to be given; null where the page has given it data itself. */
export function fill(Class, name, attributes, given, { dir, ...look } = {}) {
  if (Class.dataAttributes.some((attribute) => Object.hasOwn(attributes, attribute))) return null;
  const data = Class.taken(given, Class.property);
  const tag = { getAttribute: (attribute) => (Object.hasOwn(attributes, attribute) ? attributes[attribute] : null) };
  const style = {};
  for (const setting of Class.settings) style[setting] = readSetting(tag, setting);
  // As the element finds it out for itself: its own direction, else that of its language, else that of the page.
  const own = tag.getAttribute("dir")?.toLowerCase();
  style.dir = ["ltr", "rtl"].includes(own) ? own : style.locale === undefined && dir === "rtl" ? dir : undefined;
  return { attributes: { ...placedBy(Class, name), ...writtenData(Class, data) }, content: rootOf(Class, data, style, look) };
}

/** The shadow root as a page declares it. */
function rootOf(Class, data, style, look) {
  const given = Object.fromEntries(Object.entries(style).filter(([, value]) => value !== undefined));
  const markup = data === undefined ? "<slot></slot>" : data === null ? "" : Class.markup(data, given);
  return `<template shadowrootmode="open">${lookOf(look)}${markup}</template>`;
}

/** The stylesheet knows by our own names what stands in a line of text; under another name an attribute says it. */
function placedBy({ isInline }, name) {
  return isInline && !name.startsWith("starwise-") ? { "data-starwise-inline": "" } : {};
}

/** The attribute that holds the data: as the plain number that they are, or as JSON. */
function writtenData(Class, data) {
  if (data === undefined) return {};
  return Class.dataAttributes.includes("value") && typeof data === "number" ? { value: String(data) } : { data: json(data) };
}

/** The data, and the rest, which is style. */
function sorted(Class, properties) {
  const known = ["data", Class.property, "dir", ...Class.settings];
  const style = {};
  for (const [key, value] of Object.entries(properties)) {
    if (!known.includes(key)) throw errorAt("element-unknown-property", `properties.${key}`, `must be one of ${known.join(", ")}`);
    if (value !== undefined && value !== null) style[key] = value;
  }
  const { data = properties[Class.property] } = properties;
  delete style.data;
  delete style[Class.property];
  return { data: Class.taken(data, Class.property), style };
}

function checked(Class, attributes) {
  for (const name of Object.keys(attributes)) {
    if (ATTRIBUTE.test(name) && !Class.observedAttributes.includes(name)) continue;
    throw errorAt("element-invalid-attribute", "options.attributes", `must have names as \`id\` or \`class\`, found ${quoted(name)}`);
  }
  return attributes;
}

/** What the picture looks like until the element is there: a link, or a style that the page's policy knows by its nonce. */
function lookOf({ stylesheet, nonce }) {
  if (stylesheet !== undefined) return `<link${attributesOf({ rel: "stylesheet", href: stylesheet, nonce })}>`;
  return nonce === undefined ? "" : `<style${attributesOf({ nonce })}>${css()}</style>`;
}
