import { expect, test } from 'vitest';
import { FEATURED } from '../home/featured.ts';
import { en } from '../text/en.ts';
import { knownCollections, possibilitiesOf } from './possibilities.ts';
import type { Reading } from './reading.ts';
import { readSearch } from './readSearch.ts';
import type { Recent } from './recents.ts';

const APES: Recent = {
  route: { page: 'collection', chainId: 1, contract: '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D' },
  name: 'Bored Ape Yacht Club',
  slug: 'boredapeyachtclub',
};

function possibilities(text: string) {
  const reading = readSearch(text) as Exclude<Reading, { is: 'address' }>;
  return possibilitiesOf(reading, text, knownCollections(FEATURED, [APES]), en.find);
}

test('a collection’s name in a link is decided where this page knows its contract', () => {
  expect(possibilities('https://opensea.io/collection/boredapeyachtclub').decided).toEqual(
    APES.route,
  );
  expect(possibilities('https://opensea.io/collection/pudgypenguins').decided).toMatchObject({
    contract: '0xBd3531dA5CF5857e7CfAA92426877b022e612cf8',
  });
});

test('another one is said, with the way to its address', () => {
  const { choices, decided, elsewhere, sentence } = possibilities(
    'https://opensea.io/collection/azuki',
  );
  expect(decided).toBeNull();
  expect(choices).toEqual([]);
  expect(sentence).toContain('opensea.io calls a collection');
  expect(elsewhere).toEqual({ url: 'https://opensea.io/collection/azuki', host: 'opensea.io' });
});

test('a word could be a collection that was looked up, and the name of a wallet', () => {
  const { choices } = possibilities('boredape');
  expect(choices).toMatchObject([APES, { route: { page: 'owner', owner: 'boredape.eth' } }]);
  expect(possibilities('the bored, ape').choices).toEqual([]);
  expect(possibilities('bored ape').choices).toEqual([APES]);
});

test.each(['0x1234', `0x${'5e'.repeat(32)}`, 'bnb:0x0000000000000000000000000000000000000001'])(
  'says something of %s',
  (text) => {
    const { decided, sentence } = possibilities(text);
    expect(decided).toBeNull();
    expect(sentence).not.toBe('');
  },
);

test('leads elsewhere over https only', () => {
  const { elsewhere } = possibilities('http://opensea.io/collection/azuki');
  expect(elsewhere?.url ?? 'https:').toMatch(/^https:/);
});
