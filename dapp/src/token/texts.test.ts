import { expect, test } from 'vitest';
import { paragraphs } from './paragraphs.ts';
import { shownUri } from './tokenUri.ts';

const CID = 'QmRRPWG96cmgTn2qSzjwr2qvfNEuhunv6FNeMFGa9bx6mQ';

test('a description keeps its paragraphs', () => {
  expect(paragraphs('One.\r\n\r\n Two  and\tmore.\u2028Three')).toEqual([
    ...['One.', 'Two and more.', 'Three'],
  ]);
  expect(paragraphs(null)).toEqual([]);
  expect(paragraphs('\u202e\n\u200b')).toEqual([]);
});

test('a description has an end', () => {
  expect(paragraphs('a\n'.repeat(100_000))).toHaveLength(40);
  expect(paragraphs('a'.repeat(100_000))[0]).toHaveLength(1200);
});

test('a token URI is shown as it is, and leads to where it can be read', () => {
  expect(shownUri(`ipfs://${CID}/7`, '7')).toEqual({
    ...{ text: `ipfs://${CID}/7`, characters: null, url: `https://ipfs.io/ipfs/${CID}/7` },
  });
  expect(shownUri('https://api.example/7.json', '7')?.url).toBe('https://api.example/7.json');
});

test.each(['http://api.example/7', 'javascript:alert(1)', 'https://u:p@api.example/', 'ftp://x.y'])(
  '%s is shown without a link',
  (uri) => {
    expect(shownUri(uri, '7')).toEqual({ text: uri, characters: null, url: null });
  },
);

test('a document in the URI is its beginning and its length', () => {
  const uri = `data:application/json;base64,${'A'.repeat(5000)}`;
  expect(shownUri(uri, '7')).toEqual({
    ...{ text: 'data:application/json;base64,…', characters: 5029, url: null },
  });
  expect(shownUri('data:', '7')?.text).toBe('data:…');
});

test('an invisible URI is none', () => {
  expect(shownUri('\u200b', '7')).toBeNull();
});
