// A message that somebody else writes or signs: RainbowKit's adapter, a one-click message of Reown AppKit, a bot.
import { expect, test } from 'vitest';
import { A, account, B, codeOf, createWorld, signatureOf } from '../world.fakes.ts';

async function setUp() {
  const made = createWorld();
  const { auth, browser } = made.openTab();
  const pending = await auth.startSignIn({ address: A });
  const sign = (message: string, by = A) => ({ message, signature: signatureOf(by, message) });
  /** The message with one text in the place of another. */
  const changed = (from: string | RegExp, to: string) => pending.message().replace(from, to);
  return { ...made, auth, browser, pending, sign, changed };
}

test('writes the message, and answers it', async () => {
  const { auth, pending, sign } = await setUp();
  expect(pending.message({ chainId: 137 })).toBe(
    'gallery.example wants you to sign in with your Ethereum account:\n' +
      `${A}\n\nSign in.\n\nURI: https://gallery.example\nVersion: 1\nChain ID: 137\n` +
      `Nonce: ${pending.challenge.nonce}\nIssued At: 2026-01-31T12:00:00Z\n` +
      'Expiration Time: 2026-01-31T12:05:00Z',
  );
  expect(await pending.answer(sign(pending.message({ chainId: 137 })))).toMatchObject({
    wallet: A,
    chainId: 137,
  });
  expect(await auth.session()).toMatchObject({ wallet: A });
});

test('takes a fresh challenge after a wrong signature, so that the second one works', async () => {
  const { auth, pending, sign } = await setUp();
  const { nonce } = pending.challenge;
  expect(await codeOf(pending.answer(sign(pending.message(), B)))).toBe('refused_signature');
  expect(await auth.session()).toBeNull();
  expect(pending.challenge.nonce).not.toBe(nonce);
  expect(await pending.answer(sign(pending.message()))).toMatchObject({ wallet: A });
});

test('makes a user who was cleaned up, for the second signature', async () => {
  const { world, pending, sign, auth } = await setUp();
  await pending.answer(sign(pending.message()));
  world.users.clear();
  const again = await auth.startSignIn({ address: A });
  expect(await codeOf(again.answer(sign(again.message())))).toBe('refused_signature');
  expect(await again.answer(sign(again.message()))).toMatchObject({ wallet: A });
});

test('takes a fresh challenge after one that expired', async () => {
  const { world, pending, sign, refuse } = await setUp();
  const late = () => refuse('NotAuthorizedException', 'Invalid session: session is expired.');
  world.overrides.set('RespondToAuthChallenge', late);
  expect(await codeOf(pending.answer(sign(pending.message())))).toBe('expired_challenge');
  world.overrides.clear();
  expect(await pending.answer(sign(pending.message()))).toMatchObject({ wallet: A });
});

const SENTENCE =
  'I further authorize the stated URI to perform the following actions on my behalf: ' +
  "(1) 'eip155': 'personal_sign' for 'eip155'.";

test.each([
  ['one click', /Sign in\.([\s\S]*)$/, `Sign in. ${SENTENCE}$1\nResources:\n- urn:recap:e30`],
  ['a URI with a path', /URI: .*/, 'URI: https://gallery.example/login?x=1'],
  ['another listed origin', /gallery\.example/g, 'www.gallery.example'],
  ['a scheme before the domain', /^/, 'https://'],
  ['an address in lower case', A, A.toLowerCase()],
  ['a request id', /$/, '\nRequest ID: 7'],
  ['no expiration', /\nExpiration Time.*/, ''],
  ['a clock half a minute ahead', 'T12:00:00Z', 'T12:00:30.5Z'],
])('sends a message with %s', async (_, from, to) => {
  const { pending, sign, changed } = await setUp();
  expect(changed(from as RegExp, to)).not.toBe(pending.message());
  expect(await pending.answer(sign(changed(from as RegExp, to)))).toMatchObject({ wallet: A });
});

test.each([
  [/Version: 1/, 'Version: 2', 'malformed_message'],
  [/wants you/, 'wants us', 'malformed_message'],
  [A, B, 'address_mismatch'],
  [/gallery\.example/g, 'evil.example', 'unlisted_origin'],
  [/^gallery\.example/, 'evil.example', 'domain_mismatch'],
  [/URI: .*/, 'URI: https://www.gallery.example', 'domain_mismatch'],
  [/URI: .*/, 'URI: https://gallery.example@evil.example', 'unlisted_origin'],
  [/Chain ID: 1/, 'Chain ID: 5', 'chain_id_mismatch'],
  [/Nonce: \w+/, 'Nonce: abcdefgh12', 'nonce_mismatch'],
  ['Sign in.', 'Give me all.', 'statement_mismatch'],
  ['Sign in.', `Give me all. ${SENTENCE}`, 'statement_mismatch'],
  [/Issued At: .*/, 'Issued At: 2026-01-31T11:58:00Z', 'issued_at_out_of_range'],
  [/Issued At: .*/, 'Issued At: 2026-01-31T12:02:00Z', 'issued_at_out_of_range'],
  [/Issued At: .*/, 'Issued At: today', 'issued_at_out_of_range'],
  [/Expiration Time: .*/, 'Expiration Time: 2026-01-31T11:59:00Z', 'expired_message'],
  [/$/, '\nNot Before: 2026-01-31T12:10:00Z', 'message_not_yet_valid'],
] as const)('does not send a message with %s as %s: %s', async (from, to, code) => {
  const { calls, pending, sign, changed } = await setUp();
  calls();
  expect(await codeOf(pending.answer(sign(changed(from, to))))).toBe(code);
  expect(calls()).toEqual([]);
});

test('judges a message by the clock of the server', async () => {
  const { auth, world, sign } = await setUp();
  world.clientOffset = 7_200_000;
  const pending = await auth.startSignIn({ address: A });
  expect(await pending.answer(sign(pending.message()))).toMatchObject({ wallet: A });
});

test('is cancelled by a sign-out, and by a newer sign-in', async () => {
  const { auth, world, pending, sign, refreshTokens } = await setUp();
  world.users.set(B.toLowerCase(), 99);
  const leaving = codeOf(pending.answer(sign(pending.message())));
  await auth.signOut();
  expect(await leaving).toBe('cancelled');
  const again = await auth.startSignIn({ address: A });
  const older = codeOf(again.answer(sign(again.message())));
  await auth.signIn(account(B));
  expect(await older).toBe('cancelled');
  expect(await auth.session()).toMatchObject({ wallet: B });
  const live = [...refreshTokens.values()].filter(({ state }) => state === 'live');
  expect(live.map(({ username }) => username)).toEqual([B.toLowerCase()]);
});

test('refuses another statement before anybody signs, and what is no address', async () => {
  const { auth } = await setUp();
  expect(await codeOf(auth.startSignIn({ address: A, statement: 'x' }))).toBe('statement_mismatch');
  expect(await codeOf(auth.startSignIn({ address: 'vitalik.eth' }))).toBe('invalid_argument');
});

test('makes a session for whoever listens', async () => {
  const { auth, pending, sign } = await setUp();
  const heard: unknown[] = [];
  auth.onSessionChange((session, change) => heard.push([change, session?.wallet]));
  await pending.answer(sign(pending.message()));
  expect(heard).toEqual([['signed-in', A]]);
  expect(await account(A).signMessage('x')).toBe(signatureOf(A, 'x'));
});
