import { useEffect, useMemo } from 'react';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { moreTokens, type Neighbours, neighboursOf, shownTokens } from './neighbours.ts';

const NEAR_THE_END = 8;

/** What stands beside a token; near the end of a list that goes on, the next page is asked for. */
export function useNeighbours(token: TokenKey): Neighbours {
  const tokens = useStore(shownTokens);
  const beside = useMemo(() => neighboursOf(token, tokens), [token, tokens]);
  const isNearEnd = beside.position !== null && beside.count - beside.position < NEAR_THE_END;
  // at each step, since a filter may show nothing of a page
  useEffect(() => {
    if (isNearEnd) moreTokens.get()?.();
  }, [isNearEnd, beside.position]);
  return beside;
}
