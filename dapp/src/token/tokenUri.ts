import { displayText } from '../displayText.ts';
import { mediaUrls } from '../nft/mediaUrl.ts';

export interface ShownUri {
  text: string;
  /** Of a `data:` URI, which `text` has the beginning of. */
  characters: number | null;
  /** Where it leads on https; null where no link is safe. */
  url: string | null;
}

/** `characters` of a `data:` URI stand for a whole document that the contract itself gives. */
export function shownUri(tokenUri: string, tokenId: string): ShownUri | null {
  if (/^\s*data:/i.test(tokenUri)) {
    const head = displayText(tokenUri.slice(0, tokenUri.indexOf(',') + 1), 80);
    return { text: `${head ?? 'data:'}…`, characters: tokenUri.length, url: null };
  }
  const text = displayText(tokenUri, 400);
  const url = mediaUrls(tokenUri, tokenId).find((found) => found.startsWith('https:')) ?? null;
  return text === null ? null : { text, characters: null, url };
}
