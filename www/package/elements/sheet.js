/* The style sheets of elements: one for a whole document, whatever the number of elements. */
import text from "./stylesheet.js";

const INLINE = ":host{display:inline-block;vertical-align:middle}";

/** Document -> its sheets: a sheet belongs to the document that it was made for. */
const sheets = new WeakMap();

/** Lets a shadow root have the look of starwise, where the host knows sheets that are shared. */
export function adoptSheets(root, isInline) {
  const made = sheets.get(root.ownerDocument) ?? makeSheets(root.ownerDocument);
  if (made) root.adoptedStyleSheets = isInline ? [made.all, made.inline] : [made.all];
}

function makeSheets(document) {
  const Sheet = document.defaultView?.CSSStyleSheet;
  if (!Sheet?.prototype.replaceSync || !("adoptedStyleSheets" in document)) return undefined;
  const made = { all: new Sheet(), inline: new Sheet() };
  made.all.replaceSync(text);
  made.inline.replaceSync(INLINE);
  sheets.set(document, made);
  return made;
}
