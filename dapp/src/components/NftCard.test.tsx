import { renderToString } from 'preact-render-to-string';
import { expect, test } from 'vitest';
import { parseAlchemyPage } from '../nft/alchemy.ts';
import { NftCard } from './NftCard.tsx';

const CONTRACT = '0x1111111111111111111111111111111111111111';

function draw(token: object) {
  const item = { contract: { address: CONTRACT, name: 'Lamps' }, tokenId: '7', ...token };
  const [nft] = parseAlchemyPage({ ownedNfts: [item] }).nfts;
  if (!nft) throw new Error('no NFT');
  return renderToString(<NftCard nft={nft} />);
}

test('draws picture, name, collection, kind and number', () => {
  const image = { thumbnailUrl: 'https://nft-cdn.alchemy.com/7.png' };
  const html = draw({ name: 'Lamp', tokenType: 'ERC1155', balance: '15', image });
  expect(html).toContain('<img src="https://nft-cdn.alchemy.com/7.png" alt="Lamp"');
  for (const text of ['Lamp</bdi>', 'Lamps</bdi>', 'ERC-1155', 'x15']) expect(html).toContain(text);
});

test('gives the full token id in the title, and a short one in the name', () => {
  const tokenId = '5'.repeat(77);
  const html = draw({ tokenId, name: null });
  expect(html).toContain('Lamps #555555…5555</bdi>');
  expect(html).toContain(`token ${tokenId} of ${CONTRACT}`);
});

test('draws a token with no image', () => {
  expect(draw({ image: null })).toContain('No image');
});

test('offers to play a video, and does not load it', () => {
  const animation = { cachedUrl: 'https://nft-cdn.alchemy.com/7.mp4', contentType: 'video/mp4' };
  const html = draw({ name: 'Lamp', animation });
  expect(html).toContain('aria-label="Play video: Lamp"');
  expect(html).not.toContain('7.mp4');
});

test('runs and links nothing a token brings along', () => {
  const hostile = '"><script>alert(1)</script><a href="javascript:alert(1)">x</a>';
  const html = draw({
    name: hostile,
    description: hostile,
    contract: { address: CONTRACT, name: hostile },
    image: { thumbnailUrl: 'javascript:alert(1)', originalUrl: 'data:text/html,<script>' },
    animation: { cachedUrl: 'https://evil.example/page.html', contentType: 'text/html' },
  });
  expect(html).not.toMatch(/<script|<a |<iframe|src="(javascript|data:text)|page\.html/);
  expect(html).toContain('Interactive');
});
