import { isSharedOrigin, type SignInStep, type WalletAuth } from 'nft-gallery-client';
import type { Address } from '../ethereum/address.ts';
import { type FailureCode, toFailure } from '../queries/failure.ts';
import { createStore, type Readable } from '../store.ts';
import type { Texts } from '../text/en.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { sentenceOf } from './notices.ts';
import type { Session } from './session.ts';
import { attemptSignIn } from './signInAttempt.ts';
import { WALLET_KEY } from './tokenPlace.ts';

/** What the sign-in dialog shows. */
export type SignInState =
  | { stage: 'closed' }
  | { stage: 'picking' }
  /** A wallet elsewhere is to scan or open `uri`: https://eips.ethereum.org/EIPS/eip-1328 */
  | { stage: 'pairing'; uri: string | null }
  | { stage: 'signing'; wallet: Wallet; step: SignInStep; message: string | null }
  /** `wallet`: null where none could sign in here at all. */
  | { stage: 'failed'; wallet: Wallet | null; code: FailureCode; text: string };

export interface SignIn extends Readable<SignInState> {
  /** Shows the wallets. */
  open(): void;
  /** `only`: no other account may sign in. */
  start(wallet: Wallet, only?: Address | null): Promise<void>;
  /** As `address` only: asks the wallet at once that signed in last, else shows the wallets. */
  again(address: Address): Promise<void>;
  /** Pairs with a wallet elsewhere first. */
  pair(): Promise<void>;
  retry(): Promise<void>;
  /** Gives up what is under way. No session is left behind, and the one before goes on. */
  close(): void;
}

export interface Pairing {
  onUri(uri: string): void;
  signal: AbortSignal;
}

export interface SignInDeps {
  /** By WalletConnect, where the gallery has a project there. */
  pairWallet(pairing: Pairing): Promise<Wallet>;
  loadAuth(): Promise<WalletAuth>;
  session: Pick<Session, 'enter' | 'wallet' | 'get' | 'subscribe'>;
  texts: Pick<Texts, 'failures'>;
  wallets: WalletDiscovery;
  site: Pick<Location, 'pathname'>;
  storage: Pick<Storage, 'getItem'>;
}

export function createSignIn(deps: SignInDeps): SignIn {
  const { session, texts, site } = deps;
  const store = createStore<SignInState>({ stage: 'closed' });
  let underWay = new AbortController();
  let only: Address | null = null;

  function become(state: SignInState): AbortController {
    underWay.abort();
    underWay = new AbortController();
    store.set(state);
    return underWay;
  }

  function open() {
    only = null;
    const code = 'shared_origin';
    become(
      isSharedOrigin(site.pathname)
        ? { stage: 'failed', wallet: null, code, text: texts.failures[code] }
        : { stage: 'picking' },
    );
  }

  async function start(wallet: Wallet, wanted: Address | null = null) {
    if (isSharedOrigin(site.pathname)) return open();
    only = wanted;
    const controller = become({ stage: 'signing', wallet, step: 'connecting', message: null });
    const outcome = await attemptSignIn(deps.loadAuth, {
      ...{ wallet, only, controller },
      onStep: (step, message) => {
        if (underWay === controller) store.set({ stage: 'signing', wallet, step, message });
      },
    });
    if (underWay !== controller) return;
    if ('address' in outcome) {
      await session.enter(outcome.address, wallet);
      return store.set({ stage: 'closed' });
    }
    const { code, error } = outcome;
    const text =
      code === 'not_configured' ? sentenceOf(error, texts.failures) : texts.failures[code];
    store.set({ stage: 'failed', wallet, code, text });
  }

  async function pair() {
    const controller = become({ stage: 'pairing', uri: null });
    const isCurrent = () => underWay === controller;
    try {
      const wallet = await deps.pairWallet({
        signal: controller.signal,
        onUri: (uri) => isCurrent() && store.set({ stage: 'pairing', uri }),
      });
      if (isCurrent()) await start(wallet);
    } catch (error) {
      const isNo = Reflect.get(Object(error), 'code') === 4001; // EIP-1193
      const code = isNo ? 'user_rejected' : toFailure(error).code;
      const text = isNo ? texts.failures[code] : sentenceOf(error, texts.failures);
      if (isCurrent()) store.set({ stage: 'failed', wallet: null, code, text });
    }
  }

  async function again(address: Address) {
    const rdns = deps.storage.getItem(WALLET_KEY);
    const known = deps.wallets.list().find((candidate) => candidate.rdns === rdns);
    const wallet = session.wallet() ?? known;
    if (wallet) await start(wallet, address);
    else open();
  }

  const isIn = () => session.get().status === 'signed-in';
  let wasIn = isIn();
  session.subscribe(() => {
    const cameIn = isIn() && !wasIn; // in another tab, say
    wasIn = isIn();
    if (cameIn && store.get().stage === 'picking') store.set({ stage: 'closed' });
  });

  return {
    get: store.get,
    subscribe: store.subscribe,
    open,
    start,
    again,
    pair,
    retry: async () => {
      const state = store.get();
      if (state.stage === 'failed' && state.wallet) await start(state.wallet, only);
      else open();
    },
    close: () => void become({ stage: 'closed' }),
  };
}
