import type { NftPage } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { notesOf } from './notes.ts';

const page = (of: Partial<NftPage>): NftPage => ({
  ...{ items: [], totalCount: null, nextCursor: null, asOf: null, provider: 'alchemy' },
  ...{ hiddenSpam: 0, unreadableCount: 0, stale: false, ...of },
});

test('nothing is said of what is whole and new', () => {
  expect(notesOf([page({})], 'alchemy')).toEqual([]);
  expect(notesOf(null, 'alchemy')).toEqual([]);
});

test('what is missing is counted over all pages', () => {
  const pages = [page({ unreadableCount: 2 }), page({ unreadableCount: 1, hiddenSpam: 4 })];
  expect(notesOf(pages, 'alchemy')).toEqual([{ kind: 'partial', unreadable: 3, spamLeftOut: 4 }]);
});

test('one old page makes the list old', () => {
  expect(notesOf([page({ stale: true }), page({})], null)).toEqual([{ kind: 'stale' }]);
});

test('it says who answers in place of the provider that is asked first', () => {
  expect(notesOf([page({ provider: 'moralis' })], 'alchemy')).toEqual([
    { kind: 'failed_over', used: 'moralis', usual: 'alchemy' },
  ]);
  expect(notesOf([page({ provider: 'moralis' })], null)).toEqual([]);
});
