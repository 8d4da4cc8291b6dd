import type { Nft } from 'nft-gallery-client';
import { type ReactNode, useCallback, useEffect } from 'react';
import type { NftListQuery } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { idOf, moreTokens, shownToken, shownTokens } from '../token/neighbours.ts';
import { keyOf } from './keyOf.ts';
import { ListEnd } from './ListEnd.tsx';
import { NftCard } from './NftCard.tsx';
import { VirtualGrid } from './VirtualGrid.tsx';

interface NftGridProps {
  /** What is shown of `list`, in this order. */
  nfts: readonly Nft[];
  list: NftListQuery;
  /** What a screen reader calls it. */
  label: string;
  /** Drawn in the corner of a card. */
  actionOf?(nft: Nft): ReactNode;
}

const tokenIdOf = (nft: Nft) => idOf(keyOf(nft));

/** The tokens of a list, each a link to its dialog; goes on by itself when its end comes near. */
export function NftGrid({ nfts, list, label, actionOf }: NftGridProps) {
  const isBusy = useStore(list).status === 'loading';
  useShownTokens(nfts, list);
  const card = useCallback(
    (nft: Nft) => <NftCard nft={nft} action={actionOf?.(nft)} />,
    [actionOf],
  );
  return (
    <>
      <VirtualGrid
        {...{ label, isBusy, card, items: nfts, keyOf: tokenIdOf, hasMore: list.hasMore() }}
      />
      <ListEnd list={list} />
    </>
  );
}

/** For the arrows of a token's dialog. */
function useShownTokens(nfts: readonly Nft[], list: NftListQuery) {
  useEffect(() => {
    shownTokens.set(nfts.map(shownToken));
    moreTokens.set(list.loadMore);
    return () => {
      shownTokens.set([]);
      moreTokens.set(null);
    };
  }, [nfts, list]);
}
