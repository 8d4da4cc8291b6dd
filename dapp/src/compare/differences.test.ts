import { expect, test } from 'vitest';
import { compareLists, tokensOf } from './differences.ts';
import { type RawNft, toNft } from './nft.ts';
import type { RawPage } from './rawRoutes.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';

function page(tokens: Partial<RawNft>[], nextCursor: string | null = null): RawPage {
  const nfts = tokens.map((token) =>
    toNft({
      ...{ contractAddress: CONTRACT, tokenId: '7', tokenType: 'ERC721', name: 'Lamp' },
      ...{ collectionName: 'Lamps', description: null, balance: null },
      ...{ images: [], animation: null, isSpam: false, ...token },
    }),
  );
  return { nfts, nextCursor, totalCount: null, milliseconds: 1, bytes: 1 };
}

test('lists that say the same differ in nothing', () => {
  expect(compareLists([[page([{}])], [page([{}])], null])).toEqual({ alike: 1, different: [] });
});

test('says per token and field what each list has', () => {
  const { alike, different } = compareLists([
    [page([{ images: ['https://a.example/1.png'] }, { tokenId: '8' }])],
    [
      page([
        { name: 'Lantern', isSpam: true, images: ['data:image/png;base64,AA=='] },
        { tokenId: '8' },
      ]),
    ],
  ]);
  expect(alike).toBe(1);
  expect(different).toEqual([
    {
      key: `${CONTRACT}:7`,
      title: 'Lantern',
      fields: [
        { field: 'title', values: ['Lamp', 'Lantern'] },
        { field: 'picture', values: ['a.example', null] },
        { field: 'spam', values: ['no', 'yes'] },
      ],
    },
  ]);
});

test('a token that a whole list lacks is missing there', () => {
  const { different } = compareLists([[page([{}])], [page([])]]);
  expect(different[0]?.fields).toEqual([{ field: 'listed', values: ['yes', 'no'] }]);
});

test('a token that may be on a page to come is not', () => {
  expect(compareLists([[page([{}])], [page([], 'more')], null])).toEqual({
    alike: 1,
    different: [],
  });
});

test('pages that overlap have each token once', () => {
  const tokens = tokensOf([page([{}, { tokenId: '8' }], 'c'), page([{ tokenId: '8' }])]);
  expect(tokens.map(({ tokenId }) => tokenId)).toEqual(['7', '8']);
});
