import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Address } from './address.ts';

/** EIP-55: a hex digit is upper case where the hash of the lower-case address has a nibble >= 8. */
export function toChecksumAddress(address: Address): Address {
  const digits = address.slice(2).toLowerCase();
  const hash = keccak_256(new TextEncoder().encode(digits));
  const cased = [...digits].map((digit, index) => {
    const byte = hash[index >> 1] ?? 0;
    const nibble = index % 2 === 0 ? byte >> 4 : byte & 0xf;
    return nibble >= 8 ? digit.toUpperCase() : digit;
  });
  return `0x${cased.join('')}`;
}

/** All lower or all upper case carries no checksum; mixed case must match it. */
export function hasValidChecksum(address: Address): boolean {
  const digits = address.slice(2);
  const isUncased = digits === digits.toLowerCase() || digits === digits.toUpperCase();
  return isUncased || toChecksumAddress(address) === address;
}
