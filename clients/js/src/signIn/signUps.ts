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
 * one more prompt. FNV-1a: nobody gains by a collision.
 */
function mark(userPoolId: string, address: Address): string {
  let hash = 0x811c9dc5;
  for (const character of `${userPoolId} ${address}`)
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return ((hash ^ (hash >>> 16)) & 0xffff).toString(16).padStart(4, '0');
}
