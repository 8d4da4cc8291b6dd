import type { QueryState } from '../queries/cache.ts';
import { type Failure, type FailureCode, isSessionOver } from '../queries/failure.ts';

/** When a request counts as slow, in milliseconds. */
export const SLOW_AFTER = 4000;
const SECOND = 1000;
const FIRST_WAIT = 5 * SECOND;
const LONGEST_WAIT = 60 * SECOND;
/** Then a person has to ask: a page that nobody looks at must not ask for ever. */
const MOST_TRIES = 6;

export type Status =
  | { kind: 'loading' | 'slow' | 'ready' | 'offline' }
  | {
      kind: FailureKind;
      failure: Failure;
      /** When it is tried again unasked, in milliseconds since 1970. */
      retryAt: number | null;
    };

export type FailureKind =
  | 'expired'
  | 'rate_limited'
  | 'no_node'
  | 'blocked'
  | 'provider_down'
  | 'unreachable'
  | 'broken_part'
  | 'failed';

const KINDS: Partial<Record<FailureCode, FailureKind>> = {
  rate_limited: 'rate_limited',
  no_node: 'no_node',
  blocked: 'blocked',
  providers_unavailable: 'provider_down',
  upstream_auth: 'provider_down',
  upstream_quota: 'provider_down',
  upstream_timeout: 'provider_down',
  upstream_unavailable: 'provider_down',
  unreachable: 'unreachable',
  part_missing: 'broken_part',
};

/** These go away with time, also where the server names none. */
const PASSES: ReadonlySet<FailureKind> = new Set(['rate_limited', 'unreachable']);
/** These may have come of the missing connection. */
const OF_THE_CONNECTION: ReadonlySet<FailureKind> = new Set(['unreachable', 'broken_part']);

export function kindOf(failure: Failure): FailureKind {
  return isSessionOver(failure) ? 'expired' : (KINDS[failure.code] ?? 'failed');
}

/** How often in a row a query failed, and when it did last. */
export interface Failures {
  last: Failure | null;
  at: number;
  count: number;
}

export const NO_FAILURES: Failures = { last: null, at: 0, count: 0 };

/** To be called with each state of a query. */
export function countFailures(
  failures: Failures,
  { status, failure }: Pick<QueryState<unknown>, 'status' | 'failure'>,
  now: number,
): Failures {
  if (status === 'ready') return NO_FAILURES;
  if (failure === null || failure === failures.last) return failures;
  return { last: failure, at: now, count: failures.count + 1 };
}

function retryAtOf({ last, at, count }: Failures): number | null {
  if (last === null || count > MOST_TRIES) return null;
  if (last.retryAfterSeconds !== null) return at + Math.max(1, last.retryAfterSeconds) * SECOND;
  if (!PASSES.has(kindOf(last))) return null;
  return at + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (count - 1));
}

export interface Situation {
  state: Pick<QueryState<unknown>, 'status' | 'failure' | 'startedAt'>;
  failures: Failures;
  isOnline: boolean;
  now: number;
}

export function statusOf({ state, failures, isOnline, now }: Situation): Status {
  const { status, failure, startedAt } = state;
  if (!isOnline) return { kind: 'offline' };
  if (status === 'failed' && failure !== null)
    return { kind: kindOf(failure), failure, retryAt: retryAtOf(failures) };
  if (status !== 'loading') return { kind: 'ready' };
  return { kind: now - startedAt > SLOW_AFTER ? 'slow' : 'loading' };
}

/** Whether to ask again now that there is a connection. */
export function resumes({ status, failure }: Situation['state']): boolean {
  return status === 'failed' && failure !== null && OF_THE_CONNECTION.has(kindOf(failure));
}

/** Whole seconds until then, at least one. */
export function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / SECOND));
}

/** In how many milliseconds the page says something else, though nothing happened; null for never. */
export function untilNextWord(status: Status, state: Situation['state'], now: number) {
  if (status.kind === 'loading') return Math.max(0, state.startedAt + SLOW_AFTER + 1 - now);
  if (!('retryAt' in status) || status.retryAt === null) return null;
  return (status.retryAt - now) % SECOND || SECOND;
}
