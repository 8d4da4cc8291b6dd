import type { WalletAuthError } from '../errors.ts';
import type { NftList } from '../gallery.ts';
import type { Nft, NftPage } from '../generated.ts';
import { createStore, type Store } from './store.ts';

export interface OwnedNftsState {
  nfts: readonly Nft[];
  isLoading: boolean;
  /** Of the last page; `loadMore` tries that page again. */
  error: WalletAuthError | null;
  hasMore: boolean;
}

export interface OwnedNftsList extends Pick<Store<OwnedNftsState>, 'get' | 'subscribe'> {
  /** Adds the next page. Nothing happens while one is on its way, or after the last. */
  loadMore(): void;
  /** Begins anew. */
  reload(): void;
}

const EMPTY: OwnedNftsState = { nfts: [], isLoading: true, error: null, hasMore: true };
export const NONE: OwnedNftsState = { nfts: [], isLoading: false, error: null, hasMore: false };

/** Loads its first page for the first who listens, and gives up once nobody does. */
export function createOwnedNfts(
  open: (options: { cursor?: string; signal: AbortSignal }) => NftList,
): OwnedNftsList {
  let cursor: string | null = null;
  let running = new AbortController();
  const store = createStore(EMPTY, () => {
    begin();
    return () => running.abort();
  });

  function begin(): void {
    running.abort();
    running = new AbortController();
    cursor = null;
    store.set(EMPTY);
    void load();
  }

  /** The next page that has anything on it: one may be empty before the last. */
  async function readPage(signal: AbortSignal): Promise<NftPage | null> {
    for await (const page of open(cursor ? { cursor, signal } : { signal }).pages()) {
      if (signal.aborted) return null;
      cursor = page.nextCursor;
      if (page.items.length > 0 || cursor === null) return page;
    }
    return null;
  }

  async function load(): Promise<void> {
    const { signal } = running;
    const become = (state: Partial<OwnedNftsState>) => {
      if (!signal.aborted) store.set({ ...store.get(), isLoading: false, ...state });
    };
    try {
      const page = await readPage(signal);
      const nfts = [...store.get().nfts, ...(page?.items ?? [])];
      become({ nfts, hasMore: cursor !== null });
    } catch (error) {
      become({ error: error as WalletAuthError });
    }
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    reload: begin,
    loadMore() {
      const state = store.get();
      if (state.isLoading || !state.hasMore || running.signal.aborted) return;
      store.set({ ...state, isLoading: true, error: null });
      void load();
    },
  };
}
