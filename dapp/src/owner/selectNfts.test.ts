import { expect, test } from 'vitest';
import { fakeNft } from '../nft/nft.fakes.ts';
import type { RouteOptions } from '../routing/routes.ts';
import { collectionsOf, selectNfts } from './selectNfts.ts';
import { readView } from './view.ts';

const [APES, PENGUINS] = [`0x${'a'.repeat(40)}`, `0x${'b'.repeat(40)}`];

const ape10 = fakeNft({
  ...{ tokenId: '10', name: 'Ape #10', contract: { address: APES }, collection: { name: 'Apes' } },
  acquiredAt: { blockNumber: 2, timestamp: '2024-02-01T00:00:00Z' },
});
const ape9 = fakeNft({
  ...{ tokenId: '9', name: 'Ape #9', contract: { address: APES }, collection: { name: 'Apes' } },
  acquiredAt: { blockNumber: 1, timestamp: '2024-01-01T00:00:00Z' },
});
const penguin = fakeNft({
  ...{ tokenId: '3', name: 'Pingüino', tokenType: 'ERC1155', contract: { address: PENGUINS } },
  media: {
    ...{ image: null, status: 'ready' },
    animation: { url: 'https://x.example/3.mp4', originalUrl: null, contentType: 'video/mp4' },
  },
});
const spam = fakeNft({ tokenId: '1', name: 'Gift', spam: { isSpam: true, classifications: [] } });
const ALL = [ape10, penguin, ape9, spam];

function select(options: RouteOptions, hidden: readonly string[] = []) {
  const selected = selectNfts(ALL, readView(options), ({ tokenId }) => hidden.includes(tokenId));
  return { ...selected, ids: selected.nfts.map(({ tokenId }) => tokenId) };
}

test('spam and what the person hides is apart, and counted', () => {
  expect(select({}, ['9'])).toMatchObject({ ids: ['10', '3'], collectionCount: 2, hiddenCount: 2 });
  expect(select({ tab: 'hidden' }, ['9']).ids).toEqual(['9', '1']);
});

test('a token that is spam and hidden is counted once', () => {
  expect(select({}, ['1']).hiddenCount).toBe(1);
});

test.each([
  [{ type: 'ERC1155' }, ['3']],
  [{ media: 'video' }, ['3']],
  [{ media: 'image' }, ['10', '9']],
  [{ collection: `1:${APES.toUpperCase().replace('X', 'x')}` }, ['10', '9']],
  [{ collection: `137:${APES}` }, []],
  [{ search: 'apes #9' }, ['9']],
  [{ search: 'PINGUINO' }, ['3']],
  [{ search: 'ape penguin' }, []],
  [{ sort: 'name' }, ['9', '10', '3']],
  [{ sort: 'newest' }, ['10', '9', '3']],
  [{ sort: 'collection' }, ['9', '10', '3']],
])('%j shows %j', (options: RouteOptions, ids) => {
  expect(select(options).ids).toEqual(ids);
});

test('collections come by their size, each with its count', () => {
  const found = collectionsOf([penguin, ape10, ape9]);
  expect(found.map(({ name, count }) => [name, count])).toEqual([
    ['Apes', 2],
    [null, 1],
  ]);
});

test('the same address on another chain is another collection', () => {
  expect(collectionsOf([ape9, { ...ape9, chainId: 137 }])).toHaveLength(2);
});
