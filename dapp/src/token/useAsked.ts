import type { Query, QueryState } from '../queries/cache.ts';
import { createStore, useStore } from '../store.ts';

const NOT_ASKED = createStore<QueryState<never>>({
  ...{ status: 'loading', value: null, failure: null, fetchedAt: null, startedAt: 0 },
});

/** The query's state, which is `loading` until it is time to ask. */
export function useAsked<Value>(query: Query<Value>, isTime: boolean): QueryState<Value> {
  return useStore<QueryState<Value>>(isTime ? query : NOT_ASKED);
}
