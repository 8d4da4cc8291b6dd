import { expect, test } from 'vitest';
import { mediaKind, sortMedia } from './media.ts';

const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';
const context = { ipfsGateways: ['https://ipfs.example/ipfs/'], tokenId: '1' };

test.each([
  ['https://x.example/a.mp4?x=1', null, 'video'],
  ['https://x.example/a', 'video/mp4', 'video'],
  ['https://x.example/a.png', 'video/mp4', 'video'],
  ['https://x.example/a.GLB#x', null, 'model'],
  ['https://x.example/a', 'model/gltf-binary', 'model'],
  ['https://x.example/a.mp3', null, 'audio'],
  [`ipfs://${CID}/Ape#525.mp4`, null, 'video'],
  ['https://x.example/index.html', null, 'html'],
  ['data:text/html,<b>', null, 'html'],
  ['data:image/svg+xml,<svg/>', null, 'image'],
  ['https://x.example/a', null, null],
])('tells %s (%s) to be %s', (uri, contentType, kind) => {
  expect(mediaKind({ uri, contentType })).toBe(kind);
});

test('moves a video out of the images', () => {
  const thumb = { uri: 'https://x.example/thumb' };
  const video = { uri: 'https://x.example/original', contentType: 'video/mp4' };
  expect(sortMedia([thumb, video], [], context)).toEqual({
    images: ['https://x.example/thumb'],
    animation: { kind: 'video', urls: ['https://x.example/original'] },
  });
});

test('takes an animated image for an image', () => {
  expect(sortMedia([], [{ uri: `ipfs://${CID}/a.gif` }], context)).toEqual({
    images: [`https://ipfs.example/ipfs/${CID}/a.gif`],
    animation: null,
  });
});

test('drops an animation whose kind nothing tells', () => {
  expect(sortMedia([], [{ uri: 'https://x.example/app' }], context).animation).toBeNull();
});

test('keeps no address for a page that would have to run', () => {
  const page = { uri: 'data:text/html,<script>alert(1)</script>' };
  expect(sortMedia([], [page], context).animation).toEqual({ kind: 'html', urls: [] });
});
