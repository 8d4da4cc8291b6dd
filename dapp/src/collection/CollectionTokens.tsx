import type { ContractDetails } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { GridSkeleton } from '../grid/GridSkeleton.tsx';
import { NftGrid } from '../grid/NftGrid.tsx';
import { nftsOf } from '../grid/nftsOf.ts';
import type { Query } from '../queries/cache.ts';
import type { ContractKey } from '../queries/galleryQueries.ts';
import { Empty } from '../states/Empty.tsx';
import { notesOf } from '../states/notes.ts';
import { QueryStatus } from '../states/QueryStatus.tsx';
import { useStore } from '../store.ts';
import { useCollectionTexts } from '../text/pages/collection.ts';

interface CollectionTokensProps {
  of: ContractKey;
  name: string | null;
  details: Query<ContractDetails>;
}

/** The tokens of a collection, and what is the matter with it or with them. */
export function CollectionTokens({ of, name, details }: CollectionTokensProps) {
  const { queries } = useGallery();
  const words = useCollectionTexts();
  const list = useMemo(() => queries.contractNfts(of), [queries, of]);
  const state = useStore(list);
  const detailsState = useStore(details);
  const nfts = useMemo(() => nftsOf(state.value), [state.value]);
  const isEmpty = state.status === 'ready' && nfts.length === 0 && !list.hasMore();
  // one message at a time: without tokens the rest matters less
  const isDetailsOnly = detailsState.status === 'failed' && state.status !== 'failed';
  return (
    <section aria-label={words.tokens} class="mt-8">
      <QueryStatus
        state={isDetailsOnly ? detailsState : state}
        onRetry={isDetailsOnly ? details.reload : list.loadMore}
        onRefresh={list.reload}
        notes={notesOf(state.value, null)}
      />
      {state.value === null && state.status === 'loading' && <GridSkeleton />}
      {isEmpty && <Empty title={words.empty} />}
      {nfts.length > 0 && <NftGrid nfts={nfts} list={list} label={name ?? words.tokens} />}
    </section>
  );
}
