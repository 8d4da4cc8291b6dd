import { expect, test } from 'vitest';
import { readJson } from './json.ts';

test('reads JSON as it is', () => {
  const value = { a: [1, -2.5, 1e5, '\u0000"\\', true, null], NaN: '"NaN"', b: {} };
  expect(readJson(JSON.stringify(value, null, '\t'))).toEqual(value);
});

test('keeps the digits of numbers that JavaScript would round', () => {
  const numbers = ['18446744073709551616', '9007199254740993', '1e400', '0.1234567890123456789'];
  expect(readJson(`[${numbers},9007199254740991,0.1]`)).toEqual([...numbers, 2 ** 53 - 1, 0.1]);
});

test('reads raw control characters in texts, NaN and a byte order mark', () => {
  expect(readJson('\ufeff{"a":"1\n2\t3\0","b":[NaN,-Infinity]}')).toEqual({
    a: '1\n2\t3\0',
    b: [null, null],
  });
});

test.each(['', '{', '"', '"\\', '{"a":1', '1.2.3', '[1,]', "{'a':1}", '"\\"'.repeat(100_000)])(
  'reads no JSON in %#',
  (text) => {
    expect(readJson(text)).toBeUndefined();
  },
);

test('reads long texts with many escapes', () => {
  const text = '\\"'.repeat(1_000_000);
  expect(readJson(JSON.stringify({ text }))).toEqual({ text });
});
