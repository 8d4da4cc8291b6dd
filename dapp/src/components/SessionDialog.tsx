import { type ReactNode, useEffect, useState } from 'react';
import type { Session } from '../auth/session.ts';
import type { SessionDetails } from '../auth/sessionDetails.ts';
import { Dialog } from './Dialog.tsx';

interface SessionDialogProps {
  /** EIP-55. */
  wallet: string;
  session: Session;
  onClose(): void;
}

/** This browser's session. Cognito's plan for this pool keeps no list of the others. */
export function SessionDialog({ wallet, session, onClose }: SessionDialogProps) {
  const [details, setDetails] = useState<SessionDetails | 'reading' | null>('reading');
  useEffect(() => {
    session.details().then(setDetails, () => setDetails(null));
  }, [session]);

  function leave(signOut: () => Promise<void>) {
    onClose();
    void signOut();
  }

  return (
    <Dialog id="session" title="Your session" onClose={onClose}>
      <dl class="mt-3 grid gap-3 text-sm" aria-busy={details === 'reading'}>
        <Row term="Wallet">
          <span class="font-mono break-all">{wallet}</span>
        </Row>
        {details === 'reading' && <Row term="Signed in">Reading…</Row>}
        {details === null && <Row term="Signed in">Cannot be read now. Try again later.</Row>}
        {details && details !== 'reading' && <Rows details={details} />}
      </dl>
      <p class="muted mt-4 text-sm">
        Every tab of this browser shares this session. Sessions in other browsers and on other
        devices cannot be listed here; “Sign out everywhere” ends them too, within 15 minutes.
      </p>
      <div class="mt-5 grid gap-2">
        <button
          type="button"
          class="button button-quiet"
          onClick={() => leave(() => session.signOut())}
        >
          Sign out here
        </button>
        <button
          type="button"
          class="button button-primary"
          onClick={() => leave(session.signOutEverywhere)}
        >
          Sign out everywhere
        </button>
      </div>
    </Dialog>
  );
}

function Rows({ details }: { details: SessionDetails }) {
  return (
    <>
      <Row term="Site">{details.site}</Row>
      {details.chainId && <Row term="Signed for chain">{details.chainId}</Row>}
      <Row term="Signed in">
        <Moment date={details.signedInAt} />
      </Row>
      <Row term="Last renewed">
        <Moment date={details.renewedAt} />
      </Row>
      <Row term="Tokens valid until">
        <Moment date={details.validUntil} />
      </Row>
    </>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt class="muted">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Moment({ date }: { date: Date }) {
  return (
    <time dateTime={date.toISOString()}>
      {date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })}
    </time>
  );
}
