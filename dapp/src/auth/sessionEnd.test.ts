import { expect, test } from 'vitest';
import { en } from '../text/en.ts';
import { A, account, B, fakeWallet, settle, setUp, signedIn } from './session.fakes.ts';

const [LOWER_A, LOWER_B] = [A.toLowerCase(), B.toLowerCase()];
const EXPIRED = { status: 'expired', address: LOWER_A, isReused: false, notice: null };
const REFRESH = 'GetTokensFromRefreshToken';
const never = new AbortController().signal;

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

test('is expired, and knows whose it was, when there is no session left to show', async () => {
  const { auth, session } = await signedIn();
  await auth.signOut();
  expect(await session.details()).toBeNull();
  expect(session.get()).toEqual(EXPIRED);
});

test('is expired after a reload, too, until the person signs out', async () => {
  const { session, kept } = await setUp({ holder: LOWER_A });
  await session.restore();
  expect(session.get()).toEqual(EXPIRED);
  await session.signOut();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
  expect([...kept.values()]).not.toContain(LOWER_A);
});

test('takes a holder that is no address for none', async () => {
  const { session } = await setUp({ holder: '<b>' });
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test('is expired when the kept session is no longer good', async () => {
  const { world, refuse, session } = await setUp({ tokens: A });
  world.now += 900_000;
  world.overrides.set(REFRESH, () => refuse('NotAuthorizedException'));
  await session.restore();
  expect(session.get()).toEqual(EXPIRED);
});

test('may restore once it is online what cannot be restored now', async () => {
  const { world, page, session } = await setUp({ tokens: A });
  page.isOffline = true;
  await session.restore();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  page.isOffline = false;
  world.now += 900_000;
  world.overrides.set(REFRESH, () => Promise.reject(new TypeError()));
  await session.resume();
  expect(session.get().notice?.text).toBe(en.notices.notRestored);
  world.overrides.clear();
  await session.resume();
  expect(session.get()).toMatchObject({ status: 'signed-in', notice: null });
});

test('signs out everywhere once Cognito confirms', async () => {
  const { world, json, session, tokensOf } = await signedIn();
  const seen: (string | undefined)[] = [];
  world.overrides.set('GlobalSignOut', () => {
    seen.push(session.get().status, session.get().notice?.text);
    return json(200, {});
  });
  await session.signOutEverywhere();
  expect(seen).toEqual(['signed-in', en.notices.endingEverywhere]);
  expect(await tokensOf()).toBeNull();
  expect(session.get()).toEqual({
    status: 'guest',
    notice: { tone: 'info', text: en.notices.endedEverywhere },
  });
});

test('stays signed in, watched, and says so when Cognito does not confirm', async () => {
  const { world, session, one, tokensOf } = await signedIn();
  world.overrides.set('GlobalSignOut', () => Promise.reject(new TypeError('Failed to fetch')));
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({
    status: 'signed-in',
    notice: { tone: 'error', text: en.notices.notEndedEverywhere },
  });
  expect(await tokensOf()).toBe(A);
  one.emit('accountsChanged', [B]);
  expect(session.get()).toMatchObject({ other: LOWER_B });
});

test('claims no success when the session was over before it could end the others', async () => {
  const { world, refuse, session } = await signedIn();
  world.overrides.set('GlobalSignOut', () => refuse('NotAuthorizedException'));
  await session.signOutEverywhere();
  expect(session.get()).toEqual({
    status: 'guest',
    notice: { tone: 'error', text: en.notices.alreadyOver },
  });
});

test('ends no session that began while the one before was being ended', async () => {
  const { world, json, session, signIn } = await signedIn();
  const two = fakeWallet('org.two', A);
  world.overrides.set('GlobalSignOut', async () => {
    await session.signOut();
    await signIn.start(two.wallet);
    return json(200, {});
  });
  await session.signOutEverywhere();
  expect(session.get()).toMatchObject({ status: 'signed-in', notice: null });
});

test.each(['restore', 'details'] as const)('%s tells of a reused refresh token', async (how) => {
  const { world, refuse, session } = await setUp({ tokens: A });
  if (how === 'details') await session.restore();
  world.now += 900_000;
  world.overrides.set(REFRESH, () => refuse('RefreshTokenReuseException'));
  await session[how]();
  expect(session.get()).toEqual({ ...EXPIRED, isReused: true });
});

test('deletes the account by a signature of its wallet, and says where stored files are', async () => {
  const { world, session, kept } = await signedIn();
  const deleted = await session.deleteAccount(never);
  expect(deleted).toMatchObject({ wallet: A, identityId: expect.stringMatching(/^id:/) });
  expect(world.users.size).toBe(0);
  expect(session.get()).toEqual({
    status: 'guest',
    notice: { tone: 'info', text: en.notices.deleted },
  });
  expect([...kept.keys()]).toEqual(['nft-gallery.wallet']);
});

test('deletes nothing without a signature, and stays signed in', async () => {
  const { world, session, one, tokensOf } = await signedIn();
  one.fake.switches.refuses = true;
  await expect(session.deleteAccount(never)).rejects.toMatchObject({ code: 'user_rejected' });
  one.fake.switches.refuses = false;
  one.selectAccount(account(B));
  await expect(session.deleteAccount(never)).rejects.toMatchObject({ code: 'another_account' });
  expect(world.users.size).toBe(1);
  expect(session.get().status).toBe('signed-in');
  expect(await tokensOf()).toBe(A);
});

test('deletes nothing where the wallet is not here', async () => {
  const { world, session } = await setUp({ tokens: A });
  await session.restore();
  expect(await session.deleteAccount(never)).toBeNull();
  expect(world.users.size).toBe(1);
});

test('follows another tab: signed in, as another, signed out', async () => {
  const { auth, calls, session, signIn, kept } = await setUp();
  await signIn.start(fakeWallet('org.one', A).wallet);
  calls();
  await session.followOtherTab();
  expect(calls()).toEqual([]);
  await auth.signIn(account(B));
  await session.followOtherTab();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_B });
  kept.delete('nft-gallery.holder'); // as a sign-out begins
  kept.delete('nft-gallery.session.client');
  calls();
  await session.followOtherTab();
  expect(session.get()).toEqual({
    status: 'guest',
    notice: { tone: 'info', text: en.notices.otherTab },
  });
  await settle();
  expect(calls()).toEqual([]); // what the other tab has ended is not ended again
});

test('agrees with another tab whose session ended by itself, and comes back with it', async () => {
  const { auth, session, kept } = await setUp({ tokens: A });
  await session.restore();
  const tokens = kept.get('nft-gallery.session.client') as string;
  kept.delete('nft-gallery.session.client');
  await session.followOtherTab();
  expect(session.get()).toEqual(EXPIRED);
  kept.set('nft-gallery.session.client', tokens);
  await session.followOtherTab();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_A });
  expect((await auth.session())?.wallet).toBe(A);
});
