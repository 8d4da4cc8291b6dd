import { useStore } from '../store.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { Dialog } from './Dialog.tsx';
import { WalletIcon } from './icons.tsx';

interface WalletPickerProps {
  wallets: WalletDiscovery;
  onPick(wallet: Wallet): void;
  onClose(): void;
}

export function WalletPicker({ wallets, onPick, onClose }: WalletPickerProps) {
  useStore(wallets);
  return (
    <Dialog id="wallet-picker" title="Connect a wallet" onClose={onClose}>
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
    </Dialog>
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
