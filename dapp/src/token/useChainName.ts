import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';

export function useChainName(chainId: number): string {
  const { queries, texts } = useGallery();
  const chains = useStore(useMemo(() => queries.chains(), [queries])).value;
  const chain = chains?.find((known) => known.chainId === chainId);
  return chain?.name ?? texts.bar.chainById(`${chainId}`);
}
