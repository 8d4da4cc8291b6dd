import { holderOf, type SessionState } from '../auth/sessionState.ts';
import { Avatar } from '../components/Avatar.tsx';
import { Spinner, WalletIcon } from '../components/icons.tsx';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { useChecksumAddress } from '../ethereum/useChecksumAddress.ts';
import { useGallery } from '../gallery.ts';
import { loadSignIn } from '../session/loadSignIn.ts';
import { useHolderName } from '../session/useHolderName.ts';
import { useStore } from '../store.ts';
import type { Texts } from '../text/en.ts';
import { AccountMenu, MENU_ID } from './AccountMenu.tsx';

/**
 * "Connect wallet" for a guest; whoever is signed in, with a menu. One button, which keeps the
 * focus. Beside the box a phone has room for its picture only.
 */
export function AccountChip({ hasBox }: { hasBox: boolean }) {
  const { intend, session, signIn, texts } = useGallery();
  const state = useStore(session);
  const holder = holderOf(state);
  const pending = pendingText(state, texts.account);
  const prepare = () => {
    intend();
    loadSignIn().catch(() => {}); // the dialog will say so
  };
  const behaviour =
    holder === null
      ? {
          onClick: () => pending === null && signIn.open(),
          onPointerEnter: prepare,
          onFocus: prepare,
          'aria-disabled': pending !== null, // one that is disabled loses the focus
        }
      : { popoverTarget: MENU_ID };
  return (
    <>
      <button
        type="button"
        class={`button ms-auto min-w-11 ${holder === null ? 'button-primary shrink px-[min(0.75rem,2.5vw)] sm:px-5' : 'button-quiet shrink-0 px-2 sm:pr-4'}`}
        {...behaviour}
      >
        {holder === null &&
          (pending === null ? (
            <WalletIcon class={`size-5 shrink-0 ${hasBox ? '' : '@max-[15rem]:hidden'}`} />
          ) : (
            <Spinner />
          ))}
        {holder === null && (
          <span class={hasBox ? 'sr-only sm:not-sr-only' : 'leading-tight'}>
            {pending ?? texts.bar.connect}
          </span>
        )}
        {holder !== null && <Holder address={holder} isOver={state.status === 'expired'} />}
      </button>
      {holder !== null && <AccountMenu address={holder} isOver={state.status === 'expired'} />}
    </>
  );
}

function Holder({ address, isOver }: { address: Address; isOver: boolean }) {
  const name = useHolderName(address);
  const short = shortAddress(useChecksumAddress(address));
  return (
    <>
      <Avatar of={address} class={`size-7 ${isOver ? 'grayscale' : ''}`} />
      <span class="hidden max-w-40 truncate sm:inline">
        {name === null ? <span class="font-mono">{short}</span> : <bdi>{name}</bdi>}
      </span>
      <span class={name === null ? 'sr-only sm:hidden' : 'sr-only'}>{short}</span>
    </>
  );
}

function pendingText({ status }: SessionState, texts: Texts['account']): string | null {
  if (status === 'restoring') return texts.restoring;
  return status === 'signing-out' ? texts.signingOut : null;
}
