/* An element as a server sends it: its tag, and a shadow root by the same renderer. */
import { faultAt, quoted, StarwiseError } from "../error.js";
import { stylesheet as css } from "../render.js";
import { attributesOf, escaped } from "./markup.js";
import { attributeOf, json, writtenSetting } from "./settings.js";

/** What a page may add to the tag: names of no scripts and no styles. */
const ATTRIBUTE = /^(?!on|style$)[a-z][a-z0-9-]*$/;

/** Writes an element of a class under a name. */
export function serve(Class, name, properties = {}, { stylesheet, nonce, fallback = "", attributes = {} } = {}) {
  const { data, style } = sorted(Class, properties);
  const markup = data === undefined ? "<slot></slot>" : data === null ? "" : Class.markup(data, style);
  const isPlain = Class.dataAttributes.includes("value") && typeof data === "number";
  const own = { [isPlain ? "value" : "data"]: isPlain || data === undefined ? data : json(data), dir: style.dir };
  for (const setting of Class.settings) own[attributeOf(setting)] = writtenSetting(setting, style[setting]);
  const tag = attributesOf({ ...checked(Class, attributes), ...own });
  return `<${name}${tag}><template shadowrootmode="open">${lookOf(stylesheet, nonce)}${markup}</template>${escaped(fallback)}</${name}>`;
}

/** The data, and the rest, which is style. */
function sorted(Class, properties) {
  const known = ["data", Class.property, "dir", ...Class.settings];
  const style = {};
  for (const [key, value] of Object.entries(properties)) {
    if (!known.includes(key)) throw new StarwiseError([faultAt("element-unknown-property", `properties.${key}`, `must be one of ${known.join(", ")}`)]);
    if (value !== undefined && value !== null) style[key] = value;
  }
  const { data = properties[Class.property] } = properties;
  delete style.data;
  delete style[Class.property];
  return { data, style };
}

function checked(Class, attributes) {
  for (const name of Object.keys(attributes)) {
    if (ATTRIBUTE.test(name) && !Class.observedAttributes.includes(name)) continue;
    throw new StarwiseError([faultAt("element-invalid-attribute", "options.attributes", `must have names as \`id\` or \`class\`, found ${quoted(name)}`)]);
  }
  return attributes;
}

/** What the picture looks like until the element is there: a link, or a style that the page's policy knows by its nonce. */
function lookOf(stylesheet, nonce) {
  if (stylesheet !== undefined) return `<link${attributesOf({ rel: "stylesheet", href: stylesheet, nonce })}>`;
  return nonce === undefined ? "" : `<style${attributesOf({ nonce })}>${css()}</style>`;
}
