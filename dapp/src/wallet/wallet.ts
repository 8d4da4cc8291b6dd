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
export async function readAccounts({ provider }: Wallet): Promise<Address[]> {
  try {
    const accounts = await provider.request({ method: 'eth_accounts' });
    return Array.isArray(accounts) ? accounts.filter(isAddress).map(toLowerAddress) : [];
  } catch {
    return [];
  }
}
