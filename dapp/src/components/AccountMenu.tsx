import { useEffect, useRef, useState } from 'react';
import type { Session } from '../auth/session.ts';
import { type Address, shortAddress, toChecksumAddress } from '../ethereum/address.ts';
import { ChevronIcon } from './icons.tsx';
import { SessionDialog } from './SessionDialog.tsx';

interface AccountMenuProps {
  address: Address;
  session: Session;
}

export function AccountMenu({ address, session }: AccountMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [isShowing, setShowing] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const shown = toChecksumAddress(address);
  useCloseOutside(root, isOpen, () => setOpen(false));

  function choose(action: () => void) {
    setOpen(false);
    action();
  }

  function closeDialog() {
    setShowing(false);
    root.current?.querySelector('button')?.focus(); // the menu item it came from is gone
  }

  return (
    <div ref={root} class="relative">
      <button
        type="button"
        class="button button-quiet font-mono"
        title={shown}
        aria-expanded={isOpen}
        aria-controls="account-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <span class="size-2 rounded-full bg-emerald-500" />
        {shortAddress(shown)}
        <ChevronIcon class="size-4" />
      </button>
      {isOpen && (
        <div id="account-menu" class="panel absolute right-0 mt-2 w-48 p-1.5 shadow-xl">
          <CopyButton text={shown} />
          <button type="button" class={ITEM} onClick={() => choose(() => setShowing(true))}>
            Your session
          </button>
          <button type="button" class={ITEM} onClick={() => choose(() => void session.signOut())}>
            Sign out here
          </button>
          <button
            type="button"
            class={ITEM}
            onClick={() => choose(() => void session.signOutEverywhere())}
          >
            Sign out everywhere
          </button>
        </div>
      )}
      {isShowing && <SessionDialog wallet={shown} session={session} onClose={closeDialog} />}
    </div>
  );
}

const ITEM =
  'block min-h-11 w-full rounded-xl px-3 text-left text-sm hover:bg-stone-100 dark:hover:bg-stone-800';

function CopyButton({ text }: { text: string }) {
  const [label, setLabel] = useState('Copy address');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setLabel('Copied'),
      () => setLabel('Copying is blocked'),
    );
  return (
    <button type="button" class={ITEM} onClick={() => void copy()}>
      {label}
    </button>
  );
}

/** Closes on Escape and on a click or focus elsewhere. */
function useCloseOutside(
  root: { current: HTMLElement | null },
  isOpen: boolean,
  close: () => void,
): void {
  useEffect(() => {
    if (!isOpen) return;
    const onEvent = (event: Event) => {
      const isOutside = !root.current?.contains(event.target as Node);
      const isEscape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (isEscape || (isOutside && event.type !== 'keydown')) close();
      if (isEscape) root.current?.querySelector('button')?.focus();
    };
    const kinds = ['pointerdown', 'focusin', 'keydown'] as const;
    for (const kind of kinds) document.addEventListener(kind, onEvent);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, onEvent);
    };
  });
}
