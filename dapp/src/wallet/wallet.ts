import type { Eip1193Provider } from 'nft-gallery-client';
import { type Address, isAddress, toLowerAddress } from '../ethereum/address.ts';

/** A wallet the page found. `rdns` is stable over reloads, `uuid` only within one. */
export interface Wallet {
  uuid: string;
  rdns: string;
  name: string;
  /** A data: image, or null. */
  icon: string | null;
  provider: Eip1193Provider;
}

/** The accounts this site may see, the selected one first; opens no window. Empty when locked. */
export async function readAccounts({ provider }: Pick<Wallet, 'provider'>): Promise<Address[]> {
  try {
    const accounts = await provider.request({ method: 'eth_accounts' });
    return Array.isArray(accounts) ? accounts.filter(isAddress).map(toLowerAddress) : [];
  } catch {
    return [];
  }
}

/** EIP-7702: the code of a key's account that has delegated, which signs with its key all the same. */
const DELEGATION = /^0xef0100/i;

/** Whether the account has code on the wallet's chain; false where the wallet does not say. */
export async function isContract(
  { provider }: Pick<Wallet, 'provider'>,
  address: Address,
): Promise<boolean> {
  try {
    const code = await provider.request({ method: 'eth_getCode', params: [address, 'latest'] });
    return typeof code === 'string' && code.length > 2 && !DELEGATION.test(code);
  } catch {
    return false;
  }
}
