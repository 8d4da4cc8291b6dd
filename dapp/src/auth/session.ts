import { isSharedOrigin, type WalletAuth } from 'nft-gallery-client';
import { type Address, isAddress } from '../ethereum/address.ts';
import { createStore, type Readable } from '../store.ts';
import type { Texts } from '../text/en.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import type { Wallet } from '../wallet/wallet.ts';
import {
  type AccountWatch,
  type OtherListener,
  watchAccount,
  watchRestored,
} from './accountWatch.ts';
import { followClient } from './client.ts';
import { createEndings, type Endings } from './endings.ts';
import { codeOf } from './errors.ts';
import { info, type Notice, problem, sentenceOf } from './notices.ts';
import { holderOf, type SessionState, type SessionStatus } from './sessionState.ts';
import { HOLDER_KEY, STAYS_KEY, WALLET_KEY } from './tokenPlace.ts';

export interface Session extends Readable<SessionState>, Endings {
  restore(): Promise<void>;
  /** The page is online again: a session that could not be restored is tried once more. */
  resume(): Promise<void>;
  /** Shows the session that a sign-in has made. */
  enter(address: Address, wallet: Wallet): Promise<void>;
  /** Stays signed in, though the wallet shows another account. */
  stay(): void;
  signOut(notice?: Notice | null): Promise<void>;
  /** The server no longer takes the tokens. */
  end(): Promise<void>;
  /** Another tab signed in or out, or its session ended: the tokens are shared. */
  followOtherTab(): Promise<void>;
  /** The wallet behind the session, once it has shown itself. */
  wallet(): Wallet | null;
  notify(notice: Notice | null): void;
}

export interface SessionDeps {
  loadAuth(): Promise<WalletAuth>;
  texts: Pick<Texts, 'notices' | 'failures'>;
  wallets: WalletDiscovery;
  site: Pick<Location, 'host' | 'pathname'>;
  /** Remembers whose session this is and which wallet signed in. Never throws. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Whose tokens this browser may hold: spares guests the download of Amplify. */
  keptUser(): string | null;
  delay(milliseconds: number): Promise<void>;
}

export function createSession(deps: SessionDeps): Session {
  const { site, storage, texts } = deps;
  const store = createStore<SessionState>({ status: 'guest', notice: null });
  /** Counts what starts; an answer that belongs to an earlier count is dropped. */
  let turn = 0;
  let watch: AccountWatch | null = null;
  const { connect, wasReused } = followClient(deps.loadAuth);

  function mark(): () => boolean {
    const mine = turn;
    return () => turn === mine;
  }

  function begin(): () => boolean {
    watch?.stop();
    watch = null;
    turn += 1;
    return mark();
  }

  const become = (status: SessionStatus, notice: Notice | null = null) =>
    store.set({ ...status, notice });
  const notify = (notice: Notice | null) => store.set({ ...store.get(), notice });

  async function restore() {
    if (isSharedOrigin(site.pathname)) return;
    if (deps.keptUser() === null) return expireKept(storage.getItem(HOLDER_KEY));
    const isCurrent = begin();
    become({ status: 'restoring' });
    try {
      const auth = await connect();
      const found = await auth.session();
      if (!isCurrent()) return;
      if (!found) return expireKept(storage.getItem(HOLDER_KEY));
      const rdns = storage.getItem(WALLET_KEY);
      show(found.wallet.toLowerCase() as Address, (address, onOther) =>
        watchRestored(address, rdns, { ...deps, auth }, onOther),
      );
    } catch (error) {
      const isCloudThere = codeOf(error) !== null;
      const { notRestored } = texts.notices;
      if (isCurrent())
        become(
          { status: 'guest' },
          problem(isCloudThere ? notRestored : sentenceOf(error, texts.failures)),
        );
    }
  }

  function expireKept(holder: string | null) {
    if (!isAddress(holder)) return become({ status: 'guest' });
    begin();
    become({ status: 'expired', address: holder, isReused: wasReused() });
  }

  async function enter(address: Address, wallet: Wallet) {
    const auth = await connect();
    begin();
    storage.setItem(WALLET_KEY, wallet.rdns);
    storage.removeItem(STAYS_KEY);
    show(address, (_, onOther) => watchAccount(address, wallet, auth, onOther));
  }

  function show(
    address: Address,
    open: (address: Address, onOther: OtherListener) => AccountWatch,
  ): void {
    storage.setItem(HOLDER_KEY, address);
    become({ status: 'signed-in', address, other: null });
    const isCurrent = mark();
    watch = open(address, (shown) => {
      const state = store.get();
      if (!isCurrent() || state.status !== 'signed-in') return;
      const other = shown === storage.getItem(STAYS_KEY) ? null : shown;
      if (other !== state.other) store.set({ ...state, other });
    });
  }

  function stay() {
    const state = store.get();
    if (state.status !== 'signed-in' || state.other === null) return;
    storage.setItem(STAYS_KEY, state.other);
    store.set({ ...state, other: null });
  }

  async function signOut(notice: Notice | null = null) {
    const isCurrent = begin();
    become({ status: 'signing-out' }, notice);
    storage.removeItem(HOLDER_KEY);
    storage.removeItem(STAYS_KEY);
    await forgetTokens();
    if (isCurrent()) become({ status: 'guest' }, notice);
  }

  async function end() {
    const state = store.get();
    if (state.status !== 'signed-in') return;
    begin();
    become({ status: 'expired', address: state.address, isReused: wasReused() });
    await forgetTokens();
  }

  async function forgetTokens() {
    await connect()
      .then((auth) => auth.signOut())
      .catch(() => {}); // without Amplify there are no tokens it could have kept
  }

  async function followOtherTab() {
    const user = deps.keptUser();
    const state = store.get();
    const mine = holderOf(state);
    if (user !== null && (state.status !== 'signed-in' || user !== mine)) return restore();
    if (user !== null || mine === null) return;
    const holder = storage.getItem(HOLDER_KEY);
    if (holder === mine) return expireKept(holder);
    begin();
    become({ status: 'guest' }, info(texts.notices.otherTab));
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    restore,
    resume: async () => {
      if (store.get().status === 'guest') await restore();
    },
    enter,
    stay,
    signOut,
    end,
    followOtherTab,
    wallet: () => watch?.wallet() ?? null,
    notify,
    ...createEndings({
      ...{ connect, mark, end, signOut, notify, texts, host: site.host },
      wallet: () => watch?.wallet() ?? null,
    }),
  };
}
