import { expect, test } from 'vitest';
import { A, account, CONFIG, codeOf, createWorld } from '../world.fakes.ts';

const CONTRACT = '/chains/1/contracts/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';
const API = CONFIG.apiEndpoint;
const SITE = 'https://site.example/api/public';

function setUp(publicUrl: string | null = SITE) {
  const made = createWorld();
  const { auth } = made.openTab(undefined, {}, { ...CONFIG, publicUrl });
  /** Where the last request went, and the first word of its authorization. */
  const last = () => {
    const { url, init } = made.world.requests.at(-1) ?? {};
    const authorization = new Headers(init?.headers).get('authorization');
    return [url, authorization?.split(' ')[0] ?? null];
  };
  return { ...made, auth, last };
}

test.each([
  '/chains',
  CONTRACT,
  `${CONTRACT}/nfts?cursor=a%2Bb&limit=5`,
  `${CONTRACT}/nfts/1`,
  `${CONTRACT}/nfts/1/metadata?image=inline`,
  '/chains/1/owners/alice.eth/nfts?limit=5',
  '/names/alice.eth',
  '/addresses/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D/name',
])('asks the site for %s, of guests and wallets alike', async (path) => {
  const { auth, last, calls } = setUp();
  for (const before of [async () => {}, () => auth.signIn(account(A))]) {
    await before();
    calls();
    await auth.fetch(path);
    expect(last()).toEqual([`${SITE}${path}`, null]);
    expect(calls()).toHaveLength(1); // nothing of Cognito
    await auth.fetch(`${API}${path}`);
    expect(last()).toEqual([`${SITE}${path}`, null]);
  }
});

test.each([
  ['/me/nfts?chainId=1', 'Bearer'],
  ['/me/name', 'Bearer'],
  ['/gate/1/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D', 'Bearer'],
  ['/getNFTsCollectionAlchemy?contractAddress=0x1', 'AWS4-HMAC-SHA256'],
  ['/health', null],
])('asks the API for %s, which the site has not', async (path, scheme) => {
  const { auth, last } = setUp();
  await auth.signIn(account(A));
  await auth.fetch(path);
  expect(last()).toEqual([`${API}${path}`, scheme]);
});

test('does as the caller says where that names an authorization', async () => {
  const { auth, last } = setUp();
  await auth.fetch('/names/alice.eth', { authorization: 'iam' });
  expect(last()).toEqual([`${API}/names/alice.eth`, 'AWS4-HMAC-SHA256']);
});

test('takes a trailing slash, and asks the API where the configuration names no site', async () => {
  const slash = setUp(`${SITE}/`);
  await slash.auth.fetch('/chains');
  expect(slash.last()).toEqual([`${SITE}/chains`, null]);
  const without = setUp(null);
  await without.auth.fetch('/names/alice.eth');
  expect(without.last()).toEqual([`${API}/names/alice.eth`, 'AWS4-HMAC-SHA256']);
});

test.each([`${SITE}/chains`, '/chainsaw', '/chains/', '/names'])(
  'sends nothing to %s, which is no route',
  async (path) => {
    const { auth } = setUp();
    expect(await codeOf(auth.fetch(path))).toBe('unknown_route');
  },
);

test('takes no site without TLS', () => {
  expect(() => setUp('http://site.example/api/public')).toThrow('publicUrl');
});
