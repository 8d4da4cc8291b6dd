import { useState } from 'react';
import { NOTICES } from '../auth/notices.ts';
import type { SessionState } from '../auth/session.ts';
import type { Gallery } from '../gallery.ts';
import { useStore } from '../store.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { Spinner, WalletIcon } from './icons.tsx';
import { WalletPicker } from './WalletPicker.tsx';

/** "Connect wallet" for a guest, the account for whoever is signed in. */
export function ConnectButton({ gallery }: { gallery: Gallery }) {
  const session = useStore(gallery.session);
  const [isPicking, setPicking] = useState(false);
  const pending = pendingText(session);

  function connect() {
    gallery.intend();
    const wallets = gallery.wallets.list();
    const [only] = wallets;
    if (!only) gallery.session.notify(NOTICES.noWallet);
    else if (wallets.length > 1) setPicking(true);
    else void gallery.session.signIn(only);
  }

  function pick(wallet: Wallet) {
    setPicking(false);
    void gallery.session.signIn(wallet);
  }

  if (session.status === 'signed-in')
    return <AccountMenu address={session.address} session={gallery.session} />;
  return (
    <>
      <button
        type="button"
        class="button button-primary"
        disabled={pending !== null}
        onPointerEnter={gallery.intend}
        onFocus={gallery.intend}
        onClick={connect}
      >
        {pending === null ? <WalletIcon class="size-5" /> : <Spinner />}
        {pending ?? 'Connect wallet'}
      </button>
      {isPicking && (
        <WalletPicker wallets={gallery.wallets} onPick={pick} onClose={() => setPicking(false)} />
      )}
    </>
  );
}

const STEP_TEXTS = {
  connecting: 'Waiting for wallet…',
  preparing: 'Preparing…',
  signing: 'Waiting for signature…',
  'signing-again': 'Waiting for signature…',
  verifying: 'Verifying…',
} as const;

function pendingText(session: SessionState): string | null {
  if (session.status === 'restoring') return 'Restoring…';
  if (session.status === 'signing-out') return 'Signing out…';
  return session.status === 'signing-in' ? STEP_TEXTS[session.step] : null;
}
