import type { DeletedAccount } from 'nft-gallery-client';
import { useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../auth/notices.ts';
import { useGallery } from '../gallery.ts';
import { useSessionTexts } from '../text/pages/session.ts';
import { Sure } from './Sure.tsx';

type Stage = { name: 'asking'; problem: string | null } | { name: 'signing' };

/** Confirmed twice: here, and by a signature in the wallet. */
export function DeleteAccount({ onDeleted }: { onDeleted(account: DeletedAccount): void }) {
  const { session, texts } = useGallery();
  const words = useSessionTexts();
  const [stage, setStage] = useState<Stage>({ name: 'asking', problem: null });
  const underWay = useRef(new AbortController());
  useEffect(() => () => underWay.current.abort(), []);

  async function run() {
    underWay.current = new AbortController();
    const { signal } = underWay.current;
    setStage({ name: 'signing' });
    try {
      const account = await session.deleteAccount(signal);
      if (account) return onDeleted(account);
      setStage({ name: 'asking', problem: words.deleteNoWallet });
    } catch (error) {
      if (!signal.aborted) setStage({ name: 'asking', problem: sentenceOf(error, texts.failures) });
    }
  }

  function cancel() {
    underWay.current.abort();
    setStage({ name: 'asking', problem: null });
  }

  if (stage.name === 'signing')
    return (
      <div class="flex flex-wrap items-center gap-4">
        <p role="status" class="text-sm">
          {words.deleteWaiting}
        </p>
        <button type="button" class="button button-quiet" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    );
  return (
    <>
      <Sure ask={words.delete} confirm={words.deleteSure} onSure={() => void run()} />
      <p role="alert" class="mt-3 text-sm text-red-800 empty:hidden dark:text-red-300">
        {stage.problem}
      </p>
    </>
  );
}
