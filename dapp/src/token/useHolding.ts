import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { addressOf, useGallery } from '../gallery.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { useAsked } from './useAsked.ts';

/** How many the wallet that is signed in holds; null where it holds none, or nobody says. */
export function useHolding(token: TokenKey, nft: Nft, isSettled: boolean): string | null {
  const { queries, session } = useGallery();
  useStore(session);
  const { chainId, contract } = token;
  const address = addressOf(session);
  const isOwn = address !== null && nft.owner?.toLowerCase() === address.toLowerCase();
  const own = useMemo(
    () => queries.ownedNfts({ chainId, contract, owner: null }),
    [queries, chainId, contract],
  );
  const mayHold = address !== null && (nft.owner === null || nft.tokenType !== 'ERC721');
  const isAsked = isSettled && mayHold && !isOwn;
  const { value } = useAsked(own, isAsked);
  if (isOwn) return nft.balance;
  const items = isAsked ? value?.flatMap((page) => page.items) : undefined;
  return items?.find((item) => item.tokenId === token.tokenId)?.balance ?? null;
}
