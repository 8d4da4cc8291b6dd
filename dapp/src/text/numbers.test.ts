import { expect, test } from 'vitest';
import { createNumbers, localeFor } from './numbers.ts';

const en = createNumbers('en', 'UTC');
const de = createNumbers('de', 'UTC');
const MAX_UINT256 = `${2n ** 256n - 1n}`;

test('a number is written as the language writes it', () => {
  expect(en.count(1234567)).toBe('1,234,567');
  expect(de.count('1234567')).toBe('1.234.567');
  expect(en.decimal('0.0039')).toBe('0.0039');
  expect(de.decimal('11.4')).toBe('11,4');
  expect(en.percent(12.5)).toBe('12.5%');
  expect(de.percent(12.5)).toBe('12,5\u00a0%');
});

test('a formatter is made when it is first used, not while the page starts', () => {
  const numbers = createNumbers('no language tag');
  expect(() => numbers.count(1)).toThrow(RangeError);
});

test('no digit of a large number is lost', () => {
  expect(en.count(MAX_UINT256).replaceAll(',', '')).toBe(MAX_UINT256);
  expect(en.decimal('123456789012345678.123456789')).toBe('123,456,789,012,345,678.123456789');
});

test('a badge has room for the largest', () => {
  expect(en.compact('15')).toBe('15');
  expect(en.compact('1250000')).toBe('1.3M');
  expect(en.compact(MAX_UINT256)).toBe('1.2E77');
});

test('what is no number stays as it is', () => {
  for (const text of ['', '0x12', '1e5', 'many']) {
    expect([en.count(text), en.compact(text), en.decimal(text)]).toEqual([text, text, text]);
  }
});

test('bytes are counted in thousands', () => {
  expect(en.bytes(999)).toBe('999 bytes');
  expect(en.bytes(1_240_000)).toBe('1.2 MB');
  expect(en.bytes(0)).toBe('0 bytes');
});

test('a date is of the reader’s language, and what is none is null', () => {
  expect(en.date('2021-04-30T10:00:00Z')).toBe('Apr 30, 2021');
  expect(de.date(Date.UTC(2021, 3, 30))).toBe('30.04.2021');
  expect(de.dateTime('2021-04-30T10:05:00Z')).toBe('30.04.2021, 10:05');
  expect(en.date('yesterday')).toBeNull();
  expect(en.date(9e15)).toBeNull();
});

test('time that is past has the unit that fits', () => {
  expect(en.ago(12_400)).toBe('12 seconds ago');
  expect(en.ago(180_000)).toBe('3 minutes ago');
  expect(en.ago(3 * 86_400_000)).toBe('3 days ago');
  expect(de.ago(7_200_000)).toBe('vor 2 Stunden');
  expect(en.ahead(7 * 86_400_000 - 1)).toBe('in 6 days');
  expect(de.ahead(3_600_000)).toBe('in 1 Stunde');
  expect(en.ahead(-5)).toBe('in 0 seconds');
});

test('the browser’s region counts where it is of the text’s language', () => {
  expect(localeFor('en', ['de-AT', 'en-GB', 'en'])).toBe('en-GB');
  expect(localeFor('de', ['de-AT', 'en-GB'])).toBe('de-AT');
  expect(localeFor('en', ['fr', 'not a tag'])).toBe('en');
  expect(localeFor('en', ['en_US', 'en-'])).toBe('en');
});
