import { expect, test } from 'vitest';
import { createPictureAttempts } from './pictureAttempts.ts';

test('a card that comes back does not ask again who failed', () => {
  const attempts = createPictureAttempts();
  expect(attempts.first('a')).toBe(0);
  attempts.remember('a', 2);
  expect(attempts.first('a')).toBe(2);
});

test('it forgets the oldest', () => {
  const attempts = createPictureAttempts(2);
  for (const token of ['a', 'b', 'c']) attempts.remember(token, 1);
  expect(['a', 'b', 'c'].map(attempts.first)).toEqual([0, 1, 1]);
});
