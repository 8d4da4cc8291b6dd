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
  addEventListener(type: 'popstate', listener: () => void): void;
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
  let entry = adopt(FIRST);
  const store = createStore<Place>(read());
  history.scrollRestoration = 'manual'; // before a page has its rows there is nothing to scroll
  window.addEventListener('popstate', () => {
    const next = entry.depth + 1;
    entry = adopt({ ...FIRST, depth: next, key: next });
    store.set(read());
  });

  /** The entry's own state, or this one where somebody typed the address. */
  function adopt(otherwise: Entry): Entry {
    if (isEntry(history.state)) return history.state;
    history.replaceState(otherwise, '', location.hash || '#/');
    return otherwise;
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
      history.replaceState({ ...entry, scrollTop: window.scrollY }, '', location.hash);
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
