import type { Nft } from 'nft-gallery-client';
import { useCallback, useMemo } from 'react';
import { Picture } from '../components/Picture.tsx';
import { useGallery } from '../gallery.ts';
import { keyOf } from '../grid/keyOf.ts';
import { ListEnd } from '../grid/ListEnd.tsx';
import { knownMediaOf } from '../grid/mediaCache.ts';
import { VirtualGrid } from '../grid/VirtualGrid.tsx';
import type { NftListQuery } from '../queries/galleryQueries.ts';
import { Link } from '../routing/Link.tsx';
import type { Route } from '../routing/routes.ts';
import { useStore } from '../store.ts';
import { collectionsOf, type OwnedCollection } from './selectNfts.ts';
import type { ChosenView } from './useView.ts';

interface CollectionGridProps {
  nfts: readonly Nft[];
  list: NftListQuery;
  chosen: ChosenView;
}

const idOf = ({ chainId, contract }: OwnedCollection) => `${chainId}/${contract}`;

/** What is loaded, by collection; each leads to what the owner holds of it. */
export function CollectionGrid({ nfts, list, chosen: { routeWith } }: CollectionGridProps) {
  const { texts } = useGallery();
  const items = useMemo(() => collectionsOf(nfts), [nfts]);
  const isBusy = useStore(list).status === 'loading';
  const card = useCallback(
    (collection: OwnedCollection) => {
      const { chainId, contract } = collection;
      return (
        <CollectionCard
          collection={collection}
          to={routeWith({ tab: 'all', collection: { chainId, contract } })}
        />
      );
    },
    [routeWith],
  );
  return (
    <>
      <VirtualGrid
        {...{ items, isBusy, card, keyOf: idOf, hasMore: list.hasMore() }}
        label={texts.owner.collections}
      />
      <ListEnd list={list} />
    </>
  );
}

function CollectionCard({ collection, to }: { collection: OwnedCollection; to: Route }) {
  const { numbers, texts } = useGallery();
  const { name, contract, count, cover } = collection;
  return (
    <div class="panel group h-full overflow-hidden hover:border-stone-400 dark:hover:border-stone-600">
      <Link to={to} class="block rounded-2xl -outline-offset-2">
        <span class="block aspect-square overflow-hidden bg-stone-100 dark:bg-stone-800">
          <Picture
            key={`${contract}/${cover.tokenId}`}
            token={keyOf(cover)}
            ways={knownMediaOf(cover).card}
            alt=""
            fit="card"
          />
        </span>
        <span class="block h-16 px-3 py-2.5">
          <bdi class="block truncate text-sm leading-5 font-medium">{name ?? contract}</bdi>
          <span class="muted mt-0.5 block text-xs leading-5">
            {texts.owner.ofCollection(numbers.count(count))}
          </span>
        </span>
      </Link>
    </div>
  );
}
