/** A lower-case 0x address: the form Cognito knows a wallet by. */
export type Address = `0x${string}`;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export function isAddress(text: unknown): text is Address {
  return typeof text === 'string' && ADDRESS.test(text);
}

export function toLowerAddress(address: Address): Address {
  return address.toLowerCase() as Address;
}

/** `0x1234…abcd` */
export function shortAddress(address: Address): string {
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}
