import { useEffect, useRef } from 'react';
import { useStore } from '../store.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { CrossIcon, WalletIcon } from './icons.tsx';

interface WalletPickerProps {
  wallets: WalletDiscovery;
  onPick(wallet: Wallet): void;
  onClose(): void;
}

/** A modal <dialog>: the browser keeps the focus inside and gives it back after. */
export function WalletPicker({ wallets, onPick, onClose }: WalletPickerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useStore(wallets);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the dialog closes it; keys have Escape
    <dialog
      ref={dialog}
      aria-labelledby="wallet-picker-title"
      class="panel m-auto w-full max-w-sm p-0 text-inherit shadow-2xl backdrop:bg-stone-950/50 backdrop:backdrop-blur-xs"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="p-5">
        <div class="flex items-center justify-between">
          <h2 id="wallet-picker-title" class="text-lg font-semibold">
            Connect a wallet
          </h2>
          <button
            type="button"
            aria-label="Close"
            class="muted -mr-2 rounded-full p-3 hover:bg-stone-100 dark:hover:bg-stone-800"
            onClick={() => dialog.current?.close()}
          >
            <CrossIcon class="size-4" />
          </button>
        </div>
        <ul class="mt-3 space-y-2">
          {wallets.list().map((wallet) => (
            <li key={wallet.uuid}>
              <WalletChoice wallet={wallet} onPick={onPick} />
            </li>
          ))}
        </ul>
        <p class="muted mt-4 text-sm">
          You will be asked to sign a message. It costs nothing and moves nothing.
        </p>
      </div>
    </dialog>
  );
}

function WalletChoice({ wallet, onPick }: { wallet: Wallet; onPick(wallet: Wallet): void }) {
  return (
    <button
      type="button"
      class="flex min-h-14 w-full items-center gap-3 rounded-xl border border-stone-200 px-4 text-left font-medium transition-colors hover:border-stone-400 hover:bg-stone-50 dark:border-stone-700 dark:hover:border-stone-500 dark:hover:bg-stone-800"
      onClick={() => onPick(wallet)}
    >
      {wallet.icon ? (
        <img src={wallet.icon} alt="" width="32" height="32" class="size-8 rounded-lg" />
      ) : (
        <WalletIcon class="size-8" />
      )}
      <span class="min-w-0 truncate">{wallet.name}</span>
    </button>
  );
}
