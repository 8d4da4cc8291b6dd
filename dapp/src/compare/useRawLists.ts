import { useMemo } from 'react';
import { type Gallery, useGallery } from '../gallery.ts';
import { createCache, type ListQuery } from '../queries/cache.ts';
import { type Failure, isSessionOver } from '../queries/failure.ts';
import { fetchRawPage, type RawPage, type RawQuery } from './rawRoutes.ts';

export type RawList = ListQuery<RawPage>;
export type OpenRawList = (query: RawQuery) => RawList;

/** Lists of the raw routes; another wallet has lists of its own. */
export function useRawLists(owner: string | null): OpenRawList {
  const gallery = useGallery();
  return useMemo(() => openRawLists(gallery), [gallery, owner]);
}

function openRawLists({ loadCloud, now, session }: Gallery): OpenRawList {
  const onFailure = (failure: Failure) => {
    if (isSessionOver(failure) && session.get().status === 'signed-in') void session.end();
  };
  const cache = createCache({ now, onFailure });
  return (query) =>
    cache.list(JSON.stringify(query), async (cursor, signal) =>
      fetchRawPage(await loadCloud(), query, cursor, {
        signal,
        now: () => performance.now(),
      }),
    );
}
