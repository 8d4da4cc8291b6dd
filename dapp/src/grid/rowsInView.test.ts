import { expect, test } from 'vitest';
import { rowsInView } from './rowsInView.ts';

test('rows near the window are drawn, and no others', () => {
  expect(rowsInView(10_000, 900, 100, 1000)).toEqual({ first: 95, end: 114 });
});

test('there are none before the first or after the last', () => {
  expect(rowsInView(-400, 900, 100, 1000)).toEqual({ first: 0, end: 10 });
  expect(rowsInView(99_900, 900, 100, 1000)).toEqual({ first: 994, end: 1000 });
  expect(rowsInView(1e6, 900, 100, 10)).toEqual({ first: 10, end: 10 });
  expect(rowsInView(0, 900, 100, 0)).toEqual({ first: 0, end: 0 });
});
