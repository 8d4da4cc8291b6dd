import type { SignInState } from '../auth/signIn.ts';
import { CheckIcon, Spinner } from '../components/icons.tsx';
import { useGallery } from '../gallery.ts';
import { type SignInTexts, useSignInTexts } from '../text/pages/signIn.ts';

type Signing = Extract<SignInState, { stage: 'signing' }>;

const STEPS = ['connect', 'sign', 'enter'] as const;
const AT: Record<Signing['step'], number> = {
  connecting: 0,
  preparing: 1,
  signing: 1,
  'signing-again': 1,
  verifying: 2,
};

/** Where a sign-in is, what the person is to do, and the very text that the wallet shows. */
export function SignInSteps({ state }: { state: Signing }) {
  const { signIn } = useGallery();
  const words = useSignInTexts();
  const at = AT[state.step];
  return (
    <>
      <ol class="mt-4 grid gap-2">
        {STEPS.map((step, index) => (
          <li
            key={step}
            class={`flex items-center gap-3 ${index === at ? 'font-medium' : 'muted'}`}
            aria-current={index === at ? 'step' : undefined}
          >
            <span class="grid size-5 place-items-center">
              <Mark index={index} at={at} />
            </span>
            {words.steps[step]}
            {index < at && <span class="sr-only">, {words.stepDone}</span>}
          </li>
        ))}
      </ol>
      <p role="status" class="mt-4 min-h-10 text-sm wrap-anywhere">
        {instruction(state, words)}
      </p>
      {state.message !== null && (
        <details class="mt-2 text-sm">
          <summary class="min-h-8 cursor-pointer font-medium">{words.message}</summary>
          <pre
            class="mt-1 rounded-xl bg-stone-100 p-3 text-xs whitespace-pre-wrap break-words dark:bg-stone-800"
            dir="ltr"
          >
            {state.message}
          </pre>
        </details>
      )}
      <button type="button" class="button button-quiet mt-4 w-full" onClick={signIn.close}>
        {words.cancel}
      </button>
    </>
  );
}

function Mark({ index, at }: { index: number; at: number }) {
  if (index === at) return <Spinner />;
  if (index < at) return <CheckIcon class="size-5" />;
  return <span class="size-1 rounded-full bg-current" />;
}

function instruction({ step, wallet }: Signing, texts: SignInTexts): string {
  switch (step) {
    case 'connecting':
      return texts.choose(wallet.name);
    case 'preparing':
      return texts.preparing;
    case 'signing':
      return texts.sign(wallet.name);
    case 'signing-again':
      return texts.signAgain(wallet.name);
    case 'verifying':
      return texts.verifying;
  }
}
