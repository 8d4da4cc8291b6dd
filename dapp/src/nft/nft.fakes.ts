import type { Nft } from 'nft-gallery-client';

const CONTRACT = '0xBC4CA0EdA7647A8aB7C2061c2E118A18a936f13D';

/** A token as the API gives it, with what matters to a test. */
export function fakeNft({ contract, collection, ...of }: FakeNft = {}): Nft {
  return {
    ...{ chainId: 1, tokenId: '7', tokenType: 'ERC721', owner: null, balance: null },
    ...{ name: null, description: null, externalUrl: null, tokenUri: null, attributes: [] },
    ...{ metadataStatus: 'ok', metadataError: null, mint: null, acquiredAt: null },
    ...{ updatedAt: null, provider: 'alchemy', stale: false },
    media: { image: null, animation: null, status: 'unavailable' },
    spam: { isSpam: false, classifications: [] },
    contract: {
      ...{ address: CONTRACT, name: null, symbol: null, tokenType: 'ERC721' },
      ...{ totalSupply: null, deployer: null, deployedBlock: null, ...contract },
    },
    collection: {
      ...{ name: null, slug: null, imageUrl: null, bannerImageUrl: null },
      ...{ externalUrl: null, verified: null, floorPrice: null, ...collection },
    },
    ...of,
  };
}

type FakeNft = Partial<Omit<Nft, 'contract' | 'collection'>> & {
  contract?: Partial<Nft['contract']>;
  collection?: Partial<Nft['collection']>;
};
