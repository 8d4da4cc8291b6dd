import type { Chain } from 'nft-gallery-client';

/** null until the API's names came, and for a chain that it does not serve. */
export type ChainName = (chainId: number) => string | null;

export function nameOf(chains: readonly Chain[]): ChainName {
  return (chainId) => chains.find((chain) => chain.chainId === chainId)?.name ?? null;
}

/** Of any chain: `…` until the API's names came, its number where it serves none of that number. */
export function labelOf(chains: readonly Chain[], byId: (chainId: string) => string) {
  return (chainId: number): string =>
    nameOf(chains)(chainId) ?? (chains.length > 0 ? byId(`${chainId}`) : '…');
}
