import type { Gallery, WalletAuth } from 'nft-gallery-client';

export interface Api {
  /** The body of a 200. @throws WalletAuthError */
  get(route: string, query: Record<string, string>, signal: AbortSignal): Promise<string>;
}

/** What the page needs of AWS. `amplify.ts` is the one implementation; tests pass their own. */
export interface Cloud extends WalletAuth, Api {
  /** The unified API. */
  nfts: Gallery;
}

/** Loads once; a failure is not kept, so the next intent tries again. */
export function loadOnce<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let pending: Promise<Value> | null = null;
  return () => {
    pending ??= load().catch((error: unknown) => {
      pending = null;
      throw error;
    });
    return pending;
  };
}
