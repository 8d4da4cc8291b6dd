import type { Nft } from 'nft-gallery-client';
import { displayText } from '../displayText.ts';

/** `#8520`; an id of 78 digits is cut in its middle. */
export function shortId(tokenId: string): string {
  return tokenId.length <= 12 ? `#${tokenId}` : `#${tokenId.slice(0, 4)}…${tokenId.slice(-4)}`;
}

export function collectionOf({ collection, contract }: Nft): string | null {
  return displayText(collection.name) ?? displayText(contract.name);
}

/** What a token is called where nobody named it: by its collection, and its number. */
export function titleOf(nft: Nft): string {
  const collection = collectionOf(nft);
  return displayText(nft.name) ?? [collection, shortId(nft.tokenId)].filter(Boolean).join(' ');
}

/** How a person calls the standard; null where nobody says. */
export const STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155', UNKNOWN: null } as const;
