/* What all elements have in common: attributes and properties as state, and a shadow root that shows it. */
import { isStarted, start } from "./core.js";
import { place } from "./drawing.js";
import { report } from "./report.js";
import { attributeOf, parsed, readSetting, writtenSetting } from "./settings.js";
import { adoptSheets } from "./sheet.js";

/** Where there is no DOM the classes can be imported all the same, and draw for a server. */
const Host = globalThis.HTMLElement ?? class {};

/** What stands between the tags of the element itself. */
const FALLBACK = "<slot></slot>";

/** What every picture can be told. */
const COMMON = ["theme", "color", "trackColor", "label", "locale", "animated", "words"];

export class StarwiseElement extends Host {
  /** The property that takes the data, beside `data`. */
  static property = "data";
  /** The attributes that hold them. */
  static dataAttributes = ["data"];
  /** What can be set besides: each is a property and an attribute. */
  static settings = COMMON;
  /** Whether it stands in a line of text. */
  static isInline = false;

  static get observedAttributes() {
    return [...this.dataAttributes, "dir", ...this.settings.map(attributeOf)];
  }

  /** The data as an attribute has them. */
  static read(text, attribute) {
    return parsed(text, attribute);
  }

  /** Data as they were given: as they are, or as the text of an attribute. */
  static taken(data, name) {
    return typeof data === "string" ? this.read(data, name) : data;
  }

  #data;
  #fault;
  #isDirty = false;
  #isServed;
  #cameFrom = null;

  constructor() {
    super();
    // A root that is there already was drawn by a server: it stays until something else is to be shown.
    this.#isServed = this.shadowRoot !== null;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#adopt();
    if (!this.#isServed) root.append(root.ownerDocument.createElement("slot"));
    root.addEventListener("focusin", ({ relatedTarget }) => {
      if (relatedTarget && !root.contains(relatedTarget)) this.#cameFrom = relatedTarget;
    });
  }

  /** What is shown: null for nothing, undefined for what stands between the tags. */
  get data() {
    return this.#data;
  }

  /** A text is read as an attribute is: frameworks set properties where a page writes attributes. */
  set data(data) {
    this.#read(this.constructor.property, data);
    this.#changed();
  }

  connectedCallback() {
    // What was set before the class was known would hide the properties of the class.
    for (const property of ["data", this.constructor.property, ...this.constructor.settings]) {
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
    this.render();
  }

  adoptedCallback() {
    this.#adopt();
  }

  attributeChangedCallback(attribute, before, text) {
    // Data that are set again may be other data than those of a property that was set since.
    const isData = this.constructor.dataAttributes.includes(attribute);
    if (before === text && !isData) return;
    if (isData) this.#read(attribute, text ?? undefined);
    this.#changed();
  }

  /** Draws now, or as soon as the core is there. Where that cannot be, what stands between the tags is shown. */
  render() {
    this.#isDirty = false;
    if (!this.isConnected) return;
    if (this.#fault) this.#fail(this.#fault);
    else if (this.#data === undefined) this.#isServed || this.#show(FALLBACK);
    else if (this.#data === null) this.#show("");
    else if (isStarted()) this.#draw();
    else this.#await();
  }

  /** Is told whenever something was drawn; null for nothing. */
  drawn() {}

  #read(name, given) {
    this.#data = this.#fault = undefined;
    try {
      this.#data = this.constructor.taken(given, name);
    } catch (error) {
      this.#fault = error;
    }
  }

  #adopt() {
    adoptSheets(this.shadowRoot, { isInline: this.constructor.isInline, isDrawn: isStarted() });
  }

  /** Draws soon: once for all that changes in one go. */
  #changed() {
    if (!this.#isDirty && this.isConnected) queueMicrotask(() => this.#isDirty && this.render());
    this.#isDirty = true;
  }

  #draw() {
    try {
      this.#show(this.constructor.markup(this.#data, this.#style()));
    } catch (error) {
      this.#fail(error);
    }
  }

  #await() {
    const data = this.#data;
    start().then(
      () => Object.is(this.#data, data) && this.render(),
      (error) => Object.is(this.#data, data) && this.#fail(error, this.#isServed),
    );
  }

  #show(markup) {
    this.#adopt();
    const isFocusLost = place(this.shadowRoot, markup);
    this.#isServed = false;
    if (isFocusLost && this.#cameFrom?.isConnected) this.#cameFrom.focus({ preventScroll: true });
    this.drawn(markup === FALLBACK ? null : this.#data);
  }

  #fail(error, isServed = false) {
    // The fallback itself may be what is refused: markup goes in through a policy.
    if (!isServed) this.shadowRoot.replaceChildren(this.ownerDocument.createElement("slot"));
    this.drawn(isServed ? this.#data : null);
    report(this, error);
  }

  #style() {
    const { settings } = this.constructor;
    const style = Object.fromEntries(settings.map((name) => [name, readSetting(this, name)]).filter(([, value]) => value !== undefined));
    const dir = directionOf(this, style.locale);
    return dir === undefined ? style : { ...style, dir };
  }
}

/** The direction that an element is told, else that of the page, unless a language says it. */
function directionOf(element, locale) {
  if (["ltr", "rtl"].includes(element.dir)) return element.dir;
  if (locale !== undefined) return undefined;
  try {
    return element.matches(":dir(rtl)") ? "rtl" : undefined;
  } catch {
    // Browsers of before 2024.
    return element.closest("[dir]")?.dir === "rtl" ? "rtl" : undefined;
  }
}

/** Gives a class the property of its data, and its settings beside those that all have. */
export function describe(Class, property, settings = []) {
  Class.property = property;
  Class.settings = [...COMMON, ...settings];
  const descriptor = Object.getOwnPropertyDescriptor(StarwiseElement.prototype, "data");
  Object.defineProperty(Class.prototype, property, descriptor);
  for (const setting of Class.settings) {
    Object.defineProperty(Class.prototype, setting, {
      configurable: true,
      enumerable: true,
      get() {
        try {
          return readSetting(this, setting);
        } catch {
          // Whoever draws is told.
          return undefined;
        }
      },
      set(value) {
        const text = writtenSetting(setting, value);
        if (text === null) this.removeAttribute(attributeOf(setting));
        else this.setAttribute(attributeOf(setting), text);
      },
    });
  }
}
