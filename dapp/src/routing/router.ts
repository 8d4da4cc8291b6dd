import { createStore, type Readable } from '../store.ts';
import { parseHash, type Route, toHash } from './routes.ts';

/** What is shown: a page, and perhaps a token's dialog over it. */
export interface Place {
  page: Route;
  dialog: Route | null;
  /** The same after Back, and for a page under a dialog; else another for each entry. */
  key: number;
}

export interface Router extends Readable<Place> {
  /** A new entry of the history, or the current one anew with `replace`. `over`: as a dialog. */
  go(route: Route, options?: { replace?: boolean; over?: boolean }): void;
  /** Leaves the dialog, by Back. */
  close(): void;
  /** How far down the page was scrolled when its entry was left, in pixels. */
  scrollTop(): number;
}

/** The part of `window` the router uses; tests pass their own. */
export interface RouterWindow {
  history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'back' | 'scrollRestoration'>;
  location: Pick<Location, 'hash'>;
  scrollY: number;
  addEventListener(type: 'popstate' | 'pagehide', listener: () => void): void;
}

/** Of one entry. `under`: the hash of the page that the entry's own route lies over. */
interface Entry {
  depth: number;
  key: number;
  under: string | null;
  scrollTop: number;
}

const FIRST: Entry = { depth: 0, key: 0, under: null, scrollTop: 0 };

/** https://developer.mozilla.org/docs/Web/API/History_API */
export function createRouter(window: RouterWindow): Router {
  const { history, location } = window;
  // by depth: after Back and Forward the state of the entry that was left cannot be written
  const left = new Map<number, number>();
  let entry = adopt(FIRST);
  const store = createStore<Place>(read());
  history.scrollRestoration = 'manual'; // before a page has its rows there is nothing to scroll
  window.addEventListener('pagehide', keepPlace);
  window.addEventListener('popstate', () => {
    left.set(entry.depth, window.scrollY);
    const next = entry.depth + 1;
    entry = adopt({ ...FIRST, depth: next, key: next });
    store.set(read());
  });

  /** The entry's own state, or this one where somebody typed the address. */
  function adopt(otherwise: Entry): Entry {
    const { state } = history;
    if (isEntry(state)) return { ...state, scrollTop: left.get(state.depth) ?? state.scrollTop };
    left.delete(otherwise.depth);
    history.replaceState(otherwise, '', location.hash || '#/');
    return otherwise;
  }

  function keepPlace() {
    left.set(entry.depth, window.scrollY);
    history.replaceState({ ...entry, scrollTop: window.scrollY }, '', location.hash);
  }

  function read(): Place {
    const route = parseHash(location.hash);
    if (entry.under === null) return { page: route, dialog: null, key: entry.key };
    return { page: parseHash(entry.under), dialog: route, key: entry.key };
  }

  function go(route: Route, { replace = false, over = false } = {}) {
    const { page } = store.get();
    const under = over ? toHash(page) : null;
    if (replace || toHash(route) === location.hash) {
      entry = { ...entry, under };
      history.replaceState(entry, '', toHash(route));
    } else {
      const { depth, key } = entry;
      keepPlace();
      left.delete(depth + 1);
      entry = { depth: depth + 1, key: over ? key : depth + 1, under, scrollTop: 0 };
      history.pushState(entry, '', toHash(route));
    }
    store.set(read());
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    go,
    close: () => {
      if (store.get().dialog) history.back();
    },
    scrollTop: () => entry.scrollTop,
  };
}

function isEntry(state: unknown): state is Entry {
  return typeof state === 'object' && state !== null && 'depth' in state;
}
