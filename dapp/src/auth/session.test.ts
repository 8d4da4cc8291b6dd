import { expect, test } from 'vitest';
import { A, account, B, fakeWallet, settle, setUp, signedIn } from './session.fakes.ts';

const [LOWER_A, LOWER_B] = [A.toLowerCase(), B.toLowerCase()];
const SIGNED_IN = { status: 'signed-in', address: LOWER_A, other: null, notice: null };

test('signs in, remembers the wallet, signs out and forgets the account', async () => {
  const { kept, session, tokensOf } = await signedIn();
  expect(session.get()).toEqual(SIGNED_IN);
  await session.signOut();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
  expect(await tokensOf()).toBeNull();
  expect(kept.get('nft-gallery.wallet')).toBe('org.one');
  expect([...kept.keys()].sort()).toEqual([
    expect.stringMatching(/^nft-gallery\.signed-up\.[0-9a-f]{4}$/),
    'nft-gallery.wallet',
  ]);
  expect(JSON.stringify([...kept])).not.toContain(LOWER_A.slice(6));
});

test('restores a session without asking the wallet for anything', async () => {
  const { session } = await setUp({ tokens: A, remembered: 'org.one' });
  await session.restore();
  expect(session.get()).toEqual(SIGNED_IN);
});

test('restores nothing on a path gateway', async () => {
  const { session, page } = await setUp({ pathname: '/ipfs/bafy/', tokens: A });
  page.isOffline = true;
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test('loads nothing for a guest', async () => {
  const { page, session } = await setUp();
  page.isOffline = true;
  await session.restore();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
});

test.each([
  ['locked', (one: Awaited<ReturnType<typeof signedIn>>['one']) => one.lock()],
  ['disconnected', (one: Awaited<ReturnType<typeof signedIn>>['one']) => one.disconnect()],
])('stays signed in when the wallet is %s', async (_, leave) => {
  const { session, one, tokensOf } = await signedIn();
  leave(one);
  await settle();
  expect(session.get()).toEqual(SIGNED_IN);
  expect(await tokensOf()).toBe(A);
});

test('says which account the wallet shows, and stays who it was until the person decides', async () => {
  const { session, one, tokensOf } = await signedIn();
  one.selectAccount(account(B));
  expect(session.get()).toEqual({ ...SIGNED_IN, other: LOWER_B });
  expect(await tokensOf()).toBe(A);
  one.selectAccount(account(A));
  expect(session.get()).toEqual(SIGNED_IN);
});

test('asks about an account once where the person stays, and about the next one again', async () => {
  const { session, one } = await signedIn();
  one.selectAccount(account(B));
  session.stay();
  expect(session.get()).toEqual(SIGNED_IN);
  one.selectAccount(account(A));
  one.selectAccount(account(B));
  expect(session.get()).toEqual(SIGNED_IN);
  one.emit('accountsChanged', [`0x${'c'.repeat(40)}`]);
  expect(session.get()).toMatchObject({ other: `0x${'c'.repeat(40)}` });
});

test('becomes the other account by a signature, and the first session is over', async () => {
  const { session, signIn, one, tokensOf, refreshTokens } = await signedIn();
  one.selectAccount(account(B));
  await signIn.start(one.wallet, LOWER_B as `0x${string}`);
  await settle();
  expect(session.get()).toEqual({ ...SIGNED_IN, address: LOWER_B });
  expect(await tokensOf()).toBe(B);
  expect([...refreshTokens.values()].map(({ state }) => state)).toEqual(['revoked', 'live']);
});

test('stays who it was where the person does not sign as the other', async () => {
  const { session, signIn, one, tokensOf } = await signedIn();
  one.selectAccount(account(B));
  one.fake.switches.refuses = true;
  await signIn.start(one.wallet, LOWER_B as `0x${string}`);
  expect(signIn.get()).toMatchObject({ stage: 'failed', code: 'user_rejected' });
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_A });
  expect(await tokensOf()).toBe(A);
});

test.each([
  ['its wallet shows up', 'org.one', 'org.one'],
  ['only another wallet is there', 'org.gone', 'org.two'],
])('says of a restored session of A when %s with B', async (_, remembered, rdns) => {
  const { wallets, session, tokensOf } = await setUp({ tokens: A, remembered });
  wallets.set([fakeWallet(rdns, B).wallet]);
  await session.restore();
  await settle();
  expect(session.get()).toEqual({ ...SIGNED_IN, other: LOWER_B });
  expect(await tokensOf()).toBe(A);
});

test('asks nothing where a restored session’s wallet is locked, and hears it later', async () => {
  const { wallets, session } = await setUp({ tokens: A, remembered: 'org.one' });
  const one = fakeWallet('org.one', A, { locked: true });
  wallets.set([one.wallet]);
  await session.restore();
  await settle();
  expect(session.get()).toEqual(SIGNED_IN);
  expect(session.wallet()).toBe(one.wallet);
  one.emit('accountsChanged', [B]);
  expect(session.get()).toMatchObject({ other: LOWER_B });
});

test('lets a second wallet be, while the one that signed in stands', async () => {
  const { wallets, session } = await setUp({ tokens: A, remembered: 'org.one' });
  wallets.set([fakeWallet('org.two', B).wallet, fakeWallet('org.one', A).wallet]);
  await session.restore();
  await settle();
  expect(session.get()).toEqual(SIGNED_IN);
});
