import type { Nft, NftPage } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import { useStore } from '../store.ts';
import { CollectionSelect } from './CollectionSelect.tsx';
import { LoadedCount } from './LoadedCount.tsx';
import { SearchLoaded } from './SearchLoaded.tsx';
import { Select } from './Select.tsx';
import type { OwnedList } from './useOwnedList.ts';
import type { ChosenView } from './useView.ts';
import { KINDS, SORTS, TYPES } from './view.ts';

interface FiltersProps {
  /** null is the wallet that is signed in. */
  of: string | null;
  chosen: ChosenView;
  loaded: readonly Nft[];
  owned: OwnedList;
  state: QueryState<readonly NftPage[]>;
  /** How many tokens the view shows. */
  shown: number;
}

const STANDARDS = { ERC721: 'ERC-721', ERC1155: 'ERC-1155' } as const;

export function Filters({ of, chosen, loaded, owned, state, shown }: FiltersProps) {
  const { texts } = useGallery();
  const { view, choose } = chosen;
  const { filters } = texts.owner;
  return (
    <search class="my-4 flex flex-col gap-x-4 gap-y-2 lg:flex-row lg:items-center">
      <div class="-mx-4 flex min-w-0 items-center gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:px-0">
        <SearchLoaded value={view.search} onSearch={(search) => choose({ search })} />
        <ChainSelect chosen={chosen} />
        <CollectionSelect chosen={chosen} of={of} loaded={loaded} />
        <Select
          label={filters.type}
          all={filters.allTypes}
          value={view.type}
          options={TYPES.map((type) => [type, STANDARDS[type]])}
          onChange={(type) => choose({ type })}
        />
        <Select
          label={filters.kind}
          all={filters.allKinds}
          value={view.kind}
          options={KINDS.map((kind) => [kind, filters.kinds[kind]])}
          onChange={(kind) => choose({ kind })}
        />
        <Select
          label={filters.sort}
          value={view.sort}
          options={SORTS.map((sort) => [sort, filters.sorts[sort]])}
          onChange={(sort) => choose({ sort: sort ?? 'listed' })}
        />
      </div>
      <LoadedCount {...{ view, state, owned, shown }} loaded={loaded.length} />
    </search>
  );
}

/** From tablets up the bar has it. */
function ChainSelect({ chosen: { view, choose } }: Pick<FiltersProps, 'chosen'>) {
  const { queries, texts } = useGallery();
  const { value } = useStore(useMemo(() => queries.chains(), [queries]));
  const known = value?.map(({ chainId, name }) => [`${chainId}`, name] as const) ?? [];
  const current = view.chainId === null ? null : `${view.chainId}`;
  const isKnown = current === null || known.some(([id]) => id === current);
  return (
    <Select
      class="md:hidden"
      label={texts.bar.chain}
      all={texts.bar.allChains}
      value={current}
      options={isKnown ? known : [...known, [current, current]]}
      onChange={(chain) =>
        choose({ chainId: chain === null ? null : Number(chain), collection: null })
      }
    />
  );
}
