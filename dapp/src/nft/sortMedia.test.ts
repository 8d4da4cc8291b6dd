import { expect, test } from 'vitest';
import { mediaKind, sortMedia } from './sortMedia.ts';

const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';

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
  expect(sortMedia([thumb, video], [])).toEqual({
    stills: [thumb],
    moving: { kind: 'video', sources: [video] },
  });
});

test('takes an animated image for an image', () => {
  const gif = { uri: `ipfs://${CID}/a.gif` };
  expect(sortMedia([], [gif])).toEqual({ stills: [gif], moving: null });
});

test('drops an animation whose kind nothing tells', () => {
  expect(sortMedia([], [{ uri: 'https://x.example/app' }]).moving).toBeNull();
});
