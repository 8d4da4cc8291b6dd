import type { Nft, NftPage } from 'nft-gallery-client';
import { idOf } from '../token/neighbours.ts';
import { keyOf } from './keyOf.ts';

/** Of all pages, each token once: a list that changes while it is read may give one twice. */
export function nftsOf(pages: readonly NftPage[] | null): readonly Nft[] {
  const seen = new Map<string, Nft>();
  for (const nft of pages?.flatMap(({ items }) => items) ?? []) {
    const id = idOf(keyOf(nft));
    if (!seen.has(id)) seen.set(id, nft);
  }
  return [...seen.values()];
}
