import type { Chain } from 'nft-gallery-client';
import { useEffect, useMemo, useState } from 'react';
import { useGallery } from '../gallery.ts';

const NONE: readonly Chain[] = [];

/** The chains that the API serves, asked once `isWanted`; empty until they came. */
export function useChains(isWanted: boolean): readonly Chain[] {
  const { queries } = useGallery();
  const query = useMemo(() => queries.chains(), [queries]);
  const [chains, setChains] = useState(() => query.get().value);
  useEffect(() => {
    if (!isWanted) return;
    return query.subscribe(() => setChains(query.get().value));
  }, [query, isWanted]);
  return chains ?? NONE;
}
