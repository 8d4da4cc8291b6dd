import type { NftPage } from 'nft-gallery-client';
import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { ProviderName } from '../states/notes.ts';
import { useStore } from '../store.ts';

/** Who is asked first on the chain of the last page; null where that is not known. */
export function useUsualProvider(pages: readonly NftPage[] | null): ProviderName | null {
  const { queries } = useGallery();
  const { value } = useStore(useMemo(() => queries.chains(), [queries]));
  const chainId = pages?.at(-1)?.items[0]?.chainId;
  return value?.find((chain) => chain.chainId === chainId)?.providers[0] ?? null;
}
