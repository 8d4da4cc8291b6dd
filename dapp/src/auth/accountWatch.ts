import type { WalletAuth, WalletEvent } from 'nft-gallery-client';
import type { Address } from '../ethereum/address.ts';
import type { WalletDiscovery } from '../wallet/discovery.ts';
import { readAccounts, type Wallet } from '../wallet/wallet.ts';

export interface AccountWatch {
  /** The wallet that stands behind the session, once it has shown itself. */
  wallet(): Wallet | null;
  stop(): void;
}

export interface AccountWatchDeps {
  auth: Pick<WalletAuth, 'watchWallet'>;
  wallets: WalletDiscovery;
  delay(milliseconds: number): Promise<void>;
}

/** Calls with the account that the wallet shows, where it is another one, and with null where it no longer is. */
export type OtherListener = (other: Address | null) => void;

const DISCOVERY_MS = 1500;

/** Watches the wallet that has just signed in. A session outlives a wallet that is locked or away. */
export function watchAccount(
  address: Address,
  wallet: Wallet,
  auth: AccountWatchDeps['auth'],
  onOther: OtherListener,
): AccountWatch {
  const tell = (event: WalletEvent) => {
    const other = otherOf(event, address);
    if (other !== undefined) onOther(other);
  };
  const stop = auth.watchWallet(wallet.provider, tell, { keepSession: true });
  return { wallet: () => wallet, stop };
}

/** undefined where an event says nothing of the account. */
function otherOf(event: WalletEvent, address: Address): Address | null | undefined {
  if (event.type === 'locked') return null;
  if (event.type !== 'account-changed') return undefined;
  return event.address === address ? null : (event.address as Address);
}

/**
 * Watches for a session restored on load, when the wallet may announce itself later, be locked or be gone.
 * Asks for nothing that opens a window. `rdns`: of the wallet that signed in, if this browser remembers.
 */
export function watchRestored(
  address: Address,
  rdns: string | null,
  { auth, wallets, delay }: AccountWatchDeps,
  onOther: OtherListener,
): AccountWatch {
  let isStopped = false;
  let watch: AccountWatch | null = null;

  function attach(wallet: Wallet, selected: Address | undefined) {
    if (isStopped) return;
    watch ??= watchAccount(address, wallet, auth, onOther);
    if (selected !== undefined && selected !== address) onOther(selected);
  }

  async function attachRemembered() {
    const wallet = wallets.list().find((candidate) => candidate.rdns === rdns);
    if (!wallet || watch) return;
    attach(wallet, undefined);
    const [selected] = await readAccounts(wallet);
    attach(wallet, selected);
  }

  /** The remembered wallet did not show up: whatever else is connected is compared. */
  async function attachOther() {
    const readings = await Promise.all(
      wallets.list().map(async (wallet) => ({ wallet, selected: (await readAccounts(wallet))[0] })),
    );
    const connected = readings.filter(({ selected }) => selected !== undefined);
    const holder = connected.find(({ selected }) => selected === address) ?? connected[0];
    if (holder && !watch) attach(holder.wallet, holder.selected);
  }

  const unsubscribe = wallets.subscribe(() => void attachRemembered());
  void attachRemembered();
  void delay(DISCOVERY_MS).then(() => (isStopped || watch ? undefined : attachOther()));
  return {
    wallet: () => watch?.wallet() ?? null,
    stop: () => {
      isStopped = true;
      unsubscribe();
      watch?.stop();
    },
  };
}
