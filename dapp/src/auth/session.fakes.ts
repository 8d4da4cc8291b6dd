// The client itself before a stack of fakes, and wallets to test sessions with.
import type { Session } from 'nft-gallery-client';
import { createTestWallet, type TestWalletOptions } from 'nft-gallery-client/testing';
import { A, account, createWorld, settle } from '../../../clients/js/src/world.fakes.ts';
import { createStore } from '../store.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { createSession } from './session.ts';

export { A, account, B, settle } from '../../../clients/js/src/world.fakes.ts';

/** A wallet of the test entry, as the page discovers it. */
export function fakeWallet(
  rdns: string,
  address: string,
  options: Partial<TestWalletOptions> = {},
) {
  const fake = createTestWallet({ accounts: [account(address)], connected: true, ...options });
  const wallet: Wallet = { uuid: rdns, rdns, name: rdns, icon: null, provider: fake.provider };
  return { ...fake, fake, wallet };
}

/** `tokens`: whose session the browser has kept. */
export async function setUp({
  pathname = '/',
  tokens = null as string | null,
  remembered = '',
} = {}) {
  const stack = createWorld();
  const { auth, browser } = stack.openTab();
  if (tokens) await auth.signIn(account(tokens));
  if (remembered) browser.storage.setItem('nft-gallery.wallet', remembered);
  const page = { isOffline: false };
  const wallets = createStore<readonly Wallet[]>([]);
  const session = createSession({
    loadAuth: async () => {
      if (page.isOffline) throw new TypeError('Failed to fetch');
      return auth;
    },
    wallets: { ...wallets, list: wallets.get },
    site: { host: 'gallery.example', pathname },
    storage: browser.storage,
    mayHaveTokens: () => browser.kept.has('nft-gallery.session.client'),
    delay: async () => {},
  });
  stack.calls();
  const tokensOf = async () => ((await auth.session()) as Session | null)?.wallet ?? null;
  return { ...stack, ...browser, auth, page, wallets, session, tokensOf };
}

export async function signedIn() {
  const made = await setUp();
  const one = fakeWallet('org.one', A);
  await made.session.signIn(one.wallet);
  await settle();
  return { ...made, one };
}
