import { asRecord, asText, asWords, readJson } from '../json.ts';

/** What a card shows of a token's own document. Addresses are as strangers wrote them. */
export interface TokenDocument {
  name: string | null;
  description: string | null;
  image: string | null;
  animation: string | null;
}

/**
 * Reads as backend/ethereum/token_document.py does; both are held to
 * tests/fixtures/token_documents.json. `written` is an object or the JSON text of one, at times
 * encoded twice. Where there is none, the token's URI may itself be the picture.
 */
export function readTokenDocument(written: unknown, tokenUri: unknown): TokenDocument {
  const once = typeof written === 'string' ? readJson(written) : written;
  const fields = asRecord(typeof once === 'string' ? readJson(once) : once) ?? {};
  const image = [fields.image, fields.image_url, fields.imageUrl, fields.image_data];
  const isEmpty = Object.keys(fields).length === 0;
  return {
    name: asWords(fields.name),
    description: asWords(fields.description),
    image: firstText(image) ?? (isEmpty ? inlinePicture(tokenUri) : null),
    animation: firstText([fields.animation_url, fields.animation]),
  };
}

function firstText(values: readonly unknown[]): string | null {
  return values.map(asText).find((text) => text !== null) ?? null;
}

function inlinePicture(uri: unknown): string | null {
  const text = asText(uri);
  return text !== null && /^\s*data:image\//i.test(text) ? text : null;
}
