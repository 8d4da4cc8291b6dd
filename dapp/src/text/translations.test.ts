import { expect, test } from 'vitest';
import { de } from './de.ts';
import { en as everywhere } from './en.ts';
import { collection } from './pages/collection.ts';
import { compare } from './pages/compare.ts';
import { session } from './pages/session.ts';
import { signIn } from './pages/signIn.ts';
import { token } from './pages/token.ts';

const en = { ...everywhere, token, session, compare, signIn, collection };

type Sentence = string | ((...values: string[]) => string);

/** `owner.filters.type`: its sentence. */
function sentencesOf(texts: object, above = ''): [string, Sentence][] {
  return Object.entries(texts).flatMap(([key, value]): [string, Sentence][] => {
    const path = `${above}${key}`;
    return typeof value === 'object' ? sentencesOf(value, `${path}.`) : [[path, value]];
  });
}

/** A placeholder for each value that the English sentence takes. */
const valuesOf = (sentence: Sentence) =>
  Array.from({ length: typeof sentence === 'string' ? 0 : sentence.length }, (_, at) => `⟨${at}⟩`);

const say = (sentence: Sentence, values: string[]) =>
  typeof sentence === 'string' ? sentence : sentence(...values);

const english = sentencesOf(en);
const germanBy = new Map(sentencesOf(de));
const pairs = english.map(([path, sentence]) => {
  const values = valuesOf(sentence);
  return { path, values, en: say(sentence, values), de: say(germanBy.get(path) ?? '', values) };
});

/** Names, and words that German took over. */
const SAME = new Set([
  ...['NFT Gallery', 'WalletConnect', 'NFT', 'NFTs', '3D', 'Spam', 'Video', 'Wallet'],
  ...['Link', 'Links', 'Website', 'Contract', 'Chain', 'Standard', 'Name', 'Explorer'],
  ...['⟨0⟩ ms', 'Chain ⟨0⟩', 'Block ⟨0⟩'],
]);

test('the languages have the same sentences, in the same order', () => {
  expect([...germanBy.keys()]).toEqual(english.map(([path]) => path));
});

test('no sentence was left in English', () => {
  const left = pairs.filter((pair) => pair.en === pair.de && !SAME.has(pair.de));
  expect(left).toEqual([]);
});

test('every sentence says each of its values, once', () => {
  const said = (sentence: string) => [...(sentence.match(/⟨\d⟩/g) ?? [])].sort().join();
  const wrong = pairs.filter((pair) =>
    [pair.en, pair.de].some((one) => said(one) !== pair.values.join()),
  );
  expect(wrong).toEqual([]);
});

test('what ends a sentence in English ends it in German', () => {
  const endOf = (sentence: string) => /[.?…:]?\)?$/.exec(sentence)?.[0];
  const differ = pairs.filter((pair) => endOf(pair.en) !== endOf(pair.de));
  expect(differ.map(({ path }) => path)).toEqual([]);
});

test('what names a button says what the button says', () => {
  expect(token.copyLink).toContain(token.copyLinkShort);
  expect(de.token.copyLink).toContain(de.token.copyLinkShort);
  expect(en.failures.session_reused).toContain(`“${en.session.everywhere}”`);
  expect(de.failures.session_reused).toContain(`„${de.session.everywhere}“`);
});

test('no sentence is empty, or has a blank to spare', () => {
  const isNeat = (sentence: string) => /^\S+(?: \S+)*$/.test(sentence);
  expect(pairs.filter((pair) => !isNeat(pair.en) || !isNeat(pair.de))).toEqual([]);
});
