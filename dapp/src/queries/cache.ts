import { createStore, type Readable } from '../store.ts';
import { type Failure, toFailure } from './failure.ts';

/** What is known of one query. A failure leaves what came before it. */
export interface QueryState<Value> {
  status: 'loading' | 'ready' | 'failed';
  value: Value | null;
  /** Set when `failed`. */
  failure: Failure | null;
  /** When `value` came, in milliseconds since 1970. */
  fetchedAt: number | null;
  /** When the request under way began, or the last one. */
  startedAt: number;
}

/** Loads for the first who subscribes; a second subscriber shares its request. */
export interface Query<Value> extends Readable<QueryState<Value>> {
  /** Asks again; what is shown stays until the answer comes. */
  reload(): void;
}

/** A list over cursors: `value` has the pages that came, `null` as the cursor is the only end. */
export interface ListQuery<Page> extends Query<readonly Page[]> {
  /** Adds the next page, once none is on its way. After a failure it repeats what failed. */
  loadMore(): void;
  hasMore(): boolean;
}

export interface CacheDeps {
  /** Milliseconds since 1970. */
  now(): number;
  /** How long an answer is shown without asking again, in milliseconds. */
  freshFor?: number;
  /** How many queries are kept that nobody shows. */
  keptQueries?: number;
  onFailure?(failure: Failure): void;
}

export interface Cache {
  query<Value>(key: string, load: (signal: AbortSignal) => Promise<Value>): Query<Value>;
  list<Page extends { nextCursor: string | null }>(
    key: string,
    loadPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
  ): ListQuery<Page>;
  /** Forgets the queries whose keys begin so. */
  forget(prefix: string): void;
  /** Repeats what failed and is shown, of the queries whose keys begin so. */
  resume(prefix: string): void;
}

interface Kept {
  query: unknown;
  isShown(): boolean;
  stop(): void;
  retry(): void;
}

/** Answers by key, for as long as the page lives. Requests end with the last who shows them. */
export function createCache({ keptQueries = 60, ...deps }: CacheDeps): Cache {
  const timing: Timing = { freshFor: 60_000, onFailure: () => {}, ...deps };
  const kept = new Map<string, Kept>();

  function keep<Made>(key: string, make: () => { query: Made } & Omit<Kept, 'query'>): Made {
    const entry = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, entry); // the last used comes last
    for (const [oldKey, old] of kept) {
      if (kept.size <= keptQueries) break;
      if (!old.isShown() && oldKey !== key) kept.delete(oldKey);
    }
    return entry.query as Made;
  }

  return {
    query: (key, load) => keep(key, () => openQuery((_, signal) => load(signal), timing)),
    list: (key, loadPage) => keep(key, () => openList(loadPage, timing)),
    forget: (prefix) => {
      for (const [key, entry] of kept) {
        if (!key.startsWith(prefix)) continue;
        entry.stop();
        kept.delete(key);
      }
    },
    resume: (prefix) => {
      for (const [key, entry] of kept) if (key.startsWith(prefix) && entry.isShown()) entry.retry();
    },
  };
}

type Timing = Required<Omit<CacheDeps, 'keptQueries'>>;

type Load<Value> = (before: Value | null, signal: AbortSignal) => Promise<Value>;

/** `resume`: how to go on when somebody shows again what is old or unfinished; null for not at all. */
function openQuery<Value>(
  load: Load<Value>,
  { now, freshFor, onFailure }: Timing,
  resume: (state: QueryState<Value>) => Load<Value> | null = () => load,
) {
  const store = createStore<QueryState<Value>>({
    ...{ status: 'loading', value: null, failure: null, fetchedAt: null, startedAt: now() },
  });
  let shown = 0;
  let running: AbortController | null = null;

  async function run(next: typeof load): Promise<void> {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const before = store.get();
    store.set({ ...before, status: 'loading', failure: null, startedAt: now() });
    const become = (state: Partial<QueryState<Value>>) => {
      if (running !== mine) return;
      running = null;
      store.set({ ...store.get(), ...state });
    };
    try {
      const value = await next(before.value, mine.signal);
      become({ status: 'ready', value, fetchedAt: now() });
    } catch (error) {
      if (running !== mine) return;
      const failure = toFailure(error);
      become({ status: 'failed', failure });
      onFailure(failure);
    }
  }

  function stop() {
    running?.abort();
    running = null;
  }

  const isFresh = () => {
    const { status, fetchedAt } = store.get();
    return status === 'ready' && fetchedAt !== null && now() - fetchedAt < freshFor;
  };

  const query: Query<Value> = {
    get: store.get,
    reload: () => void run(load),
    subscribe(listener) {
      const unsubscribe = store.subscribe(listener);
      shown += 1;
      const next = running === null && !isFresh() ? resume(store.get()) : null;
      if (next) void run(next);
      return () => {
        unsubscribe();
        shown -= 1;
        if (shown === 0) stop();
      };
    },
  };
  function retry() {
    const next = store.get().status === 'failed' ? resume(store.get()) : null;
    if (next) void run(next);
  }

  return { query, isShown: () => shown > 0, stop, run, retry };
}

function openList<Page extends { nextCursor: string | null }>(
  loadPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page>,
  timing: Timing,
) {
  const first = async (_: unknown, signal: AbortSignal): Promise<readonly Page[]> => [
    await loadPage(undefined, signal),
  ];
  /** Who has come far down a list keeps the place, and asks for a new one. */
  const resume = ({ status, value }: QueryState<readonly Page[]>) => {
    if (!value || value.length < 2) return status === 'failed' ? next : first;
    return status === 'ready' ? null : next;
  };
  const opened = openQuery<readonly Page[]>(first, timing, resume);
  const { query } = opened;
  const lastPage = () => query.get().value?.at(-1);
  const hasMore = () => (lastPage()?.nextCursor ?? null) !== null;

  async function next(pages: readonly Page[] | null, signal: AbortSignal) {
    const cursor = pages?.at(-1)?.nextCursor;
    if (!pages || !cursor) return first(null, signal);
    const page = await loadPage(cursor, signal);
    // a list that gives its cursor again would never end
    return [...pages, page.nextCursor === cursor ? { ...page, nextCursor: null } : page];
  }

  const list: ListQuery<Page> = {
    ...query,
    hasMore,
    loadMore: () => {
      const { status } = query.get();
      if (status === 'failed' || (status === 'ready' && hasMore())) void opened.run(next);
    },
  };
  return { ...opened, query: list };
}
