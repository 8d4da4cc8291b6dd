import type { TokenKey } from '../queries/galleryQueries.ts';

/** A token's page at a marketplace. */
export interface MarketLink {
  name: string;
  url: string;
  host: string;
}

interface Market {
  name: string;
  /** How it calls the chains that it serves, in its paths. */
  chains: Readonly<Record<number, string>>;
  url(chain: string, token: string, tokenId: string): string;
}

/** The paths are those that each site shows; no document promises them. */
const MARKETS: readonly Market[] = [
  {
    name: 'OpenSea',
    // https://projectopensea.github.io/opensea-js/enums/Chain.html
    chains: {
      1: 'ethereum',
      10: 'optimism',
      137: 'polygon',
      8453: 'base',
      42161: 'arbitrum',
      43114: 'avalanche',
    },
    url: (chain, contract, tokenId) => `https://opensea.io/item/${chain}/${contract}/${tokenId}`,
  },
  {
    name: 'Blur',
    chains: { 1: 'eth' },
    url: (chain, contract, tokenId) => `https://blur.io/${chain}/asset/${contract}/${tokenId}`,
  },
  {
    name: 'Rarible',
    chains: { 1: 'ethereum', 137: 'polygon', 8453: 'base', 42161: 'arbitrum' },
    url: (chain, contract, tokenId) => `https://rarible.com/${chain}/items/${contract}:${tokenId}`,
  },
  {
    name: 'Zora',
    chains: { 1: 'eth', 10: 'oeth', 8453: 'base', 42161: 'arb' },
    url: (chain, contract, tokenId) => `https://zora.co/collect/${chain}:${contract}/${tokenId}`,
  },
];

/** Of the marketplaces that serve the token's chain. */
export function marketLinks({ chainId, contract, tokenId }: TokenKey): MarketLink[] {
  return MARKETS.flatMap(({ name, chains, url }) => {
    const chain = chains[chainId];
    if (chain === undefined) return [];
    const link = url(chain, contract.toLowerCase(), tokenId);
    return [{ name, url: link, host: new URL(link).host }];
  });
}
