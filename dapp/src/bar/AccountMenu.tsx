import { useRef } from 'react';
import { CopyButton } from '../components/CopyButton.tsx';
import { type Address, shortAddress } from '../ethereum/address.ts';
import { useChecksumAddress } from '../ethereum/useChecksumAddress.ts';
import { useGallery } from '../gallery.ts';
import { Link } from '../routing/Link.tsx';
import { SignInAgain } from '../session/SignInAgain.tsx';

export const MENU_ID = 'account-menu';

/** A native popover: Escape and a click elsewhere close it, and the focus goes back. */
export function AccountMenu({ address, isOver }: { address: Address; isOver: boolean }) {
  const { session, texts } = useGallery();
  const menu = useRef<HTMLDivElement>(null);
  const shown = useChecksumAddress(address);

  /** Before an item acts, as that may take the menu away, and the focus with it. */
  function closeFirst(event: { target: EventTarget | null }) {
    const item = event.target instanceof Element && event.target.closest('[data-item]');
    if (item) menu.current?.hidePopover();
  }

  return (
    <div
      ref={menu}
      id={MENU_ID}
      popover="auto"
      role="dialog"
      aria-label={texts.account.menu}
      class="panel fixed inset-auto end-4 top-15 m-0 w-64 max-w-[calc(100vw-2rem)] p-1.5 text-inherit shadow-xl sm:end-6"
      onClickCapture={closeFirst}
    >
      <p class="flex items-center justify-between gap-2 ps-3 font-mono text-sm">
        {shortAddress(shown)}
        <CopyButton text={shown} label={texts.account.copy} />
      </p>
      <div data-item>
        {isOver ? (
          <SignInAgain address={address} class="w-full" />
        ) : (
          <Link to={{ page: 'me' }} class={ITEM}>
            {texts.account.mine}
          </Link>
        )}
      </div>
      <div data-item>
        <Link to={{ page: 'session' }} class={ITEM}>
          {texts.account.session}
        </Link>
      </div>
      <button type="button" data-item class={ITEM} onClick={() => void session.signOut()}>
        {texts.account.signOut}
      </button>
    </div>
  );
}

const ITEM =
  'flex min-h-11 w-full items-center rounded-xl px-3 text-left text-sm hover:bg-stone-100 dark:hover:bg-stone-800';
