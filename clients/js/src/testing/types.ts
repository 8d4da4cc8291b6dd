import type { Eip1193Provider, MessageSigner } from '../types.ts';

export interface Call {
  method: string;
  params?: unknown[];
}

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
