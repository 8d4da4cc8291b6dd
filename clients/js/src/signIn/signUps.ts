import { keccak_256 } from '@noble/hashes/sha3.js';
import type { KeyValueStorage } from '../types.ts';
import type { Address } from '../wallet/address.ts';

/** Which wallets have signed up from this browser: Cognito lets few wallets a second sign up. */
export interface SignUps {
  has(address: Address): boolean;
  add(address: Address): void;
  remove(address: Address): void;
}

/** Each user pool has its own list, since stacks may share an origin (localhost, a domain moved). */
export function rememberSignUps(userPoolId: string, storage: KeyValueStorage): SignUps {
  const key = (address: Address) => `nft-gallery.signed-up.${mark(userPoolId, address)}`;
  return {
    has: (address) => storage.getItem(key(address)) !== null,
    add: (address) => storage.setItem(key(address), ''),
    remove: (address) => storage.removeItem(key(address)),
  };
}

/**
 * 16 bits: it outlives the session, so it must not tell who signed in. Every 65,536th wallet has the same, which costs
 * one more prompt.
 */
function mark(userPoolId: string, address: Address): string {
  const hash = keccak_256(new TextEncoder().encode(`${userPoolId} ${address}`));
  return Array.from(hash.slice(0, 2), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
