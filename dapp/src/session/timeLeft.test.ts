import { expect, test } from 'vitest';
import { timeLeft } from './timeLeft.ts';

test.each([
  [7 * 86_400_000, 'in 7 days'],
  [7 * 86_400_000 - 1, 'in 6 days'],
  [3_600_000, 'in 1 hour'],
  [59_999, 'in 0 minutes'],
  [-5, 'in 0 minutes'],
])('says of %d ms %j', (milliseconds, text) => {
  expect(timeLeft(milliseconds, 'en')).toBe(text);
});
