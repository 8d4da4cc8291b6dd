import type { ReactNode } from 'react';
import type { Notice } from '../auth/notices.ts';
import type { Session } from '../auth/session.ts';
import { useStore } from '../store.ts';
import { CrossIcon } from './icons.tsx';

/** Both live regions are always there: screen readers announce only what changes inside one. */
export function NoticeBar({ session }: { session: Session }) {
  const state = useStore(session);
  const { notice } = state;
  const canCancel =
    state.status === 'signing-in' && !['preparing', 'verifying'].includes(state.step);
  const action = canCancel ? (
    <button type="button" class="font-medium underline underline-offset-4" onClick={session.cancel}>
      Cancel
    </button>
  ) : (
    <button
      type="button"
      aria-label="Dismiss"
      class="-m-2 p-3"
      onClick={() => session.notify(null)}
    >
      <CrossIcon class="size-4" />
    </button>
  );
  return (
    <div class="pointer-events-none fixed inset-x-0 bottom-0 z-20 p-4 sm:p-6">
      <div role="status">{notice?.tone === 'info' && <Card notice={notice}>{action}</Card>}</div>
      <div role="alert">{notice?.tone === 'error' && <Card notice={notice}>{action}</Card>}</div>
    </div>
  );
}

const TONES: Record<Notice['tone'], string> = {
  info: 'bg-stone-900 text-stone-100 dark:bg-stone-100 dark:text-stone-900',
  error: 'bg-red-800 text-white dark:bg-red-200 dark:text-red-950',
};

function Card({ notice, children }: { notice: Notice; children: ReactNode }) {
  return (
    <div
      class={`pointer-events-auto mx-auto flex w-fit max-w-xl items-center gap-4 rounded-2xl px-5 py-3.5 text-sm shadow-xl ${TONES[notice.tone]}`}
    >
      <p>{notice.text}</p>
      {children}
    </div>
  );
}
