import { type Address, isAddress } from '../ethereum/address.ts';
import { hasValidChecksum } from '../ethereum/checksum.ts';
import type { Route } from '../routing/routes.ts';

/** What somebody typed or pasted, as far as the text alone tells. */
export type Reading =
  | { is: 'nothing' }
  /** Decided. */
  | { is: 'page'; route: Route }
  /** A wallet or a contract; `chainId` is null where the text names no chain. */
  | { is: 'address'; address: Address; chainId: number | null }
  /** The letter case of the address contradicts its checksum (EIP-55). */
  | { is: 'mistyped'; address: Address }
  /** On a chain that no row of `ethereum/chains.ts` has. */
  | { is: 'unserved'; chain: string }
  /** What a marketplace calls a collection; it does not say the contract. */
  | { is: 'slug'; slug: string; url: string; host: string }
  /** Somebody's page at a site, which does not say the wallet. */
  | { is: 'profile'; url: string; host: string }
  /** 32 bytes: a transaction, a block, a token id in hex. */
  | { is: 'hash' }
  /** A link that holds nothing of these. */
  | { is: 'link'; host: string }
  | { is: 'words'; text: string };

/** `chain` is null where no row has it; `called` is what the text calls it then. */
export type OnChain = { chainId: number } | null;

export function contractReading(
  address: string | undefined,
  chain: OnChain,
  tokenId: string | undefined,
  called: string | undefined,
): Reading {
  return checked(address, (contract) => {
    if (!chain) return { is: 'unserved', chain: called ?? '' };
    const { chainId } = chain;
    if (tokenId === undefined)
      return { is: 'page', route: { page: 'collection', chainId, contract } };
    return { is: 'page', route: { page: 'token', chainId, contract, tokenId } };
  });
}

export function checked(text: string | undefined, read: (address: Address) => Reading): Reading {
  if (!isAddress(text)) return { is: 'words', text: text ?? '' };
  return hasValidChecksum(text) ? read(text) : { is: 'mistyped', address: text };
}
