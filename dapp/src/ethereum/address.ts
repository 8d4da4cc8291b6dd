import { keccak_256 } from '@noble/hashes/sha3.js';

/** A lower-case 0x address: the form Cognito knows a wallet by. */
export type Address = `0x${string}`;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export function isAddress(text: unknown): text is Address {
  return typeof text === 'string' && ADDRESS.test(text);
}

export function toLowerAddress(address: Address): Address {
  return address.toLowerCase() as Address;
}

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

/** `0x1234…abcd` */
export function shortAddress(address: Address): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
