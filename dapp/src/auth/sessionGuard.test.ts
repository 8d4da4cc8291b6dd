import { expect, test } from 'vitest';
import { A, B, fakeWallet, settle, setUp } from './session.fakes.ts';

test('restores a session without asking the wallet for anything', async () => {
  const { session } = setUp({ tokens: A, remembered: 'org.one' });
  await session.restore();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: A });
});

test('keeps a restored session while its wallet is locked', async () => {
  const { wallets, session } = setUp({ tokens: A, remembered: 'org.one' });
  const one = fakeWallet('org.one', []);
  wallets.set([one.wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('signed-in');
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
});

test('ends a restored session of A when its wallet shows up with B', async () => {
  const { wallets, session } = setUp({ tokens: A, remembered: 'org.one' });
  await session.restore();
  wallets.set([fakeWallet('org.one', [B]).wallet]);
  await settle();
  expect(session.get().notice?.text).toMatch(/^Wallet account changed/);
});

test('ends a restored session of A when only another wallet is there, with B', async () => {
  const { world, wallets, session } = setUp({ tokens: A, remembered: 'org.gone' });
  wallets.set([fakeWallet('org.two', [B]).wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('guest');
  expect(world.tokens).toBeNull();
});

test('lets a second wallet be, while the one that signed in stands', async () => {
  const { wallets, session } = setUp({ tokens: A, remembered: 'org.one' });
  wallets.set([fakeWallet('org.two', [B]).wallet, fakeWallet('org.one', [A]).wallet]);
  await session.restore();
  await settle();
  expect(session.get().status).toBe('signed-in');
});

test('is a guest when the kept session is no longer good', async () => {
  const { world, session } = setUp({ tokens: 'not-an-address' });
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
  world.isOffline = true;
  await session.restore();
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
});

test('loads nothing for a guest', async () => {
  const { world, session } = setUp();
  world.isOffline = true;
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test('follows another tab', async () => {
  const { world, session } = setUp();
  await session.signIn(fakeWallet('org.one', [A]).wallet);
  await session.followOtherTab(A);
  expect(world.signOuts).toBe(0);
  world.tokens = B;
  await session.followOtherTab(B);
  expect(session.get()).toMatchObject({ status: 'signed-in', address: B });
  world.tokens = null;
  await session.followOtherTab(null);
  expect(session.get().notice?.text).toMatch(/another tab/);
});
