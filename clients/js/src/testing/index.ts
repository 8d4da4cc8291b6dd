import type { Eip1193Provider, MessageSigner } from '../types.ts';
import { createEvents } from './events.ts';
import { type Call, respond } from './script.ts';

/** What the wallet does wrong, or does at all. Change them at any time. */
export interface TestWalletSwitches {
  /** The person says no: to all, or to these methods (EIP-1193 4001). */
  refuses: boolean | readonly string[];
  /** Shows no account; connecting fails by an empty list. */
  locked: boolean;
  /** Never answers, all methods or these. */
  hangs: boolean | readonly string[];
  /** The account that signs, where it is not the selected one. */
  signsAs: MessageSigner | null;
  /** In decimal, as `eth_chainId` answers it in hex. */
  chainId: number;
  /** How many signatures are wrong before they are right. */
  wrongSignatures: number;
  /** Answers this in place of a signature. */
  garbage: unknown;
  hasPersonalSign: boolean;
  /** ERC-7846: connects and signs in one prompt. */
  hasWalletConnect: boolean;
  /** ERC-7846 without `signInWithEthereum`: connects only. */
  hasSignInCapability: boolean;
  /** Shows its account without being asked, as a wallet that was connected before does. */
  connected: boolean;
}

export interface TestWalletOptions extends Partial<TestWalletSwitches> {
  /** The accounts, the selected one first. They sign for real. */
  accounts: readonly [MessageSigner, ...MessageSigner[]];
  name?: string;
  rdns?: string;
}

/** EIP-6963. */
export interface TestWalletInfo {
  uuid: string;
  name: string;
  icon: string;
  rdns: string;
}

export interface TestWallet {
  provider: Eip1193Provider;
  info: TestWalletInfo;
  switches: TestWalletSwitches;
  /** What it was asked, in order. */
  calls: readonly Call[];
  /** How often a window would have opened. */
  readonly prompts: number;
  /** Selects an account, and tells. */
  selectAccount(account: MessageSigner): void;
  /** Selects a chain, and tells. */
  selectChain(chainId: number): void;
  /** Locks, and tells. */
  lock(): void;
  /** Loses its chains (EIP-1193 4900), and tells. */
  disconnect(): void;
  emit(event: string, ...values: unknown[]): void;
  /** Announces itself to the window, now and whenever it asks. Returns the function that stops it. */
  announce(window: EventTarget): () => void;
}

const SWITCHES: TestWalletSwitches = {
  refuses: false,
  locked: false,
  hangs: false,
  signsAs: null,
  chainId: 1,
  wrongSignatures: 0,
  garbage: undefined,
  hasPersonalSign: true,
  hasWalletConnect: false,
  hasSignInCapability: true,
  connected: false,
};

const ICON = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=';

/** A wallet for tests, which does what its switches say. */
export function createTestWallet(options: TestWalletOptions): TestWallet {
  const { accounts, name = 'Test Wallet', rdns = 'org.example.test', ...given } = options;
  const events = createEvents();
  const calls: Call[] = [];
  const state = { ...SWITCHES, ...given, selected: accounts[0] as MessageSigner, prompts: 0 };
  const info = { uuid: crypto.randomUUID(), name, icon: ICON, rdns };
  const provider: Eip1193Provider = {
    async request(call: Call) {
      calls.push(call);
      return respond(state, call);
    },
    on: events.on,
    removeListener: events.removeListener,
  };
  return {
    provider,
    info,
    calls,
    switches: state,
    get prompts() {
      return state.prompts;
    },
    selectAccount(account) {
      state.selected = account;
      events.emit('accountsChanged', [account.address]);
    },
    selectChain(chainId) {
      state.chainId = chainId;
      events.emit('chainChanged', `0x${chainId.toString(16)}`);
    },
    lock() {
      state.locked = true;
      events.emit('accountsChanged', []);
    },
    disconnect: () => events.emit('disconnect', { code: 4900 }),
    emit: events.emit,
    announce(window) {
      const detail = Object.freeze({ info: Object.freeze({ ...info }), provider });
      const tell = () =>
        void window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
      window.addEventListener('eip6963:requestProvider', tell);
      tell();
      return () => window.removeEventListener('eip6963:requestProvider', tell);
    },
  };
}

export type { Call } from './script.ts';
