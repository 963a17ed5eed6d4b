/* The language of what starwise draws: that of the life that is open, with the words that the package has of it. */
import { LOCALE } from "../words.js";

const WORDS = "/node_modules/starwise/words/";

/** The attributes of a picture that speaks like a life. */
export async function speechOf({ locale }) {
  if (locale === LOCALE) return {};
  const words = await wordsOf(new Intl.Locale(locale).language);
  return { locale, ...(words && { words }) };
}

/** The package's words of a language, as JSON; null where it has none, and pictures speak English. */
async function wordsOf(language) {
  try {
    const response = await fetch(`${WORDS}${language}.json`);
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
