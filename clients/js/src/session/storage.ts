import type { KeyValueStorage } from '../types.ts';

/**
 * What the browser keeps, and this page's memory where it keeps nothing: a person may block storage (reading
 * `window.localStorage` throws then), or it may be full.
 */
export function openStorage(open: () => KeyValueStorage): KeyValueStorage {
  const memory = new Map<string, string>();
  const orElse = <Value>(use: (storage: KeyValueStorage) => Value, otherwise: Value): Value => {
    try {
      return use(open());
    } catch {
      return otherwise;
    }
  };
  return {
    getItem: (key) => memory.get(key) ?? orElse((storage) => storage.getItem(key), null),
    setItem: (key, value) => {
      const isKept = orElse((storage) => {
        storage.setItem(key, value);
        return true;
      }, false);
      if (isKept) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem: (key) => {
      memory.delete(key);
      orElse((storage) => storage.removeItem(key), undefined);
    },
  };
}

/** Outside of a page, Node's and Deno's storage would outlive the script. */
export function browserStorage(): Storage {
  if (typeof document === 'undefined') throw new Error('no page');
  return localStorage;
}
