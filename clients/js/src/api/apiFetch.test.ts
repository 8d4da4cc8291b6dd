import { expect, test } from 'vitest';
import { A, account, codeOf, createWorld } from '../world.fakes.ts';

function setUp() {
  const made = createWorld();
  const { auth } = made.openTab();
  /** The authorization of the last request to the API, by its first word. */
  const authorization = () => {
    const { init } = made.world.requests.at(-1) ?? {};
    return new Headers(init?.headers).get('authorization');
  };
  return { ...made, auth, authorization };
}

const CONTRACT = '/chains/1/contracts/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

test.each([
  ['/chains', null],
  ['/health', null],
  [CONTRACT, 'AWS4-HMAC-SHA256'],
  [`${CONTRACT}/nfts?limit=5`, 'AWS4-HMAC-SHA256'],
  [`${CONTRACT}/nfts/1/metadata`, 'AWS4-HMAC-SHA256'],
  ['/names/vitalik.eth', 'AWS4-HMAC-SHA256'],
  ['names/vitalik.eth', 'AWS4-HMAC-SHA256'],
  ['https://api.example/prod/names/vitalik.eth', 'AWS4-HMAC-SHA256'],
  ['/me/nfts?chainId=1', 'Bearer'],
  ['/gate/1/0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D', 'Bearer'],
  ['/getNFTsMoralis', 'Bearer'],
])('sends %s with %s', async (path, scheme) => {
  const { auth, authorization } = setUp();
  await auth.signIn(account(A));
  await auth.fetch(path);
  expect(authorization()?.split(' ')[0] ?? null).toBe(scheme);
});

test.each([
  'https://evil.example/prod/me/nfts',
  'https://api.example.evil.example/prod/me/nfts',
  'https://api.example/other/me/nfts',
  'https://api.example@evil.example/prod/me/nfts',
  '//evil.example/me/nfts',
  '\\\\evil.example/me/nfts',
  '/../me/nfts',
  '/me/../../nfts',
  '/nowhere',
  '/me/nfts/more',
  '/chains//contracts/x',
  'javascript:alert(1)',
  '',
])('sends nothing to %s', async (path) => {
  const { auth, world } = setUp();
  await auth.signIn(account(A));
  const before = world.requests.length;
  expect(await codeOf(auth.fetch(path))).toBe('unknown_route');
  expect(world.requests).toHaveLength(before);
});

test('sends what a route of your own needs, at the API only', async () => {
  const { auth, authorization } = setUp();
  await auth.signIn(account(A));
  await auth.fetch('/mine', { authorization: 'user-pool' });
  expect(authorization()).toMatch(/^Bearer /);
  const elsewhere = auth.fetch('https://evil.example/x', { authorization: 'user-pool' });
  expect(await codeOf(elsewhere)).toBe('unknown_route');
});

test('asks nobody where a route wants a wallet and none is signed in', async () => {
  const { auth, calls } = setUp();
  expect(await codeOf(auth.fetch('/me/nfts?chainId=1'))).toBe('not_signed_in');
  expect(calls()).toEqual([]);
});

test('encodes what AWS’s own clients do not', async () => {
  const { auth, world } = setUp();
  await auth.fetch("/names/don't(!)*.eth");
  expect(world.requests.at(-1)?.url).toBe('https://api.example/prod/names/don%27t%28%21%29%2A.eth');
});

test('keeps the caller’s own headers', async () => {
  const { auth, world } = setUp();
  await auth.fetch('/chains', { headers: { 'if-none-match': '"x"' } });
  expect(new Headers(world.requests.at(-1)?.init.headers).get('if-none-match')).toBe('"x"');
});

const limited = (seconds: string) => () =>
  new Response('{"error":{"code":"rate_limited"}}', {
    status: 429,
    headers: { 'retry-after': seconds },
  });

test('waits once as long as the API says', async () => {
  const { auth, world } = setUp();
  world.overrides.set('/chains', () => {
    world.overrides.clear();
    return limited('3')();
  });
  expect((await auth.fetch('/chains')).status).toBe(200);
  expect(world.slept).toEqual([3000]);
});

test.each([
  ['2', [2000]],
  ['11', []],
  ['soon', []],
  ['-1', []],
])('gives the answer after Retry-After %s and waits of %j', async (seconds, slept) => {
  const { auth, world } = setUp();
  world.overrides.set('/chains', limited(seconds));
  expect((await auth.fetch('/chains')).status).toBe(429);
  expect(world.slept).toEqual(slept);
});

test('stops waiting at the signal', async () => {
  const made = createWorld();
  const { auth } = made.openTab(undefined, { sleep: () => new Promise(() => {}) });
  made.world.overrides.set('/chains', limited('5'));
  const cancel = new AbortController();
  const outcome = codeOf(auth.fetch('/chains', { signal: cancel.signal }));
  await new Promise((resolve) => setTimeout(resolve, 0));
  cancel.abort();
  expect(await outcome).toBe('cancelled');
  expect(await codeOf(auth.fetch('/chains', { signal: cancel.signal }))).toBe('cancelled');
});

test('refreshes a token that the API does not take, once', async () => {
  const { auth, world, calls } = setUp();
  await auth.signIn(account(A));
  calls();
  world.overrides.set(
    '/me/nfts',
    () => new Response('{"message":"Unauthorized"}', { status: 401 }),
  );
  expect((await auth.fetch('/me/nfts?chainId=1')).status).toBe(401);
  expect(calls()).toEqual(['/me/nfts', 'GetTokensFromRefreshToken', '/me/nfts']);
});

test('signs by the time that API Gateway names where the clock is wrong', async () => {
  const { auth, world } = setUp();
  world.clientOffset = -3_600_000;
  const seen: (string | null)[] = [];
  world.overrides.set('/names/a.eth', () => {
    const date = new Headers(world.requests.at(-1)?.init.headers).get('x-amz-date');
    seen.push(date);
    if (date === '20260131T120000Z') return new Response('{}');
    const message = `Signature expired: ${date} is now earlier than 20260131T115500Z (20260131T120000Z - 5 min.)`;
    return new Response(JSON.stringify({ message }), { status: 403 });
  });
  expect((await auth.fetch('/names/a.eth')).status).toBe(200);
  expect(seen).toEqual(['20260131T110000Z', '20260131T120000Z']);
});

test('says when there is no answer', async () => {
  const { auth, world } = setUp();
  world.overrides.set('/chains', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(auth.fetch('/chains')).rejects.toMatchObject({
    code: 'unreachable',
    retryable: true,
  });
});

test('follows no redirect with a signature or a token', async () => {
  const { auth, world } = setUp();
  await auth.fetch('/names/a.eth');
  expect(world.requests.at(-1)?.init.redirect).toBe('error');
});
