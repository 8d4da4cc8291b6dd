import { isSharedOrigin, type SignInStep, type WalletAuth } from 'nft-gallery-client';
import type { Address } from '../ethereum/address.ts';
import { createStore, type Readable } from '../store.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { followClient } from './client.ts';
import { codeOf, explainSignInError } from './errors.ts';
import {
  explainFailure,
  failure,
  info,
  LOSSES,
  NOTICES,
  type Notice,
  stepNotice,
} from './notices.ts';
import { readSessionDetails, type SessionDetails } from './sessionDetails.ts';
import { guardAccount, guardRestored, type Loss, lossOf } from './sessionGuard.ts';

export type SessionStatus =
  | { status: 'guest' }
  | { status: 'restoring' }
  | { status: 'signing-in'; step: SignInStep }
  | { status: 'signed-in'; address: Address }
  | { status: 'signing-out' };

export type SessionState = SessionStatus & { notice: Notice | null };

export interface Session extends Readable<SessionState> {
  restore(): Promise<void>;
  signIn(wallet: Wallet): Promise<void>;
  cancel(): void;
  signOut(notice?: Notice | null): Promise<void>;
  /** Stays signed in, and says so, unless Cognito confirms. */
  signOutEverywhere(): Promise<void>;
  /** The server no longer takes the tokens: sign out and say why. */
  end(): Promise<void>;
  /** null when the session is over, which ends it here too. */
  details(): Promise<SessionDetails | null>;
  /** Another tab signed in or out: the tokens are shared. */
  followOtherTab(username: string | null): Promise<void>;
  notify(notice: Notice | null): void;
}

export interface SessionDeps {
  loadAuth(): Promise<WalletAuth>;
  wallets: WalletDiscovery;
  site: Pick<Location, 'host' | 'pathname'>;
  /** Remembers which wallet signed in, by its rdns. Never throws. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Whether this browser may hold a session: spares guests the download of Amplify. */
  mayHaveTokens(): boolean;
  delay(milliseconds: number): Promise<void>;
}

const WALLET_KEY = 'nft-gallery.wallet';
/** Where there is no session any more that could end the others. */
const OVER: ReadonlySet<string> = new Set(['not_signed_in', 'session_ended', 'session_reused']);

export function createSession(deps: SessionDeps): Session {
  const store = createStore<SessionState>({ status: 'guest', notice: null });
  /** Counts what starts; an answer that belongs to an earlier count is dropped. */
  let turn = 0;
  let stopGuard = () => {};
  /** Of the sign-in under way. */
  let underWay = new AbortController();
  const { connect, wasReused } = followClient(deps.loadAuth);

  function begin(): () => boolean {
    stopGuard();
    stopGuard = () => {};
    underWay.abort();
    underWay = new AbortController();
    turn += 1;
    const mine = turn;
    return () => turn === mine;
  }

  const become = (status: SessionStatus, notice: Notice | null = null) =>
    store.set({ ...status, notice });

  async function restore() {
    if (isSharedOrigin(deps.site.pathname) || !deps.mayHaveTokens()) return;
    const isCurrent = begin();
    become({ status: 'restoring' });
    try {
      const auth = await connect();
      const found = await auth.session();
      if (!isCurrent()) return;
      if (!found) return become({ status: 'guest' }, wasReused() ? NOTICES.reused : null);
      const address = toAddress(found.wallet);
      become({ status: 'signed-in', address });
      const rdns = deps.storage.getItem(WALLET_KEY);
      stopGuard = guardRestored(address, { ...deps, auth, rdns }, onLoss);
    } catch (error) {
      if (!isCurrent()) return;
      const isSetUp = codeOf(error) !== null;
      become(
        { status: 'guest' },
        isSetUp ? NOTICES.notRestored : explainFailure(error, NOTICES.notRestored),
      );
    }
  }

  async function signIn(wallet: Wallet) {
    if (isSharedOrigin(deps.site.pathname))
      return notify(failure(explainSignInError('shared_origin')));
    const isCurrent = begin();
    const show = (step: SignInStep) =>
      become({ status: 'signing-in', step }, stepNotice(step, wallet.name));
    const { signal } = underWay;
    const seen: { loss: Loss | null } = { loss: null };
    show('connecting');
    try {
      const auth = await connect();
      if (!isCurrent()) return;
      stopGuard = auth.watchWallet(wallet.provider, (event) => {
        seen.loss = lossOf(event, null) ?? seen.loss;
      });
      const session = await auth.signIn(wallet.provider, {
        signal,
        onStep: (step) => {
          if (isCurrent() && step !== 'connecting') show(step);
        },
      });
      if (!isCurrent()) return;
      begin();
      const address = toAddress(session.wallet);
      stopGuard = guardAccount(auth, wallet, address, onLoss);
      deps.storage.setItem(WALLET_KEY, wallet.rdns);
      become({ status: 'signed-in', address });
    } catch (error) {
      if (!isCurrent()) return;
      const loss = codeOf(error) === 'cancelled' ? seen.loss : null;
      await signOut(loss ? LOSSES[loss] : explainFailure(error));
    }
  }

  async function signOut(notice: Notice | null = null) {
    const isCurrent = begin();
    become({ status: 'signing-out' }, notice);
    deps.storage.removeItem(WALLET_KEY);
    await forgetTokens();
    if (isCurrent()) become({ status: 'guest' }, notice);
  }

  async function signOutEverywhere() {
    const mine = turn;
    notify(NOTICES.endingEverywhere);
    try {
      await (await connect()).signOut({ everywhere: true });
      if (turn === mine) await signOut(NOTICES.endedEverywhere);
    } catch (error) {
      if (turn !== mine) return;
      const code = codeOf(error);
      if (code !== null && OVER.has(code)) await signOut(NOTICES.alreadyOver);
      else notify(NOTICES.notEndedEverywhere);
    }
  }

  async function end() {
    await signOut(wasReused() ? NOTICES.reused : NOTICES.expired);
  }

  async function details() {
    const mine = turn;
    const found = await (await connect()).session();
    if (found === null && turn === mine) await end();
    return found && readSessionDetails(found, deps.site.host);
  }

  async function forgetTokens() {
    await connect()
      .then((auth) => auth.signOut())
      .catch(() => {}); // without Amplify there are no tokens it could have kept
  }

  function onLoss(loss: Loss) {
    void signOut(LOSSES[loss]);
  }

  async function followOtherTab(username: string | null) {
    const state = store.get();
    const address = state.status === 'signed-in' ? state.address : null;
    if (username === address || state.status === 'signing-in') return;
    await (username === null ? signOut(info('You signed out in another tab.')) : restore());
  }

  const notify = (notice: Notice | null) => store.set({ ...store.get(), notice });

  return {
    get: store.get,
    subscribe: store.subscribe,
    restore,
    signIn,
    signOut,
    signOutEverywhere,
    end,
    details,
    followOtherTab,
    notify,
    cancel: () => {
      if (store.get().status === 'signing-in') void signOut(info('Sign-in cancelled.'));
    },
  };
}

function toAddress(wallet: string): Address {
  return wallet.toLowerCase() as Address;
}
