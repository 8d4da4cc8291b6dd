/**
 * What of a token may be loaded, and when: pictures tell nobody who looks. A browser asks only hosts
 * of knownHosts.ts unasked; the API fetches what stands elsewhere; what moves, sounds or runs waits
 * for a tap, or opens elsewhere. Spam is never fetched.
 *
 *     const media = mediaOf(nft);
 *     media.spam          // folded away with this reason; everything else is empty
 *     media.card          // for a grid: try in turn, each on error or time-out of the one before
 *     media.whole         // the same for the token's own page, the whole picture first
 *     media.playable      // null, or {kind, urls}: on a tap into <video>, <audio> or a viewer
 *     media.elsewhere     // links with the host to show: <a {...OPENS_ELSEWHERE} href={url}>
 *
 * A contract's two pictures are `collectionMediaOf(details)`.
 */

import type { Nft } from 'nft-gallery-client';
import { directUrls } from './knownHosts.ts';
import { mediaUrls } from './mediaUrl.ts';
import { type MediaSource, type MovingKind, sortMedia } from './sortMedia.ts';
import { type SpamReason, spamReason } from './spam.ts';

export interface Media {
  spam: SpamReason | null;
  card: readonly Picture[];
  whole: readonly Picture[];
  /** What the token has beside a picture, for a badge: also where it only opens elsewhere. */
  kind: MovingKind | 'unknown' | null;
  /** Of known hosts, best first. Nothing of it is loaded before a tap: no preload, no poster of it. */
  playable: { kind: Exclude<MovingKind, 'html'>; urls: readonly string[] } | null;
  /** Where its parts stand, on https. A browser goes there on a tap only, and by OPENS_ELSEWHERE. */
  elsewhere: readonly Elsewhere[];
}

/**
 * A way to the picture. `direct`: into an <img> with `referrerPolicy="no-referrer"`. `inline`: ask
 * `gallery().nft({…, image})` and show its `media.inlined.url`, if that is not null. Those that need
 * a tap may be large; they come last, and are offered where none before shows. Of a contract, ask
 * `gallery().contract({…, image})` and show `collection.inlined.image.url` or `.bannerImage.url`.
 *
 * All guests share the few requests a second that the API takes: ask for what is in view only.
 */
export type Picture =
  | { via: 'direct'; url: string; needsTap: false }
  | { via: 'inline'; image: 'small'; needsTap: false }
  | { via: 'inline'; image: 'inline'; needsTap: true };

export interface Elsewhere {
  what: 'image' | MovingKind | 'unknown';
  url: string;
  /** To be shown beside the link; in ASCII, as DNS has it. */
  host: string;
}

/** Attributes of a link that says nothing to where it leads. */
export const OPENS_ELSEWHERE = {
  target: '_blank',
  rel: 'noopener noreferrer',
  referrerPolicy: 'no-referrer',
} as const;

const INLINE: readonly Picture[] = [
  { via: 'inline', image: 'small', needsTap: false },
  { via: 'inline', image: 'inline', needsTap: true },
];
const NOTHING = { card: [], whole: [], kind: null, playable: null, elsewhere: [] };

export function mediaOf(nft: Nft): Media {
  const spam = spamReason(nft);
  if (spam) return { spam, ...NOTHING };
  const { image, animation } = nft.media;
  const thumbnail = { uri: image?.thumbnailUrl ?? null };
  const own = [image?.url, image?.originalUrl].map((uri) => source(uri, image?.contentType));
  const animations = [animation?.url, animation?.originalUrl].map((uri) =>
    source(uri, animation?.contentType),
  );
  const urls = (sources: readonly MediaSource[]) => allUrls(sources, nft.tokenId);
  const { stills, moving } = sortMedia([...own, thumbnail], animations);
  const whole = urls(stills);
  const played = urls(moving?.sources ?? animations).filter((url) => !whole.includes(url));
  const kind = moving?.kind ?? (played.length > 0 ? 'unknown' : null);
  return {
    spam,
    card: pictures([...urls([thumbnail]), ...whole]),
    whole: pictures(whole),
    kind,
    playable: playable(kind, played),
    elsewhere: [...elsewhere('image', whole), ...(kind ? elsewhere(kind, played) : [])],
  };
}

export interface CollectionMedia {
  spam: SpamReason | null;
  image: readonly Picture[];
  banner: readonly Picture[];
}

export function collectionMediaOf(
  details: Pick<Nft, 'spam' | 'collection' | 'contract'>,
): CollectionMedia {
  const spam = spamReason(details);
  if (spam) return { spam, image: [], banner: [] };
  const { imageUrl, bannerImageUrl } = details.collection;
  const of = (uri: string | null) => pictures(allUrls([{ uri }], ''));
  return { spam, image: of(imageUrl), banner: of(bannerImageUrl) };
}

function source(uri: string | null | undefined, contentType: string | null | undefined) {
  return { uri: uri ?? null, contentType: contentType ?? null };
}

/** Each once; data: images too. */
function allUrls(sources: readonly MediaSource[], tokenId: string): string[] {
  return [...new Set(sources.flatMap(({ uri }) => mediaUrls(uri, tokenId)))];
}

/** What stands on a host can also be had through the API, which asks other gateways too. */
function pictures(urls: readonly string[]): readonly Picture[] {
  const direct = directUrls(urls).map((url) => ({ via: 'direct', url, needsTap: false }) as const);
  return urls.some(isRemote) ? [...direct, ...INLINE] : direct;
}

function playable(kind: Media['kind'], urls: readonly string[]): Media['playable'] {
  const known = directUrls(urls);
  if (kind === null || kind === 'html' || kind === 'unknown' || known.length === 0) return null;
  return { kind, urls: known };
}

/** The first only: the others are the same by another way. */
function elsewhere(what: Elsewhere['what'], urls: readonly string[]): Elsewhere[] {
  const url = urls.find(isRemote);
  return url === undefined ? [] : [{ what, url, host: new URL(url).host }];
}

function isRemote(url: string): boolean {
  return url.startsWith('https:');
}
