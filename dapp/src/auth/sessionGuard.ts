import type { WalletAuth, WalletEvent } from 'nft-gallery-client';
import type { Address } from '../ethereum/address.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import { readAccounts, type Wallet } from '../wallet/wallet.ts';

/** Why the wallet no longer stands behind the session. */
export type Loss = 'account_changed' | 'disconnected';

type Watch = Pick<WalletAuth, 'watchWallet'>;

/** What an event means for a session of `address`; null where the session goes on. */
export function lossOf(event: WalletEvent, address: Address | null): Loss | null {
  if (event.type === 'chain-changed') return null;
  if (event.type !== 'account-changed') return 'disconnected';
  return event.address === address ? null : 'account_changed';
}

/** Tells once the selected account is no longer `address`. Returns the function that stops it. */
export function guardAccount(
  auth: Watch,
  wallet: Wallet,
  address: Address,
  onLoss: (loss: Loss) => void,
): () => void {
  return auth.watchWallet(wallet.provider, (event) => {
    const loss = lossOf(event, address);
    if (loss) onLoss(loss);
  });
}

export interface RestoredGuardDeps {
  auth: Watch;
  wallets: WalletDiscovery;
  /** The wallet that signed in, if this browser remembers. */
  rdns: string | null;
  delay(milliseconds: number): Promise<void>;
}

const DISCOVERY_MS = 1500;

/**
 * Guards a session restored on load, when the wallet may announce itself later, be locked (no
 * accounts: the session stays) or be gone. Asks for nothing that opens a window.
 */
export function guardRestored(
  address: Address,
  { auth, wallets, rdns, delay }: RestoredGuardDeps,
  onLoss: (loss: Loss) => void,
): () => void {
  let isStopped = false;
  let stopWatching: (() => void) | null = null;

  function attach(wallet: Wallet, selected: Address | undefined) {
    stopWatching ??= guardAccount(auth, wallet, address, onLoss);
    if (selected !== undefined && selected !== address) onLoss('account_changed');
  }

  async function attachRemembered() {
    const wallet = wallets.list().find((candidate) => candidate.rdns === rdns);
    if (!wallet || stopWatching) return;
    attach(wallet, undefined);
    const [selected] = await readAccounts(wallet);
    if (!isStopped) attach(wallet, selected);
  }

  /** The remembered wallet did not show up: whatever else is connected has to hold the address. */
  async function attachOther() {
    const readings = await Promise.all(
      wallets.list().map(async (wallet) => ({ wallet, selected: (await readAccounts(wallet))[0] })),
    );
    const connected = readings.filter(({ selected }) => selected !== undefined);
    const holder = connected.find(({ selected }) => selected === address) ?? connected[0];
    if (holder && !isStopped && !stopWatching) attach(holder.wallet, holder.selected);
  }

  const unsubscribe = wallets.subscribe(() => void attachRemembered());
  void attachRemembered();
  void delay(DISCOVERY_MS).then(() => (isStopped || stopWatching ? undefined : attachOther()));
  return () => {
    isStopped = true;
    unsubscribe();
    stopWatching?.();
  };
}
