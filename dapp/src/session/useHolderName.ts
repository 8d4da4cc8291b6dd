import { useMemo } from 'react';
import { displayText } from '../displayText.ts';
import type { Address } from '../ethereum/address.ts';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';

/** The ENS name of the session's wallet, to be shown; null until it is known, and where there is none. */
export function useHolderName(holder: Address): string | null {
  const { queries } = useGallery();
  const { value } = useStore(useMemo(() => queries.holderName(holder), [queries, holder]));
  return displayText(value?.name ?? null, 60);
}
