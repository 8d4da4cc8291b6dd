import { type RefObject, useEffect, useRef, useState } from 'react';
import type { NftListQuery } from '../queries/galleryQueries.ts';
import { useStore } from '../store.ts';

const AHEAD = '1200px 0px';
/** As long as nobody scrolls, a search that hardly finds anything must not walk the whole list. */
const UNASKED = 8;
/** What nobody asked for is not asked for at once: visitors share the API's rate. In milliseconds. */
const PACE = 400;

/**
 * Loads the next page when `end` comes near. Returns whether it stopped doing that, so that the
 * person has to ask.
 */
export function useLoadAhead(end: RefObject<HTMLElement | null>, list: NftListQuery): boolean {
  const state = useStore(list);
  const unasked = useRef(0);
  const [hasStopped, setStopped] = useState(false);
  const pages = state.value?.length ?? 0;
  const isWaiting = state.status === 'ready' && list.hasMore();

  useEffect(() => {
    const { current } = end;
    if (!current || !isWaiting) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (entries: readonly IntersectionObserverEntry[]) => {
      const isNear = entries.at(-1)?.isIntersecting ?? false;
      if (!isNear) unasked.current = 0;
      setStopped(isNear && unasked.current >= UNASKED);
      if (!isNear || unasked.current >= UNASKED) return;
      unasked.current += 1;
      timer = setTimeout(list.loadMore, unasked.current > 1 ? PACE : 0);
    };
    const observer = new IntersectionObserver(look, { rootMargin: AHEAD });
    observer.observe(current);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [end, list, pages, isWaiting]);

  return hasStopped && isWaiting;
}
