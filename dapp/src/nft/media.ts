import { type MediaContext, mediaUrls } from './mediaUrl.ts';
import type { MediaKind, Nft } from './nft.ts';

/** One address of a token's media, with the content type the provider gives, if any. */
export interface MediaSource {
  uri: string | null;
  contentType?: string | null;
}

// Endings of https://docs.opensea.io/docs/media-and-traits
const KINDS: [RegExp, MediaKind][] = [
  [/\.(mp4|m4v|webm|mov|ogv|ogg)$/i, 'video'],
  [/\.(mp3|wav|oga|flac|m4a)$/i, 'audio'],
  [/\.(gltf|glb)$/i, 'model'],
  [/\.(html?|xhtml)$/i, 'html'],
  [/\.(png|jpe?g|gif|webp|avif|svg|bmp)$/i, 'image'],
];

/** null when neither the content type nor the ending tells. */
export function mediaKind({ uri, contentType }: MediaSource): MediaKind | null {
  const type = contentType?.toLowerCase() ?? /^data:([^;,]*)/i.exec(uri ?? '')?.[1] ?? '';
  if (/^model\/|gltf/.test(type)) return 'model';
  const family = /^(image|video|audio)\//.exec(type)?.[1];
  if (family) return family as MediaKind;
  if (type.startsWith('text/html')) return 'html';
  return kindOfEnding(uri ?? '');
}

/** Behind a `#` is a place in the file, or, as many write it, the rest of its name. */
function kindOfEnding(uri: string): MediaKind | null {
  const name = uri.replace(/\?.*$/s, '');
  const endings = [name.replace(/#.*$/s, ''), name];
  return KINDS.find(([ending]) => endings.some((end) => ending.test(end)))?.[1] ?? null;
}

/** Splits what an <img> can show from what moves or sounds. */
export function sortMedia(
  images: readonly MediaSource[],
  animations: readonly MediaSource[],
  context: MediaContext,
): Pick<Nft, 'images' | 'animation'> {
  const still = images.filter((source) => (mediaKind(source) ?? 'image') === 'image');
  const moving = [...animations, ...images.filter((source) => !still.includes(source))];
  const stillAnimations = moving.filter((source) => mediaKind(source) === 'image');
  return {
    images: [...still, ...stillAnimations].flatMap((source) => mediaUrls(source.uri, context)),
    animation: toAnimation(moving, context),
  };
}

function toAnimation(sources: readonly MediaSource[], context: MediaContext): Nft['animation'] {
  const known = sources.find((source) => ![null, 'image'].includes(mediaKind(source)));
  const kind = known && mediaKind(known);
  if (!kind || kind === 'image') return null;
  const same = sources.filter((source) => (mediaKind(source) ?? kind) === kind);
  return { kind, urls: [...new Set(same.flatMap((source) => mediaUrls(source.uri, context)))] };
}
