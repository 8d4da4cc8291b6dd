import type { Eip1193Provider, WalletEvent } from '../types.ts';
import { addresses, toChainId } from './provider.ts';

/** Tells what becomes of the wallet's account and chain. Returns the function that stops it. */
export function watchProvider(
  provider: Eip1193Provider,
  listener: (event: WalletEvent) => void,
): () => void {
  const listeners: Record<string, (value: unknown) => void> = {
    accountsChanged(accounts) {
      const [address] = addresses(accounts);
      listener(address ? { type: 'account-changed', address } : { type: 'locked' });
    },
    chainChanged(value) {
      const chainId = toChainId(value);
      if (chainId !== null) listener({ type: 'chain-changed', chainId });
    },
    disconnect(error) {
      // MetaMask sends 1013 ("try again later") when only the network is away.
      if ((error as { code?: unknown } | undefined)?.code !== 1013)
        listener({ type: 'disconnected' });
    },
  };
  for (const [event, run] of Object.entries(listeners)) provider.on?.(event, run);
  return () => {
    for (const [event, run] of Object.entries(listeners)) provider.removeListener?.(event, run);
  };
}

/** Whether the wallet no longer stands behind a session of `wallet`. */
export function isLoss(event: WalletEvent, wallet: string | undefined): boolean {
  if (event.type === 'chain-changed') return false;
  return event.type !== 'account-changed' || event.address !== wallet?.toLowerCase();
}
