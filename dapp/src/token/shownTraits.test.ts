import type { Nft } from 'nft-gallery-client';
import { expect, test } from 'vitest';
import { createNumbers } from '../text/numbers.ts';
import { shownTraits } from './shownTraits.ts';

type Trait = Nft['attributes'][number];

function shown(trait: Partial<Trait>, locale = 'en') {
  const whole = { trait_type: 'Fur', value: '', display_type: null, max_value: null, ...trait };
  const of = (value: string, most: string) => `${value} of ${most}`;
  return shownTraits([whole], createNumbers(locale, 'UTC'), of)[0];
}

test('a trait has a name and a value', () => {
  expect(shown({ value: 'Gold' })).toEqual({ name: 'Fur', value: 'Gold' });
  expect(shown({ trait_type: null, value: 'Gold' })).toEqual({ name: null, value: 'Gold' });
  expect(shown({ value: false })?.value).toBe('false');
});

test('numbers are of the reader’s language', () => {
  expect(shown({ value: 1234.5 })?.value).toBe('1,234.5');
  expect(shown({ value: 1234.5 }, 'de')?.value).toBe('1.234,5');
  expect(shown({ value: 3, max_value: 9 })?.value).toBe('3 of 9');
});

test.each<[Partial<Trait>, string]>([
  [{ display_type: 'date', value: 1546360800 }, 'Jan 1, 2019'],
  [{ display_type: 'date', value: 9e99 }, '9e+99'],
  [{ display_type: 'boost_percentage', value: 10 }, '+10%'],
  [{ display_type: 'boost_number', value: -40 }, '-40'],
  [{ display_type: 'number', value: '123456789012345678901' }, '123,456,789,012,345,678,901'],
  [{ display_type: 'date', value: 'spring' }, 'spring'],
])('%j is %s', (trait, text) => {
  expect(shown(trait)?.value).toBe(text);
});

test('text that only looks like a number stays text', () => {
  expect(shown({ value: '007' })?.value).toBe('007');
});

test('what nobody can see is no trait, and a stranger’s text is one line', () => {
  expect(shown({ value: '\u200b \u202e' })).toBeUndefined();
  expect(shown({ trait_type: 'a\nb', value: `x${'\u0301'.repeat(50)}` })).toEqual({
    ...{ name: 'a b', value: 'x\u0301\u0301' },
  });
  expect(shown({ value: 'x'.repeat(5000) })?.value).toHaveLength(160);
});

test('a token of a thousand traits shows two hundred', () => {
  const one = { trait_type: 'a', value: 'b', display_type: null, max_value: null };
  const many = Array.from({ length: 1000 }, () => one);
  expect(shownTraits(many, createNumbers('en'), () => '')).toHaveLength(200);
});
