// ERC-7846: a wallet that comes back connects and signs in one prompt, if it can.
import { expect, test } from 'vitest';
import { createTestWallet, type TestWalletOptions } from '../testing/index.ts';
import { A, account, B, codeOf, createWorld } from '../world.fakes.ts';

function setUp(options: Partial<TestWalletOptions> = {}) {
  const { openTab, calls, world } = createWorld();
  const { auth, browser } = openTab();
  const wallet = createTestWallet({
    ...{ accounts: [account(A)], hasWalletConnect: true },
    ...options,
  });
  const methods = () => wallet.calls.map(({ method }) => method);
  return { auth, browser, wallet, methods, calls, world, openTab };
}

test('asks a wallet that comes back once, for exactly the challenge', async () => {
  const { auth, wallet, methods } = setUp();
  expect(await auth.signIn(wallet.provider, { address: A })).toMatchObject({ wallet: A });
  expect([wallet.prompts, methods()]).toEqual([1, ['eth_accounts', 'wallet_connect']]);
  expect(wallet.calls[1]?.params).toEqual([
    {
      version: '1',
      capabilities: {
        signInWithEthereum: {
          version: '1',
          domain: 'gallery.example',
          uri: 'https://gallery.example',
          chainId: '0x1',
          nonce: expect.stringMatching(/^nonce/),
          issuedAt: '2026-01-31T12:00:00Z',
          expirationTime: '2026-01-31T12:05:00Z',
          statement: 'Sign in.',
        },
      },
    },
  ]);
});

test('remembers the wallet of a session that ended, and forgets it at the sign-out', async () => {
  const { auth, wallet, world, openTab, browser } = setUp();
  await auth.signIn(wallet.provider);
  wallet.switches.connected = false; // its own session with the site has ended too
  world.overrides.set('GetTokensFromRefreshToken', () =>
    Response.json({ __type: 'NotAuthorizedException' }, { status: 400 }),
  );
  expect(await codeOf(auth.refresh())).toBe('session_ended');
  const before = wallet.prompts;
  await openTab(browser).auth.signIn(wallet.provider);
  expect(wallet.prompts - before).toBe(1);
  await auth.signOut();
  expect([...browser.kept.values()].join()).not.toContain(A.toLowerCase());
});

test.each([
  ['does not know the method', { hasWalletConnect: false }],
  ['connects only', { hasSignInCapability: false }],
])('asks in two steps where the wallet %s', async (_, switches) => {
  const { auth, wallet } = setUp(switches);
  expect(await auth.signIn(wallet.provider, { address: A })).toMatchObject({ wallet: A });
  expect(wallet.prompts).toBe(2);
});

test('asks another account of the wallet for its own challenge', async () => {
  const { auth, wallet } = setUp({ accounts: [account(B)] });
  expect(await auth.signIn(wallet.provider, { address: A })).toMatchObject({ wallet: B });
});

test('signs only where the wallet is connected', async () => {
  const { auth, wallet, methods } = setUp({ connected: true });
  await auth.signIn(wallet.provider, { address: A });
  expect([wallet.prompts, methods()]).toEqual([
    1,
    ['eth_accounts', 'eth_requestAccounts', 'eth_chainId', 'personal_sign'],
  ]);
});

test('does not ask once more after the person said no', async () => {
  const { auth, wallet } = setUp({ refuses: ['wallet_connect'] });
  expect(await codeOf(auth.signIn(wallet.provider, { address: A }))).toBe('user_rejected');
  expect(wallet.prompts).toBe(1);
});
