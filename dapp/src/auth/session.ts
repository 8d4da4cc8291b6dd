import { type Address, isAddress } from '../ethereum/address.ts';
import { createStore, type Readable } from '../store.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import { personalSign, readChainId, requestAccount, type Wallet } from '../wallet/wallet.ts';
import type { SiteLocation } from './challenge.ts';
import type { UserPool } from './cloud.ts';
import { SignInError } from './errors.ts';
import { explainFailure, info, NOTICES, type Notice, stepNotice } from './notices.ts';
import { readSessionDetails, type SessionDetails } from './sessionDetails.ts';
import { guardAccount, guardRestored, type Loss } from './sessionGuard.ts';
import { isSharedOrigin } from './sharedOrigin.ts';
import { type SignInStep, signInWithWallet } from './signIn.ts';
import { rememberSignUps } from './signUps.ts';

export type SessionStatus =
  | { status: 'guest' }
  | { status: 'restoring' }
  | { status: 'signing-in'; step: 'connecting' | SignInStep }
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
  loadUserPool(): Promise<UserPool>;
  wallets: WalletDiscovery;
  site: SiteLocation & { pathname: string };
  /** Remembers which wallet signed in, by its rdns, and who signed up. Never throws. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Whether this browser may hold a session: spares guests the download of Amplify. */
  mayHaveTokens(): boolean;
  randomBytes(length: number): Uint8Array;
  delay(milliseconds: number): Promise<void>;
}

const WALLET_KEY = 'nft-gallery.wallet';

export function createSession(deps: SessionDeps): Session {
  const store = createStore<SessionState>({ status: 'guest', notice: null });
  /** Counts what starts; an answer that belongs to an earlier count is dropped. */
  let turn = 0;
  let stopGuard = () => {};

  function begin(): () => boolean {
    stopGuard();
    stopGuard = () => {};
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
      const userPool = await deps.loadUserPool();
      const username = await userPool.currentUsername();
      if (!isCurrent()) return;
      if (username === null || !isAddress(username))
        return become({ status: 'guest' }, userPool.wasReused() ? NOTICES.reused : null);
      become({ status: 'signed-in', address: username });
      const rdns = deps.storage.getItem(WALLET_KEY);
      stopGuard = guardRestored(username, { ...deps, rdns }, onLoss);
    } catch (error) {
      if (isCurrent()) become({ status: 'guest' }, explainFailure(error, NOTICES.notRestored));
    }
  }

  async function signIn(wallet: Wallet) {
    if (isSharedOrigin(deps.site.pathname))
      return notify(explainFailure(new SignInError('shared_origin')));
    const isCurrent = begin();
    const onStep = (step: 'connecting' | SignInStep) => {
      if (isCurrent()) become({ status: 'signing-in', step }, stepNotice(step, wallet.name));
    };
    onStep('connecting');
    try {
      const address = await requestAccount(wallet);
      if (!isCurrent()) return;
      stopGuard = guardAccount(wallet, address, onLoss);
      await answerChallenge(wallet, address, isCurrent, onStep);
      if (!isCurrent()) return await forgetTokens();
      deps.storage.setItem(WALLET_KEY, wallet.rdns);
      become({ status: 'signed-in', address });
    } catch (error) {
      if (isCurrent()) await signOut(explainFailure(error));
    }
  }

  async function answerChallenge(
    wallet: Wallet,
    address: Address,
    isCurrent: () => boolean,
    onStep: (step: SignInStep) => void,
  ) {
    const sign = async (message: string) => {
      if (!isCurrent()) throw new SignInError('sign_in_failed'); // cancelled: do not ask for it
      const signature = await personalSign(wallet, message, address);
      if (!isCurrent()) throw new SignInError('sign_in_failed'); // nor send it
      return signature;
    };
    const userPool = await deps.loadUserPool();
    const signUps = rememberSignUps(userPool.id, deps.storage);
    await signInWithWallet(
      { address, readChainId: () => readChainId(wallet), sign },
      { ...deps, userPool, signUps, onStep, isWanted: isCurrent },
    );
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
      await (await deps.loadUserPool()).revokeEverywhere();
      if (turn === mine) await signOut(NOTICES.endedEverywhere);
    } catch (error) {
      if (turn !== mine) return;
      const isOver = error instanceof Error && error.name === 'NotAuthorizedException';
      if (isOver) await signOut(NOTICES.alreadyOver);
      else notify(NOTICES.notEndedEverywhere);
    }
  }

  async function end() {
    const userPool = await deps.loadUserPool();
    await signOut(userPool.wasReused() ? NOTICES.reused : NOTICES.expired);
  }

  async function details() {
    const mine = turn;
    const claims = await (await deps.loadUserPool()).idTokenClaims();
    if (claims === null && turn === mine) await end();
    return claims && readSessionDetails(claims, deps.site.host);
  }

  async function forgetTokens() {
    await deps
      .loadUserPool()
      .then((userPool) => userPool.signOut())
      .catch(() => {}); // without Amplify there are no tokens it could have kept
  }

  function onLoss(loss: Loss) {
    void signOut(loss === 'disconnected' ? NOTICES.disconnected : NOTICES.accountChanged);
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
