import type { SignInState } from '../auth/signIn.ts';
import { Dialog } from '../components/Dialog.tsx';
import { useGallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import { useSignInTexts } from '../text/pages/signIn.ts';
import { SignInSteps } from './SignInSteps.tsx';
import { Pairing } from './WalletConnect.tsx';
import { WalletList } from './WalletList.tsx';

/** From the choice of a wallet to the session, in one dialog. */
export function SignInDialog() {
  const { signIn } = useGallery();
  const words = useSignInTexts();
  const state = useStore(signIn);
  return (
    <Dialog id="sign-in" title={words.title} step={state.stage} onClose={signIn.close}>
      {state.stage === 'picking' && <WalletList />}
      {state.stage === 'pairing' && <Pairing uri={state.uri} />}
      {state.stage === 'signing' && <SignInSteps state={state} />}
      {state.stage === 'failed' && <Failed state={state} />}
    </Dialog>
  );
}

/** What a person declined is no fault of anybody: it is said calmly. */
const CALM: ReadonlySet<string> = new Set(['user_rejected', 'wallet_busy', 'cancelled']);

function Failed({ state }: { state: Extract<SignInState, { stage: 'failed' }> }) {
  const { signIn } = useGallery();
  const words = useSignInTexts();
  const isCalm = CALM.has(state.code);
  return (
    <>
      <p
        role={isCalm ? 'status' : 'alert'}
        class={`mt-4 rounded-xl p-3 text-sm ${isCalm ? 'bg-stone-100 dark:bg-stone-800' : 'bg-red-100 text-red-950 dark:bg-red-950 dark:text-red-100'}`}
      >
        {state.text}
      </p>
      {state.code !== 'shared_origin' && (
        <div class="mt-4 grid gap-2">
          <button type="button" class="button button-primary" onClick={() => void signIn.retry()}>
            {words.retry}
          </button>
          <button type="button" class="button button-quiet" onClick={signIn.open}>
            {words.back}
          </button>
        </div>
      )}
    </>
  );
}
