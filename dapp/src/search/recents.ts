import { asList, asRecord, asText, parseJson } from '../json.ts';
import { parseHash, type Route, toHash } from '../routing/routes.ts';
import { createStore, type Readable } from '../store.ts';

/** A look-up that this browser remembers. */
export interface Recent {
  route: Route;
  /** A stranger's words; null until the page knew them. */
  name: string | null;
  /** What OpenSea calls a collection. */
  slug: string | null;
}

export interface Recents extends Readable<readonly Recent[]> {
  /** The last comes first, each once. */
  add(route: Route): void;
  /** Of a look-up that is there; others are not remembered. */
  describe(route: Route, of: Pick<Recent, 'name' | 'slug'>): void;
  forget(): void;
}

const KEY = 'nft-gallery.recents';
const AT_MOST = 8;
const LONGEST_NAME = 80;

export function createRecents(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): Recents {
  const store = createStore<readonly Recent[]>(readRecents(storage.getItem(KEY)));
  const set = (recents: readonly Recent[]) => {
    store.set(recents);
    const rows = recents.map(({ route, name, slug }) => ({ hash: toHash(route), name, slug }));
    storage.setItem(KEY, JSON.stringify(rows));
  };
  return {
    get: store.get,
    subscribe: store.subscribe,
    add: (visited) => {
      const route = withoutOptions(visited);
      if (!isLookUp(route)) return;
      const same = store.get().find((recent) => isSame(recent.route, route));
      const others = store.get().filter((recent) => recent !== same);
      set([same ?? { route, name: null, slug: null }, ...others].slice(0, AT_MOST));
    },
    describe: (route, { name, slug }) => {
      const shortened = name?.slice(0, LONGEST_NAME) ?? null;
      const isNews = (recent: Recent) =>
        isSame(recent.route, route) && (recent.name !== shortened || recent.slug !== slug);
      if (!store.get().some(isNews)) return;
      set(
        store
          .get()
          .map((recent) => (isNews(recent) ? { ...recent, name: shortened, slug } : recent)),
      );
    },
    forget: () => {
      store.set([]);
      storage.removeItem(KEY);
    },
  };
}

/** What storage holds may be of another version, or written by another page. */
function readRecents(text: string | null): Recent[] {
  const rows = asList(parseJson(text ?? '')) ?? [];
  return rows.slice(0, AT_MOST).flatMap((row) => {
    const { hash, name, slug } = asRecord(row) ?? {};
    const route = withoutOptions(parseHash(asText(hash) ?? ''));
    return isLookUp(route) ? [{ route, name: asText(name), slug: asText(slug) }] : [];
  });
}

function isLookUp({ page }: Route): boolean {
  return page === 'owner' || page === 'collection' || page === 'token';
}

function isSame(one: Route, other: Route): boolean {
  return toHash(withoutOptions(one)).toLowerCase() === toHash(withoutOptions(other)).toLowerCase();
}

function withoutOptions({ options: _, ...route }: Route): Route {
  return route as Route;
}
