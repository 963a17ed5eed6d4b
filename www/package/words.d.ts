/**
 * The pictures' own texts in another language, for the `words` of a style.
 *
 * @example
 * ```ts
 * import { starsSvg } from "starwise";
 * import words from "starwise/words/de.json" with { type: "json" };
 * const picture = starsSvg(3.5, { locale: "de", words });
 * ```
 * @packageDocumentation
 */
import type { PictureWords } from "./index.js";

/** All texts; the signs in numbers go by the style's `locale`. */
declare const words: Required<Omit<PictureWords, "decimal" | "group">>;
export default words;
