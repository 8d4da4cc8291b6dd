export type MediaKind = 'image' | 'video' | 'audio' | 'model' | 'html';

/** One address of a token's media, with the content type the provider gives, if any. */
export interface MediaSource {
  uri: string | null;
  contentType?: string | null;
}

/** What an <img> can show, and what moves, sounds or runs. Best first. */
export interface SortedMedia {
  stills: readonly MediaSource[];
  moving: { kind: MovingKind; sources: readonly MediaSource[] } | null;
}

export type MovingKind = Exclude<MediaKind, 'image'>;

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

export function sortMedia(
  images: readonly MediaSource[],
  animations: readonly MediaSource[],
): SortedMedia {
  const still = images.filter((source) => (mediaKind(source) ?? 'image') === 'image');
  const moving = [...animations, ...images.filter((source) => !still.includes(source))];
  const stillAnimations = moving.filter((source) => mediaKind(source) === 'image');
  return { stills: [...still, ...stillAnimations], moving: movingOf(moving) };
}

function movingOf(sources: readonly MediaSource[]): SortedMedia['moving'] {
  const known = sources.find((source) => ![null, 'image'].includes(mediaKind(source)));
  const kind = known && mediaKind(known);
  if (!kind || kind === 'image') return null;
  return { kind, sources: sources.filter((source) => (mediaKind(source) ?? kind) === kind) };
}
