import { type Address, isAddress, toLowerAddress } from '../ethereum/address.ts';
import { toWalletError, WalletError } from './errors.ts';

type Listener = (...args: never[]) => void;

/** https://eips.ethereum.org/EIPS/eip-1193 */
export interface Eip1193Provider {
  request(call: { method: string; params?: unknown[] }): Promise<unknown>;
  on?(event: string, listener: Listener): unknown;
  removeListener?(event: string, listener: Listener): unknown;
}

/** A wallet the page found. `rdns` is stable over reloads, `uuid` only within one. */
export interface Wallet {
  uuid: string;
  rdns: string;
  name: string;
  /** A data: image, or null. */
  icon: string | null;
  provider: Eip1193Provider;
}

async function call(wallet: Wallet, method: string, params: unknown[] = []): Promise<unknown> {
  try {
    return await wallet.provider.request({ method, params });
  } catch (thrown) {
    throw toWalletError(thrown);
  }
}

/** Asks for an account; the wallet may open a window. @throws WalletError */
export async function requestAccount(wallet: Wallet): Promise<Address> {
  const [first] = addresses(await call(wallet, 'eth_requestAccounts'));
  if (!first) throw new WalletError('no_account');
  return first;
}

/** The accounts this site may see, the selected one first; opens no window. Empty when locked. */
export async function readAccounts(wallet: Wallet): Promise<Address[]> {
  try {
    return addresses(await call(wallet, 'eth_accounts'));
  } catch {
    return [];
  }
}

/** null when the wallet does not say. */
export async function readChainId(wallet: Wallet): Promise<number | null> {
  try {
    const chainId = Number(await call(wallet, 'eth_chainId'));
    return Number.isSafeInteger(chainId) && chainId > 0 ? chainId : null;
  } catch {
    return null;
  }
}

/** EIP-191 signature of `message`. @throws WalletError */
export async function personalSign(
  wallet: Wallet,
  message: string,
  address: Address,
): Promise<string> {
  const signature = await call(wallet, 'personal_sign', [toHex(message), address]);
  if (typeof signature !== 'string') throw new WalletError('wallet_failed');
  return signature;
}

export interface WalletEvents {
  onAccounts(accounts: Address[]): void;
  onDisconnect(): void;
}

/** Returns the function that stops watching. */
export function watchWallet(wallet: Wallet, events: WalletEvents): () => void {
  const accountsChanged = (accounts: unknown) => events.onAccounts(addresses(accounts));
  const disconnect = (error?: { code?: unknown }) => {
    // MetaMask sends 1013 ("try again later") when only the network is away.
    if (error?.code !== 1013) events.onDisconnect();
  };
  wallet.provider.on?.('accountsChanged', accountsChanged);
  wallet.provider.on?.('disconnect', disconnect);
  return () => {
    wallet.provider.removeListener?.('accountsChanged', accountsChanged);
    wallet.provider.removeListener?.('disconnect', disconnect);
  };
}

function addresses(value: unknown): Address[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((item): item is Address => typeof item === 'string' && isAddress(item))
    .map(toLowerAddress);
}

function toHex(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
