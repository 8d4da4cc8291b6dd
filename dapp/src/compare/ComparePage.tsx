import { useMemo } from 'react';
import { CollectionLookup } from '../components/CollectionLookup.tsx';
import { MyNfts } from '../components/MyNfts.tsx';
import { type Gallery, useGallery } from '../gallery.ts';
import { fetchNftPage } from '../nft/api.ts';
import { createNftList } from '../nft/nftList.ts';
import { useStore } from '../store.ts';

/** The raw lookups of both providers. */
export function ComparePage() {
  const gallery = useGallery();
  const session = useStore(gallery.session);
  const lists = useMemo(() => ({ collection: rawList(gallery), own: rawList(gallery) }), [gallery]);
  const shown = { ...gallery, ...lists };
  return (
    <>
      <CollectionLookup gallery={shown} />
      {session.status === 'signed-in' && <MyNfts key={session.address} gallery={shown} />}
    </>
  );
}

const rawList = ({ loadCloud }: Gallery) =>
  createNftList(async (query, cursor, signal) =>
    fetchNftPage(await loadCloud(), query, cursor, signal),
  );
