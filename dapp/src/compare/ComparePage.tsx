import { useMemo } from 'react';
import { CollectionLookup } from '../components/CollectionLookup.tsx';
import { MyNfts } from '../components/MyNfts.tsx';
import { type Gallery, useGallery } from '../gallery.ts';
import { fetchNftPage } from '../nft/api.ts';
import { DEFAULT_IPFS_GATEWAYS } from '../nft/mediaUrl.ts';
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

const rawList = ({ loadCloud, loadConfig }: Gallery) =>
  createNftList(async (query, cursor, signal) => {
    const [api, config] = await Promise.all([loadCloud(), loadConfig()]);
    const ipfsGateways = config.ipfsGateways ?? DEFAULT_IPFS_GATEWAYS;
    return await fetchNftPage(api, query, cursor, signal, { ipfsGateways });
  });
