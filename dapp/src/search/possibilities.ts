import type { Featured } from '../home/featured.ts';
import type { Route } from '../routing/routes.ts';
import type { Texts } from '../text/en.ts';
import type { Reading } from './reading.ts';
import type { Recent } from './recents.ts';

/** What a text that no page is decided for could be. */
export interface Possibilities {
  /** The one page, where there is only one. */
  decided: Route | null;
  /** What the text is, as far as it tells. */
  sentence: string;
  choices: readonly Recent[];
  /** Where the text leads by itself. */
  elsewhere: { url: string; host: string } | null;
}

const ETHERSCAN = 'etherscan.io';

/** Pure; `known` are collections whose names this page knows. */
export function possibilitiesOf(
  reading: Exclude<Reading, { is: 'address' }>,
  text: string,
  known: readonly Recent[],
  words: Texts['find'],
): Possibilities {
  const none = { decided: null, choices: [], elsewhere: null };
  switch (reading.is) {
    case 'page':
      return { ...none, decided: reading.route, sentence: '' };
    case 'nothing':
      return { ...none, sentence: words.nothing };
    case 'mistyped':
      return { ...none, sentence: words.mistyped };
    case 'unserved':
      return { ...none, sentence: words.unserved(reading.chain) };
    case 'slug': {
      const { host, slug, url } = reading;
      const decided = known.find((one) => one.slug === slug.toLowerCase())?.route ?? null;
      return { ...none, decided, sentence: words.slug(host), elsewhere: { url, host } };
    }
    case 'profile': {
      const { host, url } = reading;
      return { ...none, sentence: words.profile(host), elsewhere: { url, host } };
    }
    case 'hash': {
      const url = `https://${ETHERSCAN}/search?q=${encodeURIComponent(hashIn(text))}`;
      return { ...none, sentence: words.hash, elsewhere: { url, host: ETHERSCAN } };
    }
    case 'link':
      return { ...none, sentence: words.link(reading.host) };
    case 'words':
      return { ...none, sentence: words.words, choices: choicesFor(reading.text, known) };
  }
}

function hashIn(text: string): string {
  return /0x[0-9a-f]{64}/i.exec(text)?.[0] ?? text;
}

/** Collections of that name, and the wallet that may have it. */
function choicesFor(text: string, known: readonly Recent[]): Recent[] {
  const wanted = plain(text);
  const named = known.filter(({ name }) => wanted !== '' && plain(name ?? '').includes(wanted));
  const owner = `${text}.eth`;
  const isLabel = /^[^\s./:@#?]{3,60}$/u.test(text);
  return isLabel ? [...named, { route: { page: 'owner', owner }, name: owner, slug: null }] : named;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Those the page begins with, and those looked up before; each once. */
export function knownCollections(
  featured: readonly Featured[],
  recents: readonly Recent[],
): Recent[] {
  const first = featured.map(({ chainId, contract, name, slug }): Recent => {
    return { route: { page: 'collection', chainId, contract }, name, slug };
  });
  const isNew = ({ slug, route }: Recent) =>
    route.page === 'collection' && !first.some((one) => one.slug === slug);
  return [...first, ...recents.filter(isNew)];
}
