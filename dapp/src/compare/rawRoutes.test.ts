import { WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import type { Api } from '../auth/cloud.ts';
import { toFailure } from '../queries/failure.ts';
import { COLLECTION_ROUTE, fetchRawPage, OWN_ROUTES, type RawQuery } from './rawRoutes.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';
const COLLECTION: RawQuery = { route: COLLECTION_ROUTE, contractAddress: CONTRACT };
const EMPTY = { alchemy: '{"ownedNfts":[]}', moralis: '{"result":[],"cursor":""}' };

function fetchWith(answer: string | Error, query: RawQuery, cursor?: string) {
  const calls: unknown[][] = [];
  let time = 1000;
  const api: Api = {
    async get(...args) {
      calls.push(args.slice(0, 2));
      time += 250;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const { signal } = new AbortController();
  return { calls, page: fetchRawPage(api, query, cursor, { signal, now: () => time }) };
}

test('looks a collection up', async () => {
  const { calls, page } = fetchWith('{"nfts":[],"pageKey":"0x02"}', COLLECTION, '0x01');
  expect(await page).toMatchObject({ nextCursor: '0x02', nfts: [] });
  expect(calls).toEqual([
    ['getNFTsCollectionAlchemy', { contractAddress: CONTRACT, pageKey: '0x01' }],
  ]);
});

test.each(OWN_ROUTES)('reads own NFTs from $path', async (route) => {
  const first = fetchWith(EMPTY[route.provider], { route });
  expect(await first.page).toMatchObject({ nfts: [], nextCursor: null });
  expect(first.calls).toEqual([[route.path, {}]]);
  const next = fetchWith(EMPTY[route.provider], { route }, 'abc');
  await next.page;
  const parameter = route.provider === 'alchemy' ? 'pageKey' : 'cursor';
  expect(next.calls).toEqual([[route.path, { [parameter]: 'abc' }]]);
});

test('measures the time and the bytes of an answer', async () => {
  const { page } = fetchWith('{"nfts":[],"x":"ü"}', COLLECTION);
  expect(await page).toMatchObject({ milliseconds: 250, bytes: 20 });
});

test('hands on what the API says of an error', async () => {
  const error = new WalletAuthError('rate_limited', { requestId: 'r-1', retryAfterSeconds: 7 });
  const { page } = fetchWith(error, COLLECTION);
  const failure = toFailure(await page.catch((caught: unknown) => caught));
  expect(failure).toEqual({ code: 'rate_limited', requestId: 'r-1', retryAfterSeconds: 7 });
});

test.each(['{"error":"x"}', '<html>', ''])('does not take %j for an empty list', async (body) => {
  const { page } = fetchWith(body, COLLECTION);
  await expect(page).rejects.toMatchObject({ code: 'unreadable_response' });
});
