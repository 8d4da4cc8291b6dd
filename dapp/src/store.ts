import { useEffect, useState, useSyncExternalStore } from 'react';

export interface Readable<State> {
  get(): State;
  subscribe(listener: () => void): () => void;
}

export interface Store<State> extends Readable<State> {
  set(state: State): void;
}

export function createStore<State>(initial: State): Store<State> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(state) {
      current = state;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStore<State>(store: Readable<State>): State {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** False while the shell is drawn, which knows nothing of this browser; then true. */
export function useIsLive(): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return isLive;
}
