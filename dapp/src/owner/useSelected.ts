import type { Nft } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { keyOf } from '../grid/keyOf.ts';
import { useStore } from '../store.ts';
import { type Selected, selectNfts } from './selectNfts.ts';
import type { View } from './view.ts';

/** What the view shows of the loaded tokens, anew when a person hides one. */
export function useSelected(loaded: readonly Nft[], view: View): Selected {
  const { hidden } = useGallery();
  const tokens = useStore(hidden);
  return useMemo(
    () => selectNfts(loaded, view, (nft) => hidden.find(keyOf(nft)) !== null),
    [loaded, view, hidden, tokens],
  );
}
