import { expect, test } from 'vitest';
import type { Api, ApiAnswer } from '../auth/cloud.ts';
import { fetchNftPage, type NftQuery, toNftError } from './api.ts';
import { explainNftError, NftError } from './errors.ts';
import { DEFAULT_PARSE_OPTIONS } from './nft.ts';

const CONTRACT = '0x1111111111111111111111111111111111111111';
const COLLECTION: NftQuery = { kind: 'collection', contractAddress: CONTRACT };
const EMPTY: Record<string, ApiAnswer> = {
  alchemy: { status: 200, headers: {}, body: '{"ownedNfts":[]}' },
  moralis: { status: 200, headers: {}, body: '{"result":[],"cursor":""}' },
};

function fetchWith(answer: ApiAnswer | Error, query: NftQuery, cursor: string | null = null) {
  const calls: unknown[][] = [];
  const api: Api = {
    async get(...args) {
      calls.push(args.slice(0, 3));
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const { signal } = new AbortController();
  return { calls, page: fetchNftPage(api, query, cursor, signal, DEFAULT_PARSE_OPTIONS) };
}

test('looks a collection up with IAM', async () => {
  const answer = { status: 200, headers: {}, body: '{"nfts":[],"pageKey":"0x02"}' };
  const { calls, page } = fetchWith(answer, COLLECTION, '0x01');
  expect(await page).toMatchObject({ cursor: '0x02', nfts: [] });
  expect(calls).toEqual([
    ['getNFTsCollectionAlchemy', { contractAddress: CONTRACT, pageKey: '0x01' }, 'iam'],
  ]);
});

test.each([
  ['alchemy', 'http', 'getNFTsAlchemy', 'pageKey'],
  ['alchemy', 'lambda', 'getNFTsAlchemyLambda', 'pageKey'],
  ['moralis', 'http', 'getNFTsMoralis', 'cursor'],
  ['moralis', 'lambda', 'getNFTsMoralisLambda', 'cursor'],
] as const)(
  'reads own NFTs from %s over %s with the ID token',
  async (provider, integration, path, cursor) => {
    const query: NftQuery = { kind: 'own', provider, integration };
    const first = fetchWith(EMPTY[provider] as ApiAnswer, query);
    expect((await first.page).nfts).toEqual([]);
    expect(first.calls).toEqual([[path, {}, 'user-pool']]);
    const next = fetchWith(EMPTY[provider] as ApiAnswer, query, 'abc');
    await next.page;
    expect(next.calls).toEqual([[path, { [cursor]: 'abc' }, 'user-pool']]);
  },
);

const answered = (status: number, body: unknown, headers = {}) =>
  toNftError({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('keeps code, request id and waiting time of an error', () => {
  const body = { error: { code: 'rate_limited', message: 'x', requestId: 'r-1' } };
  const error = answered(429, body, { 'retry-after': '7' });
  expect(error).toMatchObject({ code: 'rate_limited', requestId: 'r-1', retryAfterSeconds: 7 });
  expect(explainNftError(error)).toBe('Too many requests. Wait 7 seconds, then try again.');
});

test.each([
  [401, { message: 'Unauthorized' }, 'unauthorized'],
  [403, { message: 'Missing Authentication Token' }, 'forbidden'],
  [403, { Message: 'User: x is not authorized to perform: execute-api:Invoke' }, 'forbidden'],
  [403, { message: 'The security token included in the request is expired' }, 'unauthorized'],
  [429, { message: 'Too Many Requests' }, 'rate_limited'],
  [502, '<html>Bad gateway</html>', 'upstream_unavailable'],
  [504, { message: 'Endpoint request timed out' }, 'upstream_timeout'],
  [400, '', 'bad_request'],
])('reads a %s without our shape', (status, body, code) => {
  expect(answered(status, body).code).toBe(code);
});

test('shows nothing an answer says, only our own sentences', () => {
  const body = { error: { code: 'no_such_code', message: '<b>key abc</b>', requestId: 'r' } };
  expect(explainNftError(answered(500, body))).toBe('Something went wrong while loading NFTs.');
});

test.each([
  ['{"error":"x"}', 'unreadable'],
  ['<html>', 'unreadable'],
  ['', 'unreadable'],
])('does not take %j for an empty list', async (body, code) => {
  await expect(fetchWith({ status: 200, headers: {}, body }, COLLECTION).page).rejects.toThrow(
    code,
  );
});

test('knows silence', async () => {
  const { page } = fetchWith(new Error('Network error'), COLLECTION);
  await expect(page).rejects.toEqual(new NftError('unreachable'));
});

test('tells a block of the firewall from a lack of rights', () => {
  const error = answered(403, { error: { code: 'blocked', message: 'x', requestId: 'r-1' } });
  expect(explainNftError(error)).toMatch(/^A firewall stopped this request/);
  expect(explainNftError(answered(403, { message: 'Forbidden' }))).not.toMatch(/firewall/);
});

test.each(['upstream_auth', 'upstream_quota', 'upstream_timeout', 'not_found', 'unreadable'])(
  'has a sentence for %s',
  (code) => {
    expect(explainNftError(new NftError(code))).not.toMatch(/Something went wrong|undefined/);
  },
);
