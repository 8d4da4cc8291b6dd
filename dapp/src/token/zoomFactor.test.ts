import { expect, test } from 'vitest';
import { zoomFactor } from './zoomFactor.ts';

const FRAME = { width: 600, height: 600 };

test('a large picture is drawn pixel by pixel', () => {
  expect(zoomFactor({ width: 3000, height: 3000 }, FRAME, 1)).toBe(5);
  expect(zoomFactor({ width: 3000, height: 1000 }, FRAME, 1)).toBe(5);
  expect(zoomFactor({ width: 6000, height: 6000 }, FRAME, 2)).toBe(5);
});

test('a small one grows too, and a vast one fits into memory', () => {
  expect(zoomFactor({ width: 100, height: 100 }, FRAME, 1)).toBe(2.5);
  expect(zoomFactor({ width: 30_000, height: 30_000 }, FRAME, 1)).toBe(8);
});

test('one without a size of its own, as an SVG may be, grows', () => {
  expect(zoomFactor({ width: 0, height: 0 }, FRAME, 1)).toBe(2.5);
});
