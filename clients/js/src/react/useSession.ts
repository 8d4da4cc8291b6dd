import { useSyncExternalStore } from 'react';
import { useWalletAuth } from './provider.ts';
import { LOADING, type SessionState, sessionStoreOf } from './sessionStore.ts';

/** The session as it is now, of other tabs too. On a server, and while it hydrates, it is loading. */
export function useSession(): SessionState {
  const store = sessionStoreOf(useWalletAuth());
  return useSyncExternalStore(store.subscribe, store.get, () => LOADING);
}
