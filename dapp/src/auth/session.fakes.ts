// The client itself before a stack of fakes, and wallets to test sessions with.
import type { Session } from 'nft-gallery-client';
import { createTestWallet, type TestWalletOptions } from 'nft-gallery-client/testing';
import { A, account, createWorld, settle } from '../../../clients/js/src/world.fakes.ts';
import { createStore } from '../store.ts';
import { en } from '../text/en.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { createSession } from './session.ts';
import { createSignIn, type Pairing } from './signIn.ts';
import { HOLDER_KEY, WALLET_KEY } from './tokenPlace.ts';

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

/** `tokens`: whose session the browser has kept; `holder`: whose it was, if the page has known one. */
export async function setUp({
  pathname = '/',
  tokens = null as string | null,
  holder = tokens?.toLowerCase() ?? '',
  remembered = '',
} = {}) {
  const stack = createWorld();
  const { auth, browser } = stack.openTab();
  if (tokens) await auth.signIn(account(tokens));
  if (holder) browser.storage.setItem(HOLDER_KEY, holder);
  if (remembered) browser.storage.setItem(WALLET_KEY, remembered);
  const page = {
    isOffline: false,
    pair: (_: Pairing): Promise<Wallet> => Promise.reject(new Error('nobody paired')),
  };
  const wallets = createStore<readonly Wallet[]>([]);
  const deps = {
    loadAuth: async () => {
      if (page.isOffline) throw new TypeError('Failed to fetch');
      return auth;
    },
    texts: en,
    wallets: { ...wallets, list: wallets.get },
    site: { host: 'gallery.example', pathname },
    storage: browser.storage,
    keptUser: () => userOf(browser.kept.get('nft-gallery.session.client')),
    delay: async () => {},
    pairWallet: (pairing: Pairing) => page.pair(pairing),
  };
  const session = createSession(deps);
  const signIn = createSignIn({ ...deps, session });
  stack.calls();
  const tokensOf = async () => ((await auth.session()) as Session | null)?.wallet ?? null;
  return { ...stack, ...browser, auth, page, wallets, session, signIn, tokensOf };
}

/** As Amplify's own key says it. */
function userOf(kept: string | undefined): string | null {
  if (!kept) return null;
  const [, payload = ''] = JSON.parse(kept).idToken.split('.');
  return JSON.parse(atob(payload)).wallet.toLowerCase();
}

export async function signedIn() {
  const made = await setUp();
  const one = fakeWallet('org.one', A);
  made.wallets.set([one.wallet]);
  await made.signIn.start(one.wallet);
  await settle();
  return { ...made, one };
}
