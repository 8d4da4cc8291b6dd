import { expect, test } from 'vitest';
import type { Session } from '../types.ts';
import { A, account, B, codeOf, createBrowser, createWorld, settle } from '../world.fakes.ts';

async function setUp() {
  const made = createWorld();
  const browser = createBrowser();
  const { auth } = made.openTab(browser);
  const heard: unknown[] = [];
  auth.onSessionChange((session, change) => heard.push([change, session?.wallet ?? null]));
  const first = await auth.signIn(account(A));
  heard.length = 0;
  made.calls();
  return { ...made, browser, auth, first, heard };
}

const REFRESH = 'GetTokensFromRefreshToken';

test('refreshes once for five who ask at once', async () => {
  const { auth, calls, heard, first } = await setUp();
  const sessions = await Promise.all([1, 2, 3, 4, 5].map(() => auth.refresh()));
  expect(new Set(sessions.map(({ idToken }) => idToken)).size).toBe(1);
  expect(sessions[0]?.idToken).not.toBe(first.idToken);
  expect(calls()).toEqual([REFRESH]);
  expect(heard).toEqual([['refreshed', A]]);
});

test('refreshes once for all who ask at once where there are no locks', async () => {
  const { browser, openTab, calls } = await setUp();
  const { auth } = openTab(browser, { locks: null });
  await Promise.all([auth.refresh(), auth.refresh()]);
  expect(calls()).toEqual([REFRESH]);
});

test('refreshes once for two tabs, so that no token is used twice', async () => {
  const { auth, browser, openTab, calls } = await setUp();
  const other = openTab(browser).auth;
  const [here, there] = await Promise.all([auth.refresh(), other.refresh()]);
  expect(calls()).toEqual([REFRESH]);
  expect(there).toEqual(here);
});

test('takes the other tab’s tokens where there are no locks and it was faster', async () => {
  const { browser, openTab, world } = await setUp();
  const tabs = [1, 2].map(() => openTab(browser, { locks: null }).auth);
  const sessions = await Promise.all(tabs.map((auth) => auth.refresh()));
  expect(sessions[1]).toEqual(sessions[0]);
  await settle();
  world.now += 900_000;
  expect(await tabs[0]?.session()).toMatchObject({ wallet: A });
});

test('keeps the refresh token of a pool that does not rotate', async () => {
  const { auth, world, calls } = await setUp();
  world.rotates = false;
  await auth.refresh();
  await auth.refresh();
  expect(calls()).toEqual([REFRESH, REFRESH]);
});

test('gives tokens as they are until shortly before they end', async () => {
  const { auth, world, first, calls } = await setUp();
  world.now += 860_000;
  expect(await auth.session()).toEqual(first);
  expect(calls()).toEqual([]);
  world.now += 20_000;
  expect((await auth.session())?.expiresAt).toEqual(new Date(world.now + 900_000));
});

test.each([
  ['NotAuthorizedException', 'session_ended', 'ended'],
  ['UserNotFoundException', 'session_ended', 'ended'],
  ['RefreshTokenReuseException', 'session_reused', 'reused'],
])('ends at %s, and says why', async (type, code, change) => {
  const { auth, world, refuse, heard } = await setUp();
  world.overrides.set(REFRESH, () => refuse(type));
  expect(await codeOf(auth.refresh())).toBe(code);
  expect(heard).toEqual([[change, null]]);
  expect(await auth.session()).toBeNull();
  expect(await codeOf(auth.refresh())).toBe('not_signed_in');
});

test.each([
  ['TooManyRequestsException', 400, 'rate_limited'],
  ['InternalErrorException', 500, 'service_unavailable'],
])('stays where Cognito answers %s', async (type, status, code) => {
  const { auth, world, refuse, heard } = await setUp();
  world.overrides.set(REFRESH, () => refuse(type, '', status));
  expect(await codeOf(auth.refresh())).toBe(code);
  world.overrides.clear();
  expect(await auth.session()).toMatchObject({ wallet: A });
  expect(heard).toEqual([]);
});

