import type { WalletAuthError } from '../errors.ts';
import type { Session, WalletAuth } from '../types.ts';
import { createStore, type Store } from './store.ts';

/** `error`: there may be a session, but its tokens have ended and could not be refreshed. */
export type SessionState =
  | { status: 'loading'; session: null; error: null }
  | { status: 'unauthenticated'; session: null; error: WalletAuthError | null }
  | { status: 'authenticated'; session: Session; error: null };

export const LOADING: SessionState = { status: 'loading', session: null, error: null };

const stores = new WeakMap<WalletAuth, Store<SessionState>>();

/** One for all components, so that no two of them show different sessions. */
export function sessionStoreOf(auth: WalletAuth): Store<SessionState> {
  const found = stores.get(auth);
  if (found) return found;
  const store = createStore(LOADING, () => follow(auth, (state) => store.set(state)));
  stores.set(auth, store);
  return store;
}

function follow(auth: WalletAuth, set: (state: SessionState) => void): () => void {
  let isOvertaken = false;
  const stop = auth.onSessionChange((session) => {
    isOvertaken = true;
    set(toState(session));
  });
  const orNothing = (state: SessionState) => {
    if (!isOvertaken) set(state);
  };
  auth.session().then(
    (session) => orNothing(toState(session)),
    (error: WalletAuthError) => orNothing({ status: 'unauthenticated', session: null, error }),
  );
  return () => {
    isOvertaken = true;
    stop();
  };
}

function toState(session: Session | null): SessionState {
  if (!session) return { status: 'unauthenticated', session, error: null };
  return { status: 'authenticated', session, error: null };
}
