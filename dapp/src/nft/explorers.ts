import { linkedChain } from '../ethereum/chains.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';

/** Pages of a chain's block explorer. The paths are those of the Etherscan family. */
export interface Explorer {
  /** Shown with each link. */
  host: string;
  address(address: string): string;
  token(token: Pick<TokenKey, 'contract' | 'tokenId'>): string;
  transaction(hash: string): string;
  block(number: number): string;
}

/** null for a chain without one here. https://docs.etherscan.io */
export function explorerOf(chainId: number): Explorer | null {
  const host = linkedChain(chainId)?.explorerHosts[0];
  if (host === undefined) return null;
  const page = (...path: (string | number)[]) =>
    `https://${host}/${path.map(encodeURIComponent).join('/')}`;
  return {
    host,
    address: (address) => page('address', address),
    token: ({ contract, tokenId }) => page('nft', contract, tokenId),
    transaction: (hash) => page('tx', hash),
    block: (number) => page('block', number),
  };
}
