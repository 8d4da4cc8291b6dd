import { useRef } from 'react';
import { useGallery } from '../gallery.ts';
import type { QueryState } from '../queries/cache.ts';
import { Banner } from './Banner.tsx';
import { FailureBanner } from './FailureBanner.tsx';
import { NoteBanner } from './NoteBanner.tsx';
import type { Note } from './notes.ts';
import type { Status } from './status.ts';
import { useStatus } from './useStatus.ts';

interface QueryStatusProps {
  state: QueryState<unknown>;
  /** Asks again for what failed. */
  onRetry(): void;
  /** Asks anew for what is old; `onRetry` where there is no other way. */
  onRefresh?(): void;
  notes?: readonly Note[];
}

/**
 * Says what is the matter with a query, and nothing while all is well. Stands above what it speaks
 * of, and stays below the bar as long as any of that is in the window.
 */
export function QueryStatus({ state, onRetry, onRefresh = onRetry, notes = [] }: QueryStatusProps) {
  const heir = useRef<HTMLDivElement>(null);
  const status = useStatus(state, onRetry);
  return (
    <div
      ref={heir}
      role="status"
      tabIndex={-1}
      class="sticky top-16 z-5 space-y-2 not-empty:mb-4 focus:outline-none"
    >
      <StatusBanner {...{ status, onRetry, heir }} hasValue={state.value !== null} />
      {notes.length > 0 && <NoteBanner {...{ notes, heir, onRefresh }} />}
    </div>
  );
}

interface StatusBannerProps extends Pick<QueryStatusProps, 'onRetry'> {
  status: Status;
  hasValue: boolean;
  heir: { current: HTMLDivElement | null };
}

function StatusBanner({ status, onRetry, heir, hasValue }: StatusBannerProps) {
  const { states } = useGallery().texts;
  if ('failure' in status)
    return <FailureBanner key={status.kind} {...{ status, onRetry, heir }} />;
  if (status.kind === 'slow')
    return (
      <Banner tone="quiet" heir={heir}>
        {states.slow}
      </Banner>
    );
  if (status.kind !== 'offline') return null;
  return (
    <Banner tone="warning" heir={heir}>
      <p class="font-medium">{states.offline}</p>
      <p>{hasValue ? states.offlineWithValue : states.offlineWithout}</p>
    </Banner>
  );
}
