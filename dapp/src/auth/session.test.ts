import { expect, test } from 'vitest';
import { A, account, B, fakeWallet, settle, setUp, signedIn } from './session.fakes.ts';

const LOWER_A = A.toLowerCase();

test('signs in, remembers the wallet, signs out and forgets it', async () => {
  const { kept, session, tokensOf } = await setUp();
  await session.signIn(fakeWallet('org.one', A).wallet);
  expect(session.get()).toEqual({ status: 'signed-in', address: LOWER_A, notice: null });
  expect(kept.get('nft-gallery.wallet')).toBe('org.one');
  await session.signOut();
  expect(session.get()).toEqual({ status: 'guest', notice: null });
  expect(await tokensOf()).toBeNull();
  expect([...kept.keys()]).toEqual([
    expect.stringMatching(/^nft-gallery\.signed-up\.[0-9a-f]{4}$/),
  ]);
});

test('tells what it waits for', async () => {
  const { session } = await setUp();
  const seen: string[] = [];
  session.subscribe(() => {
    const state = session.get();
    seen.push(state.status === 'signing-in' ? state.step : state.status);
  });
  await session.signIn(fakeWallet('org.one', A).wallet);
  expect(seen).toEqual(['connecting', 'preparing', 'signing', 'verifying', 'signed-in']);
});

test.each([
  ['refuses', { refuses: true }, 'info', /rejected/],
  ['is busy elsewhere', { garbage: undefined, locked: true }, 'error', /gave no account/],
  ['signs for another', { signsAs: account(B) }, 'error', /signature was refused/],
  ['cannot sign', { hasPersonalSign: false }, 'error', /cannot sign/],
] as const)('stays a guest, and says why, when the wallet %s', async (_, switches, tone, text) => {
  const { session, tokensOf } = await setUp();
  await session.signIn(fakeWallet('org.one', A, switches).wallet);
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone } });
  expect(session.get().notice?.text).toMatch(text);
  expect(await tokensOf()).toBeNull();
});

test.each([
  ['TooManyRequestsException', /Too many attempts/],
  ['ForbiddenException', /A firewall stopped/],
  ['InternalErrorException', /Signing in did not work/],
])('says what %s of the user pool means', async (type, text) => {
  const { world, refuse, session } = await setUp();
  world.overrides.set('InitiateAuth', () => refuse(type));
  await session.signIn(fakeWallet('org.one', A).wallet);
  expect(session.get().notice?.text).toMatch(text);
});

test('refuses to sign in on a path gateway, and restores nothing there', async () => {
  const { session, tokensOf, page } = await setUp({ pathname: '/ipfs/bafy/', tokens: A });
  page.isOffline = true;
  await session.restore();
  expect(session.get().status).toBe('guest');
  await session.signIn(fakeWallet('org.one', A).wallet);
  expect(session.get()).toMatchObject({ status: 'guest', notice: { tone: 'error' } });
  expect(session.get().notice?.text).toMatch(/path gateway/);
  expect(await tokensOf()).toBe(A);
});

test('signs out when the account of the wallet changes', async () => {
  const { session, one, tokensOf } = await signedIn();
  one.emit('accountsChanged', [A]);
  expect(session.get().status).toBe('signed-in');
  one.emit('accountsChanged', [B]);
  await settle();
  expect(session.get().status).toBe('guest');
  expect(session.get().notice?.text).toMatch(/^Wallet account changed/);
  expect(await tokensOf()).toBeNull();
});

test('signs out when the wallet disconnects', async () => {
  const { session, one } = await signedIn();
  one.emit('accountsChanged', []);
  await settle();
  expect(session.get().notice?.text).toMatch(/^Wallet disconnected/);
});

test.each([
  ['account changes', (wallet: ReturnType<typeof fakeWallet>) => wallet.selectAccount(account(B))],
  ['wallet is locked', (wallet: ReturnType<typeof fakeWallet>) => wallet.lock()],
])('ends signing in when the %s before the signature', async (_, change) => {
  const { session, tokensOf } = await setUp();
  const one = fakeWallet('org.one', A);
  one.fake.switches.signsAs = {
    address: A,
    signMessage: async () => {
      change(one);
      return 'late';
    },
  };
  await session.signIn(one.wallet);
  await settle();
  expect(session.get().status).toBe('guest');
  expect(session.get().notice?.text).toMatch(/^Wallet (account changed|disconnected)/);
  expect(await tokensOf()).toBeNull();
});

test.each(['preparing', 'signing', 'verifying'])(
  'leaves no session behind where the person cancels while it is %s',
  async (step) => {
    const { session, tokensOf } = await setUp();
    const one = fakeWallet('org.one', A);
    session.subscribe(() => {
      const state = session.get();
      if (state.status === 'signing-in' && state.step === step) session.cancel();
    });
    await session.signIn(one.wallet);
    await settle();
    expect(session.get()).toMatchObject({
      status: 'guest',
      notice: { text: 'Sign-in cancelled.' },
    });
    expect(await tokensOf()).toBeNull();
    expect(one.fake.prompts).toBe(step === 'verifying' ? 1 : 0);
  },
);
