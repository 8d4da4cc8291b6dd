import { useEffect, useMemo, useRef } from 'react';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';
import { idOf, moreTokens, type Neighbours, neighboursOf, shownTokens } from './neighbours.ts';

const NEAR_THE_END = 8;

/** What stands beside a token; near the end of a list that goes on, the next page is asked for. */
export function useNeighbours(token: TokenKey): Neighbours {
  const tokens = useStore(shownTokens);
  const id = idOf(token);
  const last = useRef({ id: '', at: 0 });
  const beside = useMemo(
    () => neighboursOf(token, tokens, last.current.id === id ? last.current.at : null),
    [token, tokens, id],
  );
  if (beside.position !== null) last.current = { id, at: beside.position - 1 };
  const isNearEnd = beside.position !== null && beside.count - beside.position < NEAR_THE_END;
  // at each step, since a filter may show nothing of a page
  useEffect(() => {
    if (isNearEnd) moreTokens.get()?.();
  }, [isNearEnd, beside.position]);
  return beside;
}
