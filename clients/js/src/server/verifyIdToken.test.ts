import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { A, B, CONFIG, START } from '../world.fakes.ts';
import { createIdTokenVerifier } from './index.ts';

const ISSUER = `https://cognito-idp.${CONFIG.region}.amazonaws.com/${CONFIG.userPoolId}`;
const SECONDS = START / 1000;
const CLAIMS = {
  iss: ISSUER,
  aud: CONFIG.userPoolClientId,
  token_use: 'id',
  exp: SECONDS + 900,
  wallet: A,
  'cognito:username': A.toLowerCase(),
  chain_id: '137',
};

type Key = Awaited<ReturnType<typeof generateKeyPair>>;
let [key, stranger] = [] as unknown as [Key, Key];
beforeAll(async () => {
  key = await generateKeyPair('RS256', { extractable: true });
  stranger = await generateKeyPair('RS256', { extractable: true });
});

async function setUp() {
  const pool = { now: START, keys: [{ ...(await exportJWK(key.publicKey)), kid: 'one' }] };
  const asked: string[] = [];
  const options = {
    now: () => pool.now,
    async fetch(url: string) {
      asked.push(url);
      return new Response(JSON.stringify({ keys: pool.keys }));
    },
  };
  return { pool, asked, options, verify: createIdTokenVerifier(CONFIG, options) };
}

const sign = (claims: object = {}, by = key, header = {}) =>
  new SignJWT({ ...CLAIMS, ...claims } as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(by.privateKey);

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('says whose token it is, and reads the keys once', async () => {
  const { verify, asked } = await setUp();
  const expiresAt = new Date(START + 900_000);
  expect(await verify(await sign())).toEqual({ wallet: A, chainId: 137, expiresAt });
  const anyChain = await sign({ chain_id: undefined });
  expect(await verify(anyChain)).toEqual({ wallet: A, chainId: null, expiresAt });
  expect(asked).toEqual([`${ISSUER}/.well-known/jwks.json`]);
});

test('refuses a token at the second it ends', async () => {
  const { verify, pool } = await setUp();
  const token = await sign();
  pool.now += 899_900;
  expect(await verify(token)).toMatchObject({ wallet: A });
  pool.now = START + 900_000;
  await expect(verify(token)).rejects.toMatchObject({ code: 'expired_token', retryable: false });
});

test.each<[string, object]>([
  ['of another pool', { iss: `${ISSUER}2` }],
  ['of nobody', { iss: undefined }],
  ['for another client', { aud: 'another' }],
  ['for several clients', { aud: [CONFIG.userPoolClientId, 'another'] }],
  ['for nobody', { aud: undefined }],
  ['for access', { token_use: 'access' }],
  ['for nothing', { token_use: undefined }],
  ['without an end', { exp: undefined }],
  ['with an end in text', { exp: String(CLAIMS.exp) }],
  ['with an end in the middle of a second', { exp: CLAIMS.exp + 0.5 }],
  ['without a wallet', { wallet: undefined }],
  ['with a wallet that is no address', { wallet: '0x12' }],
  ['with the wallet of another', { wallet: B }],
  ['with a list of wallets', { wallet: [A] }],
  ['without a user', { 'cognito:username': undefined }],
  ['with a number for a chain', { chain_id: 1 }],
  ['with a word for a chain', { chain_id: 'mainnet' }],
])('refuses a genuine token %s', async (_, claims) => {
  const { verify } = await setUp();
  await expect(verify(await sign(claims))).rejects.toMatchObject({ code: 'invalid_token' });
});

test('refuses what the pool did not sign, and asks nobody but the pool', async () => {
  const { verify, asked } = await setUp();
  const good = await sign();
  const [head, body, signature] = good.split('.');
  const own = {
    kid: 'theirs',
    jwk: await exportJWK(stranger.publicKey),
    jku: 'https://evil.example',
  };
  const byText = new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'one' });
  const forged: unknown[] = [
    ...['', '..', 'a.b.c', good.slice(0, -4), `${head}.${body}.`, `${good}.`, ` ${good}`],
    `${head}.${encode({ ...CLAIMS, wallet: B, 'cognito:username': B.toLowerCase() })}.${signature}`,
    `${encode({ alg: 'none' })}.${body}.`,
    await byText.sign(new TextEncoder().encode('s'.repeat(64))),
    await sign({}, stranger),
    await sign({}, stranger, own),
    await sign({}, key, { kid: undefined, alg: 'PS256' }).catch(() => ''),
    await sign({ padding: 'x'.repeat(9000) }),
    ...[null, undefined, 7, {}],
  ];
  for (const token of forged)
    await expect(verify(token as string)).rejects.toMatchObject({ code: 'invalid_token' });
  expect(new Set(asked)).toEqual(new Set([`${ISSUER}/.well-known/jwks.json`]));
  expect(asked.length).toBeLessThanOrEqual(1);
});

test.each<[string, () => Promise<Response>]>([
  ['is away', () => Promise.reject(new TypeError('no network'))],
  ['fails', async () => new Response('', { status: 500 })],
  ['answers by no keys', async () => new Response('[]')],
  ['answers by a page', async () => new Response('<html>')],
])('says nothing of a token while the pool %s', async (_, answer) => {
  const { options } = await setUp();
  const fetch = { run: answer };
  const verify = createIdTokenVerifier(CONFIG, { ...options, fetch: () => fetch.run() });
  const token = await sign();
  await expect(verify(token)).rejects.toMatchObject({ code: 'keys_unavailable', retryable: true });
  fetch.run = () => options.fetch('');
  expect(await verify(token)).toMatchObject({ wallet: A });
});

test('reads the keys of a local stack where they are', async () => {
  const { options, asked } = await setUp();
  const local = { ...CONFIG, userPoolEndpoint: 'http://localhost:3001/cognito-idp' };
  await createIdTokenVerifier(local, options)(await sign());
  expect(asked).toEqual([`${local.userPoolEndpoint}/${CONFIG.userPoolId}/.well-known/jwks.json`]);
});
