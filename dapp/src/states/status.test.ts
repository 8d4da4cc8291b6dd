import { expect, test } from 'vitest';
import type { Failure, FailureCode } from '../queries/failure.ts';
import {
  countFailures,
  NO_FAILURES,
  resumes,
  type Situation,
  secondsUntil,
  statusOf,
  untilNextWord,
} from './status.ts';

const NOW = 1_000_000;
const LOADING = { status: 'loading', failure: null, startedAt: NOW } as const;

const failureOf = (code: FailureCode, retryAfterSeconds: number | null = null): Failure => ({
  ...{ code, requestId: 'r', retryAfterSeconds },
});
const failedWith = (failure: Failure): Situation['state'] => ({
  ...{ status: 'failed', failure, startedAt: NOW },
});

/** As the page follows a query: `count` failures in a row. */
function after(code: FailureCode, { count = 1, retryAfter = null as number | null } = {}) {
  let failures = NO_FAILURES;
  let state: Situation['state'] = LOADING;
  for (let number = 0; number < count; number += 1) {
    state = failedWith(failureOf(code, retryAfter));
    failures = countFailures(countFailures(failures, LOADING, NOW), state, NOW);
  }
  return statusOf({ state, failures, isOnline: true, now: NOW });
}

const at = (now: number, state: Situation['state'] = LOADING) =>
  statusOf({ state, failures: NO_FAILURES, isOnline: true, now }).kind;

test('a request is slow after four seconds', () => {
  expect(at(NOW)).toBe('loading');
  expect(at(NOW + 4000)).toBe('loading');
  expect(at(NOW + 4001)).toBe('slow');
  expect(untilNextWord({ kind: 'loading' }, LOADING, NOW + 1000)).toBe(3001);
});

test('each failure is told as what it is', () => {
  const kinds = (...codes: FailureCode[]) => new Set(codes.map((code) => after(code).kind));
  expect(kinds('unauthorized', 'session_ended', 'not_signed_in')).toEqual(new Set(['expired']));
  expect(kinds('providers_unavailable', 'upstream_quota')).toEqual(new Set(['provider_down']));
  expect(kinds('no_node')).toEqual(new Set(['no_node']));
  expect(kinds('blocked')).toEqual(new Set(['blocked']));
  expect(kinds('part_missing')).toEqual(new Set(['broken_part']));
  expect(kinds('internal_error', 'not_found')).toEqual(new Set(['failed']));
});

test('without a connection it says so, whatever else is the matter', () => {
  for (const state of [LOADING, failedWith(failureOf('internal_error'))])
    expect(statusOf({ state, failures: NO_FAILURES, isOnline: false, now: NOW }).kind).toBe(
      'offline',
    );
});

test('it tries again when the server says', () => {
  expect(after('rate_limited', { retryAfter: 7 })).toMatchObject({ retryAt: NOW + 7000 });
  expect(after('providers_unavailable', { retryAfter: 0 })).toMatchObject({ retryAt: NOW + 1000 });
});

test('where the server says nothing it waits longer each time, and then for the person', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((count) => {
    const status = after('rate_limited', { count });
    return 'retryAt' in status && status.retryAt !== null ? (status.retryAt - NOW) / 1000 : null;
  });
  expect(waits).toEqual([5, 10, 20, 40, 60, 60, null]);
});

test('what time does not heal waits for the person', () => {
  for (const code of ['blocked', 'no_node', 'internal_error', 'unauthorized'] as const)
    expect(after(code)).toMatchObject({ retryAt: null });
});

test('one failure is counted once, and an answer forgets all', () => {
  const state = failedWith(failureOf('rate_limited'));
  const once = countFailures(NO_FAILURES, state, NOW);
  expect(countFailures(once, state, NOW + 500)).toBe(once);
  expect(countFailures(once, { status: 'ready', failure: null }, NOW)).toBe(NO_FAILURES);
});

test('a connection that is back asks again only for what it stopped', () => {
  expect(resumes(failedWith(failureOf('unreachable')))).toBe(true);
  expect(resumes(failedWith(failureOf('part_missing')))).toBe(true);
  expect(resumes(failedWith(failureOf('rate_limited')))).toBe(false);
  expect(resumes(LOADING)).toBe(false);
});

test('it counts down by whole seconds', () => {
  expect(secondsUntil(NOW + 6500, NOW)).toBe(7);
  expect(secondsUntil(NOW, NOW + 500)).toBe(1);
  const status = after('rate_limited', { retryAfter: 7 });
  expect(untilNextWord(status, LOADING, NOW + 500)).toBe(500);
  expect(untilNextWord(status, LOADING, NOW + 1000)).toBe(1000);
  expect(untilNextWord({ kind: 'ready' }, LOADING, NOW)).toBeNull();
});
