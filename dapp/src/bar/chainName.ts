import type { Chain } from 'nft-gallery-client';
import { linkedChain } from '../ethereum/chains.ts';

export type ChainName = (chainId: number) => string;

/** The API's name, or what links call it until that came. */
export function nameOf(chains: readonly Chain[]): ChainName {
  return (chainId) =>
    chains.find((chain) => chain.chainId === chainId)?.name ??
    linkedChain(chainId)?.slugs[0] ??
    `${chainId}`;
}
