import { expect, test } from 'vitest';
import { A, B, fakeWallet, settle, setUp, signedIn } from './session.fakes.ts';

const REFRESH = 'GetTokensFromRefreshToken';

test('shows what the ID token says of the session', async () => {
  const { world, session } = await signedIn();
  expect(await session.details()).toEqual({
    site: 'gallery.example',
    signedInAt: new Date(world.now),
    renewedAt: new Date(world.now),
    validUntil: new Date(world.now + 900_000),
    chainId: null, // the fake names none
  });
});

test('signs out here when there is no session left to show', async () => {
  const { auth, session } = await signedIn();
  await auth.signOut();
  expect(await session.details()).toBeNull();
  expect(session.get().status).toBe('guest');
  expect(session.get().notice?.text).toMatch(/^Your session has expired/);
});

test('signs out everywhere once Cognito confirms', async () => {
  const { world, json, session, tokensOf } = await signedIn();
  const seen: (string | undefined)[] = [];
  world.overrides.set('GlobalSignOut', () => {
    seen.push(session.get().status, session.get().notice?.text);
    return json(200, {});
  });
  await session.signOutEverywhere();
  expect(seen).toEqual(['signed-in', 'Signing out everywhere…']);
  expect(await tokensOf()).toBeNull();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'info' } });
  expect(session.get().notice?.text).toMatch(/^You are signed out everywhere/);
});

test('stays signed in, guarded, and says so when Cognito does not confirm', async () => {
  const { world, session, one, tokensOf } = await signedIn();
  world.overrides.set('GlobalSignOut', () => Promise.reject(new TypeError('Failed to fetch')));
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'signed-in', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/not confirmed/);
  expect(await tokensOf()).toBe(A);
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
});

test('claims no success when the session was over before it could end the others', async () => {
  const { world, refuse, session } = await signedIn();
  world.overrides.set('GlobalSignOut', () => refuse('NotAuthorizedException'));
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/already over/);
});

test('ends no session that began while the one before was being ended', async () => {
  const { world, json, session } = await signedIn();
  const two = fakeWallet('org.two', A);
  world.overrides.set('GlobalSignOut', async () => {
    await session.signOut();
    await session.signIn(two.wallet);
    return json(200, {});
  });
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'signed-in', notice: null });
});

test.each(['restore', 'details'] as const)('%s tells of a reused refresh token', async (how) => {
  const { world, refuse, session } = await setUp({ tokens: A });
  world.now += 900_000;
  world.overrides.set(REFRESH, () => refuse('RefreshTokenReuseException'));
  await session[how]();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/continued somewhere else/);
});
