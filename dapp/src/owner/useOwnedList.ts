import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { ContractKey, NftListQuery } from '../queries/galleryQueries.ts';
import { walkChains } from './walkChains.ts';

export interface OwnedList {
  list: NftListQuery;
  /** The chain that is asked next, where the list is one of all chains. */
  nextChain(): string | null;
}

interface OwnedListOf {
  /** null is the wallet that is signed in. */
  owner: string | null;
  /** null is all. */
  chainId: number | null;
  /** Only of this. */
  collection: ContractKey | null;
}

/** What an owner holds, on one chain or one chain after the other. */
export function useOwnedList({ owner, chainId, collection }: OwnedListOf): OwnedList {
  const { queries } = useGallery();
  return useMemo(() => {
    const one = (of: { chainId: number; contract?: string }) => ({
      list: queries.ownedNfts({ owner, ...of }),
      nextChain: () => null,
    });
    if (collection !== null) return one(collection);
    if (chainId !== null) return one({ chainId });
    const list = walkChains((chain) => one({ chainId: chain }).list, queries.chains());
    return { list, nextChain: () => list.nextChain()?.name ?? null };
  }, [queries, owner, chainId, collection]);
}
