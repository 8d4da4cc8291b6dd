import type { NftPage } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { heldCount } from './heldCount.ts';

function page(balances: (string | null)[], more: Partial<NftPage> = {}): NftPage {
  const items = balances.map((balance) => ({ balance }));
  return { items, totalCount: null, nextCursor: null, ...more } as unknown as NftPage;
}

test('counts the tokens of a whole list, with the amounts that each has', () => {
  expect(heldCount([page([null, '1'], { nextCursor: 'c' }), page(['15'])])).toBe('17');
});

test('loses no digit of an amount', () => {
  expect(heldCount([page(['9'.repeat(77), '1'])])).toBe(`1${'0'.repeat(77)}`);
});

test('takes the total of a list that goes on, and says nothing where nobody knows', () => {
  expect(heldCount([page(['1'], { nextCursor: 'c', totalCount: 250 })])).toBe('250');
  expect(heldCount([page(['1'], { nextCursor: 'c' })])).toBeNull();
  for (const pages of [null, [], [page([])], [page(['x'])]]) expect(heldCount(pages)).toBeNull();
});
