import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { GridSkeleton } from '../grid/GridSkeleton.tsx';
import { NftGrid } from '../grid/NftGrid.tsx';
import { nftsOf } from '../grid/nftsOf.ts';
import type { RouteOptions } from '../routing/routes.ts';
import { useStore } from '../store.ts';

interface OwnerPageProps {
  /** An address or a name; null is the wallet that is signed in. */
  owner: string | null;
  options: RouteOptions;
}

/** What an owner holds: `#/me` and `#/w/…` are one page. */
export function OwnerPage({ owner }: OwnerPageProps) {
  const { queries } = useGallery();
  const list = useMemo(() => queries.ownedNfts({ chainId: 1, owner }), [queries, owner]);
  const { value } = useStore(list);
  const nfts = useMemo(() => nftsOf(value), [value]);
  return (
    <div class="mt-6">
      {value === null ? <GridSkeleton /> : <NftGrid {...{ nfts, list }} label="NFTs" />}
    </div>
  );
}
