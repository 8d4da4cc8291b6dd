import type { Query } from './cache.ts';
import type { Failure } from './failure.ts';

/** Rejects with a `Failure`, wrapped. */
export class QueryFailedError extends Error {
  override name = 'QueryFailedError';
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** One answer of a query. It is asked no longer than until `signal` is aborted. */
export function answerOf<Value>(query: Query<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { failure, status, value } = query.get();
      if (status === 'loading') return;
      unsubscribe();
      if (status === 'failed') reject(new QueryFailedError(failure as Failure));
      else resolve(value as Value);
    };
    const unsubscribe = query.subscribe(look);
    signal.addEventListener('abort', unsubscribe);
    look();
  });
}
