import { useEffect, useRef, useState } from 'react';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import {
  countFailures,
  NO_FAILURES,
  resumes,
  type Status,
  statusOf,
  untilNextWord,
} from './status.ts';
import { useOnline } from './useOnline.ts';

/** What the page says of a query now; asks again by itself where that may help. */
export function useStatus(state: QueryState<unknown>, onRetry: () => void): Status {
  const { now } = useGallery();
  const isOnline = useOnline();
  const failures = useRef(NO_FAILURES);
  const [, setTick] = useState(0);
  failures.current = countFailures(failures.current, state, now());
  const status = statusOf({ state, failures: failures.current, isOnline, now: now() });
  const retryAt = 'retryAt' in status ? status.retryAt : null;
  const retry = useRef(onRetry);
  retry.current = onRetry;

  useEffect(() => {
    const wait = untilNextWord(status, state, now());
    if (wait === null) return;
    const timer = setTimeout(() => setTick((tick) => tick + 1), wait);
    return () => clearTimeout(timer);
  });

  useEffect(() => {
    if (retryAt === null) return;
    const timer = setTimeout(() => retry.current(), Math.max(0, retryAt - now()));
    return () => clearTimeout(timer);
  }, [retryAt, now]);

  const wasOnline = useRef(isOnline);
  useEffect(() => {
    const isBack = isOnline && !wasOnline.current;
    wasOnline.current = isOnline;
    if (isBack && resumes(state)) retry.current();
  }, [isOnline, state]);

  return status;
}
