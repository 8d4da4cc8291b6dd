import { expect, test } from 'vitest';
import { en } from '../text/en.ts';
import { A, account, B, fakeWallet, settle, setUp, signedIn } from './session.fakes.ts';

const LOWER_A = A.toLowerCase() as `0x${string}`;

test('shows each step, and the very text that the wallet is asked to sign', async () => {
  const { signIn } = await setUp();
  const seen: string[] = [];
  const messages = new Set<string | null>();
  signIn.subscribe(() => {
    const state = signIn.get();
    seen.push(state.stage === 'signing' ? state.step : state.stage);
    if (state.stage === 'signing') messages.add(state.message);
  });
  const one = fakeWallet('org.one', A);
  await signIn.start(one.wallet);
  expect([...new Set(seen)]).toEqual([
    ...['connecting', 'preparing', 'signing', 'verifying', 'closed'],
  ]);
  const [asked] = one.fake.calls.filter(({ method }) => method === 'personal_sign');
  const hex = String(asked?.params?.[0]).slice(2);
  expect([...messages]).toEqual([null, Buffer.from(hex, 'hex').toString()]);
  expect([...messages][1]).toContain('gallery.example wants you to sign in');
});

test.each([
  ['refuses', { refuses: true }, 'user_rejected'],
  ['is locked', { locked: true }, 'no_account'],
  ['signs for another', { signsAs: account(B) }, 'refused_signature'],
  ['cannot sign', { hasPersonalSign: false }, 'wallet_unsupported'],
] as const)('stays a guest, and says why, when the wallet %s', async (_, switches, code) => {
  const { session, signIn, tokensOf } = await setUp();
  await signIn.start(fakeWallet('org.one', A, switches).wallet);
  expect(signIn.get()).toMatchObject({ stage: 'failed', code, text: en.failures[code] });
  expect(session.get().status).toBe('guest');
  expect(await tokensOf()).toBeNull();
});

test.each([
  ['TooManyRequestsException', 'rate_limited'],
  ['ForbiddenException', 'blocked'],
  ['InternalErrorException', 'sign_in_failed'],
])('says what %s of the user pool means', async (type, code) => {
  const { world, refuse, signIn } = await setUp();
  world.overrides.set('InitiateAuth', () => refuse(type));
  await signIn.start(fakeWallet('org.one', A).wallet);
  expect(signIn.get()).toMatchObject({ stage: 'failed', code });
});

test('tries again with the same wallet', async () => {
  const { session, signIn } = await setUp();
  const one = fakeWallet('org.one', A, { refuses: true });
  await signIn.start(one.wallet);
  one.fake.switches.refuses = false;
  await signIn.retry();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_A });
  expect(signIn.get()).toEqual({ stage: 'closed' });
});

test('refuses on a path gateway before any wallet is asked', async () => {
  const { signIn } = await setUp({ pathname: '/ipfs/bafy/' });
  const one = fakeWallet('org.one', A);
  signIn.open();
  expect(signIn.get()).toMatchObject({ stage: 'failed', wallet: null, code: 'shared_origin' });
  await signIn.start(one.wallet);
  expect(one.fake.calls).toEqual([]);
});

test.each([
  ['shows another account', (one: ReturnType<typeof fakeWallet>) => one.selectAccount(account(B))],
  ['is locked', (one: ReturnType<typeof fakeWallet>) => one.lock()],
])('gives up when the wallet %s before the signature, and says so', async (what, change) => {
  const { session, signIn, tokensOf } = await setUp();
  const one = fakeWallet('org.one', A);
  one.fake.switches.signsAs = {
    address: A,
    signMessage: async () => {
      change(one);
      return 'late';
    },
  };
  await signIn.start(one.wallet);
  await settle();
  const code = what === 'is locked' ? 'no_account' : 'another_account';
  expect(signIn.get()).toMatchObject({ stage: 'failed', code });
  expect(session.get().status).toBe('guest');
  expect(await tokensOf()).toBeNull();
});

