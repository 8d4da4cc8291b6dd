/** A state and its listeners, as `useSyncExternalStore` takes them. */
export interface Store<State> {
  get(): State;
  set(state: State): void;
  subscribe(listener: () => void): () => void;
}

/** `start` runs for the first listener, what it returns when the last one has gone. */
export function createStore<State>(
  initial: State,
  start: () => () => void = () => () => {},
): Store<State> {
  const listeners = new Set<() => void>();
  let state = initial;
  let stop = () => {};
  return {
    get: () => state,
    set(next) {
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) stop = start();
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) stop();
      };
    },
  };
}
