import type { Nft } from 'nft-gallery-client';
import { type Media, mediaOf } from '../nft/media.ts';

const known = new WeakMap<Nft, Media>();

/** Thousands are sorted and filtered by it, and drawn again as they scroll by. */
export function knownMediaOf(nft: Nft): Media {
  const media = known.get(nft) ?? mediaOf(nft);
  known.set(nft, media);
  return media;
}
