/* The style sheets of elements: the same few for a whole document, whatever the number of elements. */
import { stylesheet } from "../render.js";

/** What an element is before anything is drawn: a block, or what stands in a line of text. */
const BLOCK = ":host{display:block}:host([hidden]){display:none}";
const INLINE = ":host{display:inline-block;max-width:100%;vertical-align:middle}:host([hidden]){display:none}svg{display:block}";

/** Document -> text -> sheet: a sheet belongs to the document that it was made for. */
const sheets = new WeakMap();

/** Lets a shadow root have the look of starwise; `isDrawn` when there are pictures, and so the core that has their look. */
export function adoptSheets(root, { isInline, isDrawn }) {
  const { ownerDocument: document, adoptedStyleSheets } = root;
  const view = document.defaultView;
  if (!view?.CSSStyleSheet?.prototype.replaceSync || !adoptedStyleSheets) return;
  const host = sheetOf(document, isInline ? "inline" : "block", () => (isInline ? INLINE : BLOCK));
  const wanted = isDrawn ? [sheetOf(document, "pictures", stylesheet), host] : [host];
  if (wanted.length !== adoptedStyleSheets.length || wanted[0] !== adoptedStyleSheets[0]) root.adoptedStyleSheets = wanted;
}

function sheetOf(document, name, text) {
  if (!sheets.has(document)) sheets.set(document, new Map());
  const own = sheets.get(document);
  if (!own.has(name)) {
    const sheet = new document.defaultView.CSSStyleSheet();
    sheet.replaceSync(text());
    own.set(name, sheet);
  }
  return own.get(name);
}
