import type { ReactNode } from 'react';
import type { Notice } from '../auth/notices.ts';
import type { SessionState } from '../auth/sessionState.ts';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { useChecksumAddress } from '../ethereum/useChecksumAddress.ts';
import { useGallery } from '../gallery.ts';
import { SignInAgain } from '../session/SignInAgain.tsx';
import { useStore } from '../store.ts';
import { CrossIcon } from './icons.tsx';

/** Both live regions are always there: screen readers announce only what changes inside one. */
export function NoticeBar() {
  const { session, texts } = useGallery();
  const state = useStore(session);
  const { notice } = state;
  const shown = notice && (
    <Card tone={notice.tone} text={notice.text}>
      <button
        type="button"
        aria-label={texts.account.dismiss}
        class="-m-2 p-3"
        onClick={() => session.notify(null)}
      >
        <CrossIcon class="size-4" />
      </button>
    </Card>
  );
  return (
    <div class="pointer-events-none fixed inset-x-0 bottom-14 z-20 grid gap-2 p-4 sm:bottom-0 sm:p-6">
      <div role="status" class="grid gap-2">
        <Question state={state} />
        {notice?.tone === 'info' && shown}
      </div>
      <div role="alert">{notice?.tone === 'error' && shown}</div>
    </div>
  );
}

/** What only the person can decide about the session. */
function Question({ state }: { state: SessionState }) {
  if (state.status === 'expired') return <Expired {...state} />;
  if (state.status !== 'signed-in' || state.other === null) return null;
  return <OtherAccount mine={state.address} other={state.other} />;
}

function Expired({ address, isReused }: { address: Address; isReused: boolean }) {
  const { session, texts } = useGallery();
  return (
    <Card
      tone={isReused ? 'error' : 'info'}
      text={isReused ? texts.account.expiredReused : texts.account.expired}
    >
      <SignInAgain address={address} class={INVERTED} />
      <button type="button" class={PLAIN} onClick={() => void session.signOut()}>
        {texts.account.leave}
      </button>
    </Card>
  );
}

function OtherAccount({ mine, other }: { mine: Address; other: Address }) {
  const { router, session, signIn, texts } = useGallery();
  const own = shortAddress(useChecksumAddress(mine));
  const shown = shortAddress(useChecksumAddress(other));
  const become = () => {
    const wallet = session.wallet();
    if (wallet) void signIn.start(wallet, other);
    else signIn.open();
  };
  return (
    <Card tone="info" text={texts.account.other(shown, own)}>
      <button
        type="button"
        class={`button ${INVERTED}`}
        onClick={() => router.go({ page: 'owner', owner: other })}
      >
        {texts.account.viewOther}
      </button>
      <button type="button" class={PLAIN} onClick={become}>
        {texts.account.becomeOther}
      </button>
      <button type="button" class={PLAIN} onClick={session.stay}>
        {texts.account.stay(`${own}`)}
      </button>
    </Card>
  );
}

const INVERTED =
  'bg-stone-100 text-stone-900 hover:enabled:bg-white dark:bg-stone-900 dark:text-stone-100 dark:hover:enabled:bg-stone-950';
const PLAIN = 'min-h-11 px-2 font-medium underline underline-offset-4';

const TONES: Record<Notice['tone'], string> = {
  info: 'bg-stone-900 text-stone-100 dark:bg-stone-100 dark:text-stone-900',
  error: 'bg-red-800 text-white dark:bg-red-200 dark:text-red-950',
};

function Card({ tone, text, children }: Notice & { children: ReactNode }) {
  return (
    <div
      class={`pointer-events-auto mx-auto flex w-fit max-w-2xl flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl px-5 py-3.5 text-sm shadow-xl ${TONES[tone]}`}
    >
      <p class="grow basis-64">{text}</p>
      {children}
    </div>
  );
}
