import { expect, test } from 'vitest';
import { readableJson, wholeJson } from './readableJson.ts';

const cut = (characters: number) => `(${characters} more)`;

test('it is indented JSON', () => {
  expect(readableJson({ a: [1, null] }, cut)).toBe('{\n  "a": [\n    1,\n    null\n  ]\n}');
});

test('what is read means what is there', () => {
  const hostile = { name: 'a\u202eb\u200b\u{e0041}\ud800 \u2028é💎' };
  const text = readableJson(hostile, cut);
  expect(text).toContain('"a\\u202eb\\u200b\\udb40\\udc41\\ud800 \\u2028é💎"');
  expect(JSON.parse(text)).toEqual(hostile);
});

test('a picture in it is cut to read, and whole to copy', () => {
  const nft = { image: `data:image/png;base64,${'A'.repeat(100_000)}` };
  expect(readableJson(nft, cut).length).toBeLessThan(2100);
  expect(readableJson(nft, cut)).toContain('… (98022 more)');
  expect(JSON.parse(wholeJson(nft))).toEqual(nft);
});
