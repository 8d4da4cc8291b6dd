import type { TokenKey } from '../queries/galleryQueries.ts';

/** The same for the same token, however its contract's address is written. */
export function idOf({ chainId, contract, tokenId }: TokenKey): string {
  return `${chainId}/${contract.toLowerCase()}/${tokenId}`;
}
