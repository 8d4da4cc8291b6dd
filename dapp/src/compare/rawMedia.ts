import { directUrls } from '../nft/knownHosts.ts';
import { mediaUrls } from '../nft/mediaUrl.ts';
import { type MediaSource, sortMedia } from '../nft/sortMedia.ts';
import type { RawNft } from './nft.ts';

/** What a raw answer names, as far as a browser may load it unasked: there is no other way to it. */
export function rawMedia(
  images: readonly MediaSource[],
  animations: readonly MediaSource[],
  tokenId: string,
): Pick<RawNft, 'images' | 'animation'> {
  const { stills, moving } = sortMedia(images, animations);
  const direct = (sources: readonly MediaSource[]) =>
    directUrls(sources.flatMap(({ uri }) => mediaUrls(uri, tokenId)));
  return {
    images: direct(stills),
    animation: moving && { kind: moving.kind, urls: direct(moving.sources) },
  };
}
