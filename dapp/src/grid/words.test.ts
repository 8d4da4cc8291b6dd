import type { Nft } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { collectionOf, titleOf } from './words.ts';

const named = (name: string | null, collection: string | null, contract: string | null) =>
  ({ name, tokenId: '7', collection: { name: collection }, contract: { name: contract } }) as Nft;

test('a token is called by its own name', () => {
  expect(titleOf(named('Ape', 'Apes', null))).toBe('Ape');
});

test('else by what it belongs to, and its number', () => {
  expect(titleOf(named(null, 'Apes', 'BAYC'))).toBe('Apes #7');
  expect(titleOf(named('\u200b', null, 'BAYC'))).toBe('BAYC #7');
  expect(titleOf(named(null, null, null))).toBe('#7');
});

test('an id of 78 digits does not fill the card', () => {
  const nft = { ...named(null, null, null), tokenId: `${2n ** 256n - 1n}` };
  expect(titleOf(nft)).toBe('#1157…9935');
});

test('a collection without a name is called as its contract', () => {
  expect(collectionOf(named(null, null, 'BAYC'))).toBe('BAYC');
  expect(collectionOf(named(null, null, null))).toBeNull();
});
