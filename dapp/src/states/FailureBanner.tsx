import type { RefObject } from 'react';
import { useGallery } from '../gallery.ts';
import type { Failure } from '../queries/failure.ts';
import { focusSearch } from '../search/focusSearch.ts';
import { Banner, BannerButton } from './Banner.tsx';
import { type FailureKind, type Status, secondsUntil } from './status.ts';

interface FailureBannerProps {
  status: Extract<Status, { kind: FailureKind }>;
  onRetry(): void;
  heir: RefObject<HTMLElement | null>;
}

/** Every kind of failure: its sentence, what follows, and what a person can do. */
export function FailureBanner(props: FailureBannerProps) {
  const { texts } = useGallery();
  const { failure, kind, retryAt } = props.status;
  const isCalm = kind === 'rate_limited' || kind === 'no_node' || kind === 'expired';
  return (
    <Banner tone={isCalm ? 'warning' : 'error'} heir={props.heir} action={<WayOut {...props} />}>
      <p class="font-medium">{texts.failures[failure.code]}</p>
      {kind === 'no_node' && <p>{texts.states.noNode}</p>}
      {retryAt !== null && <CountDown retryAt={retryAt} />}
      <Reference failure={failure} />
    </Banner>
  );
}

/** Another try helps neither without a node nor without a session, whose own notice has the way back. */
function WayOut({ status, onRetry, heir }: FailureBannerProps) {
  const { states } = useGallery().texts;
  if (status.kind === 'expired') return null;
  if (status.kind === 'no_node')
    return <BannerButton onClick={focusSearch}>{states.enterAddress}</BannerButton>;
  const retry = () => {
    heir.current?.focus({ preventScroll: true }); // the button goes away
    onRetry();
  };
  return (
    <BannerButton onClick={retry}>
      {status.retryAt === null ? states.retry : states.retryNow}
    </BannerButton>
  );
}

/** A screen reader hears once that it will be tried again, and no seconds. */
function CountDown({ retryAt }: { retryAt: number }) {
  const { now, numbers, texts } = useGallery();
  return (
    <p>
      <span class="sr-only">{texts.states.retriesItself}</span>
      <span aria-hidden="true" class="tabular-nums">
        {texts.states.retryIn(numbers.count(secondsUntil(retryAt, now())))}
      </span>
    </p>
  );
}

function Reference({ failure: { requestId } }: { failure: Failure }) {
  const { states } = useGallery().texts;
  return requestId && <p class="text-xs opacity-80">{states.reference(requestId)}</p>;
}