test.each(['connecting', 'preparing', 'signing', 'verifying'])(
  'leaves no session behind where the person closes it while it is %s',
  async (step) => {
    const { session, signIn, tokensOf } = await setUp();
    const one = fakeWallet('org.one', A);
    signIn.subscribe(() => {
      const state = signIn.get();
      if (state.stage === 'signing' && state.step === step) signIn.close();
    });
    await signIn.start(one.wallet);
    await settle();
    expect(signIn.get()).toEqual({ stage: 'closed' });
    expect(session.get()).toEqual({ status: 'guest', notice: null });
    expect(await tokensOf()).toBeNull();
  },
);

test('signs in again as who it was at once, and as nobody else', async () => {
  const { session, signIn, one, tokensOf } = await signedIn();
  await session.end();
  one.fake.selectAccount(account(B));
  await signIn.again(LOWER_A);
  expect(signIn.get()).toMatchObject({ stage: 'failed', code: 'another_account' });
  expect(await tokensOf()).toBeNull();
  one.fake.selectAccount(account(A));
  await signIn.retry();
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_A });
});

test('shows the wallets where the one that signed in is not here', async () => {
  const { session, signIn, wallets } = await signedIn();
  await session.end();
  wallets.set([]);
  await signIn.again(LOWER_A);
  expect(signIn.get()).toEqual({ stage: 'picking' });
});

test.each([
  ['0x6080', 'contract_wallet_refused'],
  ['0x', 'refused_signature'],
  ['0xef0100cccccccccccccccccccccccccccccccccccccccc', 'refused_signature'], // EIP-7702: a key's
])('says of a refused account with the code %s that it is %s', async (answer, code) => {
  const { signIn } = await setUp();
  const { wallet } = fakeWallet('org.one', A, { signsAs: account(B) });
  const { provider } = wallet;
  const request = async (call: { method: string }) =>
    call.method === 'eth_getCode' ? answer : provider.request(call);
  await signIn.start({ ...wallet, provider: { ...provider, request } });
  expect(signIn.get()).toMatchObject({ stage: 'failed', code });
});

test('closes the list of wallets when another tab has signed in', async () => {
  const { auth, session, signIn } = await setUp();
  signIn.open();
  await auth.signIn(account(A));
  await session.followOtherTab();
  expect(signIn.get()).toEqual({ stage: 'closed' });
});

test('pairs with a wallet elsewhere, and then signs in as with any other', async () => {
  const { page, session, signIn } = await setUp();
  const seen: unknown[] = [];
  signIn.subscribe(() => seen.push(signIn.get()));
  page.pair = async ({ onUri }) => {
    onUri('wc:topic@2');
    return fakeWallet('com.walletconnect', A).wallet;
  };
  await signIn.pair();
  expect(seen.slice(0, 2)).toEqual([
    { stage: 'pairing', uri: null },
    { stage: 'pairing', uri: 'wc:topic@2' },
  ]);
  expect(session.get()).toMatchObject({ status: 'signed-in', address: LOWER_A });
});

test.each([
  ['a no', { code: 4001 }, 'user_rejected'],
  ['a part that did not load', new TypeError('Failed to fetch'), 'part_missing'],
])('says of %s why there is no pairing', async (_, error, code) => {
  const { page, signIn } = await setUp();
  page.pair = () => Promise.reject(error);
  await signIn.pair();
  expect(signIn.get()).toMatchObject({ stage: 'failed', wallet: null, code });
});

test('gives a pairing up that nobody waits for', async () => {
  const { page, session, signIn } = await setUp();
  let pairing: AbortSignal | null = null;
  page.pair = async ({ signal }) => {
    pairing = signal;
    signIn.close();
    return fakeWallet('com.walletconnect', A).wallet;
  };
  await signIn.pair();
  expect(pairing).toMatchObject({ aborted: true });
  expect(session.get().status).toBe('guest');
  expect(signIn.get()).toEqual({ stage: 'closed' });
});
