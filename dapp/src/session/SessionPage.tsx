import type { DeletedAccount } from 'nft-gallery-client';
import { type ReactNode, useState } from 'react';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { useSessionTexts } from '../text/pages/session.ts';
import { DeleteAccount } from './DeleteAccount.tsx';
import { Remember } from './Remember.tsx';
import { SessionFacts } from './SessionFacts.tsx';
import { Sure } from './Sure.tsx';

/** This browser's session, in plain words. Cognito's plan for this pool keeps no list of the others. */
export function SessionPage() {
  const { session, signIn, texts } = useGallery();
  const words = useSessionTexts();
  const state = useStore(session);
  const [deleted, setDeleted] = useState<DeletedAccount | null>(null);
  return (
    <div class="mx-auto max-w-2xl pt-10">
      <h1 class="text-3xl font-semibold tracking-tight">{texts.pages.session}</h1>
      {deleted && <Deleted account={deleted} />}
      {state.status === 'signed-in' && <Open address={state.address} onDeleted={setDeleted} />}
      {state.status === 'expired' && <p class="muted mt-6">{words.guest}</p>}
      {state.status === 'guest' && !deleted && (
        <div class="mt-6">
          <p class="muted">{words.guest}</p>
          <button type="button" class="button button-primary mt-4" onClick={signIn.open}>
            {words.signIn}
          </button>
        </div>
      )}
    </div>
  );
}

interface OpenProps {
  address: `0x${string}`;
  onDeleted(account: DeletedAccount): void;
}

function Open({ address, onDeleted }: OpenProps) {
  const { place, session } = useGallery();
  const words = useSessionTexts();
  const [kept, setKept] = useState(keptIn());
  function keptIn(): 'keptNowhere' | 'keptLocal' | 'keptSession' {
    if (place.isBlocked()) return 'keptNowhere';
    return place.get() === 'browser' ? 'keptLocal' : 'keptSession';
  }
  return (
    <>
      <p class="muted mt-2">{words.intro}</p>
      <SessionFacts address={address} />
      <Part title={words.keptTitle} text={words[kept]}>
        {kept !== 'keptNowhere' && <Remember class="-ms-3" onChange={() => setKept(keptIn())} />}
      </Part>
      <Part title={words.hereTitle} text={words.hereText}>
        <button type="button" class="button button-quiet" onClick={() => void session.signOut()}>
          {words.here}
        </button>
      </Part>
      <Part title={words.everywhereTitle} text={words.everywhereText}>
        <Sure
          ask={words.everywhere}
          confirm={words.everywhereSure}
          onSure={() => void session.signOutEverywhere()}
        />
      </Part>
      <Part title={words.deleteTitle} text={words.deleteText}>
        <DeleteAccount onDeleted={onDeleted} />
      </Part>
    </>
  );
}

interface PartProps {
  title: string;
  text: string;
  children: ReactNode;
}

function Part({ title, text, children }: PartProps) {
  return (
    <section class="mt-8 border-t border-stone-200 pt-6 dark:border-stone-800">
      <h2 class="font-semibold">{title}</h2>
      <p class="muted mt-1 mb-4 text-sm text-pretty">{text}</p>
      {children}
    </section>
  );
}

function Deleted({ account: { identityId } }: { account: DeletedAccount }) {
  const words = useSessionTexts();
  const stored =
    identityId === null ? words.deletedUnknown : words.deletedStored(`private/${identityId}/`);
  return (
    <div role="status" class="panel mt-6 p-5">
      <p class="font-semibold">{words.deletedTitle}</p>
      <p class="mt-1 text-sm">{words.deletedText}</p>
      <p class="muted mt-1 text-sm break-all">{stored}</p>
    </div>
  );
}
