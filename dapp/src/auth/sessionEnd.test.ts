import { expect, test } from 'vitest';
import { A, B, fakeWallet, settle, setUp } from './session.fakes.ts';

const named = (name: string) => Object.assign(new Error(), { name });

async function signedIn() {
  const world = setUp();
  const one = fakeWallet('org.one', [A]);
  await world.session.signIn(one.wallet);
  return { ...world, one };
}

test('shows what the ID token says of the session', async () => {
  const { session } = await signedIn();
  expect(await session.details()).toEqual({
    site: 'gallery.example',
    signedInAt: new Date(1_000),
    renewedAt: new Date(901_000),
    validUntil: new Date(1_801_000),
    chainId: '1',
  });
});

test('signs out here when there is no session left to show', async () => {
  const { world, session } = await signedIn();
  world.tokens = null;
  expect(await session.details()).toBeNull();
  expect(session.get().status).toBe('guest');
  expect(session.get().notice?.text).toMatch(/^Your session has expired/);
});

test('signs out everywhere once Cognito confirms', async () => {
  const { world, session } = await signedIn();
  const seen: (string | undefined)[] = [];
  world.revoke = async () => void seen.push(session.get().status, session.get().notice?.text);
  await session.signOutEverywhere();
  expect(seen).toEqual(['signed-in', 'Signing out everywhere…']);
  expect(world.tokens).toBeNull();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'info' } });
  expect(session.get().notice?.text).toMatch(/^You are signed out everywhere/);
});

test('stays signed in, guarded, and says so when Cognito does not confirm', async () => {
  const { world, session, one } = await signedIn();
  world.revoke = () => Promise.reject(named('NetworkError'));
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'signed-in', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/not confirmed/);
  expect(world.signOuts).toBe(0);
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
});

test('claims no success when the session was over before it could end the others', async () => {
  const { world, session } = await signedIn();
  world.revoke = () => Promise.reject(named('NotAuthorizedException'));
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/already over/);
});

test('ends no session that began while the one before was being ended', async () => {
  const { world, session } = await signedIn();
  const two = fakeWallet('org.two', [A]);
  world.revoke = () => session.signOut().then(() => session.signIn(two.wallet));
  await session.signOutEverywhere();
  expect(session.get()).toEqual({ status: 'signed-in', address: A, notice: null });
});

test.each(['restore', 'end'] as const)('%s tells of a reused refresh token', async (how) => {
  const { world, session } = setUp({ tokens: 'gone' });
  world.wasReused = true;
  await session[how]();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/continued somewhere else/);
});
