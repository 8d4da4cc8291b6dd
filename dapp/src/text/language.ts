import { en, type Texts } from './en.ts';

export interface Language {
  /** ISO 639: `de`. */
  tag: string;
  texts: Texts;
}

export const ENGLISH: Language = { tag: 'en', texts: en };

interface Choice {
  /** BCP 47, the one that the person likes best first: `navigator.languages`. */
  browser: readonly string[];
  /** By tag, beside English: each comes when it is asked for. */
  translations: Readonly<Record<string, () => Promise<Texts>>>;
  delay(milliseconds: number): Promise<void>;
}

/** After it the page no longer waits for a translation. */
export const PATIENCE = 5000;

/**
 * The first of the browser's languages that the page has. English where it has none of them, or where
 * the translation does not come: a page in another language is better than none.
 */
export async function loadLanguage({ browser, translations, delay }: Choice): Promise<Language> {
  const tag = browser
    .map(languageOf)
    .find((one) => one === 'en' || Object.hasOwn(translations, one));
  const load = translations[tag ?? 'en'];
  if (tag === undefined || tag === 'en' || !load) return ENGLISH;
  const late = delay(PATIENCE).then(() => null);
  const texts = await Promise.race([load(), late]).catch(() => null);
  return texts ? { tag, texts } : ENGLISH;
}

function languageOf(tag: string): string {
  return tag.split('-')[0]?.toLowerCase() ?? '';
}
