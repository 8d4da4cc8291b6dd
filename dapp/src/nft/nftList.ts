import { createStore, type Readable } from '../store.ts';
import type { NftQuery } from './api.ts';
import { NftError } from './errors.ts';
import type { Nft, NftPage } from './nft.ts';

export interface NftListState {
  status: 'idle' | 'loading' | 'ready' | 'loading-more' | 'failed';
  query: NftQuery | null;
  nfts: readonly Nft[];
  cursor: string | null;
  totalCount: number | null;
  /** Set when `failed`; the NFTs loaded before stay. */
  error: NftError | null;
}

export interface NftList extends Readable<NftListState> {
  load(query: NftQuery): Promise<void>;
  loadMore(): Promise<void>;
  /** Repeats what failed: the first page, or the next one. */
  retry(): Promise<void>;
  clear(): void;
}

export type FetchPage = (
  query: NftQuery,
  cursor: string | null,
  signal: AbortSignal,
) => Promise<NftPage>;

const IDLE: NftListState = {
  status: 'idle',
  query: null,
  nfts: [],
  cursor: null,
  totalCount: null,
  error: null,
};

/** One paged list. A newer load, or clear(), makes answers still under way count for nothing. */
export function createNftList(fetchPage: FetchPage): NftList {
  const store = createStore<NftListState>(IDLE);
  let current = new AbortController();

  async function run(pending: NftListState, query: NftQuery, cursor: string | null) {
    current.abort();
    current = new AbortController();
    const { signal } = current;
    store.set(pending);
    try {
      const page = await fetchPage(query, cursor, signal);
      if (!signal.aborted) store.set(append(pending, page));
    } catch (error) {
      if (!signal.aborted) store.set({ ...pending, status: 'failed', error: toNftError(error) });
    }
  }

  const load = (query: NftQuery) => run({ ...IDLE, status: 'loading', query }, query, null);

  async function next(state: NftListState) {
    if (!state.query || state.cursor === null) return;
    await run({ ...state, status: 'loading-more', error: null }, state.query, state.cursor);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    load,
    loadMore: async () => {
      if (store.get().status === 'ready') await next(store.get());
    },
    retry: async () => {
      const state = store.get();
      if (state.status !== 'failed' || !state.query) return;
      await (state.cursor === null ? load(state.query) : next(state));
    },
    clear: () => {
      current.abort();
      store.set(IDLE);
    },
  };
}

/** Pages may overlap, as there is no snapshot: a token already listed is not listed again. */
function append(state: NftListState, page: NftPage): NftListState {
  const byKey = new Map([...state.nfts, ...page.nfts].map((nft) => [nft.key, nft]));
  return {
    ...state,
    status: 'ready',
    nfts: [...byKey.values()],
    cursor: page.cursor === state.cursor ? null : page.cursor,
    totalCount: page.totalCount ?? state.totalCount,
  };
}

function toNftError(error: unknown): NftError {
  return error instanceof NftError ? error : new NftError('failed');
}
