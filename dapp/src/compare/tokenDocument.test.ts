import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mediaUrls } from '../nft/mediaUrl.ts';
import { readTokenDocument } from './tokenDocument.ts';

interface Table {
  tokenId: string;
  urls: { text: string; shown: string | null }[];
  documents: Record<'written' | 'name' | 'description' | 'image' | 'animation', string | null>[];
}

const FILE = new URL('../../../tests/fixtures/token_documents.json', import.meta.url);
const TABLE: Table = JSON.parse(readFileSync(FILE, 'utf8'));

const shown = (text: string | null) => mediaUrls(text, TABLE.tokenId)[0] ?? null;

test.each(TABLE.urls)('shows $text as the backend does', ({ text, shown: expected }) => {
  expect(shown(text)).toBe(expected);
});

test.each(TABLE.documents)('reads $written as the backend does', ({ written, ...expected }) => {
  const { image, animation, ...texts } = readTokenDocument(written, null);
  expect({ ...texts, image: shown(image), animation: shown(animation) }).toEqual(expected);
});
