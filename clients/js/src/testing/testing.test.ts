import { expect, test, vi } from 'vitest';
import { A, account, B, createWorld } from '../world.fakes.ts';
import { createTestWallet } from './index.ts';

test('announces itself to a page, now and whenever it asks', () => {
  const window = new EventTarget();
  const heard = vi.fn();
  window.addEventListener('eip6963:announceProvider', (event) =>
    heard((event as CustomEvent).detail),
  );
  const wallet = createTestWallet({ accounts: [account(A)], rdns: 'org.one' });
  const stop = wallet.announce(window);
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  stop();
  window.dispatchEvent(new Event('eip6963:requestProvider'));
  expect(heard).toHaveBeenCalledTimes(2);
  expect(heard.mock.calls[0]?.[0]).toMatchObject({
    info: { rdns: 'org.one', name: 'Test Wallet' },
    provider: wallet.provider,
  });
});

test('signs wrongly, then rightly', async () => {
  const { openTab } = createWorld();
  const wallet = createTestWallet({ accounts: [account(A)], wrongSignatures: 1 });
  const { auth } = openTab();
  await expect(auth.signIn(wallet.provider)).rejects.toMatchObject({ code: 'refused_signature' });
  expect(await auth.signIn(wallet.provider)).toMatchObject({ wallet: A });
});

async function watched() {
  const { openTab, calls } = createWorld();
  const { auth } = openTab();
  const wallet = createTestWallet({ accounts: [account(A), account(B)] });
  await auth.signIn(wallet.provider);
  const events: unknown[] = [];
  const stop = auth.watchWallet(wallet.provider, (event) => events.push(event));
  calls();
  return { auth, wallet, events, stop, calls };
}

test('ends a session where the wallet shows another account, and never makes one', async () => {
  const { auth, wallet, events, calls } = await watched();
  wallet.selectAccount(account(A));
  expect(await auth.session()).toMatchObject({ wallet: A });
  wallet.selectAccount(account(B));
  expect(await auth.session()).toBeNull();
  wallet.selectAccount(account(A));
  expect(await auth.session()).toBeNull();
  expect(events).toEqual([
    { type: 'account-changed', address: A.toLowerCase() },
    { type: 'account-changed', address: B.toLowerCase() },
    { type: 'account-changed', address: A.toLowerCase() },
  ]);
  expect(calls()).toEqual(['RevokeToken']);
});

test('ends a session where the wallet is locked or gone, and says which', async () => {
  for (const [leave, type] of [
    ['lock', 'locked'],
    ['disconnect', 'disconnected'],
  ] as const) {
    const { auth, wallet, events } = await watched();
    wallet[leave]();
    expect(await auth.session()).toBeNull();
    expect(events).toEqual([{ type }]);
  }
});

test('keeps a session over another chain, a network that is away, and once nobody watches', async () => {
  const { auth, wallet, events, stop } = await watched();
  wallet.selectChain(137);
  wallet.emit('disconnect', { code: 1013 });
  stop();
  wallet.lock();
  expect(await auth.session()).toMatchObject({ wallet: A });
  expect(events).toEqual([{ type: 'chain-changed', chainId: 137 }]);
});

test('keeps the session of a page that asks what to do, and still says what happened', async () => {
  const { auth, wallet, events, stop } = await watched();
  stop();
  auth.watchWallet(wallet.provider, (event) => events.push(event), { keepSession: true });
  wallet.selectAccount(account(B));
  wallet.lock();
  expect(await auth.session()).toMatchObject({ wallet: A });
  expect(events).toEqual([
    { type: 'account-changed', address: B.toLowerCase() },
    { type: 'locked' },
  ]);
});

test('ends the session of the account before, not the sign-in of the next', async () => {
  const { auth, wallet } = await watched();
  const signing = auth.signIn(wallet.provider);
  wallet.selectAccount(account(B)); // before the wallet is asked who it is
  expect(await signing).toMatchObject({ wallet: B });
  expect(await auth.session()).toMatchObject({ wallet: B });
});

test('lets a guest connect while the page watches', async () => {
  const { auth, wallet } = await watched();
  await auth.signOut();
  const signing = auth.signIn(wallet.provider);
  wallet.selectAccount(account(A));
  expect(await signing).toMatchObject({ wallet: A });
});
