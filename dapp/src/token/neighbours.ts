import type { Nft } from 'nft-gallery-client';
import { keyOf } from '../grid/keyOf.ts';
import type { TokenKey } from '../queries/galleryQueries.ts';
import { createStore, type Store } from '../store.ts';

/** `nft` is what the list knows of it, so that it is drawn at once, with its balance. */
export interface ShownToken extends TokenKey {
  nft?: Nft;
}

/**
 * The tokens of the grid on the page, in its order. The grid sets them, and sets none when it goes:
 *
 *     useEffect(() => {
 *       shownTokens.set(nfts.map(shownToken));
 *       return () => shownTokens.set([]);
 *     }, [nfts]);
 */
export const shownTokens: Store<readonly ShownToken[]> = createStore<readonly ShownToken[]>([]);

/** Loads the grid's next page, where it has one; the grid sets it, and null when it goes. */
export const moreTokens: Store<(() => void) | null> = createStore<(() => void) | null>(null);

export interface Neighbours {
  previous: ShownToken | null;
  next: ShownToken | null;
  /** From 1; null where the list does not have the token. */
  position: number | null;
  count: number;
}

/**
 * What stands beside a token in the list that it was opened from. `goneFrom` is where it was in the
 * list, from 0, if a person has hidden it since: what came after it is in its place.
 */
export function neighboursOf(
  token: TokenKey,
  tokens: readonly ShownToken[],
  goneFrom: number | null = null,
): Neighbours {
  const id = idOf(token);
  const found = tokens.findIndex((other) => idOf(other) === id);
  const beside = (previous: number, next: number) => ({
    previous: tokens[previous] ?? null,
    next: tokens[next] ?? null,
    position: found < 0 ? null : found + 1,
    count: tokens.length,
  });
  if (found >= 0) return beside(found - 1, found + 1);
  return goneFrom === null ? beside(-1, -1) : beside(goneFrom - 1, goneFrom);
}

export function shownToken(nft: Nft): ShownToken {
  return { ...keyOf(nft), nft };
}

/** The same for the same token, however its contract's address is written. */
export function idOf({ chainId, contract, tokenId }: TokenKey): string {
  return `${chainId}/${contract.toLowerCase()}/${tokenId}`;
}
