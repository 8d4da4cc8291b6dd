export type PageStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & {
  /** Of what is kept, by the browser or by this page's memory. */
  keys(): string[];
  /** Whether the browser keeps nothing, so that all is gone with the page. */
  isBlocked(): boolean;
};

const PROBE = 'nft-gallery.probe';

/**
 * What the browser keeps, and this page's memory where it keeps nothing: a person may block storage (reading
 * `window.localStorage` throws then), or it may be full.
 */
export function openStorage(open: () => Storage): PageStorage {
  const memory = new Map<string, string>();
  const orElse = <Value>(use: (storage: Storage) => Value, otherwise: Value): Value => {
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
    keys: () => [...new Set([...memory.keys(), ...orElse((storage) => Object.keys(storage), [])])],
    isBlocked: () =>
      orElse((storage) => {
        storage.setItem(PROBE, '');
        storage.removeItem(PROBE);
        return false;
      }, true),
  };
}
