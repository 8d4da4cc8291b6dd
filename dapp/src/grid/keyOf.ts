import type { Nft } from 'nft-gallery-client';
import type { TokenKey } from '../queries/galleryQueries.ts';

export function keyOf({ chainId, contract, tokenId }: Nft): TokenKey {
  return { chainId, contract: contract.address, tokenId };
}
