import { expect, test } from 'vitest';
import type { NftQuery } from './api.ts';
import { NftError } from './errors.ts';
import type { Nft, NftPage } from './nft.ts';
import { createNftList } from './nftList.ts';

const ALCHEMY: NftQuery = { kind: 'own', provider: 'alchemy', integration: 'http' };
const MORALIS: NftQuery = { kind: 'own', provider: 'moralis', integration: 'http' };

const nft = (key: string) => ({ key }) as Nft;
const page = (keys: string[], cursor: string | null = null): NftPage => ({
  nfts: keys.map(nft),
  cursor,
  totalCount: null,
});

/** A provider that answers when told to. */
function setUp() {
  const asked: { query: NftQuery; cursor: string | null; signal: AbortSignal }[] = [];
  const answers: { resolve(page: NftPage): void; reject(error: unknown): void }[] = [];
  const list = createNftList((query, cursor, signal) => {
    asked.push({ query, cursor, signal });
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  });
  const shown = () => list.get().nfts.map(({ key }) => key);
  const answer = (index: number) => answers[index] as (typeof answers)[number];
  return { list, asked, answer, shown };
}

test('loads page after page until the cursor is null', async () => {
  const { list, asked, answer, shown } = setUp();
  const first = list.load(ALCHEMY);
  expect(list.get().status).toBe('loading');
  answer(0).resolve(page(['a', 'b'], 'next'));
  await first;
  expect(list.get()).toMatchObject({ status: 'ready', cursor: 'next' });
  const second = list.loadMore();
  expect(list.get().status).toBe('loading-more');
  expect(shown()).toEqual(['a', 'b']);
  answer(1).resolve(page(['c']));
  await second;
  expect(asked.map(({ cursor }) => cursor)).toEqual([null, 'next']);
  expect(shown()).toEqual(['a', 'b', 'c']);
  await list.loadMore();
  expect(asked).toHaveLength(2);
});

test('ignores the slower answer of a provider switched away from', async () => {
  const { list, asked, answer, shown } = setUp();
  const slow = list.load(ALCHEMY);
  const quick = list.load(MORALIS);
  answer(1).resolve(page(['moralis']));
  await quick;
  answer(0).resolve(page(['alchemy']));
  await slow;
  expect(shown()).toEqual(['moralis']);
  expect(list.get().query).toBe(MORALIS);
  expect(asked[0]?.signal.aborted).toBe(true);
});

test('ignores the failure of a provider switched away from', async () => {
  const { list, answer } = setUp();
  const slow = list.load(ALCHEMY);
  const quick = list.load(MORALIS);
  answer(1).resolve(page([]));
  await quick;
  answer(0).reject(new NftError('upstream_timeout'));
  await slow;
  expect(list.get()).toMatchObject({ status: 'ready', error: null });
});

test('shows nothing that arrives after signing out', async () => {
  const { list, answer } = setUp();
  const loading = list.load(ALCHEMY);
  list.clear();
  answer(0).resolve(page(['a']));
  await loading;
  expect(list.get()).toMatchObject({ status: 'idle', nfts: [] });
});

test('keeps what is there when the next page fails, and retries that page', async () => {
  const { list, asked, answer, shown } = setUp();
  const first = list.load(ALCHEMY);
  answer(0).resolve(page(['a'], 'next'));
  await first;
  const second = list.loadMore();
  answer(1).reject(new NftError('rate_limited'));
  await second;
  expect(list.get()).toMatchObject({ status: 'failed', error: { code: 'rate_limited' } });
  expect(shown()).toEqual(['a']);
  const again = list.retry();
  answer(2).resolve(page(['b']));
  await again;
  expect(asked[2]?.cursor).toBe('next');
  expect(shown()).toEqual(['a', 'b']);
});

test('retries a first page', async () => {
  const { list, answer } = setUp();
  const first = list.load(ALCHEMY);
  answer(0).reject(new Error('bug'));
  await first;
  expect(list.get()).toMatchObject({ status: 'failed', error: { code: 'failed' } });
  const again = list.retry();
  expect(list.get()).toMatchObject({ status: 'loading', error: null });
  answer(1).resolve(page(['a']));
  await again;
  expect(list.get().status).toBe('ready');
});

test('lists a token of two pages once, and stops at a cursor that stands still', async () => {
  const { list, answer, shown } = setUp();
  const first = list.load(ALCHEMY);
  answer(0).resolve(page(['a', 'b'], 'same'));
  await first;
  const second = list.loadMore();
  answer(1).resolve(page(['b', 'c'], 'same'));
  await second;
  expect(shown()).toEqual(['a', 'b', 'c']);
  expect(list.get().cursor).toBeNull();
});
