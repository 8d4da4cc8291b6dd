import type { NftPage } from 'nft-gallery-client';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import type { OwnedList } from './useOwnedList.ts';
import { isNarrowed, type View } from './view.ts';

interface LoadedCountProps {
  view: View;
  state: QueryState<readonly NftPage[]>;
  owned: OwnedList;
  loaded: number;
  shown: number;
}

/** How much of everything is loaded, since search and order know nothing of the rest. */
export function LoadedCount({ view, state, owned, loaded, shown }: LoadedCountProps) {
  const { numbers, texts } = useGallery();
  const { owner } = texts;
  const total = totalOf(state.value);
  const next = owned.nextChain();
  const parts = state.value
    ? [
        isNarrowed(view) && owner.shown(numbers.count(shown)),
        total !== null && total > loaded
          ? owner.loadedOf(numbers.count(loaded), numbers.count(total))
          : owner.loaded(numbers.count(loaded)),
        next !== null && owner.nextChain(next),
        next === null && owned.list.hasMore() && total === null && owner.thereIsMore,
      ]
    : [];
  return (
    <p role="status" dir="auto" class="muted shrink-0 text-sm lg:ms-auto lg:text-end">
      {parts.filter(Boolean).join(' · ')}
    </p>
  );
}

/** Each page says the total of its chain, so that the last page of a chain speaks for it. */
function totalOf(pages: readonly NftPage[] | null): number | null {
  const ends = (pages ?? []).filter(
    ({ nextCursor }, at) => nextCursor === null || at === (pages?.length ?? 0) - 1,
  );
  return ends.reduce<number | null>(
    (sum, { totalCount }) => (sum === null || totalCount === null ? null : sum + totalCount),
    0,
  );
}
