import { type Address, hasValidChecksum, isAddress } from '../ethereum/address.ts';

export type ContractAddressInput =
  | { contractAddress: Address; problem: null }
  | { contractAddress: null; problem: string };

/** Reads what a person typed or pasted as a contract address, or says what is wrong with it. */
export function readContractAddress(text: string): ContractAddressInput {
  const trimmed = text.trim();
  if (isAddress(trimmed) && hasValidChecksum(trimmed))
    return { contractAddress: trimmed, problem: null };
  return { contractAddress: null, problem: explain(trimmed) };
}

function explain(text: string): string {
  if (text === '') return 'Enter the address of an NFT contract.';
  if (isAddress(text))
    return 'This address has a typing mistake: its capital letters do not match its checksum.';
  if (/\.[a-z]{2,}$/i.test(text))
    return 'Names such as name.eth are not supported yet. Enter the 0x address.';
  return 'A contract address is 0x followed by 40 digits or letters from a to f.';
}
