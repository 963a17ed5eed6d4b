/* The elements of one page: found as it streams by, and filled with what the customer's data give. */
import { fillElement } from "starwise/elements";

const PLAIN_STARS = 5;
const MOST_LOCALES = 4;

/** The end of an element's name -> its data, from those of the page; undefined where there are none: what stands in the tag is shown then. */
const DATA = {
  stars: ({ stars }) => stars,
  level: ({ level }) => level ?? undefined,
  streak: ({ streaks }, name) => named(streaks, name),
  badges: ({ badges }) => (badges.length ? badges : undefined),
  checklist: ({ checklists }, name) => named(checklists, name),
  // No nudge is something to be shown: nothing.
  nudge: ({ nudge }) => nudge,
  sparkline: ({ timeline }) => timeline,
};

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

export class PageElements {
  #ask;
  #stars;
  #stylesheet;
  #answers = new Map();
  #dir;
  #lang;

  /** @param {{ ask: (locale?: string) => Promise<object | undefined>, stars?: number, stylesheet: string }} page */
  constructor({ ask, stars = PLAIN_STARS, stylesheet }) {
    this.#ask = ask;
    this.#stars = stars;
    this.#stylesheet = stylesheet;
  }

  /** The page with its elements filled; nothing of it is held back longer than an answer takes. */
  rewritten(response) {
    const rewriter = new HTMLRewriter();
    for (const name of ["html", "body"]) rewriter.on(name, { element: (tag) => this.#read(tag) });
    for (const kind of Object.keys(DATA)) rewriter.on(`starwise-${kind}`, { element: (tag) => this.#fill(tag, kind) });
    return rewriter.transform(response);
  }

  /** From which side a page is read, and in which language. */
  #read(tag) {
    const dir = tag.getAttribute("dir")?.toLowerCase();
    if (dir === "ltr" || dir === "rtl") this.#dir = dir;
    this.#lang = tag.getAttribute("lang") || this.#lang;
  }

  /** At once where the answer is there: what is not waited for goes out with what is around it. */
  #fill(tag, kind) {
    const attributes = attributesOf(tag);
    const asked = this.#answer(attributes.locale ?? this.#lang);
    return asked.isThere ? this.#draw(tag, kind, attributes, asked.page) : asked.coming.then((page) => this.#draw(tag, kind, attributes, page));
  }

  #draw(tag, kind, attributes, page) {
    try {
      const data = page && DATA[kind](page, attributes.name);
      if (data === undefined) return;
      if (kind === "stars" && this.#stars !== PLAIN_STARS) attributes.count ??= String(this.#stars);
      const filled = fillElement(`starwise-${kind}`, attributes, data, { stylesheet: this.#stylesheet, dir: this.#dir });
      if (!filled) return;
      for (const [name, text] of Object.entries(filled.attributes)) tag.setAttribute(name, inJson(text));
      if (attributes.count && !tag.hasAttribute("count")) tag.setAttribute("count", attributes.count);
      tag.prepend(inHtml(filled.content), { html: true });
    } catch (error) {
      // The element itself will say what is wrong with it.
      if (error?.name !== "StarwiseError") console.error(error);
    }
  }

  /** One question for each language that the page has, and that is one. */
  #answer(locale) {
    const key = isLanguage(locale) ? locale : undefined;
    if (!this.#answers.has(key)) this.#answers.set(key, this.#answers.size < MOST_LOCALES ? coming(this.#ask(key)) : { isThere: true });
    return this.#answers.get(key);
  }
}

/** What is on its way: `{ coming, isThere, page }`. */
function coming(answer) {
  const asked = { isThere: false };
  asked.coming = answer.then((page) => Object.assign(asked, { isThere: true, page }).page);
  return asked;
}

/** The one of a name, or else the first. */
function named(list, name) {
  return name === undefined ? list[0] : list.find(({ id }) => id === name);
}

function attributesOf(tag) {
  return Object.fromEntries([...tag.attributes].map(([name, text]) => [name, resolved(text)]));
}

/** A text without its entities; of the named ones those that markup itself needs. */
function resolved(text) {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]\w*));/gi, (whole, decimal, hexadecimal, name) => {
    if (name) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : "\ufffd";
  });
}

/** JSON, or a number, of characters that mean the same in every encoding that a page may be in, and nothing in markup. */
function inJson(text) {
  return text.replace(/[&<>\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** HTML of such characters. */
function inHtml(text) {
  return text.replace(/[\u007f-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`);
}

function isLanguage(text) {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
