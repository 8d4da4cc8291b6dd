import { WalletAuthError } from '../errors.ts';

/** A lower-case 0x address: the form Cognito knows a wallet by. */
export type Address = `0x${string}`;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export function isAddress(text: unknown): text is Address {
  return typeof text === 'string' && ADDRESS.test(text);
}

export function toLowerAddress(address: Address): Address {
  return address.toLowerCase() as Address;
}

/** In lower case, as Cognito knows a wallet. @throws WalletAuthError invalid_argument */
export function readAddress(text: string): Address {
  if (!isAddress(text)) throw new WalletAuthError('invalid_argument');
  return toLowerAddress(text);
}
