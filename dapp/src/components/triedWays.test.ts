import { expect, test } from 'vitest';
import { createTriedWays } from './triedWays.ts';

test('a picture begins after the ways that failed', () => {
  const tried = createTriedWays();
  expect(tried.of('ape')).toBe(0);
  tried.note('ape', 2);
  expect(tried.of('ape')).toBe(2);
});

test('who asks to try again begins anew', () => {
  const tried = createTriedWays();
  tried.note('ape', 2);
  tried.note('ape', 0);
  expect(tried.of('ape')).toBe(0);
});

test('of many pictures, no more than a limit are remembered', () => {
  const tried = createTriedWays(2);
  for (const picture of ['one', 'two', 'three']) tried.note(picture, 1);
  expect(['one', 'two', 'three'].map(tried.of)).toEqual([0, 0, 1]);
});
