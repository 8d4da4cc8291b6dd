import { useMemo } from 'react';
import { useStore } from '../store.ts';
import { useCompareTexts } from '../text/pages/compare.ts';
import { Differences } from './Differences.tsx';
import { compareLists } from './differences.ts';
import { RouteColumn } from './RouteColumn.tsx';
import { OWN_ROUTES } from './rawRoutes.ts';
import type { OpenRawList, RawList } from './useRawLists.ts';

/** One question by four routes, side by side. */
export function OwnRoutes({ open }: { open: OpenRawList }) {
  const words = useCompareTexts();
  const lists = useMemo(() => OWN_ROUTES.map((route) => open({ route })), [open]);
  const states = lists.map(useListState);
  const comparison = compareLists(states.map(({ value }) => value));
  return (
    <>
      <ul class="mt-5 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {OWN_ROUTES.map((route, index) => (
          <li key={route.path} class="min-w-0">
            <RouteColumn route={route} list={lists[index] as RawList} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="button button-quiet mt-5"
        onClick={() => {
          for (const list of lists) list.reload();
        }}
      >
        {words.again}
      </button>
      <Differences comparison={comparison} />
    </>
  );
}

/** Always as many as there are routes, so hooks keep their order. */
function useListState(list: RawList) {
  return useStore(list);
}
