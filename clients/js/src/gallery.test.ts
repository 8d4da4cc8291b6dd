import { expect, test } from 'vitest';
import { gallery } from './gallery.ts';
import type { NftPage } from './generated.ts';
import { codeOf } from './world.fakes.ts';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

function setUp(answer: (path: string) => Response | object = () => ({})) {
  const asked: string[] = [];
  const api = gallery({
    fetch: async (path) => {
      asked.push(path);
      const given = answer(path);
      return given instanceof Response ? given : Response.json(given);
    },
  });
  return { asked, api };
}

const failing =
  (status: number, body: object, headers = {}) =>
  () =>
    Response.json(body, { status, headers });

/** Pages of one token each, as many as there are names. */
function paged(...names: string[]) {
  return (path: string): Partial<NftPage> => {
    const at = Number(new URL(path, 'https://x').searchParams.get('cursor') ?? 0);
    const items = names[at] === '' ? [] : [{ name: names[at] }];
    const nextCursor = at + 1 < names.length ? `${at + 1}` : null;
    return { items, nextCursor } as Partial<NftPage>;
  };
}

test('walks every page, the empty ones too', async () => {
  const { api, asked } = setUp(paged('a', '', 'c'));
  const names = [];
  for await (const { name } of api.contractNfts({ chainId: 1, contract: CONTRACT, limit: 1 }))
    names.push(name);
  expect(names).toEqual(['a', 'c']);
  const path = `/chains/1/contracts/${CONTRACT}/nfts?limit=1`;
  expect(asked).toEqual([path, `${path}&cursor=1`, `${path}&cursor=2`]);
});

test('asks for no page that nobody wants', async () => {
  const { api, asked } = setUp(paged('a', 'b', 'c'));
  for await (const page of api.myNfts({ chainId: 1 }).pages()) {
    expect(page.nextCursor).toBe('1');
    break;
  }
  expect(asked).toEqual(['/me/nfts?chainId=1']);
});

test('goes on from a cursor, and each walk begins anew', async () => {
  const { api, asked } = setUp(paged('a', 'b', 'c'));
  const list = api.ownedNfts({ chainId: 1, owner: 'vitalik.eth', cursor: '2', spam: 'exclude' });
  for (const _ of [1, 2]) for await (const { name } of list) expect(name).toBe('c');
  const path = '/chains/1/owners/vitalik.eth/nfts?spam=exclude&cursor=2';
  expect(asked).toEqual([path, path]);
});

test('ends a walk that would go in a circle', async () => {
  const { api, asked } = setUp(() => ({ items: [], nextCursor: 'same' }));
  const walk = async () => {
    for await (const _ of api.myNfts({ chainId: 1 })) expect(true).toBe(false);
  };
  expect(await codeOf(walk())).toBe('list_broken');
  expect(asked).toHaveLength(2);
});

test('has a path for each question', async () => {
  const { api, asked } = setUp(() => ({ chains: [] }));
  const token = { chainId: 137, contract: CONTRACT, tokenId: 2n ** 255n };
  await api.chains();
  await api.contract(token);
  await api.contract({ ...token, image: 'inline' });
  await api.nft(token);
  await api.nft({ ...token, image: 'small' });
  await api.metadata({ ...token, image: 'inline' });
  await api.resolveName({ name: "don't/../me.eth" });
  await api.nameOf({ address: CONTRACT });
  await api.myName();
  const contract = `/chains/137/contracts/${CONTRACT}`;
  expect(asked).toEqual([
    '/chains?',
    `${contract}?`,
    `${contract}?image=inline`,
    `${contract}/nfts/${2n ** 255n}?`,
    `${contract}/nfts/${2n ** 255n}?image=small`,
    `${contract}/nfts/${2n ** 255n}/metadata?image=inline`,
    "/names/don't%2F..%2Fme.eth?",
    `/addresses/${CONTRACT}/name?`,
    '/me/name?',
  ]);
});

test.each(['', '.', '..'])(
  'sends no name that is %j, which a URL takes for the way up',
  async (name) => {
    const { api, asked } = setUp();
    expect(() => api.resolveName({ name })).toThrow('invalid_argument');
    expect(asked).toEqual([]);
  },
);

test.each([
  [new Response(null, { status: 204 }), true],
  [Response.json({ error: { code: 'not_a_holder' } }, { status: 403 }), false],
])('knows who holds a token', async (response, holds) => {
  const { api } = setUp(() => response);
  expect(await api.holds({ chainId: 1, contract: CONTRACT })).toBe(holds);
});

test('takes no other refusal for "holds nothing"', async () => {
  const { api } = setUp(failing(403, { Message: 'User: anonymous is not authorized' }));
  expect(await codeOf(api.holds({ chainId: 1, contract: CONTRACT }))).toBe('forbidden');
});

test('gives null for a name that nobody has', async () => {
  const { api } = setUp(failing(404, { error: { code: 'not_found', message: 'm' } }));
  expect(await api.resolveName({ name: 'nobody.eth' })).toBeNull();
  expect(await api.nameOf({ address: CONTRACT })).toBeNull();
  expect(await api.myName()).toBeNull();
  expect(await codeOf(api.contract({ chainId: 1, contract: CONTRACT }))).toBe('not_found');
});

test('carries what the API says of an error', async () => {
  const error = { code: 'providers_unavailable', message: 'Come back.', requestId: 'r-1' };
  const { api } = setUp(failing(503, { error }, { 'retry-after': '7' }));
  await expect(api.chains()).rejects.toMatchObject({
    ...{ name: 'WalletAuthError', code: 'providers_unavailable', retryable: true },
    ...{ message: 'Come back.', requestId: 'r-1', retryAfterSeconds: 7 },
  });
});

test.each([
  [401, { message: 'Unauthorized' }, 'unauthorized'],
  [403, { message: 'The security token included in the request is expired' }, 'unauthorized'],
  [403, { message: 'Forbidden' }, 'forbidden'],
  [429, {}, 'rate_limited'],
  [504, {}, 'upstream_timeout'],
  [500, { error: { code: 'a_code_of_tomorrow' } }, 'upstream_unavailable'],
  [418, { error: 'x' }, 'bad_request'],
])('reads %s %j as %s', async (status, body, code) => {
  const { api } = setUp(failing(status, body));
  expect(await codeOf(api.chains())).toBe(code);
});

test('says when an answer is no JSON', async () => {
  const { api } = setUp(() => new Response('<html>'));
  expect(await codeOf(api.chains())).toBe('unreadable_response');
});
