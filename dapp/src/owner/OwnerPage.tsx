import { useMemo } from 'react';
import { useGallery } from '../gallery.ts';
import type { RouteOptions } from '../routing/routes.ts';
import { useStore } from '../store.ts';

interface OwnerPageProps {
  /** An address or a name; null is the wallet that is signed in. */
  owner: string | null;
  options: RouteOptions;
}

/** What an owner holds: `#/me` and `#/w/…` are one page. */
export function OwnerPage({ owner }: OwnerPageProps) {
  const { queries } = useGallery();
  const list = useMemo(() => queries.ownedNfts({ chainId: 1, owner }), [queries, owner]);
  const { value } = useStore(list);
  const nfts = value?.flatMap((page) => page.items) ?? [];
  return <p class="mt-10">{nfts.length}</p>;
}
