import { useOwnedNfts, useSession } from 'nft-gallery-client/react';

const CHAIN_ID = 1;

export function OwnedNfts() {
  const { session } = useSession();
  const { nfts, isLoading, hasMore, error, loadMore } = useOwnedNfts({ chainId: CHAIN_ID });
  if (!session) return <p>Sign in to see your NFTs.</p>;
  return (
    <main>
      <h1>NFTs of {session.wallet}</h1>
      <ul>
        {nfts.map((nft) => (
          <li key={`${nft.contract.address}/${nft.tokenId}`}>
            {nft.contract.name} {nft.name ?? nft.tokenId}
          </li>
        ))}
      </ul>
      {error && <p role="alert">{error.message}</p>}
      {hasMore && (
        <button type="button" onClick={loadMore} disabled={isLoading}>
          More
        </button>
      )}
    </main>
  );
}
