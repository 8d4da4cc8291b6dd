import type { SiweMessage } from '../signIn/siwe.ts';
import type { Eip1193Provider, MessageSigner, WalletEvent } from '../types.ts';
import { type Address, readAddress } from './address.ts';
import { personalSign, readAccounts, readChainId, requestAccount } from './provider.ts';
import { type Connected, connectAndSign } from './walletConnect.ts';
import { watchProvider } from './watchWallet.ts';

/** What a sign-in asks of a wallet, whichever kind it is. */
export interface SigningWallet {
  /** Whether it has to connect first, and so might do both at once (ERC-7846). */
  isNew(): Promise<boolean>;
  connect(message: SiweMessage): Promise<Connected | null>;
  account(): Promise<Address>;
  /** null when it does not say. */
  chainId(): Promise<number | null>;
  sign(message: string, address: Address): Promise<string>;
  watch(listener: (event: WalletEvent) => void): () => void;
}

export function walletOfProvider(provider: Eip1193Provider): SigningWallet {
  return {
    isNew: async () => (await readAccounts(provider)).length === 0,
    connect: (message) => connectAndSign(provider, message),
    account: () => requestAccount(provider),
    chainId: () => readChainId(provider),
    sign: (message, address) => personalSign(provider, message, address),
    watch: (listener) => watchProvider(provider, listener),
  };
}

export function walletOfKey(signer: MessageSigner): SigningWallet {
  return {
    isNew: async () => false,
    connect: async () => null,
    account: async () => readAddress(signer.address),
    chainId: async () => null,
    sign: (message) => signer.signMessage(message),
    watch: () => () => {},
  };
}
