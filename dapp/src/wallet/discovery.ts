import type { EIP6963ProviderDetail } from 'mipd';
import type { Eip1193Provider } from 'nft-gallery-client';
import { displayText } from '../displayText.ts';
import { createStore, type Readable } from '../store.ts';
import type { Texts } from '../text/en.ts';
import type { Wallet } from './wallet.ts';

/** The part of mipd's store we use; tests pass their own. */
export interface Announcements {
  getProviders(): readonly EIP6963ProviderDetail[];
  subscribe(listener: () => void): () => void;
}

export interface WalletDiscovery extends Readable<readonly Wallet[]> {
  /** The announced wallets; a legacy `window.ethereum` only where none was announced. */
  list(): readonly Wallet[];
}

export const LEGACY_RDNS = 'window.ethereum';

/** EIP-6963: wallets announce themselves at any time. https://eips.ethereum.org/EIPS/eip-6963 */
export function discoverWallets(
  announcements: Announcements,
  legacyProvider: () => unknown,
  { unnamed, ofTheBrowser }: Texts['wallets'],
): WalletDiscovery {
  const read = () => announcements.getProviders().map((detail) => toWallet(detail, unnamed));
  const wallets = createStore<readonly Wallet[]>(read());
  announcements.subscribe(() => wallets.set(read()));
  const legacy = () => legacyWallets(legacyProvider(), ofTheBrowser);
  return {
    ...wallets,
    list: () => (wallets.get().length > 0 ? wallets.get() : legacy()),
  };
}

function toWallet({ info, provider }: EIP6963ProviderDetail, unnamed: string): Wallet {
  return {
    uuid: info.uuid,
    rdns: info.rdns,
    name: displayText(info.name) ?? unnamed,
    icon: /^data:image\//i.test(info.icon) ? info.icon : null,
    provider: provider as unknown as Eip1193Provider,
  };
}

function legacyWallets(provider: unknown, name: string): Wallet[] {
  if (typeof provider !== 'object' || provider === null || !('request' in provider)) return [];
  return [
    {
      uuid: LEGACY_RDNS,
      rdns: LEGACY_RDNS,
      name,
      icon: null,
      provider: provider as Eip1193Provider,
    },
  ];
}
