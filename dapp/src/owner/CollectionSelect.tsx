import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { nftsOf } from '../grid/nftsOf.ts';
import { Select } from './Select.tsx';
import { collectionsOf, isSameContract, type OwnedCollection } from './selectNfts.ts';
import { useOwnedList } from './useOwnedList.ts';
import type { ChosenView } from './useView.ts';
import { writeCollection } from './view.ts';

interface CollectionSelectProps {
  chosen: ChosenView;
  /** null is the wallet that is signed in. */
  of: string | null;
  loaded: readonly Nft[];
}

/** Of the loaded tokens, by name; the API is then asked for all of the chosen one. */
export function CollectionSelect({ chosen, of, loaded }: CollectionSelectProps) {
  const { numbers, texts } = useGallery();
  const { choose, view } = chosen;
  const { filters } = texts.owner;
  const whole = useOwnedList({ owner: of, chainId: view.chainId, collection: null }).list;
  const found = useMemo(
    () => byName(collectionsOf(view.collection ? nftsOf(whole.get().value) : loaded)),
    [whole, view.collection, loaded],
  );
  const current = view.collection;
  const isFound = current === null || found.some((one) => isSameContract(one, current));
  const options = (isFound ? found : [...found, ...collectionsOf(loaded)]).map(
    (one) => [writeCollection(one), `${nameOf(one)} (${numbers.count(one.count)})`] as const,
  );
  const value = found.find((one) => current !== null && isSameContract(one, current)) ?? current;
  return (
    <Select
      label={filters.collection}
      all={filters.allCollections}
      value={value && writeCollection(value)}
      options={options}
      onChange={(text) => {
        const collection = found.find((one) => writeCollection(one) === text);
        choose({
          collection: collection ?? null,
          ...(view.tab === 'collections' && { tab: 'all' }),
        });
      }}
    />
  );
}

const nameOf = ({ name, contract }: OwnedCollection) => name ?? contract;

function byName(collections: readonly OwnedCollection[]): readonly OwnedCollection[] {
  return [...collections].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}