test('stays where there is no network, and says that another try may work', async () => {
  const { auth, world } = await setUp();
  world.now += 900_000;
  world.overrides.set(REFRESH, () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(auth.session()).rejects.toMatchObject({ code: 'unreachable', retryable: true });
  world.overrides.clear();
  expect(await auth.session()).toMatchObject({ wallet: A });
});

test('does not come back where it ends while it is refreshed', async () => {
  const { auth, refreshTokens } = await setUp();
  const refreshing = codeOf(auth.refresh());
  await auth.signOut();
  expect(await refreshing).toBe('not_signed_in');
  expect(await auth.session()).toBeNull();
  await settle();
  expect([...refreshTokens.values()].filter(({ state }) => state === 'live')).toEqual([]);
});

test('is that of the wallet that signed in while another was refreshed', async () => {
  const { auth } = await setUp();
  const refreshing = auth.refresh();
  await auth.signIn(account(B));
  await refreshing;
  expect(await auth.session()).toMatchObject({ wallet: B });
});

test('tells the other tabs, both ways', async () => {
  const { auth, browser, openTab, heard } = await setUp();
  const other = openTab(browser).auth;
  await other.signOut();
  expect(heard).toEqual([['other-tab', null]]);
  expect(await auth.session()).toBeNull();
  await other.signIn(account(B));
  expect(heard.at(-1)).toEqual(['other-tab', B]);
});

test('tells nobody who no longer listens', async () => {
  const { auth } = await setUp();
  const heard: (Session | null)[] = [];
  const stop = auth.onSessionChange((session) => heard.push(session));
  stop();
  stop();
  await auth.signOut();
  expect(heard).toEqual([]);
});

test('ends here even where the token cannot be revoked', async () => {
  const { auth, world, refuse } = await setUp();
  world.overrides.set('RevokeToken', () => refuse('InternalErrorException', '', 500));
  await auth.signOut();
  expect(await auth.session()).toBeNull();
});

test('is not over everywhere until the server says so', async () => {
  const { auth, world, refuse, calls, heard } = await setUp();
  world.overrides.set('GlobalSignOut', () => refuse('TooManyRequestsException'));
  expect(await codeOf(auth.signOut({ everywhere: true }))).toBe('rate_limited');
  expect(await auth.session()).toMatchObject({ wallet: A });
  world.overrides.clear();
  calls();
  await auth.signOut({ everywhere: true });
  expect(calls()).toEqual(['GlobalSignOut']);
  expect(heard).toEqual([['signed-out', null]]);
  expect(await codeOf(auth.signOut({ everywhere: true }))).toBe('not_signed_in');
});

test('ends everywhere by an access token that is not too old', async () => {
  const { auth, world, calls } = await setUp();
  world.now += 900_000;
  await auth.signOut({ everywhere: true });
  expect(calls()).toEqual([REFRESH, 'GlobalSignOut']);
});

test.each(['', '{}', 'null', '[]', '{"idToken":1}', '{"idToken":"e30.e30.s"}', 'x'])(
  'takes %j in the storage for no session',
  async (kept) => {
    const { openTab } = createWorld();
    const browser = createBrowser();
    browser.kept.set('nft-gallery.session.client', kept);
    expect(await openTab(browser).auth.session()).toBeNull();
  },
);

test('survives a reload', async () => {
  const { browser, openTab, first } = await setUp();
  expect(await openTab(browser).auth.session()).toEqual(first);
});

test('deletes the account after a fresh signature, and names the identity it leaves', async () => {
  const { auth, world, calls, browser } = await setUp();
  const { identityId } = await auth.credentials();
  calls();
  expect(await auth.deleteAccount(account(A))).toEqual({ wallet: A, identityId });
  expect(calls()).toEqual(['InitiateAuth', 'RespondToAuthChallenge', 'GetId', 'DeleteUser']);
  expect([await auth.session(), world.users.size]).toEqual([null, 0]);
  expect([...browser.kept.keys()].filter((key) => key.includes('signed-up'))).toEqual([]);
  await auth.signIn(account(A));
  expect((await auth.credentials()).identityId).not.toBe(identityId);
});

test('deletes nothing by another account, nor where the deletion is refused', async () => {
  const { auth, world, refuse, refreshTokens } = await setUp();
  expect(await codeOf(auth.deleteAccount(account(B)))).toBe('another_account');
  world.overrides.set('DeleteUser', () => refuse('TooManyRequestsException'));
  expect(await codeOf(auth.deleteAccount(account(A)))).toBe('rate_limited');
  expect(await auth.session()).toMatchObject({ wallet: A });
  const states = [...refreshTokens.values()].map(({ state }) => state);
  expect(states).toEqual(['live', 'revoked']);
  await auth.signOut();
  expect(await codeOf(auth.deleteAccount(account(A)))).toBe('not_signed_in');
});

test('goes on where a listener throws, and lets the page hear of the fault', async () => {
  const { auth } = await setUp();
  const fault = new Error('a listener’s own');
  const heard: unknown[] = [];
  auth.onSessionChange(() => {
    throw fault;
  });
  auth.onSessionChange((_, change) => heard.push(change));
  const uncaught = new Promise((resolve) => {
    const others = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => {
      for (const other of others) process.on('uncaughtException', other);
      resolve(error);
    });
  });
  await auth.refresh();
  expect(heard).toEqual(['refreshed']);
  expect(await uncaught).toBe(fault);
});

test('is over here where it was ended everywhere by another device', async () => {
  const { auth, world, refuse, heard } = await setUp();
  world.overrides.set('GlobalSignOut', () =>
    refuse('NotAuthorizedException', 'Access Token has been revoked'),
  );
  expect(await codeOf(auth.signOut({ everywhere: true }))).toBe('session_ended');
  expect(heard).toEqual([['ended', null]]);
});
