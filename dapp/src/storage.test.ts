import { expect, test } from 'vitest';
import { openStorage } from './storage.ts';

class FakeStorage extends Map<string, string> {
  isFull = false;
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.set(key, value);
  };
  removeItem = (key: string) => void this.delete(key);
}

function setUp() {
  const kept = new FakeStorage();
  return { kept, storage: openStorage(() => kept as unknown as Storage) };
}

test('is what the browser keeps', () => {
  const { kept, storage } = setUp();
  storage.setItem('a', '1');
  expect([kept.get('a'), storage.getItem('a')]).toEqual(['1', '1']);
  kept.delete('a'); // another tab
  expect(storage.getItem('a')).toBeNull();
});

test('remembers by itself what a full storage does not take', () => {
  const { kept, storage } = setUp();
  storage.setItem('a', '1');
  kept.isFull = true;
  storage.setItem('a', '2');
  storage.setItem('b', '3');
  expect([storage.getItem('a'), storage.getItem('b')]).toEqual(['2', '3']);
  kept.isFull = false;
  storage.setItem('a', '4');
  expect([storage.getItem('a'), kept.get('a')]).toEqual(['4', '4']);
});

test('works, and says that nothing is kept, where reading it is forbidden', () => {
  const storage = openStorage(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  expect([storage.keys(), storage.getItem('a')]).toEqual([[], null]);
  expect(storage.isBlocked()).toBe(true);
  storage.setItem('a', '1');
  expect([storage.keys(), storage.getItem('a')]).toEqual([['a'], '1']);
  storage.removeItem('a');
  expect(storage.getItem('a')).toBeNull();
});

test('leaves nothing behind when it tries whether the browser keeps something', () => {
  const { kept, storage } = setUp();
  expect(storage.isBlocked()).toBe(false);
  kept.isFull = true;
  expect(storage.isBlocked()).toBe(true);
  expect(kept.size).toBe(0);
});
