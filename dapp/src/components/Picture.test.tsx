import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { type Gallery, GalleryContext } from '../gallery.ts';
import type { Picture as Way } from '../nft/media.ts';
import { createCache } from '../queries/cache.ts';
import { createGalleryQueries } from '../queries/galleryQueries.ts';
import { en } from '../text/en.ts';
import { Picture } from './Picture.tsx';

const TOKEN = { chainId: 1, contract: '0x1111111111111111111111111111111111111111', tokenId: '7' };
const CDN: Way = { via: 'direct', url: 'https://nft-cdn.alchemy.com/7', needsTap: false };
const SMALL: Way = { via: 'inline', image: 'small', needsTap: false };
const LARGE: Way = { via: 'inline', image: 'inline', needsTap: true };

function draw(ways: readonly Way[], fit: 'card' | 'whole') {
  const never = () => new Promise<never>(() => {});
  const queries = createGalleryQueries(createCache({ now: () => 0 }), never, () => null);
  return renderToString(
    <GalleryContext.Provider value={{ queries, texts: en } as Gallery}>
      <Picture token={TOKEN} ways={ways} alt="Lamp" fit={fit} />
    </GalleryContext.Provider>,
  );
}

test('the first way is taken, and its host learns of no page', () => {
  const html = draw([CDN, SMALL, LARGE], 'card');
  expect(html).toContain('<img src="https://nft-cdn.alchemy.com/7" alt="Lamp"');
  expect(html).toContain('referrerPolicy="no-referrer"');
});

test('a whole picture is not cut', () => {
  expect(draw([CDN], 'whole')).toContain('object-contain');
});

test('without a way it says that there is no picture', () => {
  expect(draw([], 'card')).toContain(en.picture.none);
});

test('a large one waits for a tap, which a card, being a link itself, does not offer', () => {
  expect(draw([LARGE], 'whole')).toContain(`${en.picture.loadLarge}</button>`);
  const card = draw([LARGE], 'card');
  expect(card).toContain(en.picture.large);
  expect(card).not.toContain('<button');
});

test('one through the API is no address of a stranger', () => {
  const html = draw([SMALL, LARGE], 'whole');
  expect(html).toContain(en.picture.loading);
  expect(html).not.toContain('<img');
});
