import { WalletAuthError, type WalletAuthErrorCode } from '../errors.ts';
import { toHex } from '../hex.ts';
import type { Eip1193Provider } from '../types.ts';
import { type Address, isAddress, toLowerAddress } from './address.ts';

/** @throws WalletAuthError */
export async function ask(
  provider: Eip1193Provider,
  method: string,
  params: unknown[] = [],
): Promise<unknown> {
  try {
    return await provider.request({ method, params });
  } catch (thrown) {
    throw toWalletError(thrown);
  }
}

/** Asks for an account; the wallet may open a window. @throws WalletAuthError */
export async function requestAccount(provider: Eip1193Provider): Promise<Address> {
  const [first] = addresses(await ask(provider, 'eth_requestAccounts'));
  if (!first) throw new WalletAuthError('no_account');
  return first;
}

/** The accounts this site may see, the selected one first; opens no window. Empty when locked. */
export async function readAccounts(provider: Eip1193Provider): Promise<Address[]> {
  return ask(provider, 'eth_accounts').then(addresses, () => []);
}

/** null when the wallet does not say. */
export async function readChainId(provider: Eip1193Provider): Promise<number | null> {
  return ask(provider, 'eth_chainId').then(toChainId, () => null);
}

/** EIP-191 signature of `message`. @throws WalletAuthError */
export async function personalSign(
  provider: Eip1193Provider,
  message: string,
  address: Address,
): Promise<string> {
  const signature = await ask(provider, 'personal_sign', [
    `0x${toHex(new TextEncoder().encode(message))}`,
    address,
  ]);
  if (typeof signature !== 'string') throw new WalletAuthError('wallet_failed');
  return signature;
}

/** The addresses of a list, in lower case; empty for what is no list. */
export function addresses(value: unknown): Address[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isAddress).map(toLowerAddress);
}

export function toChainId(value: unknown): number | null {
  const chainId = Number(value);
  return Number.isSafeInteger(chainId) && chainId > 0 ? chainId : null;
}

const CODES: Record<number, WalletAuthErrorCode> = {
  4001: 'user_rejected',
  4100: 'wallet_unauthorized',
  4200: 'wallet_unsupported',
  4900: 'wallet_disconnected',
  4901: 'wallet_disconnected',
  [-32002]: 'wallet_busy',
  [-32601]: 'wallet_unsupported',
};

/** Wallets throw anything: Error objects, plain objects, strings, and nest the real one in `data`. */
export function toWalletError(thrown: unknown): WalletAuthError {
  if (thrown instanceof WalletAuthError) return thrown;
  const nested = field(field(thrown, 'data'), 'originalError');
  const codes = [thrown, nested].map((layer) => CODES[errorCode(layer) ?? 0]);
  const code = codes.find((found) => found !== undefined) ?? 'wallet_failed';
  return new WalletAuthError(code, { cause: thrown });
}

function errorCode(thrown: unknown): number | null {
  const code = field(thrown, 'code');
  if (code === 'ACTION_REJECTED') return 4001; // ethers-based wallets
  return typeof code === 'number' ? code : null;
}

export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
