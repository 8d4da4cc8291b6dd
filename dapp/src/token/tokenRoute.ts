import { isAddress } from '../ethereum/address.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import type { Route } from '../routing/routes.ts';

export type TokenRoute = Extract<Route, { page: 'token' }>;

/** null where the API names a contract that is no address. */
export function tokenRoute({ chainId, contract, tokenId }: TokenKey): TokenRoute | null {
  return isAddress(contract) ? { page: 'token', chainId, contract, tokenId } : null;
}
