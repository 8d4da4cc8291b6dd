import { expect, test } from 'vitest';
import { A, account, B, fakeWallet, settle, setUp } from './session.fakes.ts';

test('restores a session without asking the wallet for anything', async () => {
  const { session } = await setUp({ tokens: A, remembered: 'org.one' });
  await session.restore();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: A.toLowerCase() });
});

test('keeps a restored session while its wallet is locked', async () => {
  const { wallets, session } = await setUp({ tokens: A, remembered: 'org.one' });
  const one = fakeWallet('org.one', A, { locked: true });
  wallets.set([one.wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('signed-in');
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
});

test('ends a restored session of A when its wallet shows up with B', async () => {
  const { wallets, session } = await setUp({ tokens: A, remembered: 'org.one' });
  await session.restore();
  wallets.set([fakeWallet('org.one', B).wallet]);
  await settle();
  expect(session.get().notice?.text).toMatch(/^Wallet account changed/);
});

test('ends a restored session of A when only another wallet is there, with B', async () => {
  const { tokensOf, wallets, session } = await setUp({ tokens: A, remembered: 'org.gone' });
  wallets.set([fakeWallet('org.two', B).wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('guest');
  expect(await tokensOf()).toBeNull();
});

test('lets a second wallet be, while the one that signed in stands', async () => {
  const { wallets, session } = await setUp({ tokens: A, remembered: 'org.one' });
  wallets.set([fakeWallet('org.two', B).wallet, fakeWallet('org.one', A).wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('signed-in');
});

test('is a guest when the kept session is no longer good', async () => {
  const { world, page, refuse, session } = await setUp({ tokens: A });
  page.isOffline = true;
  await session.restore();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  page.isOffline = false;
  world.now += 900_000;
  world.overrides.set('GetTokensFromRefreshToken', () => refuse('NotAuthorizedException'));
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test('may still restore later what cannot be refreshed now', async () => {
  const { world, session, tokensOf } = await setUp({ tokens: A });
  world.now += 900_000;
  world.overrides.set('GetTokensFromRefreshToken', () => Promise.reject(new TypeError()));
  await session.restore();
  expect(session.get().notice?.text).toMatch(/could not be restored/);
  world.overrides.clear();
  expect(await tokensOf()).toBe(A);
});

test('loads nothing for a guest', async () => {
  const { page, session } = await setUp();
  page.isOffline = true;
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test('follows another tab', async () => {
  const { auth, calls, session } = await setUp();
  await session.signIn(fakeWallet('org.one', A).wallet);
  calls();
  await session.followOtherTab(A.toLowerCase());
  expect(calls()).toEqual([]);
  await auth.signIn(account(B));
  await session.followOtherTab(B.toLowerCase());
  expect(session.get()).toMatchObject({ status: 'signed-in', address: B.toLowerCase() });
  await session.followOtherTab(null);
  expect(session.get().notice?.text).toMatch(/another tab/);
});
