import { WalletAuthError } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import type { Api } from '../auth/cloud.ts';
import { fetchNftPage, type NftQuery, toNftError } from './api.ts';
import { explainNftError, NftError } from './errors.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';
const COLLECTION: NftQuery = { kind: 'collection', contractAddress: CONTRACT };
const EMPTY = { alchemy: '{"ownedNfts":[]}', moralis: '{"result":[],"cursor":""}' };

function fetchWith(answer: string | Error, query: NftQuery, cursor: string | null = null) {
  const calls: unknown[][] = [];
  const api: Api = {
    async get(...args) {
      calls.push(args.slice(0, 2));
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const { signal } = new AbortController();
  return { calls, page: fetchNftPage(api, query, cursor, signal) };
}

test('looks a collection up', async () => {
  const { calls, page } = fetchWith('{"nfts":[],"pageKey":"0x02"}', COLLECTION, '0x01');
  expect(await page).toMatchObject({ cursor: '0x02', nfts: [] });
  expect(calls).toEqual([
    ['getNFTsCollectionAlchemy', { contractAddress: CONTRACT, pageKey: '0x01' }],
  ]);
});

test.each([
  ['alchemy', 'http', 'getNFTsAlchemy', 'pageKey'],
  ['alchemy', 'lambda', 'getNFTsAlchemyLambda', 'pageKey'],
  ['moralis', 'http', 'getNFTsMoralis', 'cursor'],
  ['moralis', 'lambda', 'getNFTsMoralisLambda', 'cursor'],
] as const)('reads own NFTs from %s over %s', async (provider, integration, path, cursor) => {
  const query: NftQuery = { kind: 'own', provider, integration };
  const first = fetchWith(EMPTY[provider], query);
  expect((await first.page).nfts).toEqual([]);
  expect(first.calls).toEqual([[path, {}]]);
  const next = fetchWith(EMPTY[provider], query, 'abc');
  await next.page;
  expect(next.calls).toEqual([[path, { [cursor]: 'abc' }]]);
});

test('keeps code, request id and waiting time of an error', () => {
  const details = { requestId: 'r-1', retryAfterSeconds: 7 };
  const error = toNftError(new WalletAuthError('rate_limited', details));
  expect(error).toMatchObject({ code: 'rate_limited', ...details });
  expect(explainNftError(error)).toBe('Too many requests. Wait 7 seconds, then try again.');
});

test.each([0, 3601, null])('names no waiting time of %s seconds', (retryAfterSeconds) => {
  const error = toNftError(new WalletAuthError('rate_limited', { retryAfterSeconds }));
  expect(explainNftError(error)).toBe('Too many requests. Wait a moment, then try again.');
});

test.each(['not_signed_in', 'session_ended', 'session_reused'] as const)(
  'takes %s for the end of the session',
  (code) => {
    expect(toNftError(new WalletAuthError(code)).code).toBe('unauthorized');
  },
);

test('shows nothing an answer says, only our own sentences', () => {
  const error = new WalletAuthError('bad_gateway' as never, { message: '<b>key abc</b>' });
  expect(explainNftError(toNftError(error))).toBe('Something went wrong while loading NFTs.');
});

test.each([
  ['{"error":"x"}', 'unreadable'],
  ['<html>', 'unreadable'],
  ['', 'unreadable'],
])('does not take %j for an empty list', async (body, code) => {
  await expect(fetchWith(body, COLLECTION).page).rejects.toThrow(code);
});

test('knows silence', async () => {
  const { page } = fetchWith(new Error('Network error'), COLLECTION);
  await expect(page).rejects.toEqual(new NftError('unreachable'));
});

test('tells a block of the firewall from a lack of rights', () => {
  const explain = (code: 'blocked' | 'forbidden') => explainNftError(new NftError(code));
  expect(explain('blocked')).toMatch(/^A firewall stopped this request/);
  expect(explain('forbidden')).not.toMatch(/firewall/);
});

test.each(['upstream_auth', 'upstream_quota', 'upstream_timeout', 'not_found', 'unreadable'])(
  'has a sentence for %s',
  (code) => {
    expect(explainNftError(new NftError(code))).not.toMatch(/Something went wrong|undefined/);
  },
);
