// A page that uses Amplify v6 and this client: whatever one does, the other has the same session.
import { Amplify } from 'aws-amplify';
import { confirmSignIn, fetchAuthSession, getCurrentUser, signIn, signOut } from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { Hub } from 'aws-amplify/utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WalletAuthOptions } from '../types.ts';
import {
  A,
  account,
  B,
  CONFIG,
  codeOf,
  createBrowser,
  createWorld,
  ORIGIN,
  settle,
} from '../world.fakes.ts';
import { createAmplifyCoreWalletAuth } from './core.ts';
import { createAmplifyWalletAuth } from './index.ts';

const POOL = {
  ...CONFIG,
  userPoolId: 'eu-west-1_Pool1',
  identityPoolId: `eu-west-1:${'1'.repeat(8)}`,
};

function setUp() {
  const made = createWorld();
  made.world.now = Date.now(); // Amplify has no other clock
  const browser = createBrowser();
  const { storage, locks } = browser;
  const { fetch } = made;
  // Amplify takes no other `fetch`
  vi.stubGlobal('fetch', (url: URL | string, init: RequestInit) => fetch(String(url), init));
  const open = (options: WalletAuthOptions = {}) =>
    createAmplifyWalletAuth(POOL, {
      ...{ origin: ORIGIN, fetch, storage, locks, now: () => made.world.now },
      ...options,
    });
  const auth = open();
  const heard: unknown[] = [];
  auth.onSessionChange((session, change) => heard.push([change, session?.wallet ?? null]));
  /** As docs/migration.md does it. */
  async function signInByAmplify(address: string) {
    const username = address.toLowerCase();
    const { nextStep } = await signIn({
      username,
      options: { authFlowType: 'CUSTOM_WITHOUT_SRP' },
    });
    if (nextStep.signInStep !== 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE') throw new Error();
    const message = `x\nNonce: ${nextStep.additionalInfo?.nonce}\n`;
    const signature = await account(address).signMessage(message);
    return confirmSignIn({ challengeResponse: JSON.stringify({ message, signature }) });
  }
  return { ...made, ...browser, auth, open, heard, signInByAmplify };
}

const TOKENS = 'CognitoIdentityServiceProvider.client';
const REFRESH = 'GetTokensFromRefreshToken';

beforeEach(() => vi.spyOn(console, 'warn').mockImplementation(() => {})); // on custom endpoints
afterEach(() => vi.unstubAllGlobals());

test('Amplify has the tokens, the user and the credentials of a sign-in by this client', async () => {
  const { auth } = setUp();
  const session = await auth.signIn(account(A));
  const { tokens, credentials, identityId } = await fetchAuthSession();
  expect(String(tokens?.idToken)).toBe(session.idToken);
  expect(String(tokens?.accessToken)).toBe(session.accessToken);
  expect(tokens?.idToken?.payload.wallet).toBe(A);
  expect({ ...credentials, identityId }).toEqual(await auth.credentials());
  expect(await getCurrentUser()).toMatchObject({ signInDetails: { loginId: A.toLowerCase() } });
});

test('the core alone has the session of this client, under the same keys', async () => {
  const { auth, fetch, storage, locks, world } = setUp();
  const options = { origin: ORIGIN, fetch, storage, locks, now: () => world.now };
  const alone = createAmplifyCoreWalletAuth({ Amplify, Hub }, POOL, options);
  const session = await alone.signIn(account(B));
  expect(String((await fetchAuthSession()).tokens?.idToken)).toBe(session.idToken);
  expect((await auth.session())?.idToken).toBe(session.idToken);
});

test('asks the identity pool once for both', async () => {
  const { auth, calls } = setUp();
  await auth.signIn(account(A));
  calls();
  await Promise.all([fetchAuthSession(), auth.credentials(), fetchAuthSession()]);
  expect(calls()).toEqual(['GetId', 'GetCredentialsForIdentity']);
});

test('a guest of this client is the same guest to Amplify', async () => {
  const { auth } = setUp();
  const { tokens, identityId } = await fetchAuthSession();
  expect(tokens).toBeUndefined();
  expect(identityId).toBe((await auth.credentials()).identityId);
});

test('this client has the session of a sign-in by Amplify, and tells of it', async () => {
  const { auth, world, heard, signInByAmplify } = setUp();
  world.users.set(A.toLowerCase(), 1);
  expect((await signInByAmplify(A)).isSignedIn).toBe(true);
  expect(heard).toEqual([['signed-in', A]]);
  expect(await auth.session()).toMatchObject({ wallet: A, chainId: null });
  expect((await auth.refresh()).wallet).toBe(A);
});

test('a sign-out by Amplify ends the session here, and leaves no trace of the wallet', async () => {
  const { auth, heard, kept } = setUp();
  await auth.signIn(account(A));
  await signOut();
  await settle();
  expect(heard).toEqual([
    ['signed-in', A],
    ['signed-out', null],
  ]);
  expect(await auth.session()).toBeNull();
  expect([...kept.keys()]).toEqual([expect.stringMatching(/^nft-gallery\.signed-up\./)]);
  expect((await fetchAuthSession()).tokens).toBeUndefined();
});

test('a sign-in may follow a sign-out by Amplify at once', async () => {
  const { auth, heard } = setUp();
  await auth.signIn(account(A));
  await signOut();
  const slow = { ...account(B), signMessage: (text: string) => settle().then(() => sign(text)) };
  const sign = account(B).signMessage;
  expect(await auth.signIn(slow)).toMatchObject({ wallet: B });
  await settle();
  expect(await auth.session()).toMatchObject({ wallet: B });
  expect(heard.map((told) => (told as unknown[])[1])).toEqual([A, null, B]);
});

test('a sign-out here ends it for Amplify', async () => {
  const { auth, kept } = setUp();
  await auth.signIn(account(A));
  await auth.signOut();
  expect((await fetchAuthSession()).tokens).toBeUndefined();
  expect([...kept.keys()].filter((key) => key.startsWith(TOKENS))).toEqual([]);
});

test('whoever refreshes, one request is sent, and both have its tokens', async () => {
  const { auth, calls } = setUp();
  await auth.signIn(account(A));
  calls();
  const force = { forceRefresh: true };
  const [own, byAmplify] = await Promise.all([auth.refresh(), fetchAuthSession(force)]);
  expect(calls().filter((call) => call === REFRESH)).toHaveLength(1);
  expect(String(byAmplify.tokens?.idToken)).toBe(own.idToken);
  expect(await auth.session()).toEqual(own);
});

test('refreshes for whoever asks Amplify’s own provider, too', async () => {
  const { open, fetch, calls } = setUp();
  const slow = async (url: string, init: RequestInit) => {
    await settle(); // so that both have asked
    return fetch(url, init);
  };
  const auth = open({ fetch: slow });
  await auth.signIn(account(A));
  calls();
  const [own, tokens] = await Promise.all([
    auth.refresh(),
    cognitoUserPoolsTokenProvider.getTokens({ forceRefresh: true }),
  ]);
  expect(calls()).toEqual([REFRESH]);
  expect(String(tokens?.idToken)).toBe(own.idToken);
  expect(await auth.session()).toEqual(own);
});

test('has no session for Amplify either, once Cognito refuses to refresh it', async () => {
  const { auth, world, refuse, heard } = setUp();
  await auth.signIn(account(A));
  world.overrides.set(REFRESH, () => refuse('NotAuthorizedException'));
  expect((await fetchAuthSession({ forceRefresh: true })).tokens).toBeUndefined();
  expect(heard.at(-1)).toEqual(['ended', null]);
});

test('Amplify hears why, where a refresh fails for a while', async () => {
  const { auth, world, refuse } = setUp();
  await auth.signIn(account(A));
  world.overrides.set(REFRESH, () => refuse('TooManyRequestsException'));
  expect(await codeOf(fetchAuthSession({ forceRefresh: true }))).toBe('rate_limited');
  expect((await fetchAuthSession()).tokens).toBeDefined();
});

test('survives a reload, with the chain that was signed for', async () => {
  const { auth, open } = setUp();
  const session = await auth.signIn(account(A), { chainId: 137 });
  expect(await open().session()).toEqual(session);
  expect(session.chainId).toBe(137);
});

test('keeps one wallet at a time', async () => {
  const { auth, kept } = setUp();
  await auth.signIn(account(A));
  await auth.signIn(account(B));
  expect([...kept.keys()].filter((key) => key.includes(A.toLowerCase()))).toEqual([]);
  expect((await fetchAuthSession()).tokens?.idToken?.payload.wallet).toBe(B);
});

test.each([
  ['no refresh token', 'refreshToken'],
  ['no ID token', 'idToken'],
])('takes a session with %s for none', async (_, name) => {
  const { auth, kept } = setUp();
  await auth.signIn(account(A));
  kept.delete(`${TOKENS}.${A.toLowerCase()}.${name}`);
  expect(await auth.session()).toBeNull();
});

test('keeps the session in memory where a browser keeps nothing, for both', async () => {
  const { open } = setUp();
  const refuse = () => {
    throw new Error('SecurityError');
  };
  const auth = open({ storage: { getItem: refuse, setItem: refuse, removeItem: refuse } });
  const { idToken } = await auth.signIn(account(A));
  expect(String((await fetchAuthSession()).tokens?.idToken)).toBe(idToken);
  const own = await cognitoUserPoolsTokenProvider.getTokens();
  expect(String(own?.idToken)).toBe(idToken);
});
