import { expect, test } from 'vitest';
import { isStorageBlocked } from './isStorageBlocked.ts';

const opened =
  (kept: Map<string, string>, isFull = false) =>
  () =>
    ({
      setItem: (key: string, value: string) => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
        kept.set(key, value);
      },
      removeItem: (key: string) => void kept.delete(key),
    }) as Storage;

test('a storage that takes something is not blocked, and has nothing afterwards', () => {
  const kept = new Map<string, string>();
  expect(isStorageBlocked(opened(kept))).toBe(false);
  expect(kept.size).toBe(0);
});

test('one that is full or forbidden is', () => {
  expect(isStorageBlocked(opened(new Map(), true))).toBe(true);
  const forbidden = () => {
    throw new DOMException('Access is denied', 'SecurityError');
  };
  expect(isStorageBlocked(forbidden)).toBe(true);
});
